"""An answer: rows of labelled cells, each with the passages that prove it.

Invariant: an answer is complete and final when made. A cell that no source fills is ``None`` in
Python and JSON and reads "not stated" wherever people read; a quote is never wrapped, shortened
or rewritten.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

from legation.vocabulary import XSD, local_name

NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing in a cell: its IRI and what it is called."""

    iri: str
    label: str

    def __str__(self) -> str:
        return self.label


Cell: TypeAlias = Entity | str | int | float | bool | None
"""What stands in an answer: a thing, a plain value, or None where nothing is stated."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One passage that proves a row.

    Attributes:
        claim: IRI of the claim.
        quote: The exact words.
        article: IRI of the article quoted.
        start: Offset of the quote's first code point in the article's text.
        end: Offset after its last code point.
        modality: ``asserted``, ``reported``, ``opinion``, ``predicted``, ``planned`` or ``denied``.
        origin: IRI of the publisher at the end of the chain of reports; None when unknown.
        according_to: IRI of the report that the article relays here; None when it relays none.
    """

    claim: str
    quote: str
    article: str
    start: int
    end: int
    modality: str
    origin: str | None
    according_to: str | None

    def cite(self) -> str:
        """The passage as one line for a reader.

        Returns:
            Quote, article, offsets, modality and, where known, on whose word.

        >>> Evidence("claim:a-1", "They met.", "https://w3id.org/legation/id/article/a", 0, 9,
        ...          "reported", "https://w3id.org/legation/id/body/kcna", None).cite()
        '“They met.” (a 0-9, reported, origin kcna)'
        """
        slug = local_name(NamedNode(self.article))
        origin = f", origin {local_name(NamedNode(self.origin))}" if self.origin else ""
        return f"“{self.quote}” ({slug} {self.start}-{self.end}, {self.modality}{origin})"


EVIDENCE_KEYS = tuple(f.name for f in fields(Evidence))
"""The keys of a passage in JSON and the extra columns of CSV, in order."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells, the RDF terms they stand for, and the passages that prove it."""

    cells: tuple[Cell, ...]
    terms: tuple[object, ...]
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What a question or query gave.

    Attributes:
        question: The question's name; None for a free query.
        parameters: What was asked for, by parameter name.
        columns: The columns, in order.
        rows: The rows, in the order of the query.
    """

    question: str | None
    parameters: Mapping[str, Cell]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    sparql: str = field(default="", repr=False)

    def __iter__(self) -> Iterator[dict[str, Cell]]:
        return (dict(zip(self.columns, row.cells, strict=True)) for row in self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __str__(self) -> str:
        return self.to_markdown()

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Every passage behind the answer, once, in the order of the rows."""
        return tuple(dict.fromkeys(e for row in self.rows for e in row.evidence))

    def to_dict(self, *, evidence: bool = False) -> dict[str, object]:
        """The answer as plain values.

        Args:
            evidence: Whether each row carries its passages.

        Returns:
            ``question``, ``parameters``, ``columns`` and ``rows``; a thing is
            ``{"iri", "label"}``, whatever is not stated is None.
        """
        rows: list[dict[str, object]] = []
        for row in self.rows:
            cells = zip(self.columns, row.cells, strict=True)
            plain: dict[str, object] = {name: _plain(cell) for name, cell in cells}
            if evidence:
                plain["evidence"] = [asdict(passage) for passage in row.evidence]
            rows.append(plain)
        return {
            "question": self.question,
            "parameters": {name: _plain(cell) for name, cell in self.parameters.items()},
            "columns": list(self.columns),
            "rows": rows,
        }

    def to_json(self, *, evidence: bool = False) -> str:
        """The answer as one JSON object.

        Args:
            evidence: Whether each row carries its passages.

        Returns:
            Indented JSON, characters of every script as they are, ending in a line end.
        """
        return json.dumps(self.to_dict(evidence=evidence), ensure_ascii=False, indent=2) + "\n"

    def to_csv(self, *, evidence: bool = False) -> str:
        r"""The answer as CSV, things by their labels.

        Args:
            evidence: Whether to add the columns of the evidence; a row is then repeated for
                each passage that proves it.

        Returns:
            A header and one line per row, lines ending in ``\n``.
        """
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([*self.columns, *(EVIDENCE_KEYS if evidence else ())])
        for row in self.rows:
            shown = [written(cell) for cell in row.cells]
            if not evidence:
                writer.writerow(shown)
                continue
            for passage in row.evidence:
                writer.writerow([*shown, *(written(v) for v in asdict(passage).values())])
            if not row.evidence:
                writer.writerow([*shown, *(NOT_STATED for _ in EVIDENCE_KEYS)])
        return out.getvalue()

    def to_markdown(self, *, evidence: bool = False) -> str:
        """The answer as a Markdown table.

        Args:
            evidence: Whether to add a column with the passages.

        Returns:
            A table, one line per row, ending in a line end.
        """
        lines = [[*self.columns, *(["evidence"] if evidence else [])]]
        lines.append(["---"] * len(lines[0]))
        for row in self.rows:
            passages = "<br>".join(_escaped(passage.cite()) for passage in row.evidence)
            cells = [_escaped(written(cell)) for cell in row.cells]
            lines.append([*cells, *([passages] if evidence else [])])
        return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def written(cell: Cell) -> str:
    """A cell as people read it.

    Args:
        cell: Any cell.

    Returns:
        The label of a thing, the text of a value, "not stated" for None.
    """
    if cell is None:
        return NOT_STATED
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return str(cell)


def value_of(literal: Literal) -> str | int | float | bool:
    """The Python value of a literal.

    Args:
        literal: Any literal.

    Returns:
        An int, float or bool where the datatype says so and the text fits, else the text: a
        date stays as written.
    """
    text, datatype = literal.value, literal.datatype
    if datatype == XSD.boolean and text in ("true", "false", "1", "0"):
        return text in ("true", "1")
    try:
        if datatype == XSD.integer:
            return int(text)
        if datatype in (XSD.decimal, XSD.double):
            return float(text)
    except ValueError:
        return text
    return text


def _plain(cell: Cell) -> object:
    return asdict(cell) if isinstance(cell, Entity) else cell


def _escaped(text: str) -> str:
    """Text that stays text, inside one cell of a Markdown table; every character is kept."""
    for mark in "\\|<`":
        text = text.replace(mark, f"\\{mark}")
    return "<br>".join(text.splitlines())
