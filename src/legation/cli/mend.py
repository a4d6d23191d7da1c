"""The commands that edit files of the graph: pin, format, rename, merge, split.

Invariant: a command reads everything, decides, and only then writes; what it cannot do for
certain it says, and leaves the files as they were.
"""

from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from legation.cli.options import Place, Rehearse, argument, here, near, option
from legation.errors import InputError, UsageError
from legation.files.document import contents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date as Day

    from legation.desk.edit.identity import Repair
    from legation.desk.edit.pin import Answers
    from legation.files.journal import Change
    from legation.graph.record import Record
    from legation.graph.workspace import Workspace


Dated = Annotated[str | None, option("--date YYYY-MM-DD", "The note's date; today's.")]


def pin(
    files: Annotated[list[str], argument("FILE...", "Article files, or their slugs.")],
    at: Annotated[
        list[str] | None,
        option("--at [CLAIM=]OFFSET", "Where a quote begins that stands in several places."),
    ] = None,
    fix: Annotated[
        bool, option("--fix", "Take the text's own quotation marks, dashes and spaces.")
    ] = False,
    workspace: Place = None,
) -> None:
    """Find each quote in its text, ask where one stands twice: legation pin yonhap-2015-05-12."""
    from legation.desk.edit.pin import pinned
    from legation.files.journal import Change
    from legation.graph import workspace as workspaces

    is_named = workspace is None and Path(files[0]).is_file()
    home = workspaces.around(Path(files[0])) if is_named else here(workspace)
    answers = _answers(at or [], home, fix=fix)
    has_faults = False
    with _writing([_article(name, home)[0] for name in files]) as rewrite:
        changes = []
        for path, source in dict.fromkeys(_article(name, home) for name in files):
            root = _root(path)
            before = contents(path, within=root)
            result = pinned(before, near(path), contents(source, within=root), answers)
            changes.append(Change(path, before, result.data))
            for line in (*result.changes, *map(str, result.faults)):
                typer.echo(line)
            placed = result.quotes - len(result.faults)
            typer.echo(f"{near(path)}: {placed} of {result.quotes} quotes stand where it says")
            has_faults = has_faults or bool(result.faults)
        rewrite(changes)
    if has_faults:
        raise typer.Exit(1)


@contextmanager
def _writing(paths: "Iterable[Path]") -> "Iterator[Callable[[list[Change]], None]]":
    """Be the only writer in the workspaces of some files; each is written all at once."""
    from legation.files.journal import rewrite, writing

    roots = sorted({_root(path) for path in paths})  # in one order, so that no two wait in a ring

    def write(changes: "list[Change]") -> None:
        for root in roots:
            rewrite([change for change in changes if _root(change.path) == root], root)

    with ExitStack() as stack:
        for root in roots:
            stack.enter_context(writing(root))
        yield write


def _root(path: Path) -> Path:
    """The workspace in which a file's name stands, wherever a link under that name may lead."""
    from legation.graph.workspace import around

    return around(path.absolute().parent).root


def _answers(given: list[str], home: "Workspace", *, fix: bool) -> "Answers":
    from legation.desk.edit.pin import Answers
    from legation.rdf.vocabulary import expand

    anywhere: list[int] = []
    by_claim: dict[str, int] = {}
    for answer in given:
        claim, equals, offset = answer.rpartition("=")
        node = expand(claim, home.prefixes) if equals else None
        if not (offset.isascii() and offset.isdigit()) or (equals and node is None):
            raise UsageError(f"--at {answer}: give OFFSET or claim:…=OFFSET, an integer from 0")
        if node is None:
            anywhere.append(int(offset))
        else:
            by_claim[node.value] = int(offset)
    return Answers(tuple(anywhere), by_claim, fix)


def _article(name: str, home: "Workspace") -> tuple[Path, Path]:
    """An article's file and its text, from a path or a slug."""
    path = Path(name)
    if path.is_file():
        source = path.resolve().parent.parent / "sources" / f"{path.stem}.txt"
    else:
        path = home.articles / f"{name}.trig"
        source = home.sources / f"{name}.txt"
        if not path.is_file():
            known = sorted(p.stem for p in home.articles.glob("*.trig"))
            raise UsageError(
                f"there is no file and no article {name!r}; articles here: {', '.join(known)}"
            )
    if not source.is_file():
        raise InputError(f"has no text to hold quotes against: {near(source)} is not here", path)
    return path, source


def format_(
    paths: Annotated[
        list[Path] | None, argument("[PATH]...", "Files or folders; graph/ and ontology/.")
    ] = None,
    check: Annotated[
        bool, option("--check", "List the files that would change; write nothing.")
    ] = False,
    workspace: Place = None,
) -> None:
    """Lay out Turtle and TriG files in one way, comments kept; leave out what the build derives."""
    files = _files(paths, workspace)
    if check:
        changes = _laid_out(files)
        kept = len(files) - len(changes)
        typer.echo(f"{kept} of {len(files)} files are in canonical layout", err=True)
        raise typer.Exit(1 if changes else 0)
    with _writing(files) as rewrite:
        changes = _laid_out(files)
        rewrite(changes)
    typer.echo(f"laid out {len(changes)} of {len(files)} files", err=True)


def _laid_out(files: list[Path]) -> "list[Change]":
    """What has another layout than it should, each file named as it is found."""
    from legation.desk.edit.brevity import briefer
    from legation.files.journal import Change
    from legation.rdf.layout import laid_out

    changes = []
    record = cache(_record)
    for path in files:
        root = _root(path)
        before = contents(path, within=root)
        known = record(root) if path.suffix == ".trig" else None
        here = path.parent.resolve() / path.name
        after = laid_out(before if known is None else briefer(before, here, known), near(path))
        if before != after:
            changes.append(Change(path, before, after))
            typer.echo(str(near(path)))
    return changes


def _record(root: Path) -> "Record | None":
    """What a workspace holds; None where another of its files cannot be read, which check says."""
    from legation.graph import workspace as workspaces

    try:
        return workspaces.read(workspaces.find(root))
    except InputError:
        return None


def _files(paths: list[Path] | None, workspace: Path | None) -> list[Path]:
    """The Turtle and TriG files meant, each once, sorted."""
    if not paths:
        root = here(workspace).root
        paths = [root / "graph", root / "ontology"]
        paths = [path for path in paths if path.is_dir()]
    found: set[Path] = set()
    for path in paths:
        if path.is_dir():
            found |= {p for kind in ("*.ttl", "*.trig") for p in path.rglob(kind) if not p.is_dir()}
        elif path.suffix in (".ttl", ".trig"):
            found.add(path)
        else:
            raise UsageError(f"{path} is neither a folder nor a .ttl or .trig file")
    return sorted(found)


def rename(
    old: Annotated[str, argument("OLD", "The IRI or prefixed name it has.")],
    new: Annotated[str, argument("NEW", "The one it shall have.")],
    date: Dated = None,
    rehearse: Rehearse = False,
    workspace: Place = None,
) -> None:
    """Give a thing another IRI in every file: legation rename person:choi person:choe."""
    from legation.desk.edit.identity import rename as renamed

    _repair(workspace, date, rehearse, lambda home, day: renamed(home, old, new, day=day))


def merge(
    gone: Annotated[str, argument("GONE", "The thing whose IRI goes.")],
    kept: Annotated[str, argument("KEPT", "The thing whose IRI stays.")],
    date: Dated = None,
    rehearse: Rehearse = False,
    workspace: Place = None,
) -> None:
    """Make two things one; the names of the first become aliases of the second."""
    from legation.desk.edit.identity import merge as merged

    _repair(workspace, date, rehearse, lambda home, day: merged(home, gone, kept, day=day))


def split(
    thing: Annotated[str, argument("THING", "What was taken for one thing.")],
    new: Annotated[str, argument("NEW", "The IRI of the other thing.")],
    claims: Annotated[
        list[str], option("--claims CLAIM", "A claim that speaks of the other thing.")
    ],
    label: Annotated[str, option("--label", "What the other thing is called.")] = "",
    date: Dated = None,
    rehearse: Rehearse = False,
    workspace: Place = None,
) -> None:
    """Let chosen claims speak of another thing: legation split THING NEW --claims claim:…."""
    from legation.desk.edit.identity import split as divided

    chosen = [claim for given in claims for claim in given.replace(",", " ").split()]
    _repair(
        workspace,
        date,
        rehearse,
        lambda home, day: divided(home, thing, new, chosen, day=day, label=label),
    )


def _repair(
    workspace: Path | None,
    date: str | None,
    rehearse: bool,
    repair: "Callable[[Workspace, Day], Repair]",
) -> None:
    """Work a repair out, say it, and write it unless this is a rehearsal."""
    from datetime import date as calendar

    from legation.files.journal import reading, rewrite, writing

    try:
        day = calendar.today() if date is None else calendar.fromisoformat(date)
    except ValueError:
        raise UsageError(f"--date {date}: give a day as YYYY-MM-DD") from None
    home = here(workspace)
    with (reading if rehearse else writing)(home.root):
        done = repair(home, day)
        if not rehearse:
            rewrite(done.changes, home.root)
    typer.echo(f"{done.summary}{' (not written)' if rehearse else ''}")
    for change in done.changes:
        typer.echo(f"  {near(change.path)}")
    for caution in done.cautions:
        typer.echo(f"note: {caution}", err=True)
