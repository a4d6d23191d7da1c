"""Which things plainly keep their shapes, so that pySHACL need not look at them.

Invariant: nothing is found here. A thing passes only where each constraint on it plainly holds;
whatever is broken or doubtful is left to pySHACL, which alone judges. So what is understood too
little costs time, and never a finding.
"""

import re
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pyoxigraph import BlankNode, Literal, NamedNode

from legation.checks.law import FORMS, SH, Index, Node, Said, ordered, sh, targets
from legation.rdf.vocabulary import RDF, XSD

_Doubt = bool | None
"""True where a constraint plainly holds, False where it plainly does not, None in doubt."""


def suspects(shapes: Index, data: Index) -> set[Node]:
    """The nodes that pySHACL must look at, where shapes are plain; the rest keep their shapes."""
    judge = _Judge(shapes, data)
    reached = targets(shapes, data).items()
    return set().union(*(judge.doubtful(shape, nodes) for shape, nodes in reached if nodes))


_Test = Callable[[Node], _Doubt]
"""Whether a node keeps a constraint."""


@dataclass(frozen=True)
class _Judge:
    """Makes tests of shapes that are plain."""

    shapes: Index
    data: Index

    def doubtful(self, shape: Node, nodes: Set[Node]) -> set[Node]:
        """The nodes of some that do not plainly keep a shape; all are looked at as one."""
        said = self.shapes.about[shape]
        paths = said.get(sh("path"))
        if paths and isinstance(paths[0], NamedNode):
            return self._doubtful_along(paths[0], said, nodes)
        found = self._failing(said, nodes)
        return found.union(*(self.doubtful(p, nodes) for p in said.get(sh("property"), ())))

    def _doubtful_along(self, path: NamedNode, said: Said, nodes: Set[Node]) -> set[Node]:
        values = self.data.column(path)
        low, high = (_count(said.get(sh(name))) for name in ("minCount", "maxCount"))
        found = set() if low is None else {n for n in nodes if len(values.get(n, ())) < low}
        if high is not None:
            found |= {n for n, several in values.items() if len(several) > high} & nodes
        if bad := self._failing(said, self.data.worth(path)):
            found |= {n for n, worth in values.items() if not bad.isdisjoint(worth)} & nodes
        for pair in self._pairs(path, said):
            found |= {n for n in values.keys() & nodes if pair(n) is not True}
        return found

    def _failing(self, said: Said, nodes: Set[Node]) -> set[Node]:
        """The nodes that do not plainly stand what is asked of each by itself."""
        found: set[Node] = set()
        for kind in said.get(sh("class"), ()):
            found |= nodes - self.data.instances(kind)
        for name, values in ((p.value.removeprefix(SH), some) for p, some in said.items()):
            test = _anything if name in ("class", "property") else self._test(name, values)
            if test is not _anything:
                found |= {node for node in nodes if test(node) is not True}
        return found

    def constraint(self, shape: Node) -> _Test:
        """The test of a node or property shape within another."""
        said = self.shapes.about[shape]
        paths = said.get(sh("path"))
        each = _all([self._test(p.value.removeprefix(SH), values) for p, values in said.items()])
        if not paths or not isinstance(paths[0], NamedNode):
            return each
        return self._along(paths[0], said, each)

    def _along(self, path: NamedNode, said: Said, each: _Test) -> _Test:
        """The test of a property shape on whatever has the property."""
        low, high = (_count(said.get(sh(name))) for name in ("minCount", "maxCount"))
        pairs = list(self._pairs(path, said))

        def holds(node: Node) -> _Doubt:
            values = self.data.values(node, path)
            if (low is not None and len(values) < low) or (high is not None and len(values) > high):
                return False
            results = [each(value) for value in values]
            results += [pair(node) for pair in pairs] if values else []
            return False if False in results else None if None in results else True

        return holds

    def _test(self, name: str, values: list[Node]) -> _Test:
        """The test of what each single value is worth."""
        if name == "class":
            return _all([self.data.instances(kind).__contains__ for kind in values])
        if name == "property":
            return _all([self.constraint(shape) for shape in values])
        if name == "or":
            return _all([self._some(listed) for listed in values])
        if name == "not":
            return _all([_not(self.constraint(shape)) for shape in values])
        if name == "in":
            return _among(self.shapes.members(values[0]) or [])
        made = _OF_VALUES.get(name)
        return _anything if made is None else made(values[0])

    def _some(self, listed: Node) -> _Test:
        tests = [self.constraint(shape) for shape in self.shapes.members(listed) or ()]

        def holds(node: Node) -> _Doubt:
            results = [test(node) for test in tests]
            return True if True in results else None if None in results else False

        return holds

    def _pairs(self, path: NamedNode, said: Said) -> Iterator[_Test]:
        """The tests of values against each other and against those of another property."""
        for name, agree in _PAIRS.items():
            for other in said.get(sh(name), ()):
                yield self._pair(path, other, agree)
        if sh("uniqueLang") in said:
            yield self._each_language_once(path)

    def _pair(self, path: NamedNode, other: Node, agree: Callable[[Node, Node], bool]) -> _Test:
        def holds(node: Node) -> _Doubt:
            others = self.data.values(node, other) if isinstance(other, NamedNode) else []
            ones = self.data.values(node, path)
            return all(agree(one, value) for one in ones for value in others) or None

        return holds

    def _each_language_once(self, path: NamedNode) -> _Test:
        def holds(node: Node) -> _Doubt:
            values = self.data.values(node, path)
            tags = [v.language.lower() for v in values if isinstance(v, Literal) and v.language]
            return len(tags) == len(set(tags)) or None

        return holds


def _anything(node: Node) -> _Doubt:
    return True


def _all(tests: list[_Test]) -> _Test:
    tests = [test for test in tests if test is not _anything]
    if not tests:
        return _anything
    if len(tests) == 1:
        return tests[0]

    def holds(node: Node) -> _Doubt:
        doubt: _Doubt = True
        for test in tests:
            found = test(node)
            if found is False:
                return False
            doubt = None if found is None else doubt
        return doubt

    return holds


def _not(test: _Test) -> _Test:
    def holds(node: Node) -> _Doubt:
        found = test(node)
        return None if found is None else not found

    return holds


def _among(allowed: list[Node]) -> _Test:
    known = set(allowed)
    # Literals that differ may still be one value to rdflib: such a one is in doubt, not out.
    return lambda node: node in known or (False if isinstance(node, NamedNode) else None)


def _count(values: list[Node] | None) -> int | None:
    return int(values[0].value) if values and isinstance(values[0], Literal) else None


def _typed(kind: Node) -> _Test:
    def holds(node: Node) -> _Doubt:
        if not isinstance(node, Literal) or node.datatype != kind or node.language:
            return None
        form = FORMS.get(node.datatype)
        if form is not None:
            return ordered(node) is not None or None
        is_free = not node.datatype.value.startswith((XSD.base, RDF.base))
        return node.datatype == XSD.string or is_free or None

    return holds


def _kind_is(kind: Node) -> _Test:
    wanted = {sh("IRI"): NamedNode, sh("Literal"): Literal, sh("BlankNode"): BlankNode}.get(kind)  # type: ignore[arg-type]
    return lambda node: (wanted is not None and isinstance(node, wanted)) or None


def _at_least(least: Node) -> _Test:
    floor = ordered(least)

    def holds(node: Node) -> _Doubt:
        found = ordered(node)
        both = isinstance(floor, Decimal) and isinstance(found, Decimal)
        return (both and found >= floor) or None  # type: ignore[operator]

    return holds


def _as_long_as(least: Node) -> _Test:
    length = _count([least]) or 0
    return lambda node: (isinstance(node, Literal) and len(node.value) >= length) or None


def _like(pattern: Node) -> _Test:
    form = re.compile(pattern.value)
    return lambda node: (isinstance(node, Literal) and form.search(node.value) is not None) or None


_OF_VALUES: dict[str, Callable[[Node], _Test]] = {
    "datatype": _typed,
    "nodeKind": _kind_is,
    "minInclusive": _at_least,
    "minLength": _as_long_as,
    "pattern": _like,
}


def _is_less(one: Node, other: Node, *, or_equal: bool = False) -> bool:
    """Whether two values of one datatype are in order; no, where they cannot be compared."""
    first, second = ordered(one), ordered(other)
    if isinstance(first, Decimal) and isinstance(second, Decimal):
        return first < second or (or_equal and first == second)
    if isinstance(first, date) and isinstance(second, date):
        return first < second or (or_equal and first == second)
    return False


_PAIRS: dict[str, Callable[[Node, Node], bool]] = {
    "lessThan": _is_less,
    "lessThanOrEquals": lambda one, other: _is_less(one, other, or_equal=True),
    "disjoint": lambda one, other: one != other and not isinstance(other, BlankNode),
}
