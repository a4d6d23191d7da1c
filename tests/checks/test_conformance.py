"""What pySHACL is spared changes nothing that it finds, whatever is wrong with a graph."""

import random
from collections import Counter
from collections.abc import Iterable

import pytest
from pyoxigraph import Literal, NamedNode, Triple
from pyshacl import validate

from legation.checks import conformance, law, shapes
from legation.checks.case import Case
from legation.checks.interchange import graph_of, iri
from legation.checks.judging import open_case
from legation.checks.shapes import _judged, _shapes_triples
from legation.graph.workspace import Workspace
from legation.rdf.vocabulary import EDTF, PREFIXES, RDF, RDFS, XSD

from .conftest import Edit

Fired = Counter[tuple[str, ...]]

PARTS = ("focusNode", "resultPath", "value", "sourceConstraintComponent", "resultMessage")
FELL = ("pySHACL itself failed",)
ODD = (
    Literal("2031-02-30", datatype=XSD.date),
    Literal("2031-05-05", datatype=XSD.date),
    Literal("2031", datatype=EDTF),
    Literal("0", datatype=XSD.integer),
    Literal("-7", datatype=XSD.integer),
    Literal("many", datatype=XSD.integer),
    Literal("1.50", datatype=XSD.decimal),
    Literal("1", datatype=XSD.boolean),
    Literal("", datatype=XSD.string),
    Literal("words", language="en"),
    Literal("words"),
)
"""Values that are of a wrong kind somewhere, or badly written."""


@pytest.fixture
def world(hamlet: Workspace) -> Workspace:
    return hamlet


def _fired(written: list[Triple], data: Iterable[Triple]) -> Fired:
    """What pySHACL says of a graph, every result as often as it says it."""
    try:
        _, report, _ = validate(graph_of(data), shacl_graph=graph_of(written), inplace=True)
    except TypeError:  # it compares a day and a number, and falls over them
        return Counter([FELL])
    results = report.subjects(iri("rdf", "type"), iri("sh", "ValidationResult"))
    return Counter(
        tuple(str(report.value(result, iri("sh", part))) for part in PARTS) for result in results
    )


def _broken(triples: list[Triple], chance: random.Random, edits: int) -> list[Triple]:
    """A graph with some triples gone, others with another's object, class or an odd value."""
    kept = set(triples)
    for _ in range(edits):
        one, other = chance.choice(triples), chance.choice(triples)
        kind = chance.randrange(5)
        if kind == 0:
            kept.discard(one)
        elif kind == 1:
            kept.add(Triple(one.subject, one.predicate, other.object))
        elif kind == 2:
            kept.add(Triple(one.subject, other.predicate, other.object))
        elif kind == 3:
            kept.add(Triple(one.subject, one.predicate, chance.choice(ODD)))
        else:
            kept -= {t for t in triples if t.subject == one.subject and t.predicate == RDF.type}
    return sorted(kept, key=str)


@pytest.mark.filterwarnings("ignore:NotImplemented:DeprecationWarning")  # rdflib's, of odd values
@pytest.mark.parametrize("edits", [0, 3, 30, 300])
def test_the_same_is_found_with_the_plain_things_left_out(
    world: Workspace, edits: int, thorough: bool
) -> None:
    case = open_case(world)
    written, triples = _shapes_triples(case), sorted(set(_judged(case).triples), key=str)
    found = 0
    for seed in range(25 if thorough else 1):
        data = law.Index(_broken(triples, random.Random(seed), edits))
        steps = law.reach(law.Index(written), data)
        assert steps is not None
        suspects = conformance.suspects(law.Index(written), data)
        whole = _fired(written, data.around(data.about, 0))
        shown = {str(node.value) for node in suspects}
        narrowed = _fired(written, data.around(suspects, steps))
        assert (
            Counter({k: n for k, n in narrowed.items() if k[0] in shown or k == FELL}) == whole
        ), seed
        found += sum(whole.values())
    assert found > 0 or edits == 0


@pytest.mark.parametrize(
    ("predicate", "value"),
    [
        ("hasValue", RDFS.Class),
        ("class", Literal("Agent")),
        ("minCount", Literal("one")),
        ("path", RDF.nil),
        ("or", RDF.nil),
        ("node", NamedNode(PREFIXES["leg"] + "nowhere")),
        ("targetObjectsOf", RDF.type),
        ("targetNode", RDF.type),
        ("deactivated", Literal("true", datatype=XSD.boolean)),
        ("minCount", Literal("1", datatype=XSD.integer)),  # without a path
        ("disjoint", RDFS.label),
        ("property", NamedNode("https://w3id.org/legation/ns/shapes#Claim")),  # which has no path
    ],
)
def test_a_shape_with_anything_unknown_is_left_to_pyshacl(
    world: Workspace, predicate: str, value: NamedNode | Literal
) -> None:
    case = open_case(world)
    odd = Triple(NamedNode("urn:shape"), law.sh(predicate), value)
    written = [*_shapes_triples(case), odd]
    if predicate == "path":  # a second path for one shape
        written.append(Triple(NamedNode("urn:shape"), law.sh("path"), RDF.type))
    assert law.reach(law.Index(written), _judged(case)) is None


@pytest.mark.parametrize("kind", ["owl", "rdfs"])
def test_a_shape_that_is_a_class_is_left_to_pyshacl(world: Workspace, kind: str) -> None:
    case = open_case(world)
    odd = Triple(NamedNode("urn:shape"), RDF.type, NamedNode(PREFIXES[kind] + "Class"))
    written = law.Index([*_shapes_triples(case), odd])
    assert law.reach(written, _judged(case)) is None


OWN = """@prefix leg: <https://w3id.org/legation/ns#> .
@prefix own: <https://example.org/shapes#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
own:S a sh:NodeShape ; sh:targetClass leg:Event ; sh:message "So." ;
"""


def _case(edit: Edit, world: Workspace, own: str) -> tuple[Case, list[Triple]]:
    """The world with a shape of its own, and what is judged there, broken."""
    if own:
        edit("ontology/shapes/own.ttl", new=f"{OWN}  {own} .\n")
    case = open_case(world)
    return case, _broken(sorted(set(_judged(case).triples), key=str), random.Random(1), 40)


@pytest.mark.parametrize(
    "own",
    [
        "sh:property [ sh:path leg:place ; sh:property [ sh:path leg:x ; sh:minCount 1 ] ]",
        "sh:node [ sh:property [ sh:path rdfs:label ; sh:minLength 90 ] ]",
        "sh:node own:Nowhere ; sh:nodeKind sh:Literal",
        "sh:or ( [ sh:nodeKind sh:Literal ] own:Nowhere )",
        "sh:mincount 1 ; sh:nodeKind sh:Literal",
        "sh:targetObjectsOf leg:date ; sh:nodeKind sh:IRI",
    ],
)
def test_an_own_shape_that_is_not_plain_is_left_to_pyshacl(
    world: Workspace, edit: Edit, own: str
) -> None:
    case, broken = _case(edit, world, own)
    assert law.reach(law.Index(_shapes_triples(case)), law.Index(broken)) is None


@pytest.mark.filterwarnings("ignore:NotImplemented:DeprecationWarning")
@pytest.mark.parametrize(
    "own",
    [
        "",
        "sh:property [ sh:path leg:place ; sh:maxCount 0 ; sh:message 'None.' ]",
        "sh:not [ sh:property [ sh:path rdfs:label ; sh:minLength 12 ] ]",
        "sh:targetSubjectsOf rdfs:comment ; sh:nodeKind sh:IRI",  # one without a name
    ],
)
def test_the_findings_are_the_same_with_nothing_spared(
    world: Workspace, edit: Edit, monkeypatch: pytest.MonkeyPatch, own: str
) -> None:
    if "comment" in own:
        edit(
            "graph/registry/persons.ttl",
            new='\nperson:ada-lund rdfs:seeAlso [\n  rdfs:comment "x" ] .\n',
        )
    case, broken = _case(edit, world, own)
    assert law.reach(law.Index(_shapes_triples(case)), law.Index(broken)) is not None
    monkeypatch.setattr(shapes, "_judged", lambda _: law.Index(broken))
    spared = Counter(map(repr, shapes.check(case)))
    monkeypatch.setattr(law, "reach", lambda *_: None)
    assert Counter(map(repr, shapes.check(case))) == spared
    assert len(spared) > 1


def test_shapes_that_hold_each_other_are_left_to_pyshacl(world: Workspace) -> None:
    case = open_case(world)
    one, other = NamedNode("urn:one"), NamedNode("urn:other")
    circle = [Triple(one, law.sh("not"), other), Triple(other, law.sh("not"), one)]
    written = law.Index([*_shapes_triples(case), *circle])
    assert law.reach(written, _judged(case)) is None
