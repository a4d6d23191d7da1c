"""A SPARQL query put to the engine, and its answer in a form that was asked for.

Invariant: an answer is whole or it is none: one of too many rows or bytes is refused in words,
never cut. While the engine works, the process can open neither file nor connection.
Source: SPARQL 1.1 Protocol; SPARQL 1.1 Query Results JSON, XML, CSV and TSV.
"""

import csv
import io
import os
import resource
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any, NoReturn, TypeVar

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QueryTriples,
    RdfFormat,
    Triple,
    parse_query_results,
)

from legation.errors import UsageError
from legation.rdf.guard import form_of
from legation.serve.dispatch import Dispatch, best, sentence
from legation.serve.served import ServedGraph
from legation.site.excerpt import serialized
from legation.store.memory import Solved

MOST_ROWS = 100_000
MOST_BYTES = 32 * 1024**2

HTML = "text/html"
TABLES = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
    "application/json": QueryResultsFormat.JSON,
    "application/xml": QueryResultsFormat.XML,
}
"""The forms of a table or a yes or no, the usual one first."""

GRAPHS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
}
"""The forms of triples, the usual one first."""

# What stands at least once for each row but one; a text in a row may hold it, too.
_OF_A_ROW = dict(zip(TABLES.values(), (b"},{", b"<result>", b"\n", b"\n"), strict=False))

_Made = TypeVar("_Made")
_One = TypeVar("_One")


class TooLong(UsageError):
    """An answer that is not given, since only a part of it would be."""


@dataclass(frozen=True, slots=True)
class Put:
    """A query as it was put: its text, the media types wanted, and the graphs it is put to."""

    query: str
    accept: str = ""
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def solved(held: ServedGraph, put: Put) -> Dispatch:
    """The answer to a query; UsageError for what is no query, or none that is answered here."""
    offered = TABLES if form_of(put.query) in ("SELECT", "ASK") else GRAPHS
    kind = best(put.accept, offered)
    if kind is None:
        return sentence(406, f"this is answered as {', '.join(offered)}")
    return Dispatch(200, with_charset(kind), answered(held, put, lambda raw: _in(raw, kind, held)))


def answered(held: ServedGraph, put: Put, reading: Callable[[Solved], _Made]) -> _Made:
    """What is made of the engine's answer to a query on the graphs it names."""
    graphs: dict[str, Any] = {}
    if put.default or put.named:
        graphs = {"default": _graphs(held, put.default), "named": _graphs(held, put.named)}
    with _sealed():
        return held.store.read(put.query, reading, **graphs)


def _graphs(held: ServedGraph, iris: Iterable[str]) -> list[NamedNode]:
    """The graphs that a request names; one that is not here is refused, not empty."""
    for iri in iris:
        with suppress(ValueError):  # it is no IRI at all
            if held.store.has_graph(NamedNode(iri)):
                continue
        raise UsageError(
            f"there is no graph <{iri}> here: each claim and content is one, and without "
            "default-graph-uri and named-graph-uri a query is put to all"
        )
    return [NamedNode(iri) for iri in iris]


@contextmanager
def _sealed() -> Iterator[None]:
    """Let nothing be opened: what the guard may have missed finds neither network nor file."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    lowest_free = os.dup(0)
    os.close(lowest_free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest_free, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


class _Paper(io.BytesIO):
    """What is written on as long as there is room."""

    def write(self, more: Any) -> int:
        """Write some more; `TooLong` where there is no room."""
        if self.tell() > MOST_BYTES:
            _refuse(f"{MOST_BYTES:,} bytes")
        return super().write(more)


def _in(raw: Solved, kind: str, held: ServedGraph) -> bytes:
    if isinstance(raw, QueryTriples):
        return written(few(raw), kind, held)
    form, paper = TABLES[kind], _Paper()
    raw.serialize(paper, format=form)
    body = paper.getvalue()
    if body.count(_OF_A_ROW[form]) >= MOST_ROWS and _rows(body, form) > MOST_ROWS:
        _refuse(f"{MOST_ROWS:,} rows")
    return body


def _rows(body: bytes, form: QueryResultsFormat) -> int:
    if form == QueryResultsFormat.CSV:
        return sum(1 for _ in csv.reader(io.StringIO(body.decode()))) - 1
    found = parse_query_results(body, format=form)
    return 1 if isinstance(found, QueryBoolean) else sum(1 for _ in found)


def few(found: Iterable[_One]) -> list[_One]:
    """All of what was found, as long as it is not too much."""
    listed = list(islice(found, MOST_ROWS + 1))
    if len(listed) > MOST_ROWS:
        _refuse(f"{MOST_ROWS:,} rows")
    return listed


def _refuse(most: str) -> NoReturn:
    how = "ask for less, or page with ORDER BY, LIMIT and OFFSET"
    raise TooLong(f"the answer has more than {most} and is not given in part: {how}")


def written(triples: list[Triple], kind: str, held: ServedGraph) -> bytes:
    """Triples in one of the forms, with the prefixes they use."""
    return serialized(triples, GRAPHS[kind], held.site.edition.prefixes)


def with_charset(kind: str) -> str:
    """A media type as it is said; texts name their encoding."""
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
