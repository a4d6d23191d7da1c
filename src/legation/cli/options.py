"""How options are declared, those that several commands take, and the workspace that they mean.

Invariant: what is written here is what ``--help`` shows. Every command that reads a workspace takes
the same option, and without it works on the nearest one upward from the current folder; where there
is none, only what answers goes on, and says on whose word.
"""

from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from legation.files.document import seen_from

if TYPE_CHECKING:
    from legation.graph.workspace import Workspace
from typing import Annotated, Any, Literal


def option(spec: str, told: str, **more: Any) -> Any:
    """An option by how it is typed, such as ``--out -o FILE``, and what is told of it."""
    words = spec.split()
    names = [word for word in words if word.startswith("-")]
    metavar = next((word for word in words if not word.startswith("-")), None)
    return typer.Option(*names, metavar=metavar, help=told, **more)


def argument(metavar: str, told: str) -> Any:
    """An argument by what stands for it, its name where that is empty, and what is told of it."""
    return typer.Argument(metavar=metavar or None, help=told)


TextOrJson = Literal["text", "json"]
AnswerForm = Literal["table", "csv", "json", "md"]

Place = Annotated[
    Path | None,
    option(
        "--workspace -w DIR",
        "The folder that holds graph/; without it, the nearest one upward from here.",
    ),
]
"""The option of every command that reads a workspace."""

Slug = Annotated[str, argument("ARTICLE", "The slug of an article.")]
Folder = Annotated[Path | None, argument("[DIR]", "The folder that holds graph/.")]
Drafts = Annotated[bool, option("--drafts", "Let the claims of articles in draft take part.")]
Unchecked = Annotated[bool, option("--no-check", "Make it although nobody looked for faults.")]
Rehearse = Annotated[bool, option("--dry-run", "Say what would change; write nothing.")]
ReportForm = Annotated[TextOrJson, option("--format -f", "How to write the report.")]
Shape = Annotated[
    AnswerForm | None, option("--format -f", "How to write the answer.  [default: table]")
]
Out = Annotated[Path | None, option("--out -o FILE", "Write here; its suffix tells the format.")]
Limit = Annotated[int | None, option("--limit -n N", "Only the first N rows.", min=1)]
Endpoint = Annotated[str | None, option("--endpoint URL", "Ask this SPARQL endpoint instead.")]


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
