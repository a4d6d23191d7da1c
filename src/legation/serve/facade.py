"""What people see of a served graph: the site, each page made when it is asked for, and forms.

Invariant: a page runs only scripts of the site, under the policy that it has in its head.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from urllib.parse import quote

from pyoxigraph import NamedNode, QueryBoolean, QueryTriples

from legation.errors import UsageError
from legation.graph.registry import Candidate
from legation.pages import policy, render
from legation.rdf import trig
from legation.rdf.guard import form_of
from legation.rdf.vocabulary import compact
from legation.serve.dispatch import JSON, PLAIN, Dispatch, sentence
from legation.serve.served import ServedGraph
from legation.serve.solved import GRAPHS, TABLES, Put, TooLong, answered, few, written
from legation.site import LOST, page
from legation.site.addresses import FRONT, root
from legation.store import text_of
from legation.store.memory import Solved

_STYLES = ("served.css",)
_CONTENT = ("Content-Security-Policy", f"{policy(_STYLES, (), forms=True)}; frame-ancestors 'none'")
_PAGE = "text/html; charset=utf-8"
_KINDS = {
    "html": _PAGE,
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": JSON,
    "nq": "application/n-quads",
    "svg": "image/svg+xml",
    "ttl": "text/turtle; charset=utf-8",
    "wasm": "application/wasm",
}
_WORKING = (  # a script that works beside a page has its own policy
    "Content-Security-Policy",
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; "
    "frame-ancestors 'none'",
)
_MOST_SHOWN = 500
# What the form shows before anybody has typed; known prefixes need no declaration here.
_EXAMPLE = """SELECT ?who ?quote WHERE {
  ?event a leg:Gathering ; leg:attendee ?who .
  ?claim leg:describes ?event ; leg:quote ?quote .
  GRAPH ?claim { ?event leg:attendee ?who }
} ORDER BY ?who ?quote LIMIT 50"""

Part = tuple[str, str]
"""Some words, and where they lead; nowhere if that is empty."""


def _page(template: str, title: str, /, *, status: int = 200, **values: object) -> Dispatch:
    text = render(template, title=title, styles=_STYLES, scripts=(), forms=True, **values)
    return Dispatch(status, _PAGE, text.encode("utf-8", "replace"), (_CONTENT,))


def sheet(held: ServedGraph, path: str) -> Dispatch:
    """A file of the site, made now; what its own policy allows, its header does."""
    make = held.sheets.get(path)
    data, status = make() if make is not None else b"", 200
    if not data:
        path, data, status = LOST, held.sheets[LOST](), 404
    kind = _KINDS.get(path.rpartition(".")[2], PLAIN)
    return Dispatch(status, kind, data, (_ruled(data) if kind == _PAGE else _WORKING,))


def leaf(held: ServedGraph, thing: NamedNode) -> Dispatch:
    """The page of a thing; of one that is shown on another's, such as a claim, the way there."""
    path = FRONT if thing == held.site.edition.release.iri else held.site.path(thing)
    if path == FRONT or "#" in path:
        place = "id/" + thing.value.removeprefix(held.site.addresses.base)
        there = f"{root(place)}{quote(path, safe='/#')}"
        return Dispatch(303, PLAIN, b"", (("Location", there),))
    text = page(held.site, thing)
    if text is None:
        return sentence(404, f"{thing.value} has no page; other forms, such as .ttl, are there")
    data = text.encode("utf-8", "replace")
    return Dispatch(200, _PAGE, data, (_ruled(data),))


def _ruled(data: bytes) -> tuple[str, str]:
    """The policy that a page has in its head, and that nobody frames it."""
    told = re.search(rb'http-equiv="Content-Security-Policy" content="([^"]*)"', data)
    ruled = unescape(told[1].decode()) if told is not None else "default-src 'none'"
    return "Content-Security-Policy", f"{ruled}; frame-ancestors 'none'"


def found(held: ServedGraph, text: str, things: Sequence[Candidate]) -> Dispatch:
    """The page of what a name may mean."""
    listed = [(c.label, held.address(c.iri.value), c.why or c.name) for c in things]
    return _page("served-found.html", "Find", q=text, things=listed)


def console(held: ServedGraph, put: Put | None) -> Dispatch:
    """The form for a query, and below it what came of one."""
    query, made, fault, status = _EXAMPLE if put is None else put.query, None, "", 200
    try:
        form_of(query)
        made = None if put is None else answered(held, put, lambda raw: _made(held, raw))
    except UsageError as error:
        fault, status = str(error), 413 if isinstance(error, TooLong) else 400
    told = {"query": query, "made": made, "fault": fault}
    return _page("served-console.html", "SPARQL", status=status, **told)


@dataclass(frozen=True, slots=True)
class _Made:
    """What came of a query: a table of which the first rows are shown, or a text."""

    text: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Part, ...], ...] = ()
    count: int = 0


def _made(held: ServedGraph, raw: Solved) -> _Made:
    if isinstance(raw, QueryBoolean):
        return _Made("yes" if raw else "no")
    if isinstance(raw, QueryTriples):
        return _Made(written(few(raw), "text/turtle", held).decode())
    names = tuple(variable.value for variable in raw.variables)
    found = few(raw)
    rows = tuple(tuple(_part(held, one[n]) for n in names) for one in found[:_MOST_SHOWN])
    return _Made("", names, rows, len(found))


def _part(held: ServedGraph, term: object) -> Part:
    if isinstance(term, NamedNode):
        return compact(term, held.site.edition.prefixes), held.address(term.value)
    return ("", "") if term is None else (text_of(term), "")


def service(held: ServedGraph) -> bytes:
    """What the endpoint is, in Turtle; its own address is that from which it was got.

    Source: SPARQL 1.1 Service Description.
    """
    triples, graphs = held.size
    forms = [f"<{f.iri}>" for f in TABLES.values()] + [f"<{f.iri}>" for f in GRAPHS.values()]
    return f"""@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix void: <http://rdfs.org/ns/void#> .

<> a sd:Service ;
  dcterms:title {trig.quoted(held.title)} ;
  sd:endpoint <> ;
  sd:supportedLanguage sd:SPARQL11Query ;
  sd:resultFormat {", ".join(dict.fromkeys(forms))} ;
  sd:defaultDataset [
    a sd:Dataset ;
    dcterms:description {trig.quoted(f"{graphs:,} named graphs: one for each claim or content")} ;
    sd:defaultGraph [ a sd:Graph ; void:triples {triples} ]
  ] .
""".encode()
