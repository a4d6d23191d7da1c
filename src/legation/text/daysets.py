"""Days as sets: a first and a last one, and between them those whose digits fit.

Invariant: an absent bound is no limit, so a set is never narrower than what somebody wrote.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product

ANY = "XXXXXXXX"
"""The digits (YYYYMMDD) of any day; X stands for any digit."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The first and the last day a date allows; None where it sets no bound."""

    earliest: date | None
    latest: date | None

    def overlaps(self, other: "Bounds") -> bool:
        """Whether some day satisfies both, an absent bound being no limit."""
        return not (before(self.latest, other.earliest) or before(other.latest, self.earliest))

    def span(self, other: "Bounds") -> "Bounds":
        """The smallest range that holds both; a side on which either has no bound has none."""
        return Bounds(
            min(self.earliest, other.earliest) if self.earliest and other.earliest else None,
            max(self.latest, other.latest) if self.latest and other.latest else None,
        )


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a range whose digits (YYYYMMDD) fit a pattern; X stands for any digit."""

    within: Bounds
    digits: str = ANY

    def meets(self, other: "Days") -> bool:
        """Whether some day belongs to both."""
        if not self.within.overlaps(other.within):
            return False
        pairs = list(zip(self.digits, other.digits, strict=True))
        if any(a != b and "X" not in (a, b) for a, b in pairs):
            return False
        both = Days(
            Bounds(
                max(self.within.earliest or date.min, other.within.earliest or date.min),
                min(self.within.latest or date.max, other.within.latest or date.max),
            ),
            "".join(b if a == "X" else a for a, b in pairs),
        )
        return both.digits == ANY or next(both.each(), None) is not None

    def each(self, *, backwards: bool = False) -> Iterator[date]:
        """Its days in order of time, or the last one first."""
        first, last = self.within.earliest or date.min, self.within.latest or date.max
        step = -1 if backwards else 1
        # XXXX-02-30 once took seconds: only the numbers that fit are looked at, not each day.
        months, days = _numbers(self.digits[4:6], 1, 12), _numbers(self.digits[6:], 1, 31)
        years = _numbers(self.digits[:4], first.year, last.year) if months and days else []
        for year in years[::step]:
            for month in months[::step]:
                length = calendar.monthrange(year, month)[1]
                for here in (date(year, month, day) for day in days[::step] if day <= length):
                    if first <= here <= last:
                        yield here


def _numbers(pattern: str, low: int, high: int) -> list[int]:
    """The numbers of a range that a pattern of digits allows, in their order."""
    written = product(*("0123456789" if digit == "X" else digit for digit in pattern))
    return [number for digits in written if low <= (number := int("".join(digits))) <= high]


def before(left: date | None, right: date | None) -> bool:
    """Whether one day lies before another; an absent one limits nothing."""
    return left is not None and right is not None and left < right
