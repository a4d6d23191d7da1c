"""From a table to the files of its articles: new claims, changed ones, and nothing for the rest.

Invariant: all rows are written or none. A row without a name stands for the passage that has its
quote and its thing or kind, so that a table by hand can be read again after each correction.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from legation.checks.judging import judge, open_case
from legation.desk.docket.coinage import coined
from legation.desk.docket.parlance import Parlance
from legation.desk.docket.transcript import COLUMNS, Transcript, Unreadable, primary
from legation.desk.draft.enrolment import beside, enrolled
from legation.desk.draft.pen import entered, leaning, lodged, opened, replaced, struck
from legation.desk.draft.proposal import Proposal
from legation.desk.draft.reading import article_of
from legation.desk.draft.verdict import restated
from legation.desk.edit.graphfile import GraphFile
from legation.desk.tabular import TableRow, read_table
from legation.errors import UsageError
from legation.files.journal import Change
from legation.graph import workspace as workspaces
from legation.graph.claim import Claim, Omission
from legation.graph.record import Record
from legation.graph.workspace import Workspace
from legation.rdf.vocabulary import LEG, RDF, RDFS, expand, local_name

_Passage = Claim | Omission
_Fault = tuple[int, str, str]
"""The row, the column and what is wrong there."""

_EMPTY = dict.fromkeys(COLUMNS, "")


@dataclass(frozen=True, slots=True)
class Filed:
    """What a table comes to: each article's file and its text to be, and what there is to say.

    Where there are faults, nothing was written.
    """

    files: tuple[tuple[GraphFile, str], ...]
    counts: tuple[int, int, int]  # of rows that are new, changed and as they were
    unlisted: int  # passages of these articles that have no row, and stay
    faults: tuple[str, ...]  # by row
    ignored: tuple[str, ...]  # columns that mean nothing
    coined: tuple[str, ...]  # new things, by short name and name


def docket(workspace: Workspace, slug: str) -> list[list[str]]:
    """The rows of an article's table, in the order of the text, each a cell for each column."""
    record = workspaces.read(workspace)
    transcript = Transcript(article_of(record, slug), record, Parlance.of(record, workspace))
    own = [p for p in record.passages if p.article == transcript.article.iri]
    rows = [transcript.cells(passage) for passage in sorted(own, key=lambda p: p.span)]
    return [[cells.get(column, "") for column in COLUMNS] for cells in rows]


def filed(workspace: Workspace, path: Path, slug: str = "", *, write: bool = True) -> Filed:
    """Write the rows of a table into the files of their articles, all or nothing.

    ``slug`` is the article of rows that name none. UsageError where a row has no article,
    InputError where the file is no table, a text is not here or a file cannot be written.
    """
    rows, record = read_table(path), workspaces.read(workspace)
    parlance = Parlance.of(record, workspace)
    by_slug: dict[str, list[TableRow]] = {}
    for row in rows:
        by_slug.setdefault(_slug(row, slug, record, parlance), []).append(row)
    columns = tuple(dict.fromkeys(column for row in rows for column in row.cells))
    new = [*coined(by_slug, record, parlance)]
    parlance = parlance.knowing(new)
    labels = [t for t in new if t.predicate == RDFS.label]
    filings = [
        _Filing(workspace, Transcript(article_of(record, name), record, parlance, columns), own)
        for name, own in by_slug.items()
    ]
    faults = [fault for filing in filings for fault in filing.faults]
    changed = [filing for filing in filings if filing.entries]
    judged = beside(workspace, record, labels)
    faults = faults or list(_refused(workspace, judged, changed))
    files = tuple((f.file, f.text) for f in changed if not faults)
    if write and files:
        (first, its_text), *others = files
        more = [Change(file.path, file.data, text.encode("utf-8")) for file, text in others]
        lodged(workspace, first, its_text, *more, *enrolled(workspace, labels, anew=True))
    entries = [entry for filing in filings for entry in filing.entries]
    fresh = sum(known is None for _, known, _ in entries)
    known = {*COLUMNS, "", "article", *(c for f in filings for c in f.transcript.homes.values())}
    return Filed(
        files,
        (fresh, len(entries) - fresh, len(rows) - len(entries)),
        sum(len(filing.waiting) for filing in filings),
        tuple(f"row {row}, column {column}: {why}" for row, column, why in sorted({*faults})),
        tuple(column for column in columns if column not in known),
        tuple(f"{parlance.short(t.subject)} “{t.object.value}”" for t in labels),  # type: ignore[arg-type,union-attr]
    )


def _refused(
    workspace: Workspace, record: Record, filings: Sequence["_Filing"]
) -> Iterator[_Fault]:
    """What the check would not let pass in rows that are new or changed."""
    if not filings:
        return
    for filing in filings:
        record = restated(workspace, record, filing.slug, filing.text)
    rows = {name: (row, filing) for filing in filings for name, row in filing.rows.items()}
    places = {
        (located.path, located.line): (*rows[name], located.quad.predicate)
        for located in record.quads("article")
        for node in (located.quad.subject, located.quad.graph_name)
        if (name := str(node)[1:-1]) in rows
    }
    paths = [filing.file.path for filing in filings]
    for finding in judge(open_case(workspace, record=record, paths=paths)).at_least("error"):
        here = places.get((workspace.root / finding.file, finding.line))
        named = ((*rows[thing], LEG.quote) for thing in finding.things if thing in rows)
        if (found := here or next(named, None)) is not None:
            row, filing, predicate = found
            column = filing.transcript.column(predicate)
            yield row.number, column, f"{finding.message}{finding.hint}"


def _slug(row: TableRow, otherwise: str, record: Record, parlance: Parlance) -> str:
    node = expand(row.cells.get("claim", ""), parlance.prefixes)
    of_claim = next((p.path.stem for p in record.passages if p.iri == node), "")
    found = row.cells.get("article", "").strip() or otherwise or of_claim
    if not found:
        raise UsageError(f"row {row.number} is of no article: give --article SLUG")
    return found


class _Filing:
    """The rows of one article on their way into its file."""

    def __init__(
        self, workspace: Workspace, transcript: Transcript, rows: Sequence[TableRow]
    ) -> None:
        self.workspace, self.transcript, self.record = workspace, transcript, transcript.record
        self.slug = transcript.article.slug
        self.file = opened(workspace, self.slug)
        own = (p for p in self.record.passages if p.article == transcript.article.iri)
        self.waiting: dict[object, _Passage] = {passage.iri: passage for passage in own}
        self.keys: dict[str, NamedNode] = {}
        self.taken: set[NamedNode | None] = set()
        self.faults: list[_Fault] = []
        self.entries: list[tuple[TableRow, _Passage | None, Proposal]] = []
        self.rows: dict[str, TableRow] = {}  # by the passage or content that is written for it
        self._read(rows)
        self.text = self.file.text if self.faults else self._written()

    def _read(self, rows: Sequence[TableRow]) -> None:
        known = {row.number: self._named(row) for row in rows}
        for exact in (True, False):
            for row in rows:
                known[row.number] = known[row.number] or self._alike(row, exact=exact)
        for row in rows:
            passage = known[row.number]
            if passage and row.cells.items() <= (_EMPTY | self.transcript.cells(passage)).items():
                continue  # as it was written, faults included
            made = self._made(row, passage)
            if made and not (passage and self._is_same(made, passage)):
                self.taken.add(primary(made))
                self.entries.append((row, passage, made))

    def _named(self, row: TableRow) -> _Passage | None:
        """The passage that a row names; any other name is a key by which rows lean on it."""
        name = row.cells.get("claim", "").strip()
        node = expand(name, self.workspace.prefixes)
        if name and node is None:
            self.keys[name.casefold()] = _key(row)
        elif node is not None and node not in self.waiting:
            why = f"{name} is no passage of {self.slug}, or has a row already"
            self.faults.append((row.number, "claim", why))
        return self.waiting.pop(node, None)

    def _alike(self, row: TableRow, *, exact: bool) -> _Passage | None:
        """The passage that a row without a name stands for: the same, or one of the same."""
        made = self._made(row, None)
        for passage in self.waiting.values():
            if made is None or not self._may_be(row, made, passage):
                continue
            again = self._made(row, passage)
            if not exact or (again and self._is_same(again, passage)):
                if name := row.cells.get("claim", "").strip():
                    self.keys[name.casefold()] = passage.iri
                return self.waiting.pop(passage.iri)
        return None

    def _may_be(self, row: TableRow, made: Proposal, passage: _Passage) -> bool:
        if made.quote != passage.quote or not _are_alike(passage, made):
            return False
        told = primary if row.cells.get("thing", "").strip() else _kinds
        return isinstance(passage, Omission) or told(made) == told(passage)

    def _made(self, row: TableRow, passage: _Passage | None) -> Proposal | None:
        """What a row says, and a passage where the row has no column for it; None at faults."""
        told = {} if passage is None else self.transcript.cells(passage)
        cells = told | {c: cell for c, cell in row.cells.items() if cell or c != "thing"}
        try:
            return self.transcript.proposal(cells, self._unnamed, self.keys)
        except Unreadable as error:
            self.faults += ((row.number, column, why) for column, why in error.faults)
            return None

    def _is_same(self, made: Proposal, passage: _Passage) -> bool:
        cells = self.transcript.cells(passage)
        try:
            told = self.transcript.proposal(cells, self._unnamed, self.keys)
        except Unreadable:  # such as a quote that the text has not, which the row mends
            return False
        return _essence(made) == _essence(told)

    def _unnamed(self, kinds: Sequence[NamedNode]) -> NamedNode:
        """A new thing of some classes, called after the article and its class."""
        folder = self.workspace.ontology.kind(*kinds)
        if not folder:
            raise UsageError("name what the row speaks about, or its kind")
        word = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", local_name(kinds[0])).lower()
        base = f"{self.workspace.prefixes[folder]}{self.slug}-{word}"
        names = (NamedNode(f"{base}-{n}" if n > 1 else base) for n in count(1))
        return next(n for n in names if n not in self.taken and not self.record.about(n))

    def _written(self) -> str:
        """The text of the file with all entries in it."""
        prefixes = self.workspace.prefixes
        kept = [(row, p, made) for row, p, made in self.entries if p and _are_alike(p, made)]
        rest = [(row, p, made) for row, p, made in self.entries if not (p and _are_alike(p, made))]
        gone = [passage.iri for _, passage, _ in rest if passage]
        fresh = [replace(made, key=_key(row)) for row, _, made in rest]
        done = entered(struck(self.file.text, *gone), self.slug, fresh, prefixes)
        text = done.text
        keys = dict(zip((made.key for made in fresh), done.passages, strict=True))
        for row, passage, made in self.entries:
            name = keys.get(_key(row)) or (passage.iri if passage else _key(row))
            self.rows |= {node.value: row for node in (name, *(name for name, _ in made.contents))}
        for _, passage, made in kept:
            anew = leaning(self._amended(made, passage), keys)
            text = replaced(text, passage.iri, anew, prefixes)
        return text

    def _amended(self, made: Proposal, passage: _Passage) -> Proposal:
        """A claim in the order it had; a content that others carry, too, stays where it is."""
        if isinstance(passage, Omission):
            return made
        order = list(passage.triples)
        places = {k: n for n, t in enumerate(order) for k in (t.subject, (t.subject, t.predicate))}

        def rank(triple: Triple) -> float:
            if triple in order:
                return order.index(triple)
            near = places.get((triple.subject, triple.predicate), places.get(triple.subject))
            return len(order) if near is None else near + 0.5

        shared = {
            content.iri: {*content.triples}
            for content in self.record.first_told.get(passage.iri, ())
            if self.record.carriers[content.iri] != (passage,)
        }
        contents = tuple((n, said) for n, said in made.contents if shared.get(n) != {*said})
        return replace(made, triples=tuple(sorted(made.triples, key=rank)), contents=contents)


def _key(row: TableRow) -> NamedNode:
    return NamedNode(f"urn:legation:row:{row.number}")


def _are_alike(passage: _Passage, made: Proposal) -> bool:
    """Whether both are claims, or both omissions."""
    return bool(made.reason) == isinstance(passage, Omission)


def _kinds(claim: Claim | Proposal) -> set[object]:
    subject = primary(claim)
    return {t.object for t in claim.triples if t.predicate == RDF.type and t.subject == subject}


def _essence(made: Proposal) -> tuple[object, ...]:
    """What a proposal says, in whatever order."""
    sets = map(frozenset, (made.triples, made.leans_on, made.conflicts_with))
    contents = {name: frozenset(said) for name, said in made.contents}
    plain = replace(made, triples=(), leans_on=(), conflicts_with=(), contents=(), reports=())
    return (plain, contents, *sets)
