"""Timelines: events in order, with what is not certain about when they were.

The rooms, from the bottom: `chronicle` (the entries), `drawing` (where they stand).
"""

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from legation.answer import Given, Source, terms_of
from legation.answer.picture import spans
from legation.answer.question import Question
from legation.pages import render
from legation.text.safe import visible
from legation.views.frame import Frame
from legation.views.timeline.chronicle import Dating, Entry, read_entries
from legation.views.timeline.drawing import NARROW, drawn

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["Dating", "Entry", "Timeline", "timeline"]


@dataclass(frozen=True, slots=True, repr=False)
class Timeline:
    """Events in order of time, and those that no date places in time."""

    title: str
    entries: tuple[Entry, ...]
    undated: tuple[Entry, ...]

    def to_text(self) -> str:
        """A line per event; ``≠`` between dates or other values says that sources disagree."""
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
        """The timeline as a JSON object with ``title``, ``entries`` and ``undated``."""
        document = {
            "title": self.title,
            "entries": [_plain(entry) for entry in self.entries],
            "undated": [_plain(entry) for entry in self.undated],
        }
        return json.dumps(document, ensure_ascii=False, indent=1, default=str) + "\n"

    def to_svg(self) -> str:
        """The timeline as a drawing: a diamond for a day, a bar for a span, else an arrow."""
        drawing = drawn(self.entries, self.undated)
        return render("timeline.svg", title=self.title, drawing=drawing)

    def to_html(self) -> str:
        """A page that needs nothing else: a drawing, and each event with the words that date it."""
        return render(
            "timeline.html",
            title=f"{self.title} · Legation",
            heading=self.title,
            entries=self.entries,
            undated=self.undated,
            wide=drawn(self.entries, ()),
            narrow=drawn(self.entries, (), NARROW),
        )

    def page(self, *, height: int = 640) -> Frame:
        """The timeline as a page, for a notebook or to `Frame.save`; its frame so many pixels."""
        return Frame(self.to_html(), height, "timeline", "")

    def figure(self) -> "Figure":
        """The timeline as a matplotlib figure; MissingExtra without matplotlib.

        UsageError where nothing can be drawn, or more than fits.
        """
        rows = [
            (entry.label, dating.text, dating.earliest, dating.latest)
            for entry in (*self.entries, *self.undated)
            for dating in entry.dates or (Dating("", None, None),)
        ]
        return spans(rows, self.title)

    def _repr_html_(self) -> str:
        return self.page()._repr_html_()

    def __repr__(self) -> str:
        undated = f", {len(self.undated)} without a date" if self.undated else ""
        return visible(f"<{self.title}: {len(self)} events{undated}>")

    def __str__(self) -> str:
        return visible(self.to_text())

    def __len__(self) -> int:
        return len(self.entries) + len(self.undated)


def timeline(source: Source, asked: Question, **given: Given | None) -> Timeline:
    """The events of a graph in order of time, those of an actor, since or until a date."""
    terms = terms_of(source, asked, given)
    entries = read_entries(source, asked, terms)
    words = ["Timeline"]
    for name, word in (("actor", "of"), ("other", "and"), ("since", "since"), ("until", "until")):
        if name in terms:
            term = terms[name]
            # a date in the words of whoever asks: "since 2014", not the day that bounds it
            called = source.labels([term])[term] if isinstance(term, NamedNode) else given[name]
            words.append(f"{word} {called}")
    return Timeline(
        " ".join(words),
        tuple(entry for entry in entries if entry.is_placed),
        tuple(entry for entry in entries if not entry.is_placed),
    )


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
