"""The ontology as Python sees it: which terms there are and what stands above what.

Invariant: everything is read from the ontology files (Legation's and a workspace's own); no
term is known here by name except those of OWL and RDFS and the marks of the ontology itself. A
term without a mark has that of the nearest term above it, so that a workspace's own terms take
their place by what they are below of.
"""

from collections import defaultdict
from collections.abc import Iterable, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pyoxigraph import Literal, NamedNode, Triple

from legation.rdf.gathering import gathered
from legation.rdf.vocabulary import DCTERMS, EDTF, LEG, OWL, RDF, RDFS, SKOS, XSD, local_name

_YES = Literal("true", datatype=XSD.boolean)

_Terms = cached_property[frozenset[NamedNode]]


def _typed(*types: NamedNode) -> _Terms:
    """The terms that an ontology declares to be of one of these types, worked out once."""
    return cached_property(lambda ontology: ontology._subjects_typed(*types))


def _marked(mark: NamedNode) -> _Terms:
    """The terms that an annotation says ``true`` of, worked out once."""
    return cached_property(lambda ontology: ontology.marked(mark))


@dataclass(frozen=True, eq=False)
class Ontology:
    """The terms of an ontology; `of` the same triples it is the same one."""

    triples: tuple[Triple, ...]

    @classmethod
    def of(cls, triples: Iterable[Triple]) -> "Ontology":
        """An ontology from the triples of its files."""
        return _known(tuple(triples))

    @cached_property
    def _by_predicate(self) -> dict[NamedNode, list[Triple]]:
        return gathered((triple.predicate, triple) for triple in self.triples)

    def _subjects_typed(self, *types: NamedNode) -> frozenset[NamedNode]:
        return frozenset(
            t.subject
            for t in self._by_predicate.get(RDF.type, [])
            if t.object in types
            and isinstance(t.subject, NamedNode)
            and t.subject not in self.successors
        )

    @cached_property
    def successors(self) -> dict[NamedNode, NamedNode | None]:
        """The retired terms, each with the term that took its place; they are no terms any more."""
        return {
            t.subject: self._link(t.subject, DCTERMS.isReplacedBy)
            for t in self._by_predicate.get(OWL.deprecated, [])
            if isinstance(t.subject, NamedNode) and t.object == _YES
        }

    classes = _typed(OWL.Class, RDFS.Class)
    object_properties = _typed(OWL.ObjectProperty)  # their values are things
    datatype_properties = _typed(OWL.DatatypeProperty)  # their values are literals
    annotation_properties = _typed(OWL.AnnotationProperty)  # they only describe terms
    values = _typed(OWL.NamedIndividual)  # leg:asserted, leg:signed …

    @cached_property
    def properties(self) -> frozenset[NamedNode]:
        """Every property of any sort."""
        return self.object_properties | self.datatype_properties | self.annotation_properties

    @cached_property
    def terms(self) -> frozenset[NamedNode]:
        """Every class, property and named value."""
        return self.classes | self.properties | self.values

    @cached_property
    def _parents(self) -> dict[NamedNode, set[NamedNode]]:
        direct: defaultdict[NamedNode, set[NamedNode]] = defaultdict(set)
        for predicate in (RDFS.subClassOf, RDFS.subPropertyOf):
            for triple in self._by_predicate.get(predicate, []):
                if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode):
                    direct[triple.subject].add(triple.object)
        return direct

    def marks(self, term: NamedNode, mark: NamedNode) -> frozenset[NamedNode | Literal]:
        """The values of a mark on a term, else on the nearest terms above it that have it."""
        given = self._marks.get(mark, {})
        level, seen = {term}, {term}
        while level:
            found = frozenset(value for one in level for value in given.get(one, ()))
            if found:
                return found
            level = {above for one in level for above in self._parents.get(one, ())} - seen
            seen |= level
        return frozenset()

    @cached_property
    def _marks(self) -> dict[NamedNode, dict[NamedNode, set[NamedNode | Literal]]]:
        table: dict[NamedNode, dict[NamedNode, set[NamedNode | Literal]]] = {}
        for mark in self.annotation_properties:
            for triple in self._by_predicate.get(mark, []):
                term, value = triple.subject, triple.object
                if isinstance(term, NamedNode) and isinstance(value, NamedNode | Literal):
                    table.setdefault(mark, {}).setdefault(term, set()).add(value)
        return table

    def marked(self, mark: NamedNode) -> frozenset[NamedNode]:
        """The terms that an annotation says ``true`` of, by the nearest term that has it."""
        # The judges ask this of every thing that is mentioned: it was a third of a check.
        if mark not in self._bearers:
            found = frozenset(term for term in self.terms if _YES in self.marks(term, mark))
            self._bearers[mark] = found
        return self._bearers[mark]

    @cached_property
    def _bearers(self) -> dict[NamedNode, frozenset[NamedNode]]:
        """The answers of `marked`, worked out when first needed."""
        return {}

    single_valued = _marked(LEG.singleValued)  # two values from two claims are a contradiction
    naming = _marked(LEG.naming)  # they give a thing a name by which it is found
    derived = _marked(LEG.derived)  # by the build
    verbatim = _marked(LEG.verbatim)  # their text stands in the quote

    @cached_property
    def structural(self) -> frozenset[NamedNode]:
        """Properties of which the registry may speak, for they say what a thing is."""
        return self.marked(LEG.structural) | {RDF.type}

    @cached_property
    def structure(self) -> frozenset[NamedNode]:
        """What ties a thing to others or counts it: structural, but no class, name or note."""
        return self.structural - self.annotation_properties - {RDF.type}

    @cached_property
    def authored(self) -> frozenset[NamedNode]:
        """Properties that authored files may use: those of the ontology, and those it borrows."""
        own = self.object_properties | self.datatype_properties
        return own | {RDF.type} | (self.properties & self.marked(LEG.borrowed))

    @cached_property
    def metadata(self) -> frozenset[NamedNode]:
        """Classes and properties of articles and passages, which stand outside claim graphs."""
        return self.marked(LEG.metadata) | {RDF.type}

    @cached_property
    def dating(self) -> frozenset[NamedNode]:
        """Properties whose values are EDTF dates."""
        return frozenset(
            t.subject
            for said in (LEG.datatype, RDFS.range)
            for t in self._by_predicate.get(said, [])
            if t.object == EDTF and isinstance(t.subject, NamedNode)
        )

    def domain(self, term: NamedNode, *, inherited: bool = False) -> NamedNode | None:
        """The class that has a property, or one above it; None where none is said."""
        return self._link(term, RDFS.domain, inherited)

    def range(self, term: NamedNode, *, inherited: bool = False) -> NamedNode | None:
        """The class of the values of a property, or of one above it; None where none is said."""
        return self._link(term, RDFS.range, inherited)

    def _link(
        self, term: NamedNode, predicate: NamedNode, inherited: bool = False
    ) -> NamedNode | None:
        level = (term, *(sorted(self.superproperties(term), key=str) if inherited else ()))
        said = self._by_predicate.get(predicate, [])
        found = (t.object for p in level for t in said if t.subject == p)
        return next((o for o in found if isinstance(o, NamedNode)), None)

    def members(self, kind: NamedNode | None) -> frozenset[NamedNode]:
        """The named values of a class; none of no class."""
        below = () if kind is None else self.subclasses(kind)
        return self._subjects_typed(*below) & self.values

    @cached_property
    def bounding(self) -> dict[NamedNode, frozenset[NamedNode | Literal]]:
        """For each property that bounds what it dates: ``leg:earliest``, ``leg:latest`` or both."""
        found = {term: self.marks(term, LEG.bounds) for term in self.datatype_properties}
        return {term: bounds for term, bounds in found.items() if bounds}

    @cached_property
    def kinds(self) -> dict[str, NamedNode]:
        """The class of each kind of thing that IRIs name (``person``), by that word."""
        return {
            t.object.value: t.subject
            for t in self._by_predicate.get(LEG.iriKind, [])
            if isinstance(t.object, Literal) and isinstance(t.subject, NamedNode)
        }

    def kind(self, *classes: NamedNode) -> str:
        """The kind of a thing of some classes; empty where IRIs name none of these."""
        above = {c for each in classes for c in (each, *self.superclasses(each))}
        kinds = {top: kind for kind, top in self.kinds.items() if top in above}
        return kinds[self.most_specific(kinds)[0]] if kinds else ""

    @cached_property
    def told(self) -> frozenset[str]:
        """The kinds of thing that articles bring with them; the others are of the registry."""
        known = self.marked(LEG.registered) | (self.metadata - {LEG.Content})
        return frozenset(kind for kind, term in self.kinds.items() if term not in known)

    def modality(self, types: Set[NamedNode]) -> NamedNode | None:
        """The modality that claims about a thing of these classes have; None for a plain one."""
        given = self._marks.get(LEG.demandsModality, {})
        demanded = {modality for kind in given.keys() & types for modality in given[kind]}
        return min((m for m in demanded if isinstance(m, NamedNode)), key=str, default=None)

    @cached_property
    def giving(self) -> frozenset[NamedNode]:
        """The roles of whoever does or gives something to another."""
        return frozenset(r for r in self.object_properties if self.marks(r, LEG.counterpart))

    @cached_property
    def taking(self) -> frozenset[NamedNode]:
        """The roles of whoever something is done or given to."""
        named = {o for r in self.giving for o in self.marks(r, LEG.counterpart)}
        return frozenset(
            r for o in named if isinstance(o, NamedNode) for r in self.subproperties(o)
        )

    @cached_property
    def _above(self) -> dict[NamedNode, frozenset[NamedNode]]:
        return {term: frozenset(_reached(term, self._parents)) for term in list(self._parents)}

    @cached_property
    def _below(self) -> dict[NamedNode, set[NamedNode]]:
        below: defaultdict[NamedNode, set[NamedNode]] = defaultdict(set)
        for term, above in self._above.items():
            for other in above:
                below[other].add(term)
        return below

    def superclasses(self, term: NamedNode) -> frozenset[NamedNode]:
        """The classes strictly above a class, or properties above a property, however far."""
        return self._above.get(term, frozenset())

    superproperties = superclasses

    def subclasses(self, term: NamedNode) -> frozenset[NamedNode]:
        """A class and every class below it, however far."""
        return self.classes & self._below.get(term, set()) | {term}

    def subproperties(self, term: NamedNode) -> frozenset[NamedNode]:
        """A property and every property below it, however far."""
        return self.properties & self._below.get(term, set()) | {term}

    @cached_property
    def _english(self) -> dict[tuple[object, NamedNode], str]:
        """The first words in English, or in no language, that label or define each term."""
        found: dict[tuple[object, NamedNode], str] = {}
        for kind in (RDFS.label, SKOS.definition):
            for term, _, value in self._by_predicate.get(kind, []):
                if isinstance(value, Literal) and value.language in (None, "en"):
                    found.setdefault((term, kind), value.value)
        return found

    def label(self, term: NamedNode) -> str:
        """What a term is called: its English label, or its local name when it has none."""
        return self._english.get((term, RDFS.label), local_name(term))

    def definition(self, term: NamedNode) -> str:
        """What a term means, in one sentence; empty when it has no definition."""
        return self._english.get((term, SKOS.definition), "")

    def most_specific(self, types: Iterable[NamedNode]) -> tuple[NamedNode, ...]:
        """The classes that have no other of the given classes below them, sorted by IRI."""
        given = set(types)
        above = {s for c in given for s in self.superclasses(c)}
        return tuple(sorted(given - above, key=lambda node: node.value))


def _reached(start: NamedNode, direct: dict[NamedNode, set[NamedNode]]) -> list[NamedNode]:
    found = list(direct.get(start, ()))
    for term in found:  # it grows by what stands directly above each
        found += direct.get(term, set()).difference(found)
    return found


# Judges, questions and names each ask for the ontology of the same few files.
_known = lru_cache(maxsize=8)(Ontology)
