"""The command line: words only. What a command does stands in the package; here it is said.

Invariant: starting up imports nothing heavy. Each group of commands is a module with a function
``register(app)``; whatever a command needs is imported inside the command.
"""

import os
import sys
from typing import Annotated

import typer

from legation.cli import ask, build, check, desk, diff, edit, views
from legation.errors import LegationError

app = typer.Typer(
    name="legation",
    help="A knowledge graph of diplomacy in which every fact shows its receipt.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

for group in (ask, build, check, desk, diff, edit, views):
    group.register(app)


def _show_version(wanted: bool) -> None:
    if wanted:
        import legation

        typer.echo(f"legation {legation.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """A knowledge graph of diplomacy in which every fact shows its receipt."""


def _tamed(message: str) -> str:
    """A message in which no character acts on a terminal, whatever the files it speaks of hold."""
    from legation.display import visible

    return "\n".join(visible(line) for line in message.split("\n"))


def main() -> None:
    """Run the command line: one sentence on stderr and an exit code for whatever goes wrong."""
    try:
        app()
    except LegationError as error:
        typer.echo(f"legation: {_tamed(str(error))}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:  # the reader of a pipe has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
