"""A graph is sent to the oxigraph server, and only what is missing of it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from legation.errors import EndpointError, UsageError
from legation.store import push
from legation.store.push import GraphStore, compared, fingerprint

A, B, OTHER = (NamedNode(f"https://example.org/{name}") for name in ("a", "b", "other"))
GRAPH = (
    Quad(A, B, Literal("Grüße", language="de-AT")),
    Quad(A, B, Literal("1.700", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#decimal"))),
    Quad(A, B, B, A),
    Quad(B, B, A, B),
)
FOREIGN = Quad(A, A, A, OTHER)


@pytest.fixture(scope="module")
def address(serve: Callable[..., str]) -> str:
    return serve([FOREIGN], takes=True).replace("/query", "/store")


@pytest.fixture(params=[True, False], ids=["whole", "graph by graph"])
def store(request: pytest.FixtureRequest, address: str) -> Iterator[GraphStore]:
    found = GraphStore(address)
    found.takes_all = request.param
    yield found
    for name in {quad.graph_name for quad in GRAPH}:
        found.replace(name, [])  # type: ignore[arg-type]


def test_all_of_a_graph_arrives_and_what_others_put_there_stays(store: GraphStore) -> None:
    lacking = compared(store, GRAPH)
    assert (len(lacking.missing), lacking.surplus) == (4, frozenset())
    assert push.push(store, lacking) == fingerprint(lacking.whole)
    assert set(GraphStore(store.url).held([])) >= {FOREIGN, *GRAPH[2:]}


def test_what_is_there_is_not_sent_again(
    store: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.add(GRAPH[:3])  # as a push that broke off would leave it
    sent: list[int] = []
    monkeypatch.setattr(push, "PART", 1)
    push.push(store, compared(store, GRAPH), told=sent.append)
    assert sent == [1]
    assert not compared(store, GRAPH).missing


def test_nothing_is_removed_that_nobody_asked_to_replace(store: GraphStore) -> None:
    stale = Quad(B, B, B, A)
    store.add([stale])
    found = compared(store, GRAPH)
    with pytest.raises(UsageError, match="holds 1 statements in graphs of this one"):
        push.push(store, found)
    assert compared(store, GRAPH).missing == found.missing
    push.push(store, found, replaces=True)
    assert not compared(store, GRAPH).surplus


def test_a_password_is_neither_sent_in_the_clear_nor_taken_from_an_address() -> None:
    with pytest.raises(UsageError, match="in the clear"):
        GraphStore("http://example.org/store", user="me", password="it")
    with pytest.raises(UsageError, match="in the environment"):
        GraphStore("https://me:it@example.org/store")


def test_a_store_that_only_answers_is_told_of(serve: Callable[..., str]) -> None:
    store = GraphStore(serve([]).replace("/query", "/store"))
    with pytest.raises(EndpointError, match=r"403|405|read-only"):
        push.push(store, compared(store, GRAPH))


def test_a_push_is_rehearsed_made_and_not_made_again(
    world: Path, serve: Callable[..., str], command: Callable[..., Any]
) -> None:
    address = serve([], takes=True).replace("/query", "/store")
    rehearsed = command(world, "push", address, "--no-check", "--rehearse")
    assert rehearsed.code == 0 and "nothing was sent" in rehearsed.out
    pushed = command(world, "push", address, "--no-check")
    assert pushed.code == 0 and "read back" in pushed.out
    again = command(world, "push", address, "--no-check", "--rehearse")
    assert "lacks 0 of" in again.out
