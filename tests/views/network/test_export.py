"""Networks as files: what other programs read back is what was written."""

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


def test_json_round_trips_through_networkx(graph: "nx.Graph[str]") -> None:
    back = nx.node_link_graph(json.loads(to_json(graph)), edges="edges")
    assert type(back) is type(graph)
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
