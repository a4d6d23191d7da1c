"""Commands that die, or live without a network, in a world where each has something to do."""

import json
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

COMMANDS = tomllib.loads(Path(__file__).with_name("commands.toml").read_text("utf-8"))
NEVER = 1_000_000

Run = Callable[..., tuple[int, int, int]]


@pytest.fixture(scope="session")
def run(checkout: Path) -> Iterator[Run]:
    """Run a line in a folder, killed before its n-th change: exit code, changes, answer."""
    words = [sys.executable, "-B", "-m", "tests.files.dying"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(words, cwd=checkout, text=True, bufsize=1, **pipes) as process:

        def ran(folder: Path, line: str, number: object = NEVER) -> tuple[int, int, int]:
            assert process.stdin is not None
            assert process.stdout is not None
            command: list[object] = [*shlex.split(line)]
            if line in COMMANDS["at_the_desk"]:
                pytest.importorskip("starlette", reason="the desk needs legation[serve]")
                command.append(COMMANDS["at_the_desk"][line])
            process.stdin.write(json.dumps([str(folder), number, command]) + "\n")
            code, steps, status = json.loads(process.stdout.readline())
            return code, steps, status

        yield ran
        assert process.stdin is not None
        process.stdin.close()


@pytest.fixture(scope="session")
def busy_world(checkout: Path, tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    """A world in which every command has something to write, with two of its articles."""
    base = tmp_path_factory.mktemp("killed")
    world = base / "world"
    shutil.copytree(checkout / "tests/world", world)
    kept = COMMANDS["writing"]["pin"].split()
    for path in (world / "graph/articles").iterdir():
        if path.stem not in kept:
            path.unlink()
    for name, text in COMMANDS["beside"].items():
        (base / name).write_text(text, "utf-8")
    shutil.copy(checkout / "tests/desk/archive/pages/visit.html", base / "page.html")
    for slug in ("drafted", "seeded"):
        assert run(world, f"add ../{slug}.txt --slug {slug} --language en")[0] == 0
    assert run(world, "draft drafted")[0] == 0
    _propose(world / "graph/articles/drafted.trig")
    assert run(world, "build --no-check -o built")[0] == 0
    for path in sorted((world / "graph").rglob("*.t*")):
        if path.suffix in (".ttl", ".trig"):
            text = path.read_text("utf-8").replace(" ;\n    ", " ;\n  ")
            bare = re.sub(r"\n *leg:textSha256 .* ;(?=\n)", "", text)
            path.write_text(bare if path.stem in kept else text, "utf-8")
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


def tree(folder: Path) -> dict[str, bytes]:
    """Every file by its path, but for what is hidden and waits to be tidied up."""
    files = (p.relative_to(folder) for p in folder.rglob("*") if p.is_file())
    shown = (p for p in files if not any(".legation-" in part for part in p.parts))
    return {str(path): (folder / path).read_bytes() for path in shown}


def fresh(world: Path, place: Path) -> Path:
    """A copy of the busy world, and of what lies beside it."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(world.parent, place)
    return place / world.name
