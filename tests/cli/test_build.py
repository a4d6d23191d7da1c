"""Building from the command line: all or nothing, and never over faults."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

AGENCY = "graph/articles/merovian-news-agency-2031-05-06.trig"

Run = Callable[..., Any]


@pytest.fixture
def run(command: Run, world: Path) -> Run:
    """Run a command in the world."""
    return partial(command, world)


def _break(world: Path, old: str, new: str) -> None:
    path = world / AGENCY
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def test_every_export_is_written_and_named_and_a_warning_stops_none(run: Run, world: Path) -> None:
    (world / "graph/sources/nobody.txt").write_text("Words.\n")
    code, out, err = run("build")
    assert (code, err) == (0, "")
    written = {path.name for path in (world / "dist").iterdir()}
    assert {
        "legation.nq",
        "legation.trig",
        "legation.ttl",
        "ontology.ttl",
        "ontology.owl",
        "legation.sqlite",
        "network.gexf",
        "network.graphml",
        "manifest.json",
    } <= written
    assert all(f"dist/{name}" in out for name in written)


def test_nothing_is_built_over_an_error(run: Run, world: Path) -> None:
    _break(world, "a leg:Summit", "a leg:Sumit")
    assert run("build", "--no-check")[0] == 0
    before = (world / "dist" / "legation.nq").read_bytes()
    _break(world, "a leg:Sumit", "a leg:Smit")
    code, out, err = run("build")
    assert (code, out) == (1, "")
    assert "nothing was built: the graph has 1 error" in err
    assert f"{AGENCY}:" in err
    assert (world / "dist" / "legation.nq").read_bytes() == before


def test_a_missing_text_is_one_line_with_its_place(run: Run, world: Path) -> None:
    (world / "graph/sources/merovian-news-agency-2031-05-06.txt").unlink()
    code, out, err = run("build", "--no-check")
    line = (world / AGENCY).read_text("utf-8").split("a leg:Article")[0].count("\n") + 1
    assert (code, out) == (2, "")
    assert f"{AGENCY}:{line}: quotes graph/sources/merovian-news-agency-2031-05-06.txt" in err
    assert err.count("\n") == 1
    assert not (world / "dist").exists()


def test_drafts_take_part_only_when_asked(run: Run, world: Path) -> None:
    _break(world, "leg:status leg:complete", "leg:status leg:draft")
    wanted = "event/treaty-of-sestry-entry-into-force>"
    assert run("build", "--out", "plain", "--no-check")[0] == 0
    assert run("build", "--out", "drafts", "--no-check", "--drafts")[0] == 0
    plain = (world / "plain" / "legation.trig").read_text("utf-8")
    drafts = (world / "drafts" / "legation.trig").read_text("utf-8")
    assert "treaty-of-sestry-entry-into-force a " not in plain
    assert "treaty-of-sestry-entry-into-force a " in drafts, wanted


def test_a_folder_of_somebody_else_is_left_alone(run: Run, world: Path) -> None:
    (world / "mine").mkdir()
    (world / "mine" / "thesis.txt").write_text("dear")
    code, _, err = run("build", "--out", "mine")
    assert code == 2
    assert "holds files that no build wrote" in err
    assert [path.name for path in (world / "mine").iterdir()] == ["thesis.txt"]
