"""A report is kept under everything that it depends on, and under nothing less."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from legation.checks.finding import Finding, Report, Rule
from legation.checks.remembered import memory
from legation.graph.workspace import Workspace

REPORT = Report(
    (Finding("a.trig", 3, 1, "error", "a-rule", "is wrong", things=("https://example.org/a",)),),
    (Rule("a-rule", "error", "Nothing is wrong."),),
)


@pytest.fixture
def kept(world: Workspace) -> Workspace:
    found = memory(world, world.root)
    assert found is not None and found.report() is None
    found.keep(REPORT)
    return world


def _report(space: Workspace, **options: bool) -> Report | None:
    found = memory(space, space.root, **options)
    assert found is not None
    return found.report()


def test_what_was_kept_is_found_again_whole(kept: Workspace) -> None:
    found = _report(kept)
    assert found == REPORT
    assert found is not None and found.findings[0].things == REPORT.findings[0].things


@pytest.mark.parametrize(
    "changed",
    ["graph/articles/halm-gazette-2031-05-07.trig", "legation.toml", "queries/checks/own.rq"],
)
def test_any_other_byte_forgets_it(kept: Workspace, changed: str) -> None:
    path = kept.root / changed
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert _report(kept) is None


def test_another_question_or_folder_forgets_it(kept: Workspace) -> None:
    assert _report(kept, logic=True) is None
    elsewhere = memory(kept, kept.graph)
    assert elsewhere is not None and elsewhere.report() is None


def test_what_came_with_a_copy_is_not_believed(kept: Workspace, tmp_path: Path) -> None:
    old = kept.root.rename(tmp_path / "old")
    shutil.copytree(old, kept.root)
    assert _report(kept) is None


def test_a_check_answers_from_what_was_kept_unless_told_not_to(
    kept: Workspace, command: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LEGATION_NO_STORE")
    told = command(kept.root, "check")
    assert (told.code, "is wrong" in told.out) == (1, True)
    assert command(kept.root, "--no-store", "check").code == 0
