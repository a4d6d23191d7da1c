"""How answers look: a table at a terminal, plain lines in a pipe.

Invariant: what goes into a pipe or a file is never wrapped, shortened or coloured; what goes to
a terminal cannot move its cursor.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

from legation.answer import Answer, Evidence, written

_MARGIN = "    "
_CONTROLS = {code: "\ufffd" for code in (*range(9), *range(11, 32), *range(127, 160))}


@contextmanager
def progress(what: str) -> Iterator[None]:
    """Say on stderr what is going on, once it has taken more than a second.

    Args:
        what: A participle phrase ("reading the graph").
    """
    timer = Timer(1.0, lambda: print(f"{what} …", file=sys.stderr))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def show_table(answer: Answer, *, evidence: bool) -> None:
    """Print an answer as a table, fit for where stdout goes.

    Args:
        answer: The answer.
        evidence: Whether to show the passages that prove each row.
    """
    if not answer.rows:
        print("no rows: nothing in the graph answers this", file=sys.stderr)
    if sys.stdout.isatty():
        _at_terminal(answer, evidence)
    else:
        sys.stdout.write(plain_table(answer, evidence=evidence))


def plain_table(answer: Answer, *, evidence: bool) -> str:
    """An answer as aligned lines.

    Args:
        answer: The answer.
        evidence: Whether to put the passages of a row, indented, beneath it.

    Returns:
        A header line, then one line per row; quotes whole.
    """
    table = [list(answer.columns)]
    table += [[" ".join(written(cell).split("\n")) for cell in row.cells] for row in answer.rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines: list[str] = []
    for number, cells in enumerate(table):
        padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        lines.append("  ".join(padded).rstrip())
        if evidence and number:
            lines += [_MARGIN + passage.cite() for passage in answer.rows[number - 1].evidence]
    return "\n".join(lines) + "\n"


def _at_terminal(answer: Answer, evidence: bool) -> None:
    """A table with numbered notes beneath it, one for each passage."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    table = Table(box=box.SIMPLE_HEAD, header_style="bold")
    for column in (*answer.columns, *(["proof"] if evidence else [])):
        table.add_column(column, overflow="fold")
    notes: dict[Evidence, int] = {}
    for row in answer.rows:
        cells = [
            Text(_tame(written(cell)), style="dim" if cell is None else "") for cell in row.cells
        ]
        if evidence:
            numbers = (notes.setdefault(passage, len(notes) + 1) for passage in row.evidence)
            cells.append(Text(" ".join(map(str, numbers)), style="cyan"))
        table.add_row(*cells)
    console.print(table)
    for passage, number in notes.items():
        console.print(Text(f"{number:>4}  ", style="cyan") + Text(_tame(passage.cite())))


def _tame(text: str) -> str:
    """Text without control characters, which a terminal would obey."""
    return text.translate(_CONTROLS)
