"""The text of an article cut into rows and segments, so that passages which overlap can be shown.

Invariant: the segments of all rows, put together, are the text, character by character.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from legation.text.spans import Span, sentences


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that the same passages cover from end to end.

    Attributes:
        span: Where it stands.
        passages: The places, in the given order of spans, of the spans that cover it.
    """

    span: Span
    passages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ShownSentence:
    """A sentence with what follows it up to the next, cut into segments.

    Attributes:
        span: Where it stands.
        segments: Its segments in order.
        opens: Whether a paragraph begins with it.
    """

    span: Span
    segments: tuple[Segment, ...]
    opens: bool

    def holds(self, span: Span) -> bool:
        """Whether a passage begins in this row."""
        return self.span.start <= span.start < self.span.end


def rows(text: str, spans: Sequence[Span]) -> tuple[ShownSentence, ...]:
    """Cut a text into sentences and these into segments.

    >>> [[p.span.of("Ab. Cd.") for p in row.segments] for row in rows("Ab. Cd.", [Span(1, 5)])]
    [['A', 'b. '], ['C', 'd.']]
    """
    if not text:
        return ()
    starts = sorted({0, *(span.start for span in sentences(text)[1:])})
    ends = [*starts[1:], len(text)]
    return tuple(_row(text, Span(*ends_of), spans) for ends_of in zip(starts, ends, strict=True))


def _row(text: str, row: Span, spans: Sequence[Span]) -> ShownSentence:
    inside = [(n, span) for n, span in enumerate(spans) if span.overlaps(row)]
    cuts = {row.start, row.end}
    for _, span in inside:
        cuts |= {cut for cut in (span.start, span.end) if row.start < cut < row.end}
    edges = sorted(cuts)
    segments = tuple(
        Segment(segment, tuple(n for n, span in inside if span.overlaps(segment)))
        for segment in map(Span, edges, edges[1:])
    )
    return ShownSentence(row, segments, row.start == 0 or "\n" in text[row.start - 1])


def home(span: Span, table: Sequence[ShownSentence]) -> int:
    """The place of the row in which a passage begins; of the last one when it begins in none."""
    for place, row in enumerate(table):
        if span.start < row.span.end:
            return place
    return len(table) - 1
