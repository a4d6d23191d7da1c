"""Asking for a network: the named query of a view, its parameters, its projection.

Invariant: which edges there are is decided by the view's query file and its projection alone;
``min_origins`` and `Only` then leave edges out. What is left out is left out whole: no edge without
both its ends, no end without an edge.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Any

import networkx as nx
from pyoxigraph import NamedNode

from legation.answer import Entity, Given, Source, question, terms_of, thing_of
from legation.answer.inventory import kind_named
from legation.errors import InputError, UnknownName, UsageError
from legation.graph.bundle import is_own
from legation.graph.record import Record
from legation.rdf.unswept import unswept
from legation.rdf.vocabulary import NS
from legation.rdf.worker import limited
from legation.views.network.actors import Actors, Cast, read_actors
from legation.views.network.exhibit import KINDS, Exhibit
from legation.views.network.ledger import Columns, Ledger, read_columns
from legation.views.network.projection import Material, Network, projection_of

SCOPES: Mapping[str, Cast] = {
    "attendance": Cast(("Agent", "Gathering")),
    "attribution": Cast(("Agent", "Document")),
    "bilateral": Cast(("Polity",), ("Event",)),
    "co_attendance": Cast(("Agent",)),
    "correspondence": Cast(("Agent",)),
    "meetings": Cast(("Agent",)),
    "offices": Cast(("Agent", "Office")),
    "statements": Cast(("Agent",), ("Statement",)),
}
"""What each view's nodes may be."""


@dataclass(frozen=True, slots=True)
class Only:
    """What of a network is wanted: the links of one actor, things of one kind, those with names."""

    person: str | NamedNode | Entity | None = None
    kind: str | None = None
    unnamed: bool = True

    def words(self) -> dict[str, str]:
        """The last two as parameters of the network."""
        kind = {} if self.kind is None else {"kind": self.kind}
        return kind if self.unnamed else {**kind, "unnamed": "no"}


_EVERY = (
    "Agent Artefact Document Event Numbering Office Participation Place Series Statement Tenure"
)
_WIDEST = Cast(tuple(_EVERY.split()))


def network(
    source: Source,
    view: str,
    *,
    files: Sequence[Path],
    read: Callable[[], Record] | None = None,
    min_origins: int = 0,
    only: Only | None = None,
    **parameters: Given | None,
) -> Exhibit:
    """One view of the graph as a network; `read` tells the lines that structural edges have."""
    if min_origins < 0:
        raise UsageError(f"min_origins is a number from 0, not {min_origins}")
    path = _file(view, files)
    asked = question.read(path, source.ontology)
    wanted = only or Only()
    person = None if wanted.person is None else thing_of(source, wanted.person)
    terms = terms_of(source, asked, parameters)
    read_it = partial(read_columns, source.store, asked.bound(terms))
    with unswept():
        reading = Material(
            _in_time(read_it, path) if is_own(path) else read_it(),
            Ledger(source, read),
            read_actors(source, SCOPES.get(view, _WIDEST)),
            KINDS,
        )
        graph = projection_of(view, asked.columns)(reading)
        if min_origins:
            _keep_corroborated(graph, min_origins)
        _narrow(graph, source, wanted, person)
        _describe(graph, reading.actors)
    words = {name: str(parameters[name]) for name in terms}
    if min_origins:
        words["min_origins"] = str(min_origins)
    if person is not None:
        words["person"] = source.labels([person])[person]
    words |= wanted.words()
    graph.graph.update(view=view, summary=asked.summary, parameters=words)
    assert isinstance(graph, Exhibit)
    return graph


def _in_time(read_it: Callable[[], Columns], path: Path) -> Columns:
    try:
        return limited(read_it)
    except UsageError as error:
        raise InputError(str(error), path) from error


def _describe(graph: Network, actors: Actors) -> None:
    """Say of each node what it is."""
    for node, attributes in graph.nodes(data=True):
        attributes["label"] = actors.label(node)
        attributes["kind"] = actors.kind(node)
        attributes["group"] = actors.group(node)
        attributes["states"] = actors.states(node)


def _file(name: str, files: Sequence[Path]) -> Path:
    found = {path.stem: path for path in files}
    if name in found:
        return found[name]
    near = get_close_matches(name.casefold().replace("-", "_"), sorted(found))
    hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(sorted(found))}"
    raise UnknownName(f"there is no view {name!r}; {hint}", near or sorted(found))


def _keep_corroborated(graph: Network, least: int) -> None:
    """Take out the edges that too few publishers tell."""
    keyed: Any = {"keys": True} if graph.is_multigraph() else {}
    weak: Any = [
        tuple(edge)
        for *edge, evidence in graph.edges(data="evidence", **keyed)
        if not evidence.is_structural and evidence.origin_count < least
    ]
    graph.remove_edges_from(weak)


def _narrow(graph: Network, source: Source, only: Only, person: NamedNode | None) -> None:
    """Take out of a network what was not asked for, and the nodes that this leaves alone."""
    out = set()
    if only.kind is not None:
        out |= _of_other_kinds(graph, source, kind_named(source.ontology, only.kind))
    if not only.unnamed:
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
