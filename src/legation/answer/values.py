"""An answer: rows of labelled cells, each with the passages that prove it.

Invariant: an answer is complete and final when made. A cell that no source fills is ``None`` in
Python and JSON, empty in CSV, and reads "not stated" wherever people read; a quote is never
wrapped, shortened or rewritten.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TypeAlias, overload

from legation.answer import sheet
from legation.answer.cells import (
    Cell,
    Evidence,
    plain,
    shown,
    written,
)
from legation.answer.column import Column, Kind, columns, proofs
from legation.answer.framed import Framed
from legation.answer.passages import Passages, cited, shown_passages
from legation.answer.row import Row
from legation.answer.tabled import Tabled
from legation.files.document import keep
from legation.text import display

_Line: TypeAlias = tuple[Row, Evidence | None]
"""A row, and with the evidence one of its passages."""


@dataclass(frozen=True, repr=False)
class Answer(Tabled, Framed):
    """What a question or query gave; a table that shows itself in text, HTML and LaTeX.

    Attributes:
        question: The question's name; None for a free query.
        parameters: What was asked for, by parameter name.
        columns: The columns, in order.
        rows: The rows, in the order of the query.
        sparql: The query that was put, parameters filled in.
        kinds: What each column holds, known even where no row fills it.
        summary: The question in English; empty for a free query.
        labels: What the things are called that the evidence names by IRI.
        hint: What a period left out or let in without a date; of an answer without rows, what would
            have given some. Empty where there is nothing to say.
        legend: What the words and signs in it mean; empty where all speak for themselves.

    >>> import legation
    >>> answer = legation.open().ask("receptions", host="North Korean Embassy in Russia")
    >>> answer.columns
    ('event', 'date', 'place', 'given_by', 'commemorates')
    >>> [row["date"] for row in answer]
    ['[2025-10-17?,2025-10-24?]']
    >>> str(answer[0].place)
    'Moscow'
    """

    question: str | None
    parameters: Mapping[str, Cell]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    sparql: str = ""
    kinds: tuple[Kind | None, ...] = ()
    summary: str = ""
    labels: Mapping[str, str] = field(default_factory=dict, compare=False)
    hint: str = ""
    legend: str = ""

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> "Answer": ...
    def __getitem__(self, place: int | slice) -> "Row | Answer":
        """The row at a place, from 0; of a slice, the answer with those rows alone."""
        if isinstance(place, slice):
            return replace(self, rows=self.rows[place])
        return self.rows[place]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

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
            what is not stated None, several values where one can be true a list. A contradicted
            row has ``conflicts``: what stands against it.

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

    @overload
    def to_csv(
        self, path: None = None, *, evidence: bool = ..., spreadsheet: bool = ..., iris: bool = ...
    ) -> str: ...
    @overload
    def to_csv(
        self, path: str | Path, *, evidence: bool = ..., spreadsheet: bool = ..., iris: bool = ...
    ) -> None: ...
    def to_csv(
        self,
        path: str | Path | None = None,
        *,
        evidence: bool = False,
        spreadsheet: bool = False,
        iris: bool = True,
    ) -> str | None:
        r"""The answer as CSV, things by their labels; what is not stated is an empty cell.

        Args:
            path: The file to write; the text is returned when left out.
            evidence: Whether to add the evidence; a row is then repeated for each passage.
            spreadsheet: Whether a spreadsheet will open it: text that would run as a formula (it
                begins with ``=+-@``, a tab or a line end) gets an apostrophe before it.
            iris: Whether ``NAME_iri`` follows for each column that holds things.

        Returns:
            The headings and one line per row, lines ending in ``\n``; None once it is in a file.

        Raises:
            InputError: The file cannot be written.

        >>> import legation
        >>> print(legation.open().query("SELECT (1 AS ?one) {}").to_csv(), end="")
        one
        1
        >>> legation.open().ask("members_of").to_csv().splitlines()[0]
        'member,tie,body,member_iri,tie_iri,body_iri'
        """
        lines = list(self._lines(evidence))
        typed = self._typed(lines, companions=iris)
        iri_columns = [c for c in typed[len(self.columns) :] if c.kind == "text"]
        added = [*iri_columns, *(self._proofs(lines, typed, iris) if evidence else ())]
        shown = [self._shown(row) for row, _ in lines]
        table = [
            [*cells, *(column.values[number] for column in added)]
            for number, cells in enumerate(shown)
        ]
        header = [*self.headings, *(column.name for column in added)]
        text = sheet.csv_text(header, table, spreadsheet=spreadsheet)
        if path is None:
            return text
        keep(text.encode(), Path(path))
        return None

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
            [*map(written, cells), *(["\n".join(cited(row.evidence))] * evidence)]
            for cells, row in zip(self.lines, self.rows, strict=True)
        ]
        return sheet.markdown_text(header, lines)

    def _lines(self, evidence: bool) -> Iterator[_Line]:
        """The rows; with their evidence, one line per passage."""
        for row in self.rows:
            for passage in (row.evidence if evidence else ()) or (None,):
                yield row, passage

    def _columns(self, evidence: bool, companions: bool) -> list[Column]:
        lines = list(self._lines(evidence))
        table = self._typed(lines, companions=companions)
        proven = self._proofs(lines, table, companions) if evidence else ()
        if self.question is not None:
            table.append(Column(self._mark, "text", tuple(row.mark or None for row, _ in lines)))
        return [*table, *proven]

    def _typed(self, lines: Sequence[_Line], *, companions: bool) -> list[Column]:
        return columns(
            self.columns,
            [row.cells for row, _ in lines],
            [row.terms for row, _ in lines],
            kinds=self.kinds,
            companions=companions,
        )

    def _proofs(
        self, lines: Sequence[_Line], table: Sequence[Column], companions: bool
    ) -> list[Column]:
        taken = {column.name for column in table} | {self._mark}
        passages = [passage for _, passage in lines]
        return list(proofs(passages, taken, self.labels, companions=companions))

    def _table(self) -> display.Table:
        asked = ", ".join(f"{name} = {written(value)}" for name, value in self.parameters.items())
        title = " — ".join(filter(None, (self.summary, asked)))
        rows = tuple(tuple(map(shown, cells)) for cells in self.lines)
        passages = tuple(shown_passages(row.evidence) for row in self.rows)
        few = "Ask with fewer parameters to see what there is." if self.parameters else ""
        hint = f" {self.hint or few}".rstrip()
        below = f"{self.hint} {self.legend}".strip()
        remark = below if rows else f"No row: nothing in this graph answers that.{hint}"
        return display.Table(title, self.headings, rows, passages * any(passages), remark)
