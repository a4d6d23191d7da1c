"""A graph behind a SPARQL endpoint.

Invariant: a cut answer is an error, never a shorter answer.
"""

import json

from pyoxigraph import BlankNode, Literal, NamedNode

from legation.errors import EndpointError, UsageError
from legation.rdf.guard import form_of
from legation.store.contract import Result, Rows, Store, Term, with_prefixes


class RemoteStore(Store):
    """A SPARQL 1.1 endpoint, asked by POST; given up when silent for `timeout` seconds."""

    def __init__(
        self, url: str, *, timeout: int = 60, prefixes: dict[str, str] | None = None
    ) -> None:
        if not url.startswith(("http://", "https://")):
            raise UsageError(f"an endpoint's address begins with http:// or https://, not {url!r}")
        self.url = url
        self.timeout = timeout
        self._prefixes = prefixes

    def query(self, sparql: str) -> Result:
        """See `Store.query`. What is no query is refused before anything is sent."""
        from SPARQLWrapper import POST, SPARQLWrapper
        from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

        form = form_of(sparql)
        wrapper = SPARQLWrapper(self.url)
        wrapper.setQuery(with_prefixes(sparql, self._prefixes))
        wrapper.setMethod(POST)
        wrapper.setTimeout(self.timeout)
        wrapper.queryType = form  # its own guess reads comments, too
        is_table = form in ("SELECT", "ASK")
        wrapper.setReturnFormat("json" if is_table else "n3")
        try:
            response = wrapper.query()
            body: bytes = response.response.read()
        except (SPARQLWrapperException, OSError, ValueError) as error:  # as for a port of letters
            raise EndpointError(f"{self.url} did not answer: {_first_line(error)}") from error
        _refuse_cut(self.url, {k.lower(): v for k, v in response.info().items()})
        return self._table(body) if is_table else self._triples(body)

    def _table(self, body: bytes) -> Result:
        # Not by pyoxigraph's own reader: triple terms nested deeply would end the process in it.
        try:
            answer = json.loads(body)
            if "boolean" in answer:
                return bool(answer["boolean"])
            names = tuple(map(str, answer["head"]["vars"]))
            rows = tuple(
                tuple(_term(b[n]) if n in b else None for n in names)
                for b in answer["results"]["bindings"]
            )
        except (ValueError, KeyError, TypeError, RecursionError) as error:
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
