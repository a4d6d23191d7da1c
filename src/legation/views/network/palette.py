"""The colours and marks of networks and their legends.

Invariant: colour never tells alone; each group also has a mark of its own. The colours are those of
Okabe and Ito, which people with any kind of colour vision tell apart.
Source: M. Okabe and K. Ito, Color Universal Design, 2008.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Guise:
    """How a group of nodes is drawn: its fill, ``#rrggbb``, and its shape, a key of `CORNERS`."""

    colour: str
    mark: str


LOOKS = {
    "person": Guise("#0072B2", "circle"),
    "polity": Guise("#D55E00", "hexagon"),
    "body": Guise("#009E73", "square"),
    "group": Guise("#56B4E9", "circle"),
    "agent": Guise("#999999", "circle"),
    "event": Guise("#E69F00", "diamond"),
    "statement": Guise("#CC79A7", "down"),
    "document": Guise("#999999", "square"),
    "office": Guise("#CC79A7", "triangle"),
    "tenure": Guise("#F0E442", "triangle"),
    "place": Guise("#F0E442", "down"),
}
TINTS = ("#B07AA1", "#EDC948", "#59A14F", "#E15759", "#76B7B2", "#9C755F")
"""The rings of what only one article knows, in the order of its letter; the letter tells, too."""

OTHER = Guise("#BBBBBB", "triangle")

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


def look(group: str) -> Guise:
    """How a group is drawn."""
    return LOOKS.get(group, OTHER)
