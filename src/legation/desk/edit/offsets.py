"""Where a quote stands in a text, or why that cannot be said for certain.

Invariant: a place is given only when the words stand there code point by code point. Words that
differ by no more than quotation marks, dashes or spaces are offered, and taken when asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from legation.text.spans import nearest, occurrences

_QUOTES: Final = frozenset("'\"`´’‘‚‛ʼ“”„‟«»‹›′″「」『』")
_DASHES: Final = frozenset("-‐‑‒–—―−﹣－")
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
    """Why a quote has no place.

    Attributes:
        message: What is wrong and what to do.
        details: The passages that may be meant, each with its offsets.
        starts: Where the very words stand, when they stand in several places.
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
    spans = _nearly(text, quote)
    if spans and fix:
        return _one_of(text, spans, chosen)
    if spans:
        message = (
            "the quote differs from the text by quotation marks, dashes or spaces: "
            "copy the passage, or take it with --fix"
        )
        return Unplaced(message, tuple(shown(text, *span) for span in spans[:_MOST]))
    near = nearest(text, quote)
    message = "the quote is not in the text: copy the words character by character"
    if near is None:
        return Unplaced(f"{message}; nothing there is like them")
    return Unplaced(
        f"{message}; the nearest passage is", (shown(text, near.span.start, near.span.end),)
    )


def _one_of(text: str, spans: Sequence[tuple[int, int]], chosen: int | None) -> Placed | Unplaced:
    for start, end in spans if len(spans) == 1 else [s for s in spans if s[0] == chosen]:
        return Placed(start, end, text[start:end])
    more = f" (the first {_MOST} are shown)" if len(spans) > _MOST else ""
    return Unplaced(
        f"the quote stands {len(spans)} times in the text{more}: say which with --at OFFSET, or "
        "write leg:charStart",
        tuple(in_context(text, *span) for span in spans[:_MOST]),
        tuple(start for start, _ in spans),
    )


def shown(text: str, start: int, end: int) -> str:
    """A passage on one line, as ``start-end: "words"``, line ends written as escapes."""
    return f'{start}-{end}: "{_on_a_line(text[start:end])}"'


def in_context(text: str, start: int, end: int) -> str:
    """A passage on one line, as ``start-end: …before [words] after…``."""
    low, high = max(0, start - _AROUND), min(len(text), end + _AROUND)
    before, after = _on_a_line(text[low:start]), _on_a_line(text[end:high])
    opening, closing = "…" if low else "", "…" if high < len(text) else ""
    words = _on_a_line(text[start:end])
    return f"{start}-{end}: {opening}{before}[{words}]{after}{closing}"


def _on_a_line(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t")


def _nearly(text: str, quote: str) -> list[tuple[int, int]]:
    """The passages that equal a quote but for marks and spaces."""
    plain, positions = _folded(text)
    wanted, _ = _folded(quote.strip())
    return [
        (positions[start][0], positions[start + len(wanted) - 1][1])
        for start in occurrences(plain, wanted)
    ]


@lru_cache(maxsize=4)
def _folded(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A text with every kind of mark made one, runs of spaces or dashes too, and where each was."""
    folded: list[str] = []
    positions: list[tuple[int, int]] = []
    for at, character in enumerate(text):
        plain = _plain(character)
        if plain in (" ", "-") and folded and folded[-1] == plain:
            positions[-1] = (positions[-1][0], at + 1)
        else:
            folded.append(plain)
            positions.append((at, at + 1))
    return "".join(folded), tuple(positions)


def _plain(character: str) -> str:
    if character in _QUOTES:
        return '"'
    if character in _DASHES:
        return "-"
    return " " if character.isspace() else character
