"""Where questions are put: a store in memory, or a SPARQL endpoint; one contract.

Invariant: the same query text gives the same rows from either. Nothing here interprets a
question, and a cut answer is an error, never a shorter answer.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    Triple,
)
from pyoxigraph import Store as _Oxigraph

from legation.errors import EndpointError, UsageError
from legation.vocabulary import PREFIXES

Term = object
"""A term of an answer: a pyoxigraph NamedNode, Literal, BlankNode or Triple."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What a SELECT returns: its variables in order, and a tuple of terms (or None) per row."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def __iter__(self) -> Iterator[tuple[Term | None, ...]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


Result = Rows | bool | tuple[Triple, ...]


class Store(Protocol):
    """Anything that answers SPARQL 1.1 queries."""

    def query(self, sparql: str) -> Result:
        """Put a query.

        Args:
            sparql: SPARQL 1.1; Legation's prefixes need not be declared.

        Returns:
            Rows of a SELECT, the truth of an ASK, the triples of a CONSTRUCT or DESCRIBE.

        Raises:
            UsageError: The text is not SPARQL.
            EndpointError: A remote endpoint failed or cut its answer.
        """
        ...

    def select(self, sparql: str) -> Rows:
        """Put a SELECT query.

        Args:
            sparql: As in `query`.

        Returns:
            The rows.

        Raises:
            UsageError: The text is not a SELECT query.
            EndpointError: A remote endpoint failed or cut its answer.
        """
        ...


def with_prefixes(sparql: str, prefixes: dict[str, str] | None = None) -> str:
    """A query with the prefixes it uses declared.

    Args:
        sparql: A query.
        prefixes: The prefixes known; Legation's own when left out.

    Returns:
        The query, with a PREFIX line in front for each known prefix it mentions and does not
        declare itself. The first line stays first when nothing is missing.
    """
    table = PREFIXES if prefixes is None else prefixes
    lowered = sparql.lower()
    missing = [
        f"PREFIX {p}: <{iri}>"
        for p, iri in sorted(table.items())
        if f"{p}:" in lowered and f"prefix {p}:" not in " ".join(lowered.split())
    ]
    return "\n".join([*missing, sparql])


class LocalStore:
    """A dataset held in memory.

    Args:
        quads: The quads of a built dataset.
        prefixes: The prefixes a query need not declare.
    """

    def __init__(self, quads: Iterable[Quad], prefixes: dict[str, str] | None = None) -> None:
        self._store = _Oxigraph()
        self._store.extend(quads)
        self._prefixes = prefixes

    def query(self, sparql: str) -> Result:
        """See `Store.query`. SERVICE is refused: a local question never reaches the network."""
        text = with_prefixes(sparql, self._prefixes)
        _refuse_service(text)
        shift = text.count("\n") - sparql.count("\n")
        try:
            result = self._store.query(text)
            if isinstance(result, QueryBoolean):
                return bool(result)
            if isinstance(result, QuerySolutions):
                names = tuple(v.value for v in result.variables)
                rows = tuple(tuple(solution[n] for n in names) for solution in result)
                return Rows(names, rows)
            return tuple(result)
        except SyntaxError as error:
            raise UsageError(_syntax_message(sparql, error, shift)) from error
        except (RuntimeError, ValueError, OSError) as error:
            raise UsageError(f"the query could not be answered: {error}") from error

    def select(self, sparql: str) -> Rows:
        """See `Store.select`."""
        return _rows(self.query(sparql))

    def quads(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        value: NamedNode | Literal | None = None,
        graph: NamedNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """The quads that fit a pattern, straight from the index.

        Args:
            subject: The subject, or None for any.
            predicate: The predicate, or None for any.
            value: The object, or None for any.
            graph: The graph, or None for any.

        Returns:
            An iterator in no particular order.
        """
        return self._store.quads_for_pattern(subject, predicate, value, graph)


def _rows(result: Result) -> Rows:
    if not isinstance(result, Rows):
        raise UsageError("this needs a SELECT query")
    return result


def _refuse_service(sparql: str) -> None:
    """Refuse federation; the engine has no switch for it."""
    if "service" not in sparql.lower():
        return
    bare = re.sub(
        r'"""(?:[^\\]|\\.)*?"""|\'\'\'(?:[^\\]|\\.)*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|'
        r"<[^<>\s]*>|#[^\n\r]*",
        " ",
        sparql,
        flags=re.S,
    )
    if re.search(r"(?<![\w:?$-])service(?![\w:-])", bare, re.I):
        raise UsageError("SERVICE is not answered here: a local question never reaches the network")


def _syntax_message(sparql: str, error: SyntaxError, shift: int) -> str:
    """A SPARQL error with its line and a caret beneath the place."""
    text = str(error.msg or error)
    place = re.search(r"error at (\d+):(\d+)", text)
    if place is None or int(place[1]) <= shift:
        return f"the query is not SPARQL: {text}"
    number, column = int(place[1]) - shift, int(place[2])
    lines = sparql.splitlines()
    line = lines[number - 1] if number <= len(lines) else ""
    return (
        f"the query is not SPARQL near line {number}, column {column}:\n"
        f"  {line}\n  {' ' * (column - 1)}^"
    )


class RemoteStore:
    """A SPARQL 1.1 endpoint, asked by POST through SPARQLWrapper.

    Args:
        url: The address of the endpoint, http or https.
        timeout: Seconds after which an endpoint that is silent is given up.
        prefixes: The prefixes a query need not declare.

    Raises:
        UsageError: The address is not http(s).
    """

    def __init__(
        self, url: str, *, timeout: int = 60, prefixes: dict[str, str] | None = None
    ) -> None:
        if not url.startswith(("http://", "https://")):
            raise UsageError(f"an endpoint's address begins with http:// or https://, not {url!r}")
        self.url = url
        self.timeout = timeout
        self._prefixes = prefixes

    def query(self, sparql: str) -> Result:
        """See `Store.query`."""
        from SPARQLWrapper import POST, SPARQLWrapper
        from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

        wrapper = SPARQLWrapper(self.url)
        wrapper.setQuery(with_prefixes(sparql, self._prefixes))
        wrapper.setMethod(POST)
        wrapper.setTimeout(self.timeout)
        is_table = wrapper.queryType in ("SELECT", "ASK")
        wrapper.setReturnFormat("json" if is_table else "n3")
        try:
            response = wrapper.query()
            body: bytes = response.response.read()
        except (SPARQLWrapperException, OSError, ValueError) as error:
            raise EndpointError(f"{self.url} did not answer: {_first_line(error)}") from error
        _refuse_cut(self.url, {k.lower(): v for k, v in response.info().items()})
        return self._table(body) if is_table else self._triples(body)

    def select(self, sparql: str) -> Rows:
        """See `Store.select`."""
        return _rows(self.query(sparql))

    def _table(self, body: bytes) -> Result:
        try:
            answer = json.loads(body)
            if "boolean" in answer:
                return bool(answer["boolean"])
            names = tuple(answer["head"]["vars"])
            rows = tuple(
                tuple(_term(b[n]) if n in b else None for n in names)
                for b in answer["results"]["bindings"]
            )
        except (ValueError, KeyError, TypeError) as error:
            raise EndpointError(
                f"{self.url} answered something that is not a SPARQL result: {body[:80]!r}"
            ) from error
        return Rows(names, rows)

    def _triples(self, body: bytes) -> Result:
        import pyoxigraph

        try:
            quads = pyoxigraph.parse(body, format=pyoxigraph.RdfFormat.TURTLE)
            return tuple(quad.triple for quad in quads)
        except SyntaxError as error:
            raise EndpointError(f"{self.url} answered something that is not Turtle") from error


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:300]


def _refuse_cut(url: str, headers: dict[str, str]) -> None:
    """Virtuoso cuts long answers and tells only in a header."""
    if "x-sparql-maxrows" in headers:
        raise EndpointError(
            f"{url} cut its answer at {headers['x-sparql-maxrows']} rows; ask for less at a time"
        )


def _term(value: dict[str, str]) -> Term:
    if value["type"] == "uri":
        return NamedNode(value["value"])
    if value["type"] == "bnode":
        return BlankNode(value["value"])
    if "xml:lang" in value:
        return Literal(value["value"], language=value["xml:lang"])
    if "datatype" in value:
        return Literal(value["value"], datatype=NamedNode(value["datatype"]))
    return Literal(value["value"])
