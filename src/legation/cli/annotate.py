"""The commands of the desk: new, add, draft, coverage.

Invariant: they never prompt. What is written is said on stdout, what a person must look at is
said beside it, and whatever fails leaves the workspace as it was.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from legation.cli.folders import Place, here, near
from legation.cli.show import progress, put
from legation.errors import UsageError

if TYPE_CHECKING:
    from legation.desk.archive import Added
    from legation.desk.draft.drafting import Draft
    from legation.desk.draft.entities import Entities
    from legation.graph.workspace import Workspace


Again = Annotated[
    bool, typer.Option("--again", help="Make blocks anew in which nobody has written.")
]
Asking = Annotated[
    bool, typer.Option("--model", help="Also ask the endpoint named by LEGATION_SUGGEST_URL.")
]
Numbers = Annotated[
    str | None,
    typer.Option(metavar="NUMBERS", help="Accept proposals by sentence, such as 1,3,7-9."),
]
_Form = Literal["text", "json"]
Shape = Annotated[_Form, typer.Option("--format", "-f", help="How to write the report.")]


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
) -> None:
    """Make a workspace of one's own, with a worked example that passes its check."""
    from legation.desk.founding import found
    from legation.desk.origin import STAND_IN, address

    files = found(folder, title=title, base=base, repository=repository, starter=starter)
    typer.echo(f"{folder}: {len(files)} files; next: cd {folder} && legation check")
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


def _show_added(added: "Added", format: _Form) -> None:
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
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
        return
    state = "partial" if added.is_partial else "whole"
    typer.echo(f"{added.slug}: {near(added.source)} ({state}), {near(added.article)}")
    if added.dropped is not None:
        typer.echo(f"  what the page shows besides: {near(added.dropped)}")
    for note in added.notes:
        put(f"  {note}\n")
    typer.echo(f"  next: legation draft {added.slug}")


def draft(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="The slug of an article.")],
    again: Again = False,
    accept: Numbers = None,
    stdout: Annotated[
        bool, typer.Option("--stdout", help="Print the file instead of writing it.")
    ] = False,
    model: Asking = False,
    entities: Annotated[
        str, typer.Option(metavar="MODEL", help="Also take names from this spaCy model.")
    ] = "",
    format: Annotated[
        _Form,
        typer.Option("--format", "-f", help="json: what was found; the file is not written."),
    ] = "text",
    workspace: Place = None,
) -> None:
    """Show what an article's open sentences name, as comments in its file; or accept proposals."""
    from legation.desk.draft.drafting import draft as drafted
    from legation.desk.draft.entities import Entities
    from legation.desk.draft.model import Model

    home = here(workspace)
    if accept is not None:
        if again or model or entities or format == "json":
            raise UsageError("--accept takes proposals as they are: only --stdout goes with it")
        _accept(home, article, accept, write=not stdout)
        return
    names = Entities(entities) if entities else None
    if format == "json":
        _show_analysis(home, article, names)
        return
    asked = [Model.from_environment(home)] if model else []
    with progress(f"reading {article}"):
        done = drafted(
            home, article, suggesters=asked, entities=names, again=again, write=not stdout
        )
    if stdout:
        put(done.text)
    else:
        _show_draft(done)


def _accept(workspace: "Workspace", article: str, words: str, *, write: bool) -> None:
    from legation.desk.draft.acceptance import accept, listed_numbers, sentence_numbers
    from legation.desk.draft.drafting import analysis

    done = accept(workspace, article, sentence_numbers(words), write=write)
    if not write:
        put(done.text)
        return
    reading = analysis(workspace, article)
    typer.echo(f"{article}: accepted: {listed_numbers(done.accepted)}")
    if not reading.open:
        typer.echo("  every sentence is a claim or an omission: set leg:status leg:complete")
        return
    still = listed_numbers(sentence.number for sentence in reading.open)
    typer.echo(f"  {len(reading.open)} of {len(reading.sentences)} sentences open: {still}")
    if done.waiting:
        typer.echo(f"  proposals that wait: {listed_numbers(done.waiting)}, in {near(done.path)}")


def _show_analysis(workspace: "Workspace", article: str, entities: "Entities | None") -> None:
    from legation.desk.draft.drafting import analysis
    from legation.desk.draft.reading import as_json

    reading = analysis(workspace, article, entities=entities)
    typer.echo(json.dumps(as_json(reading), ensure_ascii=False, indent=2))


def _show_draft(done: "Draft") -> None:
    reading = done.reading
    mentions = [m for s in reading.open for m in s.mentions]
    unsure = sum(m.iri is None for m in mentions)
    proposed = f" with {done.proposals} proposals" if done.proposals else ""
    typer.echo(
        f"{reading.article.slug}: {len(reading.open)} of {len(reading.sentences)} sentences open, "
        f"{len(done.drafted)} drafted now{proposed}; "
        f"{len(mentions) - unsure} names known, {unsure} unsure"
    )
    file = near(done.path)
    if not reading.open:
        typer.echo("  every sentence is a claim or an omission: set leg:status leg:complete")
    elif not done.drafted:
        typer.echo(f"  drafted before: see {file}; --again makes untouched blocks anew")
    elif done.proposals:
        typer.echo(f"  {file}: read each proposal; --accept 1,3,7-9 takes the # from what is right")
    else:
        typer.echo(f"  {file}: take the ## from an empty claim and say what its words say")


def coverage(
    article: Annotated[
        str | None, typer.Argument(metavar="[ARTICLE]", help="The slug; all articles without it.")
    ] = None,
    format: Annotated[
        Literal["text", "json", "md"],
        typer.Option("--format", "-f", help="How to write the report."),
    ] = "text",
    workspace: Place = None,
) -> None:
    """Show, sentence by sentence, what is claimed, omitted and open."""
    from legation.desk import progress as accounts

    found = accounts.coverage(here(workspace), article)
    if format == "json":
        typer.echo(json.dumps([accounts.as_json(a) for a in found], ensure_ascii=False, indent=2))
        return
    write = accounts.as_markdown if format == "md" else accounts.as_text
    put("\n".join(write(account) for account in found))
