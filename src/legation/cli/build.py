"""From the graph's files to what others load and read: build, site and push."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from legation.cli.options import Drafts, Folder, Place, Unchecked, argument, option
from legation.cli.show import progress
from legation.errors import CheckFailed, InputError, UsageError

if TYPE_CHECKING:
    from legation.checks.case import Case
    from legation.graph.dataset import Dataset
    from legation.graph.workspace import Workspace

Made = Annotated[Path, option("--out -o DIR", "The folder to make or replace.")]


def build(
    folder: Folder = None,
    out: Made = Path("dist"),
    no_check: Unchecked = False,
    nanopubs: Annotated[
        bool, option("--nanopubs", "Each claim as a nanopublication, too (unsigned).")
    ] = False,
    parquet: Annotated[
        bool, option("--parquet", "The tables as Parquet, too: needs legation[frames].")
    ] = False,
    drafts: Drafts = False,
    workspace: Place = None,
) -> None:
    """Check the graph and write every export of it, all or nothing."""
    from legation.files.folder import put_back
    from legation.graph import exports

    put_back(out)
    with progress("building the graph"):
        home, dataset = checked(folder, workspace, no_check=no_check, drafts=drafts)
    edition, more = exports.edition_of(dataset, home), networks(home, dataset)
    asked = ["nanopubs"] * nanopubs + ["parquet"] * parquet
    sizes = exports.write_all(edition, out, workspace=home, more=more, asked=asked)
    typer.echo("\n".join(f"{out / name}  {size:,} bytes" for name, size in sorted(sizes.items())))


def site(
    folder: Folder = None,
    out: Made = Path("dist/site"),
    no_check: Unchecked = False,
    drafts: Drafts = False,
    workspace: Place = None,
) -> None:
    """Check the graph and make its site: a page for each thing for any web host, all or nothing."""
    from legation.files.folder import put_back
    from legation.site import Holdings, engine, issue

    put_back(out)
    with progress("making the site"):
        home, dataset = checked(folder, workspace, no_check=no_check, drafts=drafts)
        made = issue(Holdings.of(dataset, home), engine(), out)
    told = f"{made.things:,} things on {made.pages:,} pages"
    typer.echo(f"{out}  {told}, {made.files:,} files, {made.size:,} bytes")
    for remark in made.remarks:
        typer.echo(remark, err=True)


def push(
    url: Annotated[str, argument("URL", "Where a store takes graphs, such as …/store.")],
    folder: Folder = None,
    rehearse: Annotated[
        bool, option("--rehearse", "Say what would be sent, and send nothing.")
    ] = False,
    replace: Annotated[
        bool, option("--replace", "Let the graphs of this one there hold nothing else.")
    ] = False,
    seconds: Annotated[float, option("--seconds", "How long a request may take.", min=1)] = 300.0,
    no_check: Unchecked = False,
    drafts: Drafts = False,
    workspace: Place = None,
) -> None:
    """Check the graph, send it to a store by the Graph Store Protocol, and read it back.

    LEGATION_PUSH_USER and LEGATION_PUSH_PASSWORD are sent where they are set. What is there already
    is not sent again.
    """
    from legation.store.push import GraphStore, compared
    from legation.store.push import push as sent

    user, password = (os.environ.get(f"LEGATION_PUSH_{n}", "") for n in ("USER", "PASSWORD"))
    store = GraphStore(url, user=user, password=password, seconds=seconds)
    with progress("building the graph"):
        _, dataset = checked(folder, workspace, no_check=no_check, drafts=drafts)
    with progress(f"reading {store.url}"):
        difference = compared(store, dataset.held)
    told = f"{len(difference.missing):,} of {len(difference.whole):,} statements"
    beside = (
        f"; {len(difference.surplus):,} others stand in its graphs" if difference.surplus else ""
    )
    beside += f"; {difference.others:,} other graphs stay" if difference.others else ""
    if rehearse:
        typer.echo(f"{store.url} lacks {told}{beside}; nothing was sent")
        return
    with progress(f"sending {told}"):
        rows = sent(store, difference, replaces=replace)
    typer.echo(f"{store.url} had lacked {told}{beside}; all were read back (SHA-256 {rows})")


def checked(
    folder: Path | None, workspace: Path | None, *, no_check: bool, drafts: bool
) -> "tuple[Workspace, Dataset]":
    """The built graph of a workspace, once its faults have been looked for."""
    from legation.checks.judging import open_case
    from legation.cli.check import base_of
    from legation.graph.dataset import build as built
    from legation.graph.workspace import find

    if folder is not None and workspace is not None:
        raise UsageError("name the folder once: as DIR or with --workspace DIR")
    home = find(folder or workspace)
    case = open_case(home, base=base_of(home))
    refuse_missing_texts(case)
    whole = case.dataset if drafts else None  # before the judges, who are content with less
    if not no_check:
        refuse_faults(case)
    return home, whole if whole is not None else built(case.record, home.rules)


def networks(home: "Workspace", dataset: "Dataset") -> dict[str, bytes]:
    """The network of all agents as files that network programs open."""
    from legation.answer import Questions, Source
    from legation.knowledge.opened import KnowledgeGraph
    from legation.store import LocalStore
    from legation.views.network import to_gexf, to_graphml

    source = Source(LocalStore(dataset.quads, home.prefixes), home.ontology, home.prefixes)
    kg = KnowledgeGraph(source, Questions.of(home.question_files, home.ontology), home)
    everything = kg.network("everything")
    return {
        "network.gexf": to_gexf(everything).encode(),
        "network.graphml": to_graphml(everything).encode(),
    }


def refuse_missing_texts(case: "Case") -> None:
    """Stop where an article's archived text should be here and is not."""
    if not case.workspace.has_texts:
        return
    for article in case.record.articles:
        if article.text is None:
            message = f"quotes {case.file(article.source)}, which is missing: put the text back"
            raise InputError(message, Path(case.file(article.path)), article.line)


def refuse_faults(case: "Case") -> None:
    """Stop with CheckFailed, which carries them, where a check finds errors."""
    from legation.checks.judging import judge

    errors = judge(case).at_least("error")
    if errors:
        count = f"{len(errors)} error{'s' if len(errors) > 1 else ''}"
        lines = "\n".join(f"  {finding}" for finding in errors)
        raise CheckFailed(f"nothing was built: the graph has {count}\n{lines}", errors)
