"""Break the reference graph in many ways: each fault is found, on its line, and no other is."""

import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from legation.checks.finding import Finding
from legation.checks.judging import judge, open_case
from legation.graph.workspace import Workspace

MUTANTS = tomllib.loads(Path(__file__).with_name("mutants.toml").read_text("utf-8"))

Mutant = dict[str, Any]


@pytest.fixture(scope="module")
def copy(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A copy of the reference graph with its grammar, under git."""
    root = tmp_path_factory.mktemp("graph").resolve()
    for folder in ("graph", "ontology", "queries"):
        shutil.copytree(checkout / folder, root / folder)
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "Begin"]):
        subprocess.run(
            ["git", "-c", "user.name=t", "-c", "user.email=t@t", *command], cwd=root, check=True
        )
    return Workspace(root, root)


@contextmanager
def _broken(copy: Workspace, mutants: list[Mutant]) -> Iterator[Workspace]:
    """The copy with some faults in it, mended afterwards."""
    before: dict[Path, str] = {}
    try:
        for edit, mutant in ((e, m) for m in mutants for e in (m, m.get("too")) if e):
            path = copy.root / mutant["file"]
            text = path.read_text("utf-8")
            before.setdefault(path, text)
            assert text.count(edit["old"]) == 1, "the words to replace must stand there once"
            path.write_text(text.replace(edit["old"], edit["new"]), "utf-8")
        yield copy
    finally:
        for path, text in before.items():
            path.write_text(text, "utf-8")


def _line(workspace: Workspace, mutant: Mutant) -> int:
    """The line that the fault is on."""
    file = mutant.get("in", mutant["file"])
    text = (workspace.root / file).read_text("utf-8")
    start = 0
    if "near" in mutant:
        start = text.index(mutant["near"])
    elif "in" not in mutant and mutant["new"] and mutant.get("at", "") in mutant["new"]:
        start = text.index(mutant["new"])
    at = text.index(mutant.get("at", mutant["new"]), start)
    return text[:at].count("\n") + 1


def _places(findings: tuple[Finding, ...]) -> list[tuple[str, str, int]]:
    return [(f.rule, f.file, f.line) for f in findings]


def test_the_reference_graph_has_no_finding(copy: Workspace) -> None:
    report = judge(open_case(copy))
    assert [str(finding) for finding in report.findings] == []
    assert len(report.rules) > 100


def _hold(copy: Workspace, mutants: list[Mutant]) -> None:
    """Each fault is found on its line, and nothing else but what it brings with it."""
    with _broken(copy, mutants) as broken:
        found = judge(open_case(broken, since_revision="HEAD")).findings
        expected = {(m["rule"], m.get("in", m["file"]), _line(broken, m)) for m in mutants}
    assert expected <= set(_places(found))
    others = {finding.rule for finding in found if _places((finding,))[0] not in expected}
    assert others == {rule for m in mutants for rule in m.get("several", ())}


GROUPS = {
    " ".join(list(MUTANTS)[start::10]): list(MUTANTS.values())[start::10] for start in range(10)
}
"""Every mutant once, some at a time, for a check of the whole graph takes its time."""


@pytest.mark.parametrize("mutants", GROUPS.values(), ids=list(GROUPS))
def test_each_fault_is_found_on_its_line_and_no_other(
    copy: Workspace, mutants: list[Mutant]
) -> None:
    try:
        _hold(copy, mutants)
    except AssertionError:  # some may stand in each other's way; alone, none is excused
        for mutant in mutants:
            _hold(copy, [mutant])


def test_since_finds_all_that_a_full_check_finds(copy: Workspace, thorough: bool) -> None:
    """By day the mutants above, found since HEAD, and the tests of scope stand for it."""
    if not thorough:
        pytest.skip("the whole graph is checked again for each group: --thorough")
    for mutants in GROUPS.values():
        with _broken(copy, mutants) as broken:
            changed = judge(open_case(broken, since_revision="HEAD")).findings
            assert changed == judge(open_case(broken)).findings
