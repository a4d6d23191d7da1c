"""What a question is put to: a store with the terms and prefixes that make it readable.

Invariant: a graph in memory and one behind an endpoint look the same from here; whatever is
read (names, labels, types) is read through SPARQL, and only when it is needed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from pyoxigraph import Literal, NamedNode, Triple

from legation.answer.cells import Cell, Entity, Manifold, Plain, Several, Shows, value_of
from legation.answer.marks import Marks
from legation.graph import contradictions
from legation.graph.contradictions import Contradiction
from legation.graph.registry import Names
from legation.rdf.ontology import Ontology
from legation.rdf.vocabulary import DCTERMS, LEG, RDF, RDFS, compact
from legation.store import LocalStore, Store, Term

_NAMES = (
    "SELECT ?thing ?naming ?name WHERE {{ VALUES ?naming {{ {naming} }} ?thing ?naming ?name }}"
)


@dataclass(frozen=True)
class Source:
    """A store, with the terms for labels and kinds and the prefixes for short IRIs."""

    store: Store
    ontology: Ontology
    prefixes: dict[str, str]

    @cached_property
    def names(self) -> Names:
        """Every name in the graph; read once, when a name is first looked up."""
        if isinstance(self.store, LocalStore):
            return self.store.names(self.ontology)
        naming = " ".join(map(str, [RDF.type, *sorted(self.ontology.naming, key=str)]))
        triples = _triples(self.store.select(_NAMES.format(naming=naming)))
        return Names(tuple(sorted(triples, key=str)), self.ontology)

    @cached_property
    def marks(self) -> Marks:
        """What tells things apart beside names."""
        return Marks(self.store, self.names)

    @cached_property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """What the build found to contradict each other; read once."""
        return contradictions.read(_triples(self.store.select(contradictions.SPARQL)))

    def types(self, node: NamedNode) -> frozenset[NamedNode]:
        """The classes of a thing, all above them included; none for a stranger."""
        rows = self.store.select(f"SELECT ?class WHERE {{ {node} {RDF.type} ?class }}").rows
        return frozenset(c for (c,) in rows if isinstance(c, NamedNode))

    def kinds(self, node: NamedNode) -> tuple[str, ...]:
        """The lowest classes of a thing, in words; none for a stranger."""
        return self.lowest(self.types(node))

    def lowest(self, types: Iterable[Term]) -> tuple[str, ...]:
        """The lowest of some classes, in words."""
        found = self.ontology.most_specific(self.ontology.classes.intersection(types))
        return tuple(self.ontology.label(kind) for kind in found)

    def counts(self) -> list[tuple[str, int]]:
        """How much of what there is."""
        found = []
        for kind in (LEG.Article, LEG.Claim, LEG.Person, LEG.Event, LEG.Statement):
            count = f"SELECT (COUNT(DISTINCT ?thing) AS ?n) WHERE {{ ?thing {RDF.type} {kind} }}"
            ((number,),) = self.store.select(count).rows
            if isinstance(number, Literal):
                found.append((f"{self.ontology.label(kind)}s", int(number.value)))
        return found

    def mentions(self, node: NamedNode) -> bool:
        """Whether a node stands in any triple of the default graph."""
        ask = f"ASK {{ {{ {node} ?p ?o }} UNION {{ ?s ?q {node} }} }}"
        return self.store.query(ask) is True

    def described(self, node: NamedNode) -> str:
        """A thing in a few words: its label and lowest class."""
        kinds = ", ".join(self.kinds(node))
        label = self.labels([node])[node]
        return f"{label} ({kinds})" if kinds else label

    def labels(self, terms: Iterable[Term | None]) -> dict[NamedNode, str]:
        """What things are called."""
        nodes = {term for term in terms if isinstance(term, NamedNode)}
        facts = self.store.facts(nodes, RDFS.label, DCTERMS.title)
        names = ((thing, one) for thing, told in facts.items() for one in chain(*told.values()))
        found = preferred(names)
        return {node: found.get(node.value) or self.nameless(node) for node in nodes}

    def nameless(self, node: NamedNode) -> str:
        """What to call a term, or a thing that the graph gives no name."""
        if node in self.ontology.terms:
            return self.ontology.label(node)
        if node == RDF.type:
            return "is a"
        return compact(node, self.prefixes)

    def cells(self, terms: Iterable[Shows], labels: Mapping[NamedNode, str]) -> tuple[Cell, ...]:
        """Terms as the cells of a row."""
        return tuple(_cell(term, labels) for term in terms)


def _triples(rows: Iterable[tuple[Term | None, ...]]) -> Iterator[Triple]:
    """The rows that are triples of IRIs and literals."""
    for subject, predicate, value in rows:
        if (
            isinstance(subject, NamedNode)
            and isinstance(predicate, NamedNode)
            and isinstance(value, NamedNode | Literal)
        ):
            yield Triple(subject, predicate, value)


def preferred(rows: Iterable[tuple[Term | None, ...]]) -> dict[str, str]:
    """One name for each thing, by IRI: the English one before others, the first of its letters."""
    found: dict[str, tuple[bool, str]] = {}
    for thing, name in rows:
        if isinstance(thing, NamedNode) and isinstance(name, Literal):
            iri, ranked = thing.value, (name.language not in (None, "en"), name.value)
            if iri not in found or ranked < found[iri]:
                found[iri] = ranked
    return {iri: name for iri, (_, name) in found.items()}


def _cell(shows: Shows, labels: Mapping[NamedNode, str]) -> Cell:
    if isinstance(shows, Manifold):
        values = tuple(_plain(term, labels) for term in shows.terms)
        return Several(values, shows.are_opposed, shows.are_all, shows.against)
    return _plain(shows, labels)


def _plain(term: Term | None, labels: Mapping[NamedNode, str]) -> Plain:
    if term is None:
        return None
    if isinstance(term, NamedNode):
        return Entity(term.value, labels[term])
    return value_of(term) if isinstance(term, Literal) else str(term)
