"""An answer: rows of labelled cells, each with the passages that prove it.

Invariant: an answer is complete and final when made. A cell that no source fills is ``None`` in
Python and JSON and reads "not stated" wherever people read; a quote is never wrapped, shortened
or rewritten.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, cast

from legation.answer import frames, picture, sheet
from legation.answer.cells import (
    EVIDENCE_KEYS,
    Cell,
    Evidence,
    Passages,
    Row,
    plain,
    shown,
    shown_passages,
    written,
)
from legation.answer.column import Column, Kind, columns
from legation.answer.tabled import Tabled
from legation.errors import UsageError
from legation.text import display

if TYPE_CHECKING:
    import pandas
    import polars
    from matplotlib.axes import Axes

_Spans = tuple[Sequence[str | None], Sequence[date | None], Sequence[date | None]]


@dataclass(frozen=True, repr=False)
class Answer(Tabled):
    """What a question or query gave; a table that shows itself in text, HTML and LaTeX.

    Attributes:
        question: The question's name; None for a free query.
        parameters: What was asked for, by parameter name.
        columns: The columns, in order.
        rows: The rows, in the order of the query.
        sparql: The query that was put, parameters filled in.
        kinds: What each column holds, known even where no row fills it.
        summary: The question in English; empty for a free query.

    >>> import legation
    >>> answer = legation.open().ask("receptions", since="2019")
    >>> answer.columns
    ('event', 'date', 'place', 'given_by', 'commemorates')
    >>> [row["date"] for row in answer]
    []
    """

    question: str | None
    parameters: Mapping[str, Cell]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    sparql: str = ""
    kinds: tuple[Kind | None, ...] = ()
    summary: str = ""

    def __iter__(self) -> Iterator[dict[str, Cell]]:
        return (dict(zip(self.columns, row.cells, strict=True)) for row in self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __str__(self) -> str:
        return self.to_markdown()

    @property
    def evidence(self) -> Passages:
        """Every passage behind the answer, once, in the order of the rows.

        >>> import legation
        >>> [p.modality for p in legation.open().ask("conflicts").evidence]
        ['reported', 'asserted']
        """
        return Passages(dict.fromkeys(e for row in self.rows for e in row.evidence))

    def to_dict(self, *, evidence: bool = False) -> dict[str, object]:
        """The answer as plain values.

        Args:
            evidence: Whether each row carries its passages.

        Returns:
            ``question``, ``parameters``, ``columns`` and ``rows``; a thing is
            ``{"iri", "label"}``, whatever is not stated is None.

        >>> import legation
        >>> legation.open().query("SELECT (1 AS ?one) {}").to_dict()["rows"]
        [{'one': 1}]
        """
        rows: list[dict[str, object]] = []
        for row in self.rows:
            cells = zip(self.columns, row.cells, strict=True)
            line: dict[str, object] = {name: plain(cell) for name, cell in cells}
            if evidence:
                line["evidence"] = [asdict(passage) for passage in row.evidence]
            rows.append(line)
        return {
            "question": self.question,
            "parameters": {name: plain(cell) for name, cell in self.parameters.items()},
            "columns": list(self.columns),
            "rows": rows,
        }

    def to_json(self, *, evidence: bool = False) -> str:
        """The answer as one JSON object.

        Args:
            evidence: Whether each row carries its passages.

        Returns:
            Indented JSON, characters of every script as they are, ending in a line end.

        >>> import legation
        >>> '"label": "Choe Son Hui"' in legation.open().ask("offices_of").to_json()
        True
        """
        return json.dumps(self.to_dict(evidence=evidence), ensure_ascii=False, indent=2) + "\n"

    def to_csv(self, *, evidence: bool = False, spreadsheet: bool = False) -> str:
        r"""The answer as CSV, things by their labels.

        Args:
            evidence: Whether to add the columns of the evidence; a row is then repeated for
                each passage that proves it.
            spreadsheet: Whether a spreadsheet will open it: text that would run there as a
                formula (it begins with ``=``, ``+``, ``-``, ``@``, a tab or a line end) then gets
                a leading apostrophe. Left out, every quote stays exact.

        Returns:
            A header and one line per row, lines ending in ``\n``.

        >>> import legation
        >>> print(legation.open().query("SELECT (1 AS ?one) {}").to_csv(), end="")
        one
        1
        """
        header = [*self.columns, *(EVIDENCE_KEYS if evidence else ())]
        blank = [None] * len(EVIDENCE_KEYS)
        lines: list[list[Cell]] = []
        for row, passage in self._lines(evidence):
            proof = blank if passage is None else list(asdict(passage).values())
            lines.append([*row.cells, *(proof if evidence else ())])
        return sheet.csv_text(header, lines, spreadsheet=spreadsheet)

    def to_markdown(self, *, evidence: bool = False) -> str:
        """The answer as a Markdown table.

        Args:
            evidence: Whether to add a column with the passages.

        Returns:
            A table, one line per row, ending in a line end.

        >>> import legation
        >>> print(legation.open().query("SELECT (1 AS ?one) {}").to_markdown(), end="")
        | one |
        | --- |
        | 1 |
        """
        header = [*self.columns, *(["evidence"] if evidence else [])]
        lines = [
            [*map(written, row.cells), *(["\n".join(p.cite() for p in row.evidence)] * evidence)]
            for row in self.rows
        ]
        return sheet.markdown_text(header, lines)

    def to_pandas(self, *, evidence: bool = False, companions: bool = True) -> "pandas.DataFrame":
        """The answer as a pandas frame with typed columns.

        Args:
            evidence: Whether to add the columns of the evidence; a row is then repeated for
                each passage that proves it.
            companions: Whether to add, after the answer's columns, the IRI of each thing
                (``who_iri``) and the first and last day of each date (``date_earliest``,
                ``date_latest``).

        Returns:
            A frame: the answer's columns in their order, then companions, then evidence. It has
            the same columns and dtypes when no row answers.

        Raises:
            MissingExtra: pandas is not installed.

        >>> import legation
        >>> frame = legation.open().ask("events_in").to_pandas()
        >>> " ".join(frame.columns)
        'date event location date_earliest date_latest event_iri location_iri'
        """
        return frames.to_pandas(self._columns(evidence, companions))

    def to_polars(self, *, evidence: bool = False, companions: bool = True) -> "polars.DataFrame":
        """The answer as a polars frame with typed columns.

        Args:
            evidence: As in `to_pandas`.
            companions: As in `to_pandas`.

        Returns:
            A frame laid out as in `to_pandas`; days are ``Date``.

        Raises:
            MissingExtra: polars is not installed.

        >>> import legation
        >>> legation.open().ask("receptions").to_polars().schema["date_earliest"]
        Date
        """
        return frames.to_polars(self._columns(evidence, companions))

    def plot(self, by: str | None = None) -> "Axes":
        """A picture of the answer.

        Args:
            by: A column: the picture counts its values. When left out, an answer with dates is
                drawn as spans in order of time, any other by its first column.

        Returns:
            The axes of a new matplotlib figure.

        Raises:
            UsageError: There is no such column, or nothing in the answer can be drawn.
            MissingExtra: matplotlib is not installed.

        >>> import legation
        >>> axes = legation.open().ask("who_attended").plot(by="role")
        >>> axes.get_xlabel()
        'rows'
        """
        table = {column.name: column for column in self._columns(False, True)}
        title = self.summary or "rows of the answer"
        drawn = by if by is not None else next(iter(self.columns), "")
        if drawn not in self.columns:
            known = ", ".join(self.columns) or "none"
            raise UsageError(f"the answer has no column {drawn!r}; its columns: {known}")
        dated = next((name for name in self.columns if table[name].kind == "edtf"), None)
        if by is None and dated is not None:
            things = (name for name in self.columns if table[name].kind == "thing")
            labels = table[next(things, dated)].values
            first, last = (table[f"{dated}_{side}"].values for side in ("earliest", "latest"))
            spans = cast(_Spans, (labels, first, last))
            written_dates = [None if v is None else str(v) for v in table[dated].values]
            return picture.spans(*spans, dates=written_dates, title=title)
        values = table[drawn].values
        return picture.counts([None if v is None else str(v) for v in values], title=title)

    def _lines(self, evidence: bool) -> Iterator[tuple[Row, Evidence | None]]:
        """The rows; with their evidence, one line per passage."""
        for row in self.rows:
            for passage in (row.evidence if evidence else ()) or (None,):
                yield row, passage

    def _columns(self, evidence: bool, companions: bool) -> list[Column]:
        lines = list(self._lines(evidence))
        table = columns(
            self.columns,
            [row.cells for row, _ in lines],
            [row.terms for row, _ in lines],
            kinds=self.kinds,
            companions=companions,
        )
        taken = {column.name for column in table}
        for key in EVIDENCE_KEYS if evidence else ():
            kind: Kind = "integer" if key in ("start", "end") else "text"
            values = tuple(None if p is None else getattr(p, key) for _, p in lines)
            table.append(Column(f"evidence_{key}" if key in taken else key, kind, values))
        return table

    def _table(self) -> display.Table:
        asked = ", ".join(f"{name} = {written(value)}" for name, value in self.parameters.items())
        title = " — ".join(part for part in (self.summary, asked) if part)
        rows = tuple(tuple(map(shown, row.cells)) for row in self.rows)
        passages = tuple(shown_passages(row.evidence) for row in self.rows)
        empty = "No row: nothing in this graph answers that."
        hint = " Ask with fewer parameters to see what there is." if self.parameters else ""
        return display.Table(
            title,
            self.columns,
            rows,
            passages if any(passages) else (),
            "" if rows else empty + hint,
        )
