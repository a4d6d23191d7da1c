"""The command that compares: diff."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from legation.cli.folders import DraftsToo, Place, here, near
from legation.cli.show import put

_Form = Literal["text", "json", "md"]


def diff(
    before: Annotated[
        str, typer.Argument(metavar="A", help="A revision, a folder, a built file, or a text.")
    ],
    after: Annotated[
        str, typer.Argument(metavar="[B]", help="The later one; the graph around here.")
    ] = ".",
    format: Annotated[
        _Form, typer.Option("--format", "-f", help="How to write the difference.")
    ] = "text",
    drafts: DraftsToo = False,
    article: Annotated[
        str, typer.Option("--article", metavar="SLUG", help="Whose text two .txt files are.")
    ] = "",
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit 1 when there is a difference.")
    ] = False,
    workspace: Place = None,
) -> None:
    """Tell what is said now and was not before, each fact with its quote: legation diff main."""
    if before.endswith(".txt") and after.endswith(".txt"):
        text, differs = _texts(Path(before), Path(after), article, format, workspace)
    else:
        text, differs = _graphs(before, after, drafts, format, workspace)
    put(text)
    if exit_code and differs:
        raise typer.Exit(1)


def _graphs(
    before: str, after: str, drafts: bool, format: _Form, workspace: Path | None
) -> tuple[str, bool]:
    """Which facts a later state of a graph has that an earlier one had not."""
    from legation.desk import diff as differences

    later = str(workspace) if after == "." and workspace is not None else after
    if later == ".":
        later = str(near(here(None).root))
    found = differences.difference(
        *differences.states(before, later, around=workspace, drafts=drafts)
    )
    if found.is_empty and not drafts:
        pair = differences.states(before, later, around=workspace, drafts=True)
        if not differences.difference(*pair).is_empty:
            typer.echo("articles in draft differ: --drafts tells how", err=True)
    write = {
        "text": differences.as_text,
        "json": differences.as_json,
        "md": differences.as_markdown,
    }[format]
    return write(found), not found.is_empty


def _texts(
    old: Path, new: Path, slug: str, format: _Form, workspace: Path | None
) -> tuple[str, bool]:
    """Which quotes a later version of an archived text no longer has."""
    from legation.desk import diff as differences
    from legation.graph import workspace as workspaces

    record = workspaces.read(here(workspace))
    lost = differences.compared(record, old, new, slug)
    return differences.lost_report(lost, format), bool(lost)
