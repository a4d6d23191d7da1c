"""Numbers that a text names, in digits or in English words.

Invariant: a number is found only where it stands by itself: ``66th`` and ``66`` are 66, but
neither is part of ``1966``.
"""

import re

_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_NTH = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth"}
_NTH |= {"nine": "ninth", "twelve": "twelfth"}


def _nth(word: str) -> str:
    return _NTH.get(word, word[:-1] + "ieth" if word.endswith("y") else word + "th")


def _named() -> dict[str, int]:
    """Every number below a hundred, as cardinal and ordinal."""
    found = {word: n for n, word in enumerate(_ONES, start=1)}
    for tens, word in enumerate(_TENS, start=2):
        found[word] = tens * 10
        for ones, small in enumerate(_ONES[:9], start=1):
            found[f"{word}-{small}"] = tens * 10 + ones
    found |= {"-".join([*w.split("-")[:-1], _nth(w.split("-")[-1])]): n for w, n in found.items()}
    return {**found, "hundred": 100, "hundredth": 100, "centenary": 100, "twice": 2, "decade": 10}


_WORDS = _named()
_NUMBER = re.compile(r"(?<![\d.,])\d+(?![\d]|[.,]\d)")
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)?")
_UNITS = {
    "year": r"years?|decade|anniversary|birthday|centenary",
    "month": r"months?",
    "week": r"weeks?",
    "day": r"days?",
}
_BESIDE = 4
"""How many words before "anniversary" its number may stand: "the 66th founding anniversary"."""


def numbers_in(text: str) -> frozenset[int]:
    """The whole numbers a text names.

    >>> sorted(numbers_in("the 66th anniversary, their twenty-first meeting, in 1948"))
    [21, 66, 1948]
    """
    digits = {int(found) for found in _NUMBER.findall(text)}
    words = {_WORDS[word] for word in _WORD.findall(text.lower()) if word in _WORDS}
    return frozenset(digits | words)


def counted_in(text: str, unit: str) -> frozenset[int]:
    """The numbers of years, months, weeks or days that a text counts; "a month" is one.

    >>> sorted(counted_in("the two countries marked the 66th anniversary, 73 years on", "year"))
    [66, 73]
    >>> sorted(counted_in("the two countries, a month after 12 May", "month"))
    [1]
    """
    counted: set[int] = set()
    for found in re.finditer(rf"\b(?:{_UNITS[unit]})\b", text, re.IGNORECASE):
        before = text[: found.start()].split()[-_BESIDE if unit == "year" else -1 :]
        counted |= numbers_in(found.group()) | _last_number(before)
        counted |= {1} if before and before[-1].lower() in _SINGLE else set()
    return frozenset(counted)


def _last_number(words: list[str]) -> frozenset[int]:
    """The last number among words, with those joined to it: "two states, 20 or 21" has both."""
    counted: frozenset[int] = frozenset()
    for word in reversed(words):
        if counted and word.lower() not in _JOINTS and not numbers_in(word):
            break
        counted |= numbers_in(word)
    return counted


_JOINTS = ("and", "or", "to")
_SINGLE = ("a", "one", "last", "next", "this", "the")
