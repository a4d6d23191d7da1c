"""What a state says that another did not, and the other way round.

Invariant: claims are the same when they have one IRI, or when everything they say is the same;
what one claim says anew is told once, under that claim.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from pyoxigraph import Literal, NamedNode, Triple

from legation.desk.diff.state import Said, State
from legation.desk.diff.texts import Lost, Quoted, lost_quotes
from legation.rdf.vocabulary import EDTF
from legation.text import dates


@dataclass(frozen=True, slots=True)
class Changed:
    """A claim that says something else than before."""

    before: Said
    after: Said

    @property
    def gained(self) -> frozenset[Triple]:
        """What only the later one says."""
        return self.after.triples - self.before.triples

    @property
    def dropped(self) -> frozenset[Triple]:
        """What only the earlier one said."""
        return self.before.triples - self.after.triples


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two claims that say otherwise.

    Attributes:
        claims: The claims, by IRI.
        triples: The two single-valued triples that differ; none where people linked the claims.
        is_acknowledged: Whether one of the claims names the other.
    """

    claims: tuple[Said, Said]
    triples: tuple[Triple, ...]
    is_acknowledged: bool


@dataclass(frozen=True, slots=True)
class Corroboration:
    """A fact that one more independent origin states.

    Attributes:
        triple: The fact.
        origins: The origins that are new.
        before: The origins it had.
        claims: The claims of the new origins.
    """

    triple: Triple
    origins: tuple[NamedNode, ...]
    before: tuple[NamedNode, ...]
    claims: tuple[Said, ...]


@dataclass(frozen=True)
class Difference:
    """What happened between two states.

    Attributes:
        before: The earlier state.
        after: The later state.
        added: Claims that are new.
        changed: Claims that say something else, or say it otherwise.
        withdrawn: Claims that are gone.
        conflicts: Contradictions that are new.
        corroborated: Facts that gained an independent origin.
        lost: Quotes whose words the later text of their article no longer has.
        named: Names that are new.
        unnamed: Names that are gone.
        renumbered: Earlier and later IRI of claims that only changed their IRI.
    """

    before: State
    after: State
    added: tuple[Said, ...]
    changed: tuple[Changed, ...]
    withdrawn: tuple[Said, ...]
    conflicts: tuple[Conflict, ...]
    corroborated: tuple[Corroboration, ...]
    lost: tuple[Lost, ...]
    named: tuple[Triple, ...]
    unnamed: tuple[Triple, ...]
    renumbered: Mapping[NamedNode, NamedNode]

    @property
    def is_empty(self) -> bool:
        """Whether both states say the same."""
        told = (self.added, self.changed, self.withdrawn, self.conflicts, self.corroborated)
        return not any((*told, self.lost, self.named, self.unnamed))


def difference(before: State, after: State) -> Difference:
    """Compare two states.

    Args:
        before: The earlier one.
        after: The later one.

    Returns:
        What was added, changed and withdrawn, by article and place.
    """
    gone = [claim for iri, claim in before.claims.items() if iri not in after.claims]
    new = [claim for iri, claim in after.claims.items() if iri not in before.claims]
    renumbered = _renumbered(gone, new)
    pairs = [(before.claims[i], c) for i, c in after.claims.items() if i in before.claims]
    return Difference(
        before,
        after,
        added=_placed(c for c in new if c.iri not in set(renumbered.values())),
        changed=tuple(
            Changed(old, now)
            for old, now in sorted(pairs, key=lambda pair: _place(pair[1]))
            if _content(old) != _content(now)
        ),
        withdrawn=_placed(c for c in gone if c.iri not in renumbered),
        conflicts=_new_conflicts(before, after, renumbered),
        corroborated=tuple(_corroborated(before, after)),
        lost=tuple(_lost(before, after)),
        named=tuple(sorted(after.names - before.names, key=str)),
        unnamed=tuple(sorted(before.names - after.names, key=str)),
        renumbered=renumbered,
    )


def _place(claim: Said) -> tuple[str, int, int, str]:
    article = "" if claim.article is None else claim.article.value
    return (article, claim.start, claim.end, claim.iri.value)


def _placed(claims: Iterable[Said]) -> tuple[Said, ...]:
    return tuple(sorted(claims, key=_place))


def _content(claim: Said) -> tuple[object, ...]:
    """What a claim says and how; where its words stand is no part of it."""
    return (claim.article, claim.quote, claim.modality, claim.according_to, claim.triples)


def _renumbered(gone: Iterable[Said], new: Iterable[Said]) -> dict[NamedNode, NamedNode]:
    """Claims that are gone under one IRI and there under another, saying the same."""
    waiting: defaultdict[object, list[Said]] = defaultdict(list)
    for claim in sorted(new, key=_place, reverse=True):
        waiting[_content(claim)].append(claim)
    found = {}
    for claim in sorted(gone, key=_place):
        if waiting[_content(claim)]:
            found[claim.iri] = waiting[_content(claim)].pop().iri
    return found


def _new_conflicts(
    before: State, after: State, renumbered: Mapping[NamedNode, NamedNode]
) -> tuple[Conflict, ...]:
    known = {
        frozenset(renumbered.get(claim.iri, claim.iri) for claim in conflict.claims)
        for conflict in conflicts(before)
    }
    return tuple(
        conflict
        for conflict in conflicts(after)
        if frozenset(claim.iri for claim in conflict.claims) not in known
    )


def conflicts(state: State) -> tuple[Conflict, ...]:
    """The contradictions of a state.

    Args:
        state: The state.

    Returns:
        Each pair of claims that give a single-valued property two values that cannot both be, and
        each pair that people linked with ``leg:conflictsWith``.
    """
    found: dict[frozenset[NamedNode], Conflict] = {}
    for first, second, triples in (*_disagreeing(state), *_linked(state)):
        key = frozenset((first.iri, second.iri))
        linked = second.iri in first.conflicts_with or first.iri in second.conflicts_with
        claims = (first, second) if _place(first) < _place(second) else (second, first)
        found.setdefault(key, Conflict(claims, triples, linked))
    return tuple(sorted(found.values(), key=lambda c: tuple(map(_place, c.claims))))


_Pair = tuple[Said, Said, tuple[Triple, ...]]


def _disagreeing(state: State) -> Iterator[_Pair]:
    single = state.ontology.single_valued
    said: defaultdict[tuple[object, NamedNode], list[tuple[Said, Triple]]] = defaultdict(list)
    for triple, claims in state.facts.items():
        if triple.predicate in single:
            key = (triple.subject, triple.predicate)
            said[key] += [(claim, triple) for claim in claims]
    for sayings in said.values():
        for (one, first), (two, second) in combinations(sayings, 2):
            if not _agree(first.object, second.object):
                yield one, two, (first, second)


def _linked(state: State) -> Iterator[_Pair]:
    for claim in state.claims.values():
        for other in claim.conflicts_with:
            if other in state.claims:
                yield claim, state.claims[other], ()


def _agree(value: object, other: object) -> bool:
    if not isinstance(value, Literal) or not isinstance(other, Literal):
        return value == other
    if value.datatype == EDTF == other.datatype:
        return dates.compatible(value.value, other.value)
    return value == other


def _corroborated(before: State, after: State) -> Iterator[Corroboration]:
    for triple in sorted(after.facts, key=str):
        now = after.origins(triple)
        then = before.origins(triple)
        fresh = now - then
        if not fresh or len(now) < 2:
            continue
        claims = _placed(c for c in after.facts[triple] if c.origins & fresh)
        order = {name: sorted(nodes, key=str) for name, nodes in (("f", fresh), ("t", then))}
        yield Corroboration(triple, tuple(order["f"]), tuple(order["t"]), claims)


def _lost(before: State, after: State) -> Iterator[Lost]:
    for article in sorted(before.texts, key=str):
        later = after.texts.get(article)
        if later is None or later == before.texts[article]:
            continue
        quotes = [
            Quoted(c.iri, c.quote, c.start, c.end)
            for c in before.claims.values()
            if c.article == article
        ]
        yield from lost_quotes(article, quotes, later)
