"""Each claim as a nanopublication: what it states, where that comes from, who publishes it.

Invariant: the assertion is the claim's graph and nothing else; its provenance is the quote and the
article. They are unsigned: who publishes them in the network of nanopublications signs them there.
Source: Nanopublication Guidelines 1.0.
"""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from legation.graph.exports.edition import Edition
from legation.rdf import trig
from legation.rdf.vocabulary import DCTERMS, LEG, PREFIXES, PROV, RDF, XSD

_NP = "http://www.nanopub.org/nschema#"
_PLACE = (LEG.charStart, LEG.charEnd)
_TOLD = (LEG.quote, LEG.modality, LEG.basis, LEG.accordingTo, LEG.origin, *_PLACE)


def nanopubs(edition: Edition) -> str:
    """The nanopublications of all claims as one TriG file."""
    quads = (q for claim in edition.instances(LEG.Claim) for q in _of(edition, claim))
    return trig.write(quads, {**edition.prefixes, "np": _NP})


def _of(edition: Edition, claim: NamedNode) -> Iterator[Quad]:
    triples = edition.dataset.claim_graphs.get(claim, ())
    if not triples:
        return
    whole = NamedNode(f"{claim.value}/nanopub")
    parts = ("Head", "assertion", "provenance", "pubinfo")
    head, assertion, provenance, pubinfo = (NamedNode(f"{whole.value}#{part}") for part in parts)
    yield Quad(whole, RDF.type, NamedNode(f"{_NP}Nanopublication"), head)
    named = {"hasAssertion": assertion, "hasProvenance": provenance, "hasPublicationInfo": pubinfo}
    for word, graph in named.items():
        yield Quad(whole, NamedNode(_NP + word), graph, head)
    for triple in triples:
        yield Quad(triple.subject, triple.predicate, triple.object, assertion)
    for article in edition.values(claim, PROV.wasQuotedFrom):
        yield Quad(assertion, PROV.wasDerivedFrom, article, provenance)
    yield Quad(assertion, PROV.wasDerivedFrom, claim, provenance)
    for kind in (PROV.wasQuotedFrom, *_TOLD):
        for value in edition.values(claim, kind):
            yield Quad(claim, kind, value, provenance)
    yield from _published(edition, whole, pubinfo)


def _published(edition: Edition, whole: NamedNode, pubinfo: NamedNode) -> Iterator[Quad]:
    release = edition.release
    within = NamedNode(PREFIXES["dcterms"] + "isPartOf")
    yield Quad(whole, within, release.iri, pubinfo)
    if release.issued:  # the guidelines ask for a moment; a day begins with one
        moment = NamedNode(PREFIXES["xsd"] + "dateTime")
        issued = Literal(f"{release.issued}T00:00:00Z", datatype=moment)
        yield Quad(whole, DCTERMS.created, issued, pubinfo)
    if release.creator:
        yield Quad(whole, DCTERMS.creator, Literal(release.creator, datatype=XSD.string), pubinfo)
    if release.licence:
        yield Quad(whole, DCTERMS.license, NamedNode(release.licence), pubinfo)
