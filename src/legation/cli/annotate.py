"""The commands of the desk: new, add, coverage.

Invariant: they never prompt. What is written is said on stdout, what a person must look at is
said beside it, and whatever fails leaves the workspace as it was.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from legation.cli.folders import Place, Shape, TextOrJson, here, near
from legation.cli.show import progress, put, put_json
from legation.errors import UsageError

if TYPE_CHECKING:
    from legation.desk.archive import Added


def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that is not there yet.")],
    title: Annotated[str, typer.Option(help="What the graph is called.")] = "",
    base: Annotated[
        str, typer.Option(metavar="IRI", help="Where the IRIs of its things begin.")
    ] = "",
    repository: Annotated[
        str,
        typer.Option(
            metavar="URL",
            envvar="LEGATION_REPOSITORY",
            help="Where its workflow installs Legation from; else the origin of this one.",
        ),
    ] = "",
    starter: Annotated[
        bool,
        typer.Option("--starter", help="With states, capitals and their names in many languages."),
    ] = False,
    bare: Annotated[
        bool, typer.Option("--bare", help="Without the worked example: for your own articles.")
    ] = False,
) -> None:
    """Make a workspace of one's own, with a worked example that passes its check."""
    from legation.desk.founding import found
    from legation.desk.origin import STAND_IN, address

    files = found(folder, title=title, base=base, repository=repository, starter=starter, bare=bare)
    then = "add FILE" if bare else "check"
    typer.echo(f"{folder}: {len(files)} files; next: cd {folder} && legation {then}")
    if not bare:
        typer.echo("It holds a worked example to read; 'legation new DIR --bare' begins without.")
    if address(repository) == STAND_IN:
        typer.echo("OWNER in its workflow and README is a stand-in: put in whose Legation you use.")
    if not base:
        typer.echo("The base in legation.toml is a stand-in: settle it before you publish.")


def add(
    origin: Annotated[str, typer.Argument(metavar="FILE|URL|-", help="The article.")],
    slug: Annotated[str, typer.Option(help="Its name; else made of title or file name.")] = "",
    title: Annotated[str, typer.Option(help="Its title, where the source states none.")] = "",
    published: Annotated[str, typer.Option(metavar="EDTF", help="Its date of publication.")] = "",
    publisher: Annotated[str, typer.Option(help="The outlet, by a name of the registry.")] = "",
    language: Annotated[str, typer.Option(help="Its language tag, such as en.")] = "",
    url: Annotated[str, typer.Option(help="Its canonical address.")] = "",
    partial: Annotated[bool, typer.Option("--partial", help="The text is cut.")] = False,
    repost: Annotated[
        bool, typer.Option("--repost", help="Archive it though nearly the same text is here.")
    ] = False,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Let the address lie in a private network.")
    ] = False,
    timeout: Annotated[float, typer.Option(help="Seconds that a transfer may take.")] = 30.0,
    format: Shape = "text",
    workspace: Place = None,
) -> None:
    """Archive an article and write its header; an address is fetched."""
    from legation.desk.archive import Particulars
    from legation.desk.archive import add as archive

    with progress(f"reading {origin}"):
        added = archive(
            here(workspace),
            origin,
            said=Particulars(title, published, publisher, language, url, slug),
            private=allow_private,
            partial=partial,
            repost=repost,
            seconds=timeout,
        )
    _show_added(added, format)


def _show_added(added: "Added", format: TextOrJson) -> None:
    if format == "json":
        report = {
            "slug": added.slug,
            "article": str(added.article),
            "source": str(added.source),
            "dropped": None if added.dropped is None else str(added.dropped),
            "sha256": added.sha256,
            "completeness": "partial" if added.is_partial else "complete",
            "nfc": added.is_nfc,
            "notes": list(added.notes),
        }
        put_json(report)
        return
    state = "partial" if added.is_partial else "whole"
    typer.echo(f"{added.slug}: {near(added.source)} ({state}), {near(added.article)}")
    if added.dropped is not None:
        typer.echo(f"  what the page shows besides: {near(added.dropped)}")
    for note in added.notes:
        put(f"  {note}\n")
    typer.echo(f"  next: legation names {added.slug}, or legation desk")


def coverage(
    article: Annotated[
        str | None, typer.Argument(metavar="[ARTICLE]", help="The slug; all articles without it.")
    ] = None,
    complete: Annotated[
        bool,
        typer.Option("--complete", help="Call it complete: nothing is open, and it has no error."),
    ] = False,
    format: Annotated[
        Literal["text", "json", "md"],
        typer.Option("--format", "-f", help="How to write the report."),
    ] = "text",
    workspace: Place = None,
) -> None:
    """Show, sentence by sentence, what is claimed, omitted and open."""
    from legation.desk import progress as accounts

    if complete and article is None:
        raise UsageError("name the article that is complete: legation coverage SLUG --complete")
    if complete and article is not None:
        from legation.desk.writing.deeds import finished

        finished(here(workspace), article)
    found = accounts.coverage(here(workspace), article)
    if format == "json":
        put_json([accounts.as_json(a) for a in found])
        return
    write = accounts.as_markdown if format == "md" else accounts.as_text
    put("\n".join(write(account) for account in found))
