"""Answers as CSV and Markdown text.

Invariant: in CSV every character of a quote is kept, and what is not stated is empty; only where a
spreadsheet would run text as a formula, and only when asked, an apostrophe goes before it.
"""

from collections.abc import Sequence

from legation.answer.cells import Cell, Entity, Several, written
from legation.text.display import comma_separated
from legation.text.safe import in_markdown

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_text(
    header: Sequence[str], lines: Sequence[Sequence[Cell]], *, spreadsheet: bool = False
) -> str:
    r"""A table as CSV; for a spreadsheet, text that it would run gets an apostrophe first.

    >>> csv_text(["a"], [["=1+1"], [-5]], spreadsheet=True)
    "a\n'=1+1\n-5\n"
    """
    rows = ([_cell(cell, spreadsheet) for cell in line] for line in lines)
    return comma_separated([header, *rows])


def _cell(cell: Cell, spreadsheet: bool) -> str:
    text = "" if cell is None else written(cell)
    acts = spreadsheet and isinstance(cell, str | Entity | Several) and text.startswith(_FORMULA)
    return f"'{text}" if acts else text


def markdown_text(header: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    r"""A table as Markdown, one line per row, in which no text is a mark.

    >>> print(markdown_text(["a"], [["1|2"]]), end="")
    | a |
    | --- |
    | 1\|2 |
    """
    table = [
        list(header),
        ["---"] * len(header),
        *([_in_a_cell(t) for t in line] for line in lines),
    ]
    return "".join(f"| {' | '.join(line)} |\n" for line in table)


def _in_a_cell(text: str) -> str:
    return "<br>".join(in_markdown(text).split("\n"))
