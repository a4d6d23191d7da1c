"""A graph behind a SPARQL endpoint.

Invariant: nothing but a query is sent, a cut answer is an error, never a shorter answer, and no
password is ever shown.
"""

import json
import re
from functools import cache
from hashlib import sha256
from importlib import metadata
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import Request

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple

from legation.errors import LIBRARY_FAULTS, EndpointError, UsageError
from legation.rdf.depth import too_deep
from legation.rdf.guard import Form, form_of
from legation.store.contract import Result, Rows, Store, Term, with_prefixes
from legation.store.wire import Reply, reply_to

_DEEPEST = 8  # of triple terms in each other
_TURTLE = frozenset(
    "text/turtle application/turtle application/x-turtle text/n3 text/rdf+n3 application/rdf+n3 "
    "application/n-triples text/plain".split()
)


class RemoteStore(Store):
    """A SPARQL 1.1 endpoint, asked by POST; an answer takes at most `timeout` seconds in all.

    A user name and password may stand in the address, and are sent to its host alone.
    """

    url: str

    def __init__(
        self, url: str, *, timeout: float = 60, prefixes: dict[str, str] | None = None
    ) -> None:
        shown = re.sub(r"//.*@", "//", url)
        if not url.startswith(("http://", "https://")):
            raise UsageError(
                f"an endpoint's address begins with http:// or https://, not {shown!r}"
            )
        if any(c.isspace() or ord(c) < 32 for c in url):
            raise UsageError("an endpoint's address holds no space: write %20")
        try:
            parts = urlsplit(url)
            port = "" if parts.port is None else f":{parts.port}"
        except ValueError:
            raise UsageError(f"this endpoint's address has no such host or port: {shown}") from None
        if not parts.hostname:
            raise UsageError(f"this endpoint's address names no host: {shown}")
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        self.url = parts._replace(netloc=host + port, fragment="").geturl()
        self.timeout = timeout
        self._prefixes = prefixes
        self._credentials = unquote(parts.username or ""), unquote(parts.password or "")

    def query(self, sparql: str) -> Result:
        """See `Store.query`. What is no query is refused before anything is sent."""
        form = form_of(sparql)
        request = self._request(with_prefixes(sparql, self._prefixes), form)
        reply = reply_to(request, seconds=self.timeout)
        if form in ("SELECT", "ASK"):
            return self._table(reply.body, reply.kind)
        return self._triples(reply)

    def _request(self, sparql: str, form: Form) -> Request:
        from SPARQLWrapper import POST, SPARQLWrapper

        wrapper = SPARQLWrapper(self.url, agent=_agent())
        wrapper.setQuery(sparql)
        wrapper.queryType = form  # its own guess reads comments, too
        wrapper.setMethod(POST)
        wrapper.setReturnFormat("json" if form in ("SELECT", "ASK") else "n3")
        if all(self._credentials):
            wrapper.setCredentials(*self._credentials)
        # It composes what endpoints of several makes understand; how it sends has no deadline,
        # follows redirects to any host and takes a part for the whole.
        request: Request = wrapper._createRequest()
        request.add_header("Accept-Encoding", "identity")
        return request

    def _table(self, body: bytes, kind: str = "") -> Result:
        # Not by pyoxigraph's own reader: triple terms nested deeply would end the process in it.
        try:
            answer = json.loads(
                body, strict=False
            )  # Virtuoso leaves line ends in values as they are
            if isinstance(answer.get("boolean"), bool):
                return bool(answer["boolean"])
            names = tuple(map(str, answer["head"]["vars"]))
            bindings = [{n: b[n] for n in names if n in b} for b in answer["results"]["bindings"]]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            what = f" but {kind}" if kind and "json" not in kind else ""
            raise EndpointError(
                f"{self.url} answered something that is not a SPARQL result{what}: {body[:80]!r}"
            ) from error
        rows = (
            tuple(self._term(b[n], row, n) if n in b else None for n in names)
            for row, b in enumerate(bindings, start=1)
        )
        return Rows(names, tuple(rows))

    def _term(self, value: Any, row: int, name: str) -> Term:
        """A term of an answer; where it is none, an error that names it."""
        try:
            return _term(value)
        except (KeyError, *LIBRARY_FAULTS) as error:
            shown = json.dumps(value, ensure_ascii=False)
            shown = shown if len(shown) <= 80 else f"{shown[:80]}…"
            raise EndpointError(
                f"{self.url} answered something that is not a SPARQL result: in row {row} "
                f"?{name} is {shown}"
            ) from error

    def _triples(self, reply: Reply) -> Result:
        if reply.kind and reply.kind not in _TURTLE:
            raise EndpointError(f"{self.url} answered {reply.kind}, which is not Turtle")
        if too_deep(reply.body) is not None:
            raise EndpointError(f"{self.url} answered Turtle that nests too deeply to be read")
        try:
            quads = pyoxigraph.parse(reply.body, format=RdfFormat.TURTLE)
            return tuple(quad.triple for quad in quads)
        except (SyntaxError, *LIBRARY_FAULTS) as error:
            raise EndpointError(
                f"{self.url} answered something that is not Turtle: {error}"
            ) from error


@cache
def _agent() -> str:
    return f"legation/{metadata.version('legation')} (a SPARQL client for people)"


def _term(value: Any, depth: int = 0) -> Term:
    kind, said = value["type"], value["value"]
    if kind == "triple":
        if depth > _DEEPEST:
            raise ValueError("triple terms nest too deeply")
        parts = (_term(said[part], depth + 1) for part in ("subject", "predicate", "object"))
        return Triple(*parts)  # type: ignore[arg-type]
    if kind == "bnode" or (kind == "uri" and said.startswith("_:")):
        return _blank(said.removeprefix("_:"))
    if kind == "uri":
        return _named(said)
    language = value.get("xml:lang", "").replace("_", "-")  # zh_CN, and none at all
    if language:
        return Literal(said, language=language)
    datatype = value.get("datatype")
    return Literal(said, datatype=NamedNode(datatype)) if datatype else Literal(said)


def _blank(label: str) -> BlankNode:
    """A blank node under its label; under a digest of one that is none, as nodeID://b10251."""
    try:
        return BlankNode(label)
    except ValueError:
        return BlankNode(f"b{sha256(label.encode()).hexdigest()[:32]}")


def _named(iri: str) -> NamedNode | Literal:
    """An IRI; as a text where it is an address with signs that no IRI has, as DBpedia sends."""
    try:
        return NamedNode(iri)
    except ValueError:
        if re.match(r"(https?|urn|mailto|ftp):\S", iri) is None:
            raise
        return Literal(iri)
