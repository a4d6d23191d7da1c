"""Killed at any of its changes of the disk, a command leaves old or new, and the next one works."""

import json
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ARTICLE = "halm-gazette-2031-05-07"
DAY = ("--date", "2031-06-01")
NEVER = 1_000_000
TEXT = "Talks open\n\nThe envoys of Merovia met in Halm on Tuesday. Ada Lund opened the talks.\n"

WRITING = {
    "pin": ("pin", "halm-gazette-2031-05-07", "merovian-news-agency-2031-05-06"),
    "format": ("format",),
    "rename": ("rename", "person:ada-lund", "person:ada-lundx", *DAY),
    "merge": ("merge", "person:mara-quill", "person:karl-bron", *DAY),
    "split": (
        *("split", "person:karl-bron", "person:x", "--label", "X"),
        *("--claims", f"claim:{ARTICLE}-01", *DAY),
    ),
    "add": ("add", "../new.txt", "--slug", "new", "--language", "en"),
    "add a page": ("add", "../page.html", "--slug", "page", "--language", "en"),
    "draft": ("draft", "seeded"),
    "accept": ("draft", "drafted", "--accept", "1"),
}
PUBLISHING = {
    "build": ("build", "--no-check", "-o", "dist"),
    "build anew": ("build", "--no-check", "-o", "built"),
    "new": ("new", "own", "--base", "https://own.example/"),
    "network": ("network", "meetings", "-o", "net.graphml"),
}

Run = Callable[..., tuple[int, int]]


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    """Run a command in a folder, killed before its n-th change: exit code and changes begun."""
    words = [sys.executable, "-B", str(Path(__file__).with_name("dying.py"))]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as process:

        def ran(folder: Path, *command: str, number: int = NEVER) -> tuple[int, int]:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps([str(folder), number, command]) + "\n")
            code, steps = json.loads(process.stdout.readline())
            return code, steps

        yield ran
        assert process.stdin is not None
        process.stdin.close()


@pytest.fixture(scope="module")
def world(checkout: Path, tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    """A world in which every command has something to write, with two of its articles."""
    base = tmp_path_factory.mktemp("killed")
    world = base / "world"
    shutil.copytree(checkout / "tests/world", world)
    for path in (world / "graph/articles").iterdir():
        if path.stem not in WRITING["pin"]:
            path.unlink()
    (base / "new.txt").write_text(TEXT)
    (base / "page.html").write_bytes(
        (checkout / "tests/desk/archive/pages/visit.html").read_bytes()
    )
    (base / "drafted.txt").write_text(TEXT.replace("Tuesday", "Friday, and parted in peace"))
    (base / "seeded.txt").write_text("Merovia spoke on Monday. Karl Bron left Halm.\n")
    for slug in ("drafted", "seeded"):
        assert run(world, "add", f"../{slug}.txt", "--slug", slug, "--language", "en")[0] == 0
    assert run(world, "draft", "drafted")[0] == 0
    _propose(world / "graph/articles/drafted.trig")
    assert run(world, "build", "--no-check", "-o", "built")[0] == 0
    for path in sorted((world / "graph").rglob("*.t*")):
        if path.suffix in (".ttl", ".trig"):
            text = path.read_text("utf-8").replace(" ;\n    ", " ;\n  ")
            bare = re.sub(r"\n *leg:textSha256 .* ;(?=\n)", "", text)
            path.write_text(bare if path.stem in WRITING["pin"] else text, "utf-8")
    persons = world / "graph/registry/persons.ttl"
    persons.write_text(persons.read_text("utf-8") + "\n# what was built is older than this\n")
    return world


def _propose(path: Path) -> None:
    """Turn the empty claim of the first sentence into a proposal."""
    head, block, rest = re.split(r"(?m)(?=^## --- [12])", path.read_text("utf-8"))
    block = re.sub(r"(?m)^## (?=claim|  )", "#", block)
    block = re.sub(r"(?m)^#(?=claim)", "##   proposal 1a\n#", block, count=1)
    block = block.replace("{\n## }", '{ person:ada-lund leg:nameAsWritten "Talks" }')
    path.write_text(head + block + rest, "utf-8")


def _tree(folder: Path) -> dict[str, bytes]:
    """Every file by its path, but for what is hidden and waits to be tidied up."""
    files = (p.relative_to(folder) for p in folder.rglob("*") if p.is_file())
    shown = (p for p in files if not any(".legation-" in part for part in p.parts))
    return {str(path): (folder / path).read_bytes() for path in shown}


def _left(folder: Path) -> list[str]:
    return [p.name for p in folder.rglob(".*legation-*")]


def _fresh(world: Path, place: Path) -> Path:
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(world.parent, place)
    return place / world.name


def _numbers(steps: int, *, all_of_them: bool) -> list[int]:
    if all_of_them:
        return list(range(steps))
    return [steps // 3, steps - 2]


@pytest.mark.parametrize("command", WRITING)
def test_a_killed_edit_is_old_or_new_for_the_next_reader(
    world: Path, run: Run, tmp_path: Path, thorough: bool, command: str
) -> None:
    words = WRITING[command]
    here = _fresh(world, tmp_path / "whole")
    old = _tree(here)
    code, steps = run(here, *words)
    new = _tree(here)
    assert (code in (0, 1), old != new, _left(here)) == (True, True, [])
    seen = set()
    for number in _numbers(steps, all_of_them=thorough):
        here = _fresh(world, tmp_path / "killed")
        assert run(here, *words, number=number)[0] == -signal.SIGKILL
        assert run(here, "coverage")[0] == 0
        state = _tree(here)
        assert state in (old, new), (number, [n for n in state if state[n] != old.get(n)])
        seen.add(state == new)
        if thorough or state == new:
            assert run(here, "rename", "person:jon-marek", "person:jon-marekx")[0] == 0
            assert _left(here) == []
    assert seen == {False, True}


@pytest.mark.parametrize("command", PUBLISHING)
def test_killed_while_it_publishes_the_next_try_does_it(
    world: Path, run: Run, tmp_path: Path, thorough: bool, command: str
) -> None:
    words = PUBLISHING[command]
    here = _fresh(world, tmp_path / "whole")
    old = _tree(here)
    code, steps = run(here, *words)
    new = _tree(here)
    assert (code in (0, 1), old != new, _left(here)) == (True, True, [])
    gone = 0
    for number in _numbers(steps, all_of_them=thorough):
        here = _fresh(world, tmp_path / "killed")
        assert run(here, *words, number=number)[0] == -signal.SIGKILL
        state = _tree(here)
        gone += not any(name.startswith("built/") for name in state)
        assert state in (old, new) or (command == "build anew" and not (here / "built").exists())
        done, _ = run(here, *words)
        assert done in ((0, 1, 2) if command == "new" and state == new else (0, 1))
        assert (_tree(here), _left(here)) == (new, [])
    assert gone <= (command == "build anew")
