"""An answer: rows of labelled cells, each with the passages that prove it.

Invariant: an answer is complete and final when made. A cell that no source fills is ``None`` in
Python and JSON and reads "not stated" wherever people read; a quote is never wrapped, shortened
or rewritten.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING

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
from legation.answer.column import Column, Kind, columns, proofs
from legation.answer.tabled import Tabled
from legation.text import display

if TYPE_CHECKING:
    import pandas
    import polars
    from matplotlib.axes import Axes


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
    ['[2025-10-17?,2025-10-24?]', None]
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

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The columns as they are shown: ``conflicts`` stands last where a row is contradicted.

        >>> import legation
        >>> legation.open().ask("relations").headings[-1]
        'conflicts'
        """
        is_marked = any(row.conflicts for row in self.rows)
        return (*self.columns, self._mark) if is_marked else self.columns

    @property
    def lines(self) -> tuple[tuple[Cell, ...], ...]:
        """The cells of each row as they are shown, one for each heading.

        >>> import legation
        >>> legation.open().query("SELECT (1 AS ?one) {}").lines
        ((1,),)
        """
        return tuple(map(self._shown, self.rows))

    def _shown(self, row: Row) -> tuple[Cell, ...]:
        return (*row.cells, row.mark)[: len(self.headings)]

    @property
    def _mark(self) -> str:
        return "conflicts_" if "conflicts" in self.columns else "conflicts"

    @property
    def evidence(self) -> Passages:
        """Every passage behind the answer, once, in the order of the rows.

        >>> import legation
        >>> sorted({p.modality for p in legation.open().ask("conflicts").evidence})
        ['asserted', 'reported']
        """
        return Passages(dict.fromkeys(e for row in self.rows for e in row.evidence))

    def to_dict(self, *, evidence: bool = False) -> dict[str, object]:
        """The answer as plain values.

        Args:
            evidence: Whether each row carries its passages.

        Returns:
            ``question``, ``parameters``, ``columns`` and ``rows``; a thing is ``{"iri", "label"}``,
            what is not stated None. A contradicted row has ``conflicts``: what stands against it.

        >>> import legation
        >>> legation.open().query("SELECT (1 AS ?one) {}").to_dict()["rows"]
        [{'one': 1}]
        """
        rows = []
        for row in self.rows:
            line = {name: plain(cell) for name, cell in zip(self.columns, row.cells, strict=True)}
            if row.conflicts:
                line[self._mark] = [rival.to_dict() for rival in row.conflicts]
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
            evidence: Whether to add the evidence; a row is then repeated for each passage.
            spreadsheet: Whether a spreadsheet will open it: text that would run as a formula (it
                begins with ``=+-@``, a tab or a line end) gets an apostrophe before it.

        Returns:
            The headings and one line per row, lines ending in ``\n``.

        >>> import legation
        >>> print(legation.open().query("SELECT (1 AS ?one) {}").to_csv(), end="")
        one
        1
        """
        keys = EVIDENCE_KEYS if evidence else ()
        header = [*self.headings, *keys]
        lines = [
            [*self._shown(row), *(getattr(passage, key, None) for key in keys)]
            for row, passage in self._lines(evidence)
        ]
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
        header = [*self.headings, *(["evidence"] if evidence else [])]
        lines = [
            [*map(written, cells), *(["\n".join(p.cite() for p in row.evidence)] * evidence)]
            for cells, row in zip(self.lines, self.rows, strict=True)
        ]
        return sheet.markdown_text(header, lines)

    def to_pandas(self, *, evidence: bool = False, companions: bool = True) -> "pandas.DataFrame":
        """The answer as a pandas frame with typed columns.

        Args:
            evidence: Whether to add the evidence; a row is then repeated for each passage.
            companions: Whether to add the IRI of each thing (``who_iri``) and the first and last
                day of each date (``date_earliest``, ``date_latest``).

        Returns:
            A frame: the answer's columns, companions, for a question ``conflicts`` (what stands
            against a row), evidence; the same columns and dtypes when no row answers.

        Raises:
            MissingExtra: pandas is not installed.

        >>> import legation
        >>> frame = legation.open().ask("events_in").to_pandas()
        >>> " ".join(frame.columns)
        'date event location date_earliest date_latest event_iri location_iri conflicts'
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
        return picture.drawn(self.columns, table, by, title=self.summary or "rows of the answer")

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
        if self.question is not None:
            table.append(Column(self._mark, "text", tuple(row.mark or None for row, _ in lines)))
        taken = {column.name for column in table}
        return [*table, *(proofs([p for _, p in lines], taken) if evidence else ())]

    def _table(self) -> display.Table:
        asked = ", ".join(f"{name} = {written(value)}" for name, value in self.parameters.items())
        title = " — ".join(filter(None, (self.summary, asked)))
        rows = tuple(tuple(map(shown, cells)) for cells in self.lines)
        passages = tuple(shown_passages(row.evidence) for row in self.rows)
        hint = " Ask with fewer parameters to see what there is." if self.parameters else ""
        remark = "" if rows else f"No row: nothing in this graph answers that.{hint}"
        return display.Table(title, self.headings, rows, passages * any(passages), remark)
