"""What proves an edge: claims, events, dates, and how many origins tell it independently.

Invariant: an edge never stands without evidence. It rests on claims, or on a line that somebody
wrote in the registry or in an article's header, or on both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from legation.answer import Evidence as Passage
from legation.text.dates import bounds_if_any, bounds_of
from legation.text.daysets import Bounds
from legation.views.network.ledger import Ledger, Line

Sighting = tuple[str, str, str]
"""A role or relation, the claim that states it, and the claim it needs beside ('' for none)."""

Proof = tuple[Any, ...]
"""An event ('' for none), then for each part of what it proves the sightings that state it."""


@dataclass(slots=True, eq=False, repr=False)  # frozen, its making would take twice as long
class EdgeEvidence:
    """What an edge rests on. It is a value: nothing in it changes, and copies are itself."""

    proofs: Sequence[Proof]  # one for each event that makes the edge
    ledger: Ledger  # what it shares with the other edges of its network
    place: Line | None = None  # where a structural edge is written
    shown: tuple[str, ...] = ()  # the things that it links, and what it says of them

    @property
    def claims(self) -> tuple[str, ...]:
        """IRIs of every claim it rests on, sorted."""
        sightings = (seen for _, *parts in self.proofs for part in parts for seen in part)
        return tuple(sorted({claim for _, *claims in sightings for claim in claims if claim}))

    @property
    def events(self) -> tuple[str, ...]:
        """IRIs of the events, statements, tenures or texts that make the edge, sorted."""
        return tuple(sorted({proof[0] for proof in self.proofs if proof[0]}))

    @property
    def dates(self) -> tuple[str, ...]:
        """Every EDTF date that a source gives one of the events, sorted."""
        return tuple(sorted({d for e in self.events for d in self.ledger.dates[e]}))

    @property
    def origins(self) -> tuple[str, ...]:
        """IRIs of the publishers each of which, by itself, tells the whole edge for some event."""
        return tuple(sorted(set().union(*(self._tellers(proof) for proof in self.proofs))))

    @property
    def origin_count(self) -> int:
        """How many publishers tell it independently; 0 when none does alone or none is known."""
        return len(self.origins)

    @property
    def conflicts(self) -> tuple[str, ...]:
        """What other claims say against what it links or how it is dated, in words, sorted."""
        if not self.ledger.rivals:
            return ()
        said = {*self.shown, *self.dates}
        met = [
            against.rival
            for thing in {*self.events, *self.shown}
            for against in self.ledger.rivals.get(thing, ())
            if against.value in said
        ]
        once = {r.sides(): str(r) for r in sorted(met, key=str, reverse=True)}
        return tuple(sorted(once.values()))

    @property
    def file(self) -> str | None:
        """The file, relative to the workspace, that writes a structural edge; else None."""
        return None if self.place is None else self.place.file

    @property
    def line(self) -> int | None:
        """The line in that file, from 1; None for an edge that rests on claims alone."""
        return None if self.place is None else self.place.line

    @property
    def is_structural(self) -> bool:
        """Whether no claim states the edge: it is the registry's."""
        return not self.claims

    @property
    def span(self) -> Bounds | None:
        """The first and the last day that its dates allow; None when nothing is dated."""
        return bounds_of(self.dates) if self.dates else None

    @property
    def spells(self) -> tuple[tuple[str | None, str | None], ...]:
        """First and last day of each date, ISO, sorted; None on a side that nothing bounds."""
        found = {span for day in self.dates if (span := bounds_if_any(day)) is not None}
        days = {(_iso(s.earliest), _iso(s.latest)) for s in found if s.earliest or s.latest}
        return tuple(sorted(days, key=lambda pair: (pair[0] or "", pair[1] or "9999")))

    @property
    def quotes(self) -> tuple[Passage, ...]:
        """The passages of the claims, in the order of the texts."""
        return self.ledger.passages(self.claims)

    def _tellers(self, proof: Proof) -> frozenset[str]:
        """The origins that tell every part of a proof."""
        told: list[frozenset[str]] = [
            frozenset().union(*(self._origins(claim, also) for _, claim, also in part))
            for part in proof[1:]
        ]
        return frozenset.intersection(*told) if told else frozenset()

    def _origins(self, claim: str, also: str) -> frozenset[str]:
        known = self.ledger.origins
        return known[claim] & known[also] if also else known[claim]

    def to_dict(self) -> dict[str, object]:
        """The evidence as plain values, for JSON."""
        plain: dict[str, object] = {
            "claims": list(self.claims),
            "events": list(self.events),
            "dates": list(self.dates),
            "origins": list(self.origins),
            "origin_count": self.origin_count,
        }
        if self.conflicts:
            plain["conflicts"] = list(self.conflicts)
        return plain if self.place is None else {**plain, **self.place._asdict()}

    def __copy__(self) -> "EdgeEvidence":
        return self

    def __deepcopy__(self, memo: object) -> "EdgeEvidence":
        return self  # networkx copies attributes when it turns a graph; evidence never changes

    def __repr__(self) -> str:
        if self.is_structural:
            return f"<evidence {self.file}:{self.line}>" if self.place else "<evidence: structure>"
        dates = f", {', '.join(self.dates)}" if self.dates else ""
        return f"<evidence: {len(self.claims)} claims, {self.origin_count} origins{dates}>"


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
