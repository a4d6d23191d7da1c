"""Which triples of claims contradict each other: derived once, by the build, and read back.

Invariant: there is no second definition. Triples contradict each other when they give one thing
two values of a single-valued property that cannot both be true, or when their claims say of each
other that they conflict; check, questions, differences, timelines and networks read the result.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import combinations, product

from pyoxigraph import Literal, NamedNode, Quad, Triple

from legation.graph.reification import node_of, reified, stating
from legation.rdf.gathering import gathered
from legation.rdf.ontology import Ontology
from legation.rdf.vocabulary import EDTF, LEG, PROV, RDF, XSD
from legation.text import dates

SPARQL = f"""SELECT ?node ?property ?value
WHERE {{ ?node {LEG.contradicts} ?other ; ?property ?value }}"""
"""What to ask a store for, to `read` the contradictions of its graph."""

_NUMBERS = (XSD.integer, XSD.decimal, XSD.double)


@dataclass(frozen=True, slots=True)
class Side:
    """A triple that another contradicts, and the claims that state it, sorted."""

    thing: NamedNode
    kind: NamedNode
    value: NamedNode | Literal
    claims: tuple[NamedNode, ...]

    @property
    def triple(self) -> Triple:
        """What the claims state."""
        return Triple(self.thing, self.kind, self.value)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two triples that cannot both be true."""

    one: Side
    other: Side

    @property
    def sides(self) -> tuple[tuple[Side, Side], ...]:
        """Each side, with that which stands against it."""
        return (self.one, self.other), (self.other, self.one)

    @property
    def claims(self) -> Iterator[tuple[NamedNode, NamedNode]]:
        """Each claim of the one side with each of the other."""
        return product(self.one.claims, self.other.claims)


def derived(
    claim_graphs: Iterable[Quad], links: Iterable[Triple], ontology: Ontology
) -> Iterator[Triple]:
    """The contradictions of a graph as triples, for its default graph."""
    stated = stating(claim_graphs)
    content: defaultdict[NamedNode, set[Triple]] = defaultdict(set)
    for triple, claims in stated.items():
        for claim in claims:
            content[claim].add(triple)
    pairs = {frozenset(pair) for pair in _disagreeing(stated, ontology)}
    linked = [
        (content[link.subject], content[link.object])
        for link in links
        if link.predicate == LEG.conflictsWith
        and isinstance(link.subject, NamedNode)
        and isinstance(link.object, NamedNode)
        and link.subject in content
        and link.object in content
    ]
    pairs |= {pair for one, other in linked for pair in _opposed(one, other, pairs)}
    for one, other in map(tuple, pairs):
        yield Triple(node_of(one), LEG.contradicts, node_of(other))
        yield Triple(node_of(other), LEG.contradicts, node_of(one))
        yield from reified(one, stated[one])
        yield from reified(other, stated[other])


def _disagreeing(triples: Iterable[Triple], ontology: Ontology) -> Iterator[tuple[Triple, Triple]]:
    """Pairs that give one thing two values; a sub-property is as single-valued as the one above."""
    single = ontology.single_valued
    alike = gathered(
        ((triple.subject, kind), triple)
        for triple in triples
        for kind in single & {triple.predicate, *ontology.superproperties(triple.predicate)}
    )
    for found in alike.values():
        for one, other in combinations(found, 2):
            if not _agree(one.object, other.object):
                yield one, other


def _agree(value: object, other: object) -> bool:
    """Whether two values of one property can both be true."""
    if value == other or not isinstance(value, Literal) or not isinstance(other, Literal):
        return value == other
    if value.datatype == EDTF == other.datatype:
        return dates.compatible(value.value, other.value)
    if value.datatype in _NUMBERS and other.datatype in _NUMBERS:
        try:
            return Decimal(value.value) == Decimal(other.value)
        except InvalidOperation:
            return False
    return False


_Pair = frozenset[Triple]


def _opposed(one: set[Triple], other: set[Triple], known: set[_Pair]) -> set[_Pair]:
    """What stands against what in two claims that acknowledge a conflict.

    A single-valued property tells; else what both say of one thing by one property, else of two
    things by one property, else everything that only one of them says.
    """
    pairs = {
        frozenset(pair)
        for pair in product(one - other or one, other - one or other)
        if pair[0] != pair[1]
    }
    if pairs & known:
        return set()
    told = {pair for pair in pairs if all(triple.predicate != RDF.type for triple in pair)}
    by_property = {p for p in told if _is_one(p, "predicate") and not _is_one(p, "object")}
    by_thing = {p for p in by_property if _is_one(p, "subject")}
    return by_thing or by_property or told or pairs


def _is_one(pair: _Pair, part: str) -> bool:
    return len({getattr(triple, part) for triple in pair}) == 1


def read(triples: Iterable[Triple]) -> tuple[Contradiction, ...]:
    """The contradictions that a build derived, once each, sorted by their triples."""
    parts: defaultdict[object, defaultdict[NamedNode, set[object]]] = defaultdict(
        lambda: defaultdict(set)
    )
    given = tuple(triples)
    opposed = {triple.subject for triple in given if triple.predicate == LEG.contradicts}
    for triple in given if opposed else ():
        if triple.subject in opposed:
            parts[triple.subject][triple.predicate].add(triple.object)
    sides = {node: side for node, part in parts.items() if (side := _side(part)) is not None}
    found = {
        frozenset((node, other))
        for node in sides
        for other in parts[node][LEG.contradicts]
        if other in sides
    }
    both = [sorted((sides[node] for node in pair), key=lambda s: str(s.triple)) for pair in found]
    return tuple(
        Contradiction(*pair)
        for pair in sorted(both, key=lambda pair: [str(side.triple) for side in pair])
        if len(pair) == 2
    )


def _side(part: Mapping[NamedNode, set[object]]) -> Side | None:
    """A reified triple; None where a graph does not say all of it."""
    spoken = [next(iter(part.get(kind, ())), None) for kind in _SPOKEN]
    claims = (c for c in part.get(PROV.wasDerivedFrom, ()) if isinstance(c, NamedNode))
    subject, predicate, value = spoken
    if not isinstance(subject, NamedNode) or not isinstance(predicate, NamedNode):
        return None
    if not isinstance(value, NamedNode | Literal):
        return None
    return Side(subject, predicate, value, tuple(sorted(claims, key=str)))


_SPOKEN = (RDF.subject, RDF.predicate, RDF.object)
