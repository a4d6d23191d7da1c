"""Networks: views of the graph whose edges carry their evidence.

The rooms, from the bottom: `reading` (many rows), `evidence` (what proves an edge), `actors` (what
a node is), `projection` (from rows to edges), `view` (asking for a network).
"""

from legation.network.evidence import Evidence
from legation.network.view import network, views

__all__ = ["Evidence", "network", "views"]
