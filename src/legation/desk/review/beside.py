"""An article as a reviewer reads it: sentence by sentence, its claims beside the words.

Invariant: the whole text is shown, in order; what is claimed, left out and still open can be
told apart without colour.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from legation.checks.finding import Finding
from legation.desk.review.card import Card, Cards, Name, graded, worst
from legation.desk.review.dossier import Dossier, Passage
from legation.desk.review.passages import Segment, ShownSentence, home, rows
from legation.graph.claim import Omission
from legation.rdf.vocabulary import local_name

_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of text that one kind of thing is said of.

    Attributes:
        kind: ``claimed``, ``omitted``, ``open``, or empty for what lies between.
        begins: The passages that begin with it.
        over: The fragments of all passages that cover it.
        voice: The modality of the shortest of them.
        depth: How many cover it, up to three.
        why: Why it was left out, where that ends.
        hint: The name of the omission.
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
    """A passage, or an omission at fault, as it stands beside the text."""

    quote: str
    number: int = 0
    fragment: str = ""
    cards: tuple[Card, ...] = ()
    why: str = ""
    findings: tuple[Finding, ...] = ()
    before: str = ""

    @property
    def worst(self) -> str:
        """The severity of the gravest finding on it or its claims; empty without any."""
        return worst((*self.findings, *(f for card in self.cards for f in card.findings)))


@dataclass(frozen=True, slots=True)
class Spread:
    """A sentence with what stands beside it.

    Attributes:
        opens: Whether a paragraph begins with it.
        unread: For each part of it that nobody claimed or left out, the findings that say so.
    """

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

    @property
    def passages(self) -> tuple[Quotation, ...]:
        """All its passages, for where the text is not here to hold them against."""
        return tuple(map(self._quoted, self.dossier.passages))

    @property
    def spreads(self) -> tuple[Spread, ...]:
        """Its text, sentence by sentence."""
        table = rows(self.dossier.text, self.dossier.spans)
        beside: defaultdict[int, list[Passage]] = defaultdict(list)
        for passage in self.dossier.passages:
            beside[home(passage.span, table) if table else 0].append(passage)
        return tuple(self._spread(row, beside[n]) for n, row in enumerate(table))

    def _spread(self, row: ShownSentence, beside: Sequence[Passage]) -> Spread:
        faulty = (
            omission
            for omission in self.dossier.omissions
            if omission.iri in self.cards.findings and row.holds(self.dossier.span(omission))
        )
        return Spread(
            tuple(map(self._stretch, row.segments)),
            row.opens,
            (*map(self._quoted, beside), *map(self._left_out, faulty)),
            tuple(self.dossier.about(span) for span in self.dossier.open if row.holds(span)),
        )

    def _left_out(self, omission: Omission) -> Quotation:
        found = graded(self.cards.findings[omission.iri])
        return Quotation(omission.quote, why=_reason(omission), findings=found)

    def _quoted(self, passage: Passage) -> Quotation:
        cards = tuple(map(self.cards.card, passage.claims))
        return Quotation(passage.quote, passage.number, self.dossier.fragment(passage), cards)

    def _stretch(self, segment: Segment) -> Stretch:
        words = segment.span.of(self.dossier.text)
        count = len(self.dossier.passages)
        over = [self.dossier.passages[n] for n in segment.passages if n < count]
        if over:
            return self._claimed(words, segment, over)
        left_out = [n - count for n in segment.passages if n - count < len(self.dossier.omissions)]
        if left_out:
            omission = self.dossier.omissions[left_out[0]]
            ends = segment.span.end >= min(omission.end, len(self.dossier.text))
            why = _reason(omission) if ends else ""
            return Stretch(words, "omitted", why=why, hint=local_name(omission.iri))
        return Stretch(words, "open" if segment.passages else "")

    def _claimed(self, words: str, segment: Segment, over: Sequence[Passage]) -> Stretch:
        shortest = min(over, key=lambda p: p.span.end - p.span.start)
        return Stretch(
            words,
            "claimed",
            begins=tuple(p for p in over if p.span.start == segment.span.start),
            over=tuple(map(self.dossier.fragment, over)),
            voice=shortest.claims[0].modality or "missing",
            depth=min(len(over), _DEEPEST),
        )


def _reason(omission: Omission) -> str:
    words = re.sub(r"([A-Z])", r" \1", omission.reason).lower()
    return words or "no reason given"
