"""How options and arguments are declared, and those that several commands take.

Invariant: what is written here is what ``--help`` shows: the names, then what stands for a value.
"""

from pathlib import Path
from typing import Annotated, Any, Literal

import typer


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
