"""How values show themselves: tables in plain text and LaTeX, for terminals and print.

Invariant: text stays text; whatever stands in a label or a quote is made safe for the medium.
"""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from legation.text.safe import in_latex, on_a_line

MOST_ROWS = 60
"""Rows that a table shows before it says how many more there are."""

_WIDEST = 48


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell as it is shown, and what appears when it is pointed at (an IRI)."""

    text: str
    hint: str = ""
    is_faint: bool = False  # it says that something is missing


@dataclass(frozen=True, slots=True)
class Receipt:
    """A quote and where it stands, as they are shown."""

    quote: str
    place: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is shown, and for each row what proves it."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Shown, ...], ...]
    passages: tuple[tuple[Receipt, ...], ...] = ()  # one entry a row, or none at all
    remark: str = ""  # a sentence below it

    def remarks(self, most: int) -> list[str]:
        """What stands below it when so many rows are shown."""
        hidden = len(self.rows) - most
        more = [f"… and {hidden} more row{'s' if hidden > 1 else ''}"] if hidden > 0 else []
        return [*more, *([self.remark] if self.remark else [])]


def plain(table: Table, *, most: int = MOST_ROWS) -> str:
    """A table in aligned lines, the last without a line end; long cells end in "…".

    >>> print(plain(Table("", ("who",), ((Shown("Kim"),),))))
    who
    ---
    Kim
    """
    lines = [[on_a_line(name) for name in table.columns]]
    lines += [[_cut(on_a_line(cell.text)) for cell in row] for row in table.rows[:most]]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    lines.insert(1, ["-" * width for width in widths])
    body = [
        "  ".join(text + " " * (w - _width(text)) for text, w in zip(line, widths, strict=True))
        for line in lines
    ]
    head = [on_a_line(table.title)] if table.title else []
    tail = map(on_a_line, table.remarks(most))
    return "\n".join(line.rstrip() for line in [*head, *body, *tail])


def _width(text: str) -> int:
    """How many columns of a terminal a text takes."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.combining(c) > 0 for c in text)


def _cut(text: str) -> str:
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1].rstrip()}…"


def comma_separated(rows: Iterable[Sequence[object]], delimiter: str = ",") -> str:
    """Rows as CSV, or parted by another character."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue()


def latex(table: Table) -> str:
    """A table in LaTeX that needs no package but longtable, columns as wide as what they hold."""
    rows = [[cell.text for cell in row] for row in table.rows[:MOST_ROWS]]
    columns = zip(table.columns, *rows, strict=True)
    longest = [max(4, *(min(40, len(text)) for text in column)) for column in columns]
    # What is left of the line is the space between the columns.
    shares = (0.92 * length / sum(longest) for length in longest)
    widths = "".join(f"p{{{share:.3f}\\linewidth}}" for share in shares)
    lines = [f"\\noindent\\textbf{{{in_latex(table.title)}}}\n"] if table.title else []
    lines += [f"\\begin{{longtable}}{{{widths}}}", f"{_latex_row(table.columns)}\\hline\\endhead"]
    lines += map(_latex_row, rows)
    lines += ["\\end{longtable}", *map(in_latex, table.remarks(MOST_ROWS))]
    return "\n".join(lines)


def _latex_row(texts: Iterable[str]) -> str:
    """One row; it opens with a group, so that no bracket is read as the option of a line end."""
    return "{}" + " & ".join(map(in_latex, texts)) + r" \\"
