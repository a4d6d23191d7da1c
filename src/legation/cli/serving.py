"""The commands that go on until somebody ends them: serve, desk and mcp."""

import os
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING, Annotated

import typer

from legation.cli.options import Drafts, Place, answering, here, option
from legation.cli.show import progress
from legation.errors import MissingExtra, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from legation.serve.bureau import Bureau
    from legation.serve.served import ServedGraph

Seconds = Annotated[float, option("--timeout SECONDS", "End a query after so long.", min=0.1)]
Memory = Annotated[int, option("--memory MB", "What a query may take.", min=64)]
Couriers = Annotated[int, option("--workers N", "How many queries run at once.", min=1, max=64)]


def serve(
    port: Annotated[
        int, option("--port -p", "Where to listen; 0: anywhere.", min=0, max=65535)
    ] = 8000,
    host: Annotated[str, option("--host", "Whom to let in: 0.0.0.0 is anybody.")] = "127.0.0.1",
    workers: Couriers = 4,
    timeout: Seconds = 10.0,
    memory: Memory = 512,
    drafts: Drafts = False,
    workspace: Place = None,
) -> None:
    """Serve the graph: SPARQL at /sparql, a page for each thing, the questions as a JSON API."""
    with _extra("endpoints", "serve"):
        from legation.serve.listening import bound, is_loopback, listen
        from legation.serve.reception import application

    with bound(host, port) as listener:
        held = _held(workspace, drafts)
        address = _address(*listener.getsockname()[:2])
        if not is_loopback(listener):
            words = "whoever reaches this machine can ask; put a proxy with TLS before it"
            typer.echo(f"not only this machine is let in at {address}: {words}", err=True)
        triples, graphs = held.size
        about = {"title": held.title, "triples": triples, "graphs": graphs}
        ready = f"{held.title}: {address} (Ctrl-C ends it)"
        with _bureau(held, workers, timeout, memory) as bureau:
            listen(application(bureau, about), listener, lambda: typer.echo(ready))


def desk(
    port: Annotated[
        int, option("--port -p", "Where to listen; 0: anywhere.", min=0, max=65535)
    ] = 0,
    show: Annotated[bool, option("--open", "Open it in the browser.")] = False,
    workspace: Place = None,
) -> None:
    """Annotate in the browser: select words, say what they claim; only on this machine."""
    with _extra("the desk", "serve"):
        from legation.serve.chancery import chancery, new_token
        from legation.serve.listening import bound, listen
    from legation.desk.writing.bench import Bench

    home = here(workspace)
    with bound("127.0.0.1", port) as listener:
        token = new_token()
        address = f"{_address(*listener.getsockname()[:2])}{token}/"

        def ready() -> None:
            typer.echo(f"the desk: {address} (Ctrl-C ends it)")
            if show:
                typer.launch(address)

        listen(chancery(Bench(home), token), listener, ready)


def mcp(
    workers: Couriers = 2,
    timeout: Seconds = 30.0,
    memory: Memory = 512,
    drafts: Drafts = False,
    workspace: Place = None,
) -> None:
    """Let an assistant ask, by the Model Context Protocol on stdin and stdout."""
    with _extra("assistants", "mcp"):
        from legation.serve.assistant import assistant

    held = _held(workspace, drafts)
    with suppress(KeyboardInterrupt), _bureau(held, workers, timeout, memory) as bureau:
        assistant(bureau, held.kg.questions).run()


def _held(workspace: "Place", drafts: bool) -> "ServedGraph":
    from legation.serve.served import served

    root = answering(workspace).root
    with progress("reading the graph"):
        return served(root, drafts=drafts)


def _bureau(held: "ServedGraph", workers: int, timeout: float, memory: int) -> "closing[Bureau]":
    from legation.serve.bureau import Bureau, Limits
    from legation.serve.errands import working

    limits = Limits(seconds=timeout, memory=memory * 1024**2, couriers=workers)
    return closing(Bureau(working(held), limits))


@contextmanager
def _extra(what: str, extra: str) -> "Iterator[None]":
    """Say what is wanted where it is not here: a package of an extra, or how processes are made."""
    if not hasattr(os, "fork"):
        raise UsageError(f"{what} need a system that forks processes: Linux, macOS or WSL")
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("legation"):
            raise
        raise MissingExtra(what, extra) from error


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
