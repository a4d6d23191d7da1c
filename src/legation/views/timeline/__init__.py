"""Timelines: events in order, with what is not certain about when they were.

The rooms, from the bottom: `chronicle` (the entries), `drawing` (where they stand).
"""

import json
from dataclasses import asdict, dataclass
from typing import Any

from legation.answer import Given, Source
from legation.answer.question import Question
from legation.pages import render
from legation.text.safe import visible
from legation.views.timeline.chronicle import Dating, Entry, read_entries
from legation.views.timeline.drawing import NARROW, drawn

__all__ = ["Dating", "Entry", "Timeline", "timeline"]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Events in order of time.

    Attributes:
        title: What it is a timeline of.
        entries: The events that some date places in time, in order.
        undated: Those that none does.
    """

    title: str
    entries: tuple[Entry, ...]
    undated: tuple[Entry, ...]

    def to_text(self) -> str:
        """The timeline as lines of text.

        Returns:
            A line per event: date, label, kind; then what is not dated. A ``≠`` between dates
            or other values says that sources contradict each other.
        """
        lines = [self.title, ""]
        width = max([len(entry.date_text) for entry in self.entries], default=0)
        for entry in self.entries:
            when = entry.date_text.ljust(width)
            lines.append(f"{when}  {entry.label} ({entry.kind}){_mark(entry)}")
        if self.undated:
            lines += ["", "Date not stated"] if self.entries else ["Date not stated"]
        for entry in self.undated:
            said = f", {entry.date_text}" if entry.dates else ""
            lines.append(f"  {entry.label} ({entry.kind}{said}){_mark(entry)}")
        if not self.entries and not self.undated:
            lines.append("No event: widen or drop the parameters.")
        return "\n".join(lines) + "\n"

    def to_json(self) -> str:
        """The timeline as JSON.

        Returns:
            An object with ``title``, ``entries`` and ``undated``.
        """
        document = {
            "title": self.title,
            "entries": [_plain(entry) for entry in self.entries],
            "undated": [_plain(entry) for entry in self.undated],
        }
        return json.dumps(document, ensure_ascii=False, indent=1, default=str) + "\n"

    def to_svg(self) -> str:
        """The timeline as a drawing.

        Returns:
            An SVG document: a diamond for a day, a bar for a span, an arrow for an open end.
        """
        drawing = drawn(self.entries, self.undated)
        return render("timeline.svg", title=self.title, drawing=drawing)

    def to_html(self) -> str:
        """The timeline as a page that needs nothing else.

        Returns:
            The drawing, and each event with the words that date it.
        """
        return render(
            "timeline.html",
            title=f"{self.title} · Legation",
            heading=self.title,
            entries=self.entries,
            undated=self.undated,
            wide=drawn(self.entries, ()),
            narrow=drawn(self.entries, (), NARROW),
        )

    def _repr_html_(self) -> str:
        page = self.to_html()
        return render("frame.html", title="timeline", height=640, sandbox="", page=page)

    def __str__(self) -> str:
        return visible(self.to_text())

    def __len__(self) -> int:
        return len(self.entries) + len(self.undated)


def timeline(
    source: Source,
    asked: Question,
    *,
    actor: Given | None = None,
    since: Given | None = None,
    until: Given | None = None,
) -> Timeline:
    """The events of a graph in order of time.

    Raises:
        UnknownName: Nobody is called so; the nearest are listed.
        UsageError: A date is not one.
        EndpointError: A remote endpoint failed.
    """
    entries = read_entries(source, asked, actor=actor, since=since, until=until)
    return Timeline(
        _title(source, actor, since, until),
        tuple(entry for entry in entries if entry.is_placed),
        tuple(entry for entry in entries if not entry.is_placed),
    )


def _title(source: Source, actor: Given | None, since: Given | None, until: Given | None) -> str:
    words = ["Timeline"]
    if actor is not None:
        words.append(f"of {_name(source, actor)}")
    if since is not None:
        words.append(f"since {since}")
    if until is not None:
        words.append(f"until {until}")
    return " ".join(words)


def _name(source: Source, actor: Given) -> str:
    from pyoxigraph import NamedNode

    from legation.answer import resolved
    from legation.answer.question import Param

    node = resolved(source, Param("actor", ("Agent",), "somebody"), actor)
    return source.labels([node])[node] if isinstance(node, NamedNode) else str(actor)


def _mark(entry: Entry) -> str:
    return f" — {entry.marks}" if entry.marks else ""


def _plain(entry: Entry) -> dict[str, Any]:
    span = entry.span
    return {
        **asdict(entry),
        "is_disputed": entry.is_disputed,
        "conflicts": [rival.to_dict() for rival in entry.conflicts],
        "earliest": span.earliest,
        "latest": span.latest,
    }
