"""The ontology as Python sees it: which terms there are and what stands above what.

Invariant: everything is read from the ontology files (Legation's and a workspace's own); no
term is known here by name except those of OWL and RDFS.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Triple

from legation.rdf.vocabulary import LEG, OWL, RDF, RDFS, SKOS, local_name


@dataclass(frozen=True)
class Ontology:
    """The terms of an ontology.

    Args:
        triples: The triples of every ontology file.
    """

    triples: tuple[Triple, ...]

    @classmethod
    def of(cls, triples: Iterable[Triple]) -> "Ontology":
        """An ontology from the triples of its files.

        Args:
            triples: The triples.

        Returns:
            The ontology.
        """
        return cls(tuple(triples))

    @cached_property
    def _by_predicate(self) -> dict[NamedNode, list[Triple]]:
        table: defaultdict[NamedNode, list[Triple]] = defaultdict(list)
        for triple in self.triples:
            table[triple.predicate].append(triple)
        return table

    def _subjects_typed(self, *types: NamedNode) -> frozenset[NamedNode]:
        return frozenset(
            t.subject
            for t in self._by_predicate.get(RDF.type, [])
            if t.object in types and isinstance(t.subject, NamedNode)
        )

    @cached_property
    def classes(self) -> frozenset[NamedNode]:
        """Every named class."""
        return self._subjects_typed(OWL.Class, RDFS.Class)

    @cached_property
    def object_properties(self) -> frozenset[NamedNode]:
        """Every property whose values are things."""
        return self._subjects_typed(OWL.ObjectProperty)

    @cached_property
    def datatype_properties(self) -> frozenset[NamedNode]:
        """Every property whose values are literals."""
        return self._subjects_typed(OWL.DatatypeProperty)

    @cached_property
    def annotation_properties(self) -> frozenset[NamedNode]:
        """Every property that only describes terms."""
        return self._subjects_typed(OWL.AnnotationProperty)

    @cached_property
    def properties(self) -> frozenset[NamedNode]:
        """Every property of any sort."""
        return self.object_properties | self.datatype_properties | self.annotation_properties

    @cached_property
    def values(self) -> frozenset[NamedNode]:
        """Every named value (``leg:asserted``, ``leg:signed`` …)."""
        return self._subjects_typed(OWL.NamedIndividual)

    @cached_property
    def terms(self) -> frozenset[NamedNode]:
        """Every class, property and named value."""
        return self.classes | self.properties | self.values

    @cached_property
    def single_valued(self) -> frozenset[NamedNode]:
        """Properties on which two different values from two claims are a contradiction."""
        return frozenset(
            t.subject
            for t in self._by_predicate.get(LEG.singleValued, [])
            if isinstance(t.subject, NamedNode)
            and isinstance(t.object, Literal)
            and t.object.value == "true"
        )

    def _above(self, predicate: NamedNode) -> dict[NamedNode, frozenset[NamedNode]]:
        direct: defaultdict[NamedNode, set[NamedNode]] = defaultdict(set)
        for triple in self._by_predicate.get(predicate, []):
            if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode):
                direct[triple.subject].add(triple.object)
        return {term: frozenset(_reached(term, direct)) for term in list(direct)}

    @cached_property
    def _superclasses(self) -> dict[NamedNode, frozenset[NamedNode]]:
        return self._above(RDFS.subClassOf)

    @cached_property
    def _superproperties(self) -> dict[NamedNode, frozenset[NamedNode]]:
        return self._above(RDFS.subPropertyOf)

    def superclasses(self, term: NamedNode) -> frozenset[NamedNode]:
        """Every class above a class.

        Args:
            term: A class.

        Returns:
            The classes strictly above it, however far.
        """
        return self._superclasses.get(term, frozenset())

    def superproperties(self, term: NamedNode) -> frozenset[NamedNode]:
        """Every property above a property.

        Args:
            term: A property.

        Returns:
            The properties strictly above it, however far.
        """
        return self._superproperties.get(term, frozenset())

    def subclasses(self, term: NamedNode) -> frozenset[NamedNode]:
        """A class and every class below it.

        Args:
            term: A class.

        Returns:
            The class itself and those below it, however far.
        """
        return frozenset({term} | {c for c in self.classes if term in self.superclasses(c)})

    def subproperties(self, term: NamedNode) -> frozenset[NamedNode]:
        """A property and every property below it.

        Args:
            term: A property.

        Returns:
            The property itself and those below it, however far.
        """
        return frozenset({term} | {p for p in self.properties if term in self.superproperties(p)})

    @cached_property
    def _labels(self) -> dict[NamedNode, str]:
        return _english(self._by_predicate.get(RDFS.label, []))

    @cached_property
    def _definitions(self) -> dict[NamedNode, str]:
        return _english(self._by_predicate.get(SKOS.definition, []))

    def label(self, term: NamedNode) -> str:
        """What a term is called.

        Args:
            term: Any term.

        Returns:
            Its English label, or its local name when it has none.
        """
        return self._labels.get(term, local_name(term))

    def definition(self, term: NamedNode) -> str:
        """What a term means.

        Args:
            term: Any term.

        Returns:
            Its one-sentence definition; empty when it has none.
        """
        return self._definitions.get(term, "")

    def most_specific(self, types: Iterable[NamedNode]) -> tuple[NamedNode, ...]:
        """The classes that have no other of the given classes below them.

        Args:
            types: Classes, for example all types of a thing.

        Returns:
            The lowest of them, sorted by IRI.
        """
        given = set(types)
        above = {s for c in given for s in self.superclasses(c)}
        return tuple(sorted(given - above, key=lambda node: node.value))


def _reached(start: NamedNode, direct: dict[NamedNode, set[NamedNode]]) -> Iterator[NamedNode]:
    seen: set[NamedNode] = set()
    todo = list(direct.get(start, ()))
    while todo:
        term = todo.pop()
        if term not in seen:
            seen.add(term)
            todo.extend(direct.get(term, ()))
            yield term


def _english(triples: Iterable[Triple]) -> dict[NamedNode, str]:
    found: dict[NamedNode, str] = {}
    for triple in triples:
        term, value = triple.subject, triple.object
        if not isinstance(value, Literal) or value.language not in (None, "en"):
            continue
        if isinstance(term, NamedNode):
            found.setdefault(term, value.value)
    return found
