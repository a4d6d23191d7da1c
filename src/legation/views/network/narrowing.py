"""What of a network one wants to see: one actor's links, things of one kind, the named ones.

Invariant: what is left out is left out whole: no link without both its ends, no end without a link.
"""

import networkx as nx
from pyoxigraph import NamedNode

from legation.answer import Source
from legation.answer.inventory import kind_named
from legation.rdf.vocabulary import NS
from legation.views.network.projection import Network


def narrow(
    graph: Network,
    source: Source,
    *,
    person: NamedNode | None = None,
    kind: str | None = None,
    unnamed: bool = True,
) -> None:
    """Take out of a network what was not asked for, and the nodes that this leaves alone."""
    out = set()
    if kind is not None:
        out |= _of_other_kinds(graph, source, kind_named(source.ontology, kind))
    if not unnamed:
        out |= {node for node in graph if "/anon/" in node}
    graph.remove_nodes_from(out)
    if person is not None:
        graph.remove_edges_from([edge for edge in graph.edges if person.value not in edge[:2]])
    graph.remove_nodes_from(list(nx.isolates(graph)))


def _of_other_kinds(graph: Network, source: Source, kind: NamedNode) -> set[str]:
    """The nodes that could be of a kind and are not: of all agents, say, those that are no person.

    A network of people and gatherings keeps its gatherings when only persons are asked for.
    """
    above = {c for c in source.ontology.superclasses(kind) if c.value.startswith(NS)}
    # The widest class above it that still says something: an agent, an occurrence, a document.
    roots = {c for c in above if not source.ontology.superclasses(c) & above - {c}} or {kind}
    types = {node: source.names.types(NamedNode(node)) for node in graph}
    return {node for node, had in types.items() if had & roots and kind not in had}
