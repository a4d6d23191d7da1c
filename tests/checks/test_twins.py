"""A text is archived once; what is nearly another says what it is."""

from legation.checks import twins
from legation.checks.judging import open_case
from legation.graph.workspace import Workspace, find

from .conftest import GAZETTE, Edit

TEXT = "graph/sources/halm-gazette-2031-05-07.txt"
HEADER = """@prefix article: <https://w3id.org/legation/id/article/> .
@prefix leg: <https://w3id.org/legation/ns#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix report: <https://w3id.org/legation/id/report/> .
article:zz-copy a leg:Article .
"""


def _rules(world: Workspace) -> list[tuple[str, str]]:
    return [(f.rule, f.file) for f in twins.check(open_case(find(world.root)))]


def _archive(world: Workspace, edit: Edit, text: str, more: str = "") -> None:
    edit("graph/articles/zz-copy.trig", new=HEADER + more)
    edit("graph/sources/zz-copy.txt", new=text)


def test_a_text_stands_under_one_name(world: Workspace, edit: Edit) -> None:
    _archive(world, edit, (world.root / TEXT).read_text("utf-8"))
    assert _rules(world) == [("text-archived-twice", "graph/articles/zz-copy.trig")]


def test_a_text_that_is_nearly_another_says_what_it_is(world: Workspace, edit: Edit) -> None:
    text = (world.root / TEXT).read_text("utf-8")
    _archive(world, edit, f"The Coast Mirror\n\n{text}\nSign up for our letter.\n")
    assert _rules(world) == [("text-nearly-archived", "graph/articles/zz-copy.trig")]
    edit(
        "graph/articles/zz-copy.trig",
        new="article:zz-copy prov:wasDerivedFrom report:merovian-news-agency-on-the-brack-drone .",
    )
    assert _rules(world) == []


def test_today_is_the_day_that_the_settings_give(world: Workspace, edit: Edit) -> None:
    edit("legation.toml", "2031-06-01", "2031-05-06")
    assert ("published-in-future", GAZETTE) in _rules(world)
    edit("legation.toml", "2031-05-06", "2031-05-07")
    assert ("published-in-future", GAZETTE) not in _rules(world)
