"""What proves an edge: claims, events, dates, and how many origins tell it independently.

Invariant: an edge never stands without evidence. It rests on claims, or on a line that somebody
wrote in the registry or in an article's header, or on both.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from pyoxigraph import NamedNode

from legation.answer import Evidence as Passage
from legation.answer.evidence import in_order, passages_of
from legation.dates import Bounds, DateError, bounds
from legation.errors import UsageError
from legation.network.reading import lexical, read_table
from legation.record import Record
from legation.store import Store

Sighting = tuple[str, str, str]
"""A role or relation, the claim that states it, and the claim it needs beside ('' for none)."""

Proof = tuple[Any, ...]
"""An event ('' for none), then for each part of what it proves the sightings that state it."""

_ORIGINS = """PREFIX leg: <https://w3id.org/legation/ns#>
SELECT ?claim ?origin WHERE { ?claim leg:origin ?origin }"""

_DATES = """PREFIX leg: <https://w3id.org/legation/ns#>
SELECT ?thing ?kind ?date WHERE {
  { VALUES ?kind { leg:date leg:published leg:attested leg:begin leg:end } ?thing ?kind ?date }
  UNION { ?thing leg:madeAt ?event . ?event leg:date ?date }
}"""

_CONFLICTS = """PREFIX leg: <https://w3id.org/legation/ns#>
SELECT ?claim ?other WHERE { ?claim leg:conflictsWith ?other }"""


class Place(NamedTuple):
    """Where a structural edge is written; lines count from 1."""

    file: str
    line: int


@dataclass(frozen=True)
class Ledger:
    """What all edges of one network share: origins and conflicts of claims, dates of events.

    Attributes:
        origins: The publishers a claim goes back to.
        dates: The EDTF dates that sources give an event, sorted; a begin is ``date/..``.
        conflicts: For each claim those that say otherwise, both ways.
        store: Where the quotes are; None in a copy that was pickled.
        record: Where the structural triples were written; None when only a store is at hand.
    """

    origins: Mapping[str, frozenset[str]]
    dates: Mapping[str, tuple[str, ...]]
    conflicts: Mapping[str, frozenset[str]]
    store: Store | None = None
    record: Record | None = None
    _quoted: dict[str, list[Passage]] = field(default_factory=dict)

    def place(self, source: str, relation: str, target: str) -> Place | None:
        """The line that wrote a triple.

        Args:
            source: IRI of the subject.
            relation: IRI of the predicate.
            target: IRI of the object.

        Returns:
            Its file, relative to the workspace, and line; None when no record is at hand.
        """
        if self.record is None:
            return None
        nodes = (NamedNode(source), NamedNode(relation), NamedNode(target))
        written = self.record.where(*nodes)
        if written is None:
            return None
        return Place(written.path.relative_to(self.record.root).as_posix(), written.line)

    def passages(self, claims: Iterable[str]) -> tuple[Passage, ...]:
        """What claims quote.

        Args:
            claims: Their IRIs.

        Returns:
            The passages, in the order of the texts.

        Raises:
            UsageError: The network was unpickled, so that its store is gone.
        """
        wanted = list(claims)
        missing = [claim for claim in wanted if claim not in self._quoted]
        if missing:
            if self.store is None:
                raise UsageError("a copied network has no quotes; build it again from the graph")
            found = passages_of(self.store, map(NamedNode, missing))
            self._quoted.update((c, found.get(NamedNode(c), [])) for c in missing)
        return in_order(p for claim in wanted for p in self._quoted[claim])

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "store": None, "record": None}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)


def read_ledger(store: Store, record: Record | None) -> Ledger:
    """Read what the edges of a network have in common.

    Args:
        store: Where the graph is.
        record: The authored files, for the lines of structural triples.

    Returns:
        The ledger.
    """
    origins = _grouped((claim, origin) for claim, origin in read_table(store, _ORIGINS))
    dates = _grouped(
        (thing, _side(kind, lexical(text))) for thing, kind, text in read_table(store, _DATES)
    )
    both = [(a, b) for a, b in read_table(store, _CONFLICTS)]
    conflicts = _grouped([*both, *((b, a) for a, b in both)])
    ordered = {thing: tuple(sorted(found)) for thing, found in dates.items()}
    return Ledger(origins, ordered, conflicts, store, record)


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for key, value in pairs:
        known = found.get(key)
        found[key] = frozenset((value,)) if known is None else known | {value}
    return found


def _side(kind: str, text: str) -> str:
    """A stated begin or end as the interval that it leaves open."""
    if kind.endswith("#begin"):
        return f"{text}/.."
    return f"../{text}" if kind.endswith("#end") else text


class Evidence:
    """What an edge rests on. It is a value: nothing in it changes, and copies are itself.

    Args:
        proofs: For each event the sightings of each part (of both persons of a pair).
        ledger: What the network's edges share.
        place: Where a structural edge is written.
    """

    __slots__ = ("_ledger", "_place", "_proofs")

    def __init__(self, proofs: Sequence[Proof], ledger: Ledger, place: Place | None = None) -> None:
        self._proofs = proofs
        self._ledger = ledger
        self._place = place

    @property
    def claims(self) -> tuple[str, ...]:
        """IRIs of every claim it rests on, sorted."""
        return tuple(
            sorted(
                {
                    claim
                    for _, *parts in self._proofs
                    for part in parts
                    for _, *claims in part
                    for claim in claims
                    if claim
                }
            )
        )

    @property
    def events(self) -> tuple[str, ...]:
        """IRIs of the events, statements, tenures or texts that make the edge, sorted."""
        return tuple(sorted({proof[0] for proof in self._proofs if proof[0]}))

    @property
    def dates(self) -> tuple[str, ...]:
        """Every EDTF date that a source gives one of the events, sorted."""
        return tuple(sorted({d for e in self.events for d in self._ledger.dates.get(e, ())}))

    @property
    def origins(self) -> tuple[str, ...]:
        """IRIs of the publishers each of which, by itself, tells the whole edge for some event."""
        return tuple(sorted(set().union(*(self._tellers(proof) for proof in self._proofs))))

    @property
    def origin_count(self) -> int:
        """How many publishers tell it independently; 0 when none does alone or none is known."""
        return len(self.origins)

    @property
    def file(self) -> str | None:
        """The file, relative to the workspace, that writes a structural edge; else None."""
        return None if self._place is None else self._place.file

    @property
    def line(self) -> int | None:
        """The line in that file, from 1; None for an edge that rests on claims alone."""
        return None if self._place is None else self._place.line

    @property
    def is_structural(self) -> bool:
        """Whether no claim states the edge: it is the registry's."""
        return not self.claims

    @property
    def span(self) -> Bounds | None:
        """The first and the last day that its dates allow; None when nothing is dated."""
        found = [span for day in self.dates if (span := _bounds(day)) is not None]
        if not found:
            return None
        whole = found[0]
        for span in found[1:]:
            whole = whole.span(span)
        return whole

    @property
    def spells(self) -> tuple[tuple[str | None, str | None], ...]:
        """First and last day of each date, ISO, sorted; None on a side that nothing bounds."""
        found = {span for day in self.dates if (span := _bounds(day)) is not None}
        days = {(_iso(s.earliest), _iso(s.latest)) for s in found if s.earliest or s.latest}
        return tuple(sorted(days, key=lambda pair: (pair[0] or "", pair[1] or "9999")))

    @property
    def quotes(self) -> tuple[Passage, ...]:
        """The passages of the claims, in the order of the texts."""
        return self._ledger.passages(self.claims)

    def _tellers(self, proof: Proof) -> frozenset[str]:
        """The origins that tell every part of a proof."""
        told: list[frozenset[str]] = [
            frozenset().union(*(self._origins(claim, also) for _, claim, also in part))
            for part in proof[1:]
        ]
        return frozenset.intersection(*told) if told else frozenset()

    def _origins(self, claim: str, also: str) -> frozenset[str]:
        known = self._ledger.origins
        first = known.get(claim, frozenset())
        return first & known.get(also, frozenset()) if also else first

    def to_dict(self) -> dict[str, object]:
        """The evidence as plain values, for JSON.

        Returns:
            ``claims``, ``events``, ``dates``, ``origins`` (lists), ``origin_count``, and for a
            structural edge ``file`` and ``line``.
        """
        plain: dict[str, object] = {
            "claims": list(self.claims),
            "events": list(self.events),
            "dates": list(self.dates),
            "origins": list(self.origins),
            "origin_count": self.origin_count,
        }
        return plain if self._place is None else {**plain, **self._place._asdict()}

    def __copy__(self) -> "Evidence":
        return self

    def __deepcopy__(self, memo: object) -> "Evidence":
        return self  # networkx copies attributes when it turns a graph; evidence never changes

    def __repr__(self) -> str:
        if self.is_structural:
            return f"<evidence {self.file}:{self.line}>" if self._place else "<evidence: structure>"
        dates = f", {', '.join(self.dates)}" if self.dates else ""
        return f"<evidence: {len(self.claims)} claims, {self.origin_count} origins{dates}>"


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _bounds(text: str) -> Bounds | None:
    try:
        return bounds(text)
    except DateError:
        return None


def grouped_sightings() -> "defaultdict[str, defaultdict[str, list[Sighting]]]":
    """An empty table: for each event, for each who takes part, the sightings.

    Returns:
        The table, which makes its entries as they are first used.
    """
    return defaultdict(lambda: defaultdict(list))
