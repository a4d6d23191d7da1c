"""An article with everything that its file quotes, and what was found about it.

Invariant: claims that quote the same words at the same place are one passage with one number.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pyoxigraph import NamedNode

from legation.checks.completeness import UNCOVERED, uncovered
from legation.checks.finding import Finding
from legation.graph.article import Article
from legation.graph.claim import Claim, Omission
from legation.text.spans import Span


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
class Dossier:
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

    @property
    def name(self) -> str:
        """What it is called: its title, else its slug."""
        return self.article.title or self.article.slug

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

    @property
    def shown(self) -> frozenset[NamedNode]:
        """The claims and the omissions that have a place on the dossier."""
        claims = frozenset(claim.iri for claim in self.claims)
        if not self.text:
            return claims
        return claims | {o.iri for o in self.omissions if 0 <= o.start < len(self.text)}

    def about(self, span: Span) -> tuple[Finding, ...]:
        """The findings that name the place of an open sentence."""
        place = f" {span.start}-{span.end} "
        return tuple(f for f in self.findings if f.rule == UNCOVERED.id and place in f.message)

    @property
    def general(self) -> tuple[Finding, ...]:
        """The findings that no sentence of the text shows already."""
        beside = {finding for span in self.open for finding in self.about(span)}
        return tuple(finding for finding in self.findings if finding not in beside)

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """The spans that the text is cut by: passages, then omissions, then open sentences."""
        return (
            *(passage.span for passage in self.passages),
            *(self.span(omission) for omission in self.omissions),
            *self.open,
        )

    def span(self, passage: Claim | Omission) -> Span:
        """A claim or omission as far as it lies in the text; else an empty span at its end."""
        return _inside(passage.span, self.text)

    def fragment(self, passage: Passage) -> str:
        """The fragment that leads to a passage of it, without ``#``."""
        return f"{self.anchor}-{passage.number}"


def _inside(span: Span, text: str) -> Span:
    """A span as far as it lies in a text; an empty one at its end when it does not."""
    start = min(max(span.start, 0), len(text)) if span.start >= 0 else len(text)
    return Span(start, max(start, min(span.end, len(text))))


def dossiers(
    articles: Sequence[Article],
    claims: Sequence[Claim],
    omissions: Sequence[Omission],
    findings: Mapping[NamedNode, tuple[Finding, ...]],
) -> tuple[Dossier, ...]:
    """Articles in the given order, each with all that its file quotes."""
    claims_of: defaultdict[Path, list[Claim]] = defaultdict(list)
    for claim in claims:
        claims_of[claim.path].append(claim)
    omissions_of: defaultdict[Path, list[Omission]] = defaultdict(list)
    for omission in omissions:
        omissions_of[omission.path].append(omission)
    return tuple(
        Dossier(
            article,
            tuple(claims_of[article.path]),
            tuple(omissions_of[article.path]),
            findings.get(article.iri, ()),
        )
        for article in articles
    )
