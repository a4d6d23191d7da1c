"""Events in order of time, as sources date them.

Invariant: an uncertain date is kept as the span it allows, an open end stays open, and what nobody
dates is listed apart; where sources disagree, every date is shown and none is chosen.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain

from pyoxigraph import Literal, NamedNode

from legation.answer import Entity, Evidence, Source
from legation.answer.evidence import Claimed, ask_about, in_order, passages_of
from legation.answer.question import ANYTHING, Question, Value
from legation.answer.rivals import Rivals
from legation.answer.row import Rival
from legation.errors import UsageError
from legation.rdf.vocabulary import LEG, RDF
from legation.store import Term
from legation.text.dates import bounds_of
from legation.text.daysets import Bounds

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
    """An event on a timeline, with its lowest class and act, and every date, earliest first.

    The evidence is what dates it; where nothing does, what tells of it.
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
        return bounds_of(dating.text for dating in self.dates)

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


def read_entries(source: Source, asked: Question, terms: Mapping[str, Value]) -> tuple[Entry, ...]:
    """The events of a graph in order of time, those without a place in time last."""
    rows = source.store.select(asked.bound(terms))
    missing = [name for name in _SHOWN if name not in rows.variables]
    if missing:
        raise UsageError(f"the question {asked.name} does not select {', '.join(missing)}")
    columns = [rows.variables.index(name) for name in _SHOWN]
    found: defaultdict[NamedNode, list[tuple[Term | None, ...]]] = defaultdict(list)
    for row in rows:
        event, *rest = (row[place] for place in columns)
        if isinstance(event, NamedNode):
            found[event].append(tuple(rest))
    acts: defaultdict[Term, set[Term]] = defaultdict(set)
    for event, act in ask_about(source.store, _ACTS, found):
        acts[event].add(act)
    types = source.store.facts(found, RDF.type)
    labels = source.labels(chain(found, *rows, *acts.values()))
    proofs = _proofs(source, found)
    rivals = Rivals(source)

    def named(terms: Iterable[Term | None]) -> list[str]:
        return sorted(labels[term] for term in terms if isinstance(term, NamedNode))

    def entry(event: NamedNode) -> Entry:
        dates, places = map(set, zip(*found[event], strict=True))
        kinds = source.lowest(types[event][RDF.type])
        kind = ": ".join(filter(None, map(", ".join, (kinds, named(acts[event])))))
        datings = (_dating(term.value) for term in dates if isinstance(term, Literal))
        return Entry(
            event.value,
            labels[event],
            kind,
            tuple(named(places)),
            tuple(sorted(datings, key=_by_day)),
            rivals.about(event),
            proofs[event],
        )

    return tuple(sorted(map(entry, found), key=_order))


_SHOWN = ("event", "date", "location")


def _dating(text: str) -> Dating:
    span = bounds_of([text])
    return Dating(text, span.earliest, span.latest)


def _by_day(dating: Dating) -> tuple[date, date, str]:
    return (dating.earliest or date.max, dating.latest or date.max, dating.text)


def _order(entry: Entry) -> tuple[object, ...]:
    span = entry.span
    first = span.earliest or span.latest or date.max
    return (not entry.is_placed, first, span.latest or date.max, entry.label, entry.event)


def _proofs(source: Source, events: Collection[NamedNode]) -> dict[NamedNode, tuple[Evidence, ...]]:
    """For each event the passages that date it, else those that say what it is."""
    claimed = Claimed(source.store, events)
    claims = {event: claimed.proving(event, LEG.date, ANYTHING) for event in events}
    passages = passages_of(source.store, chain(*claims.values()))
    bare = [e for e, found in claims.items() if not any(one in passages for one in found)]
    claims |= {event: claimed.proving(event, RDF.type, ANYTHING) for event in bare}
    passages |= passages_of(source.store, chain(*(claims[event] for event in bare)))
    return {
        event: in_order(chain(*(passages.get(claim, ()) for claim in found)))
        for event, found in claims.items()
    }
