"""What the front page opens with: one answer, and the words that prove it.

Invariant: the answer is one that the graph gives, and its quote is whole; which is shown depends on
nothing but the graph.
"""

import re
from dataclasses import dataclass

from pyoxigraph import NamedNode, Triple

from legation.rdf.vocabulary import LEG, RDF
from legation.site.attestation import Attestation, Reference
from legation.site.holdings import Holdings

_BEST = range(60, 180)  # characters of a quote that reads at a glance


@dataclass(frozen=True, slots=True)
class Welcome:
    """A fact in words, its receipt, and how much of what there is."""

    event: Reference | None
    role: Reference | None
    actor: Reference | None
    when: str
    attestation: Attestation | None
    marked: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]


def welcome(held: Holdings) -> Welcome:
    """The answer to open with: who was at something, as words say that name them."""
    counts = tuple(held.source.counts())
    best = max(_told(held), key=lambda one: one[0], default=None)
    if best is None:
        return Welcome(None, None, None, "", None, (), counts)
    _, triple, claim = best
    event, actor = triple.subject, triple.object
    assert isinstance(event, NamedNode)
    (passage, *_) = held.quoted(claim)
    spelt = _spelt(held, actor, passage.quote)
    return Welcome(
        held.reference(event),
        held.reference(triple.predicate),
        held.reference(actor),
        held.when(event),
        held.attestation(passage),
        (spelt,) if spelt else (),
        counts,
    )


def _told(held: Holdings) -> list[tuple[tuple[object, ...], Triple, NamedNode]]:
    """Who was at what, each with how well it reads: as said, named, dated, of a fitting length."""
    roles = held.edition.ontology.subproperties(LEG.attendee)
    found: list[tuple[tuple[object, ...], Triple, NamedNode]] = []
    for triple, claims in held.stated.items():
        event, actor = triple.subject, triple.object
        if not isinstance(event, NamedNode) or not isinstance(actor, NamedNode):
            continue
        if triple.predicate not in roles:
            continue
        for claim in claims:
            for passage in held.quoted(claim)[:1]:
                spelt = _spelt(held, actor, passage.quote)
                ranked = (
                    bool(spelt),
                    LEG.Person in held.edition.values(actor, RDF.type),
                    len(passage.quote) in _BEST,
                    bool(held.when(event)),
                    passage.basis is None,
                    passage.claim,
                )
                found.append((ranked, triple, claim))
    return found


def _spelt(held: Holdings, actor: object, quote: str) -> str:
    """How a quote spells an actor; empty where it does not."""
    if not isinstance(actor, NamedNode):
        return ""
    names = {held.label(actor)} | {
        value.value
        for kind in held.edition.ontology.naming
        for value in held.edition.values(actor, kind)
    }
    spelt = sorted(names, key=lambda name: (-len(name), name))
    return next((n for n in spelt if re.search(rf"\b{re.escape(n)}\b", quote)), "")
