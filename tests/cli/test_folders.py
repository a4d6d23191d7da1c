"""Every command that reads a workspace takes its folder by the same option."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer

from legation.cli import app

Command = Callable[..., Any]

COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - {"new"}))
def test_a_command_takes_a_workspace(name: str) -> None:
    (option,) = [param for param in COMMANDS[name].params if "--workspace" in param.opts]
    assert "-w" in option.opts
    assert option.help == (
        "The folder that holds graph/; without it, the nearest one upward from here."
    )


ELSEWHERE = {
    "ask": (("ask", "who_attended"), "Ilse Varn"),
    "its questions": (("ask",), "who_attended(event"),
    "query": (("query", "SELECT * { person:ilse-varn a leg:Person }"), ""),
    "explain": (("explain", "Ilse Varn"), "Ilse Varn"),
    "network": (("network", "meetings"), "Ilse Varn"),
    "its views": (("network",), "co_attendance"),
    "path": (("path", "Ilse Varn", "Tomas Keld"), "Ilse Varn"),
    "timeline": (("timeline",), "Treaty of Sestry"),
    "coverage": (("coverage",), "strait-observer-2031-05-05: 100 %"),
    "check": (("check",), "no findings"),
    "build": (("build",), "dist/legation.nq"),
    "draft": (("draft", "strait-observer-2031-05-05"), "0 of"),
}


@pytest.mark.parametrize(("words", "said"), ELSEWHERE.values(), ids=list(ELSEWHERE))
def test_a_workspace_elsewhere_is_read(
    command: Command, world: Path, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    (tmp_path / "here").mkdir()
    ran = command(tmp_path / "here", *words, "-w", str(world))
    assert ran.code == 0, ran.err
    assert said in ran.out


def test_an_article_is_added_elsewhere(command: Command, world: Path, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Envoys meet\n\nThe envoys met in Sestry on 1 June.\n")
    ran = command(tmp_path, "add", "note.txt", "--slug", "note", "-w", "world")
    assert ran.code == 0, ran.err
    assert (world / "graph/sources/note.txt").is_file()


def test_a_workspace_is_named_once(command: Command, world: Path, tmp_path: Path) -> None:
    ran = command(tmp_path, "build", "world", "-w", "world")
    assert (ran.code, ran.err) == (
        2,
        "legation: name the folder once: as DIR or with --workspace DIR\n",
    )
    shutil.copytree(world, tmp_path / "other")
    ran = command(tmp_path, "check", "world/graph/articles", "-w", "other")
    assert (ran.code, ran.err) == (2, "legation: these are 2 graphs; check them one at a time\n")
    assert command(tmp_path, "check", "world/graph/articles", "-w", "world").code == 0


GATES = {
    "site": ("site",),
    "add": ("add", "note.txt"),
    "build": ("build",),
    "check": ("check",),
    "claims": ("claims", "yonhap-2015-05-12"),
    "coverage": ("coverage",),
    "desk": ("desk",),
    "diff": ("diff", "HEAD"),
    "draft": ("draft", "yonhap-2015-05-12"),
    "format": ("format", "--check"),
    "import": ("import", "note.txt"),
    "measure": ("measure", "yonhap-2015-05-12"),
    "merge": ("merge", "person:ilse-varn", "person:tomas-keld"),
    "names": ("names", "yonhap-2015-05-12"),
    "push": ("push", "https://example.org/data"),
    "pin": ("pin", "yonhap-2015-05-12"),
    "rename": ("rename", "person:ilse-varn", "person:varn"),
    "split": ("split", "person:ilse-varn", "person:varn", "--claims", "claim:a"),
}
"""Every command that judges or writes, as it is typed in a workspace."""

LISTENERS = {
    "ask": ("ask", "who_attended", "event=reception of 9 October 2014"),
    "its questions": ("ask",),
    "an answer nobody has": ("ask", "receptions", "host=Ahn Chan-il"),
    "list": ("list", "persons"),
    "its kinds": ("list",),
    "demo": ("demo",),
    "query": ("query", "SELECT ?x { ?x a leg:StateMedia } ORDER BY ?x"),
    "an unknown term": ("query", "SELECT ?x { ?x a leg:Recepton }"),
    "explain": ("explain", "Kim Jong Un"),
    "network": ("network", "meetings"),
    "its views": ("network",),
    "path": ("path", "Kim Hyong Jun", "Stalin"),
    "timeline": ("timeline",),
}
"""What may fall back: none of these judges a graph or writes one."""

SERVERS = {"serve", "mcp"}
"""What falls back and goes on until somebody ends it: see tests/serve."""

NO_WORKSPACE = (
    "legation: there is no graph/ folder here or above: cd into a workspace, name one with "
    "--workspace DIR, or make one with 'legation new DIR'\n"
)
FALLS_BACK = (
    "no workspace here: the graph that comes with Legation answers (--workspace DIR names another)"
)


def test_a_command_either_judges_or_listens() -> None:
    listening = {words[0] for words in LISTENERS.values()}
    assert set(COMMANDS) == {"new", *GATES} | listening | SERVERS
    assert not set(GATES) & listening


@pytest.mark.parametrize("words", GATES.values(), ids=list(GATES))
def test_no_graph_is_judged_or_written_where_there_is_none(
    command: Command, tmp_path: Path, words: tuple[str, ...]
) -> None:
    (tmp_path / "note.txt").write_text("Envoys met in Sestry on 1 June.\n")
    ran = command(tmp_path, *words)
    assert (ran.code, ran.out, ran.err) == (2, "", NO_WORKSPACE)
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]


def test_a_graph_in_a_folder_below_is_not_passed_over_in_silence(
    command: Command, world: Path, tmp_path: Path
) -> None:
    ran = command(tmp_path, "check")
    assert (ran.code, ran.out) == (2, "")
    assert "there is no graph/ folder here or above, but one in world: " in ran.err
    shutil.copytree(world, tmp_path / "other")
    assert "but one in other and world: " in command(tmp_path, "build").err


@pytest.mark.parametrize("words", LISTENERS.values(), ids=list(LISTENERS))
def test_the_packaged_graph_answers_where_there_is_none_and_says_so_once(
    command: Command, tmp_path: Path, words: tuple[str, ...]
) -> None:
    ran = command(tmp_path, *words)
    assert ran.code == 0
    assert ran.out
    assert ran.err.startswith(f"{FALLS_BACK}\n") and ran.err.count(FALLS_BACK) == 1
    assert list(tmp_path.iterdir()) == []


def test_the_packaged_graph_answers_as_it_does_at_home(
    command: Command, checkout: Path, tmp_path: Path
) -> None:
    words = LISTENERS["ask"]
    assert command(tmp_path, *words).out == command(checkout, *words).out


def test_a_named_workspace_and_an_endpoint_are_no_fall_back(
    command: Command, world: Path, tmp_path: Path
) -> None:
    (tmp_path / "here").mkdir()
    assert command(tmp_path / "here", "timeline", "-w", str(world)).err == ""
    ran = command(tmp_path / "here", "ask", "visits", "--endpoint", "http://127.0.0.1:9/sparql")
    assert FALLS_BACK not in ran.err


def test_the_workspace_of_a_named_article_is_the_one_it_lies_in(
    command: Command, world: Path, tmp_path: Path
) -> None:
    article = "world/graph/articles/strait-observer-2031-05-05.trig"
    before = (tmp_path / article).read_bytes()
    for name in ("check", "pin"):
        ran = command(tmp_path, name, article)
        assert ran.code == 0, ran.err
    assert (tmp_path / article).read_bytes() == before
