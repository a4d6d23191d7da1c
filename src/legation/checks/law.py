"""Shapes and what they judge, as graphs to look things up in; and how far shapes look.

Invariant: a shape counts as plain only where every constraint in it is one that is known here, with
a value of the right kind. pySHACL alone says what is wrong with any other.
Source: SHACL, "Core Constraint Components".
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from decimal import Decimal
from functools import cached_property

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from legation.graph.dataset import grouped
from legation.rdf.vocabulary import OWL, PREFIXES, RDF, RDFS, XSD

Node = NamedNode | BlankNode | Literal
Said = Mapping[NamedNode, list[Node]]

SH = PREFIXES["sh"]
_DEEPEST = 4
"""How deep shapes may hold shapes; authors go two deep, and one that holds itself has no end."""
_ASIDE = {"severity", "message", "name", "description", "order", "group"}
_FORMS = {NamedNode(f"{SH}NodeShape"), NamedNode(f"{SH}PropertyShape")}
_TARGETS = ("targetClass", "targetNode", "targetObjectsOf", "targetSubjectsOf")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def sh(name: str) -> NamedNode:
    """A term of SHACL."""
    return NamedNode(SH + name)


class Index:
    """Triples by property and subject; each value once."""

    def __init__(
        self,
        triples: Iterable[Triple] = (),
        by_property: Mapping[NamedNode, Sequence[Triple]] | None = None,
    ) -> None:
        self._known = {} if by_property is None else by_property  # of which none stands twice
        self._more = grouped(dict.fromkeys(triples))
        self._columns: dict[NamedNode, dict[Node, list[Node]]] = {}
        self._kinds: dict[Node, set[Node]] = {}

    @property
    def triples(self) -> Iterator[Triple]:
        """Every triple."""
        return (t for by in (self._known, self._more) for some in by.values() for t in some)

    @cached_property
    def about(self) -> Mapping[Node, Said]:
        """What is said of each subject."""
        found: dict[Node, dict[NamedNode, list[Node]]] = {}
        for subject, predicate, value in self.triples:
            found.setdefault(subject, {}).setdefault(predicate, []).append(value)
        return found

    def column(self, predicate: NamedNode) -> Mapping[Node, list[Node]]:
        """The subjects that have a property, each with its values."""
        if predicate not in self._columns:
            column: defaultdict[Node, list[Node]] = defaultdict(list)
            for subject, _, value in self._known.get(predicate, ()):
                column[subject].append(value)
            for subject, _, value in self._more.get(predicate, ()):
                if value not in column[subject]:
                    column[subject].append(value)
            self._columns[predicate] = dict(column)
        return self._columns[predicate]

    def worth(self, predicate: NamedNode) -> Set[Node]:
        """The values that a property has, of whatever subject."""
        return {one for several in self.column(predicate).values() for one in several}

    def values(self, subject: Node, predicate: NamedNode) -> list[Node]:
        """The objects of a subject and predicate."""
        return self.column(predicate).get(subject, [])

    def pairs(self, predicate: NamedNode) -> Iterator[tuple[Node, Node]]:
        """Each subject and object of a predicate."""
        return ((subject, one) for subject, all_ in self.column(predicate).items() for one in all_)

    def members(self, node: Node) -> list[Node] | None:
        """The members of a list; None where it is not well formed."""
        found: list[Node] = []
        while node != RDF.nil:
            first, rest = self.values(node, RDF.first), self.values(node, RDF.rest)
            if len(first) != 1 or len(rest) != 1 or len(found) > 10_000:
                return None
            found.append(first[0])
            node = rest[0]
        return found

    def instances(self, kind: Node) -> Set[Node]:
        """The things of a class."""
        if not self._kinds:
            for subject, one in self.pairs(RDF.type):
                self._kinds.setdefault(one, set()).add(subject)
        return self._kinds.get(kind, set())

    def target(self, kind: str, value: Node) -> Iterable[Node]:
        """The nodes that a target of a shape means."""
        if kind == "targetClass":
            return self.instances(value)
        if kind == "targetNode":
            return (value,) if value in self.about or isinstance(value, Literal) else ()
        if not isinstance(value, NamedNode):
            return ()
        if kind == "targetSubjectsOf":
            return self.column(value).keys()
        return {found for _, found in self.pairs(value)}

    def around(self, nodes: Iterable[Node], steps: int) -> Iterator[Triple]:
        """What is said of some nodes, and of whatever lies so many steps from them."""
        level, seen = set(nodes), set[Node]()
        for _ in range(steps + 1 if level else 0):
            found: set[Node] = set()
            for triple in self.triples:
                subject, _, value = triple
                if subject in level:
                    yield triple
                    if not isinstance(value, Literal):
                        found.add(value)
            seen |= level
            level = found - seen


def targets(shapes: Index, data: Index) -> dict[Node, set[Node]]:
    """The focus nodes of each shape that declares a target or is a class itself."""
    found: dict[Node, set[Node]] = {}
    for kind in _TARGETS:
        for shape, value in shapes.pairs(sh(kind)):
            found.setdefault(shape, set()).update(data.target(kind, value))
    # A shape that is a class is for its instances. Source: SHACL 2.1.3.3.
    above = shapes.pairs(RDFS.subClassOf)
    kinds = {RDFS.Class, OWL.Class, *(kind for kind, wider in above if wider == RDFS.Class)}
    for shape, said in shapes.about.items():
        types = said.get(RDF.type, ())
        if not kinds.isdisjoint(types) and not _FORMS.isdisjoint(types):
            found.setdefault(shape, set()).update(data.target("targetClass", shape))
    return found


def reach(shapes: Index, data: Index) -> int | None:
    """How many steps from a node its shapes look; None where they hold anything not known here.

    A parameter of a wrong kind is such, too: pySHACL says what is wrong with it.
    """
    if any(True for _ in data.pairs(RDFS.subClassOf)):
        return None
    for said in shapes.about.values():
        # A shape that is a class, too, is for its instances; what else it may be is not known here.
        if not _FORMS.issuperset(said.get(RDF.type, ())) or RDFS.subClassOf in said:
            return None
        if not _fits_its_kind(shapes, said):
            return None
        if not _is_plain(shapes, said):
            return None
    depths = [_depth(shapes, shape, 0) for shape in shapes.about]
    return None if None in depths else max((d for d in depths if d is not None), default=0)


def _fits_its_kind(shapes: Index, said: Said) -> bool:
    """Whether a shape with a path, or without one, holds only what is known of such shapes.

    A result on a value of a value has that as its focus, which no target leads to.
    """
    if sh("path") in said:
        return sh("property") not in said
    parts = said.get(sh("property"), ())
    return _OF_PATHS.isdisjoint(said) and all(sh("path") in shapes.about.get(p, {}) for p in parts)


def _is_plain(shapes: Index, said: Said) -> bool:
    for predicate, values in said.items():
        name = predicate.value.removeprefix(SH)
        if name == predicate.value or name in _ASIDE:
            continue
        is_fit = _FIT.get(name)
        if is_fit is None or not all(is_fit(shapes, value) for value in values):
            return False
        if len(values) > 1 and name not in _REPEATED:
            return False
    return True


def _depth(shapes: Index, shape: Node, above: int) -> int | None:
    """How many paths lie one within another; None without end."""
    if above > _DEEPEST:
        return None
    said = shapes.about.get(shape, {})
    inner = [*said.get(sh("property"), ()), *said.get(sh("not"), ())]
    inner += [one for listed in said.get(sh("or"), ()) for one in shapes.members(listed) or ()]
    depths = [_depth(shapes, one, above + 1) for one in inner]
    if None in depths:
        return None
    return (sh("path") in said) + max((d for d in depths if d is not None), default=0)


def _is_iri(shapes: Index, value: Node) -> bool:
    return isinstance(value, NamedNode)


def _is_shape(shapes: Index, value: Node) -> bool:
    return value in shapes.about


def _is_list(shapes: Index, value: Node) -> bool:
    return bool(shapes.members(value))


def _is_list_of_shapes(shapes: Index, value: Node) -> bool:
    members = shapes.members(value)
    return bool(members) and all(one in shapes.about for one in members or ())


def _is_count(shapes: Index, value: Node) -> bool:
    return (
        isinstance(value, Literal)
        and value.datatype == XSD.integer
        and re.fullmatch("[0-9]{1,9}", value.value) is not None
    )


def _is_pattern(shapes: Index, value: Node) -> bool:
    try:
        return isinstance(value, Literal) and re.compile(value.value) is not None
    except re.error:
        return False


_FIT: dict[str, Callable[[Index, Node], bool]] = {
    "class": _is_iri,
    "datatype": _is_iri,
    "disjoint": _is_iri,
    "in": _is_list,
    "lessThan": _is_iri,
    "lessThanOrEquals": _is_iri,
    "maxCount": _is_count,
    "minCount": _is_count,
    "minInclusive": lambda shapes, value: isinstance(ordered(value), Decimal),
    "minLength": _is_count,
    "nodeKind": lambda shapes, value: value in (sh("IRI"), sh("Literal"), sh("BlankNode")),
    "not": _is_shape,
    "or": _is_list_of_shapes,
    "path": _is_iri,
    "pattern": _is_pattern,
    "property": _is_shape,
    "targetClass": _is_iri,
    "targetSubjectsOf": _is_iri,
    "uniqueLang": lambda shapes, value: value == Literal("true", datatype=XSD.boolean),
}
"""What is known here, and which values each may have."""
_OF_PATHS = set(
    map(sh, ("disjoint", "lessThan", "lessThanOrEquals", "maxCount", "minCount", "uniqueLang"))
)
_REPEATED = {"class", "not", "or", "property", "targetClass", "targetSubjectsOf"}


FORMS = {XSD.integer: _INTEGER, XSD.decimal: _DECIMAL, XSD.date: _DAY}


def ordered(node: Node) -> Decimal | date | None:
    """What a number or day is worth; None for anything else, and for one that is badly written."""
    if not isinstance(node, Literal) or node.datatype not in FORMS:
        return None
    if FORMS[node.datatype].fullmatch(node.value) is None:
        return None
    try:
        return date.fromisoformat(node.value) if node.datatype == XSD.date else Decimal(node.value)
    except ValueError:
        return None
