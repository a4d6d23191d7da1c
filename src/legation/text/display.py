"""How values show themselves: plain text, HTML and LaTeX, for terminals, notebooks and print.

Invariant: text stays text. Whatever stands in a label or a quote is escaped for the medium,
control characters and changes of writing direction are made visible, and nothing is fetched:
no script, no style sheet, no font comes from elsewhere. HTML output works where scripts are
off, in notebooks, in static exports and offline.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from legation.text.safe import in_latex, on_a_line

MOST_ROWS = 60
"""Rows that a table shows before it says how many more there are."""

_WIDEST = 48
_SHORT = 16
_RULE = "border-bottom:1px solid rgba(128,128,128,.35)"
_CELL = f"text-align:left;vertical-align:top;padding:.3em .8em .3em 0;{_RULE}"
_FAINT = "opacity:.65"


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell as it is shown.

    Attributes:
        text: What is read.
        hint: What appears when it is pointed at (an IRI); may be empty.
        is_faint: Whether it says that something is missing.
    """

    text: str
    hint: str = ""
    is_faint: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A quote and where it stands, as they are shown."""

    quote: str
    place: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is shown.

    Attributes:
        title: What it answers; may be empty.
        columns: The headings.
        rows: The cells, row by row.
        passages: For each row what proves it; empty when there is nothing to prove.
        remark: A sentence below the table; may be empty.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Shown, ...], ...]
    passages: tuple[tuple[Passage, ...], ...] = ()
    remark: str = ""


def plain(table: Table, *, most: int = MOST_ROWS) -> str:
    """A table in plain text, its columns aligned.

    Args:
        table: The table.
        most: How many rows to show.

    Returns:
        Lines without a line end after the last; cells longer than 48 columns end in "…".

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
    return "\n".join(line.rstrip() for line in [*head, *body, *_remarks(table, most)])


def _remarks(table: Table, most: int) -> list[str]:
    hidden = len(table.rows) - most
    more = [f"… and {hidden} more row{'s' if hidden > 1 else ''}"] if hidden > 0 else []
    return [*more, *([on_a_line(table.remark)] if table.remark else [])]


def _width(text: str) -> int:
    """How many columns of a terminal a text takes."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.combining(c) > 0 for c in text)


def _cut(text: str) -> str:
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1].rstrip()}…"


def html(table: Table, *, most: int = MOST_ROWS) -> str:
    """A table in HTML; the passages that prove a row open with a click, without a script.

    Args:
        table: The table.
        most: How many rows to show.

    Returns:
        One ``div`` with styles of its own, in colours that suit a light and a dark page. Its
        class keeps formula typesetters away from dollar signs in quotes.

    >>> "<script>" in html(Table("", ("a",), ((Shown("<script>"),),)))
    False
    """
    headings = [*table.columns, *(["evidence"] if table.passages else [])]
    head = "".join(f'<th scope="col" style="{_CELL}">{html_text(name)}</th>' for name in headings)
    rows = []
    for place, row in enumerate(table.rows[:most]):
        cells = "".join(map(_cell_of_html, row))
        if table.passages:
            cells += f'<td style="{_CELL}">{_details(table.passages[place])}</td>'
        rows.append(f"<tr>{cells}</tr>")
    title = ""
    if table.title:
        caption = "caption-side:top;text-align:left;font-weight:bold;padding:.3em 0"
        title = f'<caption style="{caption}">{html_text(table.title)}</caption>'
    remarks = "".join(
        f'<p style="{_FAINT}">{html_text(line)}</p>' for line in _remarks(table, most)
    )
    return framed(
        f'<table style="border-collapse:collapse;font-size:.92em">{title}'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>{remarks}"
    )


def framed(content: str) -> str:
    """HTML in the frame that all output shares.

    Args:
        content: Escaped HTML.

    Returns:
        One ``div``.
    """
    marks = "legation tex2jax_ignore mathjax_ignore"
    return f'<div class="{marks}" style="overflow-x:auto">{content}</div>'


def html_text(text: str) -> str:
    """Text as HTML reads it back, inside an element or an attribute.

    Args:
        text: Any text.

    Returns:
        The escaped text.

    >>> html_text('<b onclick="x">')
    '&lt;b onclick=&quot;x&quot;&gt;'
    """
    return escape(on_a_line(text), quote=True)


def _cell_of_html(cell: Shown) -> str:
    hint = f' title="{html_text(cell.hint)}"' if cell.hint else ""
    style = f";{_FAINT}" if cell.is_faint else ""
    style += ";white-space:nowrap" if len(cell.text) <= _SHORT else ""
    return f'<td style="{_CELL}{style};max-width:36em"{hint}><bdi>{html_text(cell.text)}</bdi></td>'


def _details(passages: Sequence[Passage]) -> str:
    if not passages:
        return f'<span style="{_FAINT}">none</span>'
    count = f"{len(passages)} passage{'s' if len(passages) > 1 else ''}"
    summary = f'<summary style="white-space:nowrap">{count}</summary>'
    return f"<details>{summary}{quotes(passages)}</details>"


def quotes(passages: Iterable[Passage]) -> str:
    """Passages as an HTML list.

    Args:
        passages: The passages.

    Returns:
        Escaped HTML: each quote whole, and below it where it stands.
    """
    items = (
        f'<li style="margin:.3em 0"><bdi>“{html_text(p.quote)}”</bdi><br>'
        f'<small style="{_FAINT}">{html_text(p.place)}</small></li>'
        for p in passages
    )
    return f'<ul style="margin:.3em 0;padding-left:1.2em;max-width:44em">{"".join(items)}</ul>'


def latex(table: Table, *, most: int = MOST_ROWS) -> str:
    """A table in LaTeX, for notebooks that become PDF.

    Args:
        table: The table.
        most: How many rows to show.

    Returns:
        A ``longtable`` that needs no package but its own; columns as wide as what they hold.
    """
    longest = [
        max(4, *(min(40, len(text)) for text in column))
        for column in zip(
            table.columns, *([cell.text for cell in row] for row in table.rows[:most]), strict=True
        )
    ]
    shares = (0.92 * length / sum(longest) for length in longest)
    widths = "".join(f"p{{{share:.3f}\\linewidth}}" for share in shares)
    lines = [f"\\noindent\\textbf{{{in_latex(table.title)}}}\n"] if table.title else []
    lines += [f"\\begin{{longtable}}{{{widths}}}", f"{_latex_row(table.columns)}\\hline\\endhead"]
    lines += [_latex_row(cell.text for cell in row) for row in table.rows[:most]]
    lines += ["\\end{longtable}", *map(in_latex, _remarks(table, most))]
    return "\n".join(lines)


def _latex_row(texts: Iterable[str]) -> str:
    """One row; it opens with a group, so that no bracket is read as the option of a line end."""
    return "{}" + " & ".join(map(in_latex, texts)) + r" \\"
