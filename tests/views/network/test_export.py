"""Networks as files: what other programs read back is what was written."""

import copy
import csv
import io
import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

import legation
from legation.knowledge import KnowledgeGraph
from legation.views.network import to_csv, to_gexf, to_graphml, to_json
from legation.views.network.formats import edges


def _ends(graph: "nx.Graph[str]") -> list[tuple[str, ...]]:
    """The edges of a graph, read back or not, in one order."""
    pairs = [edge[:2] for edge in graph.edges]
    return sorted(pair if graph.is_directed() else tuple(sorted(pair)) for pair in pairs)


def test_graphml_round_trips_through_networkx(graph: "nx.Graph[str]") -> None:
    back = nx.read_graphml(io.BytesIO(to_graphml(graph).encode()))
    assert back.is_directed() == graph.is_directed()
    assert _ends(back) == _ends(graph)
    for node, data in graph.nodes(data=True):
        assert back.nodes[node]["label"] == data["label"]
        assert back.nodes[node].get("states", "") == "; ".join(data["states"])
    written = sorted("; ".join(d["evidence"].claims) for *_, d in graph.edges(data=True))
    assert sorted(d.get("claims", "") for *_, d in back.edges(data=True)) == written


def test_gexf_round_trips_through_networkx(graph: "nx.Graph[str]") -> None:
    back = nx.read_gexf(io.BytesIO(to_gexf(graph).encode()))
    assert _ends(back) == _ends(graph)
    assert {n: d["label"] for n, d in back.nodes(data=True)} == {
        n: d["label"] for n, d in graph.nodes(data=True)
    }


def test_networkx_writes_any_view_by_itself(graph: "nx.Graph[str]", tmp_path: Path) -> None:
    for write, read in ((nx.write_gexf, nx.read_gexf), (nx.write_graphml, nx.read_graphml)):
        write(graph, tmp_path / "network")
        back = read(tmp_path / "network")
        assert _ends(back) == _ends(graph)
        states = {node: "; ".join(data["states"]) for node, data in graph.nodes(data=True)}
        assert {n: d.get("states", "") for n, d in back.nodes(data=True)} == states


def test_an_edge_in_a_file_has_the_words_that_prove_it(kg: KnowledgeGraph) -> None:
    graph = kg.network("meetings")
    cited = {p.cite() for *_, data in graph.edges(data=True) for p in data["evidence"].quotes}
    for write, read in ((to_graphml, nx.read_graphml), (to_gexf, nx.read_gexf)):
        back = read(io.BytesIO(write(graph).encode()))
        told = "; ".join(data["quotes"] for *_, data in back.edges(data=True))
        assert cited and all(quote in told for quote in cited)
    assert all(line["quotes"] for line in csv.DictReader(io.StringIO(to_csv(graph))))


@pytest.mark.parametrize("view", ["meetings", "correspondence", "bilateral", "offices"])
def test_what_networkx_makes_of_a_network_keeps_its_evidence_and_shows_itself(
    kg: KnowledgeGraph, view: str, tmp_path: Path
) -> None:
    graph = kg.network(view)  # one of each kind: pairs and arrows, single and several
    for made in (
        graph.copy(),
        copy.deepcopy(graph),
        graph.to_undirected(),
        graph.subgraph(list(graph)),
        nx.relabel_nodes(graph, {}),
    ):
        *_, data = next(iter(made.edges(data=True)))
        assert data["evidence"].claims or data["evidence"].is_structural
        assert made._repr_html_().startswith("<iframe")
        assert len(repr(made)) < 200 and "0x" not in repr(made)
        nx.write_gexf(made, tmp_path / "made.gexf")


def test_a_bare_network_is_told_in_words(kg: KnowledgeGraph) -> None:
    graph = kg.network("meetings")
    graph.add_edge("a", "b")
    assert graph._repr_html_() is None
    assert repr(kg.network("meetings", since="2015")).startswith("<network meetings: ")


def test_json_round_trips_through_networkx(graph: "nx.Graph[str]") -> None:
    back = nx.node_link_graph(json.loads(to_json(graph)), edges="edges")
    assert back.is_directed() == graph.is_directed()
    assert back.is_multigraph() == graph.is_multigraph()
    assert _ends(back) == _ends(graph)
    here = [data["evidence"].to_dict() for *_, data in edges(graph)]
    there: list[Any] = [data["evidence"] for *_, data in back.edges(data=True)]
    key = json.dumps
    assert sorted(map(key, there)) == sorted(map(key, here))


def test_csv_has_a_line_for_each_edge(graph: "nx.Graph[str]") -> None:
    lines = list(csv.DictReader(io.StringIO(to_csv(graph))))
    assert len(lines) == graph.number_of_edges()
    assert all(line["claims"] or line["file"] for line in lines)


def test_graphml_is_read_by_igraph(graph: "nx.Graph[str]", tmp_path: Path) -> None:
    igraph = pytest.importorskip("igraph", reason="pip install igraph to read with it")
    path = tmp_path / "network.graphml"
    path.write_text(to_graphml(graph), "utf-8")
    back = igraph.Graph.Read_GraphML(str(path))
    assert back.vcount() == graph.number_of_nodes()
    assert back.ecount() == graph.number_of_edges()
    assert back.is_directed() == graph.is_directed()
    assert sorted(back.vs["label"]) == sorted(d["label"] for _, d in graph.nodes(data=True))
    assert sum(back.es["weight"]) == sum(d["weight"] for *_, d in graph.edges(data=True))


def test_gexf_tells_time(kg: KnowledgeGraph) -> None:
    root = ET.fromstring(to_gexf(kg.network("meetings")))
    space = {"g": "http://www.gexf.net/1.2draft"}
    (graph,) = root.findall("g:graph", space)
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    spells = {(s.get("start"), s.get("end")) for s in graph.iterfind(".//g:spell", space)}
    assert ("2000-07-01", "2000-07-31") in spells


def test_an_open_end_stays_open_in_gexf(kg: KnowledgeGraph) -> None:
    text = to_gexf(kg.network("bilateral", since="2030"))
    assert '<spell start="2014-05-01" />' in text


def test_the_same_network_gives_the_same_bytes(checkout: Path) -> None:
    one, other = (legation.open(checkout).network("everything") for _ in range(2))
    for write in (to_graphml, to_gexf, to_json, to_csv):
        assert write(one) == write(other)
    assert "lastmodified" not in to_gexf(one)


@pytest.mark.parametrize("label", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_a_spreadsheet_runs_no_label(label: str, kg: KnowledgeGraph) -> None:
    graph = kg.network("meetings")
    node = min(graph)
    graph.nodes[node]["label"] = label
    cells = {line["source_label"] for line in csv.DictReader(io.StringIO(to_csv(graph)))}
    assert f"'{label}" in cells


def test_characters_that_xml_cannot_hold_are_escapes(kg: KnowledgeGraph) -> None:
    graph = kg.network("meetings")
    node = min(graph)
    graph.nodes[node]["label"] = 'bell\x07 <&"> 김정은 🕊'
    for write, read in ((to_graphml, nx.read_graphml), (to_gexf, nx.read_gexf)):
        back = read(io.BytesIO(write(graph).encode()))
        assert back.nodes[node]["label"] == 'bell\\x07 <&"> 김정은 🕊'


def test_an_empty_network_is_written_in_every_format(kg: KnowledgeGraph) -> None:
    graph = kg.network("meetings", since="2300")
    assert len(nx.read_graphml(io.BytesIO(to_graphml(graph).encode()))) == 0
    assert len(nx.read_gexf(io.BytesIO(to_gexf(graph).encode()))) == 0
    assert json.loads(to_json(graph))["edges"] == []
    assert to_csv(graph).count("\n") == 1
