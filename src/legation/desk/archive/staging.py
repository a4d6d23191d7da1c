"""Several new files at once, or none.

Invariant: new files are written aside, listed in a manifest, and renamed into place one after
the other, the one that makes the others count last. If the process dies between two renames,
the manifest tells the next command what to take away again.
"""

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from legation.desk.archive.duplicate import sha256
from legation.errors import InputError, LegationError

_STAGE = ".adding"
_MANIFEST = "manifest.json"


def place(graph: Path, files: Mapping[str, bytes]) -> None:
    """Put new files into a workspace's graph.

    Args:
        graph: The ``graph/`` folder.
        files: Content by path below it, in the order of appearance; none exists yet.

    Raises:
        LegationError: A file exists or cannot be written; nothing has changed.
    """
    sweep(graph)
    taken = [name for name in files if (graph / name).exists()]
    if taken:
        raise InputError("is there already; choose another --slug", graph / taken[0])
    stage = graph / _STAGE
    made: list[Path] = []
    try:
        stage.mkdir()
        hashes = {name: sha256(data) for name, data in files.items()}
        manifest = json.dumps({"process": os.getpid(), "files": hashes})
        _write(stage / _MANIFEST, manifest.encode("utf-8"))
        for number, data in enumerate(files.values()):
            _write(stage / str(number), data)
        for number, name in enumerate(files):
            made += _folders(graph / name)
            os.rename(stage / str(number), graph / name)
            made.append(graph / name)
    except BaseException as error:
        _take_back(made)
        shutil.rmtree(stage, ignore_errors=True)
        if isinstance(error, OSError):
            message = (
                f"{error.filename or graph} cannot be written ({error.strerror}); nothing was added"
            )
            raise LegationError(message) from error
        raise
    shutil.rmtree(stage, ignore_errors=True)


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _folders(path: Path) -> list[Path]:
    """Make the folder a file belongs in; the folders that were missing, outermost first."""
    missing = [folder for folder in path.parents if not folder.exists()]
    path.parent.mkdir(parents=True, exist_ok=True)
    return missing[::-1]


def _take_back(made: list[Path]) -> None:
    for path in reversed(made):
        try:
            path.rmdir() if path.is_dir() else path.unlink()
        except OSError:
            continue  # what cannot be removed is still told by the error that brought us here


def sweep(graph: Path) -> bool:
    """Undo what a killed `place` left behind.

    Args:
        graph: The ``graph/`` folder.

    Returns:
        Whether there was anything to undo.

    Raises:
        LegationError: The remains cannot be removed.
    """
    stage = graph / _STAGE
    if not stage.is_dir():
        return False
    manifest = _manifest(stage)
    is_whole = all((graph / name).exists() for name in manifest)
    try:
        for name, digest in manifest.items():
            path = graph / name
            if not is_whole and path.is_file() and sha256(path.read_bytes()) == digest:
                path.unlink()
        shutil.rmtree(stage)
    except OSError as error:
        raise LegationError(
            f"{stage} is left from a killed 'add' and cannot be removed ({error.strerror})"
        ) from error
    return True


def _manifest(stage: Path) -> dict[str, str]:
    """The hashes of the files that were to be placed, by their paths."""
    try:
        content = json.loads((stage / _MANIFEST).read_bytes())
        process, files = int(content["process"]), dict(content["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return {}  # killed before the manifest was whole: nothing had been renamed
    if process != os.getpid() and _is_running(process):
        message = f"another 'add' (process {process}) is at work; wait for it, or remove the folder"
        raise LegationError(f"{stage}: {message}")
    return {str(name): str(digest) for name, digest in files.items() if ".." not in str(name)}


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
