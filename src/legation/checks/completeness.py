"""Is every sentence of every text a claim or an omission with its reason?

Invariant: silence about a sentence is a finding. A draft may still be silent; it is told so.
"""

from collections.abc import Iterator, Sequence

from legation.checks.case import Case
from legation.checks.finding import Finding, Rule
from legation.graph.article import Article
from legation.graph.claim import Claim, Omission
from legation.rdf.gathering import gathered
from legation.text.spans import Span, occurrences

UNCOVERED = Rule(
    "sentence-uncovered",
    "error",
    "Every sentence, headline and caption of a text is overlapped by a claim or an omission.",
)

_SHOWN = 80


def check(case: Case) -> Iterator[Finding]:
    """Find sentences that neither a claim nor an omission touches."""
    passages = gathered((passage.article, passage) for passage in case.record.passages)
    for article in case.articles:
        for span in uncovered(article, passages.get(article.iri, ())):
            words = span.of(article.text or "")
            shown = words if len(words) <= _SHOWN else words[:_SHOWN] + "…"
            message = (
                f"the sentence at {span.start}-{span.end} is neither claimed nor omitted: "
                f"annotate {shown!r}, or omit it with its reason"
            )
            yield case.finding(
                UNCOVERED,
                case.places.of_thing(article.iri),
                message,
                about=article.iri,
                severity="warning" if article.is_draft else None,
            )


def uncovered(article: Article, passages: Sequence[Claim | Omission]) -> list[Span]:
    """The sentences of an article that no passage overlaps.

    A passage without offsets counts wherever its quote stands, so that one fault is told once.
    """
    text = article.text or ""
    spans = sorted(span for passage in passages for span in _spans(text, passage))
    left: list[Span] = []
    at = 0  # passages before it end before every sentence still to come
    for sentence in article.sentences:
        while at < len(spans) and spans[at].end <= sentence.start:
            at += 1
        if not any(span.overlaps(sentence) for span in _from(spans, at, sentence.end)):
            left.append(sentence)
    return left


def _from(spans: list[Span], at: int, end: int) -> Iterator[Span]:
    for span in spans[at:]:
        if span.start >= end:
            return
        yield span


def _spans(text: str, passage: Claim | Omission) -> Iterator[Span]:
    if passage.span.of(text) == passage.quote and 0 <= passage.start < passage.end:
        yield passage.span
        return
    found = occurrences(text, passage.quote)
    yield from (Span(start, start + len(passage.quote)) for start in found)
    if not found and 0 <= passage.start < passage.end:
        yield passage.span
