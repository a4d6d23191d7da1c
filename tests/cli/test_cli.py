"""However a command is run, it ends with an exit code and at most one sentence."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

PROGRAM = [sys.executable, "-c", "from legation.cli import main; main()"]


def run(*words: str | bytes, **more: object) -> subprocess.CompletedProcess[bytes]:
    options: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more}
    return subprocess.run([*PROGRAM, *words], check=False, **options)


def closed(number: int, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command with one of its streams closed."""
    return run(*words, preexec_fn=lambda: os.close(number))


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_closed_stream_is_no_fault(checkout: Path, number: int) -> None:
    done = closed(number, "ask", "receptions")
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


def test_a_query_from_a_closed_stdin_is_empty(checkout: Path) -> None:
    done = closed(0, "query", "-")
    assert done.returncode == 2
    assert b"not SPARQL" in done.stderr and b"Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
@pytest.mark.parametrize("words", [["ask"], ["ask", "receptions", "-f", "json"], ["network"]])
def test_a_full_disk_is_one_sentence(words: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        done = run(*words, stdout=full)
    assert (done.returncode, done.stderr) == (2, b"legation: No space left on device\n")


def test_a_reader_who_has_seen_enough_is_no_fault() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = run("ask", stdout=writer)
    os.close(writer)
    assert done.returncode in (0, 1)
    assert done.stderr == b""


def test_a_folder_that_went_away_is_one_sentence(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    words = [sys.executable, "-c", f"import os; os.rmdir({str(gone)!r}); {PROGRAM[2]}", "check"]
    done = subprocess.run(words, cwd=gone, capture_output=True, check=False)
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1 and done.stderr.startswith(b"legation: ")


@pytest.mark.parametrize("command", ["ask", "query", "explain", "check", "pin", "format", "new"])
def test_an_argument_that_is_no_text_is_one_sentence(command: str) -> None:
    done = run(command, b"\xff")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"legation: this is not UTF-8 text: '\\udcff'\n"


@pytest.mark.parametrize("command", ["ask", "query", "explain", "check", "pin", "format", "new"])
def test_an_endless_argument_is_one_short_sentence(command: str, tmp_path: Path) -> None:
    done = run(command, "x" * 100_000, cwd=tmp_path)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert len(done.stderr) < 5_000
    assert list(tmp_path.iterdir()) == []


def test_a_stdout_of_few_characters_takes_every_quote() -> None:
    done = run("ask", "receptions", "-e", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\\u201c" in done.stdout


def test_no_home_is_no_fault() -> None:
    bare = {key: value for key, value in os.environ.items() if key not in ("HOME", "USER")}
    assert run("ask", "receptions", env=bare).returncode == 0


HOSTILE = "\\u001b]0;owned\\u0007 \\u001b[8m Rena \\u202e Sol"


@pytest.fixture
def hostile(checkout: Path, tmp_path: Path) -> Path:
    """A graph in which a name tries to act on the terminal."""
    shutil.copytree(checkout / "tests" / "world", tmp_path / "world")
    names = tmp_path / "world" / "graph" / "registry" / "persons.ttl"
    text = names.read_text("utf-8")
    assert '"Rena Sol"' in text
    names.write_text(text.replace('"Rena Sol"', f'"{HOSTILE}"'), "utf-8")
    return tmp_path / "world"


@pytest.mark.parametrize(
    "words",
    [
        ["ask", "names_of"],
        ["ask", "names_of", "-f", "csv"],
        ["ask", "names_of", "-f", "md"],
        ["explain", "person:rena-sol"],
        ["timeline"],
        ["network", "attendance"],
        ["path", "person:rena-sol", "person:lida-voss"],
        ["diff", "empty"],
        ["coverage"],
    ],
)
def test_no_name_acts_on_the_terminal(hostile: Path, words: list[str]) -> None:
    (hostile / "empty" / "graph" / "articles").mkdir(parents=True)
    shown = _at_terminal(hostile, *words)
    assert [mark for mark in ("\x07", "\u202e", "\x1b]", "\x1b[8m") if mark in shown] == []


def _at_terminal(folder: Path, *words: str) -> str:
    """What a command prints where its stdout is a terminal."""
    watcher, terminal = os.openpty()
    process = subprocess.Popen(
        [*PROGRAM, *words], cwd=folder, stdout=terminal, stderr=terminal, stdin=subprocess.DEVNULL
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


def test_a_figure_is_well_formed_whatever_a_name_holds(hostile: Path) -> None:
    done = run("network", "attendance", "--format", "svg", cwd=hostile)
    assert done.returncode == 0, done.stderr
    ElementTree.fromstring(done.stdout)
