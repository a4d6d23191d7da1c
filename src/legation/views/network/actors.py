"""What the nodes of a network are: their labels, kinds and states.

Invariant: a state is told, never guessed: it follows from structure that is written somewhere
(a body's polity, the office held, membership, on whose behalf somebody came).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pyoxigraph import Literal, NamedNode

from legation.answer import Source
from legation.rdf.vocabulary import LEG, NS, compact
from legation.views.network.palette import LOOKS
from legation.views.network.rows import read_table, read_texts

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

_WORDS = """PREFIX leg: <https://w3id.org/legation/ns#>
SELECT ?thing ?text WHERE { VALUES ?how { leg:text leg:titleAsWritten } ?thing ?how ?text }"""

_REPORTS = """PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX leg: <https://w3id.org/legation/ns#>
SELECT ?thing ?publisher ?published WHERE {
  ?thing a leg:Report ; dcterms:publisher ?publisher .
  OPTIONAL { ?thing leg:published ?published }
}"""

_APART = {LEG.Claim, LEG.Omission}
"""Classes whose members are never nodes; there are as many of them as of all others."""


_GROUPS = frozenset(NamedNode(NS + name.capitalize()) for name in LOOKS)
"""The broad groups of things, those that have a look; the nearest above a thing is its group."""

_EVENTS = frozenset(("Event", "Gathering"))
"""The classes of views whose nodes are events, which have the states of those who take part."""

_WORDED = frozenset(("Participation", "Statement", "Event", "Tenure"))
"""The classes of views whose nodes may have words of a source for a name."""


@dataclass(frozen=True)
class Actors:
    """Labels, kinds and states of things."""

    source: Source
    labels: Mapping[str, str]
    order: Sequence[NamedNode]
    classes: Mapping[str, int]
    wholes: Mapping[str, set[str]]
    _kinds: dict[int, str] = field(default_factory=dict)
    _groups: dict[int, str] = field(default_factory=dict)
    _states: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def _prefixes(self) -> dict[str, str]:
        return dict(self.source.prefixes)

    @cached_property
    def _terms(self) -> frozenset[str]:
        return frozenset(term.value for term in self.source.ontology.terms)

    @cached_property
    def _polity(self) -> int:
        return 1 << self.order.index(LEG.Polity)

    def label(self, thing: str) -> str:
        """What a thing or term is called."""
        found = self.labels.get(thing)
        if found is not None:
            return found
        if ":" not in thing:
            return thing
        if thing in self._terms:
            return self.source.ontology.label(NamedNode(thing))
        return compact(thing, self._prefixes)

    def kind(self, thing: str) -> str:
        """The lowest classes of a thing, in words.

        Returns:
            "reception"; empty for a stranger.
        """
        types = self.classes.get(thing, 0)
        if types not in self._kinds:
            terms = self.source.ontology
            had = (kind for number, kind in enumerate(self.order) if types >> number & 1)
            lowest = terms.most_specific(had)
            self._kinds[types] = ", ".join(terms.label(kind) for kind in lowest)
        return self._kinds[types]

    def group(self, thing: str) -> str:
        """The broad group of a thing, for colours and legends."""
        types = self.classes.get(thing, 0)
        if types not in self._groups:
            terms = self.source.ontology
            had = {kind for number, kind in enumerate(self.order) if types >> number & 1}
            wider = had.union(*map(terms.superclasses, had))
            broad = terms.most_specific(wider & _GROUPS)
            self._groups[types] = terms.label(broad[0]) if broad else "other"
        return self._groups[types]

    def states(self, thing: str) -> tuple[str, ...]:
        """The polities a thing belongs to, or that take part in an event.

        Returns:
            Their labels, sorted; none where nothing says so.
        """
        if thing not in self.wholes and not self.classes.get(thing, 0) & self._polity:
            return ()
        if thing not in self._states:
            reached = {w for w in self._reached(thing) if self.classes.get(w, 0) & self._polity}
            self._states[thing] = tuple(sorted(map(self.label, reached)))
        return self._states[thing]

    def _reached(self, thing: str) -> set[str]:
        seen = {thing}
        todo = [thing]
        while todo:
            for whole in self.wholes.get(todo.pop(), ()):
                if whole not in seen:
                    seen.add(whole)
                    todo.append(whole)
        return seen


@dataclass(frozen=True, slots=True)
class Cast:
    """What a view needs to know of things, as names of ``leg:`` classes.

    Attributes:
        nodes: The classes whose members are nodes.
        kinds: The classes whose members are not, but give edges their labels.
    """

    nodes: tuple[str, ...]
    kinds: tuple[str, ...] = ()


def read_actors(source: Source, scope: Cast) -> Actors:
    """Read what the nodes of a view are."""
    terms = source.ontology
    above = [NamedNode(NS + name) for name in (*scope.nodes, *scope.kinds, "Polity")]
    ordered = sorted({c for root in above for c in terms.subclasses(root)} - _APART, key=str)
    listed = " ".join(map(str, ordered))
    query = f"SELECT ?thing ?class WHERE {{ VALUES ?class {{ {listed} }} ?thing a ?class }}"
    bits = {kind.value: 1 << number for number, kind in enumerate(ordered)}
    classes: dict[str, int] = {}
    for thing, kind in read_table(source.store, query):
        classes[thing] = classes.get(thing, 0) | bits[kind]
    wholes: defaultdict[str, set[str]] = defaultdict(set)
    for parts in (_BELONGS, *([] if _EVENTS.isdisjoint(scope.nodes) else [_PARTIES])):
        for thing, whole in read_table(source.store, parts):
            wholes[thing].add(whole)
    labels = _labels(source, scope)
    if not _WORDED.isdisjoint(scope.nodes):
        labels = {**_words(source), **labels}
    if "Document" in scope.nodes:
        labels = {**_reports(source, labels), **labels}
    return Actors(source, labels, ordered, classes, wholes)


def _labels(source: Source, scope: Cast) -> dict[str, str]:
    """One name for each thing, the English one before others."""
    found: dict[str, tuple[bool, str]] = {}
    classes = " ".join(str(NamedNode(NS + name)) for name in (*scope.nodes, "Polity"))
    for thing, name, is_foreign in read_texts(source.store, _LABELS.format(classes=classes)):
        ranked = (is_foreign, name)
        if thing not in found or ranked < found[thing]:
            found[thing] = ranked
    return {thing: name for thing, (_, name) in found.items()}


def _words(source: Source) -> dict[str, str]:
    """What to call statements, tenures and participations that nobody named."""
    found: dict[str, str] = {}
    for thing, text, _ in read_texts(source.store, _WORDS):
        words = f"“{shortened(text)}”"
        found[thing] = min(words, found.get(thing, words))
    return found


def _reports(source: Source, labels: Mapping[str, str]) -> dict[str, str]:
    """What to call reports: by publisher and day."""
    found: dict[str, str] = {}
    for report, publisher, published in source.store.select(_REPORTS):
        if isinstance(report, NamedNode) and isinstance(publisher, NamedNode):
            day = f", {published.value}" if isinstance(published, Literal) else ""
            name = labels.get(publisher.value) or compact(publisher, source.prefixes)
            found[report.value] = f"report of {name}{day}"
    return found


def shortened(text: str, most: int = 60) -> str:
    """A text that fits beside a node.

    >>> shortened("talks on the strategic stability of the region", 20)
    'talks on the…'
    """
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return line[: most - 1].rsplit(" ", 1)[0] + "…"
