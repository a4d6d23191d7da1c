"""No command opens a socket but those whose purpose it is, whoever would open it for them."""

import os
import shlex
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest

from legation.cli import app

from .conftest import COMMANDS, Run, fresh
from .offline import ENDED, IS_HERE, forbid_sockets

ELSEWHERE = "http://192.0.2.1/"  # kept for examples: nobody is there (RFC 5737)
QUIET = {**COMMANDS["writing"], **COMMANDS["publishing"], **COMMANDS["reading"]}
QUIET = {name: line for name, line in QUIET.items() if not line.startswith("desk")}

kernel = pytest.mark.skipif(not IS_HERE, reason="only the kernel of Linux ends who opens a socket")


def test_every_command_is_among_those_that_are_tried() -> None:
    lines = [*QUIET.values(), *COMMANDS["calling"].values()]
    names = {command.name for command in app.registered_commands}
    assert {shlex.split(line)[0] for line in lines} == names


def _ended(work: Callable[[], object]) -> int:
    child = os.fork()
    if child == 0:
        forbid_sockets()
        work()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@kernel
def test_whoever_opens_a_socket_without_a_network_is_ended() -> None:
    service = f"ASK {{ SERVICE <{ELSEWHERE}> {{ ?a ?b ?c }} }}"
    assert _ended(lambda: socket.socket(socket.AF_UNIX).close()) == 0
    assert _ended(socket.socket) == ENDED
    assert _ended(lambda: socket.getaddrinfo("example.org", 80)) == ENDED
    assert _ended(lambda: pyoxigraph.Store().query(service)) == ENDED
    python = "import socket; socket.socket(socket.AF_INET6)"
    assert _ended(lambda: os._exit(-subprocess.run(["python3", "-c", python]).returncode)) == 31


@kernel
@pytest.mark.sample(3)
@pytest.mark.parametrize("line", QUIET.values(), ids=list(QUIET))
def test_a_command_does_all_of_its_work_and_opens_none(
    busy_world: Path, run: Run, tmp_path: Path, line: str
) -> None:
    assert run(fresh(busy_world, tmp_path), line, "offline")[0] in (0, 1)


@kernel
@pytest.mark.sample(2)
@pytest.mark.parametrize("line", COMMANDS["calling"].values(), ids=list(COMMANDS["calling"]))
def test_a_command_that_calls_elsewhere_is_ended_as_it_does(
    busy_world: Path, run: Run, line: str
) -> None:
    assert run(busy_world, line, "offline")[0] in (ENDED, 2)
