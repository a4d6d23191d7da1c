"""Where a finding is, seen from the root of the repository.

Invariant: a forge finds a file only by its path from the repository's root, wherever in it the
check was asked from.
"""

from dataclasses import replace
from pathlib import Path

from legation.checks.finding import Report
from legation.files.document import seen_from


def repository(folder: Path) -> Path:
    """The root of the repository around a folder."""
    for candidate in (folder, *folder.parents):
        if (candidate / ".git").exists():
            return candidate
    return folder


def anchored(report: Report, base: Path, root: Path) -> Report:
    """The same report, its files named from another folder; one outside it by its whole path."""
    files = ((f, seen_from(root, base / f.file)) for f in report.findings)
    moved = (replace(f, file=file.as_posix()) for f, file in files)
    return report.of(moved, report.rules)
