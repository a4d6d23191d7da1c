"""An article as a reviewer reads it: sentence by sentence, its claims beside the words.

Invariant: the whole text is shown, in order; what is claimed, left out and still open can be
told apart without colour.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from legation.checks.finding import Finding
from legation.desk.review.card import Cards, problems, worst
from legation.desk.review.dossier import Passage, Sheet
from legation.desk.review.markup import EMPTY, Markup, classes, join, listed, tag
from legation.desk.review.passages import Piece, Row, home, rows
from legation.graph.claim import Omission
from legation.rdf.vocabulary import local_name

_DEEPEST = 3


@dataclass(frozen=True)
class Reading:
    """A sheet as it is written on the page.

    Attributes:
        sheet: The sheet.
        cards: The cards of its claims.
    """

    sheet: Sheet
    cards: Cards

    def written(self) -> Markup:
        """The article as a section of the page.

        Returns:
            The section.
        """
        body = self._rows() if self.sheet.text else self._without_text()
        return tag(
            "section",
            self._head(),
            problems(self.sheet.general),
            tag("div", body, class_="sheet"),
            id=self.sheet.anchor,
            class_="article",
            aria_label=self.sheet.article.title or self.sheet.article.slug,
        )

    def _head(self) -> Markup:
        article = self.sheet.article
        words = self.cards.words
        publisher = article.publisher
        told = [
            self.cards.thing(publisher) if publisher is not None else "publisher not stated",
            f"published {article.published}" if article.published else "date not stated",
            ["after ", listed([self.cards.thing(report) for report in article.derived_from])]
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

    def _rows(self) -> Markup:
        table = rows(self.sheet.text, self.sheet.spans)
        beside: defaultdict[int, list[Passage]] = defaultdict(list)
        for passage in self.sheet.passages:
            beside[home(passage.span, table) if table else 0].append(passage)
        written = [self._row(row, beside[n]) for n, row in enumerate(table)]
        return join(written)

    def _row(self, row: Row, beside: Sequence[Passage]) -> Markup:
        text = tag("p", [self._piece(piece) for piece in row.pieces], class_="text")
        cards_here = [
            *(self.passage(passage) for passage in beside),
            *(self._left_out(omission) for omission in self._faulty(row)),
            *(_open_card(self.sheet.about(s)) for s in self.sheet.open if row.holds(s)),
        ]
        return tag(
            "div",
            text,
            tag("div", cards_here, class_="beside"),
            class_=classes("row", "opens" if row.opens else "", "" if cards_here else "bare"),
        )

    def _faulty(self, row: Row) -> list[Omission]:
        """The omissions of a row that something is wrong with."""
        return [
            omission
            for omission in self.sheet.omissions
            if omission.iri in self.cards.findings and row.holds(self.sheet.span(omission))
        ]

    def _left_out(self, omission: Omission) -> Markup:
        found = self.cards.findings[omission.iri]
        return tag(
            "article",
            tag("blockquote", tag("q", tag("bdi", omission.quote))),
            tag("p", f"left out: {_reason(omission)}", class_="voice"),
            problems(found),
            class_=classes("passage", worst(found)),
            tabindex="0",
        )

    def _piece(self, piece: Piece) -> Markup:
        words = piece.span.of(self.sheet.text)
        count = len(self.sheet.passages)
        over = [self.sheet.passages[n] for n in piece.passages if n < count]
        if over:
            return join(self._references(piece, over), self._mark(words, over))
        left_out = [n - count for n in piece.passages if n - count < len(self.sheet.omissions)]
        if left_out:
            return self._omitted(words, self.sheet.omissions[left_out[0]], piece)
        return tag("span", words, class_="open") if piece.passages else join(words)

    def _references(self, piece: Piece, over: Sequence[Passage]) -> Markup:
        """The numbers of the passages that begin with a piece, as links to their self.cards."""
        return join(
            [
                tag("a", str(p.number), href=f"#{self.sheet.fragment(p)}", class_="ref")
                for p in over
                if p.span.start == piece.span.start
            ]
        )

    def _mark(self, words: str, over: Sequence[Passage]) -> Markup:
        shortest = min(over, key=lambda p: p.span.end - p.span.start)
        voice = shortest.claims[0].modality or "missing"
        depth = min(len(over), _DEEPEST)
        on = " ".join(self.sheet.fragment(passage) for passage in over)
        return tag("mark", words, class_=f"depth-{depth}", data_voice=voice, data_on=on)

    def _omitted(self, words: str, omission: Omission, piece: Piece) -> Markup:
        ends = piece.span.end >= min(omission.end, len(self.sheet.text))
        why = tag("small", f"left out: {_reason(omission)}") if ends else EMPTY
        return tag("span", words, why, class_="omitted", title=local_name(omission.iri))

    def passage(self, passage: Passage) -> Markup:
        """A passage with its claims.

        Args:
            passage: One of the sheet's.

        Returns:
            The quote, and a card for each claim beneath it.
        """
        found = [f for claim in passage.claims for f in self.cards.findings.get(claim.iri, ())]
        number = tag("span", str(passage.number), class_="number")
        return tag(
            "article",
            tag("blockquote", number, " ", tag("q", tag("bdi", passage.quote))),
            [self.cards.claim(claim) for claim in passage.claims],
            id=self.sheet.fragment(passage),
            class_=classes("passage", worst(found)),
            tabindex="0",
        )

    def _without_text(self) -> Markup:
        """The passages alone, where the text is not here to hold them against."""
        notice = (
            "The text is not here, so no quote could be held against it; only quotes are shown."
        )
        return join(
            tag("p", notice, class_="empty"),
            [
                tag("div", tag("div", self.passage(passage), class_="beside"), class_="row")
                for passage in self.sheet.passages
            ],
        )


def _reason(omission: Omission) -> str:
    words = re.sub(r"([A-Z])", r" \1", omission.reason).lower()
    return words or "no reason given"


def _open_card(found: Sequence[Finding]) -> Markup:
    words = "Neither claimed nor left out: claim what the sentence says, or omit it with a reason."
    return problems(found) or tag("p", words, class_="uncovered")
