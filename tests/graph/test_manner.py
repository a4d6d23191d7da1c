"""The modality of a claim and its origin follow from what it says and whose word it relays."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from legation.checks.judging import judge, open_case
from legation.graph import workspace
from legation.graph.claim import Claim
from legation.graph.dataset import build
from legation.graph.record import Record
from legation.rdf.vocabulary import LEG, expand, local_name

from .conftest import GAZETTE

SLUG = "claim:halm-gazette-2031-05-07"
SPOKEN = {
    kind: local_name(modality)
    for kind in workspace.bundled().ontology.classes
    if (modality := workspace.bundled().ontology.modality(frozenset({kind}))) is not None
}
"""Each class of statements and plans that demands a modality of its own."""


@pytest.fixture
def edit(world: Path) -> Callable[[str, str], None]:
    def edited(old: str, new: str) -> None:
        text = (world / GAZETTE).read_text("utf-8")
        assert text.count(old) == 1
        (world / GAZETTE).write_text(text.replace(old, new), "utf-8")

    return edited


@cache
def _node(name: str) -> NamedNode:
    node = expand(name, workspace.bundled().prefixes)
    assert node is not None
    return node


def _record(root: Path) -> Record:
    return workspace.read(workspace.find(root))


def _claim(root: Path, name: str) -> Claim:
    return _record(root).claims_by_iri[_node(name)]


def _origins(root: Path, name: str) -> set[str]:
    dataset = build(_record(root), workspace.find(root).rules)
    found = (t for t in dataset.default if (t.subject, t.predicate) == (_node(name), LEG.origin))
    return {str(t.object).rpartition("/")[2].rstrip(">") for t in found}


def test_the_classes_that_demand_a_modality_are_those_of_speech_and_intent() -> None:
    assert set(SPOKEN.values()) == {"opinion", "predicted", "planned", "denied"}


@pytest.mark.parametrize("kind", sorted(SPOKEN, key=str), ids=lambda kind: local_name(kind))
def test_what_a_claim_speaks_of_gives_its_modality(world: Path, edit, kind: NamedNode) -> None:
    name = local_name(kind)
    edit("statement:tash-support a leg:Support ;", f"statement:tash-support a leg:{name} ;")
    assert _claim(world, f"{SLUG}-15").modality == SPOKEN[kind]


def test_any_other_claim_is_asserted_or_reported(world: Path, edit) -> None:
    assert _claim(world, f"{SLUG}-17").modality == "asserted"
    assert _claim(world, f"{SLUG}-06").modality == "reported"
    edit("statement:tash-support a leg:Support ;", "statement:tash-support leg:madeAt event:x ;")
    edit('leg:text "voiced support for Orvany" ;', "")
    assert _claim(world, f"{SLUG}-15").modality == "asserted"


def test_a_modality_that_somebody_wrote_is_read_as_written(world: Path, edit) -> None:
    edit(f"{SLUG}-17 leg:quote", f"{SLUG}-17 leg:modality leg:predicted ; leg:quote")
    assert _claim(world, f"{SLUG}-17").modality == "predicted"


def test_a_relay_told_once_has_the_same_origin_and_is_no_second_one(world: Path, edit) -> None:
    before = build(_record(world), workspace.find(world).rules).default
    edit(
        f'{SLUG}-09 leg:quote "waived the immunity of Bron" ;',
        f'{SLUG}-09 leg:quote "waived the immunity of Bron" ;\n'
        "    leg:attribution leg:fromContext ;",
    )
    assert judge(open_case(workspace.find(world))).findings == ()
    assert _claim(world, f"{SLUG}-09").attribution == "fromContext"
    assert _origins(world, f"{SLUG}-09") == {"orvan-foreign-ministry"}
    after = build(_record(world), workspace.find(world).rules).default
    assert {str(t) for t in set(after) ^ set(before)} == {
        f"{_node(f'{SLUG}-09')} {LEG.attribution} {LEG.fromContext}"
    }


def test_the_origin_is_the_office_that_wrote_a_report_before_its_publisher(
    world: Path, edit
) -> None:
    edit(
        "report:orvan-foreign-ministry-on-the-brack-drone a leg:Report ;\n",
        "report:orvan-foreign-ministry-on-the-brack-drone a leg:Report ;\n"
        "    dcterms:creator body:strait-council ;\n",
    )
    assert _origins(world, f"{SLUG}-06") == {"strait-council"}


def test_the_origin_of_what_is_according_to_an_agent_is_that_agent(world: Path, edit) -> None:
    edit(
        f'{SLUG}-06 leg:quote "Merovia recalled Jon Marek" ;\n'
        "    leg:accordingTo report:merovian-news-agency-on-the-brack-drone .",
        f'{SLUG}-06 leg:quote "Merovia recalled Jon Marek" ;\n'
        "    leg:accordingTo person:lida-voss .",
    )
    assert judge(open_case(workspace.find(world))).findings == ()
    assert _origins(world, f"{SLUG}-06") == {"lida-voss"}
    assert _claim(world, f"{SLUG}-06").modality == "reported"


def test_a_quote_that_stands_twice_has_no_place_until_somebody_says_which(
    world: Path, command
) -> None:
    text = (world / GAZETTE).read_text("utf-8")
    name = f'{SLUG}-900 {{\n    state:orvany leg:nameAsWritten "Orvany" .\n}}\n'
    (world / GAZETTE).write_text(f'{text}\n{SLUG}-900 leg:quote "Orvany" .\n{name}', "utf-8")
    assert (_claim(world, f"{SLUG}-900").start, _claim(world, f"{SLUG}-900").end) == (-1, -1)
    (finding,) = judge(open_case(workspace.find(world))).findings
    assert (finding.rule, finding.suggestion[:8]) == ("quote-stands-twice", "0 or 66 ")
    place = [t for t in build(_record(world), workspace.find(world).rules).default
             if t.subject == _node(f"{SLUG}-900") and t.predicate == LEG.charStart]  # fmt: skip
    assert place == []
    assert command(world, "pin", "halm-gazette-2031-05-07", "--at", "66").code == 0
    assert (_claim(world, f"{SLUG}-900").start, _claim(world, f"{SLUG}-900").end) == (66, 72)
    assert judge(open_case(workspace.find(world))).findings == ()
