"""Passages of an article's text: where they are, and where sentences begin and end.

Invariant: every position is counted in Unicode code points of the decoded file, start
inclusive, end exclusive, so that ``text[start:end]`` *is* the passage.
Source: W3C Web Annotation Data Model 4.2.4 (Text Position Selector).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from legation.text.arrangement import flowing, front, is_end_mark
from legation.text.dateline import dateline
from legation.text.letters import composed
from legation.text.stops import MARK, ends

_LINE = re.compile(r"[^\r\n]+")
# Character by character, so that every offset in the plain text is one in the text itself.
_ALIKE = str.maketrans("’‘ʼ“”«»–—‑−\u00a0\u202f\u2009\n", '\'\'\'""""----    ')
_LEAST = 60.0  # of 100: below it, what is found has little but short words in common
_JOINING = frozenset("'’ʼ-‑")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text, in code points, end exclusive."""

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a code point."""
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        """The words themselves."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Nearest:
    """The passage of a text most like some words, and how like it is (0 to 100)."""

    span: Span
    text: str
    score: float


def sentences(text: str, *, language: str = "") -> list[Span]:
    """Where the sentences, headlines, captions and rows of a text stand, by its language's tag.

    A line never runs on into the next, unless the text's lines are wrapped. Front matter, the
    marks at a text's end and lines without a letter or digit are no sentences.

    >>> text = "Mr. Kim left. He met H.E. Mr. Lee."
    >>> [span.of(text) for span in sentences(text)]
    ['Mr. Kim left.', 'He met H.E. Mr. Lee.']
    """
    return list(_sentences(text, language))


@lru_cache(maxsize=64)  # drafting, checking and reviewing each ask several times
def _sentences(text: str, language: str) -> tuple[Span, ...]:
    flow = flowing(text, language)
    line = dateline(flow)
    opening = Span(line.start, line.end) if line else Span(0, 0)
    found = [
        span
        for row in _LINE.finditer(flow, front(text).end)
        for span in _split(flow, Span(*row.span()), opening, language)
        if any(c.isalnum() for c in span.of(text))
    ]
    while found and is_end_mark(found[-1].of(text)):
        found.pop()
    return tuple(found)


def _split(text: str, line: Span, opening: Span, language: str) -> Iterator[Span]:
    start = line.start
    for mark in MARK.finditer(text, line.start, line.end):
        if opening.start <= mark.start() < opening.end:
            continue  # of "MOSCOW, May 9. /TASS/."
        if mark.end() == line.end or ends(start, mark, language):
            yield _trimmed(text, start, mark.end())
            start = mark.end()
    if start < line.end:
        yield _trimmed(text, start, line.end)


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    begin = end - len(words.lstrip())
    return Span(begin, begin + len(words.strip()))


def occurrences(text: str, quote: str) -> list[int]:
    """Every offset at which the exact words stand, overlapping ones too.

    >>> occurrences("aXaXa", "aXa")
    [0, 2]
    """
    found: list[int] = []
    at = text.find(quote) if quote else -1
    while at >= 0:
        found.append(at)
        at = text.find(quote, at + 1)
    return found


def alike(text: str) -> str:
    """A text with typographic quotes, dashes and spaces made plain, same length."""
    return text.translate(_ALIKE)


def spelt_otherwise(text: str, pattern: str) -> list[Span]:
    r"""Where a pattern stands in a text once both have composed letters and no ligatures.

    >>> spelt_otherwise("The cafe\u0301.", "caf\u00e9")
    [Span(start=4, end=9)]
    """
    folded, wanted = composed(text), composed(pattern).text
    if folded.origins is None and wanted == pattern:
        return []  # nothing is spelt otherwise: what stands there was found before
    # Looking ahead finds passages that overlap, too: any of them may be meant.
    found = (folded.span(*m.span(1)) for m in re.finditer(f"(?=({wanted}))", folded.text))
    return [Span(*span) for span in found if span is not None]


def nearest(text: str, quote: str) -> Nearest | None:
    """The passage of a text that is most like some words; None where none is alike enough."""
    from rapidfuzz import fuzz  # only needed when a quote is wrong

    if not quote.strip() or not text:
        return None
    plain = occurrences(alike(text), alike(quote))
    if plain:  # alike but for typography: next to certain, yet not the words themselves
        span = Span(plain[0], plain[0] + len(quote))
        return Nearest(span, span.of(text), 99.9)
    for span in spelt_otherwise(alike(text), re.escape(alike(quote))):
        return Nearest(span, span.of(text), 99.8)
    if len(quote) > len(text):  # else the text would be looked for in the quote
        return None
    match = fuzz.partial_ratio_alignment(alike(quote), alike(text), score_cutoff=_LEAST)
    if match is None or match.dest_end <= match.dest_start:
        return None
    span = _whole_words(text, _trimmed(text, match.dest_start, match.dest_end))
    return Nearest(span, span.of(text), match.score)


def _whole_words(text: str, span: Span) -> Span:
    """A span widened to the ends of the words it cuts."""
    start, end = span.start, span.end
    while start < end and _is_inside_word(text, start):
        start -= 1
    while start < end and _is_inside_word(text, end):
        end += 1
    return Span(start, end)


def _is_inside_word(text: str, at: int) -> bool:
    """Whether a place lies within a word; apostrophes and hyphens hold a word together."""
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    if left in _JOINING:
        return right.isalnum() and text[at - 2 : at - 1].isalnum()
    if right in _JOINING:
        return left.isalnum() and text[at + 1 : at + 2].isalnum()
    return left.isalnum() and right.isalnum()
