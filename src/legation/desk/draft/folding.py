"""How a name stands in a text: its letters and where each came from, its other forms, its ends.

Invariant: every letter leads back to the exact code points of the original; names are folded by
the same rules (`legation.graph.spelling`), so that equal names are equal letters.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, islice, product

from pyoxigraph import NamedNode

from legation.graph.spelling import key, letters_of
from legation.text.spans import Span

_SPACELESS = ("CJK", "HIRAGANA", "KATAKANA")
_MOST_INITIALS = 32
_LONGEST_ACRONYM = 5
# "김정은은", "Москвы" are a name and what it is in its sentence; "북한산" is a mountain.
_AFTER = {
    "HANGUL": re.compile(
        "(?:은|는|이|가|을|를|의|에|에서|에게|께서|와|과|도|로|으로|만|까지|부터|측|들|이다)*(?![가-힣])"
    ),
    "CYRILLIC": re.compile(
        r"(?:[ауеыиюяьй]|ом|ем|ой|ей|ея|еи|ее|ею|ью|ого|ому|ым|им|ая|ую|ия|ии|ию|ией)?(?!\w)"
    ),
}
_ENDINGS = ("", *"а у е ы и ю я ом ем ои еи ого ому ым им ая ую".split())
_ENDING = re.compile("[аеиоыьюя]{1,2}$")
# "وروسيا", "בישראל": and, in, to are written with the name.
_BEFORE = {
    "ARABIC": re.compile(r"(?<!\w)[وفبلك]{0,2}(?:ال)?$"),
    "HEBREW": re.compile(r"(?<!\w)[הובלמשכ]{0,2}$"),
}
_UNSPACED = ("CJK", "HIRAGANA", "THAI", "LAO", "KHMER")
# A blank line, a comma or the end of a sentence stands within no name; "St. Petersburg" has a dot.
_PARTING = re.compile(r"\n\s*\n|\w{3,}\.\s|[^\w\s.'’‘ʼ`\-‐‑–·•]")


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


@dataclass(frozen=True, slots=True)
class NameForm:
    """A way to write a thing's name: in words as compared, and as the registry spells the name."""

    thing: NamedNode
    words: str
    spelling: str

    def fits(self, passage: str, breaks: set[int]) -> bool:
        """Whether a passage with these letters parts them only where the name has words."""
        ends = accumulate(map(len, self.words.split()))
        parting = _PARTING.search(passage)
        mark = "" if parting is None else parting[0].strip()
        return breaks <= {*ends} and (parting is None or (mark != "" and mark in self.spelling))


def initialled(name: str) -> list[str]:
    """A full name with initials for some or all of the given names, as names are compared.

    >>> initialled("John Quincy Adams")
    ['john q adams', 'j quincy adams', 'j q adams']
    """
    *given, family = key(name).split() or [""]
    if not given or script(family[0]) not in ("LATIN", "CYRILLIC", "GREEK"):
        return []
    choices = product(*(dict.fromkeys((word, word[0])) for word in given))
    written = (" ".join((*chosen, family)) for chosen in choices if list(chosen) != given)
    return list(islice(written, _MOST_INITIALS))


def declined(name: str) -> Iterator[str]:
    """The stems of a name in Cyrillic, the words before the last with each ending.

    >>> "владимира путин" in declined("Владимир Путин"), list(declined("Россия"))
    (True, ['росс'])
    """
    words = key(name).split()
    if not words or len(words) > 3 or script(words[0][0]) != "CYRILLIC":
        return
    *inner, last = (_ENDING.sub("", word) if len(word) > 4 else word for word in words)
    for endings in product(_ENDINGS, repeat=len(inner)):
        yield " ".join((*(f"{w}{e}" for w, e in zip(inner, endings, strict=True)), last))


def to_its_end(text: str, span: Span) -> Span:
    """A name with what folding leaves outside: a last dot ("U.S.S.R."), the ending of a case."""
    words, rest = span.of(text), _AFTER["CYRILLIC"].match(text, span.end)
    if script(words[-1]) == "CYRILLIC" and rest is not None:
        return Span(span.start, rest.end())
    has_dots = "." in words and " " not in words and text[span.end : span.end + 1] == "."
    return Span(span.start, span.end + has_dots)


def is_word(text: str, span: Span) -> bool:
    """Whether a passage is not a part of a longer word; a name may carry particles."""
    first, last = text[span.start], text[span.end - 1]
    ahead, behind = _BEFORE.get(script(first)), _AFTER.get(script(last))
    is_begun = not _joins(text[: span.start][-1:], first)
    if ahead is not None and not is_begun:
        is_begun = ahead.search(text[max(0, span.start - 6) : span.start]) is not None
    is_ended = not _joins(text[span.end : span.end + 1], last)
    if behind is not None and not is_ended:
        is_ended = behind.match(text, span.end) is not None
    return is_begun and is_ended


def _joins(other: str, letter: str) -> bool:
    """Whether a character goes on with a letter's word; a change of script ends a word."""
    one, two = script(other), script(letter)
    return other.isalnum() and two not in _UNSPACED and (not one or one == two)


def fits_case(spelling: str, words: str) -> bool:
    """Whether the case of some words lets them be a name: "us" and "turkey" are words, too."""
    plain = re.sub("^[Tt]he ", "", spelling)
    letters = [c for c in plain if c.isalpha()]
    if len(letters) <= _LONGEST_ACRONYM and all(c.isupper() for c in letters):
        return all(not c.islower() for c in words)
    if len(key(plain).split()) == 1 and letters and letters[0].isupper():
        return re.sub("^[Tt]he ", "", words)[:1].isupper()
    return True


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
