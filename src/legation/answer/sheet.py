"""Answers as CSV and Markdown text.

Invariant: every character of a quote is kept; only where a spreadsheet would run text as a
formula, and only when asked, an apostrophe goes before it.
"""

import csv
import io
from collections.abc import Sequence

from legation.answer.cells import Cell, Entity, written

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_text(
    header: Sequence[str], lines: Sequence[Sequence[Cell]], *, spreadsheet: bool = False
) -> str:
    r"""A table as CSV.

    Args:
        header: The names of the columns.
        lines: The cells, line by line.
        spreadsheet: Whether to put an apostrophe before text that a spreadsheet would run.

    Returns:
        Lines that end in a line feed.

    >>> csv_text(["a"], [["=1+1"], [-5]], spreadsheet=True)
    "a\n'=1+1\n-5\n"
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_cell(cell, spreadsheet) for cell in line] for line in lines)
    return out.getvalue()


def _cell(cell: Cell, spreadsheet: bool) -> str:
    text = written(cell)
    acts = spreadsheet and isinstance(cell, str | Entity) and text.startswith(_FORMULA)
    return f"'{text}" if acts else text


def markdown_text(header: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    r"""A table as Markdown.

    Args:
        header: The names of the columns.
        lines: Texts, line by line.

    Returns:
        A table, one line per row; what Markdown or HTML would act on is escaped.

    >>> print(markdown_text(["a"], [["1|2"]]), end="")
    | a |
    | --- |
    | 1\|2 |
    """
    table = [list(header), ["---"] * len(header), *([_escaped(t) for t in line] for line in lines)]
    return "".join(f"| {' | '.join(line)} |\n" for line in table)


def _escaped(text: str) -> str:
    """Text that stays text, inside one cell of a Markdown table; every character is kept."""
    for mark in "\\|<`":
        text = text.replace(mark, f"\\{mark}")
    return "<br>".join(text.splitlines())
