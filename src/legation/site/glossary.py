"""The page of terms: what each class, property and value of the ontology means.

Invariant: everything on it is read from the ontology's files, a workspace's own among them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from legation.rdf.gathering import gathered
from legation.rdf.vocabulary import PREFIXES, RDFS, compact
from legation.site import addresses
from legation.site.attestation import Reference
from legation.site.holdings import Holdings

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
    said = gathered((triple.subject, triple) for triple in ontology.triples)
    sorts = {
        "Classes": ontology.classes,
        "Properties that lead to things": ontology.object_properties,
        "Properties with plain values": ontology.datatype_properties,
        "Annotations": ontology.annotation_properties,
        "Named values": ontology.values,
    }
    glosses = {sort: [_gloss(held, t, said[t]) for t in terms] for sort, terms in sorts.items()}
    return {
        sort: tuple(sorted(found, key=lambda gloss: (gloss.label.casefold(), gloss.name)))
        for sort, found in glosses.items()
    }


def _gloss(held: Holdings, term: NamedNode, said: Sequence[Triple]) -> Gloss:
    ontology = held.edition.ontology
    above = [t.object for t in said if t.predicate in (RDFS.subClassOf, RDFS.subPropertyOf)]
    ends: dict[str, list[object]] = {
        "under": [one for one in above if one in ontology.terms],
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
        tuple(
            sorted(
                (name, t.object.value)
                for t in said
                for name in _NOTES
                if t.predicate.value == PREFIXES["skos"] + name and isinstance(t.object, Literal)
            )
        ),
    )
