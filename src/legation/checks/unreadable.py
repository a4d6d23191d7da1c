"""Everything of a workspace that cannot be read, told at once.

Invariant: called only where reading failed; a workspace that can be read is not read twice.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from legation.checks.finding import Finding, Report, Rule
from legation.checks.rules import rule_of
from legation.errors import InputError
from legation.files.document import seen_from, settled
from legation.graph.workspace import Workspace, read_text
from legation.rdf import trig

UNREADABLE = Rule("file-unreadable", "error", "Every file of a graph can be read.")


def failures(workspace: Workspace) -> list[InputError]:
    """What each file that cannot be read has against it, in the order of their names."""
    found = []
    for path, read in sorted(_readers(workspace), key=lambda pair: pair[0]):
        try:
            if path.is_relative_to(workspace.root):
                settled(path, workspace.root)
            read(path)
        except InputError as error:
            found.append(error)
    return found


def _readers(workspace: Workspace) -> Iterator[tuple[Path, Callable[[Path], object]]]:
    for path in (*workspace.ontology_files, *workspace.shape_files):
        yield path, trig.read
    for path in (*workspace.registry.glob("*.ttl"), *workspace.articles.glob("*.trig")):
        yield path, trig.read
    for path in workspace.sources.glob("*.txt"):
        yield path, read_text
    for path in workspace.check_files:
        yield path, lambda path: rule_of(path, read_text(path) or "")


def report(errors: list[InputError], base: Path) -> Report:
    """Failures as findings, so that every form of a report can show them."""
    return Report.of(
        (
            Finding(
                file="" if error.path is None else seen_from(base, error.path).as_posix(),
                line=error.line or 1,
                column=1,
                severity="error",
                rule=UNREADABLE.id,
                message=error.reason,
            )
            for error in errors
        ),
        [UNREADABLE],
    )
