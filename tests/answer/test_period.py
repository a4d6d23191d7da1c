"""When something was, and on whose word, are asked the same way by every question and view."""

import re
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import Literal

from legation.answer import question
from legation.errors import InputError
from legation.graph import workspace
from legation.rdf.vocabulary import XSD, local_name
from legation.store import LocalStore

FILES = [path for path in (workspace.bundled().home / "queries").rglob("*.rq")]
EVENTS = """
@prefix leg: <https://w3id.org/legation/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<urn:day> a leg:Event ; leg:earliest "2031-05-07"^^xsd:date ; leg:latest "2031-05-07"^^xsd:date .
<urn:open> a leg:Event ; leg:earliest "2031-05-07"^^xsd:date .
<urn:undated> a leg:Event .
<urn:said> a leg:Event ; leg:madeAt <urn:day> .
"""


def _found(period: str, body: str = "?x a leg:Event", **given: str) -> set[str]:
    asked = question.parse(
        f"#+ summary: S?\n#+ period: {period}\n#+ columns: x\n"
        f"PREFIX leg: <https://w3id.org/legation/ns#>\nSELECT ?x WHERE {{ {body} }} ORDER BY ?x",
        "q",
    )
    values = {name: Literal(day, datatype=XSD.date) for name, day in given.items()}
    quads = pyoxigraph.parse(EVENTS, pyoxigraph.RdfFormat.TURTLE)
    rows = LocalStore(list(quads)).select(asked.bound(values)).rows
    return {"" if x is None else str(x.value).removeprefix("urn:") for (x,) in rows}


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, {"day", "open", "undated", "said"}),
        ({"since": "2031-05-07"}, {"day", "open"}),
        ({"since": "2031-05-08"}, {"open"}),
        ({"until": "2031-05-07"}, {"day", "open"}),
        ({"until": "2031-05-06"}, set()),
        ({"since": "2031-05-01", "until": "2031-05-31"}, {"day", "open"}),
    ],
)
def test_what_may_have_been_then_is_found(given: dict[str, str], found: set[str]) -> None:
    assert _found("x", **given) == found


def test_what_it_was_made_at_dates_it_as_well() -> None:
    assert _found("x or leg:madeAt", since="2031-05-07") == {"day", "open", "said"}


def test_a_row_without_the_thing_stays_only_where_the_header_says_so() -> None:
    optional = "OPTIONAL { ?x a leg:Visit }"
    assert _found("x", optional, since="2031-05-07") == set()
    assert _found("x or none", optional, since="2031-05-07") == {""}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_query_spells_a_period_out_by_itself(path: Path) -> None:
    assert not re.search(r"BOUND\(\?(since|until|origin|as_of)\)\s*\|\|", path.read_text("utf-8"))


@pytest.mark.parametrize("header", ["period:", "period: x or leg", "source:", "source: ?claim"])
def test_a_wrong_header_says_how_it_is_written(header: str) -> None:
    text = f"#+ summary: S?\n#+ {header}\n#+ columns: x\nSELECT ?x WHERE {{ ?x ?p ?o }}"
    with pytest.raises(InputError, match=r"q.rq:2: write '#\+ (period|source): "):
        question.parse(text, "q", Path("q.rq"))


def test_a_treaty_has_its_own_date_beside_that_of_an_act() -> None:
    asked = question.read(next(path for path in FILES if path.name == "treaties.rq"))
    graph = """
        @prefix leg: <https://w3id.org/legation/ns#> .
        <urn:pact> a leg:Agreement, leg:Instrument ; leg:date "2018-05-14" .
        <urn:act> leg:instrument <urn:pact> ; leg:act leg:extended ; leg:date "2027" .
    """
    store = LocalStore(list(pyoxigraph.parse(graph, pyoxigraph.RdfFormat.TURTLE)))
    found = store.select(asked.bound({}))
    rows = [dict(zip(found.variables, row, strict=True)) for row in found.rows]
    told = {(row["act"] and local_name(row["act"]), row["date"].value) for row in rows}
    assert told == {(None, "2018-05-14"), ("extended", "2027")}
