"""The command of names: what an article names, as a table, and what of it the registry takes.

Invariant: it writes only where a table or another registry is named; then all of it or nothing.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from legation.cli.folders import Place, here, near
from legation.cli.show import put, put_json
from legation.errors import UsageError

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from legation.graph.record import Record
    from legation.graph.workspace import Workspace

Pipeline = Annotated[
    str, typer.Option(metavar="MODEL", help="The spaCy pipeline that finds names; none: capitals.")
]
Other = Annotated[
    str,
    typer.Option(
        "--from",
        metavar="OTHER",
        help="Take entries of another workspace's registry or Turtle file, or of 'starter'.",
    ),
]
Whole = Annotated[
    bool, typer.Option("--all", help="With --from: all entries, not only those named here.")
]
Filled = Annotated[
    Path | None,
    typer.Option("--from-table", metavar="FILE", help="Take the entries of a filled-in table."),
]


def names(
    article: Annotated[
        str | None, typer.Argument(metavar="[ARTICLE]", help="The slug of an article.")
    ] = None,
    pipeline: Pipeline = "",
    source: Other = "",
    all_: Whole = False,
    table: Filled = None,
    format: Annotated[
        Literal["text", "csv", "tsv", "json"],
        typer.Option("--format", "-f", help="How to write the names."),
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
