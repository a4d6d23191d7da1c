"""A check may be asked about what changed: it says no less of it, and nothing of the rest."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from legation.checks import scope
from legation.checks.judging import judge, open_case
from legation.errors import UsageError
from legation.graph import workspace
from legation.graph.workspace import Workspace

from .conftest import AGENCY, GAZETTE, OBSERVER, Edit

Git = Callable[..., None]


def _files(world: Workspace) -> set[str]:
    return {f.file for f in judge(open_case(world, since_revision="HEAD")).findings}


def test_nothing_changed_is_nothing_found(world: Workspace, edit: Edit, git: Git) -> None:
    edit(AGENCY, "a leg:Summit", "a leg:Sumit")
    git("commit", "-qam", "Break it")
    assert _files(world) == set()


def test_faults_of_other_articles_are_left_out(world: Workspace, edit: Edit, git: Git) -> None:
    edit(OBSERVER, "leg:status leg:complete", "leg:status leg:done")
    git("commit", "-qam", "Break it")
    edit(GAZETTE, "leg:status leg:complete", "leg:status leg:done")
    assert _files(world) == {GAZETTE}


def test_a_new_file_counts_as_changed(world: Workspace, edit: Edit, git: Git) -> None:
    edit("graph/articles/new.trig", new="# nothing\n")
    assert _files(world) == {"graph/articles/new.trig"}


def test_a_changed_text_brings_its_article(world: Workspace, edit: Edit, git: Git) -> None:
    edit("graph/sources/halm-gazette-2031-05-07.txt", new="One more line.\n")
    assert _files(world) == {GAZETTE}


def test_what_leans_on_a_removed_entry_is_looked_at(world: Workspace, git: Git) -> None:
    path = world.registry / "persons.ttl"
    text = path.read_text("utf-8")
    start = text.index("person:ilse-varn a")
    path.write_text(text[:start] + text[text.index("\n\n", start) + 2 :], "utf-8")
    full = judge(open_case(world))
    assert full.at_least("error")
    assert judge(open_case(world, since_revision="HEAD")).findings == full.findings


def test_what_leans_on_a_removed_article_is_looked_at(world: Workspace, git: Git) -> None:
    (world.root / OBSERVER).unlink()
    (world.sources / "strait-observer-2031-05-05.txt").unlink()
    full = judge(open_case(world))
    assert full.at_least("error")
    report = judge(open_case(world, since_revision="HEAD"))
    assert report.at_least("warning") == full.at_least("warning")


def test_a_changed_law_is_held_against_everything(world: Workspace, edit: Edit, git: Git) -> None:
    edit("queries/checks/own.rq", new="#+ summary: Own.\nSELECT ?focus ?problem { }\n")
    record = workspace.read(world)
    assert scope.since(world, record, "HEAD") is None


def test_a_since_check_is_the_full_one_restricted(world: Workspace, edit: Edit, git: Git) -> None:
    edit(OBSERVER, "leg:status leg:complete", "leg:status leg:done")
    edit(AGENCY, "a leg:Summit", "a leg:Sumit")
    git("commit", "-qam", "Break it")
    edit(GAZETTE, "leg:status leg:complete", "leg:status leg:done")
    found = scope.since(world, workspace.read(world), "HEAD")
    assert found is not None
    full = judge(open_case(world)).findings
    held = [f for f in full if found.holds(world.root / f.file, f.things)]
    assert list(judge(open_case(world, since_revision="HEAD")).findings) == held
    assert 0 < len(held) < len(full)


def test_files_are_checked_with_what_they_mention(world: Workspace, edit: Edit) -> None:
    edit(OBSERVER, "leg:status leg:complete", "leg:status leg:done")
    edit(GAZETTE, "leg:status leg:complete", "leg:status leg:done")
    one = judge(open_case(world, paths=[world.root / GAZETTE]))
    assert {f.file for f in one.findings} == {GAZETTE}
    folder = judge(open_case(world, paths=[world.articles]))
    assert {f.file for f in folder.findings} == {GAZETTE, OBSERVER}
    text = judge(open_case(world, paths=[world.sources / "halm-gazette-2031-05-07.txt"]))
    assert text.findings == one.findings
    with pytest.raises(UsageError, match="no part of the graph"):
        judge(open_case(world, paths=[world.root / "README.md"]))


@pytest.mark.parametrize("iri", ["javascript:x", "geo:x", "dcterms:x"])
def test_an_article_with_an_odd_iri_is_a_finding(world: Workspace, edit: Edit, iri: str) -> None:
    edit(GAZETTE, "article:halm-gazette-2031-05-07 a leg:Article", f"<{iri}> a leg:Article")
    found = judge(open_case(world, paths=[world.root / GAZETTE])).findings
    assert {"article-missing", "thing-of-another-base"} <= {f.rule for f in found}


def test_a_folder_outside_git_says_so(world: Workspace) -> None:
    with pytest.raises(UsageError, match="not in a git work tree"):
        judge(open_case(world, since_revision="HEAD"))


def test_an_unknown_revision_says_so(world: Workspace, git: Git) -> None:
    with pytest.raises(UsageError, match="git knows no revision 'v9'"):
        judge(open_case(world, since_revision="v9"))
    with pytest.raises(UsageError, match="git knows no revision '--output=x'"):
        judge(open_case(world, since_revision="--output=x"))


def test_a_shallow_clone_says_how_to_deepen_it(world: Workspace, git: Git, tmp_path: Path) -> None:
    git("commit", "-q", "--allow-empty", "-m", "Go on")
    first = subprocess.run(
        ["git", "rev-parse", "HEAD~1"], cwd=world.root, check=True, capture_output=True, text=True
    ).stdout.strip()
    url = world.root.as_uri()
    clone = ["git", "clone", "-q", "--depth", "1", url, str(tmp_path / "shallow")]
    subprocess.run(clone, check=True, capture_output=True)
    with pytest.raises(UsageError, match=r"shallow clone.*fetch-depth: 0"):
        judge(open_case(workspace.find(tmp_path / "shallow"), since_revision=first))
