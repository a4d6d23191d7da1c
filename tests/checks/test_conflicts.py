"""A contradiction is one and the same through every door: check, ask, diff, timeline, network."""

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from pyoxigraph import Quad

import legation
from legation.checks import conflicts
from legation.checks.conflicts import UNACKNOWLEDGED
from legation.checks.judging import judge, open_case
from legation.desk.diff.compare import difference
from legation.desk.diff.state import state
from legation.graph import workspace
from legation.graph.dataset import build
from legation.graph.workspace import Workspace
from legation.knowledge import KnowledgeGraph
from legation.rdf.vocabulary import ID
from legation.views.timeline.chronicle import Entry

from .conftest import AGENCY, OBSERVER, Edit

SIZE = "<https://own.example/ns#delegationSize>"
OWN = f"""@prefix leg: <https://w3id.org/legation/ns#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
{SIZE} a owl:DatatypeProperty ; leg:singleValued true ; rdfs:label "size of the delegation"@en ;
    skos:definition "Counts those who came."@en ; skos:example "12."@en .
"""
MARK = "size of the delegation: 12 ≠ 14"
RATIFIED = 'event:treaty-of-sestry-ratification-merovia leg:date "2031-05-06"^^edtf:EDTF .'


@pytest.fixture
def sized(world: Workspace, edit: Edit) -> Workspace:
    """The world with a property of its own, to which two articles give different values."""
    edit("ontology/own.ttl", new=OWN)
    for file, day, size in ((AGENCY, "03", 12), (OBSERVER, "04", 14)):
        before = f'event:sestry-summit leg:date "2031-05-{day}"^^edtf:EDTF'
        edit(file, before, f"{before} ;\n        {SIZE} {size}")
    return workspace.find(world.root)


def _summit(kg: KnowledgeGraph) -> Entry:
    return next(e for e in kg.timeline().entries if e.event == f"{ID}event/sestry-summit")


def _rows(kg: KnowledgeGraph) -> list[tuple[str, ...]]:
    return [tuple(map(str, row.cells[1:])) for row in kg.ask("conflicts").rows]


AGENCY_SAYS, OBSERVER_SAYS = "Merovian News Agency", "Strait Observer"
BOTH = [
    ("size of the delegation", "12", AGENCY_SAYS, "14", OBSERVER_SAYS, "True"),
    ("date", "2031-05-03", AGENCY_SAYS, "2031-05-04", OBSERVER_SAYS, "True"),
]


def test_an_own_single_valued_property_is_seen_through_every_door(
    checkout: Path, sized: Workspace
) -> None:
    kg = legation.open(sized.root)
    assert sorted(_rows(kg)) == sorted(BOTH)
    assert _summit(kg).marks == MARK
    assert _summit(kg).is_disputed
    found = difference(state(str(checkout / "tests" / "world")), state(str(sized.root)))
    assert [{t.object.value for t in new.triples} for new in found.conflicts] == [{"12", "14"}]
    assert judge(open_case(sized)).findings == ()


def test_an_unacknowledged_one_is_a_finding_and_news(
    checkout: Path, sized: Workspace, edit: Edit
) -> None:
    edit(AGENCY, "    leg:conflictsWith claim:strait-observer-2031-05-05-04 ;\n")
    edit(OBSERVER, "    leg:conflictsWith claim:merovian-news-agency-2031-05-06-04 ;\n")
    found = [f for f in conflicts.check(open_case(sized)) if f.rule == UNACKNOWLEDGED.id]
    assert len(found) == 2
    assert any("own.example/ns#delegationSize" in finding.message for finding in found)
    assert {row[-1] for row in _rows(legation.open(sized.root))} == {"False"}


def test_one_of_an_own_property_alone_is_news(sized: Workspace, edit: Edit, tmp_path: Path) -> None:
    before = tmp_path / "before"
    shutil.copytree(sized.root, before)
    edit(
        AGENCY,
        "event:sestry-summit a leg:Summit ;",
        f"event:sestry-summit {SIZE} 15 ;\n a leg:Summit ;",
    )
    found = difference(state(str(before)), state(str(sized.root))).conflicts
    told = {frozenset(t.object.value for t in one.triples) for one in found}
    assert told == {frozenset(("15", "12")), frozenset(("15", "14"))}
    assert not any(one.is_acknowledged for one in found)


def test_an_endpoint_says_the_same(
    sized: Workspace, serve: Callable[[Iterable[Quad]], str]
) -> None:
    here = legation.open(sized.root)
    there = legation.open(serve(build(workspace.read(sized), sized.rules).quads))
    assert sorted(row[1:] for row in _rows(there)) == sorted(row[1:] for row in _rows(here))
    assert [r.mark for r in there.ask("who_attended").rows] == [
        r.mark for r in here.ask("who_attended").rows
    ]
    assert "≠" in _summit(there).marks
    marks = [data["evidence"].conflicts for *_, data in there.network("meetings").edges(data=True)]
    assert ("date: 2031-05-03 ≠ 2031-05-04",) in marks


@pytest.mark.parametrize("other", ["2031-05-01/2031-05-09", "[2031-05-06,2031-05-07]", "XXXX-05"])
def test_an_interval_beside_a_day_within_it_is_none_anywhere(
    world: Workspace, edit: Edit, other: str
) -> None:
    before = [row for row in _rows(legation.open(world.root))]
    edit(AGENCY, RATIFIED, f'{RATIFIED[:-1]}, "{other}"^^edtf:EDTF .')
    kg = legation.open(world.root)
    assert _rows(kg) == before
    assert not any(e.is_disputed for e in kg.timeline().entries if "ratification" in e.event)
    assert [f for f in conflicts.check(open_case(world))] == []


def test_an_acknowledged_one_is_marked_wherever_a_value_of_it_is_shown(checkout: Path) -> None:
    kg = legation.open(checkout)
    marked = {str(row["who"]) for row in kg.ask("relations").rows if row.mark}
    dprk, russia, union = (
        "Democratic People's Republic of Korea",
        "Russian Federation",
        "Union of Soviet Socialist Republics",
    )
    assert marked == {f"{dprk}; {russia} ≠ {union}"}
    table = kg.ask("relations")
    assert table.headings[-1] == "conflicts"
    assert "≠ Union of Soviet Socialist Republics" in table.to_csv()
    assert "≠ Union of Soviet Socialist Republics" in table._repr_html_()
    (rival, *_) = [r for row in table.to_dict()["rows"] for r in row.get("conflicts", [])]  # type: ignore[attr-defined]
    assert rival["claims"] == [f"{ID}claim/invariable-friendship-013"]


def test_a_row_that_shows_both_sides_carries_no_mark(checkout: Path) -> None:
    assert {row.mark for row in legation.open(checkout).ask("conflicts").rows} == {""}


def test_an_acknowledged_one_over_two_events_is_no_fault_and_names_the_other(
    world: Workspace, edit: Edit
) -> None:
    entry = (
        'leg:instrument instrument:treaty-of-sestry ;\n        leg:date "2031-05-0{}"^^edtf:EDTF'
    )
    edit(AGENCY, entry.format(6), entry.format(5))
    basis = '"The treaty entered into force at once" ;\n    leg:basis leg:{} ;'
    edit(AGENCY, basis.format("computed"), basis.format("supplied"))
    assert [f.rule for f in judge(open_case(world)).findings] == ["acts-out-of-order"]
    slug = "claim:merovian-news-agency-2031-05-06"
    edit(AGENCY, new=f"\n{slug}-05 leg:conflictsWith {slug}-02 .\n")
    assert judge(open_case(world)).findings == ()
    kg = legation.open(world.root)
    assert {row.mark for row in kg.ask("treaties").rows if row.mark} == {
        "date: 2031-05-05 ≠ 2031-05-06 (ratification of the Treaty of Sestry by Merovia, date)",
        "date: 2031-05-06 ≠ 2031-05-05 (entry into force of the Treaty of Sestry, date)",
    }


def test_an_edge_that_shows_both_sides_says_so_once(checkout: Path) -> None:
    kg = legation.open(checkout)
    graph = kg.network("meetings", since="2015", until="2015")
    ((_, _, data),) = graph.edges(data=True)
    assert data["evidence"].conflicts == ("date: 2015-05-08 ≠ 2015-05-09",)
    assert "conflicts" in data["evidence"].to_dict()
