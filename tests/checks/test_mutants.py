"""Break the reference graph in many ways: each fault is found, on its line, and no other is."""

import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from legation.checks import judging as checks
from legation.checks.finding import Finding
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


@pytest.fixture
def broken(copy: Workspace, request: pytest.FixtureRequest) -> Iterator[Workspace]:
    """The copy with one fault in it, mended afterwards."""
    mutant: Mutant = request.param
    path = copy.root / mutant["file"]
    before = text = path.read_text("utf-8")
    for edit in (mutant, *([mutant["too"]] if "too" in mutant else [])):
        assert text.count(edit["old"]) == 1, "the words to replace must stand there once"
        text = text.replace(edit["old"], edit["new"])
    path.write_text(text, "utf-8")
    yield copy
    path.write_text(before, "utf-8")


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
    report = checks.check(copy)
    assert [str(finding) for finding in report.findings] == []
    assert len(report.rules) > 100
    assert all(look.nodes for look in report.looks)


@pytest.mark.parametrize(
    ("broken", "mutant"), [(m, m) for m in MUTANTS.values()], ids=list(MUTANTS), indirect=["broken"]
)
def test_each_fault_is_found_on_its_line_and_no_other(broken: Workspace, mutant: Mutant) -> None:
    report = checks.check(broken, since_revision="HEAD")
    expected = (mutant["rule"], mutant.get("in", mutant["file"]), _line(broken, mutant))
    assert expected in _places(report.findings)
    others = {f.rule for f in report.findings if _places((f,)) != [expected]}
    assert others == set(mutant.get("several", ()))


SAMPLE = list(MUTANTS.values())[::9]


@pytest.mark.parametrize(
    ("broken", "mutant"), [(m, m) for m in SAMPLE], ids=list(MUTANTS)[::9], indirect=["broken"]
)
def test_since_finds_all_that_a_full_check_finds(broken: Workspace, mutant: Mutant) -> None:
    assert checks.check(broken, since_revision="HEAD").findings == checks.check(broken).findings
