"""The colours and marks of networks and their legends.

Invariant: colour never tells alone; each group also has a mark of its own. The colours are those of
Okabe and Ito, which people with any kind of colour vision tell apart.
Source: M. Okabe and K. Ito, Color Universal Design, 2008.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """How a group of nodes is drawn.

    Attributes:
        colour: The fill, as ``#rrggbb``.
        mark: Its shape: circle, square, diamond, triangle, hexagon, or down (a triangle on its
            point).
    """

    colour: str
    mark: str


LOOKS = {
    "person": Look("#0072B2", "circle"),
    "polity": Look("#D55E00", "hexagon"),
    "body": Look("#009E73", "square"),
    "group": Look("#56B4E9", "circle"),
    "agent": Look("#999999", "circle"),
    "event": Look("#E69F00", "diamond"),
    "statement": Look("#CC79A7", "down"),
    "document": Look("#999999", "square"),
    "office": Look("#CC79A7", "triangle"),
    "tenure": Look("#F0E442", "triangle"),
    "place": Look("#F0E442", "down"),
}
OTHER = Look("#BBBBBB", "triangle")

CORNERS = {
    "square": ((-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)),
    "diamond": ((0.0, -1.15), (1.15, 0.0), (0.0, 1.15), (-1.15, 0.0)),
    "triangle": ((0.0, -1.1), (1.05, 0.8), (-1.05, 0.8)),
    "down": ((0.0, 1.1), (1.05, -0.8), (-1.05, -0.8)),
    "hexagon": (
        (1.1, 0.0),
        (0.55, 0.95),
        (-0.55, 0.95),
        (-1.1, 0.0),
        (-0.55, -0.95),
        (0.55, -0.95),
    ),
}
"""The corners of each mark but the circle, in radii, y downwards."""


def look(group: str) -> Look:
    """How a group is drawn.

    Args:
        group: The ``group`` of a node.

    Returns:
        Its colour and mark.

    >>> look("person").mark
    'circle'
    """
    return LOOKS.get(group, OTHER)
