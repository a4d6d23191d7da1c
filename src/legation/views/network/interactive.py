"""A network as one HTML file that needs nothing else: no network, no library, no server.

Invariant: everything drawn can be clicked through to the words that prove it, with a mouse, with
the keyboard, or as a table by a screen reader.
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import cycle
from typing import Any

from legation.answer import Evidence as Passage
from legation.pages import render
from legation.views.frame import Frame
from legation.views.network.formats import edges, nodes
from legation.views.network.labels import briefs
from legation.views.network.palette import CORNERS, TINTS, look
from legation.views.network.positions import positions
from legation.views.network.projection import Network
from legation.views.network.proof import EdgeEvidence

MOST = 120
"""How many nodes can be read at once; of more, the page draws one with those it is linked to."""

UNIT = 170
"""Pixels between two linked nodes in the drawing, about."""


def to_html(graph: Network, *, home: str = "", page_of: Callable[[str], str] = str) -> str:
    """A page with a drawing to zoom, search and click, and a table; not of an unpickled network.

    On a site, ``home`` leads to its front page and ``page_of`` an IRI to what more there is.
    """
    heading = str(graph.graph.get("view", "network")).replace("_", "-")
    return render(
        "network.html",
        title=f"{heading} · Legation",
        heading=heading,
        summary=graph.graph.get("summary", ""),
        limits=limits(graph),
        counts=counted(graph),
        home=home,
        data=_document(graph, page_of if home else lambda _: ""),
    )


def show(graph: Network, *, height: int = 640) -> Frame:
    """A network for a notebook cell, its height in pixels."""
    return Frame(to_html(graph), height)


def limits(graph: Network) -> str:
    """The parameters of a network: "since 2014, on the word of KCNA"; empty without any."""
    words = {
        "since": "since {}",
        "until": "until {}",
        "origin": "on the word of {}",
        "as_of": "published by {}",
        "min_origins": "told by {} origins or more",
        "person": "of {}",
        "kind": "only of the kind {}",
        "unnamed": "without those whom nobody names",
    }
    given: Mapping[str, str] = graph.graph.get("parameters", {})
    return ", ".join(words.get(name, name + " {}").format(value) for name, value in given.items())


def counted(graph: Network) -> str:
    """How large a network is, in words; for one without edges, what may be done about it."""
    if graph.number_of_edges() == 0:
        hint = "widen or drop the parameters" if limits(graph) else "the graph has no claim for it"
        return f"This view is empty: {hint}."
    return f"{graph.number_of_nodes()} nodes, {graph.number_of_edges()} edges"


def _document(graph: Network, page_of: Callable[[str], str]) -> dict[str, Any]:
    """All that the page's script and table show."""
    placed = positions(graph)
    listed = edges(graph)
    short = briefs(graph)
    tints = dict(zip(short.articles, cycle(TINTS), strict=False))
    number = {node: index for index, (node, _) in enumerate(nodes(graph))}
    labels, quotes = _texts([data["evidence"] for _, _, data in listed])
    numbered = {passage: index for index, passage in enumerate(quotes)}
    return {
        "directed": graph.is_directed(),
        "nodes": [
            {
                "iri": node,
                "page": page_of(node),
                "label": data["label"],
                "short": short.names[node].name,
                "letter": short.names[node].letter,
                "tint": tints.get(short.names[node].letter, ""),
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
        "articles": [
            {"letter": letter, "name": name, "tint": tints[letter]}
            for letter, name in short.articles.items()
        ],
        "most": MOST,
    }


def _texts(proofs: Iterable[EdgeEvidence]) -> tuple[dict[str, str], list[Passage]]:
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
    evidence: EdgeEvidence = data["evidence"]
    where = f"{evidence.file}, line {evidence.line}" if evidence.file else ""
    return {
        "label": data["label"],
        "weight": data["weight"],
        "events": [labels[event] for event in evidence.events],
        "dates": list(evidence.dates),
        "origins": [labels[origin] for origin in evidence.origins],
        "conflicts": list(evidence.conflicts),
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
