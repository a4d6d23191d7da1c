"""Shapes that judge nothing, or less than their author thinks; pySHACL is silent on all of them.

Invariant: Legation's own shapes always judge. What a workspace's shapes say about them is found and
left out, and a fault in one shape leaves the others in force.
"""

from collections.abc import Iterator, Mapping, Set
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from legation.checks.case import Case
from legation.checks.finding import Finding, Rule, Severity
from legation.checks.interchange import iri, node_of, term_of
from legation.rdf.trig import LocatedQuad
from legation.rdf.vocabulary import PREFIXES

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

NO_NODES = Rule("shape-without-nodes", "note", "Every shape has looked at a node at least.")
NO_SHAPE = Rule("shape-missing", "error", "A shape points only to shapes that are defined.")
NO_TARGET = Rule("shape-without-target", "warning", "A node shape says what it is for, or is used.")
NOT_OURS = Rule("shape-of-legation", "error", "Own shapes say nothing about Legation's shapes.")
UNREAD = Rule("shape-unread", "error", "Shapes are written in the terms of SHACL.")
RULES = (NO_NODES, NO_SHAPE, NO_TARGET, NOT_OURS, UNREAD)

_OURS = "https://w3id.org/legation/ns/shapes#"
_TARGETS = ("targetClass", "targetNode", "targetObjectsOf", "targetSubjectsOf")
_POINTING = ("node", "not", "property", "qualifiedValueShape")
_LISTING = ("and", "or", "xone")

Reference = tuple["Node", "Node", "Node"]
Reached = Mapping["Node", Set[object]]


def applied(case: Case) -> list[LocatedQuad]:
    """The quads of shapes that are in force: all but what own ones say about Legation's."""
    about_ours = {located.quad for located in _meddling(case)}
    return [q for q in case.record.quads("shapes") if q.quad not in about_ours]


def _own(case: Case) -> list[LocatedQuad]:
    if case.workspace.is_bundled:
        return []
    folder = _home(case)
    return [q for q in case.record.quads("shapes") if q.path.parent != folder]


def _home(case: Case) -> Path:
    return case.workspace.home / "ontology" / "shapes"


def _meddling(case: Case) -> Iterator[LocatedQuad]:
    """What own shapes say about shapes of Legation's."""
    own = _own(case)
    if not own:
        return
    folder = _home(case)
    ours = {q.quad.subject for q in case.record.quads("shapes") if q.path.parent == folder}
    for located in own:
        subject = located.quad.subject
        if subject in ours or str(subject).startswith(f"<{_OURS}"):
            yield located


def meddling(case: Case) -> Iterator[Finding]:
    """Own shapes that would change or switch off Legation's."""
    told = set()
    for located in _meddling(case):
        subject = located.quad.subject
        if (located.path, subject) in told:
            continue
        told.add((located.path, subject))
        message = (
            f"{case.short(str(subject)[1:-1])} is a shape of Legation's, which stays as it is: "
            "own shapes only add, so write one under a name of your own"
        )
        place = case.places.of_quad(located)
        about = subject if isinstance(subject, NamedNode) else None
        yield case.finding(NOT_OURS, place, message, about=about)


def unread(case: Case) -> Iterator[Finding]:
    """Terms that look like SHACL's and are none, and imports, which nobody follows."""
    from rdflib.namespace import SH

    known = set(SH.__annotations__) | set(SH._extras) | set(dir(SH))
    for located in _own(case):
        term = located.quad.predicate.value
        name = term.removeprefix(PREFIXES["sh"])
        place = case.places.of_quad(located)
        if term == PREFIXES["owl"] + "imports":
            message = "nothing is imported into shapes: copy the file into ontology/shapes/"
            yield case.finding(UNREAD, place, message)
        elif name != term and name not in known:
            near = get_close_matches(name, sorted(known), n=1)
            low = [word for word in sorted(known) if word.lower() == name.lower()]
            meant = f"sh:{(low or near)[0]}" if low or near else ""
            message = f"sh:{name} is no term of SHACL, and nothing is judged by it"
            yield case.finding(UNREAD, place, message, suggestion=meant)


def targeted(shapes: "Graph", data: "Graph") -> "dict[Node, set[Node]]":
    """The focus nodes of each shape that declares a target or is a class itself."""
    found: dict[Node, set[Node]] = {}
    for kind in _TARGETS:
        for shape, target in shapes.subject_objects(iri("sh", kind)):
            nodes = found.setdefault(shape, set())
            if kind == "targetClass":
                nodes |= set(data.subjects(iri("rdf", "type"), target))
            elif kind == "targetSubjectsOf":
                nodes |= set(data.subjects(target, None))
            elif kind == "targetObjectsOf":
                nodes |= set(data.objects(None, target))
            elif (target, None, None) in data or isinstance(term_of(target), Literal):
                nodes.add(target)
    for shape in _classes(shapes):
        found.setdefault(shape, set()).update(data.subjects(iri("rdf", "type"), shape))
    return found


def _classes(shapes: "Graph") -> "set[Node]":
    """The shapes that are classes, which are for their instances. Source: SHACL 2.1.3.3."""
    kinds: set[Node] = {iri("rdfs", "Class")}
    kinds |= set(shapes.subjects(iri("rdfs", "subClassOf"), iri("rdfs", "Class")))
    typed = {node for kind in kinds for node in shapes.subjects(iri("rdf", "type"), kind)}
    forms = (iri("sh", "NodeShape"), iri("sh", "PropertyShape"))
    return {node for node in typed for form in forms if (node, iri("rdf", "type"), form) in shapes}


def idle(case: Case, shapes: "Graph", reached: "Reached") -> Iterator[Finding]:
    """Shapes that judge nothing: no node of their target is in the graph, or they have none."""
    pointed = {o for name in _POINTING for o in shapes.objects(None, iri("sh", name))}
    listed = set(shapes.objects(None, iri("rdf", "first")))
    for shape in {*shapes.subjects(iri("rdf", "type"), iri("sh", "NodeShape")), *reached}:
        place = case.places.of_thing(node_of(shape))
        if place is None or not case.is_asked(place.path):
            continue
        name = "a shape" if term_of(shape) is None else case.short(str(shape))
        if not reached.get(shape) and shape in reached:
            if case.workspace.root not in place.path.parents:
                continue  # a shape of Legation's, in a graph that need not have everything
            message = f"{name} looked at no node: nothing in the graph is what it is for"
            own: Severity = "note" if case.workspace.is_bundled else "warning"
            yield case.finding(NO_NODES, place, message, severity=own)
        elif shape not in reached and shape not in pointed | listed:
            message = f"{name} has no target and no shape uses it: give it a sh:targetClass"
            yield case.finding(NO_TARGET, place, message)


def dangling(shapes: "Graph") -> "Iterator[tuple[Reference, Node]]":
    """The triples by which a shape points to one that nobody defined, and that one."""
    defined = set(shapes.subjects())
    for name in (*_POINTING, *_LISTING):
        role = iri("sh", name)
        for shape, other in shapes.subject_objects(role):
            for node in _members(shapes, other) if name in _LISTING else [other]:
                if node not in defined:
                    yield (shape, role, other), node


def _members(shapes: "Graph", head: "Node") -> "Iterator[Node]":
    """The members of a list, which may run in a circle."""
    seen = set()
    rest: Node | None = head
    while rest is not None and rest not in seen:
        seen.add(rest)
        yield from shapes.objects(rest, iri("rdf", "first"))
        rest = shapes.value(rest, iri("rdf", "rest"))


def missing(case: Case, reference: "Reference", other: "Node") -> Finding:
    """A reference to a shape that nobody defined; pySHACL would pass or stop at it."""
    shape, role, value = (node_of(node) for node in reference)
    predicate = role if isinstance(role, NamedNode) else None
    place = case.places.of_thing(shape, predicate, value)
    shown = case.short(str(other)) if isinstance(node_of(other), NamedNode) else str(other)
    message = f"{shown} is not defined: no rule is applied; write the shape, or correct the name"
    return case.finding(NO_SHAPE, place, message)
