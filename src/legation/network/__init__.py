"""Networks: views of the graph whose edges carry their evidence.

The rooms, from the bottom: `reading` (many rows), `evidence` (what proves an edge), `actors` (what
a node is), `projection` (from rows to edges), `view` (asking for a network), `export` (files for
other programs), `measures` (by NetworkX), `layout`, `figure` and `page` (what people look at).
"""

from legation.network.evidence import Evidence
from legation.network.export import to_csv, to_gexf, to_graphml, to_json
from legation.network.measures import (
    Step,
    betweenness,
    brokers,
    communities,
    components,
    degree,
    path,
    summary,
)
from legation.network.projection import Network
from legation.network.view import network, views

__all__ = [
    "Evidence",
    "Network",
    "Step",
    "betweenness",
    "brokers",
    "communities",
    "components",
    "degree",
    "network",
    "path",
    "summary",
    "to_csv",
    "to_gexf",
    "to_graphml",
    "to_json",
    "views",
]
