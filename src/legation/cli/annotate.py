"""The commands of the desk: new, add, coverage, diff.

Invariant: they never prompt. What is written is said on stdout, what a person must look at is
said beside it, and whatever fails leaves the workspace as it was.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from legation.cli.options import Drafts, Place, ReportForm, TextOrJson, argument, here, near, option
from legation.cli.show import progress, put, put_json
from legation.errors import UsageError

if TYPE_CHECKING:
    from legation.desk.archive import Added


def new(
    folder: Annotated[Path, argument("DIR", "A folder that is not there yet.")],
    title: Annotated[str, option("--title", "What the graph is called.")] = "",
    base: Annotated[str, option("--base IRI", "Where the IRIs of its things begin.")] = "",
    repository: Annotated[
        str,
        option(
            "--repository URL",
            "Where its workflow installs Legation from; else the origin of this one.",
            envvar="LEGATION_REPOSITORY",
        ),
    ] = "",
    starter: Annotated[
        bool, option("--starter", "With states, capitals and their names in many languages.")
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
    origin: Annotated[str, argument("FILE|URL|-", "The article.")],
    slug: Annotated[str, option("--slug", "Its name; else made of title or file name.")] = "",
    title: Annotated[str, option("--title", "Its title, where the source states none.")] = "",
    published: Annotated[str, option("--published EDTF", "Its date of publication.")] = "",
    publisher: Annotated[str, option("--publisher", "The outlet, by a name of the registry.")] = "",
    language: Annotated[str, option("--language", "Its language tag, such as en.")] = "",
    url: Annotated[str, option("--url", "Its canonical address.")] = "",
    partial: Annotated[bool, option("--partial", "The text is cut.")] = False,
    repost: Annotated[
        bool, option("--repost", "Archive it though nearly the same text is here.")
    ] = False,
    allow_private: Annotated[
        bool, option("--allow-private", "Let the address lie in a private network.")
    ] = False,
    timeout: Annotated[float, option("--timeout", "Seconds that a transfer may take.")] = 30.0,
    format: ReportForm = "text",
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
            "sha256": added.text.sha256,
            "completeness": "partial" if added.text.cut else "complete",
            "nfc": added.text.is_nfc,
            "notes": list(added.notes),
        }
        put_json(report)
        return
    state = "partial" if added.text.cut else "whole"
    typer.echo(f"{added.slug}: {near(added.source)} ({state}), {near(added.article)}")
    if added.dropped is not None:
        typer.echo(f"  what the page shows besides: {near(added.dropped)}")
    for note in added.notes:
        put(f"  {note}\n")
    typer.echo(f"  next: legation names {added.slug}, or legation desk")


def coverage(
    article: Annotated[
        str | None, argument("[ARTICLE]", "The slug; all articles without it.")
    ] = None,
    complete: Annotated[
        bool,
        typer.Option("--complete", help="Call it complete: nothing is open, and it has no error."),
    ] = False,
    format: Annotated[
        Literal["text", "json", "md"], option("--format -f", "How to write the report.")
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


_Form = Literal["text", "json", "md"]


def diff(
    before: Annotated[str, argument("A", "A revision, a folder, a built file, or a text.")],
    after: Annotated[str, argument("[B]", "The later one; the graph around here.")] = ".",
    format: Annotated[_Form, option("--format -f", "How to write the difference.")] = "text",
    drafts: Drafts = False,
    article: Annotated[str, option("--article SLUG", "Whose text two .txt files are.")] = "",
    exit_code: Annotated[bool, option("--exit-code", "Exit 1 when there is a difference.")] = False,
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
