"""What a repair of identity comes to, and the proof that its text holds the data it should.

Invariant: the data afterwards is computed apart from the text and compared with what the new text
says before anything is written.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from legation.checks.forms.lines import plural
from legation.desk.edit.graphfile import quads_of
from legation.desk.edit.meant import Things
from legation.desk.edit.notes import Rewrites
from legation.errors import LegationError
from legation.files.journal import Change


@dataclass(frozen=True, slots=True)
class Repair:
    """The files to be rewritten, what was done in a sentence, and what a person should look at."""

    changes: tuple[Change, ...]
    summary: str
    cautions: tuple[str, ...] = ()


def replaced(
    rewrites: Rewrites, node: NamedNode, other: NamedNode, within: set[str] | None = None
) -> dict[str, int]:
    """Write another IRI wherever a thing is named, or in some graphs; how often, by file."""
    counts = {}
    for path, rewrite in rewrites.all.items():
        inside = [
            range(s.at, s.values[-1].last + 1)
            for s in rewrite.file.outline.statements
            if within is not None and s.graph in within
        ]
        indexes = [
            index
            for index in rewrite.file.mentions.get(node.value, ())
            if within is None or any(index in span for span in inside)
        ]
        for index in indexes:
            rewrite.patch.replace_token(index, rewrite.spelled(other))
        if indexes:
            counts[path.name] = len(indexes)
    return counts


def times(counts: dict[str, int]) -> str:
    """How often and in how many files, in words."""
    return f"{plural(sum(counts.values()), 'place')} in {plural(len(counts), 'file')}"


def swapped(quad: Quad, node: NamedNode, other: NamedNode) -> Quad:
    """A quad with one IRI in the place of another."""
    parts = [other if part == node else part for part in quad]
    return Quad(*parts)


def plain(triple: Triple) -> Quad:
    """A triple as a quad of the default graph."""
    return Quad(triple.subject, triple.predicate, triple.object, DefaultGraph())


def repaired(
    things: Things,
    rewrites: Rewrites,
    expected: Iterable[Quad],
    summary: str,
    cautions: tuple[str, ...],
) -> Repair:
    """The repair, once its text is proven to hold the data it should; else a LegationError."""
    changes = [rewrite.change() for rewrite in rewrites.finished()]
    graph = things.workspace.graph
    found: set[Quad] = set()
    for change in changes:
        if change.path.suffix != ".rq":
            quads = quads_of(change.after or b"", change.path)
            found |= quads if change.path.is_relative_to(graph) else set()
    wanted = set(expected) | {plain(triple) for triple in rewrites.noted}
    if found != wanted:
        odd = sorted(map(str, found ^ wanted))[0]
        raise LegationError(f"the repair would change other data ({odd}), so nothing was written")
    changed = tuple(change for change in changes if change.before != change.after)
    return Repair(changed, summary, cautions)
