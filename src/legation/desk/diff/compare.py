"""What a state says that another did not, and the other way round.

Invariant: claims are the same when they have one IRI, or when everything they say is the same;
what one claim says anew is told once, under that claim.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, Triple

from legation.desk.diff.state import State
from legation.desk.diff.texts import Lost, lost_quotes
from legation.desk.review.change import Amended
from legation.graph.claim import Claim
from legation.rdf.gathering import gathered


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two claims that contradict each other, what each says, and whether one names the other."""

    claims: tuple[Claim, Claim]
    triples: tuple[Triple, Triple]
    is_acknowledged: bool


@dataclass(frozen=True, slots=True)
class Corroboration:
    """A fact, the origins that newly state it with their claims, and those it had before."""

    triple: Triple
    origins: tuple[NamedNode, ...]
    before: tuple[NamedNode, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Difference:
    """What happened between two states.

    ``corroborated`` are facts that gained an independent origin, ``lost`` quotes whose words the
    later text no longer has, ``renumbered`` the earlier and later IRI of claims that are the same.
    """

    before: State
    after: State
    added: tuple[Claim, ...]
    changed: tuple[Amended, ...]
    withdrawn: tuple[Claim, ...]
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
    known = set(renumbered.values())
    pairs = [(before.claims[i], c) for i, c in after.claims.items() if i in before.claims]
    return Difference(
        before,
        after,
        added=_placed(c for c in new if c.iri not in known),
        changed=tuple(
            Amended(old, now)
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


def _place(claim: Claim) -> tuple[str, int, int, str]:
    article = "" if claim.article is None else claim.article.value
    return (article, claim.start, claim.end, claim.iri.value)


def _placed(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    return tuple(sorted(claims, key=_place))


def _content(claim: Claim) -> tuple[object, ...]:
    """What a claim says and how; where its words stand is no part of it."""
    voice = (claim.modality, claim.according_to, claim.attribution, claim.basis)
    return (claim.article, claim.quote, voice, frozenset(claim.triples), frozenset(claim.said))


def _renumbered(gone: Iterable[Claim], new: Iterable[Claim]) -> dict[NamedNode, NamedNode]:
    """Claims that are gone under one IRI and there under another, saying the same."""
    ordered = sorted(new, key=_place, reverse=True)  # the first one is popped first
    waiting = gathered((_content(claim), claim) for claim in ordered)
    found = {}
    for claim in sorted(gone, key=_place):
        if alike := waiting.get(_content(claim)):
            found[claim.iri] = alike.pop().iri
    return found


def _new_conflicts(
    before: State, after: State, renumbered: Mapping[NamedNode, NamedNode]
) -> tuple[Conflict, ...]:
    known = {_key(conflict, renumbered) for conflict in _conflicts(before)}
    return tuple(c for c in _conflicts(after) if _key(c, {}) not in known)


def _key(conflict: Conflict, renumbered: Mapping[NamedNode, NamedNode]) -> frozenset[object]:
    claims = (renumbered.get(claim.iri, claim.iri) for claim in conflict.claims)
    return frozenset(zip(claims, conflict.triples, strict=True))


def _conflicts(state: State) -> list[Conflict]:
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
    return sorted(found, key=lambda c: (*map(_place, c.claims), *map(str, c.triples)))


def _corroborated(before: State, after: State) -> Iterator[Corroboration]:
    for triple in sorted(after.facts, key=str):
        then, now = before.saying(triple), after.saying(triple)
        fresh = now - then
        if fresh and len(now) > 1:  # one publisher alone corroborates nothing
            claims = _placed(c for c in after.facts[triple] if after.origins[c.iri] & fresh)
            one, other = (tuple(sorted(nodes, key=str)) for nodes in (fresh, then))
            yield Corroboration(triple, one, other, claims)


def _lost(before: State, after: State) -> Iterator[Lost]:
    for article, text in sorted(before.texts.items(), key=lambda item: str(item[0])):
        later = after.texts.get(article)
        if later is not None and later != text:
            yield from lost_quotes(
                (c for c in before.claims.values() if c.article == article), later
            )
