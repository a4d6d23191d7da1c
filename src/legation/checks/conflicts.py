"""Do two claims give one property two values, and does nobody acknowledge it?

Invariant: contradictions are data. Both values stay; what is not allowed is that nobody said
so. Two dates of different precision, of which one covers the other, are no contradiction.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from pyoxigraph import Literal, NamedNode, Triple

from legation.checks.case import Case
from legation.checks.finding import Finding, Rule
from legation.graph.claim import Claim
from legation.rdf.vocabulary import EDTF
from legation.text import dates

UNACKNOWLEDGED = Rule(
    "conflict-unacknowledged",
    "error",
    "Claims that give a single-valued property different values name each other.",
)
RULES = (UNACKNOWLEDGED,)

Saying = tuple[Claim, Triple]


def check(case: Case) -> Iterator[Finding]:
    """Compare the values that claims give to single-valued properties.

    Args:
        case: The case.

    Returns:
        The findings, each at the claim that stands later.
    """
    single = case.ontology.single_valued
    said: defaultdict[tuple[object, NamedNode], list[Saying]] = defaultdict(list)
    for claim in case.record.claims:
        for triple in claim.triples:
            if triple.predicate in single:
                said[triple.subject, triple.predicate].append((claim, triple))
    for sayings in said.values():
        for first, second in combinations(sayings, 2):
            if _contradict(first, second):
                yield from _finding(case, first, second)


def _contradict(first: Saying, second: Saying) -> bool:
    (claim, triple), (other, another) = first, second
    if _agree(triple.object, another.object):
        return False
    return other.iri not in claim.conflicts_with and claim.iri not in other.conflicts_with


def _agree(value: object, other: object) -> bool:
    if value == other:
        return True
    if not isinstance(value, Literal) or not isinstance(other, Literal):
        return False
    are_dates = value.datatype == EDTF == other.datatype
    return are_dates and dates.compatible(value.value, other.value)


def _finding(case: Case, first: Saying, second: Saying) -> Iterator[Finding]:
    (claim, triple), (other, another) = first, second
    subject = triple.subject
    if not isinstance(subject, NamedNode):
        return
    if not case.is_asked(other.path, subject, claim.iri, other.iri):
        return
    where = case.places.of_triple(claim, triple)
    message = (
        f"{case.short(subject)} has another {case.short(triple.predicate)}, "
        f"{_shown(triple.object)}, in {case.short(claim.iri)} ({case.file(where.path)}:"
        f"{where.line}): correct one, or acknowledge it with leg:conflictsWith"
    )
    place = case.places.of_triple(other, another)
    yield case.finding(
        UNACKNOWLEDGED, place, message, about=subject, quoting=other, also=[claim.iri]
    )


def _shown(value: object) -> str:
    return repr(value.value) if isinstance(value, Literal) else str(value)
