"""Events in order of time, as sources date them.

Invariant: an uncertain date is kept as the span it allows, an open end stays open, and what nobody
dates is listed apart; where sources disagree, every date is shown and none is chosen.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain

from pyoxigraph import Literal, NamedNode

from legation.answer import Entity, Evidence, Given, Source, resolved
from legation.answer.cells import Rival
from legation.answer.evidence import Claimed, ask_about, in_order, passages_of
from legation.answer.question import Question
from legation.answer.rivals import Rivals
from legation.errors import UsageError
from legation.rdf.vocabulary import LEG, RDF
from legation.store import Term
from legation.text.dates import Bounds, DateError, bounds

_ACTS = f"""SELECT ?event ?act
WHERE {{{{ VALUES ?event {{{{ {{things}} }}}} ?event {LEG.act} ?act }}}}"""


@dataclass(frozen=True, slots=True)
class Dating:
    """An EDTF date that sources give an event, with the days that bound it, if any."""

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
        conflicts: What claims say of it that cannot all be true.
        evidence: The passages that date it; where none does, those that tell of it.
    """

    event: str
    label: str
    kind: str
    places: tuple[str, ...]
    dates: tuple[Dating, ...]
    conflicts: tuple[Rival, ...]
    evidence: tuple[Evidence, ...]

    @property
    def is_disputed(self) -> bool:
        """Whether sources contradict each other on the date."""
        return any(_is_of_date(rival) for rival in self.conflicts)

    @property
    def marks(self) -> str:
        """What sources contradict each other on, the date aside; empty where they do not."""
        return "; ".join(str(rival) for rival in self.conflicts if not _is_of_date(rival))

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


def _is_of_date(rival: Rival) -> bool:
    return isinstance(rival.property, Entity) and rival.property.iri == LEG.date.value


def read_entries(
    source: Source,
    asked: Question,
    *,
    actor: Given | None = None,
    since: Given | None = None,
    until: Given | None = None,
) -> tuple[Entry, ...]:
    """The events of a graph in order of time, those without a place in time last.

    Raises:
        UnknownName: Nobody is called so.
        UsageError: A date is not one, or the question selects too little.
        EndpointError: A remote endpoint failed.
    """
    given = {"actor": actor, "since": since, "until": until}
    values = {
        name: resolved(source, asked.param(name), value)
        for name, value in given.items()
        if value is not None
    }
    rows = source.store.select(asked.bound(values))
    missing = [name for name in _SHOWN if name not in rows.variables]
    if missing:
        raise UsageError(f"the question {asked.name} does not select {', '.join(missing)}")
    columns = [rows.variables.index(name) for name in _SHOWN]
    found: defaultdict[NamedNode, list[tuple[Term | None, ...]]] = defaultdict(list)
    for event, *rest in ([row[place] for place in columns] for row in rows):
        if isinstance(event, NamedNode):
            found[event].append(tuple(rest))
    acts: defaultdict[Term, set[Term]] = defaultdict(set)
    for event, act in ask_about(source.store, _ACTS, found):
        acts[event].add(act)
    labels = source.labels([*found, *(t for row in rows for t in row), *chain(*acts.values())])
    proofs = _proofs(source, found)
    rivals = Rivals(source)
    entries = (
        _entry(source, event, found[event], acts[event], labels, rivals, proofs[event])
        for event in found
    )
    return tuple(sorted(entries, key=_order))


_SHOWN = ("event", "date", "place")


def _entry(
    source: Source,
    event: NamedNode,
    rows: Iterable[tuple[Term | None, ...]],
    acts: Iterable[Term],
    labels: Mapping[NamedNode, str],
    rivals: Rivals,
    evidence: tuple[Evidence, ...],
) -> Entry:
    dates, places = (set(column) - {None} for column in zip(*rows, strict=True))
    act = ", ".join(sorted(labels[term] for term in acts if isinstance(term, NamedNode)))
    where = tuple(sorted(labels[term] for term in places if isinstance(term, NamedNode)))
    kind = ": ".join(filter(None, [", ".join(source.kinds(event)), act]))
    datings = sorted(
        (_dating(term.value) for term in dates if isinstance(term, Literal)),
        key=lambda d: (d.earliest or date.max, d.latest or date.max, d.text),
    )
    conflicts = rivals.about(event)
    return Entry(event.value, labels[event], kind, where, tuple(datings), conflicts, evidence)


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
