"""Folders made aside, whole before anybody sees them, tidied away when nobody reads them.

Invariant: a folder has its lasting name only once all of it is on the disk; one that somebody holds
a lock on, or that was not made here, is never removed.
"""

import os
import secrets
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from legation.files.document import flush_folder, keep
from legation.files.lock import locked

_NEW, _WHOLE, _DAMAGED = "new-", "store-", "damaged-"
_LASTING = ".sst"  # the engine writes such a table once and then only reads or removes it


@contextmanager
def shelf(place: Path) -> Iterator[None]:
    """Be the only one who puts folders into a place that git ignores; OSError where one is not."""
    place.mkdir(exist_ok=True)
    with locked(place, waiting=False):
        if not (place / ".gitignore").exists():
            keep(b"*\n", place / ".gitignore")
        yield


def aside(place: Path) -> Path:
    """A new folder that does not count yet."""
    fresh = place / f"{_NEW}{secrets.token_hex(6)}"
    fresh.mkdir()
    return fresh


def put_up(fresh: Path) -> Path:
    """Give a folder its lasting name, once all that is in it is on the disk."""
    for path in (*fresh.rglob("*"), fresh):
        if path.is_dir():
            flush_folder(path)
        else:
            with path.open("rb+") as file:
                os.fsync(file.fileno())
    folder = fresh.rename(fresh.with_name(fresh.name.replace(_NEW, _WHOLE)))
    flush_folder(folder.parent)
    return folder


def copied(old: Path, new: Path) -> None:
    """Copy a file or folder that was put up; what is never written again may be shared with it."""
    if old.is_dir():
        new.mkdir()
        for path in old.iterdir():
            copied(path, new / path.name)
        return
    if old.suffix == _LASTING:
        with suppress(OSError):  # not every file system can share
            os.link(old, new)
            return
    shutil.copyfile(old, new)


def put_aside(folder: Path) -> None:
    """Take its name from a folder that is damaged; whoever looks for it finds none."""
    with suppress(OSError):
        folder.rename(folder.with_name(_DAMAGED + folder.name))


def tidy(place: Path, named: Collection[str]) -> None:
    """Remove the folders that were made here, are not named any more and that nobody reads."""
    for folder in place.iterdir():
        is_own = folder.name.startswith((_NEW, _WHOLE, _DAMAGED)) and not folder.is_symlink()
        if is_own and folder.name not in named:
            with suppress(OSError), locked(folder, waiting=False):
                shutil.rmtree(folder)
