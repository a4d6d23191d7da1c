"""What tells things apart beside their names: publisher, title, place, date, what they relay.

Invariant: the marks of a thing are the same whether all things were read or only some. A graph that
was kept is asked only for the things that a text may describe.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Literal, NamedNode

from legation.graph.registry import Names
from legation.graph.spelling import words_of
from legation.store import Indexed, Store, Term
from legation.store.indexing import describing

_MARKS = """PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX leg: <https://w3id.org/legation/ns#>
PREFIX prov: <http://www.w3.org/ns/prov#>
SELECT ?thing ?how ?what WHERE {{
  {{ VALUES ?how {{ {how} }} ?thing ?how ?what }}
  UNION {{ ?thing a leg:Article ; ?how ?report . ?report dcterms:publisher ?what
    FILTER(?how = prov:wasDerivedFrom) }}
}}"""

Told = Mapping[NamedNode, tuple[tuple[str, str], ...]]
"""For each thing what is told of it, as pairs like "place", "Moscow"."""


@dataclass(frozen=True)
class Marks:
    """The marks of the things of a graph."""

    store: Store
    names: Names

    def met(self, wanted: Set[str]) -> Told:
        """The marks of at least all things that a text of these words may describe."""
        if not isinstance(self.names, Indexed):
            return self._all
        index = self.names
        fitting = _fitting(index, wanted)
        return self._told((t, *mark) for t in fitting for mark in index.marks(t))

    @cached_property
    def _all(self) -> Told:
        how = " ".join(sorted(map(str, describing(self.names.ontology))))
        return self._told(self.store.select(_MARKS.format(how=how)))

    def _told(self, rows: Iterable[tuple[Term | None, ...]]) -> Told:
        called = describing(self.names.ontology)
        found: defaultdict[NamedNode, set[tuple[str, str]]] = defaultdict(set)
        for about, by, what in rows:
            if isinstance(about, NamedNode) and isinstance(by, NamedNode):
                words = [what.value] if isinstance(what, Literal) else []
                words += self.names.spelt(what) if isinstance(what, NamedNode) else []
                found[about] |= {(called[by], name) for name in words}
        return {thing: tuple(sorted(told)) for thing, told in found.items()}


def _fitting(index: Indexed, wanted: Set[str]) -> Iterator[NamedNode]:
    """The things of which every word is told by a mark, by their label or by their kind."""
    met = {word: index.marked(word) for word in wanted}
    for thing in set().union(*met.values()):
        rest = {word for word in wanted if thing not in met[word]}
        if rest:
            rest -= words_of(index.label(thing))
        if rest:
            rest -= {w for kind in index.types(thing) for w in words_of(index.ontology.label(kind))}
        if not rest:
            yield thing
