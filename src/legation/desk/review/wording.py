"""What the graph says, in words: labels for things that have one, descriptions for the others.

Invariant: an IRI is never read aloud. A statement, a tenure, a role or a report, which nobody
labels, is called by what is said of it.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Triple

from legation.checks.case import Case
from legation.rdf.vocabulary import DCTERMS, LANG_STRING, LEG, RDF, SKOS, XSD, compact, local_name

_MARKS = "\"'“”‘’«»"


@dataclass(frozen=True)
class Words:
    """The words of a graph."""

    case: Case
    more: tuple[Triple, ...] = ()

    @cached_property
    def _said(self) -> dict[object, dict[NamedNode, list[object]]]:
        table: defaultdict[object, dict[NamedNode, list[object]]] = defaultdict(dict)
        for triple in (*self.case.dataset.default, *self.more):
            table[triple.subject].setdefault(triple.predicate, []).append(triple.object)
        return table

    @cached_property
    def _labels(self) -> dict[NamedNode, str]:
        """What has been called already."""
        return {}

    def of(self, node: object) -> str:
        """What a thing is called; a text in quotation marks; any other value as it is written."""
        if isinstance(node, NamedNode):
            if node not in self._labels:
                # A tenure is called by its holder and a holder may be called by a tenure: a
                # description that comes back to its own thing ends with the local name.
                self._labels[node] = local_name(node)
                self._labels[node] = self._called(node)
            return self._labels[node]
        if isinstance(node, Literal):
            return quoted(node.value) if is_text(node) else node.value
        return str(node)

    def _called(self, node: NamedNode) -> str:
        if node == RDF.type:
            return "is a"
        label = self.case.names.label(node)
        if label != compact(node):
            return label
        return self._described(node) or local_name(node).replace("-", " ")

    def _described(self, node: NamedNode) -> str:
        """What is said of a thing that has no label; empty when nothing tells."""
        if holders := self._values(node, LEG.holder):
            return f"{holders} as {self._values(node, LEG.office) or 'holder of an office'}"
        if agents := self._values(node, LEG.agent):
            role = self._values(node, LEG.role)
            return f"{agents} as {role}" if role else agents
        if publishers := self._values(node, DCTERMS.publisher):
            published = self._values(node, LEG.published)
            return f"{publishers} report{f' of {published}' if published else ''}"
        if title := self._values(node, DCTERMS.title):
            return title
        kind = self.kind(node)
        if speakers := self._values(node, LEG.speaker):
            return f"{kind or 'statement'} of {speakers}"
        return ""

    def _values(self, node: NamedNode, predicate: NamedNode) -> str:
        values = self._said.get(node, {}).get(predicate, [])
        names = (v.value if isinstance(v, Literal) else self.of(v) for v in values if v != node)
        return " and ".join(sorted(set(names)))

    def kind(self, node: NamedNode) -> str:
        """The lowest class of a thing, in words; empty for a stranger."""
        ontology = self.case.ontology
        types = self._said.get(node, {}).get(RDF.type, [])
        known = {kind for kind in types if isinstance(kind, NamedNode)} & ontology.classes
        return ", ".join(ontology.label(kind) for kind in ontology.most_specific(known))

    def note(self, node: NamedNode) -> str:
        """What a person noted on a thing; empty without a note."""
        values = self._said.get(node, {}).get(SKOS.editorialNote, [])
        return " ".join(value.value for value in values if isinstance(value, Literal))


def is_text(literal: Literal) -> bool:
    """Whether a value is somebody's words, not a date, number or truth value."""
    return literal.datatype in (XSD.string, LANG_STRING)


def quoted(text: str) -> str:
    """Words in quotation marks, unless they bring their own.

    >>> quoted("warm greetings"), quoted("“a personal letter”")
    ('“warm greetings”', '“a personal letter”')
    """
    brings = text[:1] in _MARKS or text[-1:] in _MARKS
    return text if text and brings else f"“{text}”"
