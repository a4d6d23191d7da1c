"""The commands of drafting: draft and measure.

Invariant: they never prompt. What is written is said on stdout, what a person must look at is
said beside it, and whatever fails leaves the workspace as it was.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from legation.cli.options import Place, ReportForm, Slug, TextOrJson, argument, here, near, option
from legation.cli.show import progress, put, put_json
from legation.errors import UsageError
from legation.files.document import contents, keep

if TYPE_CHECKING:
    from legation.desk.draft.drafting import Draft
    from legation.desk.draft.entities import Entities
    from legation.desk.draft.proposal import Suggester
    from legation.graph.workspace import Workspace

Again = Annotated[bool, option("--again", "Make blocks anew in which nobody has written.")]
Asking = Annotated[bool, option("--model", "Also ask the endpoint named by LEGATION_SUGGEST_URL.")]
Answered = Annotated[
    Path | None, option("FILE", "Read the reply of any assistant to what --ask wrote.")
]
Asked = Annotated[
    Path | None, option("FILE", "Write the prompt for an assistant; with --answer, what was wrong.")
]
Names = Annotated[
    str | None, option("NAMES", "Proposals, such as 1,3b,7-9: 3 is all of sentence 3.")
]


def draft(
    article: Slug,
    again: Again = False,
    accept: Names = None,
    reject: Names = None,
    stdout: Annotated[bool, option("--stdout", "Print the file instead of writing it.")] = False,
    model: Asking = False,
    ask: Asked = None,
    answer: Answered = None,
    entities: Annotated[
        str, option("--entities MODEL", "Also take names from this spaCy model.")
    ] = "",
    format: Annotated[
        TextOrJson, option("--format -f", "json: what was found; the file is not written.")
    ] = "text",
    workspace: Place = None,
) -> None:
    """Show what an article's open sentences name, as comments in its file; or accept proposals."""
    from legation.desk.draft.entities import Entities

    home = here(workspace)
    names = Entities(entities) if entities else None
    is_drafting = again or model or entities or ask or answer or format == "json"
    if accept is not None or reject is not None:
        if is_drafting:
            raise UsageError("--accept and --reject take proposals as they are: only --stdout fits")
        _decide(home, article, (accept, reject), write=not stdout)
    elif format == "json":
        _show_analysis(home, article, names)
    elif ask is not None and answer is None and not model:
        _ask(home, article, ask, names)
    else:
        done = _draft(home, article, (model, answer), names, again=again, write=not stdout)
        put(done.text) if stdout else _show_draft(done)
        if ask is not None:
            _complain(done, ask)


def _draft(
    workspace: "Workspace",
    article: str,
    suggested: tuple[bool, Path | None],
    names: "Entities | None",
    *,
    again: bool,
    write: bool,
) -> "Draft":
    from legation.desk.draft.drafting import draft as drafted

    asked = _suggesters(workspace, suggested)
    with progress(f"reading {article}"):
        return drafted(
            workspace, article, suggesters=asked, entities=names, again=again, write=write
        )


def _suggesters(workspace: "Workspace", given: tuple[bool, Path | None]) -> "list[Suggester]":
    from legation.desk.draft.model import Model, Relayed

    is_asked, answer = given
    models: list[Suggester] = [Model.from_environment(workspace)] if is_asked else []
    return [*models, *([Relayed(_read(answer), answer.stem, workspace)] if answer else [])]


def _read(path: Path) -> str:

    most = 4 * 1024 * 1024
    data = sys.stdin.buffer.read(most) if str(path) == "-" else contents(path, most=most)
    return data.decode("utf-8", "replace")


def _ask(workspace: "Workspace", article: str, out: Path, names: "Entities | None") -> None:
    from legation.desk.draft.drafting import assignment
    from legation.desk.draft.prompt import prompt

    assigned = assignment(workspace, article, entities=names)
    if not assigned.wanted:
        raise UsageError(f"every sentence of {article!r} is a claim or an omission")
    keep(prompt(assigned).text.encode("utf-8"), out)
    if out.is_file():
        typer.echo(f"{near(out)}: give it to an assistant, save the reply, and read it with")
        typer.echo(f"  legation draft {article} --again --answer FILE")


def _complain(done: "Draft", out: Path) -> None:
    from legation.desk.draft.prompt import complaint

    keep(complaint(done.refused).encode("utf-8"), out)
    typer.echo(f"  {len(done.refused)} turned down: {near(out)} says why, for the same assistant")


def _decide(
    workspace: "Workspace", article: str, words: tuple[str | None, str | None], *, write: bool
) -> None:
    from legation.desk.draft.acceptance import accept, listed_numbers, proposal_names, reject
    from legation.desk.draft.drafting import analysis

    for verb, act, given in (("rejected", reject, words[1]), ("accepted", accept, words[0])):
        if given is None:
            continue
        done = act(workspace, article, proposal_names(given), write=write)
        if not write:
            put(done.text)
            return
        typer.echo(f"{article}: {verb}: {', '.join(done.settled)}")
        if done.entries:
            typer.echo(f"  entered in the registry: {', '.join(done.entries)}")
    reading = analysis(workspace, article)
    if not reading.open:
        typer.echo(_told_of_all(article))
        return
    still = listed_numbers(sentence.number for sentence in reading.open)
    typer.echo(f"  {len(reading.open)} of {len(reading.sentences)} sentences open: {still}")
    if done.waiting:
        typer.echo(f"  proposals that wait: {', '.join(done.waiting)}, in {near(done.path)}")


def _told_of_all(slug: str) -> str:
    return f"  every sentence is a claim or an omission; next: legation coverage {slug} --complete"


def _show_analysis(workspace: "Workspace", article: str, entities: "Entities | None") -> None:
    from legation.desk.draft.drafting import analysis
    from legation.desk.draft.reading import as_json

    reading = analysis(workspace, article, entities=entities)
    put_json(as_json(reading))


def _show_draft(done: "Draft") -> None:
    reading = done.reading
    mentions = [m for s in reading.open for m in s.mentions]
    unsure = sum(m.iri is None for m in mentions)
    proposed = f" with {done.proposals} proposals" if done.proposals else ""
    turned_down = f", {len(done.refused)} turned down" if done.refused else ""
    typer.echo(
        f"{reading.article.slug}: {len(reading.open)} of {len(reading.sentences)} sentences open, "
        f"{len(done.drafted)} drafted now{proposed}{turned_down}; "
        f"{len(mentions) - unsure} names known, {unsure} unsure"
    )
    file = near(done.path)
    if not reading.open:
        typer.echo(_told_of_all(reading.article.slug))
    elif not done.drafted:
        typer.echo(f"  drafted before: see {file}; --again makes untouched blocks anew")
    elif done.proposals:
        typer.echo(f"  {file}: read each; --accept 1,3b takes the # from what is right, --reject")
        typer.echo("  takes out for good what is wrong")
    else:
        typer.echo(f"  {file}: take the ## from an empty claim and say what its words say")


def measure(
    article: Annotated[str, argument("ARTICLE", "An annotated article.")],
    against: Annotated[
        Path | None, option("--with FILE", "Proposals: an assistant's answer, or a drafted copy.")
    ] = None,
    model: Asking = False,
    ask: Annotated[
        Path | None, option("--ask FILE", "Write the prompt, as if nothing were annotated.")
    ] = None,
    format: ReportForm = "text",
    workspace: Place = None,
) -> None:
    """Compare proposals with what people made of an article: names, facts, and what is wrong."""
    from legation.desk.draft import measuring
    from legation.desk.draft.prompt import prompt
    from legation.desk.draft.proposal import Offered

    home = here(workspace)
    blank = measuring.Blank.of(home, article)
    if ask is not None:
        keep(prompt(blank.given).text.encode("utf-8"), ask)
        return
    if against is not None and against.suffix == ".trig":
        measured = blank.measured(measuring.copied(home, against), Offered())
    elif against is not None or model:
        with progress(f"reading {article}"):
            measured = blank.measured((), blank.proposals(_suggesters(home, (model, against))))
    else:
        raise UsageError("give proposals: --with FILE, or --model; --ask FILE writes the prompt")
    if format == "json":
        put_json(measured.as_json())
    else:
        put(measured.as_text(home.prefixes))
