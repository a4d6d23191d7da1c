"""One file, read whole or written whole.

Invariant: only a regular file is read, so that no pipe is waited for; a file that is written keeps
its old content until the new one is on the disk.
"""

import errno
import os
import shutil
import stat
from pathlib import Path

from legation.errors import InputError
from legation.files.lock import locked

_AT_ONCE = getattr(os, "O_NONBLOCK", 0)  # without it, opening a pipe waits for its other end
_STREAMS = ("/dev/std", "/dev/fd/", "/proc/")  # links to what is open already
FRESH = ".legation-new"
"""The end of the hidden name under which something new is prepared beside what it replaces."""


def contents(path: Path, *, within: Path | None = None, most: int | None = None) -> bytes:
    """The bytes of a file, through no link out of ``within``; InputError where there are none."""
    if within is not None:
        settled(path, within)
    try:
        with open(path, "rb", opener=lambda name, flags: os.open(name, flags | _AT_ONCE)) as file:
            state = os.fstat(file.fileno())
            if not stat.S_ISREG(state.st_mode):
                raise InputError("is not a file but a pipe or a device; put a file there", path)
            if most is not None and state.st_size > most:
                size = f"{state.st_size:,} bytes"
                raise InputError(f"is {size}; a graph file may have {most:,}", path)
            return file.read()
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror or error})", path) from error


def settled(path: Path, within: Path) -> Path:
    """The file or folder that is meant, behind any links; one that leads out is an InputError."""
    real, home = Path(os.path.realpath(path)), Path(os.path.realpath(within))
    if not real.is_relative_to(home):
        raise InputError(
            f"is reached by a link that leads out of {within}, to {real}: name that file itself "
            "or put it here",
            path,
        )
    return real


def seen_from(folder: Path, path: Path) -> Path:
    """A path from the folder that it lies below; one that lies elsewhere as it is."""
    return path.relative_to(folder) if path.is_relative_to(folder) else path


def keep(data: bytes, out: Path) -> None:
    """Write what was asked for into a file, device or pipe; where that cannot be, InputError."""
    try:
        if out.exists() and (not out.is_file() or str(out).startswith(_STREAMS)):
            _pour(data, out)
            return
        if not out.parent.is_dir():
            raise InputError("cannot be written: make its folder first", out)
        target = settled(out, out.parent)
        with locked(target.parent):
            _replace(target, data)
    except OSError as error:
        if error.errno == errno.ENXIO:
            raise InputError("is a pipe that nobody reads: start its reader first", out) from error
        raise InputError(f"cannot be written ({error.strerror or error})", out) from error


def _pour(data: bytes, out: Path) -> None:
    handle = os.open(out, os.O_WRONLY | os.O_APPEND | _AT_ONCE)
    with open(handle, "wb") as file:
        if _AT_ONCE:
            os.set_blocking(handle, True)
        file.write(data)


def _replace(target: Path, data: bytes) -> None:
    fresh = target.with_name(f".{target.name}{FRESH}")
    fresh.unlink(missing_ok=True)  # left by a command that was killed
    try:
        flushed(fresh, data, like=target)
        os.replace(fresh, target)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    flush_folder(target.parent)


def flushed(path: Path, data: bytes, *, like: Path | None = None) -> None:
    """Write a new file that is on the disk when this returns, with the mode of another."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if like is not None and like.exists():
        shutil.copymode(like, path)


def flush_folder(folder: Path) -> None:
    """Have the names in a folder outlast a loss of power, where a folder can be opened."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
