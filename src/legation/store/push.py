"""A built graph sent to a store elsewhere, and read back.

Invariant: nothing is sent but reads and writes of graphs, and what that store holds beside this
graph stays unless somebody asked to replace it. Whatever is there already is not sent again, so a
push that broke off goes on where it stopped; it has arrived where all of it was read back.
Source: SPARQL 1.1 Graph Store HTTP Protocol, 4 and 5.
"""

import base64
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from urllib.parse import quote, urlsplit
from urllib.request import Request

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store

from legation.errors import LIBRARY_FAULTS, EndpointError, UsageError
from legation.rdf.gathering import gathered
from legation.rdf.trig import write_nquads
from legation.store.connection import Way
from legation.store.endpoint import RemoteStore
from legation.store.wire import Reply, reply_to

Name = NamedNode | DefaultGraph

PART = 20_000
"""Quads in one request: what breaks off costs no more than this."""
_HERE = ("localhost", "127.0.0.1", "::1")
_WRITING = Way(hint="give it longer with --seconds", done=(200, 201, 204))
_NO_WHOLE = (400, 404, 405, 406, 415, 501)


class GraphStore:
    """A graph store, at the address that takes graphs; it has so many seconds for each request.

    A user name and a password go to this address alone, and only in TLS or to this machine.

    Attributes:
        url: The address.
        takes_all: Whether it reads and takes graphs with their names, many at once.
    """

    def __init__(
        self, address: str, *, user: str = "", password: str = "", seconds: float = 300
    ) -> None:
        self.url = RemoteStore(address).url
        parts = urlsplit(self.url)
        if "@" in urlsplit(address).netloc:
            raise UsageError("give the name and password in the environment, not in the address")
        if user and parts.scheme != "https" and parts.hostname not in _HERE:
            raise UsageError(f"a password is not sent to {self.url} in the clear: give https://")
        self.takes_all = True
        self._seconds = seconds
        self._authorized: dict[str, str] = {}
        if user:
            pair = base64.b64encode(f"{user}:{password}".encode()).decode()
            self._authorized = {"Authorization": f"Basic {pair}"}

    def held(self, names: Collection[Name]) -> set[Quad]:
        """What it holds: all of it where it can tell, else what it holds in some graphs."""
        if self.takes_all:
            try:
                reply = self._sent("GET", self.url)
            except EndpointError as error:
                if error.status not in _NO_WHOLE:
                    raise
            else:
                if "quads" in reply.kind:
                    return _read(reply, RdfFormat.N_QUADS)
            self.takes_all = False  # the protocol asks it of nobody
        return {quad for name in names for quad in self._graph(name)}

    def _graph(self, name: Name) -> Iterator[Quad]:
        try:
            reply = self._sent("GET", self._of(name), "application/n-triples")
        except EndpointError as error:
            if error.status != 404:  # it has no such graph yet
                raise
            return
        for found in _read(reply, RdfFormat.N_TRIPLES):
            yield Quad(found.subject, found.predicate, found.object, name)

    def _of(self, name: Name) -> str:
        which = f"graph={quote(name.value, safe='')}" if isinstance(name, NamedNode) else "default"
        return f"{self.url}{'&' if '?' in self.url else '?'}{which}"

    def add(self, quads: Sequence[Quad]) -> None:
        """Add quads to whatever their graphs hold."""
        if self.takes_all:
            self._sent("POST", self.url, data=write_nquads(quads).encode())
            return
        for name, of_graph in _by_graph(quads).items():
            self._sent("POST", self._of(name), "application/n-triples", _triples(of_graph))

    def replace(self, name: Name, quads: Iterable[Quad]) -> None:
        """Let a graph hold some quads and nothing else."""
        self._sent("PUT", self._of(name), "application/n-triples", _triples(quads))

    def _sent(
        self, method: str, url: str, kind: str = "application/n-quads", data: bytes | None = None
    ) -> Reply:
        about = {"Accept": kind} if data is None else {"Content-Type": kind}
        headers = {"Accept-Encoding": "identity", **about, **self._authorized}
        request = Request(url, data, headers, method=method)
        return reply_to(request, seconds=self._seconds, way=_WRITING)


@dataclass(frozen=True)
class Shortfall:
    """What a graph store lacks of a graph, and what it holds beside it."""

    whole: frozenset[Quad]
    there: frozenset[Quad]

    @cached_property
    def missing(self) -> tuple[Quad, ...]:
        """What has to be sent, in N-Quads order."""
        return tuple(sorted(self.whole - self.there, key=str))

    @cached_property
    def surplus(self) -> frozenset[Quad]:
        """What stands in graphs of this graph that it does not say."""
        own = {quad.graph_name for quad in self.whole}
        return frozenset(quad for quad in self.there - self.whole if quad.graph_name in own)

    @property
    def others(self) -> int:
        """How many graphs there are none of this graph's."""
        own = {quad.graph_name for quad in self.whole}
        return len({quad.graph_name for quad in self.there} - own)


def compared(store: GraphStore, quads: Iterable[Quad]) -> Shortfall:
    """What a graph store lacks of some quads; each literal in the form that an engine keeps."""
    whole = _as_kept(quads)
    names = {quad.graph_name for quad in whole}
    there = store.held([n for n in names if isinstance(n, NamedNode | DefaultGraph)])
    return Shortfall(whole, _as_kept(there))


def push(
    store: GraphStore,
    difference: Shortfall,
    *,
    replaces: bool = False,
    told: Callable[[int], object] = lambda sent: None,
) -> str:
    """Send what is missing and read all back; the SHA-256 of the rows that arrived.

    Raises:
        UsageError: Graphs there hold more than this graph says, and nobody asked to replace it.
        EndpointError: It refused or failed, or holds something else afterwards.
    """
    if difference.surplus and not replaces:
        raise UsageError(
            f"{store.url} holds {len(difference.surplus):,} statements in graphs of this one that "
            "it does not say: give --replace to let these graphs hold what it says, and no more"
        )
    changed = {quad.graph_name for quad in difference.surplus}
    for name, of_graph in _by_graph(q for q in difference.whole if q.graph_name in changed).items():
        store.replace(name, of_graph)
    left = [quad for quad in difference.missing if quad.graph_name not in changed]
    for start in range(0, len(left), PART):
        store.add(left[start : start + PART])
        told(min(start + PART, len(left)))
    arrived = compared(store, difference.whole)
    if arrived.missing or arrived.surplus:
        lost, more = len(arrived.missing), len(arrived.surplus)
        raise EndpointError(
            f"{store.url} took everything, but lacks {lost:,} statements and holds {more:,} "
            "others: push again; if that does not help, it keeps values in a form of its own"
        )
    return fingerprint(arrived.whole)


def fingerprint(quads: Iterable[Quad]) -> str:
    """The SHA-256 of quads as sorted N-Quads."""
    return sha256(write_nquads(quads).encode()).hexdigest()


def _as_kept(quads: Iterable[Quad]) -> frozenset[Quad]:
    engine = Store()
    engine.extend(quads)
    return frozenset(engine)


def _by_graph(quads: Iterable[Quad]) -> dict[Name, list[Quad]]:
    named = ((quad.graph_name, quad) for quad in quads)
    return gathered((n, q) for n, q in named if isinstance(n, NamedNode | DefaultGraph))


def _triples(quads: Iterable[Quad]) -> bytes:
    return "".join(sorted(f"{quad.triple} .\n" for quad in quads)).encode()


def _read(reply: Reply, form: RdfFormat) -> set[Quad]:
    try:
        return set(pyoxigraph.parse(reply.body, format=form))
    except (SyntaxError, *LIBRARY_FAULTS) as error:
        raise EndpointError(f"{reply.url} answered something that is no graph: {error}") from error
