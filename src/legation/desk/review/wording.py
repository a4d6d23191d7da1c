"""What the graph says, in words: labels for things that have one, descriptions for the others.

Invariant: an IRI is never read aloud. What nobody labels is called as the build calls it
(`legation.graph.labelling`), also where only a change that took it away still tells of it.
"""

from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from legation.checks.case import Case
from legation.graph.labelling import Wording
from legation.rdf.vocabulary import LANG_STRING, RDF, SKOS, XSD

_MARKS = "\"'“”‘’«»"


@dataclass(frozen=True)
class Words:
    """The words of a graph."""

    case: Case
    more: tuple[Triple, ...] = ()

    @cached_property
    def _wording(self) -> Wording:
        more = (Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in self.more)
        return Wording.of((*self.case.dataset.quads, *more), self.case.ontology)

    def of(self, node: object) -> str:
        """What a thing is called; a text in quotation marks; any other value as it is written."""
        if node == RDF.type:
            return "is a"
        if isinstance(node, NamedNode):
            return self._wording.name(node)
        if isinstance(node, Literal):
            return quoted(node.value) if is_text(node) else node.value
        return str(node)

    def kind(self, node: NamedNode) -> str:
        """The lowest class of a thing, in words; empty for a stranger."""
        return self._wording.kind(node)

    def note(self, node: NamedNode) -> str:
        """What a person noted on a thing; empty without a note."""
        values = self._wording.said.get(node, {}).get(SKOS.editorialNote, ())
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
