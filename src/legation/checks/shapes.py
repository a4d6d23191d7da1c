"""What SHACL says about the merged graph, traced back to the lines that authored it.

Invariant: pySHACL alone judges; nothing here second-guesses it, and it is spared only what plainly
keeps its shapes. Inference, imports and SHACL's advanced features stay off, so that a shape sees
exactly what was built and reads no file.
"""

import re
import warnings
from collections.abc import Iterator, Mapping, Set
from functools import partial
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from legation.checks import allowed, conformance, law, targets, violations
from legation.checks.case import Case
from legation.checks.finding import Finding, Rule
from legation.checks.interchange import graph_of
from legation.checks.law import sh
from legation.checks.violations import message_of, rule_id, severity_of
from legation.errors import LIBRARY_FAULTS, InputError, UsageError
from legation.graph.bundle import is_own
from legation.graph.record import triples_of
from legation.rdf import trig
from legation.rdf.vocabulary import OWL, PREFIXES, RDF, RDFS, XSD
from legation.rdf.worker import limited

if TYPE_CHECKING:
    from rdflib import Graph

_TRUE = Literal("true", datatype=XSD.boolean)
# What SHACL-SPARQL, SHACL-JS and SHACL's advanced features could run.
_PROGRAMS = ("sparql", "js", "target", "rule", "validator", "nodeValidator", "propertyValidator")


def rules(case: Case) -> Iterator[Rule]:
    """The shapes in force as rules, each once."""
    shapes = law.Index(triples_of(targets.applied(case)))
    off = {shape for shape, value in shapes.pairs(sh("deactivated")) if value == _TRUE}
    off |= {part for shape in off for part in shapes.values(shape, sh("property"))}
    for shape in shapes.about:
        messages = [m for m in shapes.values(shape, sh("message")) if isinstance(m, Literal)]
        if messages and isinstance(shape, NamedNode) and shape not in off:
            severity = next(iter(shapes.values(shape, sh("severity"))), None)
            yield Rule(rule_id(shape.value), severity_of(severity), message_of(messages))


def check(case: Case) -> list[Finding]:
    """Validate the merged graph against every shape; own ones must come to an end in time."""
    own = next((path for path in case.workspace.shape_files if is_own(path)), None)
    if own is None:
        return _found(case)
    try:
        return limited(partial(_found, case))
    except UsageError as error:
        raise InputError(f"the shapes cannot be used: {error}", own.parent) from error


def _found(case: Case) -> list[Finding]:
    written = _shapes_triples(case)
    plain, data = law.Index(written), _judged(case)
    classes = Triple(OWL.Class, RDFS.subClassOf, RDFS.Class)  # as OWL says: they may be shapes
    missing = list(targets.dangling(plain))
    gone = {reference for reference, _ in missing}  # what the rest says holds all the same
    shapes = graph_of([classes, *(triple for triple in written if triple not in gone)])
    reached = law.targets(plain, data)
    return [
        *targets.meddling(case),
        *targets.unread(case),
        *(targets.missing(case, reference, other) for reference, other in missing),
        *targets.idle(case, plain, reached),
        *_validated(case, shapes, (plain, data), reached),
    ]


def _judged(case: Case) -> law.Index:
    """The merged graph, and beside it what is only said: it, too, uses terms as they are meant."""
    return law.Index(_said(case), case.judged.by_property)


def _said(case: Case) -> Iterator[Triple]:
    for content in case.record.contents:
        for triple in content.triples:
            yield triple
            if triple.predicate == RDF.type and isinstance(triple.object, NamedNode):
                for above in case.ontology.superclasses(triple.object):
                    yield Triple(triple.subject, RDF.type, above)
            for above in case.ontology.superproperties(triple.predicate):
                yield Triple(triple.subject, above, triple.object)


def _validated(
    case: Case,
    shapes: "Graph",
    graphs: tuple[law.Index, law.Index],
    reached: Mapping[law.Node, Set[law.Node]],
) -> Iterator[Finding]:
    """What pySHACL finds in what shapes look at, shown what lies around those in doubt."""
    plain, data = graphs
    # pySHACL can be narrowed to nodes that have a name, and to no others.
    are_named = all(isinstance(node, NamedNode) for nodes in reached.values() for node in nodes)
    asked = _asked(case, data) if are_named else None
    steps = law.reach(plain, data) if are_named else None
    if steps is None:
        whole = graph_of(data.around(data.about, 0))
        return violations.findings(case, shapes, _report(case, shapes, whole, asked))
    shown = conformance.suspects(plain, data)
    shown &= shown if asked is None else asked
    if not shown:
        return iter(())
    # Not narrowed to them: pySHACL would pass by the values of theirs that shapes within look at.
    report = _report(case, shapes, graph_of(data.around(shown, steps)), None)
    # Of what only lies around them not everything is shown: nothing holds for its judging.
    return violations.findings(case, shapes, report, of=shown)


def _asked(case: Case, data: law.Index) -> set[law.Node] | None:
    """The nodes that are asked about; None where all are."""
    if case.scope is None:
        return None
    return {
        t.subject
        for t in data.triples
        if isinstance(t.subject, NamedNode) and t.subject.value in case.scope.things
    }


def _report(case: Case, shapes: "Graph", data: "Graph", asked: set[law.Node] | None) -> "Graph":
    import pyshacl
    from pyshacl.errors import (
        ConstraintLoadError,
        ReportableRuntimeError,
        ShapeLoadError,
        ShapeRecursionWarning,
    )

    if asked is not None and not asked:  # an empty list would have pySHACL judge every node
        return graph_of(())
    focus = None if asked is None else sorted(n.value for n in asked)
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
    except ShapeRecursionWarning as error:
        raise _unusable(case, "a shape refers to itself, which SHACL leaves undefined") from error
    except (
        ConstraintLoadError,
        ReportableRuntimeError,
        ShapeLoadError,
        *LIBRARY_FAULTS,
        re.error,
    ) as error:
        why = next(iter(str(error).split("\n")), "") or type(error).__name__
        raise _unusable(case, why) from error
    return report


def _unusable(case: Case, why: str) -> InputError:
    folder = case.workspace.root / "ontology" / "shapes"
    return InputError(f"the shapes cannot be used: {why}", folder)


def _shapes_triples(case: Case) -> list[Triple]:
    """The shapes; none may hold a query or script, which could read files and the network."""
    programs = {PREFIXES["sh"] + name for name in _PROGRAMS}
    in_force = targets.applied(case)
    for located in in_force:
        if located.quad.predicate.value in programs:
            term = case.short(located.quad.predicate)
            message = f"{term} is not run here: write the rule as a query in queries/checks/"
            raise InputError(message, located.path, located.line)
    of_values = case.workspace.home / "ontology" / "shapes" / allowed.FILE
    written = [q.quad.triple for q in in_force if q.path != of_values]
    drawn_up = trig.parse(allowed.value_shapes(case.ontology).encode(), of_values)
    return [*written, *triples_of(drawn_up.quads)]
