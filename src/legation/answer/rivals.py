"""What stands against the values that a row shows.

Invariant: which triples contradict each other is read from the graph, where its build derived it.
A row is marked when a triple that its question names as evidence is one of them; nothing is marked
for a contradiction whose other side the row shows, too.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from pyoxigraph import Literal, NamedNode

from legation.answer.cells import Shows, terms_in
from legation.answer.evidence import Bindings, bound_parts
from legation.answer.question import ANYTHING, Question
from legation.answer.row import Rival
from legation.answer.source import Source
from legation.graph.contradictions import Side
from legation.rdf.vocabulary import RDF
from legation.store import Term

_Versus = tuple[Side, Side]


class Rivals:
    """The contradictions of a graph, by what they are about."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._all = tuple(versus for found in source.contradictions for versus in found.sides)
        self._about: defaultdict[Term, list[_Versus]] = defaultdict(list)
        self._stated: defaultdict[Term, list[_Versus]] = defaultdict(list)
        for versus in self._all:
            self._about[versus[0].thing].append(versus)
            for claim in versus[0].claims:
                self._stated[claim].append(versus)

    def about(self, thing: NamedNode) -> tuple[Rival, ...]:
        """What stands against what claims say of a thing, each contradiction once."""
        return self._told(_once(self._about.get(thing, ())))

    def sided(self) -> tuple[tuple[Side, Rival], ...]:
        """Every side of every contradiction, with what stands against it."""
        return tuple((versus[0], self._rivals[versus]) for versus in self._all)

    def to_claim(self, claim: Term) -> tuple[Rival, ...]:
        """What stands against what one claim states."""
        return self._told(self._stated.get(claim, ()))

    def of(
        self, question: Question, rows: Mapping[tuple[Shows, ...], Sequence[Bindings]]
    ) -> list[tuple[Rival, ...]]:
        """What stands against what each row shows."""
        if not self._all:  # then no solution need be looked at
            return [()] * len(rows)
        return [self._told(_once(self._met(question, *row))) for row in rows.items()]

    def _met(
        self, question: Question, terms: Sequence[Shows], solutions: Sequence[Bindings]
    ) -> Iterator[_Versus]:
        seen = set(terms_in(terms))
        for pattern in (*question.evidence, *question.otherwise):
            for solution in solutions:
                parts = bound_parts(pattern, solution)
                if None in parts:
                    continue
                for side, other in self._matching(parts, seen):
                    if not {other.thing, other.kind, other.value} <= seen:
                        yield side, other

    def _matching(self, parts: Sequence[Term | None], seen: set[Term | None]) -> Iterator[_Versus]:
        if len(parts) == 1:  # a claim: what it says counts as far as the row shows it
            is_named = RDF.type in seen or bool(seen & self._source.ontology.properties)
            for side, other in self._stated.get(parts[0], ()):
                shows = (side.thing in seen, side.value in seen, side.kind in seen)
                if all(shows) if is_named else any(shows):
                    yield side, other
            return
        _, kind, value = parts
        for side, other in self._about.get(parts[0], ()):
            if kind in (ANYTHING, side.kind) and value in (ANYTHING, side.value):
                yield side, other

    def _told(self, met: Iterable[_Versus]) -> tuple[Rival, ...]:
        return tuple(self._rivals[versus] for versus in dict.fromkeys(met))

    @cached_property
    def _rivals(self) -> dict[_Versus, Rival]:
        """All of them in words, whose labels are asked for together."""
        labels = self._source.labels(t for side, _ in self._all for t in _terms(side))
        return {versus: self._rival(*versus, labels) for versus in self._all}

    def _rival(self, side: Side, other: Side, labels: Mapping[NamedNode, str]) -> Rival:
        thing, kind, value = self._source.cells(_terms(side), labels)
        other_thing, other_kind, against = self._source.cells(_terms(other), labels)
        claims = tuple(claim.value for claim in other.claims)
        return Rival(thing, kind, value, other_thing, other_kind, against, claims)


def _once(met: Iterable[_Versus]) -> Iterable[_Versus]:
    """Contradictions once each: both sides may be about one thing, or stand in one row."""
    once: dict[frozenset[Side], _Versus] = {}
    for versus in met:
        once.setdefault(frozenset(versus), versus)
    return once.values()


def _terms(side: Side) -> tuple[NamedNode, NamedNode, NamedNode | Literal]:
    return side.thing, side.kind, side.value
