"""However a command is run, it ends with an exit code and at most one sentence."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from ..conftest import LEGATION

Program = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_closed_stream_is_no_fault(program: Program, number: int) -> None:
    done = program("ask", preexec_fn=lambda: os.close(number))
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


def test_a_query_from_a_closed_stdin_is_empty(program: Program) -> None:
    done = program("query", "-", preexec_fn=lambda: os.close(0))
    assert done.returncode == 2
    assert b"not SPARQL" in done.stderr and b"Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
@pytest.mark.parametrize("words", [["ask"], ["ask", "receptions", "-f", "json"], ["network"]])
def test_a_full_disk_is_one_sentence(program: Program, words: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        done = program(*words, stdout=full)
    assert (done.returncode, done.stderr) == (2, b"legation: No space left on device\n")


@pytest.mark.parametrize("words", [["ask"], ["ask", "attribution"], ["--help"], ["query", "-h"]])
def test_a_reader_who_has_seen_enough_is_no_fault(program: Program, words: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = program(*words, stdout=writer)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_reader_who_goes_away_after_a_line_is_no_fault(checkout: Path) -> None:
    words = [*LEGATION, "query", "SELECT ?s ?p ?o { ?s ?p ?o }"]
    with subprocess.Popen(
        words, cwd=checkout, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.wait() == 0
        assert process.stderr.read() == b""


def test_a_folder_that_went_away_is_one_sentence(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    words = [sys.executable, "-c", f"import os; os.rmdir({str(gone)!r}); {LEGATION[2]}", "check"]
    done = subprocess.run(words, cwd=gone, capture_output=True, check=False)
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1 and done.stderr.startswith(b"legation: ")


COMMANDS = ["ask", "query", "explain", "check", "pin", "format", "new"]


@pytest.mark.parametrize("name", COMMANDS)
def test_an_argument_that_is_no_text_is_one_sentence(
    command: Callable[..., Any], tmp_path: Path, name: str
) -> None:
    ran = command(tmp_path, name, os.fsdecode(b"\xff"))
    assert ran == (2, "", "legation: this is not UTF-8 text: '\\udcff'\n")


@pytest.mark.parametrize("name", COMMANDS)
def test_an_endless_argument_is_one_short_sentence(
    command: Callable[..., Any], tmp_path: Path, name: str
) -> None:
    ran = command(tmp_path, name, "x" * 100_000)
    assert ran.code == 2
    assert len(ran.err) < 5_000
    assert list(tmp_path.iterdir()) == []


def test_an_argument_of_bytes_reaches_a_process_as_it_is(program: Program) -> None:
    done = program("ask", b"\xff")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"legation: this is not UTF-8 text: '\\udcff'\n"


def test_a_stdout_of_few_characters_takes_every_quote(program: Program) -> None:
    done = program("ask", "receptions", "-e", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0 and b"Traceback" not in done.stderr
    assert b"\\u201c" in done.stdout


def test_no_home_is_no_fault(program: Program) -> None:
    bare = {key: value for key, value in os.environ.items() if key not in ("HOME", "USER")}
    assert program("ask", "receptions", env=bare).returncode == 0


HOSTILE = "\\u001b]0;owned\\u0007 \\u001b[8m Rena \\u202e Sol"


@pytest.fixture
def hostile(world: Path) -> Path:
    """A graph in which a name tries to act on the terminal."""
    names = world / "graph" / "registry" / "persons.ttl"
    text = names.read_text("utf-8")
    assert '"Rena Sol"' in text
    names.write_text(text.replace('"Rena Sol"', f'"{HOSTILE}"'), "utf-8")
    return world


SHOWING = [
    ["ask", "names_of"],
    ["ask", "names_of", "-f", "csv"],
    ["ask", "names_of", "-f", "md"],
    ["explain", "person:rena-sol"],
    ["timeline"],
    ["network", "attendance"],
    ["path", "person:rena-sol", "person:lida-voss"],
    ["diff", "empty"],
    ["coverage"],
]
EACH = """
import json, sys
from legation.cli import main
for words in json.loads(sys.argv[1]):
    print(end="\f")
    sys.argv = ["legation", *words]
    try:
        main()
    except SystemExit as ended:
        if ended.code:
            raise
"""


def test_no_name_acts_on_the_terminal(hostile: Path) -> None:
    (hostile / "empty" / "graph" / "articles").mkdir(parents=True)
    _, *shown = _at_terminal(hostile, SHOWING).split("\f")
    for words, told in zip(SHOWING, shown, strict=True):
        acting = [mark for mark in ("\x07", "\u202e", "\x1b]", "\x1b[8m") if mark in told]
        assert (acting, len(told) > 20) == ([], True), words


def _at_terminal(folder: Path, commands: list[list[str]]) -> str:
    """What commands print, after a form feed each, where their stdout is a terminal."""
    watcher, terminal = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", EACH, json.dumps(commands)],
        cwd=folder,
        stdout=terminal,
        stderr=terminal,
        stdin=subprocess.DEVNULL,
    )
    os.close(terminal)
    shown = b""
    while True:
        try:
            some = os.read(watcher, 65536)
        except OSError:  # the other side is closed
            break
        if not some:
            break
        shown += some
    os.close(watcher)
    assert process.wait() == 0, shown
    return shown.decode("utf-8")


@pytest.mark.usefixtures("plots")
def test_a_figure_is_well_formed_whatever_a_name_holds(program: Program, hostile: Path) -> None:
    done = program("network", "attendance", "--format", "svg", cwd=hostile)
    assert done.returncode == 0, done.stderr
    ElementTree.fromstring(done.stdout)


@pytest.mark.parametrize("words", [["ask"], ["--debug", "ask"]])
def test_a_fault_of_the_program_shows_where_only_when_asked(words: list[str]) -> None:
    code = "from legation import cli; cli.app = None; cli.main()"
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, check=False)
    told = done.stderr.decode()
    assert "TypeError" in told and done.returncode != 0
    assert ("Traceback" in told) is ("--debug" in words)
    assert told.startswith("legation: failed by a fault of its own") is ("--debug" not in words)
