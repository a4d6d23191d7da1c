"""The same letters in other characters: é in one or in two, ﬁ and fi; others that look the same.

Invariant: every place found is one in the text itself, in code points, and begins and ends between
letters; what only looks like a letter of another script stays another; what has a word that is like
none of the other is not alike at all. Source: Unicode Standard Annex 15 (NFC, NFD).
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_LIGATURES = "ﬀﬁﬂﬃﬄﬅﬆﬓﬔﬕﬖﬗĲĳǆǅǄǇǈǉǊǋǌǱǲǳ"
# The vowels and finals of decomposed Hangul follow their consonant without being marks.
_FOLLOWING = re.compile("[\u1160-\u11ff]")
_OTHER = re.compile(f"[{_LIGATURES}]")
_CYRILLIC = "АВЕЅІЈКМНОРСТУХаеѕіјорсухһԁԛԝӏ", "ABESIJKMHOPCTYXaesijopcyxhdqwl"
_GREEK = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧικνορ", "ABEZHIKMNOPTYXikvop"
_ALIKE = str.maketrans(_CYRILLIC[0] + _GREEK[0], _CYRILLIC[1] + _GREEK[1])
_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN")
# Thai, Lao, Burmese, Khmer, kana and Han, which put no spaces between words.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")


@dataclass(frozen=True, slots=True)
class Composed:
    """A text in composed letters; ``origins`` is where each, and the end, stood before."""

    text: str
    origins: tuple[int, ...] | None  # None where nothing moved

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Where a stretch stood; None where it begins or ends within a letter."""
        if self.origins is None:
            return start, end
        if any(at and self.origins[at] == self.origins[at - 1] for at in (start, end)):
            return None
        return self.origins[start], self.origins[end]


@lru_cache(maxsize=64)
def composed(text: str) -> Composed:
    r"""A text with its letters composed and its ligatures taken apart.

    >>> composed("cafe\u0301").text == "caf\u00e9", composed("caf\u00e9").origins is None
    (True, True)
    """
    if unicodedata.is_normalized("NFC", text) and _OTHER.search(text) is None:
        return Composed(text, None)
    parts: list[str] = []
    origins: list[int] = []
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and _follows(text[end]):
            end += 1
        letter = unicodedata.normalize("NFC", _OTHER.sub(_apart, text[at:end]))
        parts.append(letter)
        origins += [at] * len(letter)
        at = end
    return Composed("".join(parts), (*origins, len(text)))


def words(text: str) -> list[str]:
    """The words of a text; each letter where a script puts no spaces between words.

    >>> words("Кім в Lindal 会谈")
    ['Кім', 'в', 'Lindal', '会', '谈']
    """
    return _WORD.findall(text)


def are_same(one: str, other: str) -> bool:
    r"""Whether two texts are the same letters.

    >>> are_same("e\u0301 \ufb01", "\u00e9 fi"), are_same("e", "\u0435")
    (True, False)
    """
    return composed(one).text == composed(other).text


def plain(text: str) -> str:
    r"""A text with Latin letters in the place of others that look like them.

    >>> plain("\u0410d\u0430")
    'Ada'
    """
    return text if text.isascii() else text.translate(_ALIKE)


def mixed(text: str) -> str:
    r"""The first word that has letters of two scripts which look alike; empty where none has.

    >>> mixed("Ad\u0430 Lund"), mixed("Ada Лунд")
    ('Ad\u0430', '')
    """
    if text.isascii():
        return ""
    return next((word for word in re.findall(r"\w+", text) if _scripts(word) > 1), "")


def _scripts(word: str) -> int:
    names = {unicodedata.name(letter, "").partition(" ")[0] for letter in word}
    return len(names.intersection(_SCRIPTS))


def _follows(character: str) -> bool:
    return unicodedata.combining(character) != 0 or _FOLLOWING.match(character) is not None


def _apart(ligature: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", ligature[0])


_LIKELY = 75.0


def likeness(wanted: str, form: str) -> float:
    """How alike two comparable forms are, to 100; 0 where some word has nothing like it.

    >>> likeness("vladimer poutin", "vladimir putin") > 85, likeness("pravda", "parade in halm")
    (True, 0.0)
    """
    from rapidfuzz import fuzz  # only needed when no name fits

    parts = form.split()
    words = [max(fuzz.ratio(word, part) for part in parts) for word in wanted.split()]
    if sum(words) < _LIKELY * len(words):
        return 0.0
    return 0.7 * sum(words) / len(words) + 0.3 * fuzz.ratio(wanted, form)
