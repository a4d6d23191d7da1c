"""What a state says that another did not, and the other way round.

Invariant: claims are the same when they have one IRI, or when everything they say is the same;
what one claim says anew is told once, under that claim.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, Triple

from legation.desk.diff.state import Said, State
from legation.desk.diff.texts import Lost, Quoted, lost_quotes


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
    """Two claims that contradict each other, what each says, and whether one names the other."""

    claims: tuple[Said, Said]
    triples: tuple[Triple, Triple]
    is_acknowledged: bool


@dataclass(frozen=True, slots=True)
class Corroboration:
    """A fact, the origins that newly state it with their claims, and those it had before."""

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
    """What was added, changed and withdrawn between two states, by article and place."""
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
    known = {_key(conflict, renumbered) for conflict in conflicts(before)}
    return tuple(c for c in conflicts(after) if _key(c, {}) not in known)


def _key(conflict: Conflict, renumbered: Mapping[NamedNode, NamedNode]) -> frozenset[object]:
    claims = (renumbered.get(claim.iri, claim.iri) for claim in conflict.claims)
    return frozenset(zip(claims, conflict.triples, strict=True))


def conflicts(state: State) -> tuple[Conflict, ...]:
    """The contradictions of a state, once for each pair of claims that state one."""
    found = []
    for both in state.contradictions:
        for pair in both.claims:
            if not state.claims.keys() >= set(pair):  # a built file that was cut
                continue
            ends = zip((state.claims[iri] for iri in pair), (both.one, both.other), strict=True)
            (first, said), (last, told) = sorted(ends, key=lambda end: _place(end[0]))
            linked = last.iri in first.conflicts_with or first.iri in last.conflicts_with
            found.append(Conflict((first, last), (said.triple, told.triple), linked))
    return tuple(sorted(found, key=lambda c: (*map(_place, c.claims), *map(str, c.triples))))


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
