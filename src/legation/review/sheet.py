"""An article as a reviewer reads it: sentence by sentence, its claims beside the words.

Invariant: the whole text is shown, in order; what is claimed, left out and still open can be
told apart without colour.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import NamedNode

from legation.article import Article
from legation.checks import Finding
from legation.checks.coverage import UNCOVERED, uncovered
from legation.claim import Claim, Omission
from legation.review.card import Cards, problems, worst
from legation.review.markup import EMPTY, Markup, join, listed, tag
from legation.review.passages import Piece, Row, home, rows
from legation.text import Span
from legation.vocabulary import local_name

_DEEPEST = 3
_REASONS = {
    "noCheckableContent": "no checkable content",
}


@dataclass(frozen=True)
class Passage:
    """A stretch of text with all that is claimed of it.

    Attributes:
        number: Its number in the article, from 1, by where it begins.
        span: Where it stands; an empty span where the quote is not in the text.
        quote: Its words.
        claims: The claims that quote it.
    """

    number: int
    span: Span
    quote: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Sheet:
    """An article and all its passages.

    Attributes:
        article: The article.
        claims: The claims quoted from it.
        omissions: The omissions quoted from it.
        findings: The findings about the article as a whole.
    """

    article: Article
    claims: tuple[Claim, ...]
    omissions: tuple[Omission, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def anchor(self) -> str:
        """The fragment that leads to it."""
        return f"article-{self.article.slug}"

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Its quoted passages by where they begin, longer ones first."""
        table: defaultdict[tuple[Span, str], list[Claim]] = defaultdict(list)
        for claim in self.claims:
            table[claim.span, claim.quote].append(claim)
        order = sorted(table, key=lambda key: (key[0].start, -key[0].end, key[1]))
        return tuple(
            Passage(n, _inside(span, self.text), quote, tuple(table[span, quote]))
            for n, (span, quote) in enumerate(order, 1)
        )

    @property
    def text(self) -> str:
        """The archived text; empty when it is not here."""
        return self.article.text or ""

    @cached_property
    def open(self) -> tuple[Span, ...]:
        """The sentences that no passage touches."""
        return tuple(uncovered(self.text, [*self.claims, *self.omissions]))

    def written(self, cards: Cards) -> Markup:
        """The article as a section of the page.

        Args:
            cards: The cards of its claims.

        Returns:
            The section.
        """
        body = self._rows(cards) if self.article.text is not None else self._without_text(cards)
        return tag(
            "section",
            self._head(cards),
            problems(self._general()),
            tag("div", body, class_="sheet"),
            id=self.anchor,
            class_="article",
            aria_label=self.article.title or self.article.slug,
        )

    def about(self, span: Span) -> tuple[Finding, ...]:
        """The findings about an open sentence.

        Args:
            span: Where it stands.

        Returns:
            Those that name its place.
        """
        place = f" {span.start}-{span.end} "
        return tuple(f for f in self.findings if f.rule == UNCOVERED.id and place in f.message)

    def _general(self) -> list[Finding]:
        """The findings that no sentence of the text shows already."""
        beside = {finding for span in self.open for finding in self.about(span)}
        return [finding for finding in self.findings if finding not in beside]

    def _head(self, cards: Cards) -> Markup:
        article = self.article
        words = cards.words
        publisher = article.publisher
        told = [
            cards.thing(publisher) if publisher is not None else "publisher not stated",
            f"published {article.published}" if article.published else "date not stated",
            ["after ", listed([cards.thing(report) for report in article.derived_from])]
            if article.derived_from
            else None,
            "text cut" if article.completeness == "partial" else None,
        ]
        title = tag("bdi", article.title or article.slug)
        draft = tag("span", "draft", class_="state") if article.is_draft else None
        note = words.note(article.iri)
        return tag(
            "header",
            tag("h2", title, " ", draft, title=article.iri.value),
            tag("p", listed([part for part in told if part], " · "), class_="told-of"),
            tag("p", tag("bdi", note), class_="note") if note else None,
        )

    def _rows(self, cards: Cards) -> Markup:
        table = rows(self.text, self._spans)
        beside: defaultdict[int, list[Passage]] = defaultdict(list)
        for passage in self.passages:
            beside[home(passage.span, table) if table else 0].append(passage)
        written = [self._row(row, beside[n], cards) for n, row in enumerate(table)]
        return join(written)

    @cached_property
    def _spans(self) -> tuple[Span, ...]:
        """The spans that the text is cut by: passages, then omissions, then open sentences."""
        return (
            *(passage.span for passage in self.passages),
            *(_inside(omission.span, self.text) for omission in self.omissions),
            *self.open,
        )

    def _row(self, row: Row, beside: Sequence[Passage], cards: Cards) -> Markup:
        text = tag("p", [self._piece(piece) for piece in row.pieces], class_="text")
        claims = [self.passage(passage, cards) for passage in beside]
        still_open = [s for s in self.open if row.span.start <= s.start < row.span.end]
        claims += [_open_card(self.about(span)) for span in still_open]
        return tag(
            "div",
            text,
            tag("div", claims, class_="beside"),
            class_=" ".join(
                name
                for name, applies in (("row", True), ("opens", row.opens), ("bare", not claims))
                if applies
            ),
        )

    def _piece(self, piece: Piece) -> Markup:
        words = piece.span.of(self.text)
        count = len(self.passages)
        over = [self.passages[n] for n in piece.passages if n < count]
        if over:
            return join(self._references(piece, over), self._mark(words, over))
        left_out = [n - count for n in piece.passages if n - count < len(self.omissions)]
        if left_out:
            return self._omitted(words, self.omissions[left_out[0]], piece)
        return tag("span", words, class_="open") if piece.passages else join(words)

    def _references(self, piece: Piece, over: Sequence[Passage]) -> Markup:
        """The numbers of the passages that begin with a piece, as links to their cards."""
        return join(
            [
                tag("a", str(p.number), href=f"#{self._id(p)}", class_="ref")
                for p in over
                if p.span.start == piece.span.start
            ]
        )

    def _mark(self, words: str, over: Sequence[Passage]) -> Markup:
        shortest = min(over, key=lambda p: p.span.end - p.span.start)
        voice = shortest.claims[0].modality or "missing"
        depth = min(len(over), _DEEPEST)
        on = " ".join(self._id(passage) for passage in over)
        return tag("mark", words, class_=f"depth-{depth}", data_voice=voice, data_on=on)

    def _omitted(self, words: str, omission: Omission, piece: Piece) -> Markup:
        reason = _REASONS.get(omission.reason, omission.reason or "no reason given")
        ends = piece.span.end >= min(omission.end, len(self.text))
        why = tag("small", f"left out: {reason}") if ends else EMPTY
        return tag("span", words, why, class_="omitted", title=local_name(omission.iri))

    def _id(self, passage: Passage) -> str:
        return f"{self.anchor}-{passage.number}"

    def passage(self, passage: Passage, cards: Cards) -> Markup:
        """A passage with its claims.

        Args:
            passage: One of the article's.
            cards: The cards of its claims.

        Returns:
            The quote, and a card for each claim beneath it.
        """
        found = [f for claim in passage.claims for f in cards.findings.get(claim.iri, ())]
        number = tag("span", str(passage.number), class_="number")
        return tag(
            "article",
            tag("blockquote", number, " ", tag("q", tag("bdi", passage.quote))),
            [cards.claim(claim) for claim in passage.claims],
            id=self._id(passage),
            class_=" ".join(filter(None, ("passage", worst(found)))),
            tabindex="0",
        )

    def _without_text(self, cards: Cards) -> Markup:
        """The passages alone, where the text is not here to hold them against."""
        notice = (
            "The text is not here, so no quote could be held against it; only quotes are shown."
        )
        return join(
            tag("p", notice, class_="empty"),
            [
                tag("div", tag("div", self.passage(passage, cards), class_="beside"), class_="row")
                for passage in self.passages
            ],
        )


def _inside(span: Span, text: str) -> Span:
    """A span as far as it lies in a text; an empty one at its end when it does not."""
    start = min(max(span.start, 0), len(text)) if span.start >= 0 else len(text)
    return Span(start, max(start, min(span.end, len(text))))


def _open_card(found: Sequence[Finding]) -> Markup:
    words = "Neither claimed nor left out: claim what the sentence says, or omit it with a reason."
    return problems(found) or tag("p", words, class_="uncovered")


def sheets(
    articles: Sequence[Article],
    claims: Sequence[Claim],
    omissions: Sequence[Omission],
    findings: Mapping[NamedNode, tuple[Finding, ...]],
) -> tuple[Sheet, ...]:
    """Articles with all that is quoted from them.

    Args:
        articles: The articles, in the order to show them.
        claims: Claims on any of them.
        omissions: Omissions of any of them.
        findings: The findings about articles as a whole, by article.

    Returns:
        A sheet for each article.
    """
    return tuple(
        Sheet(
            article,
            tuple(claim for claim in claims if claim.article == article.iri),
            tuple(omission for omission in omissions if omission.article == article.iri),
            findings.get(article.iri, ()),
        )
        for article in articles
    )
