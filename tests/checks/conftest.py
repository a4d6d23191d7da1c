"""A copy of the test world that a test may break."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from legation.graph import workspace
from legation.graph.workspace import Workspace

GAZETTE = "graph/articles/halm-gazette-2031-05-07.trig"
AGENCY = "graph/articles/merovian-news-agency-2031-05-06.trig"
OBSERVER = "graph/articles/strait-observer-2031-05-05.trig"

Edit = Callable[..., None]


@pytest.fixture
def world(world: Path) -> Workspace:
    """The copy of the tiny world, found."""
    return workspace.find(world)


@pytest.fixture
def hamlet(world: Workspace, thorough: bool) -> Workspace:
    """The world, but for a night with two of its articles: pySHACL takes its time."""
    for path in world.articles.glob("*.trig"):
        if not thorough and path.name not in (Path(GAZETTE).name, Path(OBSERVER).name):
            path.unlink()
    return world


@pytest.fixture
def edit(world: Workspace) -> Edit:
    """Replace words that stand once in a file of the world, or add a file's end."""

    def edited(file: str, old: str = "", new: str = "") -> None:
        path = world.root / file
        text = path.read_text("utf-8") if path.exists() else ""
        assert not old or text.count(old) == 1
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace(old, new) if old else text + new, "utf-8")

    return edited


@pytest.fixture
def git(world: Workspace) -> Callable[..., None]:
    """Run git in the world; the first commit is made."""

    def run(*words: str) -> None:
        identity = ["-c", "user.name=t", "-c", "user.email=t@t"]
        subprocess.run(["git", *identity, *words], cwd=world.root, check=True, capture_output=True)

    run("init", "-q")
    run("add", ".")
    run("commit", "-q", "-m", "Begin")
    return run
