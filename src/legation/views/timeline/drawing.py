"""The geometry of a timeline: where each event, date and year stands on a drawing.

Invariant: a mark is never narrower than what is known: a day is a diamond, an uncertain date a bar
over all it allows, an open end an arrow; dates that contradict each other are all drawn.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from legation.text.safe import on_a_line
from legation.views.timeline.chronicle import Dating, Entry

_TOP, _LINE = 84, 15


@dataclass(frozen=True, slots=True)
class Layout:
    """How a drawing shares its room, in pixels: labels left of the marks, or above them."""

    left: int
    chart: int
    right: int
    row: int
    letters: int
    is_stacked: bool = False

    @property
    def width(self) -> int:
        """The whole width."""
        return self.left + self.chart + self.right


WIDE = Layout(left=400, chart=580, right=100, row=38, letters=52)
NARROW = Layout(left=24, chart=290, right=46, row=74, letters=44, is_stacked=True)


@dataclass(frozen=True, slots=True)
class Mark:
    """The shape of one date: its kind (``day``, ``span`` or ``open``) and its path in SVG."""

    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class Caption:
    """Text on a drawing, at its anchor (``start``, ``middle`` or ``end``)."""

    x: float
    y: float
    text: str
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Lane:
    """An event on a drawing, all of its dates marked."""

    entry: Entry
    top: int
    labels: tuple[Caption, ...]
    note: Caption
    marks: tuple[Mark, ...]
    tie: tuple[float, float] | None
    middle: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """A timeline as its template draws it."""

    layout: Layout
    height: int
    bottom: int
    years: tuple[tuple[int, float], ...]
    lanes: tuple[Lane, ...]
    undated: tuple[Caption, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """From days to pixels."""

    layout: Layout
    first: date
    last: date

    def at(self, day: date) -> float:
        """How far from the left of the drawing a day stands."""
        whole = max((self.last - self.first).days, 1)
        return round(self.layout.left + self.layout.chart * (day - self.first).days / whole, 1)


def drawn(entries: Sequence[Entry], undated: Sequence[Entry], layout: Layout = WIDE) -> Drawing:
    """Lay out events with a place in time, in order, and list those without one below."""
    bottom = _TOP + layout.row * len(entries)
    scale = _scale(entries, layout) if entries else None
    listed = [line for entry in undated for line in _undated_lines(entry)]
    return Drawing(
        layout,
        bottom + 56 + (34 + _LINE * len(listed) if listed else 0),
        bottom,
        _years(scale) if scale else (),
        tuple(_lane(e, scale, _TOP + layout.row * n) for n, e in enumerate(entries) if scale),
        tuple(Caption(16, bottom + 85 + _LINE * n, text) for n, text in enumerate(listed)),
    )


def _undated_lines(entry: Entry) -> list[str]:
    said = f"{on_a_line(entry.label)}{f' ({entry.date_text})' if entry.dates else ''}"
    return textwrap.wrap(said, 130, initial_indent="· ", subsequent_indent="  ")


def _scale(entries: Sequence[Entry], layout: Layout) -> Scale:
    """From the year of the first day to the end of the year of the last, with room for arrows."""
    days = [d for e in entries for s in e.dates for d in (s.earliest, s.latest) if d is not None]
    first, last = min(days).year, max(days).year
    room = max(1, round((last - first) * 0.03))
    # Nothing stands before the year 1 or after 9999: Python's calendar ends there.
    return Scale(layout, date(max(1, first - room), 1, 1), date(min(9999, last + room), 12, 31))


def _years(scale: Scale) -> tuple[tuple[int, float], ...]:
    """A few round years, and where they begin."""
    most = 5 if scale.layout.is_stacked else 10
    years = scale.last.year - scale.first.year + 1
    steps = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 10000)
    step = next(s for s in steps if years / s <= most)
    shown = range(scale.first.year + (-scale.first.year) % step, scale.last.year + 1, step)
    return tuple((year, scale.at(date(year, 1, 1))) for year in shown)


def _lane(entry: Entry, scale: Scale, top: int) -> Lane:
    layout = scale.layout
    middle = top + (layout.row - 9 if layout.is_stacked else layout.row / 2)
    placed = [d for d in entry.dates if d.earliest or d.latest]
    ends = [scale.at(d) for s in placed for d in (s.earliest, s.latest) if d is not None]
    labels = _labels(entry, layout, top)
    is_tied = entry.is_disputed and max(ends) > min(ends)
    return Lane(
        entry,
        top,
        labels,
        _note(entry, layout, ends, middle, labels[-1].y if labels else top),
        tuple(_mark(dating, scale, middle) for dating in placed),
        (min(ends), max(ends)) if is_tied else None,
        middle,
    )


def _labels(entry: Entry, layout: Layout, top: int) -> tuple[Caption, ...]:
    label = on_a_line(entry.label)
    lines = textwrap.wrap(label, layout.letters, max_lines=2, placeholder="…")
    centred = layout.row / 2 + 4.5 - (_LINE / 2 if len(lines) > 1 else 0)
    first = top + (17 if layout.is_stacked else centred)
    return tuple(Caption(16, first + _LINE * number, line) for number, line in enumerate(lines))


def _note(entry: Entry, layout: Layout, ends: Sequence[float], y: float, above: float) -> Caption:
    """The date in words: below the label, or beside the marks on the side where there is room."""
    words = entry.date_text + (", sources disagree" if entry.is_disputed else "")
    if layout.is_stacked:
        return Caption(16, above + _LINE, words)
    is_open = any(d.latest is None for d in entry.dates if d.earliest)
    right = max(ends) + (54 if is_open else 12)
    if right + 6.4 * len(words) <= layout.width:  # a letter of the note takes about 6.4 pixels
        return Caption(round(right, 1), y + 4, words)
    return Caption(round(min(ends) - 12, 1), y + 4, words, "end")


def _mark(dating: Dating, scale: Scale, y: float) -> Mark:
    first, last = dating.earliest, dating.latest
    if first is not None and last is not None:
        x = scale.at(first)
        if dating.is_day:
            return Mark("day", f"M{x},{y - 6} l6,6 l-6,6 l-6,-6 z")
        wide = round(max(scale.at(last) - x, 6), 1)  # a week among centuries is still seen
        return Mark("span", f"M{x},{y - 5} h{wide} v10 h{-wide} z")
    if first is not None:
        x = scale.at(first)
        end = min(x + 46, scale.layout.left + scale.layout.chart + 22)
        return Mark("open", f"M{x},{y - 5} v10 M{x},{y} H{end} m-6,-4 l6,4 l-6,4")
    assert last is not None, "only a date with a bound is drawn"
    x = scale.at(last)
    return Mark("open", f"M{x},{y - 5} v10 M{x},{y} H{x - 46} m6,-4 l-6,4 l6,4")
