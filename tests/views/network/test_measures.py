"""Measures come from NetworkX; a path shows the words of each step."""

import networkx as nx
import pytest

from legation.errors import UsageError
from legation.knowledge import KnowledgeGraph
from legation.rdf.vocabulary import ID
from legation.views.network import (
    betweenness,
    brokers,
    communities,
    components,
    degree,
    path,
    summary,
)
from legation.views.network.measures import simple

KIM, PUTIN = f"{ID}person/kim-yong-nam", f"{ID}person/vladimir-putin"


def test_whoever_met_most_people_has_the_highest_degree(kg: KnowledgeGraph) -> None:
    assert next(iter(degree(kg.network("meetings")).items())) == (PUTIN, 3)


def test_betweenness_is_that_of_networkx(kg: KnowledgeGraph) -> None:
    graph = kg.network("everything")
    assert betweenness(graph) == nx.betweenness_centrality(simple(graph))


def test_parts_without_a_link_are_components(kg: KnowledgeGraph) -> None:
    found = components(kg.network("co_attendance"))
    assert [len(part) for part in found] == sorted((len(part) for part in found), reverse=True)
    assert {frozenset(part) for part in found} == {
        frozenset(part) for part in nx.connected_components(simple(kg.network("co_attendance")))
    }


def test_communities_cover_everybody_once_and_repeat(kg: KnowledgeGraph) -> None:
    graph = kg.network("statements")
    found = communities(graph)
    assert sorted(node for group in found for node in group) == sorted(graph)
    assert communities(graph) == found


def test_a_broker_lies_between_people_of_different_states() -> None:
    graph: nx.Graph[str] = nx.Graph(view="made up")
    for node, states in {"a": ("A",), "b": (), "c": ("C",), "d": ("A",)}.items():
        graph.add_node(node, label=node, kind="", states=states)

    class Nothing:
        events = ()

    for one, other in (("a", "b"), ("b", "c"), ("a", "d")):
        graph.add_edge(one, other, label="met", weight=1, evidence=Nothing())
    assert brokers(graph) == {"b": 2.0, "a": 1.0}


def test_the_summary_has_every_measure_of_every_node(kg: KnowledgeGraph) -> None:
    graph = kg.network("co_attendance")
    found = summary(graph)
    assert sorted(found) == sorted(graph)
    assert set(found[PUTIN]) == {"degree", "betweenness", "community", "component", "broker"}


def test_every_step_of_a_path_has_its_evidence(kg: KnowledgeGraph) -> None:
    graph = kg.network("everything")
    steps = path(graph, f"{ID}person/kim-hyong-jun", f"{ID}person/joseph-stalin")
    assert len(steps) == 4
    for links in steps:
        for step in links:
            assert step.evidence.quotes or step.evidence.line
    assert [links[0].target for links in steps[:-1]] == [links[0].source for links in steps[1:]]
    assert steps[0][0].label == "← attendee"


def test_there_is_no_way_between_strangers(kg: KnowledgeGraph) -> None:
    graph = kg.network("co_attendance")
    assert path(graph, PUTIN, f"{ID}person/choe-son-hui") == ()


def test_who_is_not_in_a_network_has_no_path(kg: KnowledgeGraph) -> None:
    with pytest.raises(UsageError, match="not in this network"):
        path(kg.network("meetings"), PUTIN, f"{ID}person/choe-son-hui")


def test_an_empty_network_has_no_measures(kg: KnowledgeGraph) -> None:
    graph = kg.network("meetings", since="2300")
    assert (degree(graph), communities(graph), components(graph), summary(graph)) == (
        {},
        (),
        (),
        {},
    )
