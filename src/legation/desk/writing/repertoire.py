"""What a form may offer: the kinds of things, what is said of each, and with which values.

Invariant: no class, property or value is known here by name but for the roots of the ontology;
terms of a workspace's own take their place by domain, range and shape like any other.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from pyoxigraph import BlankNode, Literal, NamedNode

from legation.checks import allowed
from legation.checks.law import Index, Node, sh
from legation.graph.record import triples_of
from legation.graph.workspace import Workspace
from legation.rdf import trig
from legation.rdf.ontology import Ontology
from legation.rdf.vocabulary import EDTF, LEG, RDFS, XSD, compact

_ROOTS = (LEG.Event, LEG.Statement, LEG.Plan, LEG.Tenure, LEG.Document, LEG.Agent)
_PLAIN = {XSD.boolean: "flag", XSD.integer: "number", XSD.decimal: "number"}
_Classes = frozenset[NamedNode]


@dataclass(frozen=True)
class Repertoire:
    """The choices of a workspace's forms."""

    workspace: Workspace

    @property
    def _ontology(self) -> Ontology:
        return self.workspace.ontology

    @cached_property
    def _shapes(self) -> Index:
        parsed = [trig.read(path) for path in self.workspace.shape_files]
        values = allowed.value_shapes(self._ontology).encode()
        parsed.append(trig.parse(values, self.workspace.graph))
        return Index(triple for part in parsed for triple in triples_of(part.quads))

    def short(self, node: NamedNode) -> str:
        """A term as an author writes it."""
        return compact(node, self.workspace.prefixes)

    @cached_property
    def properties(self) -> tuple[NamedNode, ...]:
        """What a claim's graph may say, by label."""
        ontology = self._ontology
        said = ontology.object_properties | ontology.datatype_properties
        left = said - ontology.metadata - ontology.derived - {LEG.contradicts}
        return tuple(sorted(left, key=lambda p: (ontology.label(p).lower(), p.value)))

    @cached_property
    def kinds(self) -> tuple[NamedNode, ...]:
        """The classes that a claim may give a thing: neither metadata nor classes of values."""
        ontology = self._ontology
        held = {c for c in ontology.classes if ontology.members(c)}
        left = ontology.classes - held - ontology.metadata - {LEG.Occurrence, LEG.Document}
        left -= ontology.subclasses(LEG.Content)
        return tuple(sorted(left, key=lambda c: (ontology.label(c).lower(), c.value)))

    @property
    def reasons(self) -> list[NamedNode]:
        """Why words may carry no claim."""
        return self._values(LEG.reason)

    @property
    def bases(self) -> list[NamedNode]:
        """How words may give a claim, where they do not say it."""
        return self._values(LEG.basis)

    def _classes_in(self, shape: Node) -> _Classes:
        """The classes one of which a shape wants."""
        shapes = self._shapes
        found = [c for c in shapes.values(shape, sh("class")) if isinstance(c, NamedNode)]
        for listed in shapes.values(shape, sh("or")):
            each = [shapes.values(m, sh("class")) for m in shapes.members(listed) or ()]
            found += [c for cs in each for c in cs if isinstance(c, NamedNode)]
        return frozenset(found)

    @cached_property
    def _parts(self) -> tuple[tuple[Node, NamedNode], ...]:
        """Each property shape with its path."""
        pairs = self._shapes.pairs(sh("path"))
        return tuple((shape, path) for shape, path in pairs if isinstance(path, NamedNode))

    @cached_property
    def _bearers(self) -> Mapping[NamedNode, _Classes]:
        """For properties that shapes keep to some classes, these."""
        pairs = self._shapes.pairs(sh("targetSubjectsOf"))
        found = {p: self._classes_in(shape) for shape, p in pairs if isinstance(p, NamedNode)}
        return {prop: classes for prop, classes in found.items() if classes}

    @cached_property
    def _shaped(self) -> Mapping[NamedNode, dict[NamedNode, bool]]:
        """For each class that has a shape its properties, and whether one must be there."""
        found: defaultdict[NamedNode, dict[NamedNode, bool]] = defaultdict(dict)
        shapes = self._shapes
        for shape, kind in shapes.pairs(sh("targetClass")):
            if not isinstance(kind, NamedNode):
                continue
            listed = [(shapes.members(each) or [])[:1] for each in shapes.values(shape, sh("or"))]
            # Of what may stand one for the other, the first is asked for.
            for part in (*shapes.values(shape, sh("property")), *chain(*listed)):
                for path in shapes.values(part, sh("path")):
                    least = shapes.values(part, sh("minCount"))
                    if isinstance(path, NamedNode):
                        is_due = any(isinstance(n, Literal) and n.value != "0" for n in least)
                        found[kind][path] = found[kind].get(path, False) or is_due
        return found

    def said_of(self, kind: NamedNode) -> Iterator[tuple[NamedNode, bool]]:
        """The properties of a class, each with whether one has to be given."""
        above = {kind, *self._ontology.superclasses(kind)}
        due = {p: d for c in above for p, d in self._shaped.get(c, {}).items() if d}
        shaped = {p for c in above for p in self._shaped.get(c, {})}
        for prop in self.properties:
            domain = self._ontology.domain(prop, inherited=True)
            kept = self._bearers.get(prop)
            is_bound = kept is not None or domain is not None
            fits = (kept is None or not above.isdisjoint(kept)) and domain in (None, *above)
            is_shaped = any(prop in props for props in self._shaped.values())
            if fits and (is_bound or prop in shaped or not is_shaped):
                yield prop, prop in due

    def _range(self, prop: NamedNode) -> _Classes:
        found = [self._classes_in(shape) for shape, path in self._parts if path == prop]
        classes = next((c for c in found if c), frozenset[NamedNode]())
        stated = self._ontology.range(prop, inherited=True)
        return classes or (frozenset() if stated is None else frozenset({stated}))

    def _values(self, prop: NamedNode) -> list[NamedNode]:
        """The values a property may have, by label; none where it may have any."""
        ontology, shapes = self._ontology, self._shapes
        lists = [
            shapes.members(listed) or ()
            for shape, path in self._parts
            if path == prop and not isinstance(shape, BlankNode)
            for listed in shapes.values(shape, sh("in"))
        ]
        found = {value for values in lists for value in values if isinstance(value, NamedNode)}
        found |= ontology.members(ontology.range(prop))
        kept = (v for v in found if prop not in ontology.marks(v, LEG.notValueOf))
        return sorted(kept, key=lambda v: (ontology.label(v), v.value))

    def sort(self, prop: NamedNode) -> str:
        """What is put in for a property: thing, graph, date, flag, number or text."""
        ontology = self._ontology
        if prop in ontology.object_properties:
            return "graph" if LEG.Content in self._range(prop) else "thing"
        if prop in ontology.dating or EDTF in ontology.marks(prop, LEG.datatype):
            return "date"
        return _PLAIN.get(ontology.range(prop) or RDFS.Literal, "text")

    def as_json(self) -> dict[str, object]:
        """All choices as plain values, terms as an author writes them."""
        return {
            "kinds": [self._kind(kind) for kind in self.kinds],
            "properties": {self.short(prop): self._property(prop) for prop in self.properties},
            "reasons": list(map(self._term, self.reasons)),
            "bases": list(map(self._term, self.bases)),
        }

    def _term(self, term: NamedNode) -> dict[str, object]:
        told = {"label": self._ontology.label(term), "hint": self._ontology.definition(term)}
        return {"id": self.short(term), **told}

    def _kind(self, kind: NamedNode) -> dict[str, object]:
        above = {kind, *self._ontology.superclasses(kind)}
        group = next((root for root in _ROOTS if root in above), None)
        said = [(self.short(prop), is_due) for prop, is_due in self.said_of(kind)]
        return {
            **self._term(kind),
            "group": "other" if group is None else self._ontology.label(group),
            "above": sorted(self.short(c) for c in above),
            "prefix": self._ontology.kind(kind) or "anon",
            "registered": kind in self._ontology.marked(LEG.registered),
            "says": [prop for prop, _ in said],
            "due": [prop for prop, is_due in said if is_due],
        }

    def _property(self, prop: NamedNode) -> dict[str, object]:
        acts = {value: self._ontology.marks(value, LEG.actOf) for value in self._values(prop)}
        values = [
            {
                **self._term(value),
                "of": sorted(self.short(c) for c in of if isinstance(c, NamedNode)),
            }
            for value, of in acts.items()
        ]
        ranged = sorted(map(self.short, self._range(prop)))
        return {**self._term(prop), "sort": self.sort(prop), "values": values, "range": ranged}
