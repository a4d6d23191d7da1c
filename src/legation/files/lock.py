"""One writer at a time in a folder.

Invariant: the system holds the lock and lets go of it when the process ends, however it ends; so
no lock outlives its owner, and no process number is ever compared.
"""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

if sys.platform == "win32":
    import hashlib
    import msvcrt
    import tempfile
else:
    import fcntl

_held: ContextVar[frozenset[Path]] = ContextVar("folders that this thread writes in")


@contextmanager
def locked(folder: Path, *, shared: bool = False, waiting: bool = True) -> Iterator[None]:
    """Keep writers out of a folder; where one is at work, wait for it with a word on stderr.

    Whoever already writes there may enter again. Raises OSError where the folder cannot be locked,
    also where somebody is at work there and is not to be waited for.
    """
    folder = Path(os.path.realpath(folder))
    held = _held.get(frozenset())
    if folder in held:
        yield
        return
    handle = _opened(folder)
    try:
        if not _taken(handle, shared=shared, waiting=False):
            if not waiting:
                raise BlockingIOError(errno.EWOULDBLOCK, "somebody is at work there", str(folder))
            _say_waiting(folder)
            while not _taken(handle, shared=shared, waiting=True):
                continue  # Windows gives up after ten seconds; we do not
        mark = _held.set(held if shared else held | {folder})
        try:
            yield
        finally:
            with suppress(ValueError):  # closed as garbage, in whatever thread it was found
                _held.reset(mark)
    finally:
        os.close(handle)


def _say_waiting(folder: Path) -> None:
    import logging  # a command that need not wait starts without it

    logging.getLogger(__name__).warning(
        "legation: another command is at work in %s; waiting for it", folder
    )


if sys.platform == "win32":  # a folder cannot be opened there: a file of its name stands for it

    def _opened(folder: Path) -> int:
        name = hashlib.sha256(str(folder).encode()).hexdigest()
        place = Path(tempfile.gettempdir(), f"legation-{name[:32]}.lock")
        return os.open(place, os.O_RDWR | os.O_CREAT)

    def _taken(handle: int, *, shared: bool, waiting: bool) -> bool:
        del shared  # readers wait for one another; that costs a moment and no data
        try:
            msvcrt.locking(handle, msvcrt.LK_LOCK if waiting else msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def _opened(folder: Path) -> int:
        return os.open(folder, os.O_RDONLY)

    def _taken(handle: int, *, shared: bool, waiting: bool) -> bool:
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(handle, kind if waiting else kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
