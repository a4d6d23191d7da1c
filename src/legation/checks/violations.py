"""What a SHACL report says, as findings on the lines that authored it.

Invariant: each result is one finding, whatever its focus node; what a result holds under
``sh:detail`` explains it and is none of its own. The message told is the same on every run: the
English one, else one without a language, else the first of its letters.
Source: Shapes Constraint Language, section 3.6.
"""

import re
from collections.abc import Container, Iterable, Iterator
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode

from legation.checks.case import Case
from legation.checks.finding import Finding, Rule, Severity
from legation.checks.interchange import iri, node_of
from legation.checks.places import Place
from legation.rdf import trig
from legation.rdf.vocabulary import RDF, local_name

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_SEVERITIES: dict[str, Severity] = {"Violation": "error", "Warning": "warning", "Info": "note"}
_LONGEST = 60

_Term = NamedNode | BlankNode | Literal | None


def message_of(messages: Iterable[Literal]) -> str:
    r"""The message to tell of those in several languages, on one line.

    >>> message_of([Literal("Zwei.", language="de"), Literal("Two.\n", language="en-GB")])
    'Two.'
    """

    def rank(message: Literal) -> tuple[int, str]:
        language = message.language
        if language is None:
            return 1, ""
        return (0, "") if language.partition("-")[0] == "en" else (2, language)

    ranked = {(rank(m), " ".join(m.value.split())) for m in messages}
    first = min(ranked, default=((0, ""), ""))[0]
    return "; ".join(sorted(text for order, text in ranked if order == first))


def findings(
    case: Case, shapes: "Graph", report: "Graph", of: Container[object] | None = None
) -> Iterator[Finding]:
    """The findings of a report on a case; on some nodes only, where they are given."""
    for result in report.objects(None, iri("sh", "result")):
        focus, path, value, shape, severity = (
            report.value(result, iri("sh", name))
            for name in ("focusNode", "resultPath", "value", "sourceShape", "resultSeverity")
        )
        subject, said = node_of(focus), node_of(value)
        if of is not None and subject not in of:
            continue
        named = _named_shape(shapes, shape)
        messages = map(node_of, report.objects(result, iri("sh", "resultMessage")))
        told = message_of(message for message in messages if isinstance(message, Literal))
        thing = subject if isinstance(subject, NamedNode) else None
        yield case.finding(
            Rule(rule_id(str(named)), severity_of(severity), ""),
            _place(case, shapes, named, (subject, node_of(path), said)),
            f"{_shown(case, subject)}: {told}",
            about=thing,
            quoting=case.claim_of(subject),
            also=[said] if isinstance(said, NamedNode) else [],
        )


def rule_id(shape: str) -> str:
    """The rule id of a shape.

    >>> rule_id("https://w3id.org/legation/ns/shapes#Claim-accordingTo")
    'shape-claim-according-to'
    """
    name = local_name(NamedNode(shape))
    return "shape-" + re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()


def severity_of(node: object) -> Severity:
    """The severity that a SHACL term, of either library, stands for."""
    return _SEVERITIES.get(str(node).strip("<>").rsplit("#", 1)[-1], "error")


def _shown(case: Case, focus: object) -> str:
    if isinstance(focus, NamedNode):
        return case.short(focus)
    if isinstance(focus, Literal):
        text = trig.term(focus, case.workspace.prefixes)
        return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return "a node without a name"  # its label may be another on the next run


def _place(
    case: Case, shapes: "Graph", named: "Node", result: tuple[_Term, _Term, _Term]
) -> Place | None:
    subject, path, value = result
    if isinstance(subject, Literal):
        targets = shapes.objects(named, iri("sh", "targetObjectsOf"))
        return case.places.of_value(subject, {NamedNode(str(target)) for target in targets})
    if isinstance(path, NamedNode):
        return case.places.of_thing(subject, path, value)
    return None if subject is None else _target_place(case, shapes, named, subject)


def _target_place(
    case: Case, shapes: "Graph", shape: "Node", subject: NamedNode | BlankNode
) -> Place | None:
    """The line that made a node a target: of the property the shape targets, else of its class."""
    targets = list(shapes.objects(shape, iri("sh", "targetSubjectsOf")))
    said = {q.quad.predicate.value for q in case.record.about(subject)}
    for target in sorted(str(target) for target in targets):
        if target in said:
            return case.places.of_thing(subject, NamedNode(target))
    return case.places.of_thing(subject, RDF.type)


def _named_shape(shapes: "Graph", shape: "Node | None") -> "Node":
    """The nearest shape with an IRI that holds a shape without one."""
    seen, nearest = {shape}, [] if shape is None else [shape]
    while nearest:
        named = sorted(
            (node for node in nearest if not isinstance(node_of(node), BlankNode)), key=str
        )
        if named:
            return named[0]
        above = {holder for node in nearest for holder in shapes.subjects(None, node)} - seen
        seen |= above
        nearest = list(above)
    return iri("sh", "Shape")
