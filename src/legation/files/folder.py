"""A whole folder put in the place of another.

The new folder is written beside the old one, the old one steps aside, the new one takes its place.

Invariant: what stands there is one or the other, never a mixture. No system swaps two folders for
everybody, so between the two renames nothing stands there; whoever is killed in that moment leaves
the old folder aside, and the next command that asks for it puts it back. A folder within it that
was published by itself (a site in the exports' folder) stays.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from legation.errors import InputError
from legation.files.document import FRESH, contents, flush_folder, flushed
from legation.files.lock import locked

MANIFEST = "MANIFEST.sha256"
"""The file in which a folder lists the files that were published with it."""
_ASIDE = ".legation-old"
_CROWD = 200  # files


def publish(files: Mapping[str, bytes], out: Path) -> None:
    """Let a folder hold these files, by their paths below it, and nothing else.

    Raises InputError where it holds something its own manifest does not list, or cannot be
    written; what was there is as it was.
    """
    with replacing(out, files) as fresh:
        # The manifest first: what is left after a kill is then known for what it is.
        for name in sorted(files, key=lambda name: (name != MANIFEST, name)):
            lay(fresh, name, files[name], write=Path.write_bytes if _is_crowd(files) else flushed)


@contextmanager
def replacing(out: Path, names: Collection[str]) -> Iterator[Path]:
    """A fresh folder, to be filled with files of these names, that then takes another's place."""
    try:
        out = out.resolve()
        if out.exists() and not out.is_dir():
            raise InputError("is a file; name a folder", out)
        out.parent.mkdir(parents=True, exist_ok=True)
        with locked(out.parent):
            put_back(out)
            _published(out)
            fresh = _beside(out, FRESH)
            _remove(fresh, names)
            try:
                fresh.mkdir()
                yield fresh
                if _is_crowd(names):
                    os.sync()
                for part in {"", *map(os.path.dirname, names)}:
                    flush_folder(fresh / part)
                if out.exists():
                    shutil.copymode(out, fresh)
                _take_place(fresh, out)
            finally:
                with suppress(OSError):
                    _remove(fresh, names)
            flush_folder(out.parent)
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"cannot be written ({reason})", out) from error


def lay(
    fresh: Path,
    name: str,
    data: bytes,
    *,
    write: Callable[[Path, bytes], object] = Path.write_bytes,
) -> None:
    """Put a file into a fresh folder, by its path below it."""
    (fresh / name).parent.mkdir(parents=True, exist_ok=True)
    write(fresh / name, data)


def put_back(out: Path) -> None:
    """Bring back the old folder where a killed command had moved it aside and no more."""
    with suppress(OSError, RuntimeError):
        out = out.resolve()
        aside = _beside(out, _ASIDE)
        if not aside.is_dir() or aside.is_symlink():
            return
        with locked(out.parent):
            if out.exists():
                _carry_over(aside, out)
                _remove(aside)
            else:
                _published(aside)
                aside.rename(out)


@contextmanager
def scratch(files: Mapping[str, bytes]) -> Iterator[Path]:
    """A folder with these files, by their paths below it, that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="legation-") as name:
        folder = Path(name).resolve()
        for path, data in files.items():
            if (folder / path).resolve().is_relative_to(folder):  # names may come from a revision
                lay(folder, path, data)
        yield folder


def _beside(out: Path, end: str) -> Path:
    return out.with_name(f".{out.name}{end}")


def _published(folder: Path, names: Iterable[str] = ()) -> list[Path]:
    """What stands in a folder, the deepest first and manifests last; nobody's own may.

    A folder within it that was published by itself, as a site is, is known by its own manifest.
    """
    found = list(folder.rglob("*"))
    known = {MANIFEST, *names}
    for manifest in (path for path in found if path.name == MANIFEST and path.is_file()):
        inside = manifest.parent.relative_to(folder)
        known |= {(inside / name).as_posix() for name in (MANIFEST, *_listed(manifest, folder))}
    known |= {str(parent) for name in known for parent in PurePosixPath(name).parents}
    strange = sorted(
        path.relative_to(folder).as_posix()
        for path in found
        if path.relative_to(folder).as_posix() not in known or (path.is_symlink() and path.is_dir())
    )
    if strange:
        raise InputError(
            f"holds files that no build wrote ({strange[0]}); move them or name another folder",
            folder,
        )
    return sorted(
        found,
        key=lambda path: f"{path.parent}\0" if path.name == MANIFEST else str(path),
        reverse=True,
    )


def _listed(manifest: Path, folder: Path) -> list[str]:
    lines = contents(manifest, within=folder).splitlines()
    return [line.decode("utf-8", "replace").partition("  ")[2] for line in lines]


def _remove(folder: Path, names: Iterable[str] = ()) -> None:
    """Remove a folder that was published or prepared here, and nothing that was not."""
    if folder.is_symlink():
        folder.unlink()
    if not folder.is_dir():
        return
    for path in _published(folder, names):
        path.rmdir() if path.is_dir() else path.unlink()
    folder.rmdir()


def _is_crowd(names: Collection[str]) -> bool:
    """Whether a disk that is asked of each file by itself would take half a minute."""
    return len(names) > _CROWD and hasattr(os, "sync")


def _take_place(fresh: Path, out: Path) -> None:
    try:
        fresh.rename(out)  # there is none yet, or an empty one
    except OSError:
        if not out.is_dir():
            raise
    else:
        return
    aside = _beside(out, _ASIDE)
    try:
        out.rename(aside)
        fresh.rename(out)
    except BaseException:
        if not out.exists():
            aside.rename(out)
        raise
    _carry_over(aside, out)
    _remove(aside)


def _carry_over(aside: Path, out: Path) -> None:
    """Keep what was published by itself within a folder, as a site is, when that is replaced."""
    for manifest in sorted(aside.glob(f"*/{MANIFEST}")):
        if not (out / manifest.parent.name).exists():
            manifest.parent.rename(out / manifest.parent.name)
