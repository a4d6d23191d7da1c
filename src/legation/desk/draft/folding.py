"""A text in comparable form that still knows where each letter came from.

Invariant: every position in the folded text leads back to the exact code points of the original;
names are folded by the same rules (`legation.graph.registry.key`), so that equal names are equal
strings.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from legation.graph.spelling import letters_of
from legation.text.spans import Span


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text, and where the original of each of its characters begins and ends.

    Case, accents, apostrophes and dots are gone; everything else between words is one space.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def origin(self, start: int, end: int) -> Span:
        """The original passage of a stretch of folded text, which must not be empty."""
        return Span(self.starts[start], self.ends[end - 1])


def folded(text: str) -> Folded:
    """Fold a text.

    >>> found = folded("Kim Jong-un’s visit")
    >>> found.text, found.origin(0, 11)
    ('kim jong uns visit', Span(start=0, end=11))
    """
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for cluster in _clusters(text):
        for letter in letters_of(cluster.of(text)):
            if letter == " " and (not letters or letters[-1] == " "):
                continue
            letters.append(letter)
            starts.append(cluster.start)
            ends.append(cluster.end)
    return Folded("".join(letters), tuple(starts), tuple(ends))


def _clusters(text: str) -> Iterator[Span]:
    """Each letter with the marks and Hangul parts that belong to it."""
    start = 0
    for at in range(1, len(text)):
        if not (unicodedata.combining(text[at]) or "\u1160" <= text[at] <= "\u11ff"):
            yield Span(start, at)
            start = at
    if text:
        yield Span(start, len(text))
