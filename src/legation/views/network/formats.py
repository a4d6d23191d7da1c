"""Networks as files that other programs open: GraphML, GEXF, JSON and CSV.

Invariant: the same network gives the same bytes: nodes and edges are sorted, and nothing of this
day or machine is written. Nothing is dropped on the way into a file: lists are joined by ``; ``,
evidence becomes its claims, dates, origins and quotes; what is missing is left out.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from legation.errors import UsageError
from legation.text.safe import visible
from legation.views.network.proof import EdgeEvidence

if TYPE_CHECKING:
    from _collections_abc import dict_items
import json
import re
from typing import cast

import networkx as nx

from legation.answer.sheet import csv_text
from legation.views.network.projection import Network

_MISSING: tuple[object, ...] = (None, (), [], {})


class Attributes(dict[str, Any]):
    """The attributes of a node, an edge or a network; read as a whole, they fit any file.

    NetworkX's writers read by `items` and take texts and numbers only, so that is what they get.

    >>> found = Attributes(label="DPRK", states=("North Korea", "Russia"), note=None)
    >>> found["states"], dict(found.items())["states"], "note" in dict(found.items())
    (('North Korea', 'Russia'), 'North Korea; Russia', False)
    """

    def items(self) -> "dict_items[str, Any]":
        """The attributes as texts and numbers, evidence as its parts."""
        return flat_values(self).items()

    def copy(self) -> "Attributes":
        """The same attributes, to be changed."""
        return Attributes(self)

    def __reduce__(self) -> tuple[type, tuple[dict[str, Any]]]:
        return Attributes, (dict(self),)  # else `copy.deepcopy` would copy what `items` gives


def flat_values(values: Mapping[str, object]) -> dict[str, Any]:
    """Attributes as texts and numbers only."""
    flat: dict[str, Any] = {}
    for key in values:
        value = values[key]
        if isinstance(value, EdgeEvidence):
            flat |= flat_values(proof(value))
        elif value not in _MISSING:
            flat[key] = flat_value(value)
    return flat


def flat_value(value: object) -> str | int | float | bool:
    """One value as text or number."""
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return "; ".join(f"{key}={flat_value(item)}" for key, item in sorted(value.items()))
    if isinstance(value, list | tuple | set | frozenset):
        return "; ".join(str(flat_value(item)) for item in value)
    return visible(str(value))


def proof(evidence: EdgeEvidence) -> dict[str, object]:
    """What an edge rests on, as plain values, with the words of its claims."""
    span = evidence.span
    return {
        **evidence.to_dict(),
        "earliest": span.earliest if span else None,
        "latest": span.latest if span else None,
        "quotes": _cited(evidence),
    }


def _cited(evidence: EdgeEvidence) -> list[str]:
    try:
        return list(dict.fromkeys(passage.cite() for passage in evidence.quotes))
    except UsageError:
        return []  # an unpickled network has left its graph, and the quotes, behind


# networkx writes the day on which a GEXF file is made.
_WRITTEN_ON = re.compile(r' lastmodifieddate="[^"]*"')

COLUMNS = (
    "source source_label relation target target_label weight earliest latest dates events claims "
    "origins origin_count conflicts file line quotes"
).split()
"""The columns of the CSV, one line per edge."""


def edges(graph: Network) -> list[tuple[str, str, dict[str, Any]]]:
    """The edges of any network, sorted by their nodes, then label and events."""
    directed = graph.is_directed()
    # The ends of an undirected edge come in the order in which its nodes were added.
    listed = (
        (u, v, data) if directed or u <= v else (v, u, data)
        for u, v, data in graph.edges(data=True)
    )
    return sorted(listed, key=lambda e: (e[0], e[1], e[2]["label"], e[2]["evidence"].events))


def nodes(graph: Network) -> list[tuple[str, dict[str, Any]]]:
    """The nodes of any network with their attributes, sorted by IRI."""
    return [(node, graph.nodes[node]) for node in sorted(graph)]


def flat(graph: Network, *, spells: bool = False) -> Network:
    """A network whose attributes are texts and numbers only; edges that need keys get numbers."""
    _read_ahead(graph)
    plain: Any = graph.__class__(**flat_values(graph.graph))
    for node, data in nodes(graph):
        plain.add_node(node, **flat_values(data))
    for number, (source, target, data) in enumerate(edges(graph)):
        evidence: EdgeEvidence = data["evidence"]
        values = flat_values(data)
        if spells and evidence.spells:
            values["spells"] = list(evidence.spells)
        keyed = {"key": f"e{number}"} if graph.is_multigraph() else {}
        plain.add_edge(source, target, **keyed, **values)
    return cast(Network, plain)


def _read_ahead(graph: Network) -> None:
    """Fetch the quotes of all edges at once; each would ask for its own."""
    found: list[EdgeEvidence] = [data["evidence"] for _, _, data in graph.edges(data=True)]
    if found and found[0].ledger.source is not None:
        found[0].ledger.passages({claim for evidence in found for claim in evidence.claims})


def to_graphml(graph: Network) -> str:
    """A network as GraphML, for Gephi, Cytoscape, yEd and igraph."""
    lines = nx.generate_graphml(flat(graph), named_key_ids=True)
    return "<?xml version='1.0' encoding='utf-8'?>\n" + "\n".join(lines) + "\n"


def to_gexf(graph: Network) -> str:
    """A network as dynamic GEXF 1.2, for Gephi: each dated event is a spell of its edge."""
    text = "\n".join(nx.generate_gexf(flat(graph, spells=True)))
    return f'<?xml version="1.0" encoding="utf-8"?>\n{_WRITTEN_ON.sub("", text, count=1)}\n'


def to_json(graph: Network) -> str:
    """A network as node-link JSON, evidence unflattened."""
    document = {
        "directed": graph.is_directed(),
        "multigraph": graph.is_multigraph(),
        "graph": graph.graph,
        "nodes": [{"id": node, **data} for node, data in nodes(graph)],
        "edges": [
            {
                "source": source,
                "target": target,
                **({"key": number} if graph.is_multigraph() else {}),
                **data,
                "evidence": data["evidence"].to_dict(),
            }
            for number, (source, target, data) in enumerate(edges(graph))
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def to_csv(graph: Network) -> str:
    """The edges of a network as CSV, fit for a spreadsheet."""
    _read_ahead(graph)
    lines = []
    for source, target, data in edges(graph):
        known = {
            "source": source,
            "source_label": graph.nodes[source]["label"],
            "relation": data["label"],
            "target": target,
            "target_label": graph.nodes[target]["label"],
            "weight": data["weight"],
            **proof(data["evidence"]),
        }
        cells = (known.get(column) for column in COLUMNS)
        lines.append(["" if cell is None else flat_value(cell) for cell in cells])
    return csv_text(COLUMNS, lines, spreadsheet=True)
