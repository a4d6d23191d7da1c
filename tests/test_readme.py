"""What the README shows is what happens."""

import doctest
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Store

import legation
from legation.answer.catalogue import GROUPS
from legation.cli import app
from legation.graph import workspace
from legation.graph.dataset import build

_README = workspace.home() / "README.md"
_TEXT = _README.read_text("utf-8")


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", _TEXT, re.S | re.M)


@pytest.mark.parametrize("block", _blocks("console"), ids=lambda block: block.splitlines()[0])
def test_each_command_shown_prints_what_is_shown(block: str, command: Callable[..., Any]) -> None:
    typed, shown = block.split("\n", 1)
    assert typed.startswith("$ .venv/bin/legation ")
    ran = command(_README.parent, *shlex.split(typed)[2:])
    assert (ran.code, ran.out) == (0, shown)


@pytest.mark.parametrize("block", _blocks("python"))
def test_each_session_shown_runs(block: str) -> None:
    example = doctest.DocTestParser().get_doctest(block, {}, "README", str(_README), 0)
    outcome = doctest.DocTestRunner().run(example)
    assert (outcome.failed, outcome.attempted > 0) == (0, True)


@pytest.mark.parametrize("block", _blocks("sparql"))
def test_each_query_shown_has_answers(block: str) -> None:
    assert len(legation.open().query(block).rows) > 0


@pytest.mark.parametrize("block", _blocks("sparql"))
def test_each_query_shown_can_be_pasted_anywhere(block: str) -> None:
    home = workspace.home()
    quads = build(workspace.read(workspace.find(home)), workspace.find(home).rules).quads
    store = Store()
    store.extend(quads)
    assert next(iter(store.query(block))) is not None  # no prefix but those it declares


def test_what_is_said_of_the_banquet_is_so() -> None:
    (row,) = legation.open().ask("receptions", host="North Korean Embassy in Russia")
    assert f"`{row['date']}`" in _TEXT
    assert any(p.basis and p.basis.startswith("computed") for p in row.evidence)
    (article,) = [a for a in legation.open().articles if str(a["slug"]).startswith("relations-")]
    assert article["published"] == "2025-10-25?"


def test_every_file_and_folder_named_is_there() -> None:
    root = Path(_README.parent)
    named = re.findall(r"\]\(([^)#:]+)\)", _TEXT) + re.findall(r"^\| `([^`]+)/` \|", _TEXT, re.M)
    assert named
    assert [name for name in named if not (root / name).exists()] == []


def test_the_table_of_questions_names_every_question_once() -> None:
    table = _TEXT.partition("## What can be asked")[2].partition("\n## ")[0]
    named = re.findall(r"`(\w+)`", table)
    assert sorted(named) == sorted(legation.open().questions)


def test_every_command_named_exists() -> None:
    known = {command.name for command in app.registered_commands}
    known |= {command.callback.__name__ for command in app.registered_commands if command.callback}
    named = set(re.findall(r"`?legation ([a-z]+)", _TEXT))
    assert named - {str(name).replace("_", "-") for name in known} == set()


def test_every_step_of_the_route_names_what_is_there(checkout: Path) -> None:
    route = (checkout / "README.md").read_text("utf-8").partition("### The route of a fact")[2]
    table = route.partition("\n\nTo use")[0]
    named = re.findall(r"`([\w/]+(?:\.py|/|(?<=desk/)\w+)?)`(?=[ ,|])", table.partition("|---|")[2])
    assert len(named) > 20
    assert [name for name in named if not (checkout / "src/legation" / name).exists()] == []


def test_the_table_of_questions_groups_them_as_the_command_does() -> None:
    rows = re.findall(r"^\| ([^|`]+) \| (.*`\w+`.*) \|$", _TEXT, re.M)
    table = {about: " ".join(re.findall(r"`(\w+)`", names)) for about, names in rows}
    assert {about: table.get(about) for about in GROUPS} == GROUPS
