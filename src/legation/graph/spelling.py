"""What counts in a name and what does not, and how long a label is.

Invariant: a letter is folded by itself, whatever stands around it; scripts are kept apart.
"""

import re
import unicodedata

from legation.text.dateline import MONTHS

_MONTHS = {number: name for name, number in reversed(MONTHS.items())}  # the English one is first
_LEADING = frozenset("against at between by for from in of on to with".split())
"""Words that say what the name after them has to do with the thing."""

_LONGEST = 60  # characters of somebody's words that a label gives


class _Folded(dict[int, str]):
    """Each letter as it is compared; worked out when first met."""

    def __missing__(self, code: int) -> str:
        letters = unicodedata.normalize("NFKD", chr(code)).casefold()
        self[code] = found = "".join(
            "" if unicodedata.combining(c) or c in "'’‘ʼ`.‐" else c if c.isalnum() else " "
            for c in letters
        )
        return found


_FOLDED = _Folded()


def letters_of(name: str) -> str:
    """A name without case, accents and what does not count; a space for any other mark."""
    return unicodedata.normalize("NFC", name.translate(_FOLDED))


def key(name: str) -> str:
    """What two spellings of one name have in common.

    Case, accents, hyphens, apostrophes, dots and runs of spaces do not count; scripts do.

    >>> key("Choe Son-hui") == key("CHOE SŎN HUI")
    True
    """
    return " ".join(letters_of(name).split())


def slugged(name: str) -> str:
    """A name in Latin letters, digits and hyphens, at most 60 long; empty when it has none.

    >>> slugged("Élan & Cie: a *second* meeting")
    'elan-cie-a-second-meeting'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", plain))
    while len("-".join(words)) > 60:
        words.pop()
    return "-".join(words)


def words_of(text: str) -> frozenset[str]:
    """The words of a name, or of a date also those that people write it with.

    >>> sorted(words_of("2014-10-09"))
    ['09', '10', '2014', '9', 'october']
    """
    words = set(key(text).split())
    for month, day in re.findall(r"-(\d\d)(?:-(\d\d))?", text):
        if 1 <= int(month) <= 12:
            words |= {_MONTHS[int(month)], *([day.lstrip("0")] if day else [])}
    return frozenset(words)


def is_told_by(wanted: str, form: str) -> bool:
    """Whether some words stand in a name in the same order, led by the same prepositions.

    >>> is_told_by("ambassador to russia", "ambassador of the dprk to russia")
    True
    >>> is_told_by("ambassador of russia", "ambassador of the dprk to russia")
    False
    """
    rest = iter(_led(form))
    # `any` goes on from where the word before was found: what stands before it is behind us.
    return all(
        any(word == other and lead in (None, by) for other, by in rest)
        for word, lead in _led(wanted)
    )


def _led(text: str) -> list[tuple[str, str | None]]:
    """Each word of a name, with the preposition nearest before it."""
    led: list[tuple[str, str | None]] = []
    lead = None
    for word in text.split():
        led.append((word, lead))
        lead = word if word in _LEADING else lead
    return led


def shortened(text: str, most: int = _LONGEST) -> str:
    """The first words of a text, none of them cut unless it is longer than all.

    >>> shortened("talks on the strategic stability of the region", 20)
    'talks on the…'
    """
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return line[:most].rsplit(" ", 1)[0].rstrip(" ,;:.–—-") + "…"
