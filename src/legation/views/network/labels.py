"""Room for labels on a page: each beside its node, none over another.

Invariant: a place once given is taken.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

RADIUS = 5.0
"""The radius of a node, in points."""

_CELL = 40.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points."""

    left: float
    bottom: float
    right: float
    top: float

    def overlaps(self, other: "Box") -> bool:
        """Whether two rectangles share a point inside both."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page, and the middle of each node on it, in points from its lower left corner."""

    places: dict[str, tuple[float, float]]
    width: float
    height: float


class Room:
    """What labels must not cover, found by its place on a grid."""

    def __init__(self, boxes: Iterable[Box]) -> None:
        self._cells: defaultdict[tuple[int, int], list[Box]] = defaultdict(list)
        for box in boxes:
            self.take(box)

    def take(self, box: Box) -> None:
        """Count a rectangle as taken."""
        for cell in _cells(box):
            self._cells[cell].append(box)

    def is_free(self, box: Box) -> bool:
        """Whether nothing taken lies in a rectangle."""
        return not any(
            box.overlaps(other) for cell in _cells(box) for other in self._cells.get(cell, ())
        )


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    for column in range(int(box.left // _CELL), int(box.right // _CELL) + 1):
        for row in range(int(box.bottom // _CELL), int(box.top // _CELL) + 1):
            yield column, row


def spot(
    sheet: Sheet, taken: Room, middle: tuple[float, float], size: tuple[float, float]
) -> tuple[float, float]:
    """The nearest free place for a label, which then is taken."""
    width, height = size
    for step in range(400):
        away = 2.0 + step * 5.0
        turns = 8 if step == 0 else 24
        for turn in range(turns):
            angle = -math.pi / 2 + turn * math.tau / turns
            x = middle[0] + math.cos(angle) * (RADIUS + away + width / 2)
            y = middle[1] + math.sin(angle) * (RADIUS + away + height / 2)
            box = Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
            inside = box.left > 4 and box.right < sheet.width - 4
            # below stands the legend, above the title
            inside = inside and box.bottom > 62 and box.top < sheet.height - 48
            if inside and taken.is_free(box):
                taken.take(box)
                return x, y
    return middle  # nowhere free: over its node it is at least known whose it is
