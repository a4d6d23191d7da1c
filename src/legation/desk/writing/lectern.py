"""An article on the desk: its sentences, what is claimed of each, and what is proposed.

Invariant: it is a function of the files as they were read at one moment, and knows the hash of the
article's file at that moment, by which whoever writes says what they had seen.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256

from pyoxigraph import DefaultGraph, NamedNode

from legation.checks.case import Case
from legation.checks.finding import Report
from legation.checks.judging import judge, open_case
from legation.desk.draft.acceptance import PROPOSED
from legation.desk.draft.blocks import numbered
from legation.desk.draft.names import Finder
from legation.desk.draft.reading import Reading, no_article, read
from legation.desk.progress import SentenceState, states, tally
from legation.desk.review.beside import Leaf, Quotation, Spread, alone, left_out_for
from legation.desk.review.dossier import dossiers, placed
from legation.desk.review.front import cards_of
from legation.errors import InputError, UnknownName
from legation.files.document import contents
from legation.graph.article import Article
from legation.graph.authored import Authored, complete, read_passages
from legation.graph.claim import Claim, Omission
from legation.graph.record import Record, SourceFile
from legation.graph.workspace import Workspace
from legation.graph.workspace import read as read_workspace
from legation.rdf import trig
from legation.rdf.vocabulary import LEG, compact
from legation.text.spans import Span

_PREFIX = re.compile(r"\s*@?prefix\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ghost:
    """A proposal: its claim, the sentence that it stands beside, and its lines in the file.

    ``shared`` are the lines of its block that say who proposes.
    """

    claim: Claim
    number: int
    lines: range
    shared: range


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with all that stands beside it."""

    number: int
    span: Span
    state: str
    spread: Spread
    omissions: tuple[tuple[Omission, str], ...]
    ghosts: tuple[Quotation, ...]


@dataclass(frozen=True)
class Lectern:
    """An article as it is shown."""

    case: Case
    report: Report
    article: Article
    data: bytes

    @property
    def sha(self) -> str:
        """The hash of the article's file as it was read."""
        return sha256(self.data).hexdigest()

    @property
    def workspace(self) -> Workspace:
        """Where it lies."""
        return self.case.workspace

    @cached_property
    def leaf(self) -> Leaf:
        """The article as on the review page."""
        where = placed(self.case, self.report)
        (dossier,) = dossiers(self.case, [self.article], where)
        return Leaf(dossier, cards_of(self.case, where, [dossier]))

    @cached_property
    def reading(self) -> Reading:
        """What drafting finds in it."""
        dossier = self.leaf.dossier
        finder = Finder.of(self.case.record, self.workspace)
        return read(self.article, [*dossier.claims, *dossier.omissions], finder)

    @cached_property
    def _proposed(self) -> tuple[Authored, list[tuple[NamedNode, int, range, range]]]:
        """What the comments of its file would be as claims, and where each stands."""
        bare, blocks = _bare(self.data.decode("utf-8"))
        try:
            parsed = trig.parse("\n".join(bare).encode("utf-8"), self.article.path)
        except InputError:  # somebody edits a proposal in the file
            return Authored(), []
        file = SourceFile(self.article.path, "article", parsed.quads, parsed.prefixes)
        authored, places = read_passages(file, self.article), []
        for claim in authored.claims:
            lines = _lines(bare, compact(claim.iri, dict(parsed.prefixes)))
            if lines:
                places.append((claim.iri, blocks[lines.start], lines, _shared(bare, lines.start)))
        return authored, places

    @cached_property
    def ghostly(self) -> Record:
        """The record as it would be with every proposal accepted."""
        record, authored = self.case.record, self._proposed[0]
        more = (*record.contents, *authored.contents)
        return complete(replace(record, claims=(*record.claims, *authored.claims), contents=more))

    @cached_property
    def ghosts(self) -> tuple[Ghost, ...]:
        """The proposals that stand in its file as comments."""
        known = self.ghostly.claims_by_iri
        return tuple(Ghost(known[where[0]], *where[1:]) for where in self._proposed[1])

    def ghost(self, name: str) -> Ghost | None:
        """A proposal by its IRI."""
        return next((ghost for ghost in self.ghosts if ghost.claim.iri.value == name), None)

    def claim(self, name: str) -> Claim:
        """A claim of it or a proposal, by IRI; UnknownName where it is gone."""
        ghosts = (ghost.claim for ghost in self.ghosts)
        known = (*self.leaf.dossier.claims, *ghosts)
        found = next((claim for claim in known if claim.iri.value == name), None)
        if found is None:
            raise UnknownName("this claim is not here any more")
        return found

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Its sentences; none where its text is not here."""
        rows = states(self.article, self.case.record)
        pairs = zip(rows, self.leaf.spreads, strict=False)
        return tuple(self._line(row, spread) for row, spread in pairs)

    def _line(self, row: SentenceState, spread: Spread) -> Line:
        dossier, cards = self.leaf.dossier, self.leaf.cards
        left_out = (o for o in dossier.omissions if row.span.start <= o.start < row.span.end)
        ghosts = tuple(
            alone(cards.card(ghost.claim, anchored=False), dossier.text)
            for ghost in self.ghosts
            if ghost.number == row.number
        )
        omissions = tuple((o, left_out_for(o)) for o in left_out)
        return Line(row.number, row.span, row.state, spread, omissions, ghosts)

    @property
    def counts(self) -> dict[str, int]:
        """How many of its sentences are claimed, omitted and open."""
        return tally(self.lines)

    @cached_property
    def told(self) -> tuple[NamedNode, ...]:
        """What its file tells of, its claims and itself apart."""
        quads = [q.quad for q in self.case.record.quads("article") if q.path == self.article.path]
        graphs = (q.graph_name for q in quads if q.graph_name in self.case.record.contents_by_iri)
        said = (q.subject for q in quads if not isinstance(q.graph_name, DefaultGraph))
        reports = (q.subject for q in quads if q.object == LEG.Report)
        nodes = dict.fromkeys((*said, *reports, *graphs))
        return tuple(node for node in nodes if isinstance(node, NamedNode))

    def types(self, thing: NamedNode) -> frozenset[NamedNode]:
        """The classes of a thing, also of one that is only said."""
        if thing in self.case.record.contents_by_iri:
            return frozenset({LEG.Content})
        return self.case.record.kinds.get(thing, frozenset())

    def short(self, node: NamedNode) -> str:
        """A thing as its author would write it."""
        return compact(node, self.workspace.prefixes)


def laid(workspace: Workspace, slug: str) -> Lectern:
    """Lay an article on the desk, judged as it stands.

    Raises UnknownName where there is no such article, InputError where a file cannot be read.
    """
    record = read_workspace(workspace)
    article = next((a for a in record.articles if a.slug == slug), None)
    if article is None:
        raise no_article(slug, (a.slug for a in record.articles))
    data = contents(article.path, within=workspace.root)
    case = open_case(workspace, record=record, paths=[article.path])
    return Lectern(case, judge(case), article, data)


def _bare(file: str) -> tuple[list[str], list[int]]:
    """Its lines with nothing but prefixes and proposals, these bare; and the block of each."""
    bare: list[str] = []
    blocks: list[int] = []
    for number, line in numbered(file):
        is_proposed = number is not None and PROPOSED.match(line) is not None
        bare.append(line[1:] if is_proposed else line if _PREFIX.match(line) else "")
        blocks.append(number or 0)
    return bare, blocks


def _lines(bare: Sequence[str], name: str) -> range | None:
    """The lines of a proposed claim, up to the next one or to a line that is none."""
    first = (n for n, line in enumerate(bare) if line.startswith(f"{name} "))
    begin = next(first, None)
    if begin is None:
        return None
    end = begin + 1
    while end < len(bare) and bare[end].strip() and " leg:quote " not in bare[end]:
        end += 1
    return range(begin, end)


def _shared(bare: Sequence[str], begin: int) -> range:
    """The lines before the first claim of a block; of one that is not the first, none."""
    first = begin
    while first and bare[first - 1].strip():
        first -= 1
    lines = range(first, begin)
    return lines if all(" leg:quote " not in bare[n] for n in lines) else range(0)
