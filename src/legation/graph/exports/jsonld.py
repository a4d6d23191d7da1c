"""The graph as compact JSON-LD 1.1, and the context by itself.

Invariant: nothing is fetched to read it, for the context stands in the file; a value is written in
a short form only where the context gives it back as it was, lexical form and all.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from legation.graph.exports.edition import Edition
from legation.rdf.vocabulary import LANG_STRING, LEG, RDF, XSD, compact


def jsonld(edition: Edition) -> str:
    """The default graph as nodes, each claim with what it states under ``@graph``."""
    graphs = edition.dataset.claim_graphs
    nodes = _nodes(edition, edition.dataset.default)
    for name, triples in graphs.items():
        node = nodes.setdefault(name, {"@id": _short(edition, name)})
        node["@graph"] = list(_nodes(edition, triples).values())
    lines = ",\n".join(_line(nodes[name]) for name in sorted(nodes, key=str))
    return f'{{"@context": {_line(terms_of(edition))},\n"@graph": [\n{lines}\n]}}\n'


def context(edition: Edition) -> str:
    """The context: prefixes, and which properties have IRIs or dates as values."""
    return f'{{"@context": {json.dumps(terms_of(edition), indent=1, ensure_ascii=False)}}}\n'


def terms_of(edition: Edition) -> dict[str, Any]:
    """What a context says: prefixes, and the sort of value that properties have."""
    ontology = edition.ontology
    terms: dict[str, Any] = dict(sorted(edition.prefixes.items()))
    for term in sorted(ontology.properties, key=str):
        name, coerced = _short(edition, term), _coerced(edition, term)
        if coerced is not None and ":" in name and not name.startswith("http"):
            terms[name] = {"@type": coerced}
    return terms


def _coerced(edition: Edition, term: NamedNode) -> str | None:
    if term in edition.ontology.object_properties:
        return "@id"
    named = [v for v in edition.ontology.marks(term, LEG.datatype) if isinstance(v, NamedNode)]
    return _short(edition, named[0]) if len(named) == 1 else None


def _nodes(edition: Edition, triples: Iterable[Triple]) -> dict[NamedNode, dict[str, Any]]:
    found: defaultdict[NamedNode, dict[str, Any]] = defaultdict(dict)
    for triple in triples:
        if not isinstance(triple.subject, NamedNode):
            continue
        node = found[triple.subject]
        node.setdefault("@id", _short(edition, triple.subject))
        if triple.predicate == RDF.type:
            node.setdefault("@type", []).append(_short(edition, triple.object))
            continue
        values = node.setdefault(_short(edition, triple.predicate), [])
        values.append(_value(edition, triple.predicate, triple.object))
    for node in found.values():
        for key, values in node.items():
            if isinstance(values, list) and len(values) == 1:
                node[key] = values[0]
    return dict(found)


def _value(edition: Edition, kind: NamedNode, value: object) -> Any:
    coerced = _coerced(edition, kind)
    if not isinstance(value, Literal):
        short = _short(edition, value)
        return short if coerced == "@id" else {"@id": short}
    if value.language is not None:
        return {"@value": value.value, "@language": value.language}
    datatype = _short(edition, value.datatype)
    if coerced == datatype:
        return value.value
    native = _native(value) if coerced is None else None
    if native is not None:
        return native
    if value.datatype in (XSD.string, LANG_STRING):
        return value.value if coerced is None else {"@value": value.value}
    return {"@value": value.value, "@type": datatype}


def _native(value: Literal) -> int | bool | None:
    """A number or truth value whose JSON form comes back as the same literal."""
    if value.datatype == XSD.boolean and value.value in ("true", "false"):
        return value.value == "true"
    is_integer = value.datatype == XSD.integer and len(value.value) < 16
    if is_integer and value.value.lstrip("-").isdecimal() and str(int(value.value)) == value.value:
        return int(value.value)
    return None


def _short(edition: Edition, node: object) -> str:
    iri = str(getattr(node, "value", node))
    short = compact(iri, edition.prefixes)
    return iri if short.startswith("<") else short


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
