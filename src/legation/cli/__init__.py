"""The command line: words only. What a command does stands in the package; here it is said.

Invariant: starting up imports nothing heavy; whatever a command needs is imported inside it.
"""

import io
import os
import sys
from typing import Annotated, NoReturn

import typer

from legation.cli import annotate, ask, build, check, clerk, drafts, mend, serving, survey, tour
from legation.cli.options import MAY_KEEP, option
from legation.errors import LegationError, UsageError
from legation.text.safe import visible

_LONGEST = 1_000

app = typer.Typer(
    name="legation",
    help="A knowledge graph of diplomacy in which every fact shows its receipt.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_GROUPS = (
    (tour.demo, tour.list_, ask.ask, ask.query, ask.explain, build.build, build.site, check.check),
    (annotate.new, annotate.add, clerk.names, drafts.draft, drafts.measure, serving.desk),
    (annotate.coverage, annotate.diff),
    (clerk.claims, clerk.import_),
    (mend.pin, mend.format_, mend.rename, mend.merge, mend.split),
    (survey.network, survey.path, survey.timeline),
    (serving.serve, serving.mcp, build.push),
)
"""The commands, in the order in which ``--help`` lists them."""

for _group in _GROUPS:
    for _command in _group:
        app.command(_command.__name__.rstrip("_"))(_command)  # no function is called `format`


def _show_version(wanted: bool) -> None:
    if wanted:
        import legation

        typer.echo(f"legation {legation.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, option("--version", "Show the version.", callback=_show_version, is_eager=True)
    ] = False,
    debug: Annotated[
        bool, option("--debug", "Show where in the program a failure comes from.")
    ] = False,
    timeout: Annotated[
        float | None,
        option(
            "--timeout SECONDS",
            "End a question, or an own query or shape, after so long (30); 0 never does.",
            min=0,
            envvar="LEGATION_TIMEOUT",
        ),
    ] = None,
    no_store: Annotated[
        bool,
        option(
            "--no-store",
            "Neither open nor keep a graph in .legation/; read the files.",
            envvar="LEGATION_NO_STORE",
        ),
    ] = False,
) -> None:
    """A knowledge graph of diplomacy in which every fact shows its receipt."""
    MAY_KEEP.set(not no_store)
    if timeout is not None:
        from legation.rdf.worker import PATIENCE

        PATIENCE.set(timeout)


def main() -> None:
    """Run the command line: one sentence on stderr and an exit code for whatever goes wrong."""
    _open_streams()
    try:
        _refuse_bytes(sys.argv[1:])
        try:
            app()
        finally:
            sys.stdout.flush()
    except LegationError as error:
        _fail(str(error), error.exit_code)
    except (BrokenPipeError, SystemExit) as ended:
        # `legation ask | head -1`: the reader has seen enough, which is no failure. Typer and rich
        # catch the closed pipe themselves and exit with 1.
        if not any(isinstance(e, BrokenPipeError) for e in (ended, ended.__context__)):
            raise
        _silence()
        sys.exit(0)
    except OSError as error:  # a disk that is full, a folder that went away
        _silence()
        place = f"{error.filename}: " if error.filename else ""
        _fail(f"{place}{error.strerror or error}", 2)
    except Exception as error:  # no reader of a graph is to blame, and none reads tracebacks
        if "--debug" in sys.argv[1:]:
            raise
        what = f"{type(error).__name__}: {error}".rstrip(": ")
        _fail(f"failed by a fault of its own ({what}); 'legation --debug …' shows where", 2)


def _open_streams() -> None:
    """Give every stream a place, also one that was closed, and a way to write any character."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _refuse_bytes(words: list[str]) -> None:
    for word in words:
        try:
            word.encode()
        except UnicodeEncodeError:
            raise UsageError(f"this is not UTF-8 text: {word!a}") from None


def _silence() -> None:
    """Let nothing more be written to a stdout that takes nothing."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fail(message: str, code: int) -> NoReturn:
    """Say what went wrong; no character acts on a terminal, whatever the files hold."""
    lines = visible(message).split("\n")
    cut = (line if len(line) <= _LONGEST else f"{line[:_LONGEST]} …" for line in lines)
    typer.echo(f"legation: {chr(10).join(cut)}", err=True)
    sys.exit(code)
