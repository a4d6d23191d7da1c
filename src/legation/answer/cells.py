"""What stands in an answer: things, plain values, and the passages that prove them.

Invariant: a quote is never wrapped, shortened or rewritten; what no source states is ``None``
and reads "not stated".
"""

from collections.abc import Iterable, Iterator
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
    """Several values in one cell: all that sources give of a thing, true together or not.

    Attributes:
        values: The values, in order; one of what goes with another stands in the same place.
        are_opposed: Whether they contradict each other.
        are_all: Whether all may be true at once; else one is less precise than another.
        against: Of those, the places of values that contradict the one before them.

    >>> str(Several(("2031-05-03", "2031-05-04"), are_opposed=True))
    '2031-05-03 ≠ 2031-05-04'
    >>> str(Several(("Merovia", "Orvany"), are_opposed=False, are_all=True))
    'Merovia; Orvany'
    >>> str(Several(("Merovia", "Orvany", "Halm"), False, are_all=True, against=(2,)))
    'Merovia; Orvany ≠ Halm'
    """

    values: tuple[Plain, ...]
    are_opposed: bool
    are_all: bool = False
    against: tuple[int, ...] = ()

    def __str__(self) -> str:
        sign = " ≠ " if self.are_opposed else "; " if self.are_all else " / "
        signs = ["", *(" ≠ " if i in self.against else sign for i in range(1, len(self.values)))]
        return "".join(f"{sign}{written(v)}" for sign, v in zip(signs, self.values, strict=True))


@dataclass(frozen=True, slots=True)
class Manifold:
    """The RDF terms that a cell of several values stands for."""

    terms: tuple[Term | None, ...]
    are_opposed: bool
    are_all: bool = False
    against: tuple[int, ...] = ()


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


def receipt(passage: Evidence) -> display.Receipt:
    """A passage as it is shown."""
    return display.Receipt(passage.quote, passage.place)


EVIDENCE_KEYS = tuple(f.name for f in fields(Evidence))
"""The keys of a passage in JSON and the extra columns of tables, in order."""

CITED_KEYS = ("claim", "article", "origin", "according_to")
"""Those of them that are IRIs: in tables the label stands in their column, the IRI in another."""


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
