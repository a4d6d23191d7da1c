"""Fitting answers to where they go: as wide as the terminal, or as COLUMNS says in a pipe.

Invariant: a word is never lost. Where nobody says how wide a line may be, it is never wrapped.
"""

import os
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

_LEAST = 11
"""Characters that a column of a table needs to be read; with less, a row becomes a list."""

_WORD = 48  # characters of a word that a column keeps whole

_GAP = "  "


def width() -> int | None:
    """How many characters a line of stdout may have; None where nobody says."""
    said = os.environ.get("COLUMNS", "")
    if said.isdecimal() and int(said) > 0:
        return max(int(said), 20)
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def wrapped(text: str, wide: int | None) -> str:
    """A text with long lines broken between words, each part as far indented as its line is.

    >>> print(wrapped("  one two three", 9))
      one two
        three
    """
    if wide is None:
        return text
    return "\n".join(part for line in text.split("\n") for part in _broken(line, wide))


def _broken(line: str, wide: int) -> list[str]:
    margin = line[: len(line) - len(line.lstrip())]
    if len(line) <= wide or not line.strip():
        return [line]
    return textwrap.wrap(
        line.strip(),
        wide,
        initial_indent=margin,
        subsequent_indent=f"{margin}{_GAP}" if len(margin) < wide // 2 else "",
        break_on_hyphens=False,
        break_long_words=False,  # an IRI is there to be copied
    )


def columns_of(table: Sequence[Sequence[str]], wide: int | None) -> list[int] | None:
    """The width of each column of a table, the first line its headings; None where it cannot fit.

    >>> columns_of([["who", "what"], ["Kim", "a word " * 9]], 40)
    [3, 35]
    """
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    if wide is None:
        return widths
    room = wide - len(_GAP) * (len(widths) - 1)
    least = [min(width, max(_LEAST, _word(table, i))) for i, width in enumerate(widths)]
    if sum(least) > room:
        return None
    while sum(widths) > room:  # the widest gives way
        widest = max(range(len(widths)), key=lambda i: widths[i] - least[i])
        widths[widest] = max(widths[widest] - max(1, (sum(widths) - room) // 4), least[widest])
    return widths


def _word(table: Sequence[Sequence[str]], place: int) -> int:
    """The longest word of a column that is to stay whole: a date does, an IRI may not."""
    words = (word for line in table for word in line[place].split())
    return max((len(word) for word in words if len(word) <= _WORD), default=0)


def line_of(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """The lines of one row, its cells broken between words into so many characters."""
    parts = [
        [cell] if len(cell) <= width else textwrap.wrap(cell, width, break_on_hyphens=False)
        for cell, width in zip(cells, widths, strict=True)
    ]
    for number in range(max(map(len, parts), default=1)):  # SELECT * may have no column
        texts = (part[number] if number < len(part) else "" for part in parts)
        padded = (text.ljust(width) for text, width in zip(texts, widths, strict=True))
        yield _GAP.join(padded).rstrip()


def listed(row: Iterable[tuple[str, str]], wide: int) -> Iterator[str]:
    """A row as a list of its cells, one under the other, for a table too wide for its place."""
    pairs = list(row)
    label = max((len(heading) for heading, _ in pairs), default=0)
    for heading, cell in pairs:
        yield from textwrap.wrap(
            cell,
            wide,
            initial_indent=f"{heading.ljust(label)}{_GAP}",
            subsequent_indent=" " * (label + len(_GAP)),
            break_on_hyphens=False,
            break_long_words=False,  # an IRI is there to be copied
        )


def typed() -> str:
    """The command as it must be typed here: its name, or where it lies beneath this folder."""
    program = Path(sys.argv[0])
    found = shutil.which("legation")
    is_found = found is not None and Path(found).resolve() == program.resolve()
    if is_found or program.name != "legation" or not program.is_file():
        return "legation"
    here, there = Path.cwd().resolve(), program.absolute()
    return str(there.relative_to(here)) if there.is_relative_to(here) else str(program)
