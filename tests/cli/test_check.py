"""The reviewer's gate from the command line: exit codes, forms, and one sentence for misuse."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, get_args

import pytest

from legation.checks.finding import Format

AGENCY = "graph/articles/merovian-news-agency-2031-05-06.trig"

Run = Callable[..., Any]


@pytest.fixture
def run(command: Run, world: Path) -> Run:
    """Run a command in the world."""
    return partial(command, world)


def _break(world: Path, old: str, new: str) -> None:
    path = world / AGENCY
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def test_a_clean_graph_exits_0(run: Run) -> None:
    code, out, err = run("check")
    assert (code, err) == (0, "")
    assert out.startswith("no findings")


def _text_stands_on_its_line(world: Path, out: str) -> None:
    line = (world / AGENCY).read_text("utf-8").split("a leg:Sumit")[0].count("\n") + 1
    assert out.startswith(f"{AGENCY}:{line}:")
    assert "did you mean leg:Summit?" in out
    assert "\x1b" not in out


def _json_has_exactly_the_promised_fields(world: Path, out: str) -> None:
    (finding,) = json.loads(out)["findings"]
    assert list(finding) == [
        "file", "line", "column", "severity", "rule", "message", "quote", "suggestion",
    ]  # fmt: skip
    text = (world / AGENCY).read_text("utf-8").splitlines()[finding["line"] - 1]
    assert text[finding["column"] - 1 :].startswith("leg:Sumit")


def test_a_warning_fails_only_where_it_is_asked_to(run: Run, world: Path) -> None:
    (world / "graph/sources/nobody.txt").write_text("Words.\n")
    code, out, _ = run("check")
    assert (code, "source-unused" in out) == (0, True)
    assert run("check", "--severity", "warning")[0] == 1


def test_findings_can_be_written_to_a_file(run: Run, world: Path) -> None:
    assert run("check", "--format", "json", "--out", "found.json")[:2] == (0, "")
    assert json.loads((world / "found.json").read_text()) == {"findings": []}
    code, _, err = run("check", "--out", "nowhere/found.json")
    assert code == 2
    assert "nowhere/found.json: cannot be written" in err


@pytest.mark.parametrize("format", get_args(Format))
def test_every_form_tells_an_error_and_exits_1(run: Run, world: Path, format: Format) -> None:
    _break(world, "a leg:Summit", "a leg:Sumit")
    code, out, err = run("check", "--format", format)
    assert (code, err) == (1, "")
    assert "Sumit" in out
    if format == "text":
        _text_stands_on_its_line(world, out)
    elif format == "json":
        _json_has_exactly_the_promised_fields(world, out)


def test_one_file_is_checked_with_what_it_mentions(run: Run, world: Path) -> None:
    _break(world, "a leg:Summit", "a leg:Sumit")
    assert run("check", AGENCY)[0] == 1
    assert run("check", "graph/articles")[0] == 1
    assert run("check", "graph/registry/offices.ttl")[0] == 0


MISUSE = {
    "no such path": (("nowhere",), "nowhere: cannot be opened"),
    "no graph": ((".."), "is not inside a graph"),
    "no such severity": (("--severity", "grave"), "there is no severity 'grave'"),
    "no revision": (("--since", "HEAD"), "not in a git work tree"),
    "files and since": ((AGENCY, "--since", "HEAD"), "give files or --since, not both"),
    "no part of it": (("own.txt",), "is no part of the graph"),
}


@pytest.mark.parametrize(("words", "message"), MISUSE.values(), ids=list(MISUSE))
def test_misuse_exits_2_with_one_sentence(
    run: Run, world: Path, words: tuple[str, ...], message: str
) -> None:
    (world / "own.txt").write_text("x")
    code, out, err = run("check", *([words] if isinstance(words, str) else words))
    assert (code, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1


def test_what_cannot_be_parsed_exits_2_with_its_line(run: Run, world: Path) -> None:
    (world / AGENCY).write_text("a:b a:c a:d .\n")
    code, out, err = run("check")
    assert (code, out) == (2, "")
    assert f"{AGENCY}:1: is not TriG here" in err
    assert "Traceback" not in err
