"""A row of an answer: its cells by name, what proves them and what other claims say against them.

Invariant: a row is final when made, and equal to another only where all of it is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from legation.answer.cells import Cell, Evidence, plain, written
from legation.text.safe import visible


@dataclass(frozen=True, slots=True)
class Rival:
    """A triple that a row shows, and the one that `claims` state against it; both cannot be true.

    Thing and property of the two are mostly the same.

    >>> print(Rival("talks", "date", "2031-05-03", "talks", "date", "2031-05-04", ("claim:b-1",)))
    date: 2031-05-03 ≠ 2031-05-04
    """

    thing: Cell
    property: Cell
    value: Cell
    other_thing: Cell
    other_property: Cell
    other: Cell
    claims: tuple[str, ...]

    def sides(self) -> frozenset[tuple[Cell, Cell, Cell]]:
        """Both triples, the same seen from either side."""
        there = (self.other_thing, self.other_property, self.other)
        return frozenset(((self.thing, self.property, self.value), there))

    def __str__(self) -> str:
        there = (self.other_thing, self.other_property)
        is_here = there == (self.thing, self.property)
        rest = "" if is_here else f" ({', '.join(map(written, there))})"
        return f"{written(self.property)}: {written(self.value)} ≠ {written(self.other)}{rest}"

    def to_dict(self) -> dict[str, object]:
        """The rival as values that JSON can hold."""
        plain_values = {f.name: plain(getattr(self, f.name)) for f in fields(self)[:-1]}
        return {**plain_values, "claims": list(self.claims)}


@dataclass(frozen=True, slots=True, repr=False)
class Row(Mapping[str, Cell]):
    """One row: a mapping from columns to cells, had as ``row["who"]`` or ``row.who``.

    Attributes:
        cells: What is shown, in the order of the columns.
        terms: The RDF terms that the cells stand for; a `Manifold` where these are several.
        evidence: The passages that prove it, those of its main fact first.
        columns: The names of the cells.
        conflicts: What other claims say against what is shown.

    >>> from pyoxigraph import Literal
    >>> row = Row(("North Korea",), (Literal("North Korea"),), columns=("state",))
    >>> row.cells, row["state"], row.state
    (('North Korea',), 'North Korea', 'North Korea')
    >>> row
    <row state: North Korea; 0 passages>
    """

    cells: tuple[Cell, ...]
    terms: tuple[object, ...]
    evidence: tuple[Evidence, ...] = ()
    columns: tuple[str, ...] = ()
    conflicts: tuple[Rival, ...] = ()

    @property
    def mark(self) -> str:
        """What other claims say against it, in words; empty where nothing does.

        >>> import legation
        >>> legation.open().ask("timeline", place="Kremlin").rows[0].mark
        'date: 2015-05-08 ≠ 2015-05-09'
        """
        return "; ".join(map(str, self.conflicts))

    def __getitem__(self, column: str) -> Cell:
        """The cell of a column; KeyError, with the names there are, for any other."""
        if column not in self.columns:
            raise KeyError(f"{column!r} is none of {', '.join(self.columns)}")
        return self.cells[self.columns.index(column)]

    def __getattr__(self, column: str) -> Cell:
        """The cell of a column whose name is none of a row's own (`evidence`, `conflicts` …)."""
        # Python itself looks for methods, also in a row that `copy` has only begun to make.
        if column.startswith("_") or column in _OWN:
            raise AttributeError(column)
        if column not in self.columns:
            known = ", ".join(self.columns) or "none"
            raise AttributeError(f"a row has no {column!r}; its columns: {known}")
        return self[column]

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)

    def __dir__(self) -> list[str]:
        return sorted({*object.__dir__(self), *self.columns})

    def __repr__(self) -> str:
        named = zip(self.columns or "?" * len(self.cells), self.cells, strict=True)
        cells = "; ".join(f"{name}: {_shortened(written(cell))}" for name, cell in named)
        count = len(self.evidence)
        proof = f"{count} passage{'' if count == 1 else 's'}"
        return visible(f"<row {'; '.join(filter(None, (cells, _shortened(self.mark), proof)))}>")


_OWN = frozenset(f.name for f in fields(Row))


def _shortened(text: str, most: int = 40) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
