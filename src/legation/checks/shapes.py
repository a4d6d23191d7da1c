"""What SHACL says about the merged graph, traced back to the lines that authored it.

Invariant: pySHACL alone judges; nothing here second-guesses it. Inference, imports and SHACL's
advanced features stay off, so that a shape sees exactly what was built and reads no file. A
shape that looked at nothing, or points to a shape that does not exist, is a finding.
"""

import re
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from legation.checks import allowed
from legation.checks.case import Case
from legation.checks.finding import Finding, Rule, Severity
from legation.checks.interchange import graph_of, iri, term_of
from legation.checks.places import Place
from legation.errors import InputError
from legation.graph.record import triples_of
from legation.rdf import trig
from legation.rdf.vocabulary import PREFIXES, RDF, local_name

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

NO_NODES = Rule("shape-without-nodes", "note", "Every shape has looked at a node at least.")
NO_SHAPE = Rule("shape-missing", "error", "A shape points only to shapes that are defined.")
NO_TARGET = Rule("shape-without-target", "warning", "A node shape says what it is for, or is used.")
RULES = (NO_NODES, NO_SHAPE, NO_TARGET)

_SEVERITIES: dict[str, Severity] = {"Violation": "error", "Warning": "warning", "Info": "note"}
_TARGETS = ("targetClass", "targetNode", "targetObjectsOf", "targetSubjectsOf")
_POINTING = ("node", "not", "property", "qualifiedValueShape")
# What SHACL-SPARQL, SHACL-JS and SHACL's advanced features could run.
_PROGRAMS = ("sparql", "js", "target", "rule", "validator", "nodeValidator", "propertyValidator")


def rules(case: Case) -> Iterator[Rule]:
    """The shapes as rules."""
    severities = {
        q.quad.subject: q.quad.object
        for q in case.record.quads("shapes")
        if q.quad.predicate.value == PREFIXES["sh"] + "severity"
    }
    for located in case.record.quads("shapes"):
        shape, message = located.quad.subject, located.quad.object
        if located.quad.predicate.value != PREFIXES["sh"] + "message":
            continue
        if isinstance(shape, NamedNode) and isinstance(message, Literal):
            yield Rule(rule_id(shape.value), _severity(severities.get(shape)), message.value)


def rule_id(shape: str) -> str:
    """The rule id of a shape.

    >>> rule_id("https://w3id.org/legation/ns/shapes#Claim-accordingTo")
    'shape-claim-according-to'
    """
    name = local_name(NamedNode(shape))
    return "shape-" + re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()


def check(case: Case) -> list[Finding]:
    """Validate the merged graph against every shape."""
    shapes, data = _shapes_graph(case), graph_of(_judged(case))
    missing = list(_missing(case, shapes))
    if missing:
        return missing
    results = _validated(case, shapes, data)
    return [*_coverage(case, shapes, data), *_results(case, shapes, results)]


def _judged(case: Case) -> Iterator[Triple]:
    """The merged graph, and beside it what is only said: it, too, uses terms as they are meant."""
    yield from case.dataset.default
    for content in case.record.contents:
        for triple in content.triples:
            yield triple
            if triple.predicate == RDF.type and isinstance(triple.object, NamedNode):
                for above in case.ontology.superclasses(triple.object):
                    yield Triple(triple.subject, RDF.type, above)
            for above in case.ontology.superproperties(triple.predicate):
                yield Triple(triple.subject, above, triple.object)


def _validated(case: Case, shapes: "Graph", data: "Graph") -> "Graph":
    import pyshacl
    from pyshacl.errors import (
        ConstraintLoadError,
        ReportableRuntimeError,
        ShapeLoadError,
        ShapeRecursionWarning,
    )
    from rdflib import URIRef

    focus: list[str | URIRef] | None = None
    if case.scope is not None:
        asked = {str(node) for node in data.subjects()} & case.scope.things
        if not asked:  # an empty list would have pySHACL judge every node
            return graph_of(())
        focus = [URIRef(node) for node in sorted(asked)]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", ShapeRecursionWarning)
            report: Graph
            _, report, _ = pyshacl.validate(
                data,
                shacl_graph=shapes,
                inference="none",
                inplace=True,  # nothing is added without inference, so no copy is needed
                focus_nodes=focus,
            )
    except (ShapeLoadError, ConstraintLoadError, ReportableRuntimeError, re.error) as error:
        raise _unusable(case, str(error).splitlines()[0]) from error
    except ShapeRecursionWarning as error:
        raise _unusable(case, "a shape refers to itself, which SHACL leaves undefined") from error
    return report


def _unusable(case: Case, why: str) -> InputError:
    folder = case.workspace.root / "ontology" / "shapes"
    return InputError(f"the shapes cannot be used: {why}", folder)


def _results(case: Case, shapes: "Graph", report: "Graph") -> Iterator[Finding]:
    for result in report.subjects(iri("rdf", "type"), iri("sh", "ValidationResult")):
        focus = report.value(result, iri("sh", "focusNode"))
        path = report.value(result, iri("sh", "resultPath"))
        shape = report.value(result, iri("sh", "sourceShape"))
        value = report.value(result, iri("sh", "value"))
        severity = report.value(result, iri("sh", "resultSeverity"))
        message = report.value(result, iri("sh", "resultMessage"))
        subject = term_of(focus)
        if not isinstance(subject, NamedNode):
            continue
        named = _named_shape(shapes, shape)
        rule = Rule(rule_id(str(named)), _severity(severity), "")
        predicate = term_of(path)
        place = (
            case.places.of_thing(subject, predicate, None if value is None else term_of(value))
            if isinstance(predicate, NamedNode)
            else _target_place(case, shapes, named, subject)
        )
        shown = f"{case.short(subject)}: {message}"
        claim = case.record.claims_by_iri.get(subject)
        also = [node for node in [term_of(value)] if isinstance(node, NamedNode)]
        yield case.finding(rule, place, shown, about=subject, quoting=claim, also=also)


def _target_place(case: Case, shapes: "Graph", shape: "Node", subject: NamedNode) -> Place | None:
    """The line that made a node a target: of the property the shape targets, else of its class."""
    targets = list(shapes.objects(shape, iri("sh", "targetSubjectsOf")))
    said = {q.quad.predicate.value for q in case.record.about(subject)}
    for target in sorted(str(target) for target in targets):
        if target in said:
            return case.places.of_thing(subject, NamedNode(target))
    return case.places.of_thing(subject, RDF.type)


def _named_shape(shapes: "Graph", shape: "Node | None") -> "Node":
    """The shape with an IRI that holds a shape without one."""
    current = shape
    while current is not None and term_of(current) is None:  # a blank node
        current = next(iter(shapes.subjects(None, current)), None)
    return iri("sh", "Shape") if current is None else current


def _targeted(shapes: "Graph", data: "Graph") -> "dict[Node, set[Node]]":
    """The focus nodes of each shape that declares a target."""
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
            elif (target, None, None) in data:
                nodes.add(target)
    return found


def _coverage(case: Case, shapes: "Graph", data: "Graph") -> Iterator[Finding]:
    """Shapes that judge nothing: no node of their target is in the graph, or they have none."""
    targeted = _targeted(shapes, data)
    pointed = {o for name in _POINTING for o in shapes.objects(None, iri("sh", name))}
    listed = set(shapes.objects(None, iri("rdf", "first")))
    for shape in shapes.subjects(iri("rdf", "type"), iri("sh", "NodeShape")):
        place = case.places.of_thing(term_of(shape))
        if place is None or not case.is_asked(place.path):
            continue
        name = case.short(str(shape))
        if not targeted.get(shape) and shape in targeted:
            if case.workspace.root not in place.path.parents:
                continue  # a shape of Legation's, in a graph that need not have everything
            message = f"{name} looked at no node: nothing in the graph is what it is for"
            own: Severity = "note" if case.workspace.is_bundled else "warning"
            yield case.finding(NO_NODES, place, message, severity=own)
        elif shape not in targeted and shape not in pointed | listed:
            message = f"{name} has no target and no shape uses it: give it a sh:targetClass"
            yield case.finding(NO_TARGET, place, message)


def _missing(case: Case, shapes: "Graph") -> Iterator[Finding]:
    """References to shapes that nobody defined; pySHACL would pass or stop at them."""
    defined = set(shapes.subjects())
    for name in _POINTING:
        for shape, other in shapes.subject_objects(iri("sh", name)):
            if other in defined:
                continue
            place = case.places.of_thing(
                term_of(shape), NamedNode(PREFIXES["sh"] + name), term_of(other)
            )
            message = (
                f"{case.short(str(other))} is not defined: no rule is applied; write the shape, or "
                "correct the name"
            )
            yield case.finding(NO_SHAPE, place, message)


def _severity(node: object) -> Severity:
    """The severity that a SHACL term, of either library, stands for."""
    return _SEVERITIES.get(str(node).strip("<>").rsplit("#", 1)[-1], "error")


def _shapes_graph(case: Case) -> "Graph":
    """The shapes; none may hold a query or script, which could read files and the network."""
    programs = {PREFIXES["sh"] + name for name in _PROGRAMS}
    for located in case.record.quads("shapes"):
        if located.quad.predicate.value in programs:
            term = case.short(located.quad.predicate)
            message = f"{term} is not run here: write the rule as a query in queries/checks/"
            raise InputError(message, located.path, located.line)
    of_values = case.workspace.home / "ontology" / "shapes" / allowed.FILE
    written = [q.quad.triple for q in case.record.quads("shapes") if q.path != of_values]
    drawn_up = trig.parse(allowed.value_shapes(case.ontology).encode(), of_values)
    return graph_of([*written, *triples_of(drawn_up.quads)])
