"""Events in order of time, as sources date them.

Invariant: an uncertain date is kept as the span it allows, an open end stays open, and what nobody
dates is listed apart; where sources disagree, every date is shown and none is chosen.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from pyoxigraph import Literal, NamedNode

from legation.answer import Evidence, Given, Source, question, resolved
from legation.answer.evidence import Claimed, in_order, passages_of
from legation.rdf.vocabulary import LEG, RDF
from legation.store import Term
from legation.text.dates import Bounds, DateError, bounds

_QUESTION = question.parse(
    """#+ summary: What happened, in order of time?
#+ param: actor Agent somebody with any part in it
#+ param: since date it may have been on this day or later
#+ param: until date it may have been on this day or earlier
#+ columns: event date act place
PREFIX leg: <https://w3id.org/legation/ns#>
SELECT ?event ?date ?act ?place
WHERE {
  ?event a leg:Event .
  MINUS { ?event a leg:Statement }
  OPTIONAL { ?event leg:date ?date }
  OPTIONAL { ?event leg:act ?act }
  OPTIONAL { ?event leg:place ?place }
  FILTER(!BOUND(?actor) || EXISTS { ?event leg:participant ?actor })
  FILTER(!BOUND(?since) || EXISTS { ?event leg:latest ?last FILTER(?last >= ?since) }
    || (EXISTS { ?event leg:earliest ?began } && NOT EXISTS { ?event leg:latest ?ended }))
  FILTER(!BOUND(?until) || EXISTS { ?event leg:earliest ?first FILTER(?first <= ?until) }
    || (EXISTS { ?event leg:latest ?ended } && NOT EXISTS { ?event leg:earliest ?began }))
}
ORDER BY STR(?event) STR(?date) STR(?act) STR(?place)""",
    "timeline",
)

_CONFLICTS = """PREFIX leg: <https://w3id.org/legation/ns#>
SELECT ?event ?one ?other WHERE {
  ?claim leg:conflictsWith ?rival .
  GRAPH ?claim { ?event leg:date ?one }
  GRAPH ?rival { ?event leg:date ?other }
  FILTER(STR(?one) != STR(?other))
}"""


@dataclass(frozen=True, slots=True)
class Dating:
    """One date that sources give an event.

    Attributes:
        text: The EDTF date.
        earliest: The first day it allows; None where it sets no bound.
        latest: The last day it allows; None where it sets no bound.
    """

    text: str
    earliest: date | None
    latest: date | None

    @property
    def is_day(self) -> bool:
        """Whether it names a single day."""
        return self.earliest is not None and self.earliest == self.latest


@dataclass(frozen=True, slots=True)
class Entry:
    """An event on a timeline.

    Attributes:
        event: Its IRI.
        label: What it is called.
        kind: Its lowest class, with the act where there is one.
        places: Where it was, labels.
        dates: Every date that sources give it, earliest first.
        is_disputed: Whether sources contradict each other on the date: they say so, or their
            dates share no day.
        evidence: The passages that date it; where none does, those that tell of it.
    """

    event: str
    label: str
    kind: str
    places: tuple[str, ...]
    dates: tuple[Dating, ...]
    is_disputed: bool
    evidence: tuple[Evidence, ...]

    @property
    def span(self) -> Bounds:
        """The first and the last day that all its dates together allow."""
        known = [Bounds(d.earliest, d.latest) for d in self.dates if d.earliest or d.latest]
        if not known:
            return Bounds(None, None)
        whole = known[0]
        for other in known[1:]:
            whole = whole.span(other)
        return whole

    @property
    def is_placed(self) -> bool:
        """Whether it can stand on a time line: some date of it sets a bound."""
        return any(d.earliest or d.latest for d in self.dates)

    @property
    def date_text(self) -> str:
        """Its dates as a reader sees them; "date not stated" without any."""
        between = " ≠ " if self.is_disputed else " / "
        return between.join(d.text for d in self.dates) or "date not stated"


def read_entries(
    source: Source,
    *,
    actor: Given | None = None,
    since: Given | None = None,
    until: Given | None = None,
) -> tuple[Entry, ...]:
    """The events of a graph in order of time, those without a place in time last.

    Args:
        source: What is asked.
        actor: Only events in which this agent has any part.
        since: Only what may have been on this day or later.
        until: Only what may have been on this day or earlier.

    Returns:
        The entries.

    Raises:
        UnknownName: Nobody is called so.
        UsageError: A date is not one.
        EndpointError: A remote endpoint failed.
    """
    given = {"actor": actor, "since": since, "until": until}
    values = {
        name: resolved(source, _QUESTION.param(name), value)
        for name, value in given.items()
        if value is not None
    }
    rows = source.store.select(_QUESTION.bound(values)).rows
    found: defaultdict[NamedNode, list[tuple[Term | None, ...]]] = defaultdict(list)
    for event, *rest in rows:
        if isinstance(event, NamedNode):
            found[event].append(tuple(rest))
    labels = source.labels([*found, *(term for row in rows for term in row[2:])])
    disputed = {event for event, _, _ in source.store.select(_CONFLICTS)}
    proofs = _proofs(source, found)
    entries = (
        _entry(source, event, found[event], labels, event in disputed, proofs[event])
        for event in found
    )
    return tuple(sorted(entries, key=_order))


def _entry(
    source: Source,
    event: NamedNode,
    rows: Iterable[tuple[Term | None, ...]],
    labels: Mapping[NamedNode, str],
    is_disputed: bool,
    evidence: tuple[Evidence, ...],
) -> Entry:
    dates, acts, places = (set(column) - {None} for column in zip(*rows, strict=True))
    act = ", ".join(sorted(labels[term] for term in acts if isinstance(term, NamedNode)))
    where = tuple(sorted(labels[term] for term in places if isinstance(term, NamedNode)))
    kind = ": ".join(filter(None, [", ".join(source.kinds(event)), act]))
    datings = sorted(
        (_dating(term.value) for term in dates if isinstance(term, Literal)),
        key=lambda d: (d.earliest or date.max, d.latest or date.max, d.text),
    )
    known = [Bounds(d.earliest, d.latest) for d in datings]
    apart = any(not one.overlaps(other) for one, other in combinations(known, 2))
    return Entry(
        event.value, labels[event], kind, where, tuple(datings), is_disputed or apart, evidence
    )


def _dating(text: str) -> Dating:
    try:
        span = bounds(text)
    except DateError:
        return Dating(text, None, None)
    return Dating(text, span.earliest, span.latest)


def _order(entry: Entry) -> tuple[object, ...]:
    span = entry.span
    first = span.earliest or span.latest or date.max
    return (not entry.is_placed, first, span.latest or date.max, entry.label, entry.event)


def _proofs(source: Source, events: Iterable[NamedNode]) -> dict[NamedNode, tuple[Evidence, ...]]:
    """For each event the passages that date it, else those that say what it is."""
    listed = list(events)
    claimed = Claimed(source.store, listed)
    claims = {
        event: claimed.proving(event, LEG.date, "*") or claimed.proving(event, RDF.type, "*")
        for event in listed
    }
    passages = passages_of(source.store, {c for found in claims.values() for c in found})
    return {
        event: in_order(passage for claim in found for passage in passages[claim])
        for event, found in claims.items()
    }
