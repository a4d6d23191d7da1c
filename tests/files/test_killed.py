"""Killed at any of its changes of the disk, a command leaves old or new, and the next one works.

By night each is killed at all of them, and at as many random moments as make two hundred.
"""

import random
import signal
import time
from collections.abc import Callable
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from pyoxigraph import Quad

from legation.graph import dataset, workspace
from legation.store.push import GraphStore, compared

from .conftest import COMMANDS, Run, fresh, tree

MOMENTS = 200


def _left(folder: Path) -> list[str]:
    return [p.name for p in folder.rglob(".*legation-*")]


def _moments(steps: int, seconds: float, *, all_of_them: bool) -> list[float]:
    if not all_of_them:
        return [steps // 3, steps - 2]
    dice = random.Random(steps)
    return [*range(steps), *(dice.uniform(0, seconds) for _ in range(MOMENTS - steps))]


def _is_killed(code: int, moment: float, whole: int) -> bool:
    """Whether it was; one that is killed after some time may have ended before."""
    return code == -signal.SIGKILL or (isinstance(moment, float) and code == whole)


@pytest.mark.sample(2)
@pytest.mark.parametrize("line", COMMANDS["writing"].values(), ids=list(COMMANDS["writing"]))
def test_a_killed_edit_is_old_or_new_for_the_next_reader(
    busy_world: Path, run: Run, tmp_path: Path, thorough: bool, line: str
) -> None:
    here = fresh(busy_world, tmp_path / "whole")
    old, began = tree(here), time.monotonic()
    code, steps, _ = run(here, line)
    seconds = time.monotonic() - began
    new = tree(here)
    assert (code in (0, 1), old != new, _left(here)) == (True, True, [])
    seen = set()
    for moment in _moments(steps, seconds, all_of_them=thorough):
        here = fresh(busy_world, tmp_path / "killed")
        ended, _, answered = run(here, line, moment)
        assert _is_killed(ended, moment, code)
        assert run(here, "coverage")[0] == 0
        state = tree(here)
        assert state in (old, new), (moment, [n for n in state if state[n] != old.get(n)])
        assert state == new or not (ended == code or answered == 200), "it was told, and is lost"
        seen.add(state == new)
        if thorough or state == new:
            assert run(here, "rename person:jon-marek person:jon-marekx")[0] == 0
            assert _left(here) == []
    assert seen == {False, True}


@pytest.mark.sample(2)
@pytest.mark.parametrize("line", COMMANDS["publishing"].values(), ids=list(COMMANDS["publishing"]))
def test_killed_while_it_publishes_the_next_try_does_it(
    busy_world: Path, run: Run, tmp_path: Path, thorough: bool, line: str
) -> None:
    here = fresh(busy_world, tmp_path / "whole")
    old, began = tree(here), time.monotonic()
    code, steps, _ = run(here, line)
    seconds = time.monotonic() - began
    new = tree(here)
    assert (code in (0, 1), old != new, _left(here)) == (True, True, [])
    is_anew, gone = "built" in line, 0
    for moment in _moments(steps, seconds, all_of_them=thorough):
        here = fresh(busy_world, tmp_path / "killed")
        assert _is_killed(run(here, line, moment)[0], moment, code)
        state = tree(here)
        gone += not any(name.startswith("built/") for name in state)
        assert state in (old, new) or (is_anew and not (here / "built").exists())
        done, *_ = run(here, line)
        assert done in ((0, 1, 2) if line.startswith("new") and state == new else (0, 1))
        assert (tree(here), _left(here)) == (new, [])
    assert gone <= is_anew


ALL = {**COMMANDS["publishing"], **COMMANDS["writing"]}


@pytest.mark.sample(3)
@pytest.mark.parametrize("line", ALL.values(), ids=list(ALL))
def test_where_the_disk_is_full_nothing_changes_and_that_is_said(
    busy_world: Path, run: Run, tmp_path: Path, line: str
) -> None:
    here = fresh(busy_world, tmp_path)
    old = tree(here)
    code, _, answered = run(here, line, "full")
    assert (code, answered) in ((2, 0), (0, 422), (0, 507))
    assert (tree(here), _left(here)) == (old, [])


def test_a_killed_push_goes_on_where_it_stopped_until_all_of_it_is_there(
    busy_world: Path, run: Run, serve: Callable[..., str], thorough: bool
) -> None:
    """The server then holds as many statements as were built here, and the same ones."""
    home = workspace.find(busy_world)
    quads: list[Quad] = list(dataset.build(workspace.read(home), home.rules).held)
    address = serve([], takes=True).replace("/query", "/store")
    line, began = f"push {address} --no-check", time.monotonic()
    code, steps, _ = run(busy_world, line)
    seconds = time.monotonic() - began
    store = GraphStore(address)
    whole = store.held([])
    assert (code, compared(store, quads).missing, len(whole)) == (0, (), len(set(quads)))
    stopped = set()
    for moment in _moments(steps, seconds, all_of_them=thorough):
        urlopen(Request(address, method="DELETE")).close()
        assert _is_killed(run(busy_world, line, moment)[0], moment, code)
        arrived = store.held([])
        assert arrived <= whole
        stopped.add(len(arrived))
        assert run(busy_world, line)[0] == 0
        assert store.held([]) == whole
    assert any(0 < count < len(whole) for count in stopped)
