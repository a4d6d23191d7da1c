"""What could run for ever is ended and told, and all else is as if it had run here."""

import faulthandler
import os
import signal
import subprocess
import sys
import time

import pytest

from legation.errors import UnknownName, UsageError
from legation.rdf.worker import limited
from legation.store import LocalStore, Rows

BOMBS = {
    "cross product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "sort": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY RAND() LIMIT 1",
    "planner": "SELECT * {" + "".join(f"OPTIONAL {{ ?a ?p{i} ?o{i} }}" for i in range(226)) + "}",
}


@pytest.fixture(scope="module")
def store() -> LocalStore:
    import pyoxigraph as ox

    numbers = (ox.NamedNode(f"urn:{i}") for i in range(400))
    return LocalStore(ox.Quad(n, ox.NamedNode("urn:p"), n) for n in numbers)


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=list(BOMBS))
def test_a_query_without_end_is_ended_in_time(store: LocalStore, bomb: str) -> None:
    begun = time.monotonic()
    with pytest.raises(UsageError, match=r"longer than 0\.5 seconds|more memory than there is"):
        limited(lambda: store.query(bomb), seconds=0.5)
    assert time.monotonic() - begun < 5
    assert isinstance(store.query("SELECT * { ?a ?b ?c } LIMIT 1"), Rows)


def test_a_result_is_as_if_it_had_been_found_here(store: LocalStore) -> None:
    query = "SELECT ?a ?n { ?a ?b ?c BIND('é'@fr AS ?n) } ORDER BY ?a"
    assert limited(lambda: store.query(query)) == store.query(query)
    assert limited(lambda: store.query(query), seconds=0) == store.query(query)


def test_an_error_is_as_if_it_had_been_raised_here(store: LocalStore) -> None:
    def unknown() -> None:
        raise UnknownName("nobody: did you mean Kim?", ["Kim"])

    with pytest.raises(UsageError, match="this is an update"):
        limited(lambda: store.query("DROP ALL"))
    with pytest.raises(UnknownName, match="did you mean Kim") as caught:
        limited(unknown)
    assert caught.value.candidates == ("Kim",)
    with pytest.raises(UsageError, match=r"could not be answered \(ZeroDivisionError"):
        limited(lambda: 1 // 0)


@pytest.mark.parametrize("number", [signal.SIGABRT, signal.SIGSEGV, signal.SIGKILL])
def test_a_child_that_dies_is_told(number: signal.Signals) -> None:
    with pytest.raises(UsageError, match="more memory than there is"):
        limited(lambda: _die(number))


def _die(number: signal.Signals) -> None:
    faulthandler.disable()  # what pytest would print of it reads as if the tests had died
    os.kill(os.getpid(), number)


def test_no_child_is_left_behind() -> None:
    code = """
import os, time
from legation.errors import UsageError
from legation.rdf.worker import limited
try:
    limited(lambda: time.sleep(60), seconds=0.1)
except UsageError:
    os.waitpid(-1, os.WNOHANG)
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert b"ChildProcessError" in ran.stderr
