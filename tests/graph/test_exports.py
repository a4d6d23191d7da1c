"""A build replaces the whole folder or leaves it as it was, whenever it is killed."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from legation.errors import InputError
from legation.graph import exports, workspace
from legation.graph.dataset import build
from legation.graph.workspace import Workspace

ARTICLE = "narrows-post-2031-05-14.trig"


@pytest.fixture
def world(world: Path) -> Workspace:
    """The tiny world with one of its articles, which is built sooner."""
    for path in (world / "graph/articles").iterdir():
        if path.name != ARTICLE:
            path.unlink()
    return workspace.find(world)


def publish(world: Workspace, out: Path | None = None) -> dict[str, int]:
    dataset = build(workspace.read(world), world.rules)
    edition = exports.edition_of(dataset, world)
    return exports.write_all(edition, out or world.root / "dist")


def is_complete(out: Path) -> bool:
    """Whether a folder holds exactly what its manifest lists."""
    lines = (out / exports.MANIFEST).read_text("utf-8").splitlines()
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    found = {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in out.rglob("*")
        if path.is_file() and path.name != exports.MANIFEST
    }
    return found == sums


def test_killed_between_the_two_renamings_the_old_folder_comes_back(
    world: Workspace, command
) -> None:
    publish(world)
    old = (world.root / "dist" / exports.MANIFEST).read_bytes()
    (world.root / "dist").rename(world.root / ".dist.legation-old")
    (world.root / ".dist.legation-new").mkdir()
    (world.root / "graph/registry/x.ttl").write_text("nonsense")
    assert command(world.root, "build").code == 2
    assert (world.root / "dist" / exports.MANIFEST).read_bytes() == old
    assert is_complete(world.root / "dist")
    (world.root / "graph/registry/x.ttl").unlink()
    publish(world)
    assert sorted(path.name for path in world.root.iterdir()) == ["dist", "graph", "legation.toml"]


def test_a_comparison_brings_the_old_folder_back_too(world: Workspace, command) -> None:
    publish(world)
    (world.root / "dist").rename(world.root / ".dist.legation-old")
    assert command(world.root, "diff", "dist", ".").code == 0
    assert is_complete(world.root / "dist")


@pytest.mark.parametrize("name", [".dist.legation-new", ".dist.legation-old"])
def test_what_stands_in_the_way_and_is_no_builds_is_left_alone(world: Workspace, name: str) -> None:
    publish(world)
    (world.root / name).mkdir()
    (world.root / name / "thesis.txt").write_text("mine")
    with pytest.raises(InputError, match="holds files that no build wrote"):
        publish(world)
    assert (world.root / name / "thesis.txt").read_text() == "mine"
    assert is_complete(world.root / "dist")


def test_a_link_in_the_way_is_not_followed(world: Workspace, tmp_path: Path) -> None:
    (tmp_path / "dear").mkdir()
    (world.root / ".dist.legation-new").symlink_to(tmp_path / "dear")
    publish(world)
    assert is_complete(world.root / "dist")
    assert list((tmp_path / "dear").iterdir()) == []


def test_a_folder_that_somebody_works_in_is_left_alone(world: Workspace) -> None:
    publish(world)
    (world.root / "dist" / "my-notes.txt").write_text("mine")
    with pytest.raises(InputError, match=r"files that no build wrote \(my-notes\.txt\)"):
        publish(world)
    assert (world.root / "dist" / "my-notes.txt").read_text() == "mine"


def test_a_link_to_a_folder_stays_a_link(world: Workspace, tmp_path: Path) -> None:
    (tmp_path / "public").mkdir()
    (world.root / "dist").symlink_to(tmp_path / "public")
    for _ in range(2):
        publish(world)
        assert (world.root / "dist").is_symlink()
        assert is_complete(tmp_path / "public")


def test_a_link_to_itself_is_one_sentence(world: Workspace) -> None:
    (world.root / "dist").symlink_to("dist")
    with pytest.raises(InputError, match="cannot be written"):
        publish(world)


def test_builds_at_the_same_time_leave_one_complete_folder(world: Workspace) -> None:
    words = [sys.executable, "-c", "from legation.cli import main; main()", "build", "--no-check"]
    words += ["--out", str(world.root / "dist"), str(world.root)]
    running = [subprocess.Popen(words, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [process.wait() for process in running] == [0, 0]
    assert is_complete(world.root / "dist")
    assert sorted(path.name for path in world.root.iterdir()) == ["dist", "graph", "legation.toml"]
