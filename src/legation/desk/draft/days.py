"""Dates in a text, worked out as far as the text's own words allow.

Invariant: a date is never more precise than the words, and every one that had to be worked out
says how. Where there is no dateline to count from, it stays open.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from legation.text.dates import is_edtf
from legation.text.spans import Span, sentences

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan января",
            "february feb февраля",
            "march mar марта",
            "april apr апреля",
            "may мая",
            "june jun июня",
            "july jul июля",
            "august aug августа",
            "september sept sep сентября",
            "october oct октября",
            "november nov ноября",
            "december dec декабря",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTH = "|".join(sorted((m for m in _MONTHS), key=len, reverse=True))
_YEAR = r"(?:1[5-9]|20)\d\d"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_PATTERNS = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("iso", rf"(?<![\w-])(?P<y>{_YEAR})-(?P<n>0[1-9]|1[0-2])-(?P<d>{_DAY})(?![\w-])"),
        ("korean", rf"(?:(?P<y>{_YEAR})년\s*)?(?P<n>1[0-2]|0?[1-9])월(?:\s*(?P<d>{_DAY})일)?"),
        (
            "day",
            rf"\b(?P<m>{_MONTH})\b\.?\s+(?P<d>{_DAY})(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<y>{_YEAR})\b)?",
        ),
        (
            "day",
            rf"(?<!\d)(?P<d>{_DAY})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<m>{_MONTH})\b\.?"
            rf"(?:,?\s+(?P<y>{_YEAR})\b(?:\s+года?)?)?",
        ),
        ("month", rf"\b(?P<m>{_MONTH})\b\.?,?\s+(?:of\s+)?(?P<y>{_YEAR})\b"),
        ("since", rf"\bsince\s+(?:(?P<m>{_MONTH})\b(?!\s+\d)\s*)?(?P<y>{_YEAR})?(?!\w)"),
        ("bare month", rf"\b(?:in|by|from|until|of|last|this|next)\s+(?P<m>{_MONTH})\b(?!\s+\d)"),
        (
            "weekday",
            rf"\b(?:(?P<which>last|next|this|on)\s+)?(?P<w>{'|'.join(_WEEKDAYS)})\b(?!,?\s+(?:\d|(?:{_MONTH})\b))",
        ),
        ("near", r"\b(?:today|yesterday|tomorrow|tonight)\b"),
        (
            "ago",
            r"\b(?P<k>\d{1,3}|a|one|two|three|four|five|six|seven|eight|nine|ten)\s+"
            r"(?P<u>days?|weeks?|months?|years?)\s+(?:ago|earlier|later)\b",
        ),
        ("period", r"\b(?P<which>last|this|next)\s+(?P<u>week|month|year)\b"),
        ("decade", r"\b(?:(?:early|mid|late)[ -])?(?P<y>(?:1[5-9]|20)\d0)s\b"),
        ("year", rf"(?<![\w,.$€£-])(?P<y>{_YEAR})(?![\w%-]|,\d|\.\d)"),
    )
)
_COMING = re.compile(
    r"\b(?:will|would|(?:is|are) (?:to|set|due)|plans?|planned|intends?|scheduled|expected|due)\b"
    r"(?: be [a-z]+)?"
)
_GONE = re.compile(
    r"\b(?:said|told|met|held|was|were|had|began|sent|came|took|gave|wrote|spoke|left|made|"
    r"[a-z]{2,}ed)\b"
)


@dataclass(frozen=True, slots=True)
class DateFound:
    """A passage that names a day, month, year or span of time.

    Attributes:
        span: Where it stands.
        text: The words.
        edtf: The date; None where the text leaves it open.
        reasoning: How it was worked out, or what is missing.
    """

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
    line = re.search(
        rf"^[A-Z][A-Z .,'’-]{{2,40}}(?:,\s*[A-Z][\w .]+)?,\s*(?P<m>{_MONTH})\.?\s+(?P<d>{_DAY})"
        rf"(?:,\s*(?P<y>{_YEAR}))?(?=\s*[(—–-])",
        text,
        re.MULTILINE | re.IGNORECASE,
    )
    if line is not None and line.group(0)[:3].isupper():
        year = int(line["y"]) if line["y"] else page.year if page else None
        found = None if year is None else _date(year, _MONTHS[line["m"].lower()], int(line["d"]))
        if found is not None and page is not None and not line["y"] and found > page:
            found = _date(page.year - 1, found.month, found.day)
        if found is not None:
            return Anchor(found, f"the dateline {line.group(0)!r}")
    return None if page is None else Anchor(page, "the date of publication")


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def dates(text: str, counted_from: Anchor | None) -> list[DateFound]:
    """Every date in a text, in order, none overlapping."""
    found: list[DateFound] = []
    spans = sentences(text)
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            span = Span(match.start(), match.end())
            if any(span.overlaps(other.span) for other in found):
                continue
            if not any(s.start <= span.start and span.end <= s.end for s in spans):
                continue
            start = next((s.start for s in spans if s.overlaps(span)), span.start)
            ahead = _looks_ahead(text[start : span.start])
            found += _read(kind, match, span, counted_from, ahead)
    return sorted(found, key=lambda d: d.span)


def _looks_ahead(before: str) -> bool:
    """Whether the last verb before a date speaks of what is to come; quotations do not count."""
    plain = re.sub(r"[“\"«][^“”\"«»]*[”\"»]", " ", before)
    coming = [Span(m.start(), m.end()) for m in _COMING.finditer(plain)]
    gone = [Span(m.start(), m.end()) for m in _GONE.finditer(plain)]
    gone = [verb for verb in gone if not any(verb.overlaps(other) for other in coming)]
    return bool(coming) and (not gone or coming[-1].start > gone[-1].start)


def _read(
    kind: str, match: re.Match[str], span: Span, counted_from: Anchor | None, ahead: bool
) -> Iterator[DateFound]:
    groups = match.groupdict()
    if kind == "since" and not (groups["m"] or groups["y"]):
        return
    if (
        kind == "day"
        and match.group(0).lower().startswith("may ")
        and not match.group(0)[0].isupper()
    ):
        return  # the verb
    readers = {"weekday": _weekday, "near": _near, "ago": _ago, "period": _period}
    if kind in readers:
        edtf, why = (
            readers[kind](groups, match.group(0).lower(), counted_from, ahead)
            if counted_from
            else (None, "counts from a day that the text does not state: left open")
        )
    elif kind == "decade":
        edtf, why = (
            (groups["y"][:3] + "X", "a decade")
            if " " not in match.group(0)
            else (None, "part of a decade: left open")
        )
    else:
        edtf, why = _calendar(kind, groups, counted_from, ahead)
    if edtf is not None and not is_edtf(edtf):
        edtf, why = None, "no day that a calendar has"
    yield DateFound(span, match.group(0), edtf, why)


def _month(groups: dict[str, str]) -> int:
    return int(groups["n"]) if groups.get("n") else _MONTHS[groups["m"].lower()]


def _calendar(
    kind: str, groups: dict[str, str], counted_from: Anchor | None, ahead: bool
) -> tuple[str | None, str]:
    year, has_month = groups.get("y"), groups.get("m") or groups.get("n")
    if not has_month:
        return (f"{year}/.." if kind == "since" else str(year)), "as written"
    month = _month(groups)
    tail = f"{month:02d}" + (f"-{int(groups['d']):02d}" if groups.get("d") else "")
    suffix = "/.." if kind == "since" else ""
    if year:
        return f"{year}-{tail}{suffix}", "as written"
    if counted_from is None:
        return f"XXXX-{tail}" if not suffix else None, "the text states no year"
    worked = _nearest_year(month, int(groups.get("d") or 0), counted_from, ahead)
    side = "next" if ahead else "last"
    why = f"no year stated: the {side} one seen from {counted_from.day}, {counted_from.where}"
    return f"{worked}-{tail}{suffix}", why


def _nearest_year(month: int, day: int, counted_from: Anchor, ahead: bool) -> int:
    here = counted_from.day
    is_past = (month, day or (1 if ahead else 0)) <= (here.month, here.day if day else 31)
    if ahead:
        is_coming = (month, day or 31) >= (here.month, here.day)
        return here.year if is_coming else here.year + 1
    return here.year if is_past else here.year - 1


def _weekday(
    groups: dict[str, str], words: str, counted_from: Anchor, ahead: bool
) -> tuple[str | None, str]:
    wanted = _WEEKDAYS.index(groups["w"].lower())
    here = counted_from.day
    which = (groups.get("which") or "").lower()
    back = (here.weekday() - wanted) % 7
    is_next = which == "next" or (ahead and which != "last")
    if which == "last" and back == 0:
        back = 7
    found = here + timedelta(days=(7 - back) % 7 or 7) if is_next else here - timedelta(days=back)
    day = f"{here:%A} {here.isoformat()}, {counted_from.where}"
    side = "next" if is_next else "last"
    return found.isoformat(), f"the {side} {groups['w'].capitalize()} seen from {day}"


def _near(
    groups: dict[str, str], words: str, counted_from: Anchor, ahead: bool
) -> tuple[str | None, str]:
    shift = {"yesterday": -1, "tomorrow": 1}.get(words, 0)
    day = counted_from.day + timedelta(days=shift)
    return day.isoformat(), f"counted from {counted_from.day}, {counted_from.where}"


def _ago(
    groups: dict[str, str], words: str, counted_from: Anchor, ahead: bool
) -> tuple[str | None, str]:
    number = _number(groups["k"].lower())
    if not words.endswith("ago"):
        return None, "counts from another event, not from the dateline: left open"
    if groups["u"].lower().startswith("year"):
        year = counted_from.day.year - number
        return (
            None,
            f"about {year}, counted from {counted_from.day}, {counted_from.where}: left open",
        )
    if groups["u"].lower().startswith("day"):
        day = counted_from.day - timedelta(days=number)
        return day.isoformat(), f"counted from {counted_from.day}, {counted_from.where}"
    return (
        None,
        f"counted from {counted_from.day}, {counted_from.where}, to no certain day: left open",
    )


def _number(word: str) -> int:
    words = "a one two three four five six seven eight nine ten".split()
    return int(word) if word.isdigit() else max(words.index(word), 1)


def _period(
    groups: dict[str, str], words: str, counted_from: Anchor, ahead: bool
) -> tuple[str | None, str]:
    shift = {"last": -1, "this": 0, "next": 1}[groups["which"].lower()]
    here, unit = counted_from.day, groups["u"].lower()
    why = f"counted from {here}, {counted_from.where}"
    if unit == "year":
        return str(here.year + shift), why
    if unit == "month":
        months = here.year * 12 + here.month - 1 + shift
        return f"{months // 12}-{months % 12 + 1:02d}", why
    return None, f"{why}, a week: left open"
