"""Figures fit to print: no label covers another label or a node that is not its own."""

import xml.etree.ElementTree as ET
from itertools import combinations
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

from legation.knowledge import KnowledgeGraph
from legation.views.network import to_figure, to_png, to_svg
from legation.views.network.palette import CORNERS, LOOKS

if TYPE_CHECKING:
    from matplotlib.figure import Figure


pytest.importorskip("matplotlib", reason="pictures need legation[plots]")


@pytest.fixture(scope="module")
def figure(graph: "nx.Graph[str]") -> "Figure":
    """The figure of every view, drawn once: to find room for each label takes seconds."""
    return to_figure(graph)


def _texts(figure: "Figure") -> dict[str, Any]:
    """The place of every text on the page; labels under the IRI of their node."""
    from matplotlib.backends.backend_agg import RendererAgg

    ruler = RendererAgg(1, 1, 72)
    return {
        (text.get_gid() or text.get_text()).removeprefix("label "): text.get_window_extent(ruler)
        for text in figure.axes[0].texts
    }


def test_no_text_of_any_view_overlaps_another(figure: "Figure") -> None:
    boxes = _texts(figure)
    overlaps = [
        (one, other)
        for one, other in combinations(boxes, 2)
        if boxes[one].x0 < boxes[other].x1
        and boxes[other].x0 < boxes[one].x1
        and boxes[one].y0 < boxes[other].y1
        and boxes[other].y0 < boxes[one].y1
    ]
    assert overlaps == []


def test_no_label_of_any_view_covers_a_node(figure: "Figure", graph: "nx.Graph[str]") -> None:
    boxes = _texts(figure)
    shapes = [
        patch.get_window_extent() for patch in figure.axes[0].patches if patch.get_zorder() == 2
    ]
    assert len(shapes) >= graph.number_of_nodes()
    for node in graph:
        box = boxes[node]
        for shape in shapes:
            x, y = (shape.x0 + shape.x1) / 2, (shape.y0 + shape.y1) / 2
            assert not (box.x0 < x < box.x1 and box.y0 < y < box.y1)


def test_every_label_and_the_legend_are_on_the_page(
    figure: "Figure", graph: "nx.Graph[str]"
) -> None:
    wide, high = (side * 72 for side in figure.get_size_inches())
    boxes = _texts(figure)
    assert set(graph) <= set(boxes)
    assert {data["group"] for _, data in graph.nodes(data=True)} <= set(boxes)
    for box in boxes.values():
        assert box.x0 >= 0
        assert box.y0 >= 0
        assert box.x1 <= wide
        assert box.y1 <= high


def test_svg_is_xml_whose_text_is_text_and_the_same_each_time(kg: KnowledgeGraph) -> None:
    one, other = (to_svg(kg.network("meetings")) for _ in range(2))
    assert one == other
    assert "Vladimir Putin" in "".join(ET.fromstring(one).itertext())


def test_png_is_an_image(kg: KnowledgeGraph) -> None:
    assert to_png(kg.network("meetings")).startswith(b"\x89PNG")


def test_a_label_with_dollar_signs_is_no_formula(kg: KnowledgeGraph) -> None:
    graph = kg.network("meetings")
    graph.nodes[min(graph)]["label"] = r"$\frac{1}{0}$ and $"
    assert to_png(graph).startswith(b"\x89PNG")


def test_an_empty_network_says_so(kg: KnowledgeGraph) -> None:
    assert "This view is empty" in to_svg(kg.network("meetings", since="2300"))


def test_groups_that_share_a_colour_differ_in_mark() -> None:
    looks = [(look.colour, look.mark) for name, look in LOOKS.items()]
    assert len(set(looks)) == len(looks)
    assert {look.mark for look in LOOKS.values()} <= {*CORNERS, "circle"}


def test_no_label_acts_on_a_figure(kg: KnowledgeGraph, hostile: str) -> None:
    graph = kg.network("meetings")
    for _, data in graph.nodes(data=True):
        data["label"] = hostile
    graph.graph |= {"summary": hostile, "parameters": {"since": hostile}}
    drawing = to_svg(graph)
    ET.fromstring(drawing)
    assert not set(drawing) & set("\x00\x07\x1b\x9b\u202e\ud800\uffff")
    assert to_png(graph, dpi=20).startswith(b"\x89PNG")
