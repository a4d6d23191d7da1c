"""What the nodes of a network are: their labels, kinds and states.

Invariant: a state is told, never guessed: it follows from structure that is written somewhere
(a body's polity, the office held, membership, on whose behalf somebody came).
"""

from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache

from pyoxigraph import NamedNode

from legation.answer import Source
from legation.answer.source import preferred
from legation.rdf.gathering import gathered
from legation.rdf.ontology import Ontology
from legation.rdf.vocabulary import LEG, NS
from legation.views.network.ledger import read_rows
from legation.views.network.palette import LOOKS

_LABELS = """PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?thing ?name WHERE {{
  VALUES ?class {{ {classes} }}
  ?thing a ?class .
  {{ ?thing rdfs:label ?name }} UNION {{ ?thing dcterms:title ?name }}
}}"""

_BELONGS = """PREFIX leg: <https://w3id.org/legation/ns#>
SELECT ?thing ?whole WHERE {
  { VALUES ?part { leg:ofPolity leg:memberOf leg:officeOf } ?thing ?part ?whole }
  UNION { ?tenure leg:holder ?thing ; leg:office ?whole }
  UNION { ?participation leg:agent ?thing ; leg:onBehalfOf ?whole }
}"""

_PARTIES = """PREFIX leg: <https://w3id.org/legation/ns#>
SELECT ?event ?polity WHERE { ?polity a leg:Polity . ?event leg:participant ?polity }"""

_APART = {LEG.Claim, LEG.Omission}
"""Classes whose members are never nodes; there are as many of them as of all others."""

_GROUPS = frozenset(NamedNode(NS + name.capitalize()) for name in LOOKS)
"""The broad groups of things, those that have a look; the nearest above a thing is its group."""

_EVENTS = frozenset(("Event", "Gathering"))
"""The classes of views whose nodes are events, which have the states of those who take part."""


@dataclass(frozen=True, slots=True)
class Actors:
    """Labels, classes and states of things; ``wholes`` are what each is a part of."""

    source: Source
    labels: Mapping[str, str]
    classes: Mapping[str, frozenset[str]]
    wholes: Mapping[str, set[str]]
    polities: Set[str]

    def label(self, thing: str) -> str:
        """What a thing or term is called; a text that is no IRI is called as it is."""
        found = self.labels.get(thing)
        if found is not None:
            return found
        return self.source.nameless(NamedNode(thing)) if ":" in thing else thing

    def kind(self, thing: str) -> str:
        """The lowest classes of a thing, in words; empty for a stranger."""
        return _described(self.source.ontology, self.classes.get(thing, frozenset()))[0]

    def group(self, thing: str) -> str:
        """The broad group of a thing, for colours and legends."""
        return _described(self.source.ontology, self.classes.get(thing, frozenset()))[1]

    def states(self, thing: str) -> tuple[str, ...]:
        """The labels of the polities a thing belongs to, or that take part in an event, sorted."""
        if thing not in self.wholes and thing not in self.polities:
            return ()  # as for most nodes: the search below takes its time
        seen, todo = {thing}, [thing]
        while todo:
            wider = self.wholes.get(todo.pop(), set()) - seen
            seen |= wider
            todo += wider
        return tuple(sorted(map(self.label, seen & self.polities)))


@dataclass(frozen=True, slots=True)
class Cast:
    """The ``leg:`` classes whose members are nodes of a view, and those that name its edges."""

    nodes: tuple[str, ...]
    kinds: tuple[str, ...] = ()


def read_actors(source: Source, scope: Cast) -> Actors:
    """Read what the nodes of a view are."""
    terms = source.ontology
    above = [NamedNode(NS + name) for name in (*scope.nodes, *scope.kinds, "Polity")]
    ordered = sorted({c for root in above for c in terms.subclasses(root)} - _APART, key=str)
    listed = " ".join(map(str, ordered))
    query = f"SELECT ?thing ?class WHERE {{ VALUES ?class {{ {listed} }} ?thing a ?class }}"
    rows = ((row[0], row[1]) for row in read_rows(source.store, query))
    classes = {thing: frozenset(types) for thing, types in gathered(rows).items()}
    wholes: defaultdict[str, set[str]] = defaultdict(set)
    for parts in (_BELONGS, *([] if _EVENTS.isdisjoint(scope.nodes) else [_PARTIES])):
        for thing, whole in read_rows(source.store, parts):
            wholes[thing].add(whole)
    polities = {thing for thing, types in classes.items() if LEG.Polity.value in types}
    return Actors(source, _labels(source, scope), classes, wholes, polities)


@cache  # many things have the same classes
def _described(ontology: Ontology, classes: frozenset[str]) -> tuple[str, str]:
    """The lowest of some classes in words, and the broad group of what has them."""
    had = set(map(NamedNode, classes))
    broad = ontology.most_specific(had.union(*map(ontology.superclasses, had)) & _GROUPS)
    kinds = ", ".join(map(ontology.label, ontology.most_specific(had)))
    return kinds, ontology.label(broad[0]) if broad else "other"


def _labels(source: Source, scope: Cast) -> dict[str, str]:
    """One name for each thing."""
    classes = " ".join(str(NamedNode(NS + name)) for name in (*scope.nodes, "Polity"))
    return preferred(source.store.select(_LABELS.format(classes=classes)))
