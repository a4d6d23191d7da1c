"""Is everything that is spoken of declared, of the kind its IRI says, and nameable?

Invariant: persons, polities, bodies, offices and places are declared in the registry alone, and
beyond names and classes the registry states nothing that neither a claim nor a source bears.
"""

import re
from collections.abc import Iterator, Set
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from legation.checks.case import Case
from legation.checks.finding import Finding, Rule
from legation.checks.places import Place
from legation.checks.terms import nearest_term
from legation.graph.claim import SAYING
from legation.graph.record import SourceFile
from legation.rdf.trig import LocatedQuad
from legation.rdf.vocabulary import DCTERMS, ID, LEG, PREFIXES, PROV, RDF, RDFS, SCHEMA

UNKNOWN = Rule(
    "unknown-thing",
    "error",
    "Everything spoken of is declared: actors in the registry, the rest in articles.",
)
WRONG_KIND = Rule("iri-kind", "error", "A thing's class is of the kind that its IRI names.")
BAD_IRI = Rule(
    "iri-malformed",
    "error",
    "An IRI is kind/slug, the slug in lower-case letters, digits and hyphens.",
)
NO_LABEL = Rule(
    "label-missing", "warning", "Events, plans, instruments and unnamed actors have a label."
)
ORPHAN = Rule("label-without-thing", "warning", "Every label belongs to a thing that exists.")
UNPROVEN = Rule(
    "registry-fact-without-source",
    "error",
    "The registry names things; a fact in it carries the dcterms:source it comes from.",
)
UNSOURCED = Rule(
    "registry-unsourced",
    "error",
    "A fact of the registry other than names, classes and outside identifiers has a "
    "dcterms:source, or a claim that states it.",
)
ELSEWHERE = Rule(
    "thing-of-another-base", "error", "Whatever is recorded here has an IRI on this graph's base."
)

SLUG = re.compile(r"(?:(?![A-Z])[\w-])+")


def check(case: Case) -> Iterator[Finding]:
    """Hold every IRI against the declarations."""
    registered = {
        q.quad.subject for q in case.record.quads("registry") if q.quad.predicate == RDF.type
    }
    typed = {q.quad.subject for q in case.record.quads("article") if q.quad.predicate == RDF.type}
    declared = (
        registered
        | typed
        | {passage.iri for passage in (*case.record.passages, *case.record.contents)}
    )
    yield from _mentions(case, registered, declared)
    yield from _elsewhere(case)
    yield from _kinds(case)
    yield from _labels(case, declared)
    yield from _registry(case)


def kind_of(case: Case, node: NamedNode) -> str:
    """The kind that an IRI names (``person``); empty for an IRI of another space."""
    found = case.kind_form.match(node.value)
    return "" if found is None else found[1]


def _mentions(case: Case, registered: Set[object], declared: Set[object]) -> Iterator[Finding]:
    known = (registered, declared)
    spoken = case.spoken
    nodes = spoken.subjects | spoken.values | spoken.graphs
    strangers = {n for n in nodes if isinstance(n, NamedNode) and _is_strange(case, n, *known)}
    for file in case.record.files if strangers else ():
        mentioned = _mentioned(case, file) if file.kind in ("registry", "article") else {}
        for node, (located, times) in mentioned.items():
            if node in strangers and case.is_asked(file.path, node):
                told = "" if times < 2 else f" ({times} times)"
                yield from _mention(case, node, located, _known(case, node, *known), told)


def _is_strange(
    case: Case, node: NamedNode, registered: Set[object], declared: Set[object]
) -> bool:
    """Whether a thing is not declared where it should be, or has no IRI of this graph."""
    return _is_thing(case, node) and (
        node not in _known(case, node, registered, declared) or not _is_well_named(case, node)
    )


def _known(
    case: Case, node: NamedNode, registered: Set[object], declared: Set[object]
) -> Set[object]:
    return registered if _is_registered(case, kind_of(case, node)) else declared


def _is_well_named(case: Case, node: NamedNode) -> bool:
    kind = kind_of(case, node)
    return bool(kind and SLUG.fullmatch(node.value.partition(f"/{kind}/")[2]))


def _mentioned(case: Case, file: SourceFile) -> dict[NamedNode, tuple[LocatedQuad, int]]:
    """The things that a file speaks of: where first, and how often but as the name of a graph."""
    found: dict[NamedNode, tuple[LocatedQuad, int]] = {}
    naming = case.ontology.naming
    for located in file.quads:
        subject, predicate, value, graph = located.quad
        # What is no class is told elsewhere; an outside identifier may be of Legation's own base.
        is_apart = predicate == RDF.type or _is_outside(case, located.quad)
        nodes = () if predicate in naming else (subject, None if is_apart else value)
        for node in (*nodes, graph):
            if isinstance(node, NamedNode) and (node in found or _is_thing(case, node)):
                first, times = found.get(node, (located, 0))
                found[node] = first, times + (node != graph)
    return found


def _is_outside(case: Case, quad: Quad) -> bool:
    base = case.workspace.settings.get("base", ID)
    return quad.predicate == SCHEMA.sameAs and not str(quad.object).startswith(f"<{base}")


def _elsewhere(case: Case) -> Iterator[Finding]:
    """Things of another base, which no question would find by name; once in each file."""
    told: set[tuple[Path, NamedNode]] = set()
    activities = {thing for thing, kinds in case.types.items() if PROV.Activity in kinds}
    spoken = (case.spoken.subjects | case.spoken.values) - case.ontology.terms - activities
    strangers = any(isinstance(node, NamedNode) and not _is_thing(case, node) for node in spoken)
    for located in case.record.quads("registry", "article") if strangers else ():
        subject, predicate, value, _ = located.quad
        nodes = [subject]
        if predicate in case.ontology.object_properties:
            nodes.append(value if isinstance(value, NamedNode) else subject)
        for node in nodes:
            if not isinstance(node, NamedNode) or _is_thing(case, node) or node in activities:
                continue
            key = (located.path, node)
            is_term = node in case.ontology.terms or (
                node != subject and node.value.startswith(PREFIXES["leg"])
            )
            if key in told or is_term or not case.is_asked(*key):
                continue
            told.add(key)
            message = (
                f"{case.short(node)} lies outside this graph's base: give it an IRI of "
                f"{case.workspace.settings.get('base', ID)}, and name the other with schema:sameAs"
            )
            yield case.finding(
                ELSEWHERE, Place(located.path, located.line, node), message, about=node
            )


def _is_registered(case: Case, kind: str) -> bool:
    """Whether things of a kind are declared in the registry alone."""
    return case.ontology.kinds.get(kind) in case.ontology.marked(LEG.registered)


def _is_thing(case: Case, node: NamedNode) -> bool:
    return node.value.startswith(case.bases) and node not in case.ontology.terms


def _mention(
    case: Case, node: NamedNode, located: LocatedQuad, known: Set[object], times: str
) -> Iterator[Finding]:
    kind = kind_of(case, node)
    place = Place(located.path, located.line, node)
    if not _is_well_named(case, node):
        message = (
            f"{case.short(node)} is no IRI of this graph: write a kind and a slug of lower-case "
            "letters, like person:mira-halden"
        )
        yield case.finding(BAD_IRI, place, message, about=node)
        return
    if located.quad.predicate in SAYING:
        return  # the judge of claims says which graph is missing
    is_metadata = kind in ("claim", "omission", "article", "content")
    if node in known or (kind in ("claim", "content") and located.quad.graph_name == node):
        return
    where = "in graph/registry/" if _is_registered(case, kind) else "in any article"
    remedy = "correct the IRI" if is_metadata else "declare it there, or correct the IRI"
    message = f"{case.short(node)}{times} is not declared {where}: {remedy}"
    claim = case.claim_of(located.quad.graph_name)
    near = [n for n in known if isinstance(n, NamedNode) and kind_of(case, n) == kind]
    suggestion = nearest_term(case, node, near)
    yield case.finding(UNKNOWN, place, message, about=node, quoting=claim, suggestion=suggestion)


def _kinds(case: Case) -> Iterator[Finding]:
    others = {kind: _others(case, kind) for kind in case.ontology.kinds.values()}
    for thing, types in case.types.items():
        expected = case.ontology.kinds.get(kind_of(case, thing))
        if expected is None or not types & case.ontology.classes:
            continue
        if expected in types and not others[expected] & types:
            continue
        place = case.places.of_thing(thing, RDF.type)
        if place is not None and case.is_asked(place.path, thing):
            but = "and its IRI names only" if expected in types else "not"
            message = (
                f"{case.short(thing)} is a {case.written_names.kind(thing)}, {but} a "
                f"{case.ontology.label(expected)}: correct the class, or the kind in its IRI"
            )
            yield case.finding(WRONG_KIND, place, message, about=thing)


def _others(case: Case, kind: NamedNode) -> frozenset[NamedNode]:
    """The kinds of which nothing of a kind can be: neither above nor below it."""
    above = case.ontology.superclasses
    others = frozenset(case.ontology.kinds.values()) - {kind} - {*above(kind)}
    return frozenset(other for other in others if kind not in above(other))


def _labels(case: Case, declared: Set[object]) -> Iterator[Finding]:
    named = {t.subject for t in case.judged.by_property.get(RDFS.label, ())}
    labelled = case.ontology.marked(LEG.labelled)
    nameless = [
        thing
        for thing in case.types
        if thing not in named
        and thing in declared
        and case.ontology.kinds.get(kind_of(case, thing)) in labelled
    ]
    called = {t.subject for t in case.made_labels} if nameless else set()
    for thing in nameless:
        if thing in called:
            continue
        place = case.places.of_thing(thing)
        if place is not None and case.is_asked(place.path, thing):
            message = (
                f"{case.short(thing)} has no name: give it a neutral rdfs:label in graph/registry/"
            )
            yield case.finding(NO_LABEL, place, message, about=thing)
    for located in case.record.quads("registry"):
        subject = located.quad.subject
        if located.quad.predicate != RDFS.label or subject in declared:
            continue
        if isinstance(subject, NamedNode) and case.is_asked(located.path, subject):
            message = (
                f"nothing is called {case.short(subject)}: remove the label, or correct its IRI"
            )
            near = [n for n in declared if isinstance(n, NamedNode)]
            yield case.finding(
                ORPHAN,
                Place(located.path, located.line),
                message,
                about=subject,
                suggestion=nearest_term(case, subject, near),
            )


def _registry(case: Case) -> Iterator[Finding]:
    """What the registry tells of a thing that has no source: what happened, or what it is."""
    sourced = {
        q.quad.subject for q in case.record.quads("registry") if q.quad.predicate == DCTERMS.source
    }
    happening = case.ontology.properties - case.ontology.structural
    claimed = {triple for claim in case.record.claims for triple in claim.triples}
    for located in case.record.quads("registry"):
        quad = located.quad
        subject, predicate = quad.subject, quad.predicate
        if subject in sourced or not isinstance(subject, NamedNode):
            continue
        if predicate in case.ontology.structure and quad.triple not in claimed:
            rule, remedy = UNSOURCED, "add dcterms:source, or a claim that states it"
        elif predicate in happening:
            rule, remedy = UNPROVEN, "move it into a claim, or add dcterms:source"
        else:
            continue
        if case.is_asked(located.path, subject):
            message = (
                f"the registry states {case.short(predicate)} of {case.short(subject)} "
                f"without a source: {remedy}"
            )
            place = Place(located.path, located.line, quad.object)
            yield case.finding(rule, place, message, about=subject)
