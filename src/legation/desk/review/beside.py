"""An article as a reviewer reads it: sentence by sentence, its claims beside the words.

Invariant: the whole text is shown, in order, character by character; what is claimed, left out and
still open can be told apart without colour.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from legation.checks.finding import Finding
from legation.desk.review.card import Card, Cards, Name, graded, worst
from legation.desk.review.dossier import Dossier, Passage
from legation.desk.review.support import Fragment, pieces, wrong
from legation.graph.article import Article
from legation.graph.claim import Omission
from legation.rdf.gathering import gathered
from legation.rdf.vocabulary import local_name
from legation.text.spans import Span, nearest, sentences

_DEEPEST = 3  # shades of passages quoted more than once, as many as the style sheet has


@dataclass(frozen=True, slots=True)
class ShownSentence:
    """A sentence with what follows it up to the next, cut where a passage begins or ends."""

    span: Span
    segments: tuple[Span, ...]
    opens: bool

    def holds(self, span: Span) -> bool:
        """Whether a passage begins in it."""
        return self.span.start <= span.start < self.span.end


def rows(text: str, spans: Sequence[Span], *, language: str = "") -> tuple[ShownSentence, ...]:
    """Cut a text into sentences and these where passages begin and end.

    >>> [[s.of("Ab. Cd.") for s in row.segments] for row in rows("Ab. Cd.", [Span(1, 5)])]
    [['A', 'b. '], ['C', 'd.']]
    """
    if not text:
        return ()
    starts = sorted({0, *(span.start for span in sentences(text, language=language)[1:])})
    return tuple(_row(text, Span(*ends), spans) for ends in pairwise([*starts, len(text)]))


def _row(text: str, row: Span, spans: Sequence[Span]) -> ShownSentence:
    ends = (end for span in spans if span.overlaps(row) for end in (span.start, span.end))
    cuts = sorted({row.start, row.end, *(end for end in ends if row.start < end < row.end)})
    opens = row.start == 0 or text[row.start - 1] == "\n"
    return ShownSentence(row, tuple(Span(*ends) for ends in pairwise(cuts)), opens)


def home(span: Span, table: Sequence[ShownSentence]) -> int:
    """The place of the row in which a passage begins; of the last one when it begins in none."""
    return next((n for n, row in enumerate(table) if span.start < row.span.end), len(table) - 1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that one ``kind`` of thing is said of: ``claimed``, ``omitted``, ``open`` or none.

    ``begins`` are the passages that begin with it, ``over`` the fragments of all that cover it, so
    many deep, ``voice`` is the modality of the shortest of them; ``why`` stands where an omission
    ends, and ``hint`` is its name.
    """

    words: str
    kind: str = ""
    begins: tuple[Passage, ...] = ()
    over: tuple[str, ...] = ()
    voice: str = ""
    depth: int = 0
    why: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage, or an omission at fault, as it stands beside the text or among the changes.

    ``pieces`` are its words, cut by what they bear, or set against the text where they are wrong;
    ``lead`` and ``tail`` the rest of its sentence, ``previous`` the sentence before.
    """

    quote: str
    number: int = 0
    fragment: str = ""
    cards: tuple[Card, ...] = ()
    why: str = ""
    findings: tuple[Finding, ...] = ()
    before: str = ""
    pieces: tuple[Fragment, ...] = ()
    is_wrong: bool = False
    previous: str = ""
    lead: str = ""
    tail: str = ""

    @property
    def worst(self) -> str:
        """The severity of the gravest finding on it or its claims; empty without any."""
        return worst((*self.findings, *(f for card in self.cards for f in card.findings)))


@dataclass(frozen=True, slots=True)
class Spread:
    """A sentence with what stands beside it; ``unread`` are findings on each part left open."""

    text: tuple[Stretch, ...]
    opens: bool
    quoted: tuple[Quotation, ...]
    unread: tuple[tuple[Finding, ...], ...]


@dataclass(frozen=True)
class Leaf:
    """A dossier as it is shown."""

    dossier: Dossier
    cards: Cards

    @property
    def publisher(self) -> Name | None:
        """Who published the article."""
        publisher = self.dossier.article.publisher
        return None if publisher is None else self.cards.name(publisher)

    @property
    def relayed(self) -> tuple[Name, ...]:
        """The reports that the article relays as a whole."""
        return tuple(map(self.cards.name, self.dossier.article.derived_from))

    @property
    def note(self) -> str:
        """What a person noted on the article."""
        return self.cards.words.note(self.dossier.article.iri)

    @property
    def general(self) -> tuple[Finding, ...]:
        """The findings that no sentence of it shows."""
        return graded(self.dossier.general)

    @cached_property
    def passages(self) -> tuple[Quotation, ...]:
        """All its passages."""
        return tuple(map(self._quoted, self.dossier.passages))

    @property
    def spreads(self) -> tuple[Spread, ...]:
        """Its text, sentence by sentence."""
        article = self.dossier.article
        table = rows(article.text or "", self.dossier.spans, language=article.language)
        beside = gathered((home(passage.span, table), passage) for passage in self.dossier.passages)
        return tuple(self._spread(row, beside.get(n, ())) for n, row in enumerate(table))

    def _spread(self, row: ShownSentence, beside: Sequence[Passage]) -> Spread:
        left_out = (
            Quotation(omission.quote, why=left_out_for(omission), findings=graded(found))
            for omission in self.dossier.omissions
            if row.holds(self.dossier.span(omission))
            and (found := self.cards.findings.get(omission.iri))
        )
        return Spread(
            tuple(map(self._stretch, row.segments)),
            row.opens,
            (*(self.passages[p.number - 1] for p in beside), *left_out),
            tuple(self.dossier.about(span) for span in self.dossier.open if row.holds(span)),
        )

    def _quoted(self, passage: Passage) -> Quotation:
        cards = tuple(map(self.cards.card, passage.claims))
        words, is_wrong = _words(self.dossier.text, cards)
        return Quotation(
            passage.quote,
            passage.number,
            self.dossier.fragment(passage),
            cards,
            pieces=words,
            is_wrong=is_wrong,
        )

    def _stretch(self, span: Span) -> Stretch:
        dossier, words = self.dossier, span.of(self.dossier.text)
        over = [passage for passage in dossier.passages if passage.span.overlaps(span)]
        if over:
            shortest = min(over, key=lambda p: p.span.end - p.span.start)
            return Stretch(
                words,
                "claimed",
                begins=tuple(p for p in over if p.span.start == span.start),
                over=tuple(map(dossier.fragment, over)),
                voice=shortest.claims[0].modality or "missing",
                depth=min(len(over), _DEEPEST),
            )
        left_out = next((o for o in dossier.omissions if dossier.span(o).overlaps(span)), None)
        if left_out is not None:
            why = left_out_for(left_out) if span.end >= dossier.span(left_out).end else ""
            return Stretch(words, "omitted", why=why, hint=local_name(left_out.iri))
        return Stretch(words, "open" if any(s.overlaps(span) for s in dossier.open) else "")


def left_out_for(omission: Omission) -> str:
    """Why words were left out, in words."""
    words = re.sub(r"([A-Z])", r" \1", omission.reason).lower()
    return words or "no reason given"


def _words(text: str, cards: Sequence[Card]) -> tuple[tuple[Fragment, ...], bool]:
    """The words of the one quote of some cards, cut by what they bear, or wrong and so marked."""
    claim = cards[0].claim
    near = None if not text or claim.quote in text else nearest(text, claim.quote)
    if near is not None:
        return wrong(claim.quote, near.text), True
    return pieces(claim.quote, [card.support for card in cards]), False


def alone(card: Card, article: Article | None, *, before: str = "") -> Quotation:
    """A claim away from its article: with its sentence, and the one before that settles a "he"."""
    claim, text = card.claim, (article.text or "") if article else ""
    words, is_wrong = _words(text, (card,))
    plain = Quotation(claim.quote, cards=(card,), before=before, pieces=words, is_wrong=is_wrong)
    if article is None or card.state == "removed" or not claim.quote:
        return plain
    place = claim.span
    if is_wrong:
        near = nearest(text, claim.quote)
        place = place if near is None else near.span
    elif place.of(text) != claim.quote:
        return plain
    spans = article.sentences
    around = [n for n, span in enumerate(spans) if span.overlaps(place)]
    if not around:
        return plain
    previous = spans[around[0] - 1].of(text) if around[0] else ""
    if is_wrong:
        return replace(plain, previous=previous)
    lead = text[spans[around[0]].start : place.start]
    tail = text[place.end : spans[around[-1]].end]
    return replace(plain, previous=previous, lead=lead, tail=tail)
