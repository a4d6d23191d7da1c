"""In which manner an article presents what a claim says, and what is said in it; both follow.

Invariant: nobody writes a modality down. What was said, foreseen, planned or denied is told by
the class of what the claim speaks about; any other claim is reported where it names whose word it
relays, and asserted where it does not.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from pyoxigraph import NamedNode, Triple

from legation.graph.claim import Claim, Content, carried
from legation.rdf.ontology import Ontology
from legation.rdf.vocabulary import LEG, RDF, local_name

Kinds = Mapping[NamedNode, frozenset[NamedNode]]
"""The classes of each thing, inherited ones included."""


def kinds_of(triples: Iterable[Triple], ontology: Ontology) -> Kinds:
    """The classes of everything that some triples type."""
    found: defaultdict[NamedNode, set[NamedNode]] = defaultdict(set)
    for triple in triples:
        if triple.predicate != RDF.type:
            continue
        thing, kind = triple.subject, triple.object
        if isinstance(thing, NamedNode) and isinstance(kind, NamedNode):
            found[thing] |= {kind, *ontology.superclasses(kind)}
    return {thing: frozenset(kinds) for thing, kinds in found.items()}


def completed(
    claims: Iterable[Claim], contents: Iterable[Content], kinds: Kinds, ontology: Ontology
) -> tuple[Claim, ...]:
    """Claims with what follows: the modality, where nobody wrote one, and what they say is said."""
    by_iri = {content.iri: content for content in contents}
    return tuple(
        replace(
            claim,
            modality=claim.modality or derived(claim, kinds, ontology),
            said=tuple(t for content in carried(claim.triples, by_iri) for t in content.triples),
        )
        for claim in claims
    )


def derived(claim: Claim, kinds: Kinds, ontology: Ontology) -> str:
    """The local name of the modality that a claim's own content gives it."""
    special = sorted(set(special_of(claim, kinds, ontology).values()))
    if special:
        return special[0]
    return "asserted" if claim.according_to is None else "reported"


def special_of(claim: Claim, kinds: Kinds, ontology: Ontology) -> dict[NamedNode, str]:
    """The modality of each statement or plan whose class or words the claim gives.

    A claim that only says where or in answer to what something was said states a plain fact.
    """
    voiced = {
        t.subject
        for t in claim.triples
        if t.predicate in (RDF.type, LEG.text, LEG.content, LEG.planStatus)
        and isinstance(t.subject, NamedNode)
    }
    found = {subject: ontology.modality(kinds.get(subject, frozenset())) for subject in voiced}
    return {
        subject: local_name(modality) for subject, modality in found.items() if modality is not None
    }
