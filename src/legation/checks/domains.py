"""Is each property said of a thing that can have it?

Invariant: nothing is inferred. Only what people wrote of a thing counts as its class, so that a
role of another kind of thing is found, where inference would quietly give the thing that class.
"""

from collections.abc import Iterator

from pyoxigraph import NamedNode

from legation.checks.case import Case
from legation.checks.finding import Finding, Rule

MISPLACED = Rule(
    "property-outside-domain", "error", "A property is said of a thing of the class that has it."
)


def check(case: Case) -> Iterator[Finding]:
    """Hold the classes of each subject against the domain of what is said of it."""
    domains = {prop: case.ontology.domain(prop) for prop in case.ontology.properties}
    for located in case.record.quads("registry", "article"):
        subject, prop = located.quad.subject, located.quad.predicate
        wanted = domains.get(prop)
        if not isinstance(subject, NamedNode) or wanted is None:
            continue
        kinds = case.record.kinds.get(subject, frozenset())
        given = case.ontology.most_specific(kinds & case.ontology.classes)
        if wanted in kinds or not given:
            continue
        label = case.ontology.label
        message = (
            f"{case.short(prop)} is said of the kind {label(wanted)!r}, and "
            f"{case.short(subject)} is of the kind {' and '.join(map(label, given))!r}: "
            "use a property of its kind, or make a thing of that one"
        )
        yield case.fault(MISPLACED, located, message)
