"""What stands against the values that a row shows.

Invariant: which triples contradict each other is read from the graph, where its build derived it.
A row is marked when a triple that its question names as evidence is one of them; nothing is marked
for a contradiction whose other side the row shows, too.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from legation.answer.cells import Rival
from legation.answer.evidence import Bindings, bound_parts
from legation.answer.question import ANYTHING, Question
from legation.answer.source import Source
from legation.graph.contradictions import Side
from legation.store import Term

_Versus = tuple[Side, Side]


class Rivals:
    """The contradictions of a graph, by what they are about."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._about: dict[Term, list[_Versus]] = {}
        for found in source.contradictions:
            for versus in found.sides:
                self._about.setdefault(versus[0].thing, []).append(versus)

    def about(self, thing: NamedNode) -> tuple[Rival, ...]:
        """What stands against what claims say of a thing, each contradiction once."""
        once: dict[frozenset[Side], _Versus] = {}
        for versus in self._about.get(thing, ()):
            once.setdefault(frozenset(versus), versus)
        return self._told(once.values())

    def sided(self) -> tuple[tuple[Side, Rival], ...]:
        """Every side of every contradiction, with what stands against it."""
        versus = list(dict.fromkeys(v for found in self._about.values() for v in found))
        return tuple(zip((side for side, _ in versus), self._told(versus), strict=True))

    def to_claim(self, claim: Term) -> tuple[Rival, ...]:
        """What stands against what one claim states."""
        return self._told(
            v for found in self._about.values() for v in found if claim in v[0].claims
        )

    def of(
        self, question: Question, rows: Mapping[tuple[Term | None, ...], Sequence[Bindings]]
    ) -> list[tuple[Rival, ...]]:
        """What stands against what each row shows."""
        if not self._about:
            return [()] * len(rows)
        return [
            self._told(self._met(question, terms, solutions)) for terms, solutions in rows.items()
        ]

    def _met(
        self, question: Question, terms: Sequence[Term | None], solutions: Sequence[Bindings]
    ) -> Iterator[_Versus]:
        seen = set(terms)
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
            named = bool(seen & self._source.ontology.properties)
            for versus in (v for found in self._about.values() for v in found):
                side, _ = versus
                shows = (side.thing in seen, side.value in seen, side.kind in seen)
                if parts[0] in side.claims and (all(shows) if named else any(shows[:2])):
                    yield versus
            return
        for versus in self._about.get(parts[0], ()):
            if parts[1] in (ANYTHING, versus[0].kind) and parts[2] in (ANYTHING, versus[0].value):
                yield versus

    def _told(self, met: Iterable[_Versus]) -> tuple[Rival, ...]:
        found = list(dict.fromkeys(met))
        terms = [term for pair in found for side in pair for term in _terms(side)]
        labels = self._source.labels(terms) if found else {}
        return tuple(self._rival(side, other, labels) for side, other in found)

    def _rival(self, side: Side, other: Side, labels: Mapping[NamedNode, str]) -> Rival:
        thing, kind, value = self._source.cells(_terms(side), labels)
        other_thing, other_kind, against = self._source.cells(_terms(other), labels)
        claims = tuple(claim.value for claim in other.claims)
        return Rival(thing, kind, value, other_thing, other_kind, against, claims)


def _terms(side: Side) -> tuple[NamedNode, NamedNode, NamedNode | Literal]:
    return side.thing, side.kind, side.value
