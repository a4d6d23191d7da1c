"""What a change of some files touches in a built graph, and what must be read to build that anew.

Invariant: too much may be called touched, never too little. Whatever the build derives of a thing
follows from the graphs that speak of it and from what is reached from there as is told here: the
chain of reports, the contents that are said, the order of events, acknowledged conflicts, and the
words of labels. A rule of a workspace's own may look anywhere, and is not covered.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeGuard

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from legation.graph.claim import SAYING
from legation.graph.labelling import TOLD, UNNAMED
from legation.graph.reification import is_reified
from legation.rdf.ontology import Ontology
from legation.rdf.vocabulary import DCTERMS, LEG, PROV, RDF

_CHAIN = (LEG.accordingTo, PROV.wasQuotedFrom, PROV.wasDerivedFrom)
_PARTS = (LEG.participation, LEG.numbering)
_ORDER = (LEG.after, LEG.before)
_LINKS = {*SAYING, *_PARTS, *_CHAIN, *_ORDER, LEG.spouse, LEG.conflictsWith}
_READ = tuple(sorted(TOLD - {*_CHAIN, RDF.type}, key=str))
_SOURCING = {RDF.type, DCTERMS.creator, DCTERMS.publisher, *_CHAIN}

Things = frozenset[NamedNode]


class Graph(Protocol):
    """What the quads of a graph can be looked up in."""

    def quads(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        value: NamedNode | Literal | None = None,
        graph: NamedNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """The quads that fit a pattern; None fits anything."""


def entailed(quads: Iterable[Quad], ontology: Ontology) -> Iterator[Quad]:
    """Quads, and the same by every property above theirs."""
    for quad in quads:
        for kind in (quad.predicate, *ontology.superproperties(quad.predicate)):
            yield Quad(quad.subject, kind, quad.object, quad.graph_name)


def _is_iri(node: object) -> TypeGuard[NamedNode]:
    return isinstance(node, NamedNode)


def _named(quad: Quad) -> Iterator[NamedNode]:
    """The things of which a quad may decide by itself what is built."""
    far = quad.object if quad.predicate in _LINKS else None
    return filter(_is_iri, (quad.subject, quad.graph_name, far))


def _closed(
    start: Iterable[NamedNode], step: Callable[[NamedNode], Iterable[NamedNode]]
) -> set[NamedNode]:
    """Some things, and all that are reached from them step by step."""
    todo = list(start)
    seen = set(todo)
    while todo:
        fresh = set(step(todo.pop())) - seen
        seen |= fresh
        todo += fresh
    return seen


@dataclass(frozen=True)
class Surroundings:
    """A change, in the graph around it.

    Attributes:
        changed: The quads that were written or struck, entailed ones included.
        graphs: The graph as it was built before, and all that the changed files say now.
        ontology: The terms.
    """

    changed: frozenset[Quad]
    graphs: tuple[Graph, ...]
    ontology: Ontology

    @cached_property
    def touched(self) -> Things:
        """The things, claims and contents of which anything that is built may differ."""
        told = {node for quad in self.changed for node in _named(quad)}
        found = told | self._retyped() | self._relayed() | self._ordered()
        found |= self._saying(found)
        found |= self._opposed(found)
        found |= self._described(found)
        return frozenset(found | self._called(found))

    @cached_property
    def telling(self) -> Things:
        """Whatever files speak of these must be read to tell what is built of the touched."""
        near = self.touched | {g for thing in self.touched for g in self._graphs(thing)}
        near |= {claim for each in near for claim in self._both(each, LEG.conflictsWith)}
        near |= self._described(near)
        near |= _closed(near, lambda node: self._on(node, *_CHAIN))
        near |= self._saying(near)
        near |= _closed(self.touched, lambda node: self._both(node, *_ORDER, LEG.spouse))
        near |= _closed(filter(self._is_unnamed, self.touched), self._reads)
        return frozenset(near)

    def _retyped(self) -> set[NamedNode]:
        """The claims about what changes its class: that decides in which manner they speak."""
        retyped = {q.subject for q in self.changed if q.predicate == RDF.type}
        return {g for thing in retyped if _is_iri(thing) for g in self._graphs(thing)}

    def _relayed(self) -> set[NamedNode]:
        """What relays, however indirectly, a text whose source or day changes."""
        sourcing = _SOURCING | self.ontology.bounding.keys()
        sources = {q.subject for q in self.changed if q.predicate in sourcing}
        return _closed(filter(_is_iri, sources), lambda node: self._back(node, *_CHAIN))

    def _ordered(self) -> set[NamedNode]:
        """All that came before or after what changes its place."""
        ends = {end for q in self.changed if q.predicate in _ORDER for end in (q.subject, q.object)}
        return _closed(filter(_is_iri, ends), lambda node: self._both(node, *_ORDER))

    def _saying(self, things: Iterable[NamedNode]) -> set[NamedNode]:
        """The contents that things say or are, and whatever says or carries these."""
        return _closed(things, self._said_with)

    def _said_with(self, node: NamedNode) -> Iterator[NamedNode]:
        yield from self._on(node, *SAYING)
        for kind in SAYING:
            for quad in (*self._quads(None, kind, node), *self._quads(None, kind, None, node)):
                yield from filter(_is_iri, (quad.subject, quad.object, quad.graph_name))
        if any(self._quads(None, SAYING[0], node)):
            yield from self._on(node, PROV.wasDerivedFrom)

    def _opposed(self, things: Iterable[NamedNode]) -> set[NamedNode]:
        """What two claims describe that acknowledge a conflict, where one of them is among them."""
        pairs = ({claim, *self._both(claim, LEG.conflictsWith)} for claim in things)
        return self._described({claim for pair in pairs if len(pair) > 1 for claim in pair})

    def _described(self, graphs: Iterable[NamedNode]) -> set[NamedNode]:
        """The subjects in graphs."""
        quads = (q for graph in graphs for q in self._quads(None, None, None, graph))
        return {q.subject for q in quads if _is_iri(q.subject)}

    def _called(self, things: Iterable[NamedNode]) -> set[NamedNode]:
        """Those without a name that are called by what may be called otherwise now."""
        renamed = {q.subject for q in self.changed if q.predicate in TOLD - {RDF.type}}
        some = (thing for thing in things if thing in renamed or self._is_unnamed(thing))
        return _closed(some, lambda node: filter(self._is_unnamed, self._calling(node)))

    def _calling(self, node: NamedNode) -> Iterator[NamedNode]:
        """What may be called after a thing."""
        yield from self._back(node, *_READ)
        yield from self._on(node, *SAYING, *_PARTS, LEG.accordingTo, PROV.wasDerivedFrom)
        for claim in self._back(node, PROV.wasQuotedFrom):
            yield from self._on(claim, LEG.accordingTo, PROV.wasDerivedFrom)
        yield from (g for g in self._graphs(node) if self._is_content(g))

    def _reads(self, node: NamedNode) -> Iterator[NamedNode]:
        """What must be known of other things to call one; of one with a name, nothing."""
        if not self._is_unnamed(node):
            return
        yield from self._on(node, *TOLD - {RDF.type})
        for whole in self._back(node, *SAYING, *_PARTS, LEG.accordingTo, PROV.wasDerivedFrom):
            yield whole
            yield from self._on(whole, PROV.wasQuotedFrom)
        yield from self._described([node])

    def _is_unnamed(self, node: NamedNode) -> bool:
        kinds = {q.object for q in self._quads(node, RDF.type)}
        return any({k, *self.ontology.superclasses(k)} & {*UNNAMED} for k in filter(_is_iri, kinds))

    def _is_content(self, graph: NamedNode) -> bool:
        return any(any(self._quads(None, kind, graph)) for kind in SAYING)

    def _quads(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        value: NamedNode | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        for one in self.graphs:
            yield from one.quads(subject, predicate, value, graph)

    def _on(self, node: NamedNode, *kinds: NamedNode) -> set[NamedNode]:
        """What a thing leads to."""
        quads = (q for kind in kinds for q in self._quads(node, kind))
        return {q.object for q in quads if _is_iri(q.object)}

    def _back(self, node: NamedNode, *kinds: NamedNode) -> set[NamedNode]:
        """What leads to a thing."""
        quads = (q for kind in kinds for q in self._quads(None, kind, node))
        return {q.subject for q in quads if _is_iri(q.subject) and not is_reified(q.subject)}

    def _both(self, node: NamedNode, *kinds: NamedNode) -> set[NamedNode]:
        return self._on(node, *kinds) | self._back(node, *kinds)

    def _graphs(self, thing: NamedNode) -> set[NamedNode]:
        """The graphs that say something about a thing."""
        return {q.graph_name for q in self._quads(thing) if _is_iri(q.graph_name)}
