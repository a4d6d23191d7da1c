"""A network as a figure fit to print: SVG or PNG, by matplotlib.

Invariant: no label lies on another label or on a node that is not its own, nor on a line where the
network is small enough to be read; colour never tells alone. The same network gives the same file.
"""

import io
import math
import textwrap
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from legation.errors import MissingExtra
from legation.text.safe import in_plot, on_a_line
from legation.views.network.formats import edges, nodes
from legation.views.network.interactive import MOST, counted, limits
from legation.views.network.labels import RADIUS, Box, Room, Sheet, around, briefs, spot
from legation.views.network.palette import CORNERS, look
from legation.views.network.positions import positions
from legation.views.network.projection import Network

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

_INK, _SOFT, _EDGE = "#22252B", "#5C626D", "#8B919C"
_SIZE = 7.5
_POINTS_PER_UNIT = 115.0
_MARGIN = 80.0


def to_figure(graph: Network) -> "Figure":
    """A network as a matplotlib figure, as large as its labels need."""
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingExtra("figures", "plots") from error
    sheet = _sheet(graph)
    figure = Figure(figsize=(sheet.width / 72, sheet.height / 72), dpi=72)
    axes: Axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, sheet.width)
    axes.set_ylim(0, sheet.height)
    axes.set_axis_off()
    axes.set_aspect("equal")
    _draw_edges(axes, graph, sheet)
    for node, data in nodes(graph):
        axes.add_patch(_shape(data["group"], *sheet.places[node]))
    _draw_labels(axes, graph, sheet)
    _draw_words(axes, graph, sheet)
    return figure


def to_svg(graph: Network) -> str:
    """A network as SVG whose text stays text."""
    figure = to_figure(graph)
    import matplotlib

    out = io.StringIO()
    # A salt of its own and no date: else no two files of one network would be the same.
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "legation"}):
        title = on_a_line(_heading(graph))  # SVG can hold no control character
        figure.savefig(out, format="svg", metadata={"Date": None, "Title": title})
    return out.getvalue()


def to_png(graph: Network, *, dpi: int = 200) -> bytes:
    """A network as PNG; very large ones get fewer dots per inch: no side exceeds 6,000 dots."""
    figure = to_figure(graph)
    most = 6_000 / max(*figure.get_size_inches())
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=min(dpi, most), metadata={"Software": None})
    return out.getvalue()


def _sheet(graph: Network) -> Sheet:
    found = positions(graph)
    scale = _POINTS_PER_UNIT
    wide, high = (
        max([place[side] for place in found.values()], default=0.0) * scale for side in (0, 1)
    )
    width = max(wide + 2 * _MARGIN, 420.0)
    left = (width - wide) / 2
    places = {
        node: (left + x * scale, 60.0 + _MARGIN + high - y * scale)
        for node, (x, y) in found.items()
    }
    return Sheet(places, width, high + 2 * _MARGIN + 110.0)


def _draw_edges(axes: "Axes", graph: Network, sheet: Sheet) -> None:
    from matplotlib.patches import FancyArrowPatch

    lanes: dict[tuple[str, ...], int] = {}
    for source, target, data in edges(graph):
        pair = tuple(sorted((source, target)))
        lane = lanes[pair] = lanes.get(pair, -1) + 1
        # Links of one pair bend to either side in turn, wider each time, lest they hide each other.
        bend = (lane + 1) // 2 * (1 if lane % 2 else -1) * 0.09 * (1 if source <= target else -1)
        axes.add_patch(
            FancyArrowPatch(
                sheet.places[source],
                sheet.places[target],
                arrowstyle="-|>" if graph.is_directed() else "-",
                connectionstyle=f"arc3,rad={bend}",
                mutation_scale=8,
                shrinkA=RADIUS,
                shrinkB=RADIUS + 1,
                linewidth=min(3.0, 0.5 + 0.35 * math.sqrt(data["weight"])),
                linestyle=_line(data["evidence"].is_structural),
                color=_EDGE,
                zorder=1,
            )
        )


def _shape(group: str, x: float, y: float) -> Any:
    from matplotlib.patches import Circle, Polygon

    drawn = look(group)
    style: dict[str, Any] = {"facecolor": drawn.colour, "edgecolor": "white", "zorder": 2}
    corners = CORNERS.get(drawn.mark)
    if corners is None:
        return Circle((x, y), RADIUS, **style)
    return Polygon([(x + dx * RADIUS, y - dy * RADIUS) for dx, dy in corners], **style)


def _draw_labels(axes: "Axes", graph: Network, sheet: Sheet) -> None:
    """Give each label the nearest room that is free; the best linked choose first."""
    is_readable = graph.number_of_nodes() <= MOST
    nodes_taken = (around(x, y, RADIUS + 1, RADIUS + 1) for x, y in sheet.places.values())
    taken = Room([*nodes_taken, *(_beads(graph, sheet) if is_readable else ())])
    short = briefs(graph)
    ties = dict(graph.degree())
    paper = {"facecolor": "white", "alpha": 0.75, "edgecolor": "none", "pad": 0.6}
    style: dict[str, Any] = {"size": _SIZE, "color": _INK, "linespacing": 1.1}
    style |= {"ha": "center", "va": "center"}
    for node, _ in sorted(nodes(graph), key=lambda item: (-ties[item[0]], item[0])):
        brief = short.names[node]
        name = f"{brief.name} ({brief.letter})" if brief.letter else brief.name
        lines = textwrap.wrap(on_a_line(name), 24)
        words = "\n".join(map(in_plot, lines))
        slant = "italic" if brief.letter else "normal"
        text = axes.text(
            0, 0, words, style=slant, bbox=paper, zorder=4, gid=f"label {node}", **style
        )
        extent = _extent(text)
        middle = sheet.places[node]
        place = spot(sheet, taken, middle, (extent.width + 3, extent.height + 3))
        text.set_position(place)
        if math.dist(place, middle) > RADIUS + 22 + max(extent.width, extent.height) / 2:
            # so far away that only a line tells whose label it is
            line = zip(middle, place, strict=True)
            axes.plot(*line, color="#C4C8CF", linewidth=0.5, zorder=0)


def _beads(graph: Network, sheet: Sheet) -> Iterator[Box]:
    """The room that edges take, bead by bead, but for the widest bends."""
    for source, target, _ in edges(graph):
        (ax, ay), (bx, by) = sheet.places[source], sheet.places[target]
        beads = max(1, int(math.hypot(bx - ax, by - ay) / 4))
        for bead in range(beads + 1):
            x, y = ax + (bx - ax) * bead / beads, ay + (by - ay) * bead / beads
            yield around(x, y, 1, 1)


@cache
def _ruler() -> Any:
    """A page of no size to measure text on: a large one would be made anew for each text."""
    from matplotlib.backends.backend_agg import RendererAgg

    return RendererAgg(1, 1, 72)  # type: ignore[no-untyped-call]


def _extent(text: "Text") -> Any:
    """The place that a text takes, in points."""
    return text.get_window_extent(_ruler())


def _heading(graph: Network) -> str:
    view = str(graph.graph.get("view", "network")).replace("_", "-")
    limited = limits(graph)
    return view[:1].upper() + view[1:] + (f" ({limited})" if limited else "")


def _draw_words(axes: "Axes", graph: Network, sheet: Sheet) -> None:
    """The title above, the legend below."""
    top = sheet.height - 20
    axes.text(16, top, in_plot(_heading(graph)), size=12, weight="bold", color=_INK)
    under = in_plot(f"{graph.graph.get('summary', '')}  {counted(graph)}")
    axes.text(16, top - 14, under, size=8, color=_SOFT)
    x, y = 22.0, 40.0
    for group in sorted({data["group"] for _, data in nodes(graph)}):
        axes.add_patch(_shape(group, x, y))
        text = axes.text(x + 9, y, group, size=8, color=_INK, va="center")
        x, y = _next(x + 9 + _extent(text).width + 16, y, sheet)
    drawn = {data["evidence"].is_structural for _, _, data in edges(graph)}
    for is_structural in sorted(drawn):
        words = "structure, from the registry" if is_structural else "stated by claims"
        axes.plot([x - 5, x + 13], [y, y], color=_EDGE, lw=1.2, ls=_line(is_structural))
        text = axes.text(x + 18, y, words, size=8, color=_INK, va="center")
        x, y = _next(x + 18 + _extent(text).width + 16, y, sheet)
    _draw_articles(axes, graph, sheet)


def _draw_articles(axes: "Axes", graph: Network, sheet: Sheet) -> None:
    """What each letter behind an unnamed one's name stands for, below the legend."""
    told = [f"({letter}) {name}" for letter, name in briefs(graph).articles.items()]
    room = int(sheet.width / (_SIZE * 0.62))
    lines = textwrap.wrap(in_plot(f"Unnamed in: {'; '.join(told)}"), room) if told else []
    for number, line in enumerate(lines[:2]):
        axes.text(16, 21 - 11 * number, line, size=_SIZE, color=_SOFT, va="center")


def _line(is_structural: bool) -> Any:
    """How an edge is drawn: dashed where it is the registry's."""
    return (0, (4, 3)) if is_structural else "-"


def _next(x: float, y: float, sheet: Sheet) -> tuple[float, float]:
    """The next place of the legend: a new line where the old one is full."""
    return (22.0, y - 16) if x > sheet.width - 150 else (x, y)
