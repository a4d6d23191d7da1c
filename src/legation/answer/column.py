"""From the terms of an answer to typed columns.

Invariant: nothing is guessed and nothing is lost. A column is typed only when every value in it
is of that type; an uncertain date stays the EDTF text its source allows, with the first and the
last day it may mean in two columns of their own; a thing is shown by its label, and its IRI
stands in a column of its own.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from typing import Literal as Choice

from pyoxigraph import Literal, NamedNode

from legation.answer.cells import CITED_KEYS, EVIDENCE_KEYS, Evidence, Manifold, terms_in
from legation.rdf.vocabulary import EDTF, XSD, compact
from legation.store import text_of
from legation.text.dates import DateError, bounds
from legation.text.daysets import Bounds

Kind = Choice["thing", "edtf", "day", "moment", "integer", "number", "flag", "text", "mixed"]
"""What a column holds: things by label, EDTF dates, calendar days, points in time, numbers, truth
values, text, or values of several kinds."""

_XSD = XSD.integer.value.removesuffix("integer")

_KINDS: dict[str, Kind] = {
    "date": "day",
    "dateTime": "moment",
    "boolean": "flag",
    **dict.fromkeys("decimal double float".split(), "number"),
    **dict.fromkeys(
        "integer long int short byte nonNegativeInteger positiveInteger nonPositiveInteger "
        "negativeInteger unsignedLong unsignedInt unsignedShort unsignedByte".split(),
        "integer",
    ),
}
"""The kind of each datatype of XML Schema that has one."""

_LARGEST = 2**63 - 1  # what the whole numbers of pandas and polars hold


@dataclass(frozen=True, slots=True)
class Column:
    """One typed column; its values are Python's, None where nothing is stated."""

    name: str
    kind: Kind
    values: tuple[object, ...]


def kind_of(term: object) -> Kind | None:
    """What kind of column one term would stand in; None for None.

    >>> kind_of(Literal("2014-10", datatype=EDTF)), kind_of(Literal(7)), kind_of(NamedNode("a:b"))
    ('edtf', 'integer', 'thing')
    """
    if term is None:
        return None
    if isinstance(term, Manifold):  # several numbers are no number
        kinds = {kind for one in term.terms if (kind := kind_of(one)) is not None}
        return kinds.pop() if kinds in ({"thing"}, {"edtf"}) else "text"
    if isinstance(term, NamedNode):
        return "thing"
    if isinstance(term, bool):
        return "flag"
    if not isinstance(term, Literal):
        return "text"
    datatype = term.datatype
    kind = "edtf" if datatype == EDTF else _KINDS.get(datatype.value.removeprefix(_XSD), "text")
    return kind if kind in _READERS and _read(term, kind) is not None else "text"


def kind_of_all(terms: Iterable[object]) -> Kind | None:
    """What kind of column some terms make together; None when no term is there."""
    kinds = {kind for term in terms if (kind := kind_of(term)) is not None}
    if kinds == {"integer", "number"}:
        return "number"
    return "mixed" if len(kinds) > 1 else next(iter(kinds), None)


def _read(term: object, kind: Kind) -> object:
    """The Python value of a term; None where its text is not of the kind."""
    if isinstance(term, bool):
        return term
    try:
        return _READERS[kind](text_of(term))
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
    """The typed columns of an answer; `kinds` tells those of columns without a term.

    Companions stand after all of them: ``NAME_iri`` for things, ``NAME_earliest`` and
    ``NAME_latest`` (days) for EDTF dates; a column of several kinds has all three.

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
        values = (_value(kind, *pair) for pair in zip(column_terms, labels, strict=True))
        shown.append(Column(name, kind, tuple(values)))
        for companion in _companions(name, kind, column_terms) if companions else ():
            free = _free(companion.name, taken)
            taken.add(free)
            added.append(Column(free, companion.kind, companion.values))
    return shown + added


def proofs(
    passages: Sequence[Evidence | None],
    taken: Collection[str],
    labels: Mapping[str, str],
    *,
    companions: bool = True,
) -> Iterator[Column]:
    """The columns of what proves each line, their names kept apart from those taken.

    Claims, articles, origins and relayed reports stand by their labels; ``NAME_iri`` follows.
    """
    for key in EVIDENCE_KEYS:
        kind: Kind = "integer" if key in ("start", "end") else "text"
        values = tuple(None if passage is None else getattr(passage, key) for passage in passages)
        if key in CITED_KEYS:
            values = tuple(None if v is None else _called(v, labels) for v in values)
        yield Column(_apart(key, taken), kind, values)
    for key in CITED_KEYS if companions else ():
        iris = tuple(None if passage is None else getattr(passage, key) for passage in passages)
        yield Column(_apart(f"{key}_iri", taken), "text", iris)


def _called(iri: str, labels: Mapping[str, str]) -> str:
    return labels.get(iri) or compact(NamedNode(iri))


def _apart(name: str, taken: Collection[str]) -> str:
    return f"evidence_{name}" if name in taken else name


def _settled(kind: Kind, terms: Iterable[object]) -> Kind:
    """Points in time with and without a zone have no order between them: they stay text."""
    if kind != "moment":
        return kind
    zoned = {getattr(_read(t, kind), "tzinfo", None) is not None for t in terms if t is not None}
    return "text" if len(zoned) > 1 else kind


def _value(kind: Kind, term: object, label: object) -> object:
    """The value of a column's kind for a term and what is displayed for it."""
    own = kind_of(term)
    if own is None:
        return None
    if own == "thing" or isinstance(term, Manifold):
        return str(label)
    read_as = own if kind == "mixed" else kind
    return _read(term, read_as) if read_as in _READERS else text_of(term)


def _companions(name: str, kind: Kind, terms: Sequence[object]) -> Iterator[Column]:
    if kind in ("thing", "mixed"):
        iris = (
            " ".join(t.value for t in terms_in([term]) if isinstance(t, NamedNode))
            for term in terms
        )
        yield Column(f"{name}_iri", "text", tuple(iri or None for iri in iris))
    if kind in ("edtf", "mixed"):
        spans = list(map(_days, terms))
        yield Column(f"{name}_earliest", "day", tuple(s.earliest for s in spans))
        yield Column(f"{name}_latest", "day", tuple(s.latest for s in spans))


def _days(term: object) -> Bounds:
    """The first and the last day that a date allows; of several, any of them, or all at once."""
    found = [bounds(text_of(one)) for one in terms_in([term]) if kind_of(one) == "edtf"]
    known = [span for span in found if span.earliest or span.latest]
    if not known:
        return Bounds(None, None)
    if isinstance(term, Manifold) and (term.are_opposed or term.are_all):
        return reduce(Bounds.span, known)
    return Bounds(
        max((span.earliest for span in known if span.earliest), default=None),
        min((span.latest for span in known if span.latest), default=None),
    )


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    return name
