"""An article on the desk: its sentences, what is claimed of each, and what is proposed.

Invariant: it is a function of the files as they were read at one moment, and knows the hash of the
article's file at that moment, by which whoever writes says what they had seen.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256

from pyoxigraph import DefaultGraph, NamedNode

from legation.checks.case import Case
from legation.checks.finding import Report
from legation.checks.judging import judge, open_case
from legation.desk.draft.blocks import numbered
from legation.desk.draft.names import Finder
from legation.desk.draft.reading import Reading, no_article, read
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
from legation.text.spans import Span, sentences

_PREFIX = re.compile(r"\s*@?prefix\s", re.IGNORECASE)
# One "#" before a line of Turtle or its indent; "# note" is a comment of the author's own.
_PROPOSED = re.compile(r"^#(?=\r?$|[^#\s]| {4})")


@dataclass(frozen=True, slots=True)
class Ghost:
    """A proposal: its claim, the sentence that it stands beside, and the lines of the file."""

    claim: Claim
    number: int
    lines: range


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with all that stands beside it."""

    number: int
    span: Span
    spread: Spread
    state: str
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
    def _proposed(self) -> tuple[Authored, tuple[tuple[NamedNode, int, range], ...]]:
        """What the comments of its file would be as claims, and where each stands."""
        bare, blocks = _bare(self.data.decode("utf-8"))
        try:
            parsed = trig.parse("\n".join(bare).encode("utf-8"), self.article.path)
        except InputError:  # somebody edits a proposal in the file
            return Authored(), ()
        file = SourceFile(self.article.path, "article", parsed.quads, parsed.prefixes)
        authored = read_passages(file, self.article)
        places = tuple(
            (claim.iri, blocks[lines.start], lines)
            for claim in authored.claims
            if (lines := _lines(bare, compact(claim.iri, dict(parsed.prefixes))))
        )
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
        return tuple(Ghost(known[iri], number, lines) for iri, number, lines in self._proposed[1])

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
        text, spreads = self.leaf.dossier.text, self.leaf.spreads
        pairs = zip(sentences(text), spreads, strict=False)
        return tuple(self._line(*numbered) for numbered in enumerate(pairs, start=1))

    def _line(self, number: int, pair: tuple[Span, Spread]) -> Line:
        span, dossier, cards = pair[0], self.leaf.dossier, self.leaf.cards
        claims, left_out = [c.span for c in dossier.claims], dossier.omissions
        state = _state(span, claims, [o.span for o in left_out])
        here = tuple((o, left_out_for(o)) for o in left_out if span.start <= o.start < span.end)
        ghosts = tuple(
            alone(cards.card(ghost.claim, anchored=False), dossier.text)
            for ghost in self.ghosts
            if ghost.number == number
        )
        return Line(number, span, pair[1], state, here, ghosts)

    @property
    def counts(self) -> dict[str, int]:
        """How many of its sentences are claimed, omitted and open."""
        return _counted(line.state for line in self.lines)

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


def shares(record: Record) -> Iterator[tuple[Article, dict[str, int]]]:
    """Each article with how many of its sentences are claimed, omitted and open."""
    for article in record.articles:
        claims = [claim.span for claim in record.claims if claim.path == article.path]
        omitted = [left_out.span for left_out in record.omissions if left_out.path == article.path]
        states = (_state(span, claims, omitted) for span in sentences(article.text or ""))
        yield article, _counted(states)


def _counted(states: Iterator[str]) -> dict[str, int]:
    listed = list(states)
    return {state: listed.count(state) for state in ("claimed", "omitted", "open")}


def _state(span: Span, claims: Sequence[Span], omitted: Sequence[Span]) -> str:
    if any(span.overlaps(other) for other in claims):
        return "claimed"
    return "omitted" if any(span.overlaps(other) for other in omitted) else "open"


def _bare(file: str) -> tuple[list[str], list[int]]:
    """Its lines with nothing but prefixes and proposals, these bare; and the block of each."""
    bare: list[str] = []
    blocks: list[int] = []
    for number, line in numbered(file):
        is_proposed = number is not None and _PROPOSED.match(line) is not None
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
