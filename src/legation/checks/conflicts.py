"""Does nobody acknowledge that claims contradict each other?

Invariant: contradictions are data, derived by the build. Both values stay; what is not allowed is
that nobody said so.
"""

from collections.abc import Iterator

from pyoxigraph import Literal

from legation.checks.case import Case
from legation.checks.finding import Finding, Rule
from legation.graph import contradictions
from legation.graph.claim import Claim
from legation.graph.contradictions import Side

UNACKNOWLEDGED = Rule(
    "conflict-unacknowledged",
    "error",
    "Claims that contradict each other name each other.",
)


def check(case: Case) -> Iterator[Finding]:
    """The findings, each at the claim of a contradicting pair that stands later."""
    claims = {claim.iri: claim for claim in case.record.claims}
    places = {iri: place for place, iri in enumerate(claims)}
    for found in contradictions.read(case.judged.inferred):
        for pair in found.claims:
            ends = zip(pair, (found.one, found.other), strict=True)
            (first, said), (last, told) = sorted(ends, key=lambda end: places[end[0]])
            claim, other = claims[first], claims[last]
            linked = last in claim.conflicts_with or first in other.conflicts_with
            if not linked and case.is_asked(other.path, told.thing, first, last):
                yield _finding(case, (claim, said), (other, told))


def _finding(case: Case, first: tuple[Claim, Side], last: tuple[Claim, Side]) -> Finding:
    (claim, said), (other, told) = first, last
    where = case.places.of_triple(claim, said.triple)
    shown = repr(said.value.value) if isinstance(said.value, Literal) else str(said.value)
    message = (
        f"{case.short(told.thing)} has another {case.short(said.kind)}, "
        f"{shown}, in {case.short(claim.iri)} ({case.file(where.path)}:"
        f"{where.line}): correct one, or acknowledge it with leg:conflictsWith"
    )
    return case.finding(
        UNACKNOWLEDGED,
        case.places.of_triple(other, told.triple),
        message,
        about=told.thing,
        quoting=other,
        also=[claim.iri],
    )
