"""The reviewer's gate: check."""

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from legation.checks.finding import SEVERITIES, Format
from legation.cli.options import MAY_KEEP, Place, argument, option
from legation.cli.show import deliver, progress
from legation.errors import InputError, UsageError

if TYPE_CHECKING:
    from legation.checks.case import Case
    from legation.checks.finding import Report, Severity
    from legation.graph.workspace import Workspace


def check(
    paths: Annotated[
        list[Path] | None,
        argument(
            "[PATH]...",
            "A folder that holds graph/, or files of one; none means the graph around here.",
        ),
    ] = None,
    since: Annotated[
        str | None, option("--since REV", "Only what changed since this git revision.")
    ] = None,
    format: Annotated[Format, option("--format -f", "How to write the findings.")] = "text",
    severity: Annotated[
        str, option("--severity", "The mildest finding that fails: note, warning, error.")
    ] = "error",
    logic: Annotated[bool, option("--logic", "Let HermiT look for contradictions, too.")] = False,
    out: Annotated[Path | None, option("--out -o FILE", "Write there, not to stdout.")] = None,
    workspace: Place = None,
) -> None:
    """Find every fault a machine can find: exit 0 clean, 1 with findings, 2 on misuse."""
    failing = _severity(severity)
    home, files = asked(paths or [], workspace)
    judged = _judged if files or since is not None or format == "html" else _remembered
    try:
        case, report = judged(home, files, since=since, logic=logic)
    except InputError as error:
        _tell_unreadable(home, error, format, out)
    page = _page(case, report, since) if case is not None and format == "html" else ""
    shown = page or _written(home, report, format, failing=failing, is_kept=out is not None)
    # As bytes: `put` would show the colours of a terminal as the escapes that make them.
    deliver(shown.encode("utf-8", "backslashreplace"), out)
    if report.at_least(failing):
        raise typer.Exit(1)


def _tell_unreadable(
    workspace: "Workspace", error: InputError, format: Format, out: Path | None
) -> NoReturn:
    """Tell not only the first file that cannot be read, in the form that was asked for."""
    from legation.checks import unreadable
    from legation.checks.forms import written

    errors = unreadable.failures(workspace)
    if str(error) not in map(str, errors):
        errors.insert(0, error)
    if format not in ("text", "html"):
        report = unreadable.report(errors, base_of(workspace))
        deliver(written(report, format).encode("utf-8", "backslashreplace"), out)
    raise InputError("\n".join(map(str, errors))) from error


def _judged(
    workspace: "Workspace", files: list[Path], *, since: str | None, logic: bool
) -> tuple["Case", "Report"]:
    from legation.checks.judging import judge, open_case, require_logic

    if files and since is not None:
        raise UsageError("give files or --since, not both")
    if logic:
        require_logic()
    with progress(f"checking {workspace.root.name}{' and its logic' if logic else ''}"):
        case = open_case(workspace, base=base_of(workspace), paths=files, since_revision=since)
        return case, judge(case, logic=logic)


def _severity(name: str) -> "Severity":
    for severity in SEVERITIES:
        if name == severity:
            return severity
    raise UsageError(f"there is no severity {name!r}; there are {', '.join(SEVERITIES)}")


def asked(paths: list[Path], place: Path | None = None) -> tuple["Workspace", list[Path]]:
    """The one workspace that some paths are in, and those of them that are not it itself."""
    from legation.graph import workspace as workspaces

    if not paths:
        return workspaces.find(place), []
    found = [workspaces.around(path) for path in paths]
    found += [] if place is None else [workspaces.find(place)]
    roots = {workspace.root for workspace in found}
    if len(roots) > 1:
        raise UsageError(f"these are {len(roots)} graphs; check them one at a time")
    root = found[0].root
    resolved = [path.resolve() for path in paths]
    if any(path in (root, found[0].graph) for path in resolved):
        return found[0], []
    return found[0], resolved


def base_of(workspace: "Workspace") -> Path:
    """The folder file names are relative to: where we are, if the workspace lies there."""
    here = Path.cwd()
    return here if workspace.root.is_relative_to(here) else workspace.root


def _remembered(
    home: "Workspace", files: list[Path], *, since: str | None, logic: bool
) -> tuple["Case | None", "Report"]:
    """The report that was kept of what is here now, else a new one, kept where that took long."""
    from legation.checks.judging import require_logic
    from legation.checks.remembered import SLOW, memory

    if logic:
        require_logic()
    known = memory(home, base_of(home), logic=logic) if MAY_KEEP.get() else None
    if known is not None and (report := known.report()) is not None:
        return None, report
    began = time.monotonic()
    case, report = _judged(home, files, since=since, logic=logic)
    is_slow = time.monotonic() - began > SLOW
    if known is not None and is_slow and memory(home, base_of(home), logic=logic) == known:
        known.keep(report)
    return case, report


def _page(case: "Case", report: "Report", since: str | None) -> str:
    from legation.desk import review

    change = None if since is None else review.since(case.workspace, case.record, since)
    return review.page(case, report, change)


def _written(
    home: "Workspace", report: "Report", format: Format, *, failing: "Severity", is_kept: bool
) -> str:
    from legation.checks.forms import anchored, repository, written

    is_watched = sys.stdout.isatty() and not is_kept and "NO_COLOR" not in os.environ
    if format == "text" and is_watched:
        from legation.checks.forms.screen import to_screen

        return to_screen(report)
    if format not in ("text", "json"):
        report = anchored(report, base_of(home), repository(home.root))
    return written(report, format, failing=failing)
