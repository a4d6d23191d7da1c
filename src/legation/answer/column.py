"""From the terms of an answer to typed columns.

Invariant: nothing is guessed and nothing is lost. A column is typed only when every value in it
is of that type; an uncertain date stays the EDTF text its source allows, with the first and the
last day it may mean in two columns of their own; a thing is shown by its label, and its IRI
stands in a column of its own.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal as Choice

from pyoxigraph import Literal, NamedNode

from legation.answer.cells import EVIDENCE_KEYS, Evidence
from legation.rdf.vocabulary import EDTF, XSD
from legation.text.dates import Bounds, DateError, bounds

Kind = Choice["thing", "edtf", "day", "moment", "integer", "number", "flag", "text", "mixed"]
"""What a column holds: things by label, EDTF dates, calendar days, points in time, numbers, truth
values, text, or values of several kinds."""

_INTEGERS = frozenset(
    XSD.integer.value.replace("integer", name)
    for name in (
        "integer long int short byte nonNegativeInteger positiveInteger nonPositiveInteger "
        "negativeInteger unsignedLong unsignedInt unsignedShort unsignedByte"
    ).split()
)
_NUMBERS = frozenset(
    {XSD.decimal.value, XSD.double.value, XSD.double.value.replace("double", "float")}
)
_MOMENT = XSD.date.value + "Time"
_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Column:
    """One typed column.

    Attributes:
        name: Its heading.
        kind: What it holds.
        values: Python values, None where nothing is stated.
    """

    name: str
    kind: Kind
    values: tuple[object, ...]


def kind_of(term: object) -> Kind | None:
    """What kind of column one term would stand in.

    Returns:
        The kind; None for None.

    >>> kind_of(Literal("2014-10", datatype=EDTF)), kind_of(Literal(7)), kind_of(NamedNode("a:b"))
    ('edtf', 'integer', 'thing')
    """
    if term is None:
        return None
    if isinstance(term, NamedNode):
        return "thing"
    if isinstance(term, bool):
        return "flag"
    if not isinstance(term, Literal):
        return "text"
    datatype = term.datatype.value
    for names, kind in _BY_DATATYPE:
        if datatype in names:
            return kind if _read(term, kind) is not None else "text"
    return "text"


_BY_DATATYPE: tuple[tuple[frozenset[str], Kind], ...] = (
    (frozenset({EDTF.value}), "edtf"),
    (frozenset({XSD.date.value}), "day"),
    (frozenset({_MOMENT}), "moment"),
    (_INTEGERS, "integer"),
    (_NUMBERS, "number"),
    (frozenset({XSD.boolean.value}), "flag"),
)


def kind_of_all(terms: Iterable[object]) -> Kind | None:
    """What kind of column some terms make together.

    Returns:
        Their kind; ``number`` where whole numbers stand beside others; ``mixed`` for terms of
        several kinds; None when no term is there.
    """
    kinds = {kind for term in terms if (kind := kind_of(term)) is not None}
    if kinds == {"integer", "number"}:
        return "number"
    return "mixed" if len(kinds) > 1 else next(iter(kinds), None)


def _read(term: object, kind: Kind) -> object:
    """The Python value of a term; None where its text is not of the kind."""
    text = term.value if isinstance(term, Literal | NamedNode) else str(term)
    if isinstance(term, bool):
        return term
    try:
        return _READERS[kind](text)
    except (ValueError, OverflowError, DateError):
        return None


def _edtf(text: str) -> str:
    bounds(text)
    return text


def _whole(text: str) -> int:
    number = int(text)
    if abs(number) > _LARGEST:
        raise OverflowError
    return number


def _truth(text: str) -> bool:
    if text not in ("true", "1", "false", "0"):
        raise ValueError(text)
    return text in ("true", "1")


_READERS: dict[Kind, Callable[[str], object]] = {
    "edtf": _edtf,
    "day": date.fromisoformat,
    "moment": datetime.fromisoformat,
    "integer": _whole,
    "number": float,
    "flag": _truth,
}


def columns(
    names: Sequence[str],
    cells: Sequence[Sequence[object]],
    terms: Sequence[Sequence[object]],
    *,
    kinds: Sequence[Kind | None] = (),
    companions: bool = True,
) -> list[Column]:
    """The typed columns of an answer.

    Args:
        names: Its columns, in order.
        companions: Whether to add, after all columns of the answer, ``NAME_iri`` for things and
            ``NAME_earliest``, ``NAME_latest`` (days) for EDTF dates; a column of several kinds
            has all three.

    >>> year = Literal("2014", datatype=EDTF)
    >>> [(column.name, column.kind) for column in columns(["when"], [["2014"]], [[year]])]
    [('when', 'edtf'), ('when_earliest', 'day'), ('when_latest', 'day')]
    """
    shown, added = [], []
    taken = set(names)
    for place, name in enumerate(names):
        column_terms = [row[place] for row in terms]
        spare = kinds[place] if place < len(kinds) else None
        kind = _settled(kind_of_all(column_terms) or spare or "text", column_terms)
        labels = [row[place] for row in cells]
        shown.append(Column(name, kind, tuple(map(_value(kind), column_terms, labels))))
        for companion in _companions(name, kind, column_terms) if companions else ():
            free = _free(companion.name, taken)
            taken.add(free)
            added.append(Column(free, companion.kind, companion.values))
    return shown + added


def proofs(passages: Sequence[Evidence | None], taken: Collection[str]) -> Iterator[Column]:
    """The columns of what proves each line, their names kept apart from those taken."""
    for key in EVIDENCE_KEYS:
        kind: Kind = "integer" if key in ("start", "end") else "text"
        values = tuple(None if passage is None else getattr(passage, key) for passage in passages)
        yield Column(f"evidence_{key}" if key in taken else key, kind, values)


def _settled(kind: Kind, terms: Iterable[object]) -> Kind:
    """Points in time with and without a zone have no order between them: they stay text."""
    if kind != "moment":
        return kind
    zoned = {getattr(_read(t, kind), "tzinfo", None) is not None for t in terms if t is not None}
    return "text" if len(zoned) > 1 else kind


def _value(kind: Kind) -> Callable[[object, object], object]:
    """How to make a value of a column's kind from a term and what is displayed for it."""

    def value(term: object, label: object) -> object:
        if term is None:
            return None
        own = kind_of(term) or "text"
        if own == "thing":
            return str(label)
        if kind == "mixed":
            return _read(term, own) if own in _READERS else _text(term)
        return _read(term, kind) if kind in _READERS else _text(term)

    return value


def _text(term: object) -> str:
    return term.value if isinstance(term, Literal | NamedNode) else str(term)


def _companions(name: str, kind: Kind, terms: Sequence[object]) -> Iterator[Column]:
    if kind in ("thing", "mixed"):
        iris = (t.value if isinstance(t, NamedNode) else None for t in terms)
        yield Column(f"{name}_iri", "text", tuple(iris))
    if kind in ("edtf", "mixed"):
        spans = [bounds(_text(t)) if kind_of(t) == "edtf" else Bounds(None, None) for t in terms]
        yield Column(f"{name}_earliest", "day", tuple(s.earliest for s in spans))
        yield Column(f"{name}_latest", "day", tuple(s.latest for s in spans))


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    return name
