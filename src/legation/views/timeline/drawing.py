"""A timeline as SVG.

Invariant: a mark is never narrower than what is known: a day is a diamond, an uncertain date a bar
over all it allows, an open end an arrow; dates that contradict each other are all drawn. The
drawing needs nothing outside itself.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from legation.views.timeline.chronicle import Dating, Entry

LEFT, CHART, RIGHT = 400, 580, 100
TOP, ROW, LINE = 84, 38, 15
_WRAP = 52
_STYLE = """
text { font: 13px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  fill: var(--ink, #22252b); }
.title { font-size: 18px; font-weight: 600; }
.soft { fill: var(--soft, #5c626d); font-size: 12px; }
.band { fill: var(--band, #f3f1ec); }
.grid { stroke: var(--line, #d8d5ce); }
.day, .span { fill: #0072b2; }
.span { fill-opacity: .45; stroke: #0072b2; }
.disputed .day, .disputed .span { fill: #d55e00; stroke: #d55e00; }
.disputed .tie { stroke: #d55e00; stroke-dasharray: 3 3; }
.open { stroke: #0072b2; stroke-width: 2; fill: none; }
.disputed text.soft { fill: var(--mark, #a84300); font-weight: 600; }
"""


@dataclass(frozen=True, slots=True)
class Scale:
    """From days to pixels."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """Where a day stands.

        Args:
            day: The day.

        Returns:
            Its distance from the left of the drawing.
        """
        whole = max((self.last - self.first).days, 1)
        return round(LEFT + CHART * (day - self.first).days / whole, 1)


def to_svg(title: str, entries: Sequence[Entry], undated: Sequence[Entry]) -> str:
    """Draw a timeline.

    Args:
        title: The heading.
        entries: Events with a place in time, in order.
        undated: Events without one, listed below.

    Returns:
        The SVG document.
    """
    rows = TOP + ROW * len(entries)
    lines = [line for entry in undated for line in _undated_lines(entry)]
    foot = 34 + LINE * len(lines) if lines else 0
    height = rows + 56 + foot
    width = LEFT + CHART + RIGHT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" aria-label="{escape(title)}">',
        f"<style>{_STYLE}</style>",
        f'<text class="title" x="16" y="30">{escape(title)}</text>',
    ]
    if entries:
        scale = _scale(entries)
        parts += _bands(len(entries), width)
        parts += _grid(scale, rows)
        for number, entry in enumerate(entries):
            parts += _row(entry, scale, TOP + ROW * number)
    parts += _legend(rows + 30)
    if lines:
        parts.append(f'<text class="soft" x="16" y="{rows + 66}">Date not stated</text>')
        for number, line in enumerate(lines):
            parts.append(
                f'<text x="16" y="{rows + 66 + LINE * (number + 1) + 4}">{escape(line)}</text>'
            )
    return "\n".join([*parts, "</svg>"]) + "\n"


def _undated_lines(entry: Entry) -> list[str]:
    said = f" ({entry.date_text})" if entry.dates else ""
    return textwrap.wrap(f"{entry.label}{said}", 130, initial_indent="· ", subsequent_indent="  ")


def _scale(entries: Sequence[Entry]) -> Scale:
    """From the year of the first day to the end of the year of the last, with room for arrows."""
    days = [d for e in entries for s in e.dates for d in (s.earliest, s.latest) if d is not None]
    first, last = min(days).year, max(days).year
    room = max(1, round((last - first) * 0.03))
    return Scale(date(max(1, first - room), 1, 1), date(min(9999, last + room), 12, 31))


def _bands(count: int, width: int) -> list[str]:
    shape = f'x="8" width="{width - 16}" height="{ROW}" rx="4"'
    return [
        f'<rect class="band" y="{TOP + ROW * number}" {shape}/>' for number in range(0, count, 2)
    ]


def _grid(scale: Scale, bottom: int) -> list[str]:
    years = scale.last.year - scale.first.year + 1
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10000) if years / s <= 10)
    parts = []
    for year in range(scale.first.year + (-scale.first.year) % step, scale.last.year + 1, step):
        x = scale.at(date(year, 1, 1))
        parts.append(f'<line class="grid" x1="{x}" x2="{x}" y1="{TOP - 6}" y2="{bottom}"/>')
        parts.append(
            f'<text class="soft" x="{x}" y="{TOP - 12}" text-anchor="middle">{year}</text>'
        )
    return parts


def _row(entry: Entry, scale: Scale, top: int) -> list[str]:
    middle = top + ROW / 2
    title = f"{entry.label} — {entry.date_text} — {entry.kind}"
    lines = textwrap.wrap(entry.label, _WRAP)
    if len(lines) > 1:
        lines = [lines[0], textwrap.shorten(" ".join(lines[1:]), _WRAP, placeholder="…")]
    first = middle + 4.5 - (LINE / 2 if len(lines) > 1 else 0)
    parts = [
        f'<g class="{"disputed" if entry.is_disputed else "event"}"><title>{escape(title)}</title>',
        *(
            f'<text x="16" y="{first + LINE * number}">{escape(line)}</text>'
            for number, line in enumerate(lines)
        ),
    ]
    placed = [d for d in entry.dates if d.earliest or d.latest]
    for dating in placed:
        parts += _mark(dating, scale, middle)
    parts += _note(entry, placed, scale, middle)
    return [*parts, "</g>"]


def _mark(dating: Dating, scale: Scale, y: float) -> list[str]:
    first, last = dating.earliest, dating.latest
    if first is not None and last is not None:
        x, end = scale.at(first), scale.at(last)
        if dating.is_day:
            return [f'<path class="day" d="M{x},{y - 6} l6,6 l-6,6 l-6,-6 z"/>']
        wide = max(end - x, 6)
        return [
            f'<rect class="span" x="{x:.1f}" y="{y - 5}" width="{wide:.1f}" height="10" rx="3"/>'
        ]
    if first is not None:
        x = scale.at(first)
        end = min(x + 46, LEFT + CHART + 22)
        return [f'<path class="open" d="M{x},{y - 5} v10 M{x},{y} H{end} m-6,-4 l6,4 l-6,4"/>']
    if last is not None:
        x = scale.at(last)
        return [f'<path class="open" d="M{x},{y - 5} v10 M{x},{y} H{x - 46} m6,-4 l-6,4 l6,4"/>']
    return []


def _note(entry: Entry, placed: Sequence[Dating], scale: Scale, y: float) -> list[str]:
    """The date in words, on the side where there is room."""
    ends = [scale.at(d) for s in placed for d in (s.earliest, s.latest) if d is not None]
    words = entry.date_text + (", sources disagree" if entry.is_disputed else "")
    is_open = any(d.latest is None for d in placed)
    right = max(ends) + (54 if is_open else 12)
    parts = []
    if entry.is_disputed and max(ends) > min(ends):
        parts.append(f'<line class="tie" x1="{min(ends)}" x2="{max(ends)}" y1="{y}" y2="{y}"/>')
    if right + 6.4 * len(words) <= LEFT + CHART + RIGHT:
        parts.append(_soft(right, y + 4, words))
    else:
        parts.append(_soft(min(ends) - 12, y + 4, words, "end"))
    return parts


def _soft(x: float, y: float, words: str, anchor: str = "start") -> str:
    where = f'x="{x:.1f}" y="{y}" text-anchor="{anchor}"'
    return f'<text class="soft" {where}>{escape(words)}</text>'


def _legend(y: int) -> list[str]:
    return [
        f'<path class="day" d="M24,{y - 10} l6,6 l-6,6 l-6,-6 z"/>',
        f'<text class="soft" x="38" y="{y}">a day</text>',
        f'<rect class="span" x="92" y="{y - 9}" width="30" height="10" rx="3"/>',
        f'<text class="soft" x="130" y="{y}">some day in this span</text>',
        f'<path class="open" d="M278,{y - 9} v10 M278,{y - 4} h34 m-6,-4 l6,4 l-6,4"/>',
        f'<text class="soft" x="320" y="{y}">open end</text>',
        f'<g class="disputed"><path class="day" d="M396,{y - 10} l6,6 l-6,6 l-6,-6 z"/></g>',
        f'<text class="soft" x="410" y="{y}">sources disagree (≠)</text>',
    ]
