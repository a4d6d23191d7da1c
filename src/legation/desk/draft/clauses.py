"""Which words of a sentence belong together, and so which event a date dates.

Invariant: a date never goes to an event of another clause. Where no event of its own clause is
nearest to it, or two dates claim one event, it stays open.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from legation.desk.draft.mention import DateFound
from legation.desk.draft.reading import Sentence
from legation.desk.draft.triggers import Trigger
from legation.text.spans import Span

_OPENS = re.compile(
    r"(?P<comma>,\s*)?(?:\b(?:in|at|to|of|for|with|from)\s+)?"
    r"\b(?P<word>who|whom|whose|which|where|when|while|after|before|until|because|although|that)\b",
    re.IGNORECASE,
)
_PRONOUNS = ("who", "whom", "whose", "which")
_CLOSES = re.compile(r"[,;:)](?!\d)")
_JOINS = re.compile(
    r"[;:]\s|\b(?:and|but)\s+(?:also\s+|then\s+|later\s+)?(?=(?:\w+ed|met|held|sent|gave|took|went|"
    r"left|told|said|began|saw|spoke|wrote|made|led|paid|was|were|is|has|had|will)\b)"
)


@dataclass(frozen=True, slots=True)
class Dating:
    """Which dates of a sentence date which of its events.

    Attributes:
        dates: The date of each event that has one, by the trigger of the event.
        open: The dates that go to no event, each with the reason.
    """

    dates: tuple[tuple[Trigger, DateFound], ...]
    open: tuple[tuple[DateFound, str], ...]


def dating(sentence: Sentence, found: Sequence[DateFound], events: Sequence[Trigger]) -> Dating:
    """Give each date to the event that it stands nearest to, within its clause.

    Args:
        sentence: The sentence.
        found: Its dates that are worked out.
        events: What suggests its events.

    Returns:
        The dates of the events, and those left open.
    """
    parts = _Parts.of(sentence)
    given: list[tuple[Trigger, DateFound]] = []
    left: list[tuple[DateFound, str]] = []
    for day in found:
        near = [t for t in events if parts.at(t.span) == parts.at(day.span)]
        said = [a for a in sentence.attributions if parts.at(a.span) == parts.at(day.span)]
        nearest = min((_gap(t.span, day.span) for t in near), default=None)
        if nearest is None:
            left.append((day, "no event is told of in its clause"))
        elif any(_gap(a.span, day.span) < nearest for a in said if a.kind == "speech"):
            left.append((day, "it seems to be the day on which somebody spoke"))
        else:
            given.append((next(t for t in near if _gap(t.span, day.span) == nearest), day))
    twice = {t for t, _ in given if sum(t == other for other, _ in given) > 1}
    left += [(day, f"“{t.text}” has another date, too") for t, day in given if t in twice]
    return Dating(tuple(pair for pair in given if pair[0] not in twice), tuple(left))


def _gap(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The clauses of a sentence: main ones by where they end, subordinate ones as passages."""

    ends: tuple[int, ...]
    inner: tuple[Span, ...]

    @classmethod
    def of(cls, sentence: Sentence) -> "_Parts":
        text, start = sentence.text, sentence.span.start
        days = [Span(d.span.start - start, d.span.end - start) for d in sentence.dates]
        inner = tuple(Span(s.start + start, s.end + start) for s in _subordinate(text, days))
        return cls(tuple(m.start() + start for m in _JOINS.finditer(text)), inner)

    def at(self, span: Span) -> tuple[int, int]:
        """The clause in which a passage begins."""
        within = [n for n, part in enumerate(self.inner, 1) if part.start <= span.start < part.end]
        return sum(end <= span.start for end in self.ends), max(within, default=0)


def _subordinate(text: str, days: Sequence[Span]) -> Iterator[Span]:
    """Subordinate clauses: to the next comma, or, where none opened it, to its last date."""
    for match in _OPENS.finditer(text):
        commas = (m.start() for m in _CLOSES.finditer(text, match.end()))
        end = next((c for c in commas if not any(d.start <= c < d.end for d in days)), len(text))
        inside = [d.end for d in days if match.start() <= d.start < end]
        is_close = match["comma"] is None and match["word"].lower() in _PRONOUNS
        yield Span(match.start(), inside[-1] if inside and is_close else end)
