"""The interactive page: whole in itself, escaped, and readable without a mouse or a picture."""

import json
import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from legation.knowledge import KnowledgeGraph
from legation.text.safe import visible
from legation.views.network import show, to_html
from legation.views.network.positions import positions


def _data(page: str) -> dict[str, list[dict[str, object]]]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)
    assert found is not None
    document: dict[str, list[dict[str, object]]] = json.loads(found[1])
    return document


class Attributes(HTMLParser):
    """Every address that a page names."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = ("src", "href", "action", "data", "poster")
        self.addresses += [value or "" for name, value in attrs if name in names]


def test_the_page_fetches_nothing(graph: "nx.Graph[str]") -> None:
    page = to_html(graph)
    parser = Attributes()
    parser.feed(page)
    assert parser.addresses == []
    assert "@import" not in page
    assert "url(" not in page.replace("url(#tip)", "")
    assert "default-src 'none'" in page


def test_every_quote_of_every_edge_is_on_the_page(graph: "nx.Graph[str]") -> None:
    page = to_html(graph)
    quotes = {str(quote["quote"]) for quote in _data(page)["quotes"]}
    told = {q.quote for *_, data in graph.edges(data=True) for q in data["evidence"].quotes}
    assert quotes == told
    table = unescape(page[page.index("<tbody>") : page.index("</tbody>")])
    assert all(quote in table for quote in told)
    assert table.count("<tr>") == graph.number_of_edges()


def test_no_label_acts_on_the_page_or_in_its_script(kg: KnowledgeGraph, all_hostile: str) -> None:
    graph = kg.network("meetings")
    for _, data in graph.nodes(data=True):
        data["label"] = all_hostile
    graph.graph["summary"] = all_hostile
    for page in (to_html(graph), unescape(show(graph)._repr_html_())):
        assert page.count("<script") == 2
        assert "<img" not in page
        assert "\u202e" not in page
        page.encode()
        assert _data(page)["nodes"][0]["label"] == visible(all_hostile)


def test_a_browser_draws_every_node_and_edge_under_the_policy(
    kg: KnowledgeGraph, browse: Callable[[str], tuple[str, list[str]]], all_hostile: str
) -> None:
    graph = kg.network("meetings")
    graph.nodes[min(graph)]["label"] = all_hostile
    document, console = browse(to_html(graph))
    assert console == []
    assert document.count('class="node') == graph.number_of_nodes()
    assert document.count('class="tie"') == graph.number_of_edges()


def test_nodes_and_edges_can_be_reached_with_the_keyboard(kg: KnowledgeGraph) -> None:
    page = to_html(kg.network("meetings"))
    for mark in ("tabindex", "aria-label", "aria-live", "Enter", "<noscript>", 'lang="en"'):
        assert mark in page


def test_an_empty_network_says_what_may_be_done(kg: KnowledgeGraph) -> None:
    page = to_html(kg.network("meetings", since="2300"))
    assert "This view is empty: widen or drop the parameters." in page


def test_the_parameters_stand_in_the_heading(kg: KnowledgeGraph) -> None:
    page = to_html(kg.network("meetings", since="2015", origin="KCNA"))
    assert "since 2015, on the word of KCNA" in page


def test_a_notebook_shows_the_page_in_a_frame_of_its_own(kg: KnowledgeGraph) -> None:
    frame = show(kg.network("meetings"), height=300)._repr_html_()
    assert frame.startswith("<iframe")
    assert frame.count("<") == 2
    assert "height:300px" in frame


def test_the_layout_repeats_and_keeps_nodes_apart(graph: "nx.Graph[str]") -> None:
    placed = positions(graph)
    assert placed == positions(graph)
    assert set(placed) == set(graph)
    points = sorted(placed.values())
    assert len(set(points)) == len(points)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_small_networks_have_a_layout(count: int) -> None:
    graph: nx.Graph[str] = nx.Graph()
    for number in range(count):
        graph.add_node(str(number), label="", kind="", states=())
    assert len(positions(graph)) == count


Browse = Callable[[str], tuple[str, list[str]]]
COVERED = Path(__file__).with_name("covered.js").read_text("utf-8")


def _seen(page: str, browse: Browse, first: str = "") -> dict[str, Any]:
    """What a browser shows of a page, after some first steps there."""
    unguarded = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    document, console = browse(unguarded.replace("</body>", f"<script>{first}{COVERED}</script>"))
    assert console == []
    seen: dict[str, Any] = json.loads(unescape(re.findall("<title>(.*?)</title>", document)[0]))
    return seen


@pytest.mark.parametrize("view", ["attendance", "co_attendance", "meetings", "bilateral"])
def test_no_label_lies_on_a_line_or_on_another(
    kg: KnowledgeGraph, browse: Browse, view: str
) -> None:
    seen = _seen(to_html(kg.network(view)), browse)
    assert seen["labels"] > 0
    assert (seen["onLine"], seen["onLabel"], seen["clipped"]) == (0, 0, False)
    assert not seen["crowded"]


def test_more_than_can_be_read_is_refused_until_a_node_is_chosen(
    kg: KnowledgeGraph, browse: Browse
) -> None:
    page = to_html(kg.network("everything"))
    seen = _seen(page, browse)
    assert seen["crowded"]
    assert seen["labels"] == 0
    chosen = _seen(page, browse, "document.querySelector('.few button').click();")
    assert not chosen["crowded"]
    assert 0 < chosen["labels"] <= 31
    whole = _seen(page, browse, "document.querySelector('.crowd > button').click();")
    assert not whole["crowded"]
    assert whole["onLabel"] == 0


def test_the_unnamed_are_called_briefly_and_their_article_by_a_letter(kg: KnowledgeGraph) -> None:
    data = _data(to_html(kg.network("co_attendance")))
    unnamed = [node for node in data["nodes"] if "/anon/" in str(node["iri"])]
    articles = {article["letter"]: article for article in data["articles"]}
    assert unnamed
    for node in unnamed:
        assert "(" not in str(node["short"])
        if "(" not in str(node["label"]):  # told apart by what they did, not by their article
            assert (f"unnamed {node['short']}", node["letter"]) == (node["label"], "")
            assert not node["tint"]
            continue
        assert node["tint"] == articles[node["letter"]]["tint"]
        assert str(articles[node["letter"]]["name"]) in str(node["label"])
    assert all(
        n["short"] == n["label"] and not n["tint"] for n in data["nodes"] if n not in unnamed
    )
    names = [(node["short"], node["letter"]) for node in data["nodes"]]
    assert len(set(names)) == len(names)


def test_an_edge_shows_how_often_and_by_how_many_it_is_told(
    kg: KnowledgeGraph, browse: Browse
) -> None:
    graph = kg.network("meetings")
    document, _ = browse(to_html(graph))
    told = re.findall(r'<text class="badge[^"]*"[^>]*>([^<]*)<', document)
    expected = [
        data
        for *_, data in graph.edges(data=True)
        if data["weight"] > 1 or len(data["evidence"].origins) > 1
    ]
    assert len(told) == len(expected)
    assert "2 origins" in told
