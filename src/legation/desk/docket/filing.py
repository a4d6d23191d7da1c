"""From a table to the files of its articles: new claims, changed ones, and nothing for the rest.

Invariant: all rows are written or none. A row without a name stands for the claim that has its
quote and kind, so that a table by hand may be read again after each correction.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from pyoxigraph import NamedNode

from legation.desk.docket.parlance import Parlance
from legation.desk.docket.tabular import Row, read_table
from legation.desk.docket.transcript import (
    COLUMNS,
    Transcript,
    Unreadable,
    amended,
    are_equal,
    primary,
    written_of,
)
from legation.desk.draft.pen import entered, lodged_together, omitted, opened, replaced, struck
from legation.desk.draft.proposal import Proposal
from legation.desk.draft.reading import no_article
from legation.desk.draft.verdict import judged
from legation.desk.edit.graphfile import GraphFile
from legation.errors import UsageError
from legation.graph import workspace as workspaces
from legation.graph.article import Article
from legation.graph.claim import Claim, Omission
from legation.graph.record import Record
from legation.graph.workspace import Workspace
from legation.rdf import trig
from legation.rdf.vocabulary import LEG, RDF, expand, local_name


_Made = Proposal | tuple[str, str, int | None]
"""What a row says: a claim, or an omission by quote, reason and offset."""

_Entry = tuple[Row, Claim | Omission | None, _Made]
"""A row that says something new, and the passage it is about where that is there."""


@dataclass(frozen=True, slots=True)
class Filed:
    """What a table comes to: each article's file and its text to be, and what there is to say.

    Where there are faults, nothing was written.
    """

    files: tuple[tuple[GraphFile, str], ...]
    new: int
    changed: int
    unchanged: int
    unlisted: int  # passages of these articles that have no row, and stay
    faults: tuple[str, ...]  # by row
    ignored: tuple[str, ...]  # columns that mean nothing here


def docket(workspace: Workspace, slug: str) -> list[list[str]]:
    """The rows of an article's table, in the order of the text, each a cell for each column."""
    record = workspaces.read(workspace)
    article = _article(slug, record)
    transcript = Transcript(article, record, Parlance.of(record, workspace))
    own = [passage for passage in record.passages if passage.article == article.iri]
    rows = [transcript.cells(passage) for passage in sorted(own, key=lambda p: p.span)]
    return [[cells.get(column, "") for column in COLUMNS] for cells in rows]


def filed(workspace: Workspace, path: Path, slug: str = "", *, write: bool = True) -> Filed:
    """Write the claims of a table into the files of its articles, all or nothing.

    ``slug`` is the article of rows that name none. UsageError where a row has no article, InputError
    where the file is no table, an article's text is not here or its file cannot be written.
    """
    table = read_table(path)
    record = workspaces.read(workspace)
    parlance = Parlance.of(record, workspace)
    by_slug: dict[str, list[Row]] = {}
    for row in table.rows:
        by_slug.setdefault(_slug(row, slug, record, parlance), []).append(row)
    filings = []
    for name, rows in by_slug.items():
        columns = tuple(dict.fromkeys((*COLUMNS, *table.columns)))
        transcript = Transcript(_article(name, record), record, parlance, columns)
        filings.append(_Filing(workspace, transcript, rows))
    faults = [fault for filing in filings for fault in filing.faults]
    if not faults:
        faults = [fault for filing in filings for fault in filing.judged()]
    files = tuple((f.file, f.text) for f in filings if not faults and f.text != f.file.text)
    if write:
        lodged_together(workspace, files)
    new, changed, same = map(sum, zip(*(f.counts for f in filings), strict=True))
    stay = sum(len(filing.waiting) for filing in filings)
    faults = sorted(dict.fromkeys(faults), key=lambda f: int(re.search(r"\d+", f)[0]))
    return Filed(files, new, changed, same, stay, tuple(faults), transcript.unknown)


def _article(slug: str, record: Record) -> Article:
    article = next((a for a in record.articles if a.slug == slug), None)
    if article is None:
        raise no_article(slug, (a.slug for a in record.articles))
    return article


def _slug(row: Row, otherwise: str, record: Record, parlance: Parlance) -> str:
    if given := row.cells.get("article", "").strip() or otherwise:
        return given
    node = expand(row.cells.get("claim", ""), parlance.prefixes)
    found = next((p.path.stem for p in record.passages if p.iri == node), "")
    if not found:
        raise UsageError(f"row {row.number} is of no article: give --article SLUG")
    return found


class _Filing:
    """The rows of one article on their way into its file."""

    def __init__(self, workspace: Workspace, transcript: Transcript, rows: Sequence[Row]) -> None:
        self.workspace, self.transcript = workspace, transcript
        self.record, self.slug = transcript.record, transcript.article.slug
        self.file = opened(workspace, self.slug)
        own = [p for p in self.record.passages if p.article == transcript.article.iri]
        self.waiting: dict[NamedNode, Claim | Omission] = {p.iri: p for p in own}
        self.keys: dict[str, NamedNode] = {}
        self.taken: set[NamedNode | None] = set()
        self.faults: list[str] = []
        self.entries: list[_Entry] = []
        self._read(rows)
        same = len(rows) - len(self.entries)
        new = sum(known is None for _, known, _ in self.entries)
        self.counts = (new, len(self.entries) - new, same)
        self.rows: dict[NamedNode, Row] = {}
        self.text = self.file.text if self.faults else self._written()

    def _read(self, rows: Sequence[Row]) -> None:
        named = {row.number: self._named(row) for row in rows}
        for passage in filter(None, named.values()):
            self.waiting.pop(passage.iri, None)
        unnamed = [row for row in rows if named[row.number] is None]
        for row in rows:
            known = named[row.number]
            made = None if known is None else self._made(row, known)
            if known is not None and made is not None and not self._is_same(made, known):
                self.entries.append((row, known, made))
        for row in [row for row in unnamed if not self._is_there(row)]:
            made = self._made(row, None)
            alike = [] if made is None else self._alike(row, made)
            known = alike[0] if len(alike) == 1 else None
            made = self._made(row, known) if known is not None else made
            if made is not None:
                self._take(row, known)
                self.taken.add(primary(made) if isinstance(made, Proposal) else None)
                self.entries.append((row, known, made))

    def _named(self, row: Row) -> Claim | Omission | None:
        """The passage that a row names; any other name is a key by which rows lean on it."""
        name = row.cells.get("claim", "").strip()
        node = expand(name, self.workspace.prefixes)
        if name and node is None:
            self.keys[name.casefold()] = NamedNode(f"urn:legation:row:{row.number}")
        elif node is not None and node not in self.waiting:
            twice = any(p.iri == node for p in self.record.passages)
            why = f"{name} stands in two rows" if twice else f"{self.slug} has no {name}"
            self.faults.append(f"row {row.number}, column claim: {why}")
        return None if node is None else self.waiting.pop(node, None)

    def _take(self, row: Row, known: Claim | Omission | None) -> None:
        """Let a row without a name stand for a passage."""
        name = row.cells.get("claim", "").strip().casefold()
        if known is not None:
            del self.waiting[known.iri]
            if name:
                self.keys[name] = known.iri

    def _is_there(self, row: Row) -> bool:
        """Whether a row without a name says what some passage says; then it stands for that."""
        if (made := self._made(row, None)) is None:
            return True  # its faults are told
        for known in self._alike(row, made):
            again = self._made(row, known)
            if again is not None and self._is_same(again, known):
                self._take(row, known)
                return True
        return False

    def _alike(self, row: Row, made: _Made) -> list[Claim | Omission]:
        """The passages that a row without a name may stand for: by quote, kind and thing."""
        if not isinstance(made, Proposal):
            gaps = (p for p in self.waiting.values() if isinstance(p, Omission))
            return [gap for gap in gaps if gap.quote == made[0]]
        claims = (p for p in self.waiting.values() if isinstance(p, Claim))
        is_any = not row.cells.get("thing", "").strip()
        return [
            claim
            for claim in claims
            if claim.quote == made.quote
            and _kinds(claim) == _kinds(made)
            and (is_any or primary(claim) == primary(made))
        ]

    def _made(self, row: Row, known: Claim | Omission | None) -> _Made | None:
        """What a row says, the columns it has not as they are told; None, with faults, if nothing."""
        told = {} if known is None else self.transcript.cells(known)
        cells = told | {c: cell for c, cell in row.cells.items() if cell or c != "thing"}
        try:
            if cells.get("kind", "").strip().casefold().startswith("omission"):
                return self.transcript.omission(cells)
            return self.transcript.proposal(cells, self._unnamed, self.keys)
        except Unreadable as error:
            self.faults += (f"row {row.number}, column {c}: {why}" for c, why in error.faults)
            return None

    def _is_same(self, made: _Made, known: Claim | Omission) -> bool:
        if isinstance(known, Claim):
            written = written_of(known, self.record)
            return isinstance(made, Proposal) and are_equal(made, written)
        return made == self.transcript.omission(self.transcript.cells(known))

    def _unnamed(self, kinds: Sequence[NamedNode]) -> NamedNode:
        """A new thing of some classes, called after the article and its class."""
        ontology = self.workspace.ontology
        above = {c for kind in kinds for c in (kind, *ontology.superclasses(kind))}
        folders = {top: folder for folder, top in ontology.kinds.items() if top in above}
        if not folders:
            raise UsageError("name what the row speaks about, or its kind")
        folder = folders[ontology.most_specific(folders)[0]]
        word = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", local_name(kinds[0])).lower()
        for number in count(1):
            end = f"-{number}" if number > 1 else ""
            node = NamedNode(f"{self.workspace.prefixes[folder]}{self.slug}-{word}{end}")
            if node not in self.taken and not self.record.about(node):
                break
        return node

    def _written(self) -> str:
        """The text of the file with all entries in it."""
        text, prefixes = self.file.text, self.workspace.prefixes
        fresh: list[Proposal] = []
        for row, known, made in self.entries:
            is_claim = isinstance(made, Proposal)
            if known is not None and not (is_claim and isinstance(known, Claim)):
                text = struck(text, known.iri)
            if not isinstance(made, Proposal):
                done = omitted(text, self.slug, made, prefixes)
                text = done.text
                self.rows[done.passages[0]] = row
            elif not isinstance(known, Claim):
                fresh.append(replace(made, key=NamedNode(f"urn:legation:row:{row.number}")))
        done = entered(text, self.slug, fresh, prefixes)
        text = done.text
        names = {made.key: name for made, name in zip(fresh, done.passages, strict=True)}
        for row, known, made in self.entries:
            if isinstance(made, Proposal):
                name = names.get(NamedNode(f"urn:legation:row:{row.number}"))
                self.rows[known.iri if name is None and known else name] = row
            if isinstance(made, Proposal) and isinstance(known, Claim):
                leaning = tuple(names.get(claim, claim) for claim in made.leans_on)
                anew = amended(replace(made, leans_on=leaning), known, self.record)
                text = replaced(text, known.iri, anew, prefixes)
        return text

    def judged(self) -> Iterator[str]:
        """What the check would not let pass in the rows that are written, by row and column."""
        if self.text == self.file.text:
            return
        places: dict[int, tuple[Row, NamedNode]] = {}
        for located in trig.parse(self.text.encode("utf-8"), self.file.path).quads:
            for node in (located.quad.subject, located.quad.graph_name):
                if node in self.rows:
                    places[located.line] = (self.rows[node], located.quad.predicate)
        by_iri = {node.value: row for node, row in self.rows.items()}
        report = judged(self.workspace, self.slug, self.text, self.record)
        for finding in report.at_least("error"):
            here = self.workspace.root / finding.file == self.file.path
            row, mark = places.get(finding.line if here else 0, (None, LEG.quote))
            row = row or next((by_iri[thing] for thing in finding.things if thing in by_iri), None)
            if row is not None:
                column = self.transcript.column(mark)
                yield f"row {row.number}, column {column}: {finding.message}{finding.hint}"


def _kinds(claim: Claim | Proposal) -> set[object]:
    subject = primary(claim)
    return {t.object for t in claim.triples if t.predicate == RDF.type and t.subject == subject}
