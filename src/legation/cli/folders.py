"""Where a command works: the option that names a workspace, and paths told from here.

Invariant: every command that reads a workspace takes the same option, and without it works on the
nearest one upward from the current folder.
"""

from pathlib import Path
from typing import Annotated

import typer

Place = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        "-w",
        metavar="DIR",
        help="The folder that holds graph/; without it, the nearest one upward from here.",
    ),
]
"""The option of every command that reads a workspace."""


def near(path: Path) -> Path:
    """A path as short as it can be told from here.

    Args:
        path: A file or folder.

    Returns:
        The path, relative to the current folder where it lies below it.
    """
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
