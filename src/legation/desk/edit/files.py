"""Several files rewritten at once, or none.

Invariant: new and old contents are written aside and listed before the first file is replaced.
When anything fails the old contents go back at once; when the process is killed between two
files, the next edit puts them back before it begins.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from legation.errors import InputError, LegationError

_STAGE = ".editing"
_MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Change:
    """A file to be rewritten.

    Attributes:
        path: The file.
        before: Its bytes as they were read; None when it does not exist yet.
        after: The bytes it shall have.
    """

    path: Path
    before: bytes | None
    after: bytes


def contents(path: Path) -> bytes:
    """Read a file whole.

    Args:
        path: The file.

    Returns:
        Its bytes.

    Raises:
        InputError: It is missing or cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror or error})", path) from error


def rewrite(changes: Iterable[Change], folder: Path) -> tuple[Path, ...]:
    """Give files their new contents, all of them or none.

    Args:
        changes: What to write; a change that changes nothing is passed over.
        folder: A folder on the same disk in which to prepare.

    Returns:
        The files that were rewritten.

    Raises:
        LegationError: A file cannot be written, or was changed by somebody else meanwhile;
            everything is as it was.
    """
    wanted = [change for change in changes if change.before != change.after]
    if not wanted:
        return ()
    done: list[Change] = []
    stage = folder / _STAGE
    recover(folder)
    try:
        _prepare(stage, wanted)
        for number, change in enumerate(wanted):
            _refuse_changed(change)
            done.append(change)
            os.replace(stage / f"{number}.new", change.path.resolve())
    except BaseException as error:
        _put_back(stage, wanted[: len(done)])
        shutil.rmtree(stage, ignore_errors=True)
        if isinstance(error, OSError):
            place = error.filename or folder
            raise LegationError(
                f"{place} cannot be written ({error.strerror}); nothing was changed"
            ) from error
        raise
    shutil.rmtree(stage, ignore_errors=True)
    return tuple(change.path for change in wanted)


def recover(folder: Path) -> None:
    """Undo what an edit that was killed half way had begun.

    Args:
        folder: The folder in which it had prepared.

    Raises:
        LegationError: Another edit is at work there.
    """
    stage = folder / _STAGE
    if not stage.is_dir():
        return
    try:
        manifest = json.loads((stage / _MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        manifest = {"process": 0, "files": []}  # it died before it replaced anything
    if _is_alive(manifest["process"]):
        raise LegationError(f"{stage}: another edit is at work here; wait for it, then try again")
    for number, (name, old, new) in enumerate(manifest["files"]):
        path = Path(name)
        if not path.exists() or _sha256(path.read_bytes()) != new:
            continue
        if old is None:
            path.unlink()
        else:
            os.replace(stage / f"{number}.old", path)
    shutil.rmtree(stage, ignore_errors=True)


def _prepare(stage: Path, changes: Sequence[Change]) -> None:
    """Write old and new contents aside, then the list that makes them count."""
    stage.mkdir()
    rows = []
    for number, change in enumerate(changes):
        target = change.path.resolve()
        _write(stage / f"{number}.new", change.after, like=target)
        if change.before is not None:
            _write(stage / f"{number}.old", change.before, like=target)
        old = None if change.before is None else _sha256(change.before)
        rows.append([str(target), old, _sha256(change.after)])
    manifest = json.dumps({"process": os.getpid(), "files": rows})
    _write(stage / f"{_MANIFEST}.part", manifest.encode("utf-8"))
    os.replace(stage / f"{_MANIFEST}.part", stage / _MANIFEST)


def _write(path: Path, data: bytes, like: Path | None = None) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if like is not None and like.exists():
        shutil.copymode(like, path)


def _refuse_changed(change: Change) -> None:
    now = change.path.read_bytes() if change.path.exists() else None
    if now != change.before:
        raise InputError(
            "was changed by somebody else meanwhile; run the command again", change.path
        )
    if now is not None and not os.access(change.path, os.W_OK):
        raise InputError("is read-only; nothing was changed", change.path)


def _put_back(stage: Path, begun: Sequence[Change]) -> None:
    for number, change in enumerate(begun):
        target = change.path.resolve()
        if (stage / f"{number}.new").exists():
            continue  # this one was never replaced
        if change.before is None:
            target.unlink(missing_ok=True)
        else:
            os.replace(stage / f"{number}.old", target)


def _is_alive(process: int) -> bool:
    if process <= 0 or process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
