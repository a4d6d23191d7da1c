"""A graph that is opened, not rebuilt: kept in ``.legation/`` beside the files it was made from.

It is made where reading takes longer than a second: written aside, flushed, and named by a list
that takes its place at once. Git ignores the folder, and whoever wants the room may delete it.

Invariant: what a kept graph answers is what the files say now. It counts only where the list fits
every file it was made from and every file of its own, and where it was made in this very folder: a
list that came with a copy or a clone is not believed.
"""

import hashlib
import json
import logging
import time
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from legation.errors import LIBRARY_FAULTS, InputError
from legation.files.document import contents, keep, settled
from legation.files.shelf import aside, put_up, shelf, tidy
from legation.graph import workspace
from legation.graph.dataset import build
from legation.graph.workspace import Workspace
from legation.rdf.unswept import unswept
from legation.store.disk import PLACE, KeptStore, fill
from legation.store.memory import LocalStore
from legation.store.renewal import Renewal
from legation.store.stamps import TICK, Look, changed, hashes, look

_log = logging.getLogger(__name__)

SLOW = 1.0
"""Seconds of reading from which on a graph is kept."""

_SMALL = 1024 * 1024  # bytes; larger tables of the engine have sums of their own


@dataclass(frozen=True, slots=True)
class _List:
    """What is kept: the folder, its files by size and SHA-256 (of the small), and its origin."""

    folder: str
    inode: int
    own: Mapping[str, tuple[int, str]]
    leaves_out: bool
    files: Mapping[str, tuple[int, int]]
    sums: Mapping[str, str]
    taken: int
    engine: str

    @property
    def look(self) -> Look:
        """The files as they were when it was made."""
        return Look(self.files, self.taken, self.engine)


def local(space: Workspace, *, drafts: bool = False, slow: float | None = SLOW) -> LocalStore:
    """The graph of a workspace, opened where it was kept, else read and kept if that is slow.

    Args:
        drafts: Whether claims of articles in draft are in it.
        slow: From how many seconds of reading on it is kept; None neither keeps nor opens one.
    """
    kept, now, sums = _Shelf(space, drafts), None, dict[str, str]()
    if slow is not None:
        with suppress(OSError, InputError):  # a place that cannot be read keeps nothing
            now = look(space)
            if (found := kept.opened(now)) is not None:
                return found
            sums = hashes(now.files, space.root)  # before the reading: a change meanwhile shows
    began = time.monotonic()
    with unswept():
        record = workspace.read(space)
        leaves_out = not drafts and any(article.is_draft for article in record.articles)
        dataset = build(record, space.rules, drafts=drafts)
        # What is kept already is kept anew, however quick that was: else it stays older for ever.
        is_slow = slow is not None and (time.monotonic() - began > slow or kept.is_there)
        if is_slow and now is not None and sums:

            def write(folder: Path) -> bool:
                fill(folder, dataset, record)
                return leaves_out

            with suppress(OSError, InputError):  # nor one that cannot be written
                kept.keep(write, now, sums)
                if (found := kept.opened(now)) is not None:
                    return found
        return LocalStore(dataset.quads, space.prefixes, leaves_out=leaves_out)


@dataclass(frozen=True)
class _Shelf:
    """Where the graph of a workspace is kept, with its drafts or without."""

    space: Workspace
    drafts: bool

    @property
    def _place(self) -> Path:
        return settled(self.space.root / PLACE, self.space.root)

    @property
    def _list(self) -> Path:
        return self._place / f"{'drafts' if self.drafts else 'store'}.json"

    @property
    def is_there(self) -> bool:
        """Whether any graph is kept, be it older than the files."""
        with suppress(OSError, InputError):
            return self._list.exists()
        return False

    def opened(self, now: Look) -> KeptStore | None:
        """The graph that is kept, where it is whole and says what the files do, or can do so."""
        if (kept := self._whole(now)) is None:
            return None
        old = self._store(kept)
        if not (names := changed(now, kept.look, kept.sums, self.space.root)):
            self._refresh(kept, now)
            return old
        with suppress(OSError, InputError):  # what cannot be read is told by whoever reads it all
            sums = hashes((name for name in names if name in now.files), self.space.root)
            known = {name: digest for name, digest in kept.sums.items() if name in now.files}
            renewal = Renewal(old, self.space, names, self.drafts)

            def write(folder: Path) -> bool | None:
                with closing(old):  # whoever tidies up afterwards may remove it
                    return renewal.write(folder)

            self.keep(write, now, {**known, **sums})
            fresh = _read_list(self._list)
            if fresh is not None and fresh.taken == now.taken:
                return self._store(fresh)
        _log.warning("legation: the graph kept in %s/ is older than the files: all is read", PLACE)
        return None

    def _store(self, kept: _List) -> KeptStore:
        folder = self._place / kept.folder
        return KeptStore(folder, self.space.prefixes, leaves_out=kept.leaves_out)

    def _whole(self, now: Look) -> _List | None:
        """The list of a kept graph that was made here and has all its files as they were."""
        if not self._list.exists():
            return None
        why = "is damaged"
        kept = _read_list(self._list)
        if kept is not None and (folder := self._place / kept.folder).is_dir():
            is_here = folder.stat().st_ino == kept.inode and folder.parent == self._place
            why = "was made elsewhere" if not is_here else why
            if is_here and _own(folder) == kept.own:
                if kept.engine == now.engine:
                    return kept
                why = "was made by another engine"
        _log.warning("legation: the graph kept in %s/ %s: it is made anew", PLACE, why)
        return None

    def _refresh(self, kept: _List, now: Look) -> None:
        """Note when the files were found the same, so that nobody hashes them again."""
        is_young = any(when > kept.taken - TICK for _, when in now.files.values())
        if is_young or kept.files != now.files:
            with suppress(OSError, InputError):
                self._write(replace(kept, files=now.files, taken=now.taken))

    def keep(
        self, write: Callable[[Path], bool | None], now: Look, sums: Mapping[str, str]
    ) -> None:
        """Keep the graph that is written into a folder; nothing, where another process does so.

        What writes it tells whether claims are left out; None where it wrote none. Raises OSError
        or InputError where it cannot be written; what was kept before is as it was.
        """
        place = self._place
        with shelf(place):
            tidy(place, self._named())
            fresh = aside(place)
            leaves_out = write(fresh)
            if leaves_out is None or look(self.space).files != now.files:
                return  # or somebody wrote meanwhile
            folder = put_up(fresh)
            inode, own = folder.stat().st_ino, _own(folder)
            kept = _List(
                folder.name, inode, own, leaves_out, now.files, sums, now.taken, now.engine
            )
            self._write(kept)
            tidy(place, self._named())

    def _write(self, kept: _List) -> None:
        keep(json.dumps(asdict(kept)).encode(), self._list)

    def _named(self) -> set[str]:
        """The folders that a list names: with drafts and without."""
        lists = (_read_list(self._place / name) for name in ("store.json", "drafts.json"))
        return {kept.folder for kept in lists if kept is not None}


def _own(folder: Path) -> dict[str, tuple[int, str]]:
    """The files of a kept graph by size, and the SHA-256 of those that nothing else guards."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_size, _sum(path))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in ("LOCK", "LOG")
    }


def _sum(path: Path) -> str:
    is_guarded = path.suffix == ".sst" and path.stat().st_size > _SMALL
    return "" if is_guarded else hashlib.sha256(path.read_bytes()).hexdigest()


def _read_list(path: Path) -> _List | None:
    """A list; None where there is none that can be read."""
    try:
        found = json.loads(contents(path, within=path.parent))
        own = {name: (int(size), str(digest)) for name, (size, digest) in found.pop("own").items()}
        files = {name: (int(size), int(when)) for name, (size, when) in found.pop("files").items()}
        return _List(own=own, files=files, **found)
    except (InputError, *LIBRARY_FAULTS):
        return None
