"""The answers of every question on the reference graph, and the same from every engine.

The CSV files in ``tests/answer/snapshots/`` were reviewed by hand against the articles.
When the graph changes, ``python tests/answer/test_snapshots.py`` writes them anew; review the diff.
"""

from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest

import legation
from legation.answer import written
from legation.answer.sheet import csv_text
from legation.graph import workspace
from legation.graph.dataset import build
from legation.knowledge import KnowledgeGraph
from legation.store import LocalStore

# rdflib walks all graphs where a claim comes out of a join, by a method it calls deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:Dataset.contexts is deprecated:DeprecationWarning")

CHECKOUT = Path(__file__).resolve().parents[2]
SNAPSHOTS = Path(__file__).resolve().parent / "snapshots"
REFERENCE = legation.open(CHECKOUT)
ABOUT: dict[str, dict[str, Any]] = {
    "about": {"thing": "Kim Jong Un"},
    "article_says": {"origin": "KCNA"},
    "attribution": {"thing": "meeting of Vladimir Putin and Kim Yong Nam"},
    "reckoned": {"how": "computed"},
    "search": {"words": "Putin letter"},
    "sources_of": {"thing": "Vladimir Putin"},
    "things": {"min_articles": 2},
}
"""Questions whose whole answer is as long as the graph are asked about one thing."""

WALKS = {"about", "article_says", "attribution", "sources_of"}
"""Questions for which rdflib goes through every claim; `only_according_to` stands for them."""

Solution = frozenset[tuple[str, object]]


def snapshot(name: str) -> str:
    """The CSV of a question on the reference graph."""
    answer = REFERENCE.ask(name, evidence=False, **ABOUT.get(name, {}))
    # For reviewers: as people read it, without the IRIs that CSV adds for programs.
    return csv_text(answer.headings, [list(map(written, line)) for line in answer.lines])


@pytest.mark.parametrize("name", REFERENCE.questions)
def test_the_answer_is_the_reviewed_one(name: str) -> None:
    assert snapshot(name) == (SNAPSHOTS / f"{name}.csv").read_text("utf-8")


def test_there_is_no_snapshot_without_a_question() -> None:
    assert {path.stem for path in SNAPSHOTS.glob("*.csv")} == set(REFERENCE.questions)


# --- rdflib, the slow oracle


def _ours(kg: KnowledgeGraph, sparql: str) -> set[Solution]:
    found = _store(kg).select(sparql)
    return {
        frozenset(
            (name, str(term))
            for name, term in zip(found.variables, row, strict=True)
            if term is not None
        )
        for row in found
    }


def _theirs(kg: KnowledgeGraph, sparql: str) -> set[Solution]:
    """The rows of rdflib, each term written as pyoxigraph writes it."""
    return {
        frozenset((str(name), str(_term(term))) for name, term in solution.items())
        for solution in kg.graph.query(sparql).bindings
    }


def _term(term: object) -> object:
    import rdflib

    if isinstance(term, rdflib.URIRef):
        return pyoxigraph.NamedNode(str(term))
    assert isinstance(term, rdflib.Literal)
    if term.language:
        return pyoxigraph.Literal(str(term), language=term.language)
    if term.datatype is None:
        return pyoxigraph.Literal(str(term))
    return pyoxigraph.Literal(str(term), datatype=pyoxigraph.NamedNode(str(term.datatype)))


@cache
def _store(kg: KnowledgeGraph) -> LocalStore:
    return LocalStore(_quads(kg))


def _quads(kg: KnowledgeGraph) -> tuple[pyoxigraph.Quad, ...]:
    space = kg.workspace
    assert space is not None
    return build(workspace.read(space), space.rules).quads


# The tiny world is asked everything; of the reference graph, rdflib answers a few of the questions.
@pytest.fixture(
    scope="module",
    params=["tiny world", pytest.param("reference graph", marks=pytest.mark.sample(5))],
)
def graph(request: pytest.FixtureRequest) -> KnowledgeGraph:
    if request.param == "tiny world":
        return legation.open(CHECKOUT / "tests" / "world")
    return REFERENCE


def _wait_for_the_night(kg: KnowledgeGraph, name: str, thorough: bool) -> None:
    """Leave what rdflib takes long over to the tiny world, where the same queries run."""
    if kg is REFERENCE and name in WALKS and not thorough:
        pytest.skip("rdflib walks every claim of the reference graph: --thorough")


@pytest.mark.parametrize("name", REFERENCE.questions)
def test_rdflib_finds_the_same_rows(graph: KnowledgeGraph, name: str, thorough: bool) -> None:
    _wait_for_the_night(graph, name, thorough)
    body = graph.questions[name].body
    assert _ours(graph, body) == _theirs(graph, body)


@pytest.mark.sample(4)
@pytest.mark.parametrize("name", [n for n, q in REFERENCE.questions.items() if q.example])
def test_rdflib_finds_the_same_rows_for_the_example(name: str, thorough: bool) -> None:
    _wait_for_the_night(REFERENCE, name, thorough)
    given = example(name)
    answer = REFERENCE.ask(name, evidence=False, **given)
    assert _ours(REFERENCE, answer.sparql) == _theirs(REFERENCE, answer.sparql)


def example(name: str) -> dict[str, Any]:
    """The parameters of a question's example."""
    import shlex

    parts = (part.partition("=") for part in shlex.split(REFERENCE.questions[name].example))
    return {key: value for key, _, value in parts}


# --- a real endpoint on loopback


@pytest.fixture(scope="module")
def endpoint(address: str) -> KnowledgeGraph:
    """The same graph behind a server, asked through SPARQLWrapper."""
    return legation.open(address)


@pytest.mark.parametrize("name", REFERENCE.questions)
def test_an_endpoint_gives_the_same_answer(endpoint: KnowledgeGraph, name: str) -> None:
    asked: dict[str, Any] = {**example(name), **ABOUT.get(name, {})}
    here, there = REFERENCE.ask(name, **asked), endpoint.ask(name, **asked)
    assert len(here) > 0 or not example(name)
    assert there.to_json(evidence=True) == here.to_json(evidence=True)


@pytest.mark.parametrize("thing", ["Torshyn", "meeting of Vladimir Putin and Kim Yong Nam"])
def test_an_endpoint_explains_the_same_way(endpoint: KnowledgeGraph, thing: str) -> None:
    assert endpoint.explain(thing).to_text() == REFERENCE.explain(thing).to_text()


def test_an_endpoint_has_the_same_timeline(endpoint: KnowledgeGraph) -> None:
    assert endpoint.timeline().to_json() == REFERENCE.timeline().to_json()


def test_an_endpoint_is_not_copied(endpoint: KnowledgeGraph) -> None:
    with pytest.raises(legation.LegationError, match="ask it with query"):
        _ = endpoint.graph


if __name__ == "__main__":
    SNAPSHOTS.mkdir(exist_ok=True)
    for question in REFERENCE.questions:
        (SNAPSHOTS / f"{question}.csv").write_text(snapshot(question), "utf-8")
