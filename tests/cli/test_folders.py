"""Every command that reads a workspace takes its folder by the same option."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer

from legation.cli import app
from legation.graph import workspace as workspaces

Command = Callable[..., Any]

COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]


@pytest.fixture
def world(checkout: Path, tmp_path: Path) -> Path:
    shutil.copytree(checkout / "tests" / "world", tmp_path / "world")
    return tmp_path / "world"


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
    assert command(tmp_path, "add", "note.txt").err == (
        "legation: no workspace here: name one with --workspace DIR; 'legation new DIR' makes one\n"
    )


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


def test_of_the_packaged_graph_it_is_said_once_that_no_quote_is_checkable(
    command: Command, checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("graph", "ontology", "queries"):
        shutil.copytree(checkout / folder, tmp_path / "data" / folder)
    shutil.rmtree(tmp_path / "data" / "graph" / "sources")
    monkeypatch.setattr(workspaces, "home", lambda: tmp_path / "data")
    (tmp_path / "empty").mkdir()
    ran = command(tmp_path / "empty", "check")
    graph = tmp_path / "data" / "graph"
    assert ran.code == 0
    assert ran.out == (
        f"{graph}:1:1: warning: this is the packaged graph, which carries no article texts: the "
        "quotes of its 5 articles are not checkable; a graph of your own is checked in its folder "
        "or with --workspace DIR [text-not-here]\n1 warning\n"
    )
    for form in ("json", "sarif", "junit", "github", "html"):
        assert command(tmp_path / "empty", "check", "-f", form).code == 0
