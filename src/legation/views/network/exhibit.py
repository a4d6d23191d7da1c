"""Networks that show themselves: NetworkX graphs with a picture, a page and a short name.

Invariant: whatever NetworkX makes of one (a copy, a part, the same with arrows) shows itself, too,
as long as its nodes and edges still say what they are.
"""

from typing import TYPE_CHECKING, Any

import networkx as nx

from legation.errors import UsageError
from legation.views.frame import Frame
from legation.views.network.figure import to_figure
from legation.views.network.formats import Attributes
from legation.views.network.interactive import counted, limits, show

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    _Pairs = nx.Graph[str]
    _Arrows = nx.DiGraph[str]
    _ManyPairs = nx.MultiGraph[str]
    _ManyArrows = nx.MultiDiGraph[str]
else:
    _Pairs, _Arrows, _ManyPairs, _ManyArrows = nx.Graph, nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph

_MOST_EDGES = 1_500  # beyond them a page is megabytes of a notebook, and nobody can read it


class Exhibit(_Pairs):
    """A network that shows itself."""

    node_attr_dict_factory = Attributes
    edge_attr_dict_factory = Attributes
    graph_attr_dict_factory = Attributes

    def figure(self) -> "Figure":
        """The network as a matplotlib figure; MissingExtra without matplotlib."""
        return to_figure(self)

    def page(self, *, height: int = 640) -> Frame:
        """The network as a page to zoom, search and click, for a notebook or to `Frame.save`."""
        return show(self, height=height)

    def to_directed_class(self) -> type[Any]:
        """The class NetworkX makes of this one with arrows."""
        return ManyArrows if self.is_multigraph() else Arrows

    def to_undirected_class(self) -> type[Any]:
        """The class NetworkX makes of this one without arrows."""
        return ManyPairs if self.is_multigraph() else Pairs

    def __str__(self) -> str:
        words = [counted(self), limits(self)]
        return f"{self.graph.get('view', 'network')}: {', '.join(filter(None, words))}"

    def __repr__(self) -> str:
        return f"<network {self}>"

    def _repr_html_(self) -> str | None:
        """The page in a frame; None, which shows the words, where there is none to show."""
        told = all("label" in data for _, data in self.nodes(data=True)) and all(
            "evidence" in data for _, _, data in self.edges(data=True)
        )
        if not told or self.number_of_edges() > _MOST_EDGES:
            return None
        try:
            return self.page()._repr_html_()
        except UsageError:
            return None  # it was unpickled, and its quotes are gone


class Pairs(Exhibit):
    """Things linked in pairs."""


class Arrows(Exhibit, _Arrows):
    """Things linked from one to another."""


class ManyPairs(Exhibit, _ManyPairs):
    """Things linked in pairs, more than once."""


class ManyArrows(Exhibit, _ManyArrows):
    """Things linked from one to another, more than once."""


KINDS: dict[tuple[bool, bool], type[Exhibit]] = {
    (False, False): Pairs,
    (True, False): Arrows,
    (False, True): ManyPairs,
    (True, True): ManyArrows,
}
"""The network for links that have a direction or not, and that there are several of or not."""
