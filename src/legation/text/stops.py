"""What ends a sentence in which language.

Invariant: a mark ends a sentence unless a rule says why not; a language without rules of its own is
cut by those that hold for all scripts, and `has_rules` says so.
"""

import re
from functools import cache
from pathlib import Path

# A closing mark belongs to the sentence that it ends: “A good example.” He left. Chinese and
# Japanese, whose marks are wide, put no space behind them.
_CLOSING = "\"'”’“‘»›«)\\]」』）】》"
_WIDE = "。！？｡"
MARK = re.compile(
    rf"[.!?…؟۔।॥։።။;\u037e]+(?:[{_CLOSING}]| ?»(?!\S))*(?:\s+|$)|[{_WIDE}]+[{_CLOSING}]*\s*"
)
_WITH_DANDA = ("bn", "hi", "mr", "ne")
_OPENING_DATE = re.compile(r"(?:В|У|С|З|К|До|По|На|От|Уже|Ещё|През|W|Do|Od|Na|Z)\s[^,;]{0,30}")
_FARTHEST = 1_000  # characters before a mark in which a quotation may have been opened
_LONGEST = 40  # characters before a stop that tell what it belongs to
_OPENERS = re.compile(r"[\s\"'“‘„‚«»‹(\[¿¡「『（【《—–-]*")
_BEFORE = r"(?:^|[\s(\[\"'“‘«„/]|\b[DLdl]['’])"
# Before what an abbreviation may stand and yet end its sentence: "in the U.S. He left".
_MAY_END = re.compile(r"\b(?:Co|Inc|Ltd|Corp|Jr|Sr|(?!H\.)(?:[A-Z]\.)+[A-Z])$")
_STARTS = re.compile(r"(?:He|She|It|They|The|This|That|There|We|In|On|At|But|An?)\b")
# "MINISTER KELD: No. We decided otherwise.": one word is no answer without the next.
_ANSWER = re.compile(r"\s*[A-Z][A-Z .'’-]{0,40}:\s+\w+[.!]\s+")
_DAY_OR_ZONE = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:[ECMP][SD]?T|GMT|UTC|BST|CES?T|MSK|[JK]ST)\b|"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z.]*\s+\d|[A-Z]\w+ time\b"
)
# Where a number with a stop is an ordinal ("am 3. Oktober"), and the digits that it has at most.
_ORDINALS = {
    **dict.fromkeys("cs da de et fi hr hu is lv nb nn no sk sl sr tr".split(), 2),
    "ko": 4,  # 2019. 4. 25.
}
# What ends in a stop that ends nothing, by language; the file beside this one says how it is read.
_TABLE = (Path(__file__).parent / "abbreviations.txt").read_text("utf-8")
_ABBREVIATIONS = dict(re.findall(r"\b([a-z]{2}):((?:\s+[^\s:]+(?!\S))*)", _TABLE))
_ABBREVIATIONS["no"] = _ABBREVIATIONS["nn"] = _ABBREVIATIONS["nb"]


def has_rules(language: str) -> bool:
    """Whether there are rules for the sentences of a language, by its tag.

    >>> has_rules("zh-Hant"), has_rules("th")
    (True, False)
    """
    return _base(language) in _ABBREVIATIONS


def _base(language: str) -> str:
    return re.split("[-_]", language, maxsplit=1)[0].lower()


@cache
def _abbreviations(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What ends nothing, and what ends nothing before a number."""
    words = _ABBREVIATIONS.get(language, "").split()
    numbered = [word[:-1] for word in words if word.endswith("#")]
    always = [word for word in words if not word.endswith("#")]
    return _any(always), _any(numbered)


def _any(words: list[str]) -> re.Pattern[str]:
    forms = {form for word in words for form in (word, word[0].upper() + word[1:])}
    forms |= {word.upper() for word in words if word[0].isupper()}  # "MS. LUND: We left."
    either = "|".join(re.escape(form).replace(r"\.", r"\.\s?") for form in sorted(forms))
    return re.compile(rf"{_BEFORE}(?:{either})$" if words else r"(?!)")


def ends(start: int, mark: re.Match[str], language: str) -> bool:
    """Whether a mark ends the sentence begun at ``start``; no language is taken for English."""
    text, at, base = mark.string, mark.start(), _base(language) or "en"
    if (mark[0][0] in ";\u037e" and base != "el") or _ANSWER.fullmatch(text, start, mark.end()):
        return False
    opening = _OPENERS.match(text, mark.end())
    after = text[opening.end() : opening.end() + 20] if opening else ""
    if not after[:1].isalnum() or (after[0].islower() and not _is_caseless(after[0])):
        return False
    start = max(start, at - _FARTHEST)
    is_quoted = any(
        text.count(pair[0], start, at) > text.count(pair[1], start, mark.end())
        for pair in ("「」", "『』", "“”", "«»")
    )
    if is_quoted and (base in ("ja", "zh") or text[mark.end()] in "—–"):
        return False  # 「合意した。歴史的だ。」と述べた, «Да, — сказал он. — Ждём» are one
    if mark[0][0] in _WIDE and mark[0][-1] in _CLOSING:
        # 他说：“好。”他走了 are two, “好。”他说 and 「はい。」と言った one.
        opened = max(text.rfind(quote, start, at) for quote in "“‘「『（")
        return text[max(start, opened - 1) : opened] in ("：", "，", "。")
    if mark[0][0] != ".":
        return True
    if base in _WITH_DANDA and "।" in text:
        return False  # where sentences end so, a full stop only shortens words
    return not _is_short(text[max(start, at - _LONGEST) : at], after, base)


def _is_short(before: str, after: str, language: str) -> bool:
    """Whether a full stop belongs to an abbreviation, a number or initials."""
    if re.fullmatch(r"\s*\(?\d+", before):
        return True  # the number of a list item: "1. Kim"
    most = _ORDINALS.get(language)
    if most and re.search(rf"(?<![\d.,:])(?<![^\W\d]\. )\d{{1,{most}}}$", before):
        return True
    if re.search(r"\d\s*(?:гг?|[рr])$", before):  # "умер в 1948 г. Он", but "В 1948 г. Россия"
        return _OPENING_DATE.fullmatch(before) is not None
    if language == "en" and re.search(r"\b[ap]\.?m$", before, re.IGNORECASE):
        return _DAY_OR_ZONE.match(after) is not None
    if language == "en" and _MAY_END.search(before) and _STARTS.match(after):
        return False
    always, numbered = _abbreviations(language)
    if numbered.search(before) and after[0].isdigit():
        return True
    return always.search(before) is not None or _is_initial(before)


def _is_initial(before: str) -> bool:
    letters = re.split(r"\.-?", re.split(_BEFORE, before)[-1])
    if any(len(letter) != 1 or not letter.isalpha() or _is_whole(letter) for letter in letters):
        return False
    if letters[0].islower():  # "p. 3", but "т. д. Стороны", "5 p. m. El", "1948 r. W"
        return len(letters) == 1 and not re.search(r"(?:\d|(?<![\w.])[^\W\d_]\.)\s*\w$", before)
    return True


def _is_caseless(letter: str) -> bool:
    """Whether a letter begins sentences as it is, though Unicode calls it a small one: Georgian."""
    return "\u10d0" <= letter <= "\u10ff"


def _is_whole(letter: str) -> bool:
    """Whether a letter is a syllable or word by itself, as in Korean and Chinese."""
    return "\u2e80" <= letter <= "\ud7a3"
