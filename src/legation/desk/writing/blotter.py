"""Where the desk writes: each time against the bytes that somebody had seen, and undone as exactly.

Invariant: a file is written only while it is what it was when it was shown, and an undoing puts
back its bytes only while it is what was written; else nothing happens, and whoever wrote is told.
"""

import threading
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

from legation.errors import InputError, UsageError
from legation.files.document import contents
from legation.files.journal import Change, rewrite, writing
from legation.rdf import trig

_MOST_KEPT = 100  # steps that can be undone


class Overtaken(InputError):
    """A file is no longer what it was when it was shown."""


class Blotter:
    """Writes the files of a workspace, one after the other, and remembers what it wrote."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = threading.Lock()
        self._done: defaultdict[Path, deque[tuple[Change, ...]]] = defaultdict(
            lambda: deque(maxlen=_MOST_KEPT)
        )

    def can_undo(self, path: Path) -> bool:
        """Whether there is a step to undo of what was written for a file."""
        return bool(self._done[path])

    def write(self, path: Path, seen: str, edit: Callable[[bytes], Sequence[Change]]) -> None:
        """Make the changes that an edit asks for, given the bytes of a file that has a hash.

        Raises Overtaken where the file has another, and LegationError where what would be written
        is not TriG or cannot be; everything is as it was.
        """
        with self._lock, writing(self._root):
            data = contents(path, within=self._root)
            if sha256(data).hexdigest() != seen:
                raise Overtaken("was changed meanwhile, by an editor or another window", path)
            changes = tuple(c for c in edit(data) if c.before != c.after)
            for change in changes:
                trig.parse(change.after or b"", change.path)
            if rewrite(changes, self._root):
                self._done[path].append(changes)

    def undo(self, path: Path) -> None:
        """Put back what the last step for a file replaced, in whatever files.

        Raises UsageError where there is none, and Overtaken where somebody has written since.
        """
        with self._lock, writing(self._root):
            if not self._done[path]:
                raise UsageError("there is nothing to undo")
            changes = self._done[path][-1]
            for change in changes:
                if contents(change.path, within=self._root) != change.after:
                    why = "was changed since, so that nothing is undone; its history is git's"
                    raise Overtaken(why, change.path)
            rewrite([Change(c.path, c.after, c.before) for c in changes], self._root)
            self._done[path].pop()
