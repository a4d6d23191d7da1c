"""An article on the desk: its sentences, what is claimed of each, and what is proposed.

Invariant: it is a function of the files as they were read at one moment, and knows the hash of the
article's file at that moment, by which whoever writes says what they had seen.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from legation.checks.case import Case
from legation.checks.completeness import uncovered
from legation.checks.finding import Report
from legation.checks.judging import judge, open_case
from legation.desk.draft.acceptance import PROPOSED
from legation.desk.draft.blocks import numbered
from legation.desk.draft.names import Finder
from legation.desk.draft.reading import Reading, no_article, read
from legation.desk.review.beside import Leaf, Quotation, Spread, alone
from legation.desk.review.dossier import dossiers, placed
from legation.desk.review.front import cards_of
from legation.errors import InputError
from legation.files.document import contents
from legation.graph.article import Article
from legation.graph.authored import read_passages
from legation.graph.claim import Claim, Omission
from legation.graph.record import Record, SourceFile
from legation.graph.workspace import Workspace
from legation.graph.workspace import read as read_workspace
from legation.rdf import trig
from legation.rdf.vocabulary import compact
from legation.text.spans import Span, sentences

_PREFIX = re.compile(r"\s*@?prefix\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ghost:
    """A proposal beside its sentence: its claim, and the lines of the file that it stands on."""

    claim: Claim
    number: int
    lines: range

    @property
    def key(self) -> str:
        """By what it is accepted or rejected."""
        return self.claim.iri.value


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with all that stands beside it."""

    number: int
    span: Span
    spread: Spread
    state: str
    omissions: tuple[Omission, ...]
    ghosts: tuple[tuple[Ghost, Quotation], ...]


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
        """The workspace it lies in."""
        return self.case.workspace

    @cached_property
    def leaf(self) -> Leaf:
        """The article as on the review page."""
        where = placed(self.case, self.report)
        (dossier,) = dossiers(self.case, [self.article], where)
        return Leaf(dossier, cards_of(self.case, where, [dossier]))

    @property
    def passages(self) -> tuple[Claim | Omission, ...]:
        """What its file quotes."""
        return (*self.leaf.dossier.claims, *self.leaf.dossier.omissions)

    @cached_property
    def reading(self) -> Reading:
        """What drafting finds in it."""
        finder = Finder.of(self.case.record, self.workspace)
        return read(self.article, self.passages, finder)

    @cached_property
    def ghosts(self) -> tuple[Ghost, ...]:
        """The proposals that stand in its file as comments; none where they are no TriG."""
        return tuple(_ghosts(self.data.decode("utf-8"), self.article))

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Its sentences."""
        text, dossier = self.leaf.dossier.text, self.leaf.dossier
        spans = sentences(text)
        pairs = zip(spans, self.leaf.spreads, strict=False)
        return tuple(
            Line(number, span, spread, self._state(span), self._left_out(span), self._ghosts(number))
            for number, (span, spread) in enumerate(pairs, start=1)
        ) if dossier.text else ()

    def _state(self, span: Span) -> str:
        dossier = self.leaf.dossier
        if any(claim.span.overlaps(span) for claim in dossier.claims):
            return "claimed"
        return "omitted" if any(o.span.overlaps(span) for o in dossier.omissions) else "open"

    def _left_out(self, span: Span) -> tuple[Omission, ...]:
        return tuple(o for o in self.leaf.dossier.omissions if span.start <= o.start < span.end)

    def _ghosts(self, number: int) -> tuple[tuple[Ghost, Quotation], ...]:
        cards, text = self.leaf.cards, self.leaf.dossier.text
        return tuple(
            (ghost, alone(cards.card(ghost.claim, anchored=False), text))
            for ghost in self.ghosts
            if ghost.number == number
        )

    @property
    def open(self) -> int:
        """How many sentences nobody has accounted for."""
        return len(list(uncovered(self.leaf.dossier.text, self.passages)))

    def short(self, node: object) -> str:
        """A thing or value as its author would write it."""
        return trig.term(node, self.workspace.prefixes)


def opened(workspace: Workspace, slug: str) -> Lectern:
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


def shares(record: Record) -> Iterator[tuple[Article, dict[str, int]]]:
    """Each article with how many of its sentences are claimed, omitted and open."""
    for article in record.articles:
        claimed = [c.span for c in record.claims if c.path == article.path]
        omitted = [o.span for o in record.omissions if o.path == article.path]
        count = {"claimed": 0, "omitted": 0, "open": 0}
        for span in sentences(article.text or ""):
            count[_kind(span, claimed, omitted)] += 1
        yield article, count


def _kind(span: Span, claimed: Sequence[Span], omitted: Sequence[Span]) -> str:
    if any(span.overlaps(other) for other in claimed):
        return "claimed"
    return "omitted" if any(span.overlaps(other) for other in omitted) else "open"


def _ghosts(file: str, article: Article) -> Iterator[Ghost]:
    """The claims that the commented lines of its blocks would be, at their own lines."""
    bare: list[str] = []
    blocks: list[int] = []
    for number, line in numbered(file):
        is_proposed = number is not None and PROPOSED.match(line) is not None
        blocks.append(number or 0)
        bare.append(line[1:] if is_proposed else line if _PREFIX.match(line) else "")
    try:
        parsed = trig.parse("\n".join(bare).encode("utf-8"), article.path)
    except InputError:
        return
    source = SourceFile(article.path, "article", parsed.quads, parsed.prefixes)
    claims = [c for c in read_passages(source, article).claims if c.quote]
    for claim in claims:
        begin = _begin(bare, claim, source)
        yield Ghost(claim, blocks[begin], _stretch(bare, begin))


def _begin(bare: Sequence[str], claim: Claim, file: SourceFile) -> int:
    """The line, from 0, where a claim begins to be proposed."""
    name = re.escape(compact(claim.iri, dict(file.prefixes)))
    first = re.compile(rf"\s*{name}\s")
    return next(n for n, line in enumerate(bare) if first.match(line))


def _stretch(bare: Sequence[str], begin: int) -> range:
    """The lines of a claim: up to the next claim's quote, or to a line that is no proposal."""
    end = begin + 1
    while end < len(bare) and bare[end].strip() and " leg:quote " not in bare[end]:
        end += 1
    return range(begin, end)
