"""What an EDTF date allows: its earliest and latest day, and the set of days it may mean.

Invariant: a bound is never narrower than the source. The strict bounds of the standard are
used, never the fuzzy ones (those pad a ``~`` by a year nobody wrote), and where the text gives
no bound (an open or unknown end, a year ``XXXX``) there is none.
Source: Extended Date/Time Format, Library of Congress, 4 February 2019.
"""

import calendar
import re
from collections.abc import Iterable
from contextlib import redirect_stdout
from datetime import date, timedelta
from functools import lru_cache, reduce
from io import StringIO
from typing import Any

from legation.errors import LIBRARY_FAULTS, LegationError
from legation.text.daysets import Bounds, Days, before

WEEKDAYS = tuple("monday tuesday wednesday thursday friday saturday sunday".split())
"""The English names of the days of the week, in the order of `date.weekday`."""

_PLAIN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?[~?%]?", re.ASCII)
_PARTIAL = re.compile(r"([\dX]{4})(?:-([01X][\dX])(?:-([0-3X][\dX]))?)?[~?%]?", re.ASCII)
# One of some plain days or all of them, or open on one side: the library takes long to load.
_MEMBERS = (
    rf"(?:(?:\.\.)?{_PLAIN.pattern}|{_PLAIN.pattern}\.\.|{_PLAIN.pattern}(?:, ?{_PLAIN.pattern})+)"
)
_PLAIN_SET = re.compile(rf"\[{_MEMBERS}\]|\{{{_MEMBERS}\}}", re.ASCII)
# The months from which and to which a season may mean, meteorological or astronomical; 13 to 15 lie
# in the next year, for a winter is January to March or begins in December. The library knows the
# northern meteorological ones alone and cuts them off at the end of the year.
_EITHER = {21: (3, 12), 22: (1, 15), 23: (3, 12), 24: (1, 15)}
_NORTHERN = {25: (3, 6), 26: (6, 9), 27: (9, 12), 28: (1, 15)}
_SOUTHERN = {29: (9, 12), 30: (1, 15), 31: (3, 6), 32: (6, 9)}
_SEASONS = _EITHER | _NORTHERN | _SOUTHERN
_LONGEST = 64  # the library takes seconds over a few hundred characters
_YEARS = re.compile(r"(?:^|/)Y?(-?\d{4,})", re.ASCII)
_ORDINARY = re.compile(rf"(?! )[ -\x7e]{{1,{_LONGEST}}}(?<! )")


class DateError(LegationError):
    """A text that is not an EDTF date."""


def is_edtf(text: str) -> bool:
    """Whether a text is a date this package accepts: `bounds` would answer.

    >>> is_edtf("2014-10-09"), is_edtf("9 October 2014")
    (True, False)
    """
    try:
        bounds(text)
    except DateError:
        return False
    return True


def compatible(text: str, other: str) -> bool:
    """Whether some day satisfies both dates; text that is not EDTF contradicts nothing.

    >>> compatible("2014", "2014-10-09"), compatible("XXXX-10-12", "1948-10-12")
    (True, True)
    >>> compatible("2015-05-08", "2015-05-09"), compatible("2015-05-08~", "2015-05-09")
    (False, True)
    """
    try:
        return any(one.meets(two) for one in possible_days(text) for two in possible_days(other))
    except DateError:
        return True


@lru_cache(maxsize=65_536)
def bounds(text: str) -> Bounds:
    """The strict bounds of an EDTF date of at most 64 characters; DateError for what is none.

    >>> bounds("2019-04").earliest.isoformat(), bounds("2019-04").latest.isoformat()
    ('2019-04-01', '2019-04-30')
    >>> bounds("2014-05/..").latest is None
    True
    """
    plain = _PLAIN.fullmatch(text)
    if plain is not None:
        return _plain_bounds(text, *plain.groups())
    partial = _PARTIAL.fullmatch(text)
    if partial is not None:  # the library takes long to load, and falls over 2025-1X
        return _partial_bounds(text, _digits(*partial.groups()))
    # Y1E99999999 is a year of a hundred million digits, which the library would write out.
    if not _ORDINARY.fullmatch(text) or re.search(r"[Yy]-?\d*E", text):
        raise DateError(
            f"{text[:_LONGEST]!r} is not an EDTF date: write YYYY, YYYY-MM, "
            "YYYY-MM-DD or an interval of these"
        )
    if "/" in text:
        return _interval_bounds(text)
    if text[0] in "[{":
        return _set_bounds(text)
    if text[:4].upper() == "XXXX":
        _parsed(text)
        return Bounds(None, None)
    return _library_bounds(text)


def _plain_bounds(text: str, year: str, month: str | None, day: str | None) -> Bounds:
    try:
        if month is not None and day is None and int(month) > 12:
            season = _SEASONS.get(int(month))
            return _library_bounds(text) if season is None else _season_bounds(int(year), *season)
        first = date(int(year), int(month or 1), int(day or 1))
        last_month = int(month or 12)
        last_day = int(day or calendar.monthrange(int(year), last_month)[1])
        return Bounds(first, date(int(year), last_month, last_day))
    except ValueError:
        raise DateError(f"{text!r} is a day that no calendar has") from None


def _season_bounds(year: int, first: int, last: int) -> Bounds:
    end, month = (year, last) if last <= 12 else (year + 1, last - 12)
    if end > date.max.year:
        return Bounds(date(year, first, 1), date.max)
    return Bounds(date(year, first, 1), date(end, month, calendar.monthrange(end, month)[1]))


def _digits(year: str, month: str | None, day: str | None) -> str:
    return f"{year}{month or 'XX'}{day or 'XX'}"


def _partial_bounds(text: str, digits: str) -> Bounds:
    fitting = Days(Bounds(None, None), digits)
    first = next(fitting.each(), None)
    if first is None:
        raise DateError(f"{text!r} is a day that no calendar has")
    if digits.startswith("XXXX"):
        return Bounds(None, None)
    return Bounds(first, next(fitting.each(backwards=True)))


def bounds_of(texts: Iterable[str]) -> Bounds:
    """The range that holds several dates of one thing; what sets no bound leaves the others'."""
    spans = (bounds_if_any(text) for text in texts)
    known = [span for span in spans if span is not None and span != Bounds(None, None)]
    return reduce(Bounds.span, known) if known else Bounds(None, None)


def bounds_if_any(text: str) -> Bounds | None:
    """The bounds of a date; None for a text that is none, which a check reports."""
    try:
        return bounds(text)
    except DateError:
        return None


@lru_cache(maxsize=65_536)
def possible_days(text: str) -> tuple[Days, ...]:
    """The days that an EDTF date may mean; DateError when it is none.

    What is approximate (``~``, ``%``) reaches its own length to each side; a mark of doubt (``?``)
    leaves the days that are named.

    >>> [days.digits for days in possible_days("[2014-05-XX,XXXX-10-12]")]
    ['201405XX', 'XXXX1012']
    """
    bounds(text)  # a text that is no date is refused before it is taken apart
    if text[0] in "[{":
        return tuple(days for part in text[1:-1].split(",") for days in _member(part.strip()))
    if "/" in text:
        start, end = (_reached("" if side == ".." else side) for side in text.split("/"))
        return (Days(Bounds(start.earliest, end.latest)),)
    plain = re.sub(r"[~?%]", "", text)
    partial = _PARTIAL.fullmatch(plain)
    if partial is not None and "X" in plain:
        return (Days(Bounds(None, None), _digits(*partial.groups())),)
    return (Days(_reached(text)),)


def _member(part: str) -> tuple[Days, ...]:
    """One part of a set, which may be a range with two dots."""
    first, dots, last = part.partition("..")
    return possible_days(f"{first or '..'}/{last or '..'}" if dots else part)


def _reached(text: str) -> Bounds:
    """The bounds of a date, further apart where it is only approximate; none without text."""
    span = bounds(text) if text else Bounds(None, None)
    if not re.search(r"[~%]", text) or span.earliest is None or span.latest is None:
        return span
    length = span.latest - span.earliest + timedelta(days=1)
    try:
        return Bounds(span.earliest - length, span.latest + length)
    except OverflowError:  # at either end of Python's calendar
        return Bounds(None, None)


def _interval_bounds(text: str) -> Bounds:
    sides = text.split("/")
    if len(sides) != 2 or sides == ["", ""] or "T" in text:  # of days at the least, not of hours
        raise DateError(f"{text!r} is not an EDTF interval: write FROM/TO, with .. for an open end")
    start, end = (None if side in ("", "..") else bounds(side) for side in sides)
    result = Bounds(start.earliest if start else None, end.latest if end else None)
    years = [int(year) for year in _YEARS.findall(text)]  # also those that Python's calendar lacks
    if before(result.latest, result.earliest) or years != sorted(years):
        raise DateError(f"{text!r} ends before it begins")
    return result


def _set_bounds(text: str) -> Bounds:
    """The range that holds every member; the library gives none to a set that is open on a side."""
    if not _PLAIN_SET.fullmatch(text):
        _parsed(text)
    members = (part.strip().partition("..") for part in text[1:-1].split(","))
    spans = (
        bounds(f"{first or '..'}/{last or '..'}" if dots else first)
        for first, dots, last in members
    )
    return reduce(Bounds.span, spans)


def _parsed(text: str) -> Any:
    from edtf import parse_edtf  # heavy, and rarely needed: most dates are plain
    from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        with redirect_stdout(StringIO()):  # it prints "trying to …" before it falls over -1984-1X
            return parse_edtf(text)
    except (EDTFParseException, *LIBRARY_FAULTS):
        raise DateError(
            f"{text!r} is not an EDTF date: write YYYY, YYYY-MM, YYYY-MM-DD or an interval of these"
        ) from None


def _library_bounds(text: str) -> Bounds:
    parsed = _parsed(text)
    if re.search(r"\dS\d", text):  # the library takes 1950S2 for 1950, though it is 1900 to 1999
        return Bounds(None, None)
    try:
        with redirect_stdout(StringIO()):
            low, high = parsed.lower_strict(), parsed.upper_strict()
        return Bounds(_day(low), _day(high))
    except LIBRARY_FAULTS:
        return Bounds(None, None)  # valid, but the library works out no bounds: claim none


def _day(moment: Any) -> date | None:
    """A library's struct_time as a date; None outside what Python's calendar holds."""
    year, month, day = int(moment[0]), int(moment[1]), int(moment[2])
    if not 1 <= year <= 9999:
        return None
    return date(year, month, day)
