"""What the front page opens with: one answer, and the words that prove it.

Invariant: the answer is one that the graph gives, and its quote is whole; which is shown depends on
nothing but the graph.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from legation.answer import Evidence
from legation.rdf.vocabulary import LEG, RDF
from legation.site.attestation import Attestation, Reference
from legation.site.holdings import Holdings

_BEST = range(60, 180)  # characters of a quote that reads at a glance


@dataclass(frozen=True, slots=True)
class Welcome:
    """A fact in words, and its receipt; ``marked`` is how its quote spells the actor."""

    event: Reference
    role: Reference
    actor: Reference
    when: str
    attestation: Attestation
    marked: tuple[str, ...]


def welcome(held: Holdings) -> Welcome | None:
    """The answer to open with: who was at something, as words say that name them; None without."""
    best = max(_told(held), key=lambda one: one[0], default=None)
    if best is None:
        return None
    _, (event, role, actor), passage, spelt = best
    return Welcome(
        held.reference(event),
        held.reference(role),
        held.reference(actor),
        held.when(event),
        held.attestation(passage),
        (spelt,) if spelt else (),
    )


_Named = tuple[NamedNode, NamedNode, NamedNode]


def _told(held: Holdings) -> Iterator[tuple[tuple[object, ...], _Named, Evidence, str]]:
    """Who was at what, each with how well it reads: as said, named, dated, of a fitting length."""
    roles = held.edition.ontology.subproperties(LEG.attendee)
    for triple, claims in held.stated.items():
        event, actor = triple.subject, triple.object
        if not isinstance(event, NamedNode) or not isinstance(actor, NamedNode):
            continue
        if triple.predicate not in roles:
            continue
        for passage in (quoted for claim in claims for quoted in held.quoted(claim)[:1]):
            spelt = _spelt(held, actor, passage.quote)
            ranked = (
                bool(spelt),
                LEG.Person in held.edition.values(actor, RDF.type),
                len(passage.quote) in _BEST,
                bool(held.when(event)),
                passage.basis is None,
                passage.claim,
            )
            yield ranked, (event, triple.predicate, actor), passage, spelt


def _spelt(held: Holdings, actor: NamedNode, quote: str) -> str:
    """How a quote spells an actor; empty where it does not."""
    names = {held.label(actor), *(name.value for name in held.spellings(actor))}
    spelt = sorted(names, key=lambda name: (-len(name), name))
    return next((n for n in spelt if re.search(rf"\b{re.escape(n)}\b", quote)), "")
