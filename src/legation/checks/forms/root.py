"""Where a finding is, seen from the root of the repository.

Invariant: a forge finds a file only by its path from the repository's root, wherever in it the
check was asked from.
"""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from legation.checks.finding import Report


def repository(folder: Path) -> Path:
    """The root of the repository around a folder."""
    for candidate in (folder, *folder.parents):
        if (candidate / ".git").exists():
            return candidate
    return folder


def anchored(report: "Report", base: Path, root: Path) -> "Report":
    """The same report, its files named from another folder; one outside it by its whole path."""
    moved = (replace(f, file=_from(root, base / f.file)) for f in report.findings)
    return report.of(moved, report.looks, report.rules)


def _from(root: Path, path: Path) -> str:
    inside = path.is_relative_to(root)
    return (path.relative_to(root) if inside else path).as_posix()
