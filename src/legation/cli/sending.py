"""The command that writes elsewhere: push."""

import os
from typing import Annotated

import typer

from legation.cli.build import Folder, Unchecked, checked
from legation.cli.folders import DraftsToo, Place
from legation.cli.show import progress


def push(
    url: Annotated[
        str, typer.Argument(metavar="URL", help="Where a store takes graphs, such as …/store.")
    ],
    folder: Folder = None,
    rehearse: Annotated[
        bool, typer.Option("--rehearse", help="Say what would be sent, and send nothing.")
    ] = False,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Let the graphs of this one there hold nothing else."),
    ] = False,
    seconds: Annotated[
        float, typer.Option("--seconds", min=1, help="How long a request may take.")
    ] = 300.0,
    no_check: Unchecked = False,
    drafts: DraftsToo = False,
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
