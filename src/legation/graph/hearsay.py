"""Which triples of the default graph no article says in its own voice.

Invariant: a triple rests on reports alone where every claim that states it relays another's word of
what happened or is planned, and what follows from such triples alone does, too; whatever the
registry or one other claim supports does not. What somebody said is that speaker's word as it is.
"""

from collections.abc import Collection, Iterable, Iterator

from pyoxigraph import NamedNode, Triple

from legation.graph.claim import Claim
from legation.graph.reification import node_of, reified
from legation.rdf.gathering import gathered
from legation.rdf.ontology import Ontology
from legation.rdf.vocabulary import LEG, RDF


def derived(
    claims: Iterable[Claim],
    authored: Collection[Triple],
    inferred: Collection[Triple],
    *,
    ontology: Ontology,
) -> Iterator[Triple]:
    """Each triple that rests on reports alone as a node that says so, derived from its claims.

    What was inferred has a node without claims, so that nobody takes it for what a claim states.
    """
    stating = gathered((triple, claim) for claim in claims for triple in claim.triples)
    told = {t for t, by in stating.items() if all(map(_is_relayed, by))}
    told -= set(authored)
    firm = {above for t in (*stating, *authored) if t not in told for above in _above(t, ontology)}
    loose = {above for t in told for above in _above(t, ontology)} & set(inferred)
    for triple in (*told, *(loose - firm)):
        yield from reified(triple, (claim.iri for claim in stating.get(triple, ())))
        yield Triple(node_of(triple), LEG.restsOn, LEG.reported)


def _is_relayed(claim: Claim) -> bool:
    is_plan = claim.modality == "planned" and claim.according_to is not None
    return is_plan or claim.modality == "reported"


def _above(triple: Triple, ontology: Ontology) -> Iterator[Triple]:
    """What a triple entails: every class above its class, every role above its role."""
    if triple.predicate == RDF.type and isinstance(triple.object, NamedNode):
        for kind in ontology.superclasses(triple.object):
            yield Triple(triple.subject, RDF.type, kind)
    else:
        for role in ontology.superproperties(triple.predicate):
            yield Triple(triple.subject, role, triple.object)
