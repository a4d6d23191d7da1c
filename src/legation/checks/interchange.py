"""pyoxigraph's terms as rdflib's, and back: what pySHACL needs to judge our graph.

Invariant: a term keeps its lexical form on the way; rdflib would write numbers and dates anew.
rdflib is heavy and is imported only when a graph is converted.
"""

import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from legation.rdf.vocabulary import PREFIXES, XSD

if TYPE_CHECKING:
    from rdflib import Graph, URIRef
    from rdflib.term import Node


def graph_of(triples: Iterable[Triple]) -> "Graph":
    """An rdflib graph of some triples."""
    from rdflib import Graph

    # It tells with a traceback of each number that is none; the checks tell of it in a sentence.
    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)
    graph = Graph(bind_namespaces="none")  # pySHACL would read "geo:1,2" as a prefixed name
    known: dict[object, Node] = {}
    for triple in triples:
        spoken = []
        for term in (triple.subject, triple.predicate, triple.object):
            if term not in known:
                known[term] = foreign(term)
            spoken.append(known[term])
        graph.add((spoken[0], spoken[1], spoken[2]))
    return graph


def foreign(term: object) -> "Node":
    """The rdflib term of a pyoxigraph one."""
    from rdflib import BNode, URIRef
    from rdflib import Literal as ForeignLiteral

    if isinstance(term, NamedNode):
        return URIRef(term.value)
    if isinstance(term, BlankNode):
        return BNode(term.value)
    if isinstance(term, Literal) and term.language is not None:
        return ForeignLiteral(term.value, lang=term.language)
    if isinstance(term, Literal):
        return ForeignLiteral(term.value, datatype=URIRef(term.datatype.value), normalize=False)
    raise TypeError(f"{term!r} is no term of a plain graph")


def node_of(node: "Node | None") -> NamedNode | BlankNode | Literal | None:
    """The pyoxigraph term of an rdflib one, a blank node with its label."""
    from rdflib import BNode, URIRef
    from rdflib import Literal as ForeignLiteral

    if isinstance(node, BNode):
        return BlankNode(str(node))
    if isinstance(node, URIRef):
        return NamedNode(str(node))
    if isinstance(node, ForeignLiteral) and node.language is not None:
        return Literal(str(node), language=node.language)
    if isinstance(node, ForeignLiteral):
        datatype = XSD.string if node.datatype is None else NamedNode(str(node.datatype))
        return Literal(str(node), datatype=datatype)
    return None


def iri(prefix: str, name: str) -> "URIRef":
    """An rdflib IRI."""
    from rdflib import URIRef

    return URIRef(PREFIXES[prefix] + name)
