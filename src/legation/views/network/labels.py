"""What nodes are called on a picture, and room for it: each beside its node, none over another.

Invariant: a place once given is taken; two nodes of a picture are never called alike, and nothing
is lost: a node keeps its whole label beside the short one, and the legend tells each letter.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from legation.views.network.formats import nodes
from legation.views.network.projection import Network

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


_UNNAMED = re.compile(
    r"(?:(?P<some>several|some|many) )?(?:unnamed )?(?P<who>.+?)(?: \((?P<where>[^()]+)\))?"
)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Brief:
    """What a node is called on a picture, and the letter of the article that alone knows it."""

    name: str
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Briefs:
    """The short name of every node, and the article behind each letter."""

    names: dict[str, Brief]
    articles: dict[str, str]


def briefs(graph: Network) -> Briefs:
    """Shorten the labels of those whom no article names; the rest keep theirs."""
    found = {node: _parts(node, data["label"]) for node, data in nodes(graph)}
    wheres = sorted({where for _, where in found.values() if where})[: len(_LETTERS)]
    letters = dict(zip(wheres, _LETTERS, strict=False))
    plain = {node: Brief(name, letters.get(where, "")) for node, (name, where) in found.items()}
    taken = Counter(plain.values())
    names = {
        node: brief if taken[brief] == 1 else Brief(graph.nodes[node]["label"], brief.letter)
        for node, brief in plain.items()
    }
    return Briefs(names, {letter: where for where, letter in letters.items()})


def _parts(node: str, label: str) -> tuple[str, str]:
    """The short name and the words in brackets that tell an article; a named thing's own label.

    >>> _parts("https://e.org/id/anon/x-1", "several unnamed Russian officials (NK News)")
    ('several Russian officials', 'NK News')
    >>> _parts("https://e.org/id/person/kim", "Kim (the younger)")
    ('Kim (the younger)', '')
    """
    parts = _UNNAMED.fullmatch(label) if "/anon/" in node else None
    if parts is None:
        return label, ""
    return " ".join(filter(None, (parts["some"], parts["who"]))), parts["where"] or ""
