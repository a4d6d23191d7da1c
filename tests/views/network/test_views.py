"""What the views say, and that each edge of each view can be traced to words or to a line."""

import pickle
import shutil
from collections import defaultdict
from itertools import combinations, permutations
from pathlib import Path

import networkx as nx
import pytest

import legation
from legation.answer import question
from legation.errors import UnknownName, UsageError
from legation.graph import workspace
from legation.graph.dataset import build
from legation.knowledge import KnowledgeGraph
from legation.rdf.vocabulary import ID
from legation.store import LocalStore
from legation.views.network import network, to_json

VIEWS = sorted(path.stem for path in workspace.bundled().view_files)
NINE = "attendance attribution bilateral co_attendance correspondence everything meetings offices"


def _labels(graph: "nx.Graph[str]") -> set[frozenset[str]]:
    return {frozenset(graph.nodes[end]["label"] for end in edge[:2]) for edge in graph.edges}


def test_a_network_is_narrowed_to_one_actor_a_kind_or_those_with_names(kg: KnowledgeGraph) -> None:
    met = kg.network("meetings", person="Vladimir Putin")
    putin = f"{ID}person/vladimir-putin"
    assert met.number_of_edges() > 0 and all(putin in edge for edge in met.edges)
    assert len(kg.network("meetings", person="Alexander Torshin")) == 0
    people = kg.network("attendance", kind="persons")
    assert {d["bipartite"] for _, d in people.nodes(data=True)} == {0, 1}
    assert {d["kind"] for _, d in people.nodes(data=True) if d["bipartite"] == 0} == {"person"}
    named = kg.network("co_attendance", unnamed=False)
    assert 0 < len(named) < len(kg.network("co_attendance"))
    assert not [node for node in named if "/anon/" in node]
    assert met.graph["parameters"] == {"person": "Vladimir Putin"}
    assert "of Vladimir Putin" in str(met)
    with pytest.raises(UnknownName, match="no kind 'persn'; did you mean person"):
        kg.network("meetings", kind="persn")


def test_the_nine_views_are_there() -> None:
    assert sorted([*NINE.split(), "statements"]) == VIEWS


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("place", [".", "tests/world"])
def test_every_edge_of_every_view_has_a_claim_or_a_line(
    view: str, place: str, checkout: Path, kg: KnowledgeGraph, world: KnowledgeGraph
) -> None:
    graph = (kg if place == "." else world).network(view)
    assert graph.number_of_edges() > 0
    for *_, data in graph.edges(data=True):
        evidence = data["evidence"]
        if evidence.claims:
            assert evidence.quotes
        else:
            written = (checkout / place / evidence.file).read_text("utf-8").splitlines()
            assert written[evidence.line - 1].strip()


@pytest.mark.parametrize("view", VIEWS)
def test_every_node_has_label_kind_and_states(view: str, kg: KnowledgeGraph) -> None:
    for node, data in kg.network(view).nodes(data=True):
        assert node.startswith(ID)
        assert data["label"]
        assert data["kind"]
        assert isinstance(data["states"], tuple)


def test_a_line_of_a_structural_edge_writes_that_edge(kg: KnowledgeGraph, checkout: Path) -> None:
    edges = kg.network("offices").edges(data=True)
    found = {
        (checkout / data["evidence"].file)
        .read_text("utf-8")
        .splitlines()[data["evidence"].line - 1]
        for _, _, data in edges
        if data["evidence"].is_structural
    }
    assert any("leg:officeOf body:russian-foreign-ministry" in line for line in found)


# --- the query file is the definition of its view


def _rows(view: str, store: LocalStore) -> list[dict[str, str]]:
    path = next(p for p in workspace.bundled().view_files if p.stem == view)
    answer = store.select(question.read(path).body)
    return [
        {n: getattr(t, "value", "") for n, t in zip(answer.variables, row, strict=True)}
        for row in answer
    ]


@pytest.fixture(scope="module")
def store(checkout: Path) -> LocalStore:
    space = workspace.find(checkout)
    return LocalStore(build(workspace.read(space), space.rules).quads, space.prefixes)


@pytest.mark.parametrize("view", ["offices", "attribution", "everything", "statements"])
def test_the_links_of_a_view_are_the_rows_of_its_query(
    view: str, kg: KnowledgeGraph, store: LocalStore
) -> None:
    rows = _rows(view, store)
    graph = kg.network(view)
    assert {(u, v) for u, v, *_ in graph.edges} == {(r["source"], r["target"]) for r in rows}
    claims: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        claims[row["source"], row["target"]] |= {row["claim"], row.get("also", "")} - {""}
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for source, target, data in graph.edges(data=True):
        found[source, target] |= set(data["evidence"].claims)
    assert found == claims


def test_attendance_is_the_rows_of_its_query(kg: KnowledgeGraph, store: LocalStore) -> None:
    claims: defaultdict[frozenset[str], set[str]] = defaultdict(set)
    for row in _rows("attendance", store):
        claims[frozenset((row["agent"], row["event"]))] |= {row["claim"], row["also"]} - {""}
    graph = kg.network("attendance")
    assert {
        frozenset((u, v)): set(d["evidence"].claims) for u, v, d in graph.edges(data=True)
    } == claims


@pytest.mark.parametrize("view", ["co_attendance", "meetings"])
def test_pairs_are_those_whom_the_query_puts_at_one_event(
    view: str, kg: KnowledgeGraph, store: LocalStore
) -> None:
    present: defaultdict[str, set[str]] = defaultdict(set)
    for row in _rows(view, store):
        present[row["event"]].add(row["agent"])
    pairs = {frozenset(p) for agents in present.values() for p in combinations(agents, 2)}
    assert {frozenset(edge) for edge in kg.network(view).edges} == pairs


def test_letters_go_from_sender_and_bearer_to_recipient(
    kg: KnowledgeGraph, store: LocalStore
) -> None:
    roles: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in _rows("correspondence", store):
        roles[row["event"]][row["role"].rpartition("#")[2]].add(row["agent"])
    ways = set()
    for had in roles.values():
        givers = had["sender"] | had["bearer"]
        if givers or had["recipient"]:
            ways |= {(g, t) for g in givers for t in had["recipient"] if g != t}
        else:
            ways |= set(permutations(set().union(*had.values()), 2))
    assert set(kg.network("correspondence").edges) == ways


# --- what must never be said


def test_people_of_a_reception_were_together_and_did_not_meet(kg: KnowledgeGraph) -> None:
    pair = frozenset(("Kim Hyong Jun", "Grigory Logvinov"))
    assert pair in _labels(kg.network("co_attendance"))
    assert pair not in _labels(kg.network("meetings"))
    said = {data["label"] for *_, data in kg.network("co_attendance").edges(data=True)}
    assert said == {"at the same gathering"}


def test_plans_and_what_statements_are_about_link_nobody(
    kg: KnowledgeGraph, world: KnowledgeGraph
) -> None:
    for graph in (kg.network("everything"), world.network("everything")):
        assert not [node for node in graph if node.startswith(f"{ID}plan/")]
        assert "topic" not in {data["label"] for *_, data in graph.edges(data=True)}


def test_an_absence_is_no_attendance(kg: KnowledgeGraph) -> None:
    celebration = f"{ID}event/end-of-world-war-ii-70th-anniversary-celebration"
    assert celebration not in kg.network("attendance")


def test_claims_that_contradict_each_other_join_nobody(kg: KnowledgeGraph) -> None:
    pairs = _labels(kg.network("bilateral"))
    ussr, russia = "Union of Soviet Socialist Republics", "Russian Federation"
    dprk = "Democratic People's Republic of Korea"
    assert frozenset((ussr, dprk)) in pairs
    assert frozenset((russia, dprk)) in pairs
    assert frozenset((ussr, russia)) not in pairs


# --- evidence


def test_origins_count_publishers_that_tell_the_whole_edge(kg: KnowledgeGraph) -> None:
    graph = kg.network("meetings", since="2015", until="2015")
    ((_, _, data),) = graph.edges(data=True)
    evidence = data["evidence"]
    assert evidence.origin_count == 2
    assert {origin.rpartition("/")[2] for origin in evidence.origins} == {"kcna", "yonhap"}
    assert evidence.dates == ("2015-05-08", "2015-05-09")
    assert evidence.events == (f"{ID}event/putin-kim-yong-nam-meeting-2015-05",)
    assert "Kim Yong-nam" in evidence.quotes[0].quote


def test_evidence_that_no_source_claims_for_itself_counts_no_origin(kg: KnowledgeGraph) -> None:
    """The page that tells of the banquet of October 2025 names no publisher."""
    graph = kg.network("co_attendance", since="2025", until="2025")
    assert {data["evidence"].origin_count for *_, data in graph.edges(data=True)} == {0}


def test_a_network_is_pickled_with_its_evidence(kg: KnowledgeGraph) -> None:
    graph = pickle.loads(pickle.dumps(kg.network("meetings", since="2015", until="2015")))
    ((_, _, data),) = graph.edges(data=True)
    assert data["evidence"].dates == ("2015-05-08", "2015-05-09")
    with pytest.raises(UsageError, match="build it again"):
        _ = data["evidence"].quotes


def test_turning_a_network_keeps_its_evidence(kg: KnowledgeGraph) -> None:
    graph = kg.network("correspondence")
    turned = graph.to_undirected()
    assert all(data["evidence"].claims for *_, data in turned.edges(data=True))


# --- parameters


def test_an_uncertain_date_may_have_been_then(kg: KnowledgeGraph) -> None:
    assert len(kg.network("meetings", since="2019-04-30").edges) == 1
    assert len(kg.network("meetings", since="2019-05-01").edges) == 0
    assert len(kg.network("meetings", until="2000-07-01").edges) == 1
    assert len(kg.network("meetings", until="2000-06-30").edges) == 0


def test_an_open_end_reaches_any_later_day(kg: KnowledgeGraph) -> None:
    edges = kg.network("bilateral", since="2030").edges(data=True)
    assert [data["relation"] for *_, data in edges] == ["visit"]


def test_a_network_on_the_word_of_one_publisher(kg: KnowledgeGraph) -> None:
    graph = kg.network("meetings", origin="KCNA")
    ((_, _, data),) = graph.edges(data=True)
    assert {quote.origin for quote in data["evidence"].quotes} == {f"{ID}body/kcna"}


def test_what_was_known_by_a_day_comes_from_what_was_published_by_then(
    kg: KnowledgeGraph,
) -> None:
    assert len(kg.network("meetings", as_of="2015-05-11").edges) == 1
    assert len(kg.network("meetings", as_of="2015-05-10").edges) == 0


def test_min_origins_leaves_out_what_too_few_tell(kg: KnowledgeGraph) -> None:
    graph = kg.network("meetings", min_origins=2)
    assert _labels(graph) == {frozenset(("Kim Yong Nam", "Vladimir Putin"))}
    assert len(graph) == 2


def test_structure_stays_whatever_the_parameters(kg: KnowledgeGraph) -> None:
    graph = kg.network("offices", since="2300", min_origins=3)
    assert {data["label"] for *_, data in graph.edges(data=True)} == {"office of", "of polity"}
    assert all(data["evidence"].is_structural for *_, data in graph.edges(data=True))


def test_a_misspelt_view_is_answered_with_the_nearest(kg: KnowledgeGraph) -> None:
    with pytest.raises(UnknownName, match="did you mean co_attendance"):
        kg.network("coattendance")


def test_an_unknown_publisher_is_an_error(kg: KnowledgeGraph) -> None:
    with pytest.raises(UnknownName, match="Pravda"):
        kg.network("meetings", origin="Pravda")


def test_a_number_of_origins_is_not_negative(kg: KnowledgeGraph) -> None:
    with pytest.raises(UsageError, match="min_origins"):
        kg.network("meetings", min_origins=-1)


def test_a_workspace_may_add_a_view_of_its_own(checkout: Path, tmp_path: Path) -> None:
    shutil.copytree(checkout / "tests" / "world", tmp_path / "own")
    (tmp_path / "own" / "queries" / "views").mkdir(parents=True)
    (tmp_path / "own" / "queries" / "views" / "hosts.rq").write_text(
        "#+ summary: Who hosted what?\n#+ columns: source target event\n"
        "PREFIX leg: <https://w3id.org/legation/ns#>\n"
        "SELECT ?source ?target ?event ?claim WHERE {\n"
        "  GRAPH ?claim { ?event leg:host ?source } BIND(?event AS ?target)\n}\n"
        "ORDER BY ?source ?event ?claim\n",
        "utf-8",
    )
    graph = legation.open(tmp_path / "own").network("hosts")
    assert graph.number_of_edges() > 0


# --- one contract for all stores


@pytest.mark.parametrize("view", VIEWS)
def test_an_endpoint_gives_the_same_network(view: str, kg: KnowledgeGraph, address: str) -> None:
    there = legation.open(address).network(view)
    source = kg._source
    here = network(source, view, files=workspace.bundled().view_files)
    assert to_json(there) == to_json(here)
