"""The commands for those who annotate in a spreadsheet: names, claims, import.

Invariant: a table that goes in is told by row and column where it is at fault, and then nothing is
written; else all of it is.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from legation.cli.options import Place, argument, here, near, option
from legation.cli.show import put, put_json
from legation.errors import UsageError

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from legation.graph.record import Record
    from legation.graph.workspace import Workspace


from legation.cli.options import Rehearse, Slug
from legation.cli.show import deliver, progress


def claims(
    article: Slug,
    format: Annotated[
        Literal["csv", "tsv"], option("--format -f", "What parts the cells.")
    ] = "csv",
    out: Annotated[Path | None, option("--out -o FILE", "Where to write it.")] = None,
    workspace: Place = None,
) -> None:
    """Write an article's claims and omissions as a table for a spreadsheet, one a row."""
    from legation.desk.docket.filing import docket
    from legation.desk.docket.transcript import COLUMNS
    from legation.desk.tabular import written_table

    delimiter = "," if format == "csv" else "\t"
    deliver(written_table(COLUMNS, docket(here(workspace), article), delimiter), out)


def import_(
    table: Annotated[Path, argument("TABLE", "A table, as CSV or TSV.")],
    article: Annotated[
        str, option("--article SLUG", "The article, where no column 'article' says it.")
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


Pipeline = Annotated[str, option("MODEL", "The spaCy pipeline that finds names; none: capitals.")]
Other = Annotated[
    str,
    option(
        "--from OTHER",
        "Take entries of another workspace's registry or Turtle file, or of 'starter'.",
    ),
]
Whole = Annotated[bool, option("--all", "With --from: all entries, not only those named here.")]
Filled = Annotated[
    Path | None, option("--from-table FILE", "Take the entries of a filled-in table.")
]


def names(
    article: Annotated[str | None, argument("[ARTICLE]", "The slug of an article.")] = None,
    pipeline: Pipeline = "",
    source: Other = "",
    all_: Whole = False,
    table: Filled = None,
    format: Annotated[
        Literal["text", "csv", "tsv", "json"], option("--format -f", "How to write the names.")
    ] = "text",
    workspace: Place = None,
) -> None:
    """List what an article names, with an entry for what the registry lacks; or take entries."""
    from legation.graph import workspace as workspaces

    home = here(workspace)
    if table is not None and (source or all_):
        raise UsageError("--from-table and --from are two ways to take entries: give one")
    if article is None and table is None and not (source and all_):
        raise UsageError("name an article, or take entries: --from OTHER --all, --from-table FILE")
    record = workspaces.read(home)
    if table is not None:
        from legation.desk.draft.gazetteer import entries_in

        _enter(home, entries_in(table, home, record))
        return
    if source:
        _take(home, record, source, None if all_ else article)
        return
    _show(home, record, article or "", pipeline, format)


def _show(home: "Workspace", record: "Record", slug: str, model: str, form: str) -> None:
    from legation.desk.draft import gazetteer
    from legation.desk.draft.cast import names_of
    from legation.desk.draft.reading import article_of
    from legation.desk.tabular import written_table
    from legation.text.display import plain

    named = names_of(home, slug, record=record, model=model)
    rows = list(gazetteer.rows(named, article_of(record, slug), home.prefixes))
    if form == "json":
        told = [gazetteer.as_json(n, row) for n, row in zip(named, rows, strict=True)]
        put_json(told)
    elif form == "text":
        put(plain(gazetteer.as_table(rows), most=len(rows)) + "\n")
    else:
        cells = [list(row.values()) for row in rows]
        put(written_table(gazetteer.COLUMNS, cells, "\t" if form == "tsv" else ","))


def _take(home: "Workspace", record: "Record", source: str, slug: str | None) -> None:
    from legation.desk.draft.accession import accession, foreign
    from legation.desk.draft.reading import article_of

    text = None if slug is None else article_of(record, slug).text or ""
    taken = accession(foreign(source), home, record, text=text)
    if taken.here:
        typer.echo(f"here already, left as they are: {', '.join(taken.here)}")
    if not taken.triples:
        typer.echo(f"nothing new of {source}" + (" is named there" if slug else ""))
        return
    _enter(home, taken.triples)


def _enter(home: "Workspace", triples: "Sequence[Triple]") -> None:
    from legation.desk.draft.enrolment import enrolled
    from legation.files.journal import rewrite
    from legation.rdf.vocabulary import compact

    written = rewrite(enrolled(home, triples), home.root)
    for thing in dict.fromkeys(t.subject for t in triples):
        typer.echo(f"  {compact(thing, home.prefixes)}")  # type: ignore[arg-type]
    files = ", ".join(str(near(path)) for path in written)
    typer.echo(f"{files}: written" if written else "no row is taken: nothing to write")
