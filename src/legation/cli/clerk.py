"""The commands for those who annotate in a spreadsheet: claims, import.

Invariant: a table that goes in is told by row and column where it is at fault, and then nothing is
written.
"""

from pathlib import Path
from typing import Annotated, Literal

import typer

from legation.cli.folders import Place, Slug, here, near
from legation.cli.mend import Rehearse
from legation.cli.show import deliver, progress, put


def claims(
    article: Slug,
    format: Annotated[
        Literal["csv", "tsv"], typer.Option("--format", "-f", help="What parts the cells.")
    ] = "csv",
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Where to write it.")
    ] = None,
    workspace: Place = None,
) -> None:
    """Write an article's claims and omissions as a table for a spreadsheet, one a row."""
    from legation.desk.docket.filing import docket
    from legation.desk.docket.transcript import COLUMNS
    from legation.desk.tabular import written_table

    delimiter = "," if format == "csv" else "\t"
    deliver(written_table(COLUMNS, docket(here(workspace), article), delimiter), out)


def import_(
    table: Annotated[Path, typer.Argument(metavar="TABLE", help="A table, as CSV or TSV.")],
    article: Annotated[
        str, typer.Option(metavar="SLUG", help="The article, where no column 'article' says it.")
    ] = "",
    rehearse: Rehearse = False,
    workspace: Place = None,
) -> None:
    """Write the new and changed rows of a table into the files of their articles."""
    from difflib import unified_diff

    from legation.desk.docket.filing import filed
    from legation.files.journal import reading, writing

    home = here(workspace)
    with (reading if rehearse else writing)(home.root), progress(f"reading {table}"):
        done = filed(home, table, article, write=not rehearse)
    if done.ignored:
        typer.echo(f"{near(table)}: columns that mean nothing here: {', '.join(done.ignored)}")
    for fault in done.faults:
        put(f"{near(table)}: {fault}\n")
    if done.faults:
        typer.echo("nothing was written")
        raise typer.Exit(1)
    new, changed, same = done.counts
    told = f"{new} rows are new, {changed} changed, {same} as they were"
    typer.echo(f"{told}{' (not written)' if rehearse else ''}")
    if done.unlisted:
        typer.echo(f"  {done.unlisted} passages have no row and stay")
    for one in done.coined:
        typer.echo(f"  new: {one}")
    for file, text in done.files:
        typer.echo(f"  {near(file.path)}")
        if rehearse:
            lines = unified_diff(file.text.splitlines(), text.splitlines(), lineterm="")
            put("".join(f"{line}\n" for line in lines))
