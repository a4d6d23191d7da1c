"""A network as one HTML file that needs nothing else: no network, no library, no server.

Invariant: everything drawn can be clicked through to the words that prove it, with a mouse, with
the keyboard, or as a table by a screen reader. All text of the graph enters the page escaped.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from typing import Any

from legation.answer import Evidence as Passage
from legation.views.network.formats import edges, nodes
from legation.views.network.palette import CORNERS, look
from legation.views.network.positions import positions
from legation.views.network.projection import Network
from legation.views.network.proof import Evidence

UNIT = 170
"""Pixels between two linked nodes in the drawing, about."""


def to_html(graph: Network) -> str:
    """A network as an interactive page.

    Args:
        graph: A network with its quotes at hand (not one that was unpickled).

    Returns:
        The document: a drawing to zoom, search and click, the evidence of what is chosen, and a
        table of all edges.

    Raises:
        UsageError: The network was unpickled, so that its quotes are gone.
    """
    document = _document(graph)
    parts = {
        "TITLE": escape(_title(graph)),
        "SUMMARY": escape(str(graph.graph.get("summary", ""))),
        "LIMITS": escape(limits(graph)),
        "COUNTS": escape(counted(graph)),
        "STYLE": _resource("network.css"),
        "SCRIPT": _resource("network.js"),
        "DATA": in_script(document),
        "ROWS": _rows(document),
    }
    return re.sub(r"%%(\w+)%%", lambda match: parts[match[1]], _resource("network.html"))


@dataclass(frozen=True, slots=True)
class Frame:
    """A page shown inside a notebook, in a frame of its own; it needs no server either.

    Attributes:
        html: The page.
        height: How high to show it, in pixels.
    """

    html: str
    height: int = 640

    def _repr_html_(self) -> str:
        return (
            f'<iframe title="network" style="width:100%;height:{self.height}px;border:0" '
            f'sandbox="allow-scripts" srcdoc="{escape(self.html)}"></iframe>'
        )


def show(graph: Network, *, height: int = 640) -> Frame:
    """A network for a notebook cell.

    Args:
        graph: A network.
        height: How high to show it, in pixels.

    Returns:
        A value that a notebook displays.

    Raises:
        UsageError: The network was unpickled, so that its quotes are gone.
    """
    return Frame(to_html(graph), height)


def in_script(document: object) -> str:
    r"""JSON that may stand inside a ``script`` element.

    Args:
        document: Plain values.

    Returns:
        JSON in which nothing can end the element or a line of JavaScript.

    >>> in_script("</script>")
    '"\\u003c/script\\u003e"'
    """
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text


def limits(graph: Network) -> str:
    """The parameters of a network, in words.

    Args:
        graph: A network.

    Returns:
        "since 2014, on the word of KCNA"; empty when nothing was limited.
    """
    words = {
        "since": "since {}",
        "until": "until {}",
        "origin": "on the word of {}",
        "as_of": "published by {}",
        "min_origins": "told by {} origins or more",
    }
    given: Mapping[str, str] = graph.graph.get("parameters", {})
    return ", ".join(words.get(name, name + " {}").format(value) for name, value in given.items())


def counted(graph: Network) -> str:
    """How large a network is, in words.

    Args:
        graph: A network.

    Returns:
        "4 nodes, 3 edges"; for a network without edges, what may be done about it.
    """
    if graph.number_of_edges() == 0:
        hint = "widen or drop the parameters" if limits(graph) else "the graph has no claim for it"
        return f"This view is empty: {hint}."
    return f"{graph.number_of_nodes()} nodes, {graph.number_of_edges()} edges"


def _title(graph: Network) -> str:
    return str(graph.graph.get("view", "network")).replace("_", "-")


def _resource(name: str) -> str:
    return files("legation.pages").joinpath("templates", name).read_text("utf-8")


def _document(graph: Network) -> dict[str, Any]:
    """All that the page's script and table show."""
    placed = positions(graph)
    listed = edges(graph)
    number = {node: index for index, (node, _) in enumerate(nodes(graph))}
    labels, quotes = _texts([data["evidence"] for _, _, data in listed])
    numbered = {passage: index for index, passage in enumerate(quotes)}
    return {
        "directed": graph.is_directed(),
        "nodes": [
            {
                "iri": node,
                "label": data["label"],
                "kind": data["kind"],
                "group": data["group"],
                "states": list(data["states"]),
                "colour": look(data["group"]).colour,
                "corners": CORNERS.get(look(data["group"]).mark, ()),
                "x": round(placed[node][0] * UNIT, 1),
                "y": round(placed[node][1] * UNIT, 1),
            }
            for node, data in nodes(graph)
        ],
        "edges": [
            {"source": number[source], "target": number[target], **_edge(data, labels, numbered)}
            for source, target, data in listed
        ],
        "quotes": [_quote(passage, labels) for passage in quotes],
    }


def _texts(proofs: Iterable[Evidence]) -> tuple[dict[str, str], list[Passage]]:
    """The labels of what edges mention, and every passage once."""
    found = list(proofs)
    if not found:
        return {}, []
    ledger = found[0].ledger
    quotes = list(ledger.passages({claim for proof in found for claim in proof.claims}))
    things = {thing for proof in found for thing in (*proof.events, *proof.origins)}
    things |= {thing for quote in quotes for thing in (quote.article, quote.origin) if thing}
    return ledger.labels(things), quotes


def _edge(
    data: Mapping[str, Any], labels: Mapping[str, str], numbered: Mapping[Passage, int]
) -> dict[str, Any]:
    evidence: Evidence = data["evidence"]
    where = f"{evidence.file}, line {evidence.line}" if evidence.file else ""
    return {
        "label": data["label"],
        "weight": data["weight"],
        "events": [labels[event] for event in evidence.events],
        "dates": list(evidence.dates),
        "origins": [labels[origin] for origin in evidence.origins],
        "written": where,
        "structural": evidence.is_structural,
        "quotes": [numbered[quote] for quote in evidence.quotes],
    }


def _quote(passage: Passage, labels: Mapping[str, str]) -> dict[str, str]:
    return {
        "quote": passage.quote,
        "article": labels[passage.article],
        "modality": passage.modality,
        "origin": labels[passage.origin] if passage.origin else "",
        "claim": passage.claim,
    }


def _rows(document: Mapping[str, Any]) -> str:
    """The table of all edges, for those who read rather than look."""
    lines = []
    for edge in document["edges"]:
        ends = (document["nodes"][edge[end]]["label"] for end in ("source", "target"))
        source, target = map(escape, ends)
        quotes = [document["quotes"][index]["quote"] for index in edge["quotes"]]
        proof = "<br>".join(f"<q>{escape(quote)}</q>" for quote in quotes)
        cells = (
            source,
            escape(edge["label"]),
            target,
            escape(", ".join(edge["dates"]) or "not stated"),
            escape(", ".join(edge["origins"]) or ("" if edge["structural"] else "none by itself")),
            proof or escape(edge["written"]),
        )
        lines.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    return "\n".join(lines)
