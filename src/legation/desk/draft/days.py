"""Dates in a text, worked out as far as the text's own words allow.

Invariant: a date is never more precise than the words, and every one that had to be worked out
says how. Where there is no dateline to count from, it stays open.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from legation.text.dateline import DAY, MONTH, MONTHS, YEAR, dateline
from legation.text.dates import WEEKDAYS, is_edtf
from legation.text.spans import Span, sentences

# EDTF's seasons of a hemisphere that no word tells; in as many languages as the months.
_SEASONS = {
    name: number
    for number, names in enumerate(
        "spring frühling frühjahr printemps primavera весной весна весны весну wiosną wiosny 봄 春|"
        "summer sommer été verano verão летом лето latem 여름 夏|"
        "autumn fall herbst automne otoño autunno outono осенью осень осени jesienią 가을 秋|"
        "winter hiver invierno inverno зимой зима зимы зиму zimą zimy 겨울 冬".split("|"),
        start=21,
    )
    for name in names.split()
}
_NUMBERS = "a one two three four five six seven eight nine ten".split()
# In this order: what an earlier pattern has taken ("9 October 2014"), no later one takes ("2014").
_PATTERNS = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("iso", rf"(?<![\w-])(?P<y>{YEAR})-(?P<n>0[1-9]|1[0-2])-(?P<d>{DAY})(?![\w-])"),
        (
            "east",
            rf"(?:(?P<y>{YEAR})[년年]\s*)?(?P<n>1[0-2]|0?[1-9])[월月](?:\s*(?P<d>{DAY})[일日号])?",
        ),
        (  # "October 9th, 2014"; but the 20 of "May 2014" is no day
            "day",
            rf"\b(?P<m>{MONTH})\b\.?\s+(?P<d>{DAY})(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<y>{YEAR})\b)?",
        ),
        (  # "the 9th of October", "9 октября 2014 года", "am 3. Oktober", "9 de mayo de 2014"
            "day",
            rf"(?<!\d)(?P<d>{DAY})(?:\.|st|nd|rd|th)?(?:\s+(?:of|de))?\s+(?P<m>{MONTH})\b\.?"
            rf"(?:,?\s+(?:de\s+)?(?P<y>{YEAR})\b(?:\s+года?)?)?",
        ),
        (  # "autumn of 2027", "осенью 2027 года", "en otoño de 2027"
            "season",
            rf"\b(?P<m>{'|'.join(_SEASONS)})\s+(?:(?:of|de|del|do)\s+)?(?P<y>{YEAR})\b"
            r"(?:\s+года?)?",
        ),
        ("season", rf"(?<!\d)(?P<y>{YEAR})[년年]\s*(?P<m>봄|여름|가을|겨울|[春夏秋冬](?![节節]))"),
        ("month", rf"\b(?P<m>{MONTH})\b\.?,?\s+(?:of\s+)?(?P<y>{YEAR})\b"),
        ("since", rf"\bsince\s+(?:(?P<m>{MONTH})\b(?!\s+\d)\s*)?(?P<y>{YEAR})?(?!\w)"),
        (  # "for May" may be for somebody; "planned for May" is not
            "bare month",
            r"\b(?:in|by|from|until|of|last|this|next|"
            r"(?:(?<=planned )|(?<=scheduled )|(?<=expected )|(?<=set )|(?<=due ))for)"
            rf"\s+(?P<m>{MONTH})\b(?!\s+\d)",
        ),
        (  # "last Friday"; in "Friday, October 9" the date says more
            "weekday",
            rf"\b(?:(?P<which>last|next|this|on)\s+)?(?P<w>{'|'.join(WEEKDAYS)})\b(?!,?\s+(?:\d|(?:{MONTH})\b))",
        ),
        ("near", r"\b(?:today|yesterday|tomorrow|tonight)\b"),
        (
            "ago",
            rf"\b(?P<k>\d{{1,3}}|{'|'.join(_NUMBERS)})\s+"
            r"(?P<u>days?|weeks?|months?|years?)\s+(?:ago|earlier|later)\b",
        ),
        ("period", r"\b(?P<which>last|this|next)\s+(?P<u>week|month|year)\b"),
        ("decade", r"\b(?:(?:early|mid|late)[ -])?(?P<y>(?:1[5-9]|20)\d0)s\b"),
        # Not the "2014" of "$2014", "2014,5" or "2014%", nor a half of "2014-15".
        ("year", rf"(?<![\w,.$€£-])(?P<y>{YEAR})(?![\w%-]|,\d|\.\d)"),
    )
)
_ENGLISH = ("since", "bare month", "weekday", "near", "ago", "period", "decade")
# "He said the talks will be held on Friday": of the last verb before a date, its time; "they agreed
# to meet in November" speaks of what is to come, "they agreed in November" does not.
_COMING = re.compile(
    r"\b(?:agree|decide|invite|ask|urge|vow|pledge|promise|resolve|want|hope|wish|intend|offer)(?:s|d|ed)?\b"
    r"[^.;:]{0,60}?\bto (?!(?:the|a|an|its|his|her|their|this|that|[A-Z]\w*)\b)\w+"
    r"|\b(?:will|would|(?:is|are) (?:to|set|due)|plans?|planned|intends?|scheduled|expected|due)\b"
    r"(?: be [a-z]+)?"
)
_GONE = re.compile(
    r"\b(?:said|told|met|held|was|were|had|began|sent|came|took|gave|wrote|spoke|left|made|"
    r"[a-z]{2,}ed)\b"
)

_Said = Mapping[str, str]
"""The groups of a pattern, in lower case; empty where they did not match."""
_WorkedOut = tuple[str | None, str]
"""An EDTF date, or None, and the reasoning."""


@dataclass(frozen=True, slots=True)
class DateFound:
    """A passage that names a time, its EDTF date where the text settles one, and how or why not."""

    span: Span
    text: str
    edtf: str | None
    reasoning: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day from which a text counts its relative dates, and where it is said."""

    day: date
    where: str


def anchor(text: str, published: str) -> Anchor | None:
    """The day a text counts from: its dateline's, else that of publication; None without either.

    >>> anchor("SEOUL, May 11 (Yonhap) — Talks.", "2015-05-12").day.isoformat()
    '2015-05-11'
    """
    page = date.fromisoformat(published) if re.fullmatch(r"\d{4}-\d\d-\d\d", published) else None
    line = dateline(text)
    if line is not None and line.month is not None and line.day is not None:
        year = line.year or (page.year if page else None)
        found = None if year is None else _date(year, line.month, line.day)
        if found and page and line.year is None and found > page:  # December, on a page of January
            found = _date(page.year - 1, found.month, found.day)
        if found is not None:
            return Anchor(found, f"the dateline {text[line.start : line.end]!r}")
    return None if page is None else Anchor(page, "the date of publication")


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def dates(text: str, seen_from: Anchor | None, *, language: str = "en") -> list[DateFound]:
    """Every date in a text but its dateline's, each within a sentence, none overlapping."""
    found: list[DateFound] = []
    spans, line = sentences(text, language=language), dateline(text)
    is_english = language.partition("-")[0] in ("", "en")
    for kind, pattern in _PATTERNS:
        if kind in _ENGLISH and not is_english:
            continue
        for match in pattern.finditer(text):
            span = Span(*match.span())
            around = (s for s in spans if s.start <= span.start and span.end <= s.end)
            sentence = next(around, None)
            if sentence is None or any(span.overlaps(other.span) for other in found):
                continue
            if line is not None and span.overlaps(Span(line.start, line.end)):
                continue
            said = {name: (value or "").lower() for name, value in match.groupdict().items()}
            if not _is_date(kind, match[0], said):
                continue
            ahead = _looks_ahead(text[sentence.start : span.start])
            edtf, why = _worked_out(kind, match[0].lower(), said, seen_from, ahead)
            if edtf is not None and not is_edtf(edtf):
                edtf, why = None, "no day that a calendar has"
            found.append(DateFound(span, match[0], edtf, why))
    return sorted(found, key=lambda d: d.span)


def _is_date(kind: str, words: str, said: _Said) -> bool:
    if kind == "since":  # "since then"
        return bool(said["m"] or said["y"])
    return not (kind == "day" and words.startswith("may "))  # the verb: "it may 11 times"


def _looks_ahead(before: str) -> bool:
    """Whether the last verb before a date speaks of what is to come; quotations do not count."""
    plain = re.sub(r"[“\"«][^“”\"«»]*[”\"»]", " ", before)
    coming = [Span(*m.span()) for m in _COMING.finditer(plain)]
    gone = [Span(*m.span()) for m in _GONE.finditer(plain)]
    gone = [verb for verb in gone if not any(verb.overlaps(other) for other in coming)]
    return bool(coming) and (not gone or coming[-1].start > gone[-1].start)


def _worked_out(
    kind: str, words: str, said: _Said, seen_from: Anchor | None, ahead: bool
) -> _WorkedOut:
    if kind == "decade" and not words[0].isdigit():
        return None, "part of a decade: left open"
    if kind == "decade":
        return f"{said['y'][:3]}X", "a decade"
    if kind not in ("weekday", "near", "ago", "period"):
        return _calendar(said, "/.." if kind == "since" else "", seen_from, ahead)
    if seen_from is None:
        return None, "counts from a day that the text does not state: left open"
    here, why = seen_from.day, f"counted from {seen_from.day}, {seen_from.where}"
    if kind == "weekday":
        return _weekday(said, seen_from, ahead)
    if kind == "near":
        shift = {"yesterday": -1, "tomorrow": 1}.get(words, 0)
        return (here + timedelta(days=shift)).isoformat(), why
    return _ago(words, said, here, why) if kind == "ago" else _period(said, here, why)


def _calendar(said: _Said, until: str, seen_from: Anchor | None, ahead: bool) -> _WorkedOut:
    """A date that names its month or year; ``until`` is what an open end adds to it."""
    year, day = said.get("y", ""), int(said.get("d") or 0)
    if not (said.get("m") or said.get("n")):
        return f"{year}{until}", "as written"
    month = int(said["n"]) if said.get("n") else (MONTHS | _SEASONS)[said["m"]]
    tail = f"{month:02d}" + (f"-{day:02d}" if day else "")
    if year:
        return f"{year}-{tail}{until}", "as written"
    if seen_from is None:
        return None if until else f"XXXX-{tail}", "the text states no year"
    here = seen_from.day
    if ahead:
        worked = here.year + ((month, day or 31) < (here.month, here.day))
    else:
        worked = here.year - ((month, day) > (here.month, here.day if day else 31))
    side = "next" if ahead else "last"
    why = f"no year stated: the {side} one seen from {here}, {seen_from.where}"
    return f"{worked}-{tail}{until}", why


def _weekday(said: _Said, seen_from: Anchor, ahead: bool) -> _WorkedOut:
    here, which = seen_from.day, said["which"]
    back = (here.weekday() - WEEKDAYS.index(said["w"])) % 7
    is_next = which == "next" or (ahead and which != "last")
    if is_next:
        found = here + timedelta(days=7 - back)
    else:  # on a Friday, "on Friday" is today and "last Friday" a week ago
        found = here - timedelta(days=7 if which == "last" and back == 0 else back)
    day = f"{here:%A} {here.isoformat()}, {seen_from.where}"
    side = "next" if is_next else "last"
    return found.isoformat(), f"the {side} {said['w'].capitalize()} seen from {day}"


def _ago(words: str, said: _Said, here: date, why: str) -> _WorkedOut:
    number = int(said["k"]) if said["k"].isdigit() else max(_NUMBERS.index(said["k"]), 1)
    if not words.endswith("ago"):
        return None, "counts from another event, not from the dateline: left open"
    if said["u"].startswith("year"):
        return None, f"about {here.year - number}, {why}: left open"
    if said["u"].startswith("day"):
        return (here - timedelta(days=number)).isoformat(), why
    return None, f"{why}, to no certain day: left open"


def _period(said: _Said, here: date, why: str) -> _WorkedOut:
    shift = {"last": -1, "this": 0, "next": 1}[said["which"]]
    if said["u"] == "year":
        return str(here.year + shift), why
    if said["u"] == "month":
        months = here.year * 12 + here.month - 1 + shift
        return f"{months // 12}-{months % 12 + 1:02d}", why
    return None, f"{why}, a week: left open"
