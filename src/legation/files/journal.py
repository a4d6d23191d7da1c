"""Several files of a folder rewritten together: all of them or none.

The new contents are written aside and flushed; a list of them, renamed into place, is the moment
from which they count; each then takes the place of its file; the list goes before the rest.

Invariant: killed before that moment nothing has changed, killed after it the next command that
reads or writes there carries the list out to its end. Only a list whose files this folder still
holds as they were written is believed: one that came with a copy or a clone is refused.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from legation.errors import InputError
from legation.files.document import contents, flush_folder, flushed, settled
from legation.files.lock import locked

STAGE = ".legation-journal"
_LIST = "list.json"


@dataclass(frozen=True, slots=True)
class Change:
    """A file to be rewritten: its bytes as read and as they shall be; None where there is none."""

    path: Path
    before: bytes | None
    after: bytes | None


@dataclass(frozen=True, slots=True)
class _Step:
    """A line of the list; inode and time of the prepared file, which no copy shares, seal it."""

    target: str
    prepared: str
    before: str | None
    after: str | None
    inode: int
    time: int


@contextmanager
def writing(root: Path) -> Iterator[None]:
    """Be the only writer in a folder; what a killed one left is finished first, else InputError."""
    home = Path(os.path.realpath(root))
    with ExitStack() as stack:
        try:
            stack.enter_context(locked(home))
        except OSError as error:
            raise InputError(f"cannot be locked for writing ({error.strerror})", home) from error
        _finish(home)
        yield


@contextmanager
def reading(root: Path) -> Iterator[None]:
    """Let nobody write in a folder meanwhile; what a killed writer left is finished first."""
    home = Path(os.path.realpath(root))
    with ExitStack() as stack:
        with suppress(OSError):  # where nothing can be locked one can still read
            stack.enter_context(locked(home, shared=True))
        if os.path.lexists(home / STAGE / _LIST):
            stack.close()  # a reader's lock would keep out the writer that it is about to be
            with writing(home):
                yield
            return
        yield


def rewrite(changes: Iterable[Change], root: Path) -> tuple[Path, ...]:
    """Give files below a folder their new contents, all of them or none; which were rewritten.

    Raises InputError where one cannot be written, lies outside, or was changed by somebody else
    meanwhile; everything is as it was.
    """
    wanted = [change for change in changes if change.before != change.after]
    if not wanted:
        return ()
    with writing(root):
        home = Path(os.path.realpath(root))
        targets = [settled(change.path, home) for change in wanted]
        missing = {p for t in targets for p in t.parents if not p.exists()}
        try:
            _write_list(home, wanted, targets)
            _carry_out(home)
        except BaseException as error:
            _undo(home, wanted, targets)
            for folder in sorted(missing, reverse=True):  # the deepest first
                with suppress(OSError):
                    folder.rmdir()
            if isinstance(error, OSError):
                place = error.filename2 or error.filename or home
                message = f"cannot be written ({error.strerror}); nothing was changed"
                raise InputError(message, Path(str(place))) from error
            raise
    return tuple(change.path for change in wanted)


def _write_list(home: Path, changes: Sequence[Change], targets: Sequence[Path]) -> None:
    stage = home / STAGE
    stage.mkdir()
    pairs = enumerate(zip(changes, targets, strict=True))
    steps = [_prepared(stage / str(n), target, c.before, c.after) for n, (c, target) in pairs]
    # As late as can be: after this, nobody else's change is seen until it is overwritten.
    for change in changes:
        _refuse_changed(change)
    _commit(stage, steps)
    flush_folder(home)


def _prepared(place: Path, target: Path, before: bytes | None, after: bytes | None) -> _Step:
    """Write the new content aside; for a file that is to go, nothing, as a sign to be removed."""
    flushed(place, after or b"", like=target)
    state = place.lstat()
    return _Step(
        target=target.relative_to(place.parent.parent).as_posix(),
        prepared=place.name,
        before=_digest(before),
        after=_digest(after),
        inode=state.st_ino,
        time=state.st_mtime_ns,
    )


def _digest(data: bytes | None) -> str | None:
    return None if data is None else hashlib.sha256(data).hexdigest()


def _refuse_changed(change: Change) -> None:
    now = _present(change.path)
    if now != change.before:
        what = "is there already" if change.before is None else "was changed meanwhile"
        raise InputError(f"{what} by somebody else; run the command again", change.path)
    if now is not None and not os.access(change.path, os.W_OK):
        raise InputError("is read-only; nothing was changed", change.path)


def _present(path: Path) -> bytes | None:
    return contents(path) if os.path.lexists(path) else None


def _commit(stage: Path, steps: Sequence[_Step]) -> None:
    part = stage / f"{_LIST}.part"
    part.unlink(missing_ok=True)
    # The order is the promise: what is listed is on the disk before the list, under its own name.
    flushed(part, json.dumps([asdict(step) for step in steps]).encode("utf-8"))
    flush_folder(stage)
    os.replace(part, stage / _LIST)
    flush_folder(stage)


def _carry_out(home: Path) -> None:
    """Do what the list says and is not done yet; a prepared file that is gone is in its place."""
    stage = home / STAGE
    steps = _listed(home)
    # All are looked at before the first is carried out, so that a refusal leaves nothing half done.
    for step in steps:
        _refuse_foreign(home, step)
    for step in steps:
        target, prepared = home / step.target, stage / step.prepared
        if not prepared.exists():
            continue
        if step.after is None:
            target.unlink(missing_ok=True)
            prepared.unlink()
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(prepared, target)
    for folder in sorted({(home / step.target).parent for step in steps}):
        flush_folder(folder)
    (stage / _LIST).unlink()
    with suppress(OSError):  # all is done; what stays of the stage is in nobody's way
        flush_folder(stage)
        _clear(stage)


def _listed(home: Path) -> list[_Step]:
    """The lines of the list; each names files in their places, reached through no link."""
    stage = home / STAGE
    try:
        rows = json.loads(contents(stage / _LIST, within=stage))
        steps = [_Step(**row) for row in rows]
        is_plain = isinstance(rows, list) and all(_is_plain(home, step) for step in steps)
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise _foreign(stage) from error
    if not is_plain:
        raise _foreign(stage)
    return steps


def _is_plain(home: Path, step: _Step) -> bool:
    """Whether a step's names lead to places below a folder, through no link and no ``..``."""
    place = home / step.target
    is_below = place != home and place.is_relative_to(home) and ".." not in place.parts
    return is_below and step.prepared.isdecimal() and Path(os.path.realpath(place)) == place


def _refuse_foreign(home: Path, step: _Step) -> None:
    """Refuse a step that was not prepared here, or whose file somebody has changed since."""
    prepared = home / STAGE / step.prepared
    if not prepared.exists():
        return
    state = prepared.lstat()
    is_sealed = (state.st_ino, state.st_mtime_ns) == (step.inode, step.time)
    if not is_sealed or _digest(contents(prepared)) != (step.after or _digest(b"")):
        raise _foreign(home / STAGE)
    target = home / step.target
    if _digest(_present(target)) not in (step.before, step.after):
        raise InputError(
            f"was changed after a command was stopped half way: move {home / STAGE} away, "
            "which holds what was to be written, and look at both",
            target,
        )


def _foreign(stage: Path) -> InputError:
    return InputError(
        "is not a journal that was written here (it came with a copy or a clone): nothing of it "
        "was carried out; look at it and remove it",
        stage,
    )


def _clear(stage: Path) -> None:
    """Remove what no list speaks of."""
    for entry in sorted(os.listdir(stage)):
        if not entry.isdecimal() and entry != f"{_LIST}.part":
            raise _foreign(stage)
        (stage / entry).unlink()
    stage.rmdir()


def _finish(home: Path) -> None:
    """Carry out what a killed command had listed, or remove what it had only prepared."""
    stage = home / STAGE
    if not os.path.lexists(stage):
        return
    if stage.is_symlink() or not stage.is_dir():
        raise _foreign(stage)
    try:
        if os.path.lexists(stage / _LIST):
            _carry_out(home)
        else:
            _clear(stage)
    except OSError as error:
        message = f"is half written and cannot be finished here ({error.strerror}); make it "
        raise InputError(f"{message}writable and run the command again", home) from error


def _undo(home: Path, changes: Sequence[Change], targets: Sequence[Path]) -> None:
    """Put back what a failed command had replaced, by a list that says the reverse."""
    stage = home / STAGE
    try:
        if not os.path.lexists(stage / _LIST):
            if stage.is_dir():
                _clear(stage)
            return
        # Numbers of its own: of the first list, what was not carried out still lies in the stage.
        pairs = enumerate(zip(changes, targets, strict=True), start=len(changes))
        back = [
            _prepared(stage / str(n), target, change.after, change.before)
            for n, (change, target) in pairs
            if _present(target) == change.after
        ]
        _commit(stage, back)
        _carry_out(home)
    except OSError as error:
        message = f"stopped half way ({error.strerror}); the next command here finishes it"
        raise InputError(message, home) from error
