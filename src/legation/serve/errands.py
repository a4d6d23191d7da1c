"""What a courier can be asked to do, each by its name.

Invariant: an errand ends in a dispatch, whatever is asked; what is wrong with it is said in words.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import partial
from importlib import import_module
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode, Triple

from legation.errors import LIBRARY_FAULTS, LegationError, UnknownName, UsageError
from legation.rdf.vocabulary import RDFS
from legation.serve import facade, openapi
from legation.serve.dispatch import JSON, Dispatch, best, in_json, problem, sentence
from legation.serve.served import ServedGraph
from legation.serve.solved import GRAPHS, HTML, TABLES, Put, TooLong, solved, with_charset, written
from legation.serve.zygote import Work

Given = Mapping[str, Any]
_MOST_FOUND = 50
TERMS = "ns"

SUFFIXES = dict(zip((HTML, *GRAPHS), (".html", ".ttl", ".nt", ".jsonld", ".rdf"), strict=True))
"""How the address of a document ends that has one form alone."""


def packed(name: str, /, **given: object) -> bytes:
    """An errand as bytes."""
    return json.dumps([name, given]).encode()


def working(held: ServedGraph) -> Work:
    """What does the errands of a graph; to be forked, so all that is read late is read now."""

    def work(errand: bytes) -> Dispatch:
        name, given = json.loads(errand)
        return _done(held, name, given)

    import_module("rdflib.plugins.sparql.parser")  # shows where a query is wrong
    thing = held.site.edition.dataset.default[0].subject
    told = packed(
        "document", path=f"{str(thing)[1:-1].removeprefix(held.site.addresses.base)}.html"
    )
    for errand in (*_REHEARSED, told):
        work(errand)
    return work


def _done(held: ServedGraph, name: str, given: Given) -> Dispatch:
    fails = problem if name in ("ask", "explain") else sentence
    try:
        return _ERRANDS[name](held, given)
    except TooLong as error:
        return fails(413, str(error))
    except UnknownName as error:
        return problem(400, str(error), {"candidates": list(error.candidates)})
    except LegationError as error:
        return fails(400, str(error))
    except MemoryError:
        return sentence(503, "this needed more memory than one may take: ask for less")
    except LIBRARY_FAULTS as error:
        return fails(500, f"failed by a fault of its own ({type(error).__name__})")


def _sparql(held: ServedGraph, given: Given) -> Dispatch:
    put = Put(given["query"], given["accept"], tuple(given["default"]), tuple(given["named"]))
    is_page = best(put.accept, (*TABLES, *GRAPHS, HTML)) == HTML
    return facade.console(held, put) if is_page else solved(held, put)


def _ask(held: ServedGraph, given: Given) -> Dispatch:
    """A question's answer: all its rows, or as many as `limit` says beside the count of all."""
    asked = dict(given["asked"])
    if len(asked) < len(given["asked"]):
        raise UsageError("a parameter is given twice")
    try:
        question = held.kg.questions.named(given["question"])
    except UsageError as error:
        return problem(404, str(error))
    limit = _number(asked.pop("limit", None))
    for parameter in asked:
        question.param(parameter)
    answer = held.kg.ask(question.name, **asked)
    shown = answer if limit is None else answer[:limit]
    rows = {"count": len(answer), "is_cut": len(shown) < len(answer)}
    more = {"summary": answer.summary, "labels": answer.labels, "hint": answer.hint}
    return in_json({**shown.to_dict(evidence=True), **rows, **more, "sparql": answer.sparql})


def _number(text: str | None) -> int | None:
    if text is not None and not (text.isascii() and text.isdigit() and len(text) < 9):
        raise UsageError(f"limit takes a whole number, not {text!r}")
    return None if text is None else int(text)


def _find(held: ServedGraph, given: Given) -> Dispatch:
    found = held.kg.find(given["q"]) if given["q"].strip() else []
    if best(given["accept"], (JSON, HTML)) == HTML:
        return facade.found(held, given["q"], found)
    results = [
        {**asdict(one), "iri": one.iri.value, "page": held.address(one.iri.value)}
        for one in found[:_MOST_FOUND]
    ]
    return in_json({"q": given["q"], "count": len(found), "results": results})


def _document(held: ServedGraph, given: Given) -> Dispatch:
    """What is known of a thing or of the terms, in the form that the suffix tells."""
    path = str(given["path"])
    kind = next((kind for kind, suffix in SUFFIXES.items() if path.endswith(suffix)), HTML)
    path = path.removesuffix(SUFFIXES[kind])
    triples = list(held.ontology) if path == TERMS else about(held, path)
    if not triples:
        return sentence(404, f"nothing here is called {held.site.addresses.base}{path}")
    if kind == HTML:
        return facade.leaf(held, NamedNode(held.site.addresses.base + path))
    return Dispatch(200, with_charset(kind), written(triples, kind, held))


def about(held: ServedGraph, path: str) -> list[Triple]:
    """The triples of a thing, those that lead to it, and what all in them is called."""
    try:
        node = NamedNode(held.site.addresses.base + path)
    except ValueError:
        return []
    facts = partial(held.store.quads, graph=DefaultGraph())  # what is only said stands elsewhere
    told = [quad.triple for quad in (*facts(node), *facts(value=node))]
    named = {t for triple in told for t in (triple.subject, triple.object)} - {node}
    for thing in sorted((t for t in named if isinstance(t, NamedNode)), key=str):
        told += (quad.triple for quad in facts(thing, RDFS.label))
    return list(dict.fromkeys(told))


_ERRANDS: dict[str, Callable[[ServedGraph, Given], Dispatch]] = {
    "sparql": _sparql,
    "console": lambda held, _: facade.console(held, None),
    "service": lambda held, _: Dispatch(200, with_charset("text/turtle"), facade.service(held)),
    "ask": _ask,
    "find": _find,
    "explain": lambda held, given: in_json(asdict(held.kg.explain(given["thing"]))),
    "questions": lambda held, _: in_json({"questions": openapi.questions(held)}),
    "openapi": lambda held, _: in_json(openapi.description(held)),
    "sheet": lambda held, given: facade.sheet(held, given["path"]),
    "document": _document,
}

# Whatever is loaded or reckoned when first needed is needed here, before a fork.
_REHEARSED = (
    packed("sparql", query="SELEC", accept=HTML, default=[], named=[]),
    packed("sparql", query="SELECT * { ?s a nobody:x }", accept=HTML, default=[], named=[]),
    packed("sparql", query="SELECT (1 AS ?x) {}", accept=HTML, default=[], named=[]),
    packed("find", q="embassy in May", accept=HTML),
    packed("sheet", path="ns.html"),
    packed("openapi"),
    packed("sheet", path="index.html"),
)
