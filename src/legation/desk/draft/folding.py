"""A text in comparable letters that still know where each came from.

Invariant: every letter leads back to the exact code points of the original; names are folded by
the same rules (`legation.graph.spelling`), so that equal names are equal letters.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from legation.graph.spelling import key, letters_of
from legation.text.spans import Span

_SPACELESS = ("CJK", "HIRAGANA", "KATAKANA")


@dataclass(frozen=True, slots=True)
class Folded:
    """The letters of a text, where the original of each begins and ends, and where words begin.

    Case, accents, spaces and marks are gone.
    """

    letters: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    breaks: frozenset[int]

    def origin(self, start: int, end: int) -> Span:
        """The original passage of a stretch of letters, which must not be empty."""
        return Span(self.starts[start], self.ends[end - 1])


def folded(text: str) -> Folded:
    """Fold a text.

    >>> found = folded("Kim Jong-un’s visit")
    >>> found.letters, found.origin(0, 9), sorted(found.breaks)
    ('kimjongunsvisit', Span(start=0, end=11), [3, 7, 10])
    """
    letters: list[str] = []
    origins: list[Span] = []
    breaks: set[int] = set()
    for cluster in _clusters(text):
        for letter in letters_of(cluster.of(text)):
            if letter == " ":
                breaks.add(len(letters))
                continue
            letters.append(letter)
            origins.append(cluster)
    # A line of Chinese or Japanese ends anywhere, also within a word.
    apart = (at for at in breaks if not all(map(_is_spaceless, letters[at - 1 : at + 1])))
    return Folded(
        "".join(letters),
        tuple(span.start for span in origins),
        tuple(span.end for span in origins),
        frozenset(apart),
    )


def squeezed(name: str) -> str:
    """The letters of a name, without what parts its words.

    >>> squeezed("Kim Jong-un") == squeezed("KIM JONGUN")
    True
    """
    return key(name).replace(" ", "")


def script(char: str) -> str:
    """The script of a letter, as Unicode names it; empty for what is no letter."""
    return unicodedata.name(char, "").split(" ")[0].split("-")[0] if char.isalpha() else ""


def _is_spaceless(char: str) -> bool:
    return script(char) in _SPACELESS


def _clusters(text: str) -> Iterator[Span]:
    """Each letter with the marks and Hangul parts that belong to it."""
    start = 0
    for at in range(1, len(text)):
        if not (unicodedata.combining(text[at]) or "\u1160" <= text[at] <= "\u11ff"):
            yield Span(start, at)
            start = at
    if text:
        yield Span(start, len(text))
