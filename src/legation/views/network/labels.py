"""Room for labels on a page: each beside its node, none over another.

Invariant: a place once given is taken.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

RADIUS = 5.0
"""The radius of a node, in points."""

Box = tuple[float, float, float, float]
"""A rectangle in points: left, bottom, right, top."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page, and the middle of each node on it, in points from its lower left corner."""

    places: dict[str, tuple[float, float]]
    width: float
    height: float


class Room:
    """What labels must not cover."""

    def __init__(self, boxes: Iterable[Box]) -> None:
        import numpy as np  # comes with matplotlib: who draws labels has it

        self._taken: Any = np.array([*boxes], dtype=float).reshape(-1, 4)

    def take(self, box: Box) -> None:
        """Count a rectangle as taken."""
        import numpy as np

        self._taken = np.vstack([self._taken, box])

    def is_free(self, box: Box) -> bool:
        """Whether no point inside a rectangle is taken."""
        left, bottom, right, top = self._taken.T
        is_met = (left < box[2]) & (box[0] < right) & (bottom < box[3]) & (box[1] < top)
        return not bool(is_met.any())


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
            box = left, bottom, right, top = around(x, y, width / 2, height / 2)
            is_beside = left > 4 and right < sheet.width - 4
            is_between = (
                bottom > 62 and top < sheet.height - 48
            )  # below the title, above the legend
            if is_beside and is_between and taken.is_free(box):
                taken.take(box)
                return x, y
    return middle  # nowhere free: over its node it is at least known whose it is


def around(x: float, y: float, wide: float, high: float) -> Box:
    """The rectangle that reaches so far from a point to either side, and up and down."""
    return x - wide, y - high, x + wide, y + high
