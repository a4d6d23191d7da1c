"""What stands in an answer: things, plain values, and the passages that prove a row.

Invariant: a quote is never wrapped, shortened or rewritten; what no source states is ``None``
and reads "not stated".
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from math import isfinite
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

from legation.pages import render
from legation.rdf.vocabulary import XSD, local_name
from legation.store import Term
from legation.text import display
from legation.text.safe import in_latex, visible

NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing in a cell: its IRI and what it is called.

    Attributes:
        iri: The IRI.
        label: What it is called.

    >>> str(Entity("https://w3id.org/legation/id/state/dprk", "North Korea"))
    'North Korea'
    """

    iri: str
    label: str

    def __str__(self) -> str:
        return self.label


Plain: TypeAlias = Entity | str | int | float | bool | None
"""A thing, a plain value, or None where nothing is stated."""


@dataclass(frozen=True, slots=True)
class Several:
    """What sources give where only one value can be true of a thing.

    Attributes:
        values: The values, in order; one of what goes with another stands in the same place.
        are_opposed: Whether they contradict each other; else one is less precise than another.

    >>> str(Several(("2031-05-03", "2031-05-04"), are_opposed=True))
    '2031-05-03 ≠ 2031-05-04'
    """

    values: tuple[Plain, ...]
    are_opposed: bool

    def __str__(self) -> str:
        return (" ≠ " if self.are_opposed else " / ").join(map(written, self.values))


@dataclass(frozen=True, slots=True)
class Manifold:
    """The RDF terms that a cell of several values stands for."""

    terms: tuple[Term | None, ...]
    are_opposed: bool


Cell: TypeAlias = Plain | Several
"""What stands in an answer: a thing, a plain value, several values, or None."""

Shows: TypeAlias = Term | Manifold | None
"""What a cell stands for."""


def terms_in(shows: Iterable[Shows]) -> Iterator[Term | None]:
    """The terms that some cells stand for."""
    for one in shows:
        yield from one.terms if isinstance(one, Manifold) else (one,)


@dataclass(frozen=True, slots=True, repr=False)
class Evidence:
    """One passage that proves a row.

    Attributes:
        claim: IRI of the claim.
        quote: The exact words.
        article: IRI of the article quoted.
        start: Offset of the quote's first code point in the article's text; -1 where the text is
            not here to tell.
        end: Offset after its last code point; -1 likewise.
        modality: ``asserted``, ``reported``, ``opinion``, ``predicted``, ``planned`` or ``denied``.
        origin: IRI of the publisher at the end of the chain of reports; None when unknown.
        according_to: IRI of the report or agent whose word is relayed here; None when none is.
        basis: How the words give what the claim states, where they do not say it outright.

    >>> passage = Evidence("claim:a-1", "They met.", "urn:a", 0, 9, "asserted", None, None)
    >>> passage.place
    'urn:a 0-9, asserted'
    """

    claim: str
    quote: str
    article: str
    start: int
    end: int
    modality: str
    origin: str | None
    according_to: str | None
    basis: str | None = None

    @property
    def place(self) -> str:
        """Where the passage stands, on whose word, and how its words say it."""
        slug = local_name(NamedNode(self.article))
        origin = f", origin {local_name(NamedNode(self.origin))}" if self.origin else ""
        where = f" {self.start}-{self.end}" if self.start >= 0 else ""
        basis = f"; {self.basis}" if self.basis else ""
        return f"{slug}{where}, {self.modality}{origin}{basis}"

    def cite(self) -> str:
        """The passage as one line for a reader.

        Returns:
            Quote, article, offsets, modality and, where known, on whose word.

        >>> Evidence("claim:a-1", "They met.", "https://w3id.org/legation/id/article/a", 0, 9,
        ...          "reported", "https://w3id.org/legation/id/body/kcna", None).cite()
        '“They met.” (a 0-9, reported, origin kcna)'
        """
        return f"“{self.quote}” ({self.place})"

    def __str__(self) -> str:
        return self.cite()

    def __repr__(self) -> str:
        return visible(f"<passage {self.cite()}>")

    def _repr_html_(self) -> str:
        return render("quotes.html", passages=[receipt(self)])

    def _repr_latex_(self) -> str:
        return in_latex(self.cite())


@dataclass(frozen=True, slots=True)
class Rival:
    """A triple that a row shows, and the one that `claims` state against it; both cannot be true.

    Thing and property of the two are mostly the same.

    >>> print(Rival("talks", "date", "2031-05-03", "talks", "date", "2031-05-04", ("claim:b-1",)))
    date: 2031-05-03 ≠ 2031-05-04
    """

    thing: Cell
    property: Cell
    value: Cell
    other_thing: Cell
    other_property: Cell
    other: Cell
    claims: tuple[str, ...]

    def sides(self) -> frozenset[tuple[Cell, Cell, Cell]]:
        """Both triples, the same seen from either side."""
        there = (self.other_thing, self.other_property, self.other)
        return frozenset(((self.thing, self.property, self.value), there))

    def __str__(self) -> str:
        there = (self.other_thing, self.other_property)
        is_here = there == (self.thing, self.property)
        rest = "" if is_here else f" ({', '.join(map(written, there))})"
        return f"{written(self.property)}: {written(self.value)} ≠ {written(self.other)}{rest}"

    def to_dict(self) -> dict[str, object]:
        """The rival as values that JSON can hold."""
        plain_values = {f.name: plain(getattr(self, f.name)) for f in fields(self)[:-1]}
        return {**plain_values, "claims": list(self.claims)}


@dataclass(frozen=True, slots=True, repr=False)
class Row(Mapping[str, Cell]):
    """One row: a mapping from columns to cells, had as ``row["who"]`` or ``row.who``.

    Attributes:
        cells: What is shown, in the order of the columns.
        terms: The RDF terms that the cells stand for; a `Manifold` where these are several.
        evidence: The passages that prove it, those of its main fact first.
        columns: The names of the cells.
        conflicts: What other claims say against what is shown.

    >>> row = Row(("North Korea",), (Literal("North Korea"),), columns=("state",))
    >>> row.cells, row["state"], row.state
    (('North Korea',), 'North Korea', 'North Korea')
    >>> row
    <row state: North Korea; 0 passages>
    """

    cells: tuple[Cell, ...]
    terms: tuple[object, ...]
    evidence: tuple[Evidence, ...] = ()
    columns: tuple[str, ...] = ()
    conflicts: tuple[Rival, ...] = ()

    @property
    def mark(self) -> str:
        """What other claims say against it, in words; empty where nothing does.

        >>> import legation
        >>> legation.open().ask("events_in", place="Kremlin").rows[0].mark
        'date: 2015-05-08 ≠ 2015-05-09'
        """
        return "; ".join(map(str, self.conflicts))

    def __getitem__(self, column: str) -> Cell:
        """The cell of a column; KeyError, with the names there are, for any other."""
        if column not in self.columns:
            raise KeyError(f"{column!r} is none of {', '.join(self.columns)}")
        return self.cells[self.columns.index(column)]

    def __getattr__(self, column: str) -> Cell:
        """The cell of a column whose name is none of a row's own (`evidence`, `conflicts` …)."""
        # Python itself looks for methods, also in a row that `copy` has only begun to make.
        if column.startswith("_") or column in _OWN:
            raise AttributeError(column)
        if column not in self.columns:
            known = ", ".join(self.columns) or "none"
            raise AttributeError(f"a row has no {column!r}; its columns: {known}")
        return self[column]

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)

    def __dir__(self) -> list[str]:
        return sorted({*object.__dir__(self), *self.columns})

    def __repr__(self) -> str:
        named = zip(self.columns or "?" * len(self.cells), self.cells, strict=True)
        cells = "; ".join(f"{name}: {_shortened(written(cell))}" for name, cell in named)
        count = len(self.evidence)
        proof = f"{count} passage{'' if count == 1 else 's'}"
        return visible(f"<row {'; '.join(filter(None, (cells, _shortened(self.mark), proof)))}>")


_OWN = frozenset(f.name for f in fields(Row))


def receipt(passage: Evidence) -> display.Receipt:
    """A passage as it is shown."""
    return display.Receipt(passage.quote, passage.place)


EVIDENCE_KEYS = tuple(f.name for f in fields(Evidence))
"""The keys of a passage in JSON and the extra columns of tables, in order."""

CITED_KEYS = ("claim", "article", "origin", "according_to")
"""Those of them that are IRIs: in tables the label stands in their column, the IRI in another."""


def _shortened(text: str, most: int = 40) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def written(cell: Cell) -> str:
    """A cell as people read it."""
    if cell is None:
        return NOT_STATED
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return str(cell)


def value_of(literal: Literal) -> str | int | float | bool:
    """The Python value of a literal."""
    text, datatype = literal.value, literal.datatype
    if datatype == XSD.boolean and text in ("true", "false", "1", "0"):
        return text in ("true", "1")
    try:
        if datatype == XSD.integer:
            return int(text)
        if datatype in (XSD.decimal, XSD.double):
            number = float(text)
            return number if isfinite(number) else text
    except ValueError:
        return text
    return text


def plain(cell: Cell) -> object:
    """A cell as a value that JSON can hold."""
    if isinstance(cell, Several):
        return list(map(plain, cell.values))
    return asdict(cell) if isinstance(cell, Entity) else cell


def shown(cell: Cell) -> display.Shown:
    """A cell as it is shown."""
    values = cell.values if isinstance(cell, Several) else (cell,)
    hint = " ".join(value.iri for value in values if isinstance(value, Entity))
    return display.Shown(written(cell), hint, cell is None)
