"""What a kept graph was made from: every file, by its size, its time and its SHA-256.

Invariant: a file counts as unchanged only where size and time say so and the time is older than the
look at it, or where its bytes have the same hash. The program's own files that read and derive are
among them, so that no graph outlives the code that made it.
"""

import hashlib
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph

from legation.files.document import contents, settled
from legation.graph.workspace import Workspace

_ROOMS = ("files", "graph", "rdf", "store", "text")
TICK = 2_000_000_000  # nanoseconds: the coarsest clock of a file system that people use

State = tuple[int, int]
"""The size of a file and the time of its last change, in nanoseconds."""


@dataclass(frozen=True, slots=True)
class Look:
    """The files as they were at one time, and the version of the engine."""

    files: Mapping[str, State]
    taken: int
    engine: str


def look(space: Workspace) -> Look:
    """The files that the graph of a workspace depends on, as they are now."""
    taken = time.time_ns()
    return Look(dict(_files(space)), taken, pyoxigraph.__version__)


def _files(space: Workspace) -> Iterator[tuple[str, State]]:
    for folder, end in (
        (space.registry, ".ttl"),
        (space.articles, ".trig"),
        (space.sources, ".txt"),
    ):
        yield from _below(folder, end, space.root)
    for path in (*space.ontology_files, *space.rule_files):
        state = path.stat()
        yield _name(path, space.root), (state.st_size, state.st_mtime_ns)
    package = Path(__file__).parents[1]
    for room in _ROOMS:
        for folder in (package / room, *(p for p in (package / room).iterdir() if p.is_dir())):
            yield from _below(folder, ".py", package)


def _below(folder: Path, end: str, root: Path) -> Iterator[tuple[str, State]]:
    """The files of a folder; InputError where one is a link that leads out of the workspace."""
    if not folder.is_dir():
        return
    start = f"{folder.relative_to(root).as_posix()}/"
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(end):
                if entry.is_symlink():
                    settled(Path(entry.path), root)
                state = entry.stat()
                yield start + entry.name, (state.st_size, state.st_mtime_ns)


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def hashes(names: Iterable[str], root: Path) -> dict[str, str]:
    """The SHA-256 of files by the names that a look gave them."""
    package = Path(__file__).parents[1]
    places = ((name, root / name) for name in names)
    return {
        name: hashlib.sha256(contents(path if path.exists() else package / name)).hexdigest()
        for name, path in places
    }


def changed(now: Look, then: Look, known: Mapping[str, str], root: Path) -> list[str]:
    """The files that are not as they were at an earlier look, when they had the known hashes."""
    differ = [n for n in now.files.keys() | then.files.keys() if _differs(n, now, then)]
    sizes = [n for n in differ if n in now.files and n in then.files and _is_as_long(n, now, then)]
    same = {n for n, found in hashes(sizes, root).items() if found == known.get(n)}
    return sorted(n for n in differ if n not in same)


def _differs(name: str, now: Look, then: Look) -> bool:
    """Whether a file may have changed: also one so young that it could change within a tick."""
    state = now.files.get(name)
    return state is None or state != then.files.get(name) or state[1] > then.taken - TICK


def _is_as_long(name: str, now: Look, then: Look) -> bool:
    return now.files[name][0] == then.files[name][0]
