"""Networks: views of the graph whose edges carry their evidence.

The rooms, from the bottom: `ledger` and `proof` (what proves an edge), `actors` (what a node is),
`projection` (from rows to edges), `view` (asking for a network), `formats` (files for other
programs), `measures` (by NetworkX), `figure` and `interactive` (what people look at), `exhibit` (a
network that shows itself).
"""

from collections.abc import Callable, Mapping

from legation.views.network.exhibit import Exhibit
from legation.views.network.figure import to_figure, to_png, to_svg
from legation.views.network.formats import to_csv, to_gexf, to_graphml, to_json
from legation.views.network.interactive import show, to_html
from legation.views.network.measures import (
    Step,
    betweenness,
    brokers,
    communities,
    components,
    degree,
    path,
    summary,
)
from legation.views.network.projection import Network
from legation.views.network.proof import EdgeEvidence
from legation.views.network.view import Only, network

WRITERS: Mapping[str, Callable[[Network], str | bytes]] = {
    "graphml": to_graphml,
    "gexf": to_gexf,
    "json": to_json,
    "csv": to_csv,
    "html": to_html,
    "svg": to_svg,
    "png": to_png,
}
"""Each format's file suffix and the function that writes it."""

__all__ = [
    "WRITERS",
    "EdgeEvidence",
    "Exhibit",
    "Network",
    "Only",
    "Step",
    "betweenness",
    "brokers",
    "communities",
    "components",
    "degree",
    "network",
    "path",
    "show",
    "summary",
    "to_csv",
    "to_figure",
    "to_gexf",
    "to_graphml",
    "to_html",
    "to_json",
    "to_png",
    "to_svg",
]
