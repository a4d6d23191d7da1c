"""Pictures of an answer: when things happened, and how often each thing occurs.

Invariant: an uncertain date is drawn as the span it allows, never as a point; a row that cannot
be drawn is counted in the picture. Figures are fit to print: one colour-blind-safe hue, labels
that do not overlap.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, cast

from legation.answer.cells import NOT_STATED
from legation.answer.column import Column
from legation.errors import MissingExtra, UsageError
from legation.text.safe import in_plot, on_a_line

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_BLUE, _LIGHT, _INK = "#0072B2", "#9CC7E0", "#333333"
_MOST_BARS = 25
_MOST_SPANS = 80
_WIDEST = 54


def _axes(rows: int) -> "Axes":
    """Empty axes high enough for so many lines of text."""
    try:
        from matplotlib import pyplot
    except ImportError as error:
        raise MissingExtra("pictures", "plots") from error
    figure, axes = pyplot.subplots(figsize=(9, 1.1 + 0.27 * rows), layout="constrained")
    del figure
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(axis="y", length=0, labelsize=9, labelcolor=_INK)
    axes.tick_params(axis="x", labelsize=9, labelcolor=_INK)
    axes.grid(axis="x", color="#DDDDDD", linewidth=0.6)
    axes.set_axisbelow(True)
    return axes


def _label(text: str) -> str:
    """A label that fits and is never read as a formula."""
    shown = on_a_line(text)
    shown = shown if len(shown) <= _WIDEST else f"{shown[: _WIDEST - 1].rstrip()}…"
    return in_plot(shown)


def drawn(
    names: Sequence[str], table: Mapping[str, Column], by: str | None, *, title: str
) -> "Axes":
    """The picture of an answer's columns: spans in order of time, or how often values occur."""
    chosen = by if by is not None else next(iter(names), "")
    if chosen not in names:
        known = ", ".join(names) or "none"
        raise UsageError(f"the answer has no column {chosen!r}; its columns: {known}")
    dated = next((name for name in names if table[name].kind == "edtf"), None)
    if by is None and dated is not None:
        thing = next((name for name in names if table[name].kind == "thing"), dated)
        shown = (thing, dated, f"{dated}_earliest", f"{dated}_latest")
        return _spans(list(zip(*(table[name].values for name in shown), strict=True)), title)
    return _counts(table[chosen].values, title)


def spans(rows: Sequence[tuple[Any, ...]], title: str) -> "Figure":
    """Rows of a name, a date as text, its first and its last day, as spans in order of time."""
    figure = cast("Figure", _spans(list(rows), title).figure)
    from matplotlib import pyplot

    pyplot.close(figure)  # a notebook shows what a cell returns, and once more what is open
    return figure


def _counts(values: Sequence[object], title: str) -> "Axes":
    """How often each value occurs, most frequent first."""
    if not values:
        raise UsageError("there is nothing to draw: the answer has no row")
    found = Counter(NOT_STATED if value is None else str(value) for value in values)
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    drawn = ranked[:_MOST_BARS]
    axes = _axes(len(drawn))
    from matplotlib.ticker import MaxNLocator

    bars = axes.barh(range(len(drawn)), [n for _, n in drawn], color=_BLUE, height=0.68)
    axes.bar_label(bars, padding=3, fontsize=9, color=_INK)
    axes.set_yticks(range(len(drawn)), [_label(name) for name, _ in drawn])
    axes.invert_yaxis()
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    left_out = len(ranked) - len(drawn)
    more = f" ({left_out} rarer values not drawn)" if left_out else ""
    axes.set_xlabel(f"rows{more}", fontsize=9)
    axes.set_title(_label(title), loc="left", fontsize=11, color=_INK)
    return axes


def _spans(rows: Sequence[tuple[Any, ...]], title: str) -> "Axes":
    """When things happened: a dot for a day, a bar for a span, an arrow where nothing bounds it.

    Each row is a label, a date and the first and last day that the date allows.
    """
    lines = {
        (f"{_label(name or NOT_STATED)}   {_label(text or '')}", first, last)
        for name, text, first, last in rows
    }
    dated = sorted(
        (line for line in lines if line[1:] != (None, None)),
        key=lambda line: (line[1] or line[2], line[2] or line[1], line[0]),
    )
    if not dated:
        raise UsageError("there is nothing to draw: no row has a date with a first or last day")
    if len(dated) > _MOST_SPANS:
        raise UsageError(
            f"{len(dated)} lines do not fit one figure; ask for less, by since= and until="
        )
    axes = _axes(len(dated))
    days = [day for _, first, last in dated for day in (first, last) if day is not None]
    room = max((max(days) - min(days)) / 40, timedelta(days=20)).days
    for height, (_, first, last) in enumerate(dated):
        _draw(axes, height, first, last, room)
    axes.set_yticks(range(len(dated)), [name for name, _, _ in dated])
    axes.set_ylim(len(dated) - 0.4, -0.6)
    _mark_days(axes)
    undated = len(lines) - len(dated)
    if undated:
        axes.set_xlabel(f"{undated} more without a date that can be drawn", fontsize=9)
    axes.set_title(_label(title), loc="left", fontsize=11, color=_INK)
    return axes


def _mark_days(axes: "Axes") -> None:
    """Few enough dates along the axis, each as short as it can be."""
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    axes.xaxis_date()
    axes.use_sticky_edges = False  # else a bar that begins at the edge has no margin
    axes.margins(x=0.03)
    locator = AutoDateLocator(minticks=3, maxticks=8)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    formatter = ConciseDateFormatter(locator)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_formatter(formatter)


def _draw(axes: "Axes", height: int, first: date | None, last: date | None, room: int) -> None:
    """One line: a dot, a bar, or a tick that runs out into an arrow of so many days."""
    from matplotlib.dates import date2num

    known = float(date2num(first or last))  # type: ignore[no-untyped-call]
    if first is not None and last is not None:
        if first == last:
            axes.plot([known], [height], "o", color=_BLUE, markersize=6, clip_on=False)
        else:
            wide = (last - first).days
            axes.barh(height, wide, left=known, height=0.5, color=_LIGHT, edgecolor=_BLUE)
        return
    end = known + (room if last is None else -room)
    arrow = {"arrowstyle": "->", "color": _BLUE}
    axes.annotate("", xy=(end, height), xytext=(known, height), arrowprops=arrow)
    # An annotation does not widen the axes; a line that nobody sees does.
    axes.plot([known, end], [height, height], alpha=0)
    axes.plot([known], [height], "|", color=_BLUE, markersize=9)
