"""A thing and those whom events join to it, as a drawing: the nearest of a network.

Invariant: a line is as many events as it says, each told by a claim; who is not drawn is counted.
"""

from collections import Counter
from dataclasses import dataclass

from pyoxigraph import NamedNode

from legation.graph.spelling import shortened
from legation.rdf.vocabulary import LEG, RDF
from legation.site.attestation import Reference
from legation.site.holdings import Holdings

_MOST, _ROW, _LETTERS = 14, 30, 34
_ACTORS = frozenset({"person", "state", "body", "anon"})


@dataclass(frozen=True, slots=True)
class Blade:
    """A line of the fan: to whom, how many events it stands for, and where it runs."""

    reference: Reference
    short: str
    count: int
    y: int
    width: float


@dataclass(frozen=True, slots=True)
class Fan:
    """A thing at the hinge, others at the ends of the blades; heights are pixels."""

    label: str
    blades: tuple[Blade, ...]
    left_out: int
    height: int
    middle: int


def fan(held: Holdings, thing: NamedNode) -> Fan | None:
    """Whom events join to an actor; None of other things, and where there are fewer than two."""
    if held.addresses.kind(thing) not in _ACTORS:
        return None
    met: Counter[NamedNode] = Counter()
    for event in events_of(held, thing):
        named = {t.object for t in held.said_of.get(event, ()) if isinstance(t.object, NamedNode)}
        met.update(one for one in named - {thing} if held.addresses.kind(one) in _ACTORS)
    if len(met) < 2:
        return None
    ranked = sorted(met.items(), key=lambda one: (-one[1], held.label(one[0])))
    blades = tuple(
        Blade(
            held.reference(other),
            shortened(held.label(other), _LETTERS),
            count,
            _ROW * number + _ROW // 2,
            round(min(7.0, 1.0 + count**0.5), 1),
        )
        for number, (other, count) in enumerate(ranked[:_MOST])
    )
    height = _ROW * len(blades)
    return Fan(held.label(thing), blades, len(ranked) - len(blades), height, height // 2)


def events_of(held: Holdings, thing: NamedNode) -> frozenset[NamedNode]:
    """The events that claims tell of and that name a thing."""
    return frozenset(
        t.subject
        for t in held.naming.get(thing, ())
        if isinstance(t.subject, NamedNode) and t in held.stated
        if LEG.Event in held.edition.values(t.subject, RDF.type)
    )
