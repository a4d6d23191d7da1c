"""The page of terms: what each class, property and value of the ontology means.

Invariant: everything on it is read from the ontology's files, a workspace's own among them.
"""

from collections import defaultdict
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from legation.rdf.vocabulary import PREFIXES, RDFS, compact
from legation.site import addresses
from legation.site.holdings import Holdings, Reference

_NOTES = ("example", "scopeNote")


@dataclass(frozen=True, slots=True)
class Gloss:
    """A term: its name, meaning, what it is under, and for a property whose it is and of what."""

    anchor: str
    name: str
    label: str
    definition: str
    links: tuple[tuple[str, tuple[Reference, ...]], ...]
    notes: tuple[tuple[str, str], ...]


def glossary(held: Holdings) -> dict[str, tuple[Gloss, ...]]:
    """The terms by sort, each sort by label."""
    ontology = held.edition.ontology
    notes: defaultdict[NamedNode, list[tuple[str, str]]] = defaultdict(list)
    above: defaultdict[NamedNode, list[NamedNode]] = defaultdict(list)
    for triple in ontology.triples:
        term, value = triple.subject, triple.object
        if not isinstance(term, NamedNode):
            continue
        if triple.predicate in (RDFS.subClassOf, RDFS.subPropertyOf) and value in ontology.terms:
            above[term] += [value] if isinstance(value, NamedNode) else []
        for note in _NOTES:
            if triple.predicate.value == PREFIXES["skos"] + note and isinstance(value, Literal):
                notes[term].append((note, value.value))

    def gloss(term: NamedNode) -> Gloss:
        ends: dict[str, list[NamedNode | None]]
        ends = {
            "under": [*above[term]],
            "of": [ontology.domain(term)],
            "to": [ontology.range(term)],
        }
        links = (
            (word, tuple(held.reference(t) for t in sorted(filter(None, terms), key=str)))
            for word, terms in ends.items()
        )
        return Gloss(
            addresses.term(term).rpartition("#")[2],
            compact(term, held.edition.prefixes),
            ontology.label(term),
            ontology.definition(term),
            tuple((word, found) for word, found in links if found),
            tuple(sorted(notes[term])),
        )

    sorts = {
        "Classes": ontology.classes,
        "Properties that lead to things": ontology.object_properties,
        "Properties with plain values": ontology.datatype_properties,
        "Annotations": ontology.annotation_properties,
        "Named values": ontology.values,
    }
    return {
        sort: tuple(sorted(map(gloss, terms), key=lambda one: (one.label.casefold(), one.name)))
        for sort, terms in sorts.items()
    }
