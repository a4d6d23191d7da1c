"""What an EDTF date allows: its earliest and its latest day.

Invariant: a bound is never narrower than the source. The strict bounds of the standard are
used, never the fuzzy ones (those pad a ``~`` by a year nobody wrote), and where the text gives
no bound (an open or unknown end, a year ``XXXX``) there is none.
Source: Extended Date/Time Format, Library of Congress, 4 February 2019.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from legation.errors import LegationError

_PLAIN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?[~?%]?", re.ASCII)
_YEARLESS = re.compile(r"XXXX-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|1\d|2[0-8]))?")
_LONGEST = 64
_ORDINARY = re.compile(rf"(?! )[ -\x7e]{{1,{_LONGEST}}}(?<! )")


class DateError(LegationError):
    """A text that is not an EDTF date."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The first and the last day a date allows; None where it sets no bound."""

    earliest: date | None
    latest: date | None

    def overlaps(self, other: "Bounds") -> bool:
        """Whether some day satisfies both.

        Args:
            other: The bounds to hold against.

        Returns:
            True when the two ranges share a day, an absent bound being no limit.
        """
        return not (_before(self.latest, other.earliest) or _before(other.latest, self.earliest))

    def span(self, other: "Bounds") -> "Bounds":
        """The smallest range that holds both.

        Args:
            other: The bounds to join.

        Returns:
            The joined range; a side on which either has no bound has none.
        """
        return Bounds(
            min(self.earliest, other.earliest) if self.earliest and other.earliest else None,
            max(self.latest, other.latest) if self.latest and other.latest else None,
        )


def _before(left: date | None, right: date | None) -> bool:
    return left is not None and right is not None and left < right


def is_edtf(text: str) -> bool:
    """Whether a text is a date this package accepts.

    Args:
        text: The lexical form of an ``edtf:EDTF`` literal.

    Returns:
        True when `bounds` would answer.

    >>> is_edtf("2014-10-09"), is_edtf("9 October 2014")
    (True, False)
    """
    try:
        bounds(text)
    except DateError:
        return False
    return True


def compatible(text: str, other: str) -> bool:
    """Whether two dates may be one date told with different precision.

    Args:
        text: An EDTF date.
        other: Another.

    Returns:
        True when one covers the other: the same days, a wider range around a narrower one, or a
        date without a year and one that fits it. Text that is not EDTF contradicts nothing.

    >>> compatible("2014", "2014-10-09"), compatible("XXXX-10-12", "1948-10-12")
    (True, True)
    >>> compatible("2015-05-08", "2015-05-09")
    False
    """
    if _fits(text, other) or _fits(other, text):
        return True
    try:
        one, two = bounds(text), bounds(other)
    except DateError:
        return True
    return _covers(one, two) or _covers(two, one)


def _fits(pattern: str, text: str) -> bool:
    """Whether a date whose digits are partly unknown (X) leaves room for another."""
    known, plain = (re.sub(r"[~?%]", "", date) for date in (pattern, text))
    return re.fullmatch(re.escape(known).replace("X", r"\d") + "(-.*)?", plain) is not None


def _covers(wide: Bounds, narrow: Bounds) -> bool:
    if wide.earliest is None and wide.latest is None:
        return False
    starts = wide.earliest is None or (
        narrow.earliest is not None and wide.earliest <= narrow.earliest
    )
    ends = wide.latest is None or (narrow.latest is not None and narrow.latest <= wide.latest)
    return starts and ends


@lru_cache(maxsize=65_536)
def bounds(text: str) -> Bounds:
    """The days an EDTF date allows.

    Args:
        text: An EDTF date of level 0, 1 or 2, at most 64 characters long.

    Returns:
        Its strict bounds.

    Raises:
        DateError: The text is not EDTF, names a day no calendar has, or runs backwards.

    >>> bounds("2019-04").earliest.isoformat(), bounds("2019-04").latest.isoformat()
    ('2019-04-01', '2019-04-30')
    >>> bounds("2014-05/..").latest is None
    True
    """
    plain = _PLAIN.fullmatch(text)
    if plain is not None:
        return _plain_bounds(text, *plain.groups())
    if _YEARLESS.fullmatch(text):  # a day of every year; the library takes long to load
        return Bounds(None, None)
    if not _ORDINARY.fullmatch(text) or re.search(r"[Yy]-?\d*E", text):
        raise DateError(
            f"{text[:_LONGEST]!r} is not an EDTF date: write YYYY, YYYY-MM, "
            "YYYY-MM-DD or an interval of these"
        )
    if "/" in text:
        return _interval_bounds(text)
    if text[:4].upper() == "XXXX":
        _parsed(text)
        return Bounds(None, None)
    return _library_bounds(text)


def _plain_bounds(text: str, year: str, month: str | None, day: str | None) -> Bounds:
    try:
        if month is not None and day is None and int(month) > 12:
            return _library_bounds(text)
        first = date(int(year), int(month or 1), int(day or 1))
        last_month = int(month or 12)
        last_day = int(day or calendar.monthrange(int(year), last_month)[1])
        return Bounds(first, date(int(year), last_month, last_day))
    except ValueError:
        raise DateError(f"{text!r} is a day that no calendar has") from None


def _interval_bounds(text: str) -> Bounds:
    sides = text.split("/")
    if len(sides) != 2 or sides == ["", ""]:
        raise DateError(f"{text!r} is not an EDTF interval: write FROM/TO, with .. for an open end")
    start, end = (None if side in ("", "..") else bounds(side) for side in sides)
    result = Bounds(start.earliest if start else None, end.latest if end else None)
    if _before(result.latest, result.earliest):
        raise DateError(f"{text!r} ends before it begins")
    return result


def _parsed(text: str) -> Any:
    from edtf import parse_edtf  # heavy, and rarely needed: most dates are plain
    from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        return parse_edtf(text)
    except EDTFParseException:
        raise DateError(
            f"{text!r} is not an EDTF date: write YYYY, YYYY-MM, YYYY-MM-DD or an interval of these"
        ) from None


def _library_bounds(text: str) -> Bounds:
    parsed = _parsed(text)
    if re.search(r"\dS\d", text):  # the library takes 1950S2 for 1950, though it is 1900 to 1999
        return Bounds(None, None)
    try:
        low, high = parsed.lower_strict(), parsed.upper_strict()
        return Bounds(_day(low), _day(high))
    except (ValueError, TypeError, AttributeError, NotImplementedError):
        return Bounds(None, None)  # valid, but the library works out no bounds: claim none


def _day(moment: Any) -> date | None:
    """A library's struct_time as a date; None outside what Python's calendar holds."""
    year, month, day = int(moment[0]), int(moment[1]), int(moment[2])
    if not 1 <= year <= 9999:
        return None
    return date(year, month, day)
