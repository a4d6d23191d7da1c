"""What people see of a served graph: plain pages that a site may take the place of.

Invariant: a page fetches nothing and runs no script; whatever is on it is text.

This is the seam. `leaf` makes the page of one thing and `front` the first one, from what is known
here; whoever renders a site of such pages is called from these two, with `Holding.address` as the
scheme of its links.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, QueryBoolean, QueryTriples

from legation.answer import Cell, Entity, Several, explain
from legation.answer import written as read
from legation.errors import UsageError
from legation.graph.registry import Candidate
from legation.pages import policy, render
from legation.rdf import trig
from legation.rdf.guard import form_of
from legation.rdf.vocabulary import compact, local_name
from legation.serve.dispatch import Dispatch
from legation.serve.holding import Holding
from legation.serve.solved import GRAPHS, TABLES, Put, TooLong, answered, few, written
from legation.store import text_of
from legation.store.memory import Solved

_STYLES = ("served.css",)
_CONTENT = ("Content-Security-Policy", f"{policy(_STYLES, (), forms=True)}; frame-ancestors 'none'")
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
    return Dispatch(
        status, "text/html; charset=utf-8", text.encode("utf-8", "replace"), (_CONTENT,)
    )


def _parts(held: Holding, cell: Cell) -> list[Part]:
    if isinstance(cell, Several):
        return [part for value in cell.values for part in _parts(held, value)]
    return [(read(cell), held.address(cell.iri) if isinstance(cell, Entity) else "")]


def front(held: Holding) -> Dispatch:
    """The first page: what this is, what it can be asked, and one answer with its receipt."""
    triples, graphs = held.size
    asked = [(q.name, q.summary) for q in held.kg.questions.values()]
    size = f"{triples:,} triples, and {graphs:,} claims and contents as graphs of their own"
    return _page("served-front.html", held.title, size=size, questions=asked)


def leaf(held: Holding, thing: NamedNode) -> Dispatch:
    """The page of a thing: everything said of it, each fact beside the words that state it."""
    explained, iri = explain(held.source, thing), thing.value
    claims = [
        {
            "passage": claim.passage,
            "facts": [[_parts(held, cell) for cell in fact] for fact in claim.facts],
            "said": [[_parts(held, cell) for cell in fact] for fact in claim.said],
            "conflicts": claim.conflicts_with,
            "article": held.address(claim.passage.article),
        }
        for claim in explained.claims
    ]
    registry = [(read(p), _parts(held, value)) for _, p, value in explained.registry]
    return _page(
        "served-leaf.html",
        explained.thing.label,
        iri=iri,
        kinds=", ".join(explained.kinds),
        registry=registry,
        claims=claims,
        document=held.address(iri),
    )


def terms(held: Holding) -> Dispatch:
    """The page of the terms: each by its local name, with its label and definition."""
    ontology = held.space.ontology
    listed = sorted(ontology.terms, key=lambda term: (local_name(term).casefold(), term.value))
    told = [(local_name(t), ontology.label(t), ontology.definition(t)) for t in listed]
    return _page("served-terms.html", "Terms", terms=told)


def found(held: Holding, text: str, things: Sequence[Candidate]) -> Dispatch:
    """The page of what a name may mean."""
    listed = [(c.label, held.address(c.iri.value), c.why or c.name) for c in things]
    return _page("served-found.html", "Find", q=text, things=listed)


def console(held: Holding, put: Put | None) -> Dispatch:
    """The form for a query, and below it what came of one."""
    if put is None:
        return _page("served-console.html", "SPARQL", query=_EXAMPLE, made=None, fault="")
    try:
        form_of(put.query)
        made = answered(held, put, lambda raw: _made(held, raw))
    except UsageError as error:
        status = 413 if isinstance(error, TooLong) else 400
        fault = str(error)
        return _page(
            "served-console.html", "SPARQL", status=status, query=put.query, made=None, fault=fault
        )
    return _page("served-console.html", "SPARQL", query=put.query, made=made, fault="")


@dataclass(frozen=True, slots=True)
class _Made:
    """What came of a query: a table of which the first rows are shown, or a text."""

    text: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Part, ...], ...] = ()
    count: int = 0


def _made(held: Holding, raw: Solved) -> _Made:
    if isinstance(raw, QueryBoolean):
        return _Made("yes" if raw else "no")
    if isinstance(raw, QueryTriples):
        return _Made(written(few(raw), "text/turtle", held).decode())
    names = tuple(variable.value for variable in raw.variables)
    found = few(raw)
    rows = tuple(tuple(_part(held, one[n]) for n in names) for one in found[:_MOST_SHOWN])
    return _Made("", names, rows, len(found))


def _part(held: Holding, term: object) -> Part:
    if isinstance(term, NamedNode):
        return compact(term, held.edition.prefixes), held.address(term.value)
    return ("", "") if term is None else (text_of(term), "")


def service(held: Holding) -> bytes:
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
