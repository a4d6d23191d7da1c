"""Where a command works: the workspace that is meant, and paths told from here.

Invariant: every command that reads a workspace takes the same option, and without it works on the
nearest one upward from the current folder. Where there is none, only what answers goes on, and
says on whose word.
"""

from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from legation.files.document import seen_from

if TYPE_CHECKING:
    from legation.graph.workspace import Workspace

MAY_KEEP: ContextVar[bool] = ContextVar("whether a graph may be kept on disk", default=True)
"""Set for each run by what stands before the command: ``--no-store``."""


def here(place: Path | None) -> "Workspace":
    """The workspace that is judged or written: the one named, or the nearest one upward."""
    from legation.graph import workspace as workspaces

    return workspaces.find(place)


def answering(place: Path | None) -> "Workspace":
    """The workspace that answers, said on stderr where it is the one that comes with Legation."""
    from legation.graph import workspace as workspaces

    found = workspaces.answering(place)
    if place is None and not Path.cwd().is_relative_to(found.root):
        words = "the graph that comes with Legation answers (--workspace DIR names another)"
        typer.echo(f"no workspace here: {words}", err=True)
    return found


def near(path: Path) -> Path:
    """A path as short as it can be told from here."""
    return seen_from(Path.cwd(), path)
