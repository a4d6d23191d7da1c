"""Measures of a network, through NetworkX and whatever backend it is told to use.

Invariant: nothing is computed here that NetworkX computes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any

import networkx as nx

from legation.errors import UsageError
from legation.views.network.formats import edges, nodes
from legation.views.network.projection import Network
from legation.views.network.proof import EdgeEvidence


def simple(graph: Network) -> "nx.Graph[str]":
    """Who is linked with whom at all: one undirected edge per pair, in one order."""
    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from((node, dict(data)) for node, data in nodes(graph))
    for source, target, data in edges(graph):
        if source == target:
            continue  # what a thing has to do with itself links it with nobody
        known = plain.get_edge_data(source, target, {"weight": 0})
        plain.add_edge(source, target, weight=known["weight"] + data["weight"])
    return plain


def degree(graph: Network) -> dict[str, int]:
    """How many others each node is linked with."""
    return _ranked(dict(simple(graph).degree()))


def betweenness(graph: Network) -> dict[str, float]:
    """How often each node lies on the shortest ways between others, from 0 to 1, highest first."""
    return _ranked(nx.betweenness_centrality(simple(graph)))


def communities(graph: Network, *, seed: int = 1) -> tuple[tuple[str, ...], ...]:
    """Groups more closely linked within than without, by the Louvain method, largest first."""
    return _grouped(nx.community.louvain_communities(simple(graph), seed=seed))


def components(graph: Network) -> tuple[tuple[str, ...], ...]:
    """The parts of a network between which there is no link, largest first."""
    return _grouped(nx.connected_components(simple(graph)))


def brokers(graph: Network) -> dict[str, float]:
    """Who lies between the states: betweenness counted only from one state's people to another's.

    For each node that links different states, how many pairs of nodes of different states have
    their shortest way through it (in parts, where there are several), highest first.
    """
    plain = simple(graph)
    by_state: dict[str, list[str]] = {}
    for node, data in plain.nodes(data=True):
        for state in data["states"]:
            by_state.setdefault(state, []).append(node)
    total = dict.fromkeys(plain, 0.0)
    for here, there in combinations((by_state[state] for state in sorted(by_state)), 2):
        between = nx.betweenness_centrality_subset(
            plain, sources=here, targets=there, normalized=False
        )
        for node, value in between.items():
            total[node] += 2 * value  # networkx halves it, though here each pair counts once
    return {node: value for node, value in _ranked(total).items() if value > 0}


def summary(graph: Network) -> dict[str, dict[str, Any]]:
    """The measures of each node side by side; groups and parts by number, from 1 the largest."""
    ties, between = degree(graph), betweenness(graph)
    group = _numbered(communities(graph))
    part = _numbered(components(graph))
    broker = brokers(graph)
    return {
        node: {
            "degree": ties[node],
            "betweenness": between[node],
            "community": group[node],
            "component": part[node],
            "broker": broker.get(node, 0.0),
        }
        for node in ties
    }


def _ranked(values: Mapping[str, Any]) -> dict[str, Any]:
    return dict(sorted(values.items(), key=lambda item: (-item[1], item[0])))


def _grouped(found: Any) -> tuple[tuple[str, ...], ...]:
    groups = (tuple(sorted(group)) for group in found)
    return tuple(sorted(groups, key=lambda group: (-len(group), group)))


def _numbered(groups: tuple[tuple[str, ...], ...]) -> dict[str, int]:
    return {node: number for number, group in enumerate(groups, 1) for node in group}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path; ``←`` stands before its label where the link runs the other way."""

    source: str
    target: str
    label: str
    evidence: EdgeEvidence


def path(graph: Network, start: str, end: str) -> tuple[tuple[Step, ...], ...]:
    """A shortest way from one node to another: for each step every link between its two nodes.

    Directions do not matter for the way; each step says which way its links run.
    """
    for node in (start, end):
        if node not in graph:
            raise UsageError(f"{node} is not in this network")
    try:
        way = nx.shortest_path(simple(graph), start, end)
    except nx.NetworkXNoPath:
        return ()
    return tuple(_steps(graph, one, other) for one, other in pairwise(way))


def _steps(graph: Network, one: str, other: str) -> tuple[Step, ...]:
    ways = {"": (one, other), **({"← ": (other, one)} if graph.is_directed() else {})}
    found = [
        Step(one, other, f"{sign}{data['label']}", data["evidence"])
        for sign, way in ways.items()
        for data in _data(graph, *way)
    ]
    return tuple(sorted(found, key=lambda step: (step.label, step.evidence.events)))


def _data(graph: Network, one: str, other: str) -> Iterable[Any]:
    data: Any = graph.get_edge_data(one, other, default={})
    return data.values() if graph.is_multigraph() else [data] * bool(data)
