"""A build replaces the whole folder or leaves it as it was, whenever it is killed."""

import hashlib
import shutil
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from legation.graph import exports
from legation.graph import workspace
from legation.graph.dataset import build
from legation.errors import InputError
from legation.graph.workspace import Workspace

KILLED = textwrap.dedent(
    """
    import os, shutil, signal, sys

    name, left = sys.argv[2], int(sys.argv[3])
    module = {"fsync": os, "rename": os, "rmtree": shutil}[name]
    call = getattr(module, name)

    def dying(*words, **more):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*words, **more)

    setattr(module, name, dying)
    if name == "rename":  # as on a system that cannot exchange two folders
        import ctypes
        ctypes.CDLL = lambda *_, **__: None
    sys.argv = ["legation", "build", sys.argv[1], "--no-check", "--out", sys.argv[1] + "/dist"]
    from legation.cli import main
    main()
    """
)


@pytest.fixture
def world(checkout: Path, tmp_path: Path) -> Workspace:
    shutil.copytree(checkout / "tests" / "world", tmp_path / "world")
    return workspace.find(tmp_path / "world")


def publish(world: Workspace, out: Path | None = None) -> dict[str, int]:
    dataset = build(workspace.read(world), world.rules)
    return exports.write_all(dataset, out or world.root / "dist", prefixes=world.prefixes)


def is_complete(out: Path) -> bool:
    """Whether a folder holds exactly what its manifest lists."""
    lines = (out / exports.MANIFEST).read_text("utf-8").splitlines()
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in out.iterdir()
        if path.name != exports.MANIFEST
    }
    return found == sums


@pytest.mark.parametrize(
    ("call", "number"),
    [("fsync", 0), ("fsync", 2), ("fsync", 4), ("fsync", 5), ("fsync", 6), ("rmtree", 0)],
)
def test_killed_at_any_moment_what_is_published_is_complete(
    world: Workspace, call: str, number: int
) -> None:
    publish(world)
    done = _killed(world, call, number)
    assert done.returncode == -signal.SIGKILL
    assert is_complete(world.root / "dist")
    publish(world)
    assert sorted(path.name for path in world.root.iterdir()) == ["dist", "graph"]


@pytest.mark.parametrize("number", [0, 1])
def test_where_folders_cannot_be_exchanged_the_next_build_puts_things_right(
    world: Workspace, number: int
) -> None:
    publish(world)
    assert _killed(world, "rename", number).returncode == -signal.SIGKILL
    publish(world)
    assert is_complete(world.root / "dist")
    assert sorted(path.name for path in world.root.iterdir()) == ["dist", "graph"]


def _killed(world: Workspace, call: str, number: int) -> subprocess.CompletedProcess[bytes]:
    words = [sys.executable, "-c", KILLED, str(world.root), call, str(number)]
    return subprocess.run(words, check=False, capture_output=True)


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
    running = [subprocess.Popen(words, stdout=subprocess.DEVNULL) for _ in range(3)]
    assert [process.wait() for process in running] == [0, 0, 0]
    assert is_complete(world.root / "dist")
    assert sorted(path.name for path in world.root.iterdir()) == ["dist", "graph"]
