"""Triples as nodes that things can be said about, and graphs rebuilt from such nodes.

Invariant: one triple is one node everywhere, named after its content; what was derived from which
claims comes back quad by quad.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from legation.rdf.vocabulary import ID, LEG, PROV, RDF

_NODE = f"{ID}triple/"
# What the build says of a triple in the default graph itself.
_MARKS = (LEG.contradicts, LEG.earliest, LEG.latest, LEG.restsOn)


def reified(triple: Triple, claims: Iterable[NamedNode]) -> Iterator[Triple]:
    """A triple as a node that things can be said about, derived from the claims that state it."""
    node = node_of(triple)
    yield Triple(node, RDF.type, RDF.Statement)
    yield Triple(node, RDF.subject, triple.subject)
    yield Triple(node, RDF.predicate, triple.predicate)
    yield Triple(node, RDF.object, triple.object)
    for claim in claims:
        yield Triple(node, PROV.wasDerivedFrom, claim)


def stating(quads: Iterable[Quad]) -> dict[Triple, set[NamedNode]]:
    """Each triple of the named graphs, with the names of those that hold it."""
    found: defaultdict[Triple, set[NamedNode]] = defaultdict(set)
    for quad in quads:
        if isinstance(quad.graph_name, NamedNode):
            found[quad.triple].add(quad.graph_name)
    return found


def node_of(triple: Triple) -> NamedNode:
    """The node that stands for a triple: one, whoever states it."""
    return NamedNode(f"{_NODE}{hashlib.sha256(str(triple).encode()).hexdigest()[:24]}")


def is_reified(node: NamedNode) -> bool:
    """Whether a node stands for a triple."""
    return node.value.startswith(_NODE)


def claim_graphs_of(triples: Iterable[Triple]) -> set[Quad]:
    """Rebuild the quads of every claim graph from ``legation.ttl``."""
    parts: defaultdict[object, dict[NamedNode, object]] = defaultdict(dict)
    claims: defaultdict[object, set[NamedNode]] = defaultdict(set)
    for triple in triples:
        if triple.predicate in (RDF.subject, RDF.predicate, RDF.object):
            parts[triple.subject][triple.predicate] = triple.object
        elif triple.predicate == PROV.wasDerivedFrom and isinstance(triple.object, NamedNode):
            claims[triple.subject].add(triple.object)
    return {
        Quad(p[RDF.subject], p[RDF.predicate], p[RDF.object], claim)  # type: ignore[arg-type]
        for node, p in parts.items()
        for claim in claims[node]
    }


def default_graph_of(triples: Iterable[Triple]) -> set[Quad]:
    """Rebuild the default graph from ``legation.ttl``: of the reified, what more is said of it."""
    listed = list(triples)
    reified = {t.subject for t in listed if t.predicate == RDF.type and t.object == RDF.Statement}
    reified -= {t.subject for t in listed if t.predicate in _MARKS}
    return {
        Quad(t.subject, t.predicate, t.object, DefaultGraph())
        for t in listed
        if t.subject not in reified
    }
