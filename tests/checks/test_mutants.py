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
    """The copy with some faults in it, mended afterwards."""
    before: dict[Path, str] = {}
    for edit, mutant in ((e, m) for m in request.param for e in (m, m.get("too")) if e):
        path = copy.root / mutant["file"]
        text = path.read_text("utf-8")
        before.setdefault(path, text)
        assert text.count(edit["old"]) == 1, "the words to replace must stand there once"
        path.write_text(text.replace(edit["old"], edit["new"]), "utf-8")
    yield copy
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
    report = checks.check(copy)
    assert [str(finding) for finding in report.findings] == []
    assert len(report.rules) > 100
    assert all(look.nodes for look in report.looks)


def _groups(size: int) -> dict[str, list[Mutant]]:
    """Every mutant once, some at a time: a check of the whole graph takes its time.

    Neighbours of the file, which break the same claims, come into different groups; one that gets
    in the way of the others of its group says ``alone = true``.
    """
    social = [name for name, mutant in MUTANTS.items() if not mutant.get("alone")]
    count = -(-len(social) // size)
    groups = [social[start::count] for start in range(count)]
    groups += [[name] for name in MUTANTS if name not in social]
    return {" ".join(names): [MUTANTS[name] for name in names] for names in groups}


GROUPS = _groups(4)


@pytest.mark.parametrize(
    ("broken", "mutants"), [(g, g) for g in GROUPS.values()], ids=list(GROUPS), indirect=["broken"]
)
def test_each_fault_is_found_on_its_line_and_no_other(
    broken: Workspace, mutants: list[Mutant]
) -> None:
    found = checks.check(broken, since_revision="HEAD").findings
    expected = {(m["rule"], m.get("in", m["file"]), _line(broken, m)) for m in mutants}
    assert expected <= set(_places(found))
    others = {
        finding.rule
        for finding, place in zip(found, _places(found), strict=True)
        if place not in expected
    }
    assert others == {rule for m in mutants for rule in m.get("several", ())}


SAMPLE = dict(list(GROUPS.items())[::6])


@pytest.mark.parametrize("broken", SAMPLE.values(), ids=list(SAMPLE), indirect=True)
def test_since_finds_all_that_a_full_check_finds(broken: Workspace) -> None:
    assert checks.check(broken, since_revision="HEAD").findings == checks.check(broken).findings
