"""Judges look at less than the whole built graph, and find the same."""

import random
import re

import pytest
from pyoxigraph import NamedNode

from legation.checks.case import Case
from legation.checks.judging import judge, open_case
from legation.graph import workspace
from legation.graph.workspace import Workspace
from legation.rdf.vocabulary import LEG

from .conftest import Edit

NAME = re.compile(r"\b(person|state|body|event|claim|leg|office|statement|tenure|place):[\w-]+")
ORDER = """
claim:halm-gazette-2031-05-07-90 leg:quote "Halm" ; leg:charStart 0 .
claim:halm-gazette-2031-05-07-90 {
    statement:one a leg:Announcement ; leg:speaker person:ada-lund ; leg:text "Halm" ;
        leg:after statement:one .
}
"""


def _damaged(world: Workspace, seed: int, places: int) -> None:
    """Names in place of others, somewhere in the files."""
    chance = random.Random(seed)
    files = sorted([*world.graph.rglob("*.trig"), *world.graph.rglob("*.ttl")])
    for path in chance.choices(files, k=places):
        text = path.read_text("utf-8")
        found = list(NAME.finditer(text))
        if found:
            one, other = chance.choice(found), chance.choice(found)[0]
            path.write_text(text[: one.start()] + other + text[one.end() :], "utf-8")


def _whole(world: Workspace) -> Case:
    case = open_case(world)
    assert case.judged is not case.dataset
    whole = open_case(world)
    assert whole.dataset is whole.judged
    return whole


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_damage_is_found_in_less_as_in_everything(world: Workspace, seed: int) -> None:
    _damaged(world, seed, 25)
    found = judge(open_case(world)).findings
    assert found == judge(_whole(world)).findings
    assert len(found) > 10


def test_a_finding_calls_a_thing_that_nobody_named_as_the_build_does(
    world: Workspace, edit: Edit
) -> None:
    edit("graph/articles/halm-gazette-2031-05-07.trig", new=ORDER)
    case = open_case(world)
    (told,) = (f.message for f in judge(case).findings if f.rule == "order-reversed")
    assert "come after Ada Lund: “Halm”" in told
    assert judge(_whole(world)).findings == judge(open_case(world)).findings


def test_no_judge_reads_what_a_rule_makes_for_answers_alone() -> None:
    space = workspace.bundled()
    rules = [text for _, text in space.rules if "#+ for: answers" in text]
    made = {m for text in rules for m in re.findall(r"leg:\w+", text.split("WHERE")[0])}
    assert made == {"leg:mentions", "leg:tellsOf"}
    asking = [*space.shape_files, *space.check_files]
    read = {m for path in asking for m in re.findall(r"leg:\w+", path.read_text("utf-8"))}
    assert read.isdisjoint({*made, "leg:restsOn"})
    case = open_case(space)
    answers = {LEG.restsOn, *(NamedNode(LEG.base + name[4:]) for name in made)}
    assert answers.isdisjoint(case.judged.by_property)


def test_queries_that_judge_look_for_labels_only_to_tell_them() -> None:
    for path in workspace.bundled().check_files:
        lines = [line for line in path.read_text("utf-8").split("\n") if "rdfs:label" in line]
        assert all(line.strip().startswith("OPTIONAL {") for line in lines), path.name
