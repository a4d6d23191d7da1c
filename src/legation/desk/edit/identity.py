"""Repair of identity: a thing gets another IRI, two things become one, or one becomes two.

Invariant: a thing is an IRI; a name never decides. Only the tokens that stand for the thing change,
in every file at once, or in the chosen claims; entries of the registry say which they are. The data
afterwards is computed apart from the text and compared with what the new text says before anything
is written.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from legation.checks.forms.lines import plural
from legation.desk.edit.graphfile import quads_of, read
from legation.desk.edit.meant import Things
from legation.desk.edit.notes import Entry, Rewrites, move_entry
from legation.errors import LegationError, UsageError
from legation.files.journal import Change
from legation.graph.workspace import Workspace
from legation.rdf.outline import Value
from legation.rdf.tokens import COMMENT, SPACE, Token
from legation.rdf.trig import term
from legation.rdf.vocabulary import RDF, RDFS, SKOS


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
            rewrite.patch.replace(Value(index, index), rewrite.spelled(other))
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


def rename(workspace: Workspace, old: str, new: str, *, day: date) -> Repair:
    """Give a thing another IRI, not yet written; UsageError where it is unknown or not free."""
    things = Things(workspace, read(workspace))
    node, other = things.present(old), things.absent(new)
    things.refuse_renaming(node, other)
    rewrites = Rewrites(workspace, things.files)
    count = replaced(rewrites, node, other)
    rewrites.note(node, other, f"{day}: renamed from {things.short(node)}.")
    expected = {swapped(quad, node, other) for quad in things.quads}
    summary = f"{things.short(node)} is now {things.short(other)} in {times(count)}"
    return repaired(things, rewrites, expected, summary, _stale(things, node))


def merge(workspace: Workspace, gone: str, kept: str, *, day: date) -> Repair:
    """Make two things one: the IRI of the first goes, its names become aliases of the second.

    It is not yet written; UsageError where something speaks against their being one.
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
    summary = f"{things.short(node)} is merged into {things.short(other)} in {times(count)}"
    return repaired(things, rewrites, expected, summary, _stale(things, node))


def _stale(things: Things, node: NamedNode) -> tuple[str, ...]:
    return tuple(
        f"{file.path}:{line}: a comment still names {things.short(node)}"
        for file in things.files
        for line in file.commented(node.value)
    )


def split(
    workspace: Workspace, thing: str, new: str, claims: Sequence[str], *, day: date, label: str = ""
) -> Repair:
    """Let some claims speak of another thing than they did, not yet written.

    UsageError where a claim does not speak of the thing, or no other does.
    """
    things = Things(workspace, read(workspace))
    node, other = things.present(thing), things.absent(new)
    if things.kind(node) != things.kind(other) or things.kind(node) in ("claim", "article"):
        raise UsageError(f"{things.short(other)} must be of the kind of {things.short(node)}")
    chosen = _chosen(things, node, claims)
    rewrites = Rewrites(workspace, things.files)
    count = replaced(rewrites, node, other, within={claim.value for claim in chosen})
    listed = ", ".join(things.short(claim) for claim in chosen)
    rewrites.note(node, node, f"{day}: split: {listed} now of {things.short(other)}.")
    note = f"{day}: split from {things.short(node)}: {listed}."
    expected = {
        swapped(quad, node, other) if quad.graph_name in chosen else quad for quad in things.quads
    }
    entry = rewrites.entry(node)
    if entry is None:
        rewrites.note(other, other, note)
    elif not label:
        raise UsageError(
            f"{things.short(node)} is in the registry: say what {things.short(other)} is called "
            'with --label "…"'
        )
    else:
        expected |= set(map(plain, _declared(things, entry, (node, other), label, note)))
    typed = any(q.subject == other and q.predicate == RDF.type for q in expected)
    caution = f"no chosen claim says what {things.short(other)} is: give it a class"
    summary = f"{things.short(other)} is split from {things.short(node)} in {times(count)}"
    return repaired(things, rewrites, expected, summary, () if typed else (caution,))


def _chosen(things: Things, node: NamedNode, claims: Sequence[str]) -> list[NamedNode]:
    """The claims named, each of which must speak of the thing, while others go on to do so."""
    chosen = [things.present(claim) for claim in dict.fromkeys(claims)]
    graphs = (q.graph_name for q in things.quads if node in tuple(q))
    speaking = {graph for graph in graphs if isinstance(graph, NamedNode)}
    for claim in chosen:
        if claim not in speaking:
            listed = ", ".join(sorted(map(things.short, speaking)))
            raise UsageError(
                f"{things.short(claim)} says nothing of {things.short(node)}; these do: {listed}"
            )
    if not chosen:
        raise UsageError("name the claims that speak of the other thing: --claims claim:…")
    if speaking <= set(chosen):
        raise UsageError(
            f"every claim about {things.short(node)} is chosen: 'legation rename' gives it "
            "another IRI"
        )
    return chosen


def _declared(
    things: Things, entry: Entry, pair: tuple[NamedNode, NamedNode], label: str, note: str
) -> list[Triple]:
    """Write an entry for the other thing behind the first one's; the triples it holds."""
    node, other = pair
    rewrite, statements = entry
    registered = (q for f in things.files if f.is_registry for q in f.quads)
    types = {q.object for q in registered if q.subject == node and q.predicate == RDF.type}
    kinds = sorted((k for k in types if isinstance(k, NamedNode)), key=lambda k: k.value)
    words = (
        (RDFS.label, Literal(label, language="en")),
        (SKOS.changeNote, Literal(note, language="en")),
    )
    rows = [f"a {', '.join(map(rewrite.spelled, kinds))}"] if kinds else []
    rows += [f"{rewrite.spelled(predicate)} {term(value)}" for predicate, value in words]
    end = rewrite.patch.line_end
    text = f" ;{end}    ".join(rows)
    after = _line_of(rewrite.file.tokens, statements[-1].end)
    rewrite.patch.add(after, f"{end}{end}{rewrite.spelled(other)} {text} .")
    typed = [Triple(other, RDF.type, kind) for kind in kinds]
    return [*typed, *(Triple(other, predicate, value) for predicate, value in words)]


def _line_of(tokens: Sequence[Token], index: int) -> int:
    """The last token on the line of a full stop that belongs to it: a comment, or itself."""
    follows = [token.kind for token in tokens[index + 1 : index + 3]]
    on_line = follows == [SPACE, COMMENT] and "\n" not in tokens[index + 1].text
    return index + 2 if on_line else index
