"""Is every term one that exists?

Invariant: the vocabulary is closed. A misspelt class, property, value or SHACL keyword makes
triples that no question finds and shapes that never fail, so each is a finding.
"""

import keyword
from collections.abc import Iterable, Iterator, Set
from functools import cache
from itertools import chain

from pyoxigraph import BlankNode, Literal, NamedNode

from legation.checks.case import Case
from legation.checks.finding import Finding, Rule
from legation.checks.places import Place
from legation.rdf.trig import LocatedQuad
from legation.rdf.vocabulary import EDTF, PREFIXES, RDF

UNKNOWN_CLASS = Rule("unknown-class", "error", "Every class used is one of the ontology's.")
UNKNOWN_PROPERTY = Rule(
    "unknown-property", "error", "Every property used is one that the ontology has or borrows."
)
UNKNOWN_VALUE = Rule("unknown-value", "error", "Every named value is one of the ontology's.")
UNKNOWN_SHACL = Rule(
    "unknown-shape-term", "error", "Every term in a shape is one of SHACL's or the ontology's."
)
UNDEFINED = Rule(
    "undefined-ontology-term", "error", "Every term that the ontology mentions is defined."
)
BLANK = Rule("blank-node", "error", "Everything that people record has an IRI.")
DATATYPE = Rule("unknown-datatype", "error", "A literal has a datatype of XML Schema or EDTF.")

_CLOSED = ("dcterms", "edtf", "org", "owl", "prov", "rdf", "rdfs", "sh", "skos", "xsd")
"""The prefixes of namespaces, other than ours, of which every term is known."""

_LIKELY = 72.0  # of 100: less alike is another word, not a slip
_SORTS = {
    UNKNOWN_CLASS: "class",
    UNKNOWN_PROPERTY: "property",
    UNKNOWN_VALUE: "value",
    DATATYPE: "datatype",
}


def check(case: Case) -> Iterator[Finding]:
    """Look every term up."""
    if _has_strangers(case):
        yield from _data(case)
    for file in case.record.files:
        if file.kind in ("ontology", "shapes") and case.is_asked(file.path):
            rule = UNKNOWN_SHACL if file.kind == "shapes" else UNDEFINED
            used = {term for located in file.quads for term in located.quad.triple}
            undefined = {n for n in used if isinstance(n, NamedNode) and _is_undefined(case, n)}
            for located in file.quads if undefined else ():
                yield from _grammar(case, located, rule, undefined)


def _has_strangers(case: Case) -> bool:
    """Whether any line need be looked at: what is written all over is looked up once."""
    spoken = case.spoken
    nodes = chain(spoken.subjects, spoken.classes, spoken.values)
    things = [value for value in spoken.values if isinstance(value, NamedNode)]
    datatypes = {value.datatype for value in spoken.values if isinstance(value, Literal)}
    return (
        not spoken.properties <= case.ontology.authored
        or not spoken.classes <= case.ontology.classes
        or any(isinstance(node, BlankNode) for node in nodes)
        or any(_is_undefined(case, node) for node in things)
        or not all(map(_is_datatype, datatypes))
    )


def _data(case: Case) -> Iterator[Finding]:
    properties = case.ontology.authored
    refused: set[tuple[object, ...]] = set()
    for located in case.record.quads("registry", "article"):
        quad = located.quad
        subject = quad.subject if isinstance(quad.subject, NamedNode) else None
        if not case.is_asked(located.path, subject, quad.graph_name):
            continue
        if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode):
            message = "a blank node cannot be cited: give the thing an IRI"
            yield case.finding(BLANK, Place(located.path, located.line), message, about=subject)
        if quad.predicate not in properties:
            written = (located.path, quad.subject, quad.predicate, quad.graph_name)
            if written in refused:
                continue  # another value of the same misspelt property
            refused.add(written)
            yield from _unknown(case, located, quad.predicate, UNKNOWN_PROPERTY, properties)
        elif quad.predicate == RDF.type and isinstance(quad.object, NamedNode):
            if quad.object not in case.ontology.classes:
                yield from _unknown(
                    case, located, quad.object, UNKNOWN_CLASS, case.ontology.classes
                )
        elif isinstance(quad.object, NamedNode) and _is_undefined(case, quad.object):
            yield from _unknown(case, located, quad.object, UNKNOWN_VALUE, case.ontology.terms)
        elif isinstance(quad.object, Literal) and not _is_datatype(quad.object.datatype):
            known = {EDTF} | _listed("xsd")
            yield from _unknown(case, located, quad.object.datatype, DATATYPE, known)


def _unknown(
    case: Case, located: LocatedQuad, term: NamedNode, rule: Rule, known: Iterable[NamedNode]
) -> Iterator[Finding]:
    suggestion = nearest_term(case, term, known)
    message = _retired(case, term) or (
        f"there is no {_SORTS[rule]} {case.short(term)}: use one that exists"
    )
    of = term if term == located.quad.predicate else located.quad.object
    yield case.fault(rule, located, message, suggestion, of=of)


def _grammar(
    case: Case, located: LocatedQuad, rule: Rule, undefined: Set[NamedNode]
) -> Iterator[Finding]:
    quad = located.quad
    for term in (quad.subject, quad.predicate, quad.object):
        if not isinstance(term, NamedNode) or term not in undefined:
            continue
        if quad.subject in case.ontology.successors:
            continue  # where it is said that the term is retired
        known = _siblings(case, term) or ()
        message = _retired(case, term) or (
            f"there is no term {case.short(term)}: a misspelt term is silently without effect"
        )
        place = Place(located.path, located.line, term)
        yield case.finding(rule, place, message, suggestion=nearest_term(case, term, known))


def _retired(case: Case, term: NamedNode) -> str:
    """That a term was retired, and for which; empty for one that never was."""
    successor = case.ontology.successors.get(term)
    if successor is None:
        return ""
    return f"{case.short(term)} is retired: use {case.short(successor)}"


def nearest_term(case: Case, term: NamedNode, known: Iterable[NamedNode]) -> str:
    """The most similar term, as its author would write it; empty when none is near."""
    from rapidfuzz import fuzz, process  # only needed when a term is wrong

    if successor := case.ontology.successors.get(term):
        return case.short(successor)
    choices = sorted(case.short(node) for node in known)
    best = process.extractOne(case.short(term), choices, scorer=fuzz.ratio, score_cutoff=_LIKELY)
    return "" if best is None else str(best[0])


def _is_undefined(case: Case, node: NamedNode) -> bool:
    siblings = _siblings(case, node)
    return siblings is not None and node not in siblings


def _siblings(case: Case, node: NamedNode) -> Set[NamedNode] | None:
    """Every term of the namespace that an IRI lies in; None where its terms are not known."""
    if node.value.startswith(PREFIXES["leg"]):
        return case.ontology.terms
    found = (prefix for prefix in _CLOSED if node.value.startswith(PREFIXES[prefix]))
    return next((_listed(prefix) for prefix in found), None)


def _is_datatype(datatype: NamedNode) -> bool:
    # rdf: has datatypes, langString among them, that rdflib does not list.
    return datatype in {EDTF} | _listed("xsd") or datatype.value.startswith(PREFIXES["rdf"])


@cache
def _listed(prefix: str) -> frozenset[NamedNode]:
    """The terms of a W3C or Dublin Core namespace, as rdflib lists them."""
    from rdflib import namespace

    if prefix == "edtf":
        return frozenset({EDTF})
    space = getattr(namespace, prefix.upper())
    listed = {str(term) for term in dir(space) if str(term).startswith(PREFIXES[prefix])}
    # ``sh:in`` and others that are words of Python are known to rdflib but not listed.
    words = {PREFIXES[prefix] + word for word in keyword.kwlist if word in space}
    return frozenset(map(NamedNode, listed | words))
