"""Every constraint of every shape can fail: a shape that cannot is no law.

The cases of property shapes are made from the shapes themselves: one constraint, one value that
breaks it, on a node of the test world. Constraints on whole nodes are broken by hand below.
"""

from functools import cache
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import RDF, RDFS, SH, XSD, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from legation.graph import dataset as build
from legation.graph import workspace

LEG = Namespace("https://w3id.org/legation/ns#")
SHAPES = Namespace("https://w3id.org/legation/ns/shapes#")
NOWHERE = URIRef("https://w3id.org/legation/id/event/declared-nowhere")
PREFIXES = "\n".join(
    f"PREFIX {prefix}: <{base}>" for prefix, base in workspace.bundled().prefixes.items()
)
WRONG: dict[URIRef, tuple[Node, ...]] = {
    SH["class"]: (NOWHERE,),
    SH.datatype: (Literal("not this", lang="en"),),
    SH["in"]: (NOWHERE,),
    SH.lessThan: (Literal(10**6),),
    SH.lessThanOrEquals: (Literal("9999-12-31", datatype=XSD.date),),
    SH.maxCount: (Literal("one"), Literal("two")),
    SH.minCount: (),
    SH.minInclusive: (Literal(-1),),
    SH.minLength: (Literal(""),),
    SH["or"]: (NOWHERE,),
    SH.pattern: (Literal("not/this"),),
    SH.uniqueLang: (Literal("one", lang="en"), Literal("two", lang="en")),
}
"""For each constraint the values that break it; none where a value must be missing."""


@cache
def _shapes() -> Graph:
    graph = Graph()
    for path in workspace.bundled().shape_files:
        graph.parse(path)
    return graph


@cache
def _world() -> Graph:
    """The merged default graph of the test world."""
    place = workspace.find(Path(__file__).parents[1] / "world")
    dataset = build.build(workspace.read(place), place.rules)
    graph = Graph()
    graph.parse(data="".join(f"{triple} .\n" for triple in dataset.default), format="nt")
    return graph


def _copy() -> Graph:
    graph = Graph()
    graph += _world()
    return graph


def _constraints() -> list[tuple[URIRef, URIRef]]:
    """Each property shape with each of its constraints."""
    aside = {RDF.type, SH.message, SH.path, SH.severity}
    shapes = _shapes().subjects(RDF.type, SH.PropertyShape)
    named = [shape for shape in shapes if isinstance(shape, URIRef)]
    return sorted(
        (shape, constraint)
        for shape in named
        for constraint in _shapes().predicates(shape)
        if constraint not in aside
    )


def _focus(shape: URIRef) -> URIRef:
    """The first node of the test world that a property shape looks at, through its node shape."""
    parent = _shapes().value(predicate=SH.property, object=shape)
    nodes = {
        node
        for target in _shapes().objects(parent, SH.targetClass)
        for node in _world().subjects(RDF.type, target)
    } | {
        node
        for target in _shapes().objects(parent, SH.targetSubjectsOf)
        for node in _world().subjects(target)
    }
    return min(node for node in nodes if isinstance(node, URIRef))


def _wrong_values(shape: URIRef, constraint: URIRef, focus: URIRef) -> tuple[Node, ...]:
    if constraint == SH.nodeKind:
        wants_iri = _shapes().value(shape, constraint) == SH.IRI
        return (Literal("no IRI"),) if wants_iri else (NOWHERE,)
    if constraint == SH.disjoint:
        return tuple(_world().objects(focus, RDFS.label))
    return WRONG[constraint]


def _fired(graph: Graph, *focus: URIRef) -> set[tuple[str, Node | None, str]]:
    """What failed, at the given nodes or anywhere: shape, focus node and constraint component."""
    nodes = [str(node) for node in focus] or None
    _, report, _ = validate(
        graph, shacl_graph=_shapes(), inference="none", inplace=True, focus_nodes=nodes
    )
    assert isinstance(report, Graph)
    return {
        (
            str(report.value(result, SH.sourceShape)).removeprefix(SHAPES),
            report.value(result, SH.focusNode),
            str(report.value(result, SH.sourceConstraintComponent)).removeprefix(SH._NS).lower(),
        )
        for result in report.subjects(RDF.type, SH.ValidationResult)
    }


@pytest.mark.parametrize(
    "constraint",
    sorted({constraint for _, constraint in _constraints()}),
    ids=lambda term: str(term).rpartition("#")[2],
)
def test_each_constraint_of_a_property_can_fail(constraint: URIRef) -> None:
    """All properties at a time, for pyshacl takes most of its time to begin."""
    broken = [(shape, _focus(shape)) for shape, one in _constraints() if one == constraint]
    graph = _copy()
    for shape, focus in broken:
        path = _shapes().value(shape, SH.path)
        if constraint in (SH.minCount, SH.lessThanOrEquals, SH.lessThan):
            graph.remove((focus, path, None))
        for value in _wrong_values(shape, constraint, focus):
            graph.add((focus, path, value))
    component = f"{constraint.removeprefix(SH._NS)}constraintcomponent".lower()
    # Told to look at some nodes only, pyshacl 0.40 does not look at the values that sh:or judges.
    narrowed = () if constraint == SH["or"] else {focus for _, focus in broken}
    expected = {(shape.removeprefix(SHAPES), focus, component) for shape, focus in broken}
    assert expected - _fired(graph, *narrowed) == set()


NODE_CASES = {
    "Accused": "INSERT DATA { statement:voss-demand leg:accused state:merovia }",
    "Accreditation": "INSERT DATA { person:ilse-varn leg:accreditedTo state:orvany }",
    "Attendance": "INSERT DATA { event:silver-bell leg:attendee person:ada-lund }",
    "Body": "INSERT DATA { body:halm-institute a leg:Polity }",
    "Carriage": "INSERT DATA { event:sestry-banquet leg:bearer person:ada-lund }",
    "Counting": "INSERT DATA { person:tomas-keld leg:ordinal 2 }",
    "DiplomaticAct": """DELETE { event:relations-raising leg:act ?act }
        INSERT { event:relations-raising leg:act leg:ratified }
        WHERE { event:relations-raising leg:act ?act }""",
    "Founding": "INSERT DATA { event:sestry-summit leg:founded state:free-coast }",
    "Hosting": "INSERT DATA { event:silver-bell leg:host person:ada-lund }",
    "Instrument": "INSERT DATA { instrument:treaty-of-sestry a leg:Event }",
    "Negation": """INSERT DATA { statement:treaty-a-turning-point leg:negated true }""",
    "Nomination": "INSERT DATA { statement:voss-demand leg:target state:merovia }",
    "Office": "INSERT DATA { office:mayor-of-halm a leg:Agent }",
    "Plan": "INSERT DATA { plan:keld-visit-to-lindal a leg:Event }",
    "Published": 'INSERT DATA { event:sestry-summit leg:published "2031-05-05"^^edtf:EDTF }',
    "Recognition": "INSERT DATA { event:sestry-summit leg:recognized state:free-coast }",
    "Representation": 'INSERT DATA { person:ada-lund leg:titleAsWritten "Secretary-General" }',
    "Said": "DELETE WHERE { statement:voss-demand leg:text ?words }",
    "Sanctioning": "INSERT DATA { event:sestry-summit leg:sanctioned state:free-coast }",
    "Sending": "INSERT DATA { event:sestry-summit leg:sendingState state:free-coast }",
    "Signing": "INSERT DATA { event:sestry-summit leg:signatory person:ilse-varn }",
    "Situated": "INSERT DATA { person:ada-lund leg:locatedIn place:halm }",
    "Source": "DELETE WHERE { report:merovian-news-agency-on-the-shells dcterms:publisher ?who }",
    "Speech": "INSERT DATA { event:sestry-summit leg:speaker person:ilse-varn }",
    "Statement": """DELETE WHERE { statement:voss-demand leg:speaker ?who }""",
    "Targeting": "INSERT DATA { event:sestry-summit leg:target state:free-coast }",
    "Visit": "DELETE WHERE { event:lund-visit-to-orvany leg:visitor ?who }",
    "Visiting": "INSERT DATA { event:sestry-summit leg:visitor person:ilse-varn }",
    "Voting": "INSERT DATA { event:sestry-summit leg:votedFor state:free-coast }",
}
"""For each constraint on a whole node one fault that breaks it and nothing else."""


@pytest.mark.parametrize("shapes", [list(NODE_CASES)[start::4] for start in range(4)], ids=" ".join)
def test_each_constraint_on_a_node_fires_there_and_only_there(shapes: list[str]) -> None:
    """Some at a time, none of which touches what another breaks."""
    graph = _copy()
    for shape in shapes:
        graph.update(f"{PREFIXES}\n{NODE_CASES[shape]}")
    fired = {(name, focus) for name, focus, _ in _fired(graph)}
    assert sorted(name for name, _ in fired) == sorted(shapes)


def test_every_shape_with_a_constraint_on_its_node_has_a_case() -> None:
    on_nodes = {SH["class"], SH["not"], SH["or"]}
    shapes = {
        shape.removeprefix(SHAPES)
        for shape in _shapes().subjects(RDF.type, SH.NodeShape)
        if isinstance(shape, URIRef) and on_nodes & set(_shapes().predicates(shape))
    }
    assert shapes == set(NODE_CASES)
