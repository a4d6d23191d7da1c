"""From the graph's files to what others load: build."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from legation.cli.folders import DraftsToo, Place
from legation.cli.show import progress
from legation.errors import CheckFailed, InputError, UsageError

if TYPE_CHECKING:
    from legation.checks.case import Case
    from legation.graph.dataset import Dataset
    from legation.graph.workspace import Workspace


def build(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="The folder that holds graph/.")
    ] = None,
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="DIR", help="The folder to make or replace.")
    ] = Path("dist"),
    no_check: Annotated[
        bool, typer.Option("--no-check", help="Build although nobody looked for faults.")
    ] = False,
    nanopubs: Annotated[
        bool, typer.Option("--nanopubs", help="Each claim as a nanopublication, too (unsigned).")
    ] = False,
    parquet: Annotated[
        bool, typer.Option("--parquet", help="The tables as Parquet, too: needs legation[frames].")
    ] = False,
    drafts: DraftsToo = False,
    workspace: Place = None,
) -> None:
    """Check the graph and write every export of it, all or nothing."""
    from legation.checks.judging import open_case
    from legation.cli.check import base_of
    from legation.files.folder import put_back
    from legation.graph import exports
    from legation.graph.dataset import build as built
    from legation.graph.workspace import find

    if folder is not None and workspace is not None:
        raise UsageError("name the folder once: as DIR or with --workspace DIR")
    put_back(out)
    home = find(folder or workspace)
    with progress(f"building {home.root.name}"):
        case = open_case(home, base=base_of(home))
        refuse_missing_texts(case)
        if not no_check:
            refuse_faults(case)
    dataset = case.dataset if drafts else built(case.record, home.rules)
    edition, more = exports.edition_of(dataset, home), networks(home, dataset)
    asked = ["nanopubs"] * nanopubs + ["parquet"] * parquet
    sizes = exports.write_all(edition, out, workspace=home, more=more, asked=asked)
    typer.echo("\n".join(f"{out / name}  {size:,} bytes" for name, size in sorted(sizes.items())))


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
