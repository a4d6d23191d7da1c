"""An article with everything that its file quotes, and what was found about it.

Invariant: claims that quote the same words at the same place are one passage with one number, and
every finding of a report is shown once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import NamedNode

from legation.checks.case import Case
from legation.checks.completeness import UNCOVERED, uncovered
from legation.checks.finding import Finding, Report
from legation.graph.article import Article
from legation.graph.claim import Claim, Omission
from legation.rdf.gathering import gathered
from legation.text.spans import Span

Beside = Mapping[NamedNode | None, Sequence[Finding]]
"""Findings by the claim, omission or article beside which they are shown, if any."""


@dataclass(frozen=True)
class Passage:
    """A stretch of text with all that is claimed of it, numbered from 1 in its article.

    The span is empty where the quote is not in the text.
    """

    number: int
    span: Span
    quote: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Dossier:
    """An article and all its passages, with the findings about the article as a whole."""

    article: Article
    claims: tuple[Claim, ...]
    omissions: tuple[Omission, ...]
    findings: tuple[Finding, ...]

    @property
    def anchor(self) -> str:
        """The fragment that leads to it."""
        return f"article-{self.article.slug}"

    @property
    def name(self) -> str:
        """What it is called: its title, else its slug."""
        return self.article.title or self.article.slug

    @property
    def text(self) -> str:
        """The archived text; empty when it is not here."""
        return self.article.text or ""

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Its quoted passages by where they begin, longer ones first."""
        table = gathered(((claim.span, claim.quote), claim) for claim in self.claims)
        order = sorted(table, key=lambda key: (key[0].start, -key[0].end, key[1]))
        return tuple(
            Passage(n, self.span(table[key][0]), key[1], tuple(table[key]))
            for n, key in enumerate(order, 1)
        )

    @cached_property
    def open(self) -> tuple[Span, ...]:
        """The sentences that no passage touches."""
        return tuple(uncovered(self.article, [*self.claims, *self.omissions]))

    @property
    def shown(self) -> frozenset[NamedNode]:
        """The article, and the claims and omissions that have a place on the dossier."""
        here = [o.iri for o in self.omissions if 0 <= o.start < len(self.text)]
        return frozenset((self.article.iri, *(claim.iri for claim in self.claims), *here))

    def about(self, span: Span) -> tuple[Finding, ...]:
        """The findings that name the place of an open sentence."""
        place = f" {span.start}-{span.end} "
        return tuple(f for f in self.findings if f.rule == UNCOVERED.id and place in f.message)

    @property
    def general(self) -> tuple[Finding, ...]:
        """The findings that no sentence of the text shows already."""
        beside = {finding for span in self.open for finding in self.about(span)}
        return tuple(finding for finding in self.findings if finding not in beside)

    @property
    def spans(self) -> tuple[Span, ...]:
        """The spans that its text is cut by."""
        return (*map(self.span, self.claims), *map(self.span, self.omissions), *self.open)

    def span(self, passage: Claim | Omission) -> Span:
        """A claim or omission as far as it lies in the text; else an empty span at its end."""
        length = len(self.text)
        start = length if passage.start < 0 else min(passage.start, length)
        return Span(start, max(start, min(passage.end, length)))

    def fragment(self, passage: Passage) -> str:
        """The fragment that leads to a passage of it, without ``#``."""
        return f"{self.anchor}-{passage.number}"


def dossiers(case: Case, articles: Sequence[Article], findings: Beside) -> tuple[Dossier, ...]:
    """Articles in the given order, each with all that its file quotes."""
    claims = gathered((claim.path, claim) for claim in case.record.claims)
    omissions = gathered((omission.path, omission) for omission in case.record.omissions)
    return tuple(
        Dossier(
            article,
            tuple(claims.get(article.path, ())),
            tuple(omissions.get(article.path, ())),
            tuple(findings.get(article.iri, ())),
        )
        for article in articles
    )


def placed(case: Case, report: Report) -> Beside:
    """The findings of a report, each beside what it is about."""
    last_first = sorted(case.record.passages, key=lambda passage: passage.line, reverse=True)
    blocks = gathered((passage.path, passage) for passage in last_first)
    headers = {article.path: article.iri for article in case.record.articles}
    places = ((finding, case.base / finding.file) for finding in report.findings)
    return gathered(
        (_about(finding, blocks.get(path, ()), headers.get(path)), finding)
        for finding, path in places
    )


def _about(
    finding: Finding, blocks: Sequence[Claim | Omission], header: NamedNode | None
) -> NamedNode | None:
    """What a finding is about, else the passage on whose lines it stands; last ones first."""
    named = finding.things[:1]
    if header is not None and header.value in named:
        return header
    about = (block.iri for block in blocks if block.iri.value in named)
    here = (block.iri for block in blocks if block.line <= finding.line)
    return next(about, None) or next(here, None) or header
