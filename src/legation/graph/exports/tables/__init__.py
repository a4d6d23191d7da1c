"""The graph as tables, for whoever asks with SQL or opens a spreadsheet.

Invariant: every cell comes from the published quads, every table has its rows in one order, and a
column says what it holds. Several values in a cell are separated by `SEPARATOR`.
"""

from dataclasses import dataclass

SEPARATOR = " | "

Cell = str | int | None


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a table and what stands in it.

    The kind is ``text``, ``iri``, ``integer``, ``boolean`` (0 or 1), ``date`` (YYYY-MM-DD) or
    ``many``.
    """

    name: str
    kind: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Roll:
    """A table: what a row is, its columns, and its rows in order."""

    name: str
    meaning: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Cell, ...], ...]


def headings(*given: str) -> tuple[Heading, ...]:
    """Columns from lines such as ``event iri the event``."""
    parts = (line.split(" ", 2) for line in given)
    return tuple(Heading(name, kind, meaning) for name, kind, meaning in parts)
