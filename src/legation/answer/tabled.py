"""Tables that show themselves: at a prompt, in a notebook, and in print.

Invariant: the three show the same rows; HTML works where scripts are off, and fetches nothing.
"""

from collections.abc import Iterable

from legation.pages import render
from legation.text.display import MOST_ROWS, Shown, Table, latex, plain


class Tabled:
    """Whatever shows itself as a table, in text, HTML and LaTeX."""

    __slots__ = ()

    def _table(self) -> Table:
        raise NotImplementedError

    def __repr__(self) -> str:
        return plain(self._table())

    def _repr_html_(self) -> str:
        return html(self._table())

    def _repr_latex_(self) -> str:
        return latex(self._table())


def of_texts(
    title: str, columns: tuple[str, ...], rows: Iterable[Iterable[str]], remark: str = ""
) -> Table:
    """A table whose cells are texts and nothing more."""
    return Table(title, columns, tuple(tuple(map(Shown, row)) for row in rows), remark=remark)


def html(table: Table, *, most: int = MOST_ROWS) -> str:
    """A table in HTML; the passages that prove a row open with a click, without a script.

    >>> "<script>" in html(Table("", ("<script>",), ()))
    False
    """
    proofs = table.passages or ((),) * len(table.rows)
    return render(
        "table.html",
        table=table,
        headings=[*table.columns, *(["evidence"] if table.passages else [])],
        rows=list(zip(table.rows, proofs, strict=True))[:most],
        remarks=table.remarks(most),
    )
