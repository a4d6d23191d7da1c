"""Where a quote stands in a text, or why that cannot be said for certain.

Invariant: a place is given only when the words stand there code point by code point. Words that
differ by no more than quotation marks, dashes, spaces or the characters that letters are made of
are offered, and taken when asked.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from legation.text.spans import nearest, occurrences, spelt_otherwise

_QUOTES: Final = "'\"`´’‘‚‛ʼ“”„‟«»‹›′″「」『』"
_DASHES: Final = "-‐‑‒–—―−﹣－"
_RUNS: Final = re.compile(rf"[{re.escape(_DASHES)}]+|\s+|.", re.DOTALL)
_AROUND: Final = 30
_MOST: Final = 12


@dataclass(frozen=True, slots=True)
class Placed:
    """A passage: offsets in code points, end exclusive, and its words."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Why a quote has no place and what to do, with the passages that may be meant.

    ``starts`` is where the very words stand, when they stand in several places.
    """

    message: str
    details: tuple[str, ...] = ()
    starts: tuple[int, ...] = ()


def place(
    text: str, quote: str, chosen: int | None = None, *, fix: bool = False
) -> Placed | Unplaced:
    """The passage a quote means, or why there is none for certain; offsets in code points."""
    if not quote.strip():
        return Unplaced("the quote is empty: copy the words of the passage")
    starts = occurrences(text, quote)
    if starts:
        spans = [(start, start + len(quote)) for start in starts]
        return _one_of(text, spans, chosen)
    pattern = _pattern(quote)
    # Looking ahead finds passages that overlap, too: any of them may be meant.
    spans = [found.span(1) for found in re.finditer(f"(?=({pattern}))", text)]
    by = "by quotation marks, dashes or spaces"
    if not spans:
        spans = [(span.start, span.end) for span in spelt_otherwise(text, pattern)]
        by = "only in the characters that letters are made of (é in one or two, ﬁ or fi)"
    if spans and fix:
        return _one_of(text, spans, chosen)
    if spans:
        message = f"the quote differs from the text {by}: copy the passage, or take it with --fix"
        return Unplaced(message, tuple(_shown(text, *span) for span in spans[:_MOST]))
    near = nearest(text, quote)
    message = "the quote is not in the text: copy the words character by character"
    if near is None:
        return Unplaced(f"{message}; nothing there is like them")
    words = _shown(text, near.span.start, near.span.end)
    return Unplaced(f"{message}; the nearest passage is", (words,))


def _one_of(text: str, spans: Sequence[tuple[int, int]], chosen: int | None) -> Placed | Unplaced:
    for start, end in spans if len(spans) == 1 else [s for s in spans if s[0] == chosen]:
        return Placed(start, end, text[start:end])
    more = f" (the first {_MOST} are shown)" if len(spans) > _MOST else ""
    return Unplaced(
        f"the quote stands {len(spans)} times in the text{more}: say which with --at OFFSET, or "
        "write leg:charStart",
        tuple(_in_context(text, *span) for span in spans[:_MOST]),
        tuple(start for start, _ in spans),
    )


def _shown(text: str, start: int, end: int) -> str:
    """A passage on one line, as ``start-end: "words"``, line ends written as escapes."""
    return f'{start}-{end}: "{_on_a_line(text[start:end])}"'


def _in_context(text: str, start: int, end: int) -> str:
    """A passage on one line, as ``start-end: …before [words] after…``."""
    low, high = max(0, start - _AROUND), min(len(text), end + _AROUND)
    before, after = _on_a_line(text[low:start]), _on_a_line(text[end:high])
    opening, closing = "…" if low else "", "…" if high < len(text) else ""
    words = _on_a_line(text[start:end])
    return f"{start}-{end}: {opening}{before}[{words}]{after}{closing}"


def _on_a_line(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t")


def _pattern(quote: str) -> str:
    """What fits all passages that equal a quote but for the kind of marks, dashes and spaces."""
    pattern = ""
    for run in _RUNS.findall(quote.strip()):
        if run in _QUOTES:
            pattern += f"[{_QUOTES}]"
        elif run[0] in _DASHES:
            pattern += rf"(?<![{re.escape(_DASHES)}])[{re.escape(_DASHES)}]+"  # all of a run
        else:
            pattern += r"\s+" if run.isspace() else re.escape(run)
    return pattern
