"""How answers look: a table at a terminal, plain lines in a pipe.

Invariant: what goes into a pipe or a file is never shortened or coloured, and wrapped only where
COLUMNS says how wide; what goes to a terminal cannot move its cursor. A column that no row fills is
named beneath the table, which is the narrower for it; a file has all columns.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from legation.cli.fitting import columns_of, line_of, listed, width, wrapped
from legation.files.document import keep
from legation.text.safe import visible

if TYPE_CHECKING:
    from legation.answer import Answer, Cell
    from legation.views.timeline import Timeline

_MARGIN = "    "
_LEAST_AT_TERMINAL = 13  # characters a column; a table with lines around it needs more than one


@contextmanager
def progress(what: str) -> Iterator[None]:
    """Say at a terminal what is going on, once it has taken more than a second."""
    if not sys.stderr.isatty():
        yield
        return
    from threading import Timer

    timer = Timer(1.0, lambda: print(f"{what} …", file=sys.stderr))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def put(text: str) -> None:
    """Write to stdout; what goes to a terminal cannot act on it."""
    if sys.stdout.isatty():
        text = visible(text)
    sys.stdout.write(text)


def put_json(value: object) -> None:
    """Write plain values to stdout as JSON."""
    put(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def put_text(text: str, out: Path | None) -> None:
    """Write what is read as lines: to a file as they are, to stdout no wider than it is."""
    deliver(text if out is not None else wrapped(text, width()), out)


def deliver(document: str | bytes, out: Path | None) -> None:
    """Write to a file, or to stdout; bytes go there as they are."""
    if out is not None:
        keep(document if isinstance(document, bytes) else document.encode(), out)
    elif isinstance(document, str):
        put(document)
    else:
        sys.stdout.buffer.write(document)
        sys.stdout.buffer.flush()


def show_table(answer: "Answer", *, evidence: bool) -> None:
    """Print an answer as a table, fit for where stdout goes."""
    if not answer.rows:
        print("no rows here", file=sys.stderr)
        if answer.hint:
            print(visible(answer.hint), file=sys.stderr)
    answer, unfilled = _filled(answer)
    wide = width()
    too_narrow = wide is not None and wide < _LEAST_AT_TERMINAL * len(answer.headings)
    if sys.stdout.isatty() and not too_narrow:
        _at_terminal(answer, evidence)
    else:
        put(plain_table(answer, evidence=evidence, wide=wide))
    if unfilled:
        sys.stdout.flush()
        print(f"not stated in any row: {', '.join(unfilled)}", file=sys.stderr)


def _filled(answer: "Answer") -> "tuple[Answer, list[str]]":
    """An answer without the columns that none of its rows fills, and their names."""
    places = range(len(answer.columns))
    kept = [place for place in places if any(row.cells[place] is not None for row in answer.rows)]
    if len(kept) in (0, len(answer.columns)):
        return answer, []
    columns = tuple(answer.columns[place] for place in kept)
    rows = tuple(
        replace(
            row,
            cells=tuple(row.cells[place] for place in kept),
            terms=tuple(row.terms[place] for place in kept),
            columns=columns,
        )
        for row in answer.rows
    )
    left_out = [name for place, name in enumerate(answer.columns) if place not in kept]
    return replace(answer, columns=columns, rows=rows, kinds=()), left_out


def plain_table(answer: "Answer", *, evidence: bool, wide: int | None = None) -> str:
    """An answer as aligned lines, the passages of each row indented beneath it.

    Lines are broken between words where `wide` says how long they may be; a row that is too wide
    even so has its cells one under the other.
    """
    from legation.answer import written
    from legation.answer.passages import cited

    table = [list(answer.headings)]
    if wide is None:  # it may go into a program: each line is whole
        table += [list(map(written, line)) for line in answer.lines]
    else:
        above = ((), *answer.lines)
        table += [_unrepeated(*two) for two in zip(answer.lines, above, strict=False)]
    table = [[" ".join(cell.split("\n")) for cell in line] for line in table]
    widths = columns_of(table, wide)
    lines: list[str] = []
    for number, cells in enumerate(table):
        if widths is not None:
            lines += line_of(cells, widths)
        elif number and wide is not None:
            lines += [*([""] if number > 1 else []), *listed(_told(answer.headings, cells), wide)]
        if evidence and number:
            passages = cited(answer.rows[number - 1].evidence)
            lines += (wrapped(_MARGIN + line, wide) for line in passages)
    return "\n".join(lines) + "\n"


def _told(headings: Sequence[str], cells: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The cells of a row under their headings, those that nothing is stated of as one."""
    from legation.answer import NOT_STATED

    pairs = [pair for pair in zip(headings, cells, strict=True) if pair[1]]
    yield from (pair for pair in pairs if pair[1] != NOT_STATED)
    if unfilled := [heading for heading, cell in pairs if cell == NOT_STATED]:
        yield NOT_STATED, ", ".join(unfilled)


def _at_terminal(answer: "Answer", evidence: bool) -> None:
    """A table with numbered notes beneath it, one for each passage."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from legation.answer.passages import cited

    table = Table(box=box.SIMPLE_HEAD, header_style="bold")
    for column in (*answer.headings, *(["proof"] if evidence else [])):
        table.add_column(column, overflow="fold")
    notes: dict[str, int] = {}
    above: tuple[Cell, ...] = ()
    for shown, row in zip(answer.lines, answer.rows, strict=True):
        cells = [
            Text(visible(text), style="dim" if cell is None else "")
            for cell, text in zip(shown, _unrepeated(shown, above), strict=True)
        ]
        if row.conflicts:
            cells[-1].stylize("bold red")
        if evidence:
            numbers = sorted(notes.setdefault(line, len(notes) + 1) for line in cited(row.evidence))
            cells.append(Text(" ".join(map(str, numbers)), style="cyan"))
        table.add_row(*cells)
        above = shown
    listed = Table.grid(padding=(0, 2))
    listed.add_column(justify="right", style="cyan")
    listed.add_column(overflow="fold")
    for line, number in notes.items():
        listed.add_row(str(number), Text(visible(line)))
    console = Console(highlight=False)
    console.print(table)
    console.print(listed)


def _unrepeated(cells: "tuple[Cell, ...]", above: "tuple[Cell, ...]") -> list[str]:
    """The texts of a row, its first cells blank as far as they repeat what the row above states."""
    from legation.answer import written

    same = 0
    while same < len(cells) - 1 and cells[: same + 1] == above[: same + 1]:
        same += 1
    return ["" if i < same and c is not None else written(c) for i, c in enumerate(cells)]


def show_timeline(found: "Timeline") -> None:
    """Print a timeline at a terminal: dates, events and kinds in columns."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    table = Table(title=visible(found.title), title_justify="left", box=box.SIMPLE_HEAD)
    for column in ("date", "event", "kind"):
        table.add_column(column, overflow="fold", no_wrap=column == "date")
    for entry in (*found.entries, *found.undated):
        style = "bold red" if entry.is_disputed else "" if entry.is_placed else "dim"
        when = Text(visible(entry.date_text), style=style)
        kind = Text(visible(entry.kind), style="dim")
        if entry.marks:
            kind.append(f"\n{visible(entry.marks)}", style="bold red")
        table.add_row(when, visible(entry.label), kind)
    console.print(table)
    if any(entry.is_disputed for entry in found.entries):
        console.print(Text("≠  sources disagree on the date", style="bold red"))
    if not len(found):
        console.print("No event: widen or drop the parameters.")
