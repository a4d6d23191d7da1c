"""What is said is a graph of its own: read, exported and asked, and nobody's fact."""

from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

import legation
from legation.checks.judging import judge, open_case
from legation.desk.diff import difference, state
from legation.graph import exports, workspace
from legation.graph.dataset import Dataset, build
from legation.rdf.vocabulary import LEG, RDF, expand

from .conftest import GAZETTE


@cache
def _node(name: str) -> NamedNode:
    node = expand(name, workspace.bundled().prefixes)
    assert node is not None
    return node


CONTENT = _node("content:merovia-flew-the-drone")
FLIGHT = _node("event:drone-flight-as-said")
ACCUSATION, DENIAL = _node("statement:voss-accusation"), _node("statement:grau-denial")
ACCUSING = _node("claim:halm-gazette-2031-05-07-11")
DENYING = _node("claim:halm-gazette-2031-05-07-13")


def _built(root: Path) -> Dataset:
    place = workspace.find(root)
    return build(workspace.read(place), place.rules)


def _objects(dataset: Dataset, subject: NamedNode, predicate: NamedNode) -> set[object]:
    return {t.object for t in dataset.default if (t.subject, t.predicate) == (subject, predicate)}


def _edit(root: Path, old: str, new: str) -> None:
    file = root / GAZETTE
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")


def test_what_is_said_is_no_fault_and_stays_out_of_the_default_graph(said: Path) -> None:
    assert [str(f) for f in judge(open_case(workspace.find(said))).findings] == []
    dataset = _built(said)
    graph = {q.triple for q in dataset.quads if q.graph_name == CONTENT}
    assert Triple(FLIGHT, RDF.type, LEG.Incident) in graph
    assert len(graph) == 3
    assert graph.isdisjoint(dataset.default)
    about = {t.predicate for t in dataset.default if t.subject == FLIGHT}
    assert about == {_node("rdfs:label")}
    assert Triple(CONTENT, RDF.type, LEG.Content) in dataset.default


def test_who_denies_a_content_disagrees_with_who_states_it(said: Path) -> None:
    dataset = _built(said)
    assert _objects(dataset, ACCUSATION, LEG.disagreesWith) == {DENIAL}
    assert _objects(dataset, DENIAL, LEG.disagreesWith) == {ACCUSATION}
    _edit(said, "statement:grau-denial a leg:Denial ;", "statement:grau-denial a leg:Accusation ;")
    assert _objects(_built(said), ACCUSATION, LEG.disagreesWith) == set()
    _edit(
        said,
        "statement:grau-denial a leg:Accusation ;",
        "statement:grau-denial a leg:Accusation ;\n        leg:negated true ;",
    )
    assert _objects(_built(said), ACCUSATION, LEG.disagreesWith) == {DENIAL}


def test_what_only_a_draft_says_is_left_out_whole(said: Path) -> None:
    _edit(said, "leg:status leg:complete", "leg:status leg:draft")
    assert CONTENT not in {q.graph_name for q in _built(said).quads}
    assert CONTENT not in {t.subject for t in _built(said).default}
    place = workspace.find(said)
    drafts = build(workspace.read(place), place.rules, drafts=True)
    assert Triple(CONTENT, RDF.type, LEG.Content) in drafts.default


def test_what_a_content_names_is_a_topic_and_mentioned_by_its_claims(said: Path) -> None:
    named = {FLIGHT, _node("state:merovia"), _node("place:brack")}
    dataset = _built(said)
    for statement, claim in ((ACCUSATION, ACCUSING), (DENIAL, DENYING)):
        assert named <= _objects(dataset, statement, LEG.topic)
        mentioned = _objects(dataset, claim, LEG.mentions)
        assert named | {statement} <= mentioned
        assert not {CONTENT, LEG.Incident, LEG.Denial, LEG.Accusation} & mentioned


def test_a_claim_mentions_all_that_its_graph_names(kg: legation.KnowledgeGraph) -> None:
    rows = kg.query(
        """SELECT ?thing WHERE { claim:yonhap-2015-05-12-22 leg:mentions ?thing }"""
    ).rows
    assert {str(row["thing"]) for row in rows} >= {"Kim Yong Nam"}


def test_a_content_may_hold_what_another_says(said: Path) -> None:
    _edit(
        said,
        "content:merovia-flew-the-drone {",
        """content:merovia-flew-the-drone {
    statement:pilots-boast a leg:Statement ;
        leg:speaker state:merovia ;
        leg:content content:pilots-boast .
}

content:pilots-boast {
    event:drone-flight-as-said leg:extent "the drone" .
}

content:merovia-flew-the-drone {""",
    )
    record = workspace.read(workspace.find(said))
    inner = _node("content:pilots-boast")
    assert [claim.iri for claim in record.carriers[inner]] == [ACCUSING, DENYING]
    assert {content.iri for content in record.contents} >= {CONTENT, inner}
    quads = _built(said).quads
    (quad,) = [q for q in quads if q.graph_name == inner]
    assert Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()) not in quads


@pytest.mark.parametrize(
    ("triples", "rule"),
    [
        ("event:drone-flight-as-said leg:place state:orvany", "shape-event-place"),
        ('event:drone-flight-as-said leg:date "May"^^edtf:EDTF', "date-not-edtf"),
        ('event:drone-flight-as-said leg:extent "twice"', "words-outside-quote"),
        ("event:drone-flight-as-said leg:target person:nobody-known", "unknown-thing"),
    ],
)
def test_a_content_is_judged_by_words_terms_and_shapes(said: Path, triples: str, rule: str) -> None:
    _edit(said, "        leg:place place:brack .\n}\n\nclaim:halm-gazette-2031-05-07-11", (
        f"        leg:place place:brack .\n    {triples} .\n}}\n\nclaim:halm-gazette-2031-05-07-11"
    ))  # fmt: skip
    line = (said / GAZETTE).read_text("utf-8").split(triples)[0].count("\n") + 1
    findings = judge(open_case(workspace.find(said))).findings
    assert (rule, line) in {(finding.rule, finding.line) for finding in findings}


def test_what_is_only_said_conflicts_with_nothing_and_is_never_too_late(said: Path) -> None:
    _edit(
        said,
        "content:merovia-flew-the-drone {",
        """content:merovia-flew-the-drone {
    event:bron-expulsion leg:date "2039-05-09"^^edtf:EDTF .
    person:karl-bron leg:deathDate "1031"^^edtf:EDTF .""",
    )
    findings = judge(open_case(workspace.find(said))).findings
    assert {finding.rule for finding in findings} == {"not-named-in-quote"}
    contradicted = {t.subject for t in _built(said).default if t.predicate == LEG.contradicts}
    assert contradicted.isdisjoint({_node("event:bron-expulsion"), _node("person:karl-bron")})


def test_the_content_of_a_draft_waits_with_it(said: Path) -> None:
    _edit(said, "leg:status leg:complete", "leg:status leg:draft")
    assert not [q for q in _built(said).quads if q.graph_name == CONTENT]


def test_a_built_file_says_what_the_folder_says(said: Path, tmp_path: Path) -> None:
    place, dataset = workspace.find(said), _built(said)
    edition = exports.edition_of(dataset, place)
    for suffix in ("nq", "trig", "ttl"):
        path = tmp_path / f"built.{suffix}"
        path.write_text(exports.FORMATS[f"legation.{suffix}"](edition), "utf-8")
        assert (suffix, difference(state(str(said)), state(str(path))).is_empty) == (suffix, True)


def test_nobody_who_asks_is_told_it_as_a_fact(said: Path) -> None:
    kg = legation.open(said)
    asked = "SELECT ?event WHERE { ?event a leg:Incident }"
    assert "drone-flight-as-said" not in str(kg.query(asked).to_csv())
    joined = """SELECT ?who ?what WHERE {
        ?claim leg:speaker ?who ; leg:content ?content .
        GRAPH ?content { ?what a leg:Incident } }"""
    assert len(kg.query(joined).rows) == 2


@pytest.mark.parametrize("view", ["statements", "offices", "attendance", "everything"])
def test_no_network_shows_what_is_only_said(said: Path, view: str) -> None:
    before = set(legation.open(said).network(view).edges())
    _edit(
        said,
        "content:merovia-flew-the-drone {",
        """content:merovia-flew-the-drone {
    statement:tash-boast a leg:Statement ;
        leg:speaker person:enno-tash ;
        leg:madeAt event:sestry-banquet ;
        leg:topic person:karl-bron .
    tenure:tash-minister a leg:Tenure ;
        leg:holder person:enno-tash ;
        leg:office office:foreign-minister-of-orvany .""",
    )
    assert set(legation.open(said).network(view).edges()) == before
