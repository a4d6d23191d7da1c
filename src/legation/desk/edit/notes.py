"""A dated word in the registry on each repair of an identity, and entries moved within it.

Invariant: an entry grows at its end; the lines that were there stay as they are.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from legation.desk.edit.graphfile import GraphFile, Rewrite
from legation.errors import UsageError
from legation.graph.workspace import Workspace
from legation.rdf.outline import Statement, Value
from legation.rdf.trig import term
from legation.rdf.vocabulary import PREFIXES, RDF, RDFS, SKOS, compact

CHANGES = "changes.ttl"
_HEADER = (
    "# Renamed, merged and split: what has no other entry in the registry.\n"
    f"@prefix skos: <{PREFIXES['skos']}> .\n"
)

Entry = tuple[Rewrite, list[Statement]]
"""What a file says of a thing in one block, and the file on its way to a new text."""


class Rewrites:
    """Every file of a workspace on its way to a new text."""

    def __init__(self, workspace: Workspace, files: Iterable[GraphFile]) -> None:
        self.workspace = workspace
        self.all = {file.path: Rewrite(file, workspace.prefixes) for file in files}
        self.noted: set[Triple] = set()
        self._new: list[tuple[NamedNode, Literal]] = []

    def entry(self, subject: NamedNode) -> Entry | None:
        """The last block of a thing in the registry, or of a claim in its article, if any."""
        # A claim has no entry in the registry: what is noted of it stands beside it.
        order = sorted(self.all.values(), key=lambda r: (not r.file.is_registry, r.file.path))
        kind = compact(subject, self.workspace.prefixes).partition(":")[0]
        is_claim = kind in ("claim", "omission")
        for rewrite in order:
            if rewrite.file.is_query or not (rewrite.file.is_registry or is_claim):
                continue
            statements = rewrite.file.outline.about(subject.value)
            if statements:
                last = statements[-1].block
                return rewrite, [s for s in statements if s.block == last]
        return None

    def file(self, path: Path, text: str = "") -> Rewrite:
        """One of the files; one that is yet to be made has a text to begin with."""
        fresh = Rewrite(GraphFile(path, None, text), self.workspace.prefixes)
        return self.all.setdefault(path, fresh)

    def note(self, subject: NamedNode, now: NamedNode, text: str) -> None:
        """Add a change note to a thing, by the IRI it has in the files as read and its new one."""
        words = Literal(text, language="en")
        self.noted.add(Triple(now, SKOS.changeNote, words))
        place = self.entry(subject)
        if place is None:
            self._new.append((now, words))
        else:
            add_values(place, SKOS.changeNote, [words])

    def finished(self) -> list[Rewrite]:
        """Every file, with the notes that have no entry in a file of their own."""
        if self._new:
            rewrite = self.file(self.workspace.registry / CHANGES, _HEADER)
            for subject, words in self._new:
                name, verb = rewrite.spelled(subject), rewrite.spelled(SKOS.changeNote)
                end = rewrite.patch.line_end
                text = f"{end}{name} {verb} {term(words)} .{end}"
                rewrite.patch.add(len(rewrite.file.tokens) - 1, text)
            self._new = []
        return list(self.all.values())


def add_values(place: Entry, predicate: NamedNode, values: Sequence[Literal | NamedNode]) -> None:
    """Add values to an entry: beside those of the same property, else as its last property."""
    rewrite, statements = place
    patch, end = rewrite.patch, rewrite.patch.line_end
    texts = list(map(rewrite.term, values))
    same = [s for s in statements if s.predicate == predicate.value]
    beside = (same or statements)[-1]
    own = patch.margin(beside.verb)
    margin = "    " if own is None else own  # a first property may stand behind its subject
    if same:
        text = "".join(f",{end}{margin}    {value}" for value in texts)
    else:
        listed = f",{end}{margin}    ".join(texts)
        text = f" ;{end}{margin}{rewrite.spelled(predicate)} {listed}"
    patch.add(beside.values[-1].last, text)


def move_entry(rewrites: Rewrites, gone: NamedNode, kept: NamedNode) -> set[Triple]:
    """Move what the registry says of one thing into the entry of another; the triples gained.

    A label becomes an alias; what the other entry says already is left out. Raises UsageError
    where an entry holds a blank node, which cannot be moved.
    """
    place = rewrites.entry(kept)
    if place is None:
        return set()
    entries = [rewrite for rewrite in rewrites.all.values() if rewrite.file.is_registry]
    known = {
        (t.predicate, t.object)
        for rewrite in entries
        for s in rewrite.file.outline.about(kept.value)
        for t in rewrite.file.outline.triples(s)
    }
    ontology = rewrites.workspace.ontology
    spellings = {value for predicate, value in known if predicate in ontology.naming}
    kinds = {v for p, v in known if p == RDF.type and isinstance(v, NamedNode)}
    wider = {above for kind in kinds for above in ontology.superclasses(kind)}
    gained: dict[NamedNode, list[Literal | NamedNode]] = {}
    for rewrite in entries:
        block = rewrite.file.outline.about(gone.value)
        for triple in (t for statement in block for t in _movable(rewrite.file, statement)):
            predicate, value = triple.predicate, triple.object
            if predicate == RDFS.label:
                predicate = SKOS.altLabel
            is_name = predicate in ontology.naming
            is_known = (predicate, value) in known or (is_name and value in spellings)
            if is_known or (predicate == RDF.type and value in wider):
                continue
            known.add((predicate, value))
            spellings |= {value} if is_name else set()
            gained.setdefault(predicate, []).append(value)  # type: ignore[arg-type]
        for first, end in sorted({(s.at, s.end) for s in block}):
            rewrite.take_out(Value(first, end))
    for predicate, values in gained.items():
        add_values(place, predicate, values)
    return {Triple(kept, p, value) for p, values in gained.items() for value in values}


def _movable(file: GraphFile, statement: Statement) -> list[Triple]:
    triples = file.outline.triples(statement)
    if len(triples) != len(statement.values):
        line = file.outline.line(statement.verb)
        raise UsageError(f"{file.path}:{line}: a blank node cannot be moved: give it an IRI first")
    return triples
