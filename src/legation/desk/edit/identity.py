"""Repair of identity: a thing gets another IRI, or two things become one.

Invariant: a thing is an IRI; a name never decides. Only the tokens that stand for the thing change,
in every file at once.
"""

from datetime import date

from pyoxigraph import NamedNode

from legation.desk.edit.graphfile import read
from legation.desk.edit.meant import Things
from legation.desk.edit.notes import Rewrites, move_entry
from legation.desk.edit.repair import Repair, plain, repaired, replaced, swapped, times
from legation.graph.workspace import Workspace


def rename(workspace: Workspace, old: str, new: str, *, day: date) -> Repair:
    """Give a thing another IRI, which nothing has yet; the repair is not yet written.

    Raises UsageError where an IRI is unknown, taken, or cannot be changed so, and InputError, with
    the line, where a file cannot be read.
    """
    things = Things(workspace, read(workspace))
    node, other = things.present(old), things.absent(new)
    things.refuse_renaming(node, other)
    rewrites = Rewrites(workspace, things.files)
    count = replaced(rewrites, node, other)
    rewrites.note(node, other, f"{day}: renamed from {things.short(node)}.")
    expected = {swapped(quad, node, other) for quad in things.quads}
    return repaired(
        things,
        rewrites,
        expected,
        f"{things.short(node)} is now {things.short(other)} in {times(count)}",
        _stale(things, node),
    )


def merge(workspace: Workspace, gone: str, kept: str, *, day: date) -> Repair:
    """Make two things one: the IRI of the first goes, its names become aliases of the second.

    Raises UsageError where an IRI is unknown or something speaks against their being one, and
    InputError, with the line, where a file cannot be read.
    """
    things = Things(workspace, read(workspace))
    node, other = things.present(gone), things.present(kept)
    things.refuse_merging(node, other)
    rewrites = Rewrites(workspace, things.files)
    count = replaced(rewrites, node, other)
    moves = rewrites.entry(other) is not None  # else the entry of the first is now the second's
    gained = move_entry(rewrites, node, other)
    rewrites.note(other if moves else node, other, f"{day}: merged with {things.short(node)}.")
    registered = {q for f in things.files if f.is_registry for q in f.quads}
    moved = {q for q in registered if q.subject == node} if moves else set()
    expected = {swapped(quad, node, other) for quad in things.quads - moved}
    expected |= {plain(triple) for triple in gained}
    return repaired(
        things,
        rewrites,
        expected,
        f"{things.short(node)} is merged into {things.short(other)} in {times(count)}",
        _stale(things, node),
    )


def _stale(things: Things, node: NamedNode) -> tuple[str, ...]:
    return tuple(
        f"{file.path}:{line}: a comment still names {things.short(node)}"
        for file in things.files
        for line in file.commented(node.value)
    )
