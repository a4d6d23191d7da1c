"""What a row that was read changes of a claim, and what it leaves.

Invariant: what is the same in another order is the same; what stays is written where it stood.
"""

from dataclasses import replace

from pyoxigraph import Triple

from legation.desk.draft.proposal import Proposal, proposal_of
from legation.graph.claim import Claim
from legation.graph.record import Record


def is_unchanged(made: Proposal, claim: Claim, record: Record) -> bool:
    """Whether a row says just what a claim says."""
    return _essence(made) == _essence(_told(claim, record))


def _told(claim: Claim, record: Record) -> Proposal:
    """A claim as its row tells it: with the contents that no claim before it carries."""
    contents = tuple((c.iri, c.triples) for c in record.first_told.get(claim.iri, ()))
    return replace(proposal_of(claim, record), contents=contents)


def _essence(made: Proposal) -> tuple[object, ...]:
    return (
        (made.quote, made.start, made.note, made.basis, made.attribution, made.according_to),
        *map(frozenset, (made.triples, made.leans_on, made.conflicts_with)),
        {name: frozenset(said) for name, said in made.contents},
    )


def amended(made: Proposal, claim: Claim, record: Record) -> Proposal:
    """A claim to be written anew in the order it had; contents of others, too, stay in place."""
    told = _told(claim, record).contents
    shared = {name: {*said} for name, said in told if record.carriers[name] != (claim,)}
    order = list(claim.triples)
    places = {key: n for n, t in enumerate(order) for key in (t.subject, (t.subject, t.predicate))}

    def rank(triple: Triple) -> float:
        if triple in order:
            return order.index(triple)
        near = places.get((triple.subject, triple.predicate), places.get(triple.subject))
        return len(order) if near is None else near + 0.5

    return replace(
        made,
        triples=tuple(sorted(made.triples, key=rank)),
        contents=tuple((name, said) for name, said in made.contents if shared.get(name) != {*said}),
    )
