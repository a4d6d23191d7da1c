"""Shapes that judge nothing, or less than their author thinks; pySHACL is silent on all of them.

Invariant: Legation's own shapes always judge. What a workspace's shapes say about them is found and
left out, and a fault in one shape leaves the others in force.
"""

from collections.abc import Iterator, Mapping, Set
from difflib import get_close_matches
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from legation.checks.case import Case
from legation.checks.finding import Finding, Rule, Severity
from legation.checks.law import Index, Node, sh
from legation.rdf.trig import LocatedQuad
from legation.rdf.vocabulary import PREFIXES, RDF

NO_NODES = Rule("shape-without-nodes", "note", "Every shape has looked at a node at least.")
NO_SHAPE = Rule("shape-missing", "error", "A shape points only to shapes that are defined.")
NO_TARGET = Rule("shape-without-target", "warning", "A node shape says what it is for, or is used.")
NOT_OURS = Rule("shape-of-legation", "error", "Own shapes say nothing about Legation's shapes.")
UNREAD = Rule("shape-unread", "error", "Shapes are written in the terms of SHACL.")

_OURS = "https://w3id.org/legation/ns/shapes#"
_POINTING = ("node", "not", "property", "qualifiedValueShape")
_LISTING = ("and", "or", "xone")


def applied(case: Case) -> list[LocatedQuad]:
    """The quads of shapes that are in force: all but what own ones say about Legation's."""
    about_ours = {located.quad for located in _meddling(case)}
    return [q for q in case.record.quads("shapes") if q.quad not in about_ours]


def _own(case: Case) -> list[LocatedQuad]:
    if case.workspace.is_bundled:
        return []
    folder = _home(case)
    files = (f for f in case.record.files if f.kind == "shapes" and f.path.parent != folder)
    return [located for file in files for located in file.quads]


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


def idle(case: Case, shapes: Index, reached: Mapping[Node, Set[Node]]) -> Iterator[Finding]:
    """Shapes that judge nothing: no node of their target is in the graph, or they have none."""
    used = {other for name in _POINTING for _, other in shapes.pairs(sh(name))}
    used |= {member for _, member in shapes.pairs(RDF.first)}
    for shape in {*shapes.target("targetClass", sh("NodeShape")), *reached}:
        place = case.places.of_thing(shape)
        if place is None or not case.is_asked(place.path):
            continue
        name = case.short(shape) if isinstance(shape, NamedNode) else "a shape"
        if not reached.get(shape) and shape in reached:
            if case.workspace.root not in place.path.parents:
                continue  # a shape of Legation's, in a graph that need not have everything
            message = f"{name} looked at no node: nothing in the graph is what it is for"
            own: Severity = "note" if case.workspace.is_bundled else "warning"
            yield case.finding(NO_NODES, place, message, severity=own)
        elif shape not in reached and shape not in used:
            message = f"{name} has no target and no shape uses it: give it a sh:targetClass"
            yield case.finding(NO_TARGET, place, message)


def dangling(shapes: Index) -> Iterator[tuple[Triple, Node]]:
    """The triples by which a shape points to one that nobody defined, and that one."""
    for name in (*_POINTING, *_LISTING):
        for shape, other in shapes.pairs(sh(name)):
            for node in _members(shapes, other) if name in _LISTING else [other]:
                if node not in shapes.about:
                    yield Triple(shape, sh(name), other), node  # type: ignore[arg-type]


def _members(shapes: Index, head: Node) -> Iterator[Node]:
    """The members of a list, which may run in a circle."""
    seen = set()
    rest: Node | None = head
    while rest is not None and rest not in seen:
        seen.add(rest)
        yield from shapes.values(rest, RDF.first)
        rest = next(iter(shapes.values(rest, RDF.rest)), None)


def missing(case: Case, reference: Triple, other: Node) -> Finding:
    """A reference to a shape that nobody defined; pySHACL would pass or stop at it."""
    place = case.places.of_thing(reference.subject, reference.predicate, reference.object)
    shown = case.short(other) if isinstance(other, NamedNode) else other.value
    message = f"{shown} is not defined: no rule is applied; write the shape, or correct the name"
    return case.finding(NO_SHAPE, place, message)
