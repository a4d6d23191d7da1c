"""Tables as spreadsheets write and read them.

Invariant: every cell that is written is read back the same, none that is written acts in a
spreadsheet or is a date to it; the rows of what is read have the numbers that a spreadsheet shows.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from legation.errors import InputError
from legation.files.document import contents
from legation.text.display import comma_separated

_MOST_BYTES = 64 * 1024 * 1024
_MARK = "\ufeff"  # without it, Excel takes UTF-8 for the alphabet of its country
# What a spreadsheet would run, or make another number or date of, with apostrophes that keep it.
_ACTING = re.compile(r"'*(?:[=+\-@\t\r\n]|0\d|\d+[-/.:,eE]\d)")
_ALSO = {
    "subject": "thing",
    "class": "kind",
    "type": "kind",
    "according to": "voice",
    "id": "claim",
    "key": "claim",
    "char start": "at",
}


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row that is not empty, by the number a spreadsheet gives it, and its cells by column."""

    number: int
    cells: Mapping[str, str]


def written_table(columns: Sequence[str], rows: Sequence[Sequence[str]], delimiter: str) -> str:
    """A table as text for a spreadsheet."""
    held = [[f"'{cell}" if _ACTING.match(cell) else cell for cell in row] for row in rows]
    return _MARK + comma_separated([columns, *held], delimiter)


def read_table(path: Path, needed: Sequence[str] = ("quote",)) -> list[TableRow]:
    """A table of commas, semicolons or tabs; InputError, with the line, where it is none."""
    text = _decoded(contents(path, most=_MOST_BYTES), path)
    head = text.partition("\n")[0]
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True
    )
    try:
        first, *lines = list(reader) or [[]]
    except csv.Error as error:
        raise InputError(f"is no table ({error})", path, reader.line_num) from error
    columns = [column_called(name) for name in first]
    if twice := [name for name in columns if name and columns.count(name) > 1]:
        said = " and ".join(n for n in first if column_called(n) == twice[0])
        raise InputError(f"has two columns {twice[0]!r} ({said}): keep one", path, 1)
    if missing := ", ".join(name for name in needed if name not in columns):
        raise InputError(f"lacks the column {missing}: the first row names the columns", path, 1)
    rows = []
    for number, line in enumerate(lines, start=2):
        if any(map(str.strip, line[len(columns) :])):
            raise InputError(f"row {number} has more cells than there are columns", path)
        cells = dict(zip(columns, map(_released, line), strict=False))
        if any(map(str.strip, cells.values())):
            rows.append(TableRow(number, cells))
    return rows


def _decoded(data: bytes, path: Path) -> str:
    if data[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        raise InputError("is a workbook (.xlsx, .xls, .ods): save its sheet as 'CSV UTF-8'", path)
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError("is not UTF-8: save it as 'CSV UTF-8'", path) from error


def column_called(name: str) -> str:
    """The column that a heading means.

    >>> column_called("Leans_on "), column_called("according to")
    ('leans on', 'voice')
    """
    plain = " ".join(re.sub("[_-]", " ", name).split()).casefold()
    return _ALSO.get(plain, plain)


def _released(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _ACTING.match(cell) else cell
