"""The corpus that benchmarks measure is one that people could have written."""

import subprocess
import sys
from pathlib import Path

import pytest

from legation.checks.judging import judge, open_case
from legation.graph import workspace


def _made(checkout: Path, folder: Path, *words: str) -> Path:
    command = [sys.executable, "benchmarks/corpus.py", str(folder), *words]
    subprocess.run(command, cwd=checkout, check=True)
    return folder


def _bytes(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_a_corpus_without_faults_passes_its_check(checkout: Path, tmp_path: Path) -> None:
    made = _made(checkout, tmp_path / "corpus", "30", "--conflicts", "0.5")
    space = workspace.find(made)
    assert [str(finding) for finding in judge(open_case(space)).findings] == []
    record = workspace.read(space)
    assert len(record.claims) >= 900
    assert {article.language for article in record.articles} == {"en", "ru", "ko"}
    assert any(claim.conflicts_with for claim in record.claims)
    assert any(claim.according_to for claim in record.claims)
    assert len(record.contents) == 60


def test_a_corpus_is_the_same_bytes_again_and_another_for_another_seed(
    checkout: Path, tmp_path: Path
) -> None:
    first, again, other = (
        _bytes(_made(checkout, tmp_path / name, "12", "--seed", seed, "--faults", "0.5"))
        for name, seed in (("first", "7"), ("again", "7"), ("other", "8"))
    )
    assert first == again
    assert first.keys() == other.keys()
    assert first != other


@pytest.mark.parametrize(
    "rule",
    [
        "after-publication",
        "conflict-unacknowledged",
        "quote-not-verbatim",
        "sentence-uncovered",
        "shape-attendance",
        "two-holders",
        "unknown-thing",
    ],
)
def test_planted_faults_are_found(rule: str, faulty: frozenset[str]) -> None:
    assert rule in faulty


@pytest.fixture(scope="module")
def faulty(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """The rules that a corpus full of faults breaks."""
    folder = tmp_path_factory.mktemp("faulty") / "corpus"
    made = workspace.find(_made(checkout, folder, "60", "--faults", "1"))
    return frozenset(finding.rule for finding in judge(open_case(made)).findings)
