"""Where a fault stands: the line of a value, or of the block that should hold it.

Invariant: a triple of the merged graph is traced to the line that authored it, in an article
before the registry; a derived role or class to the narrower one that an author wrote.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Triple

from legation.graph.claim import Claim, Content, Omission
from legation.graph.record import Record
from legation.rdf.ontology import Ontology
from legation.rdf.trig import LocatedQuad
from legation.rdf.vocabulary import RDF


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file, and the value on it if there is one."""

    path: Path
    line: int = 1
    value: object = None


@dataclass(frozen=True)
class Places:
    """Finds lines."""

    record: Record
    ontology: Ontology

    def of_claim(self, claim: Claim | Omission, predicate: NamedNode | None = None) -> Place:
        """Where a property of a passage stands, or its block."""
        for located in self.record.about(claim.iri):
            if located.path == claim.path and located.quad.predicate == predicate:
                return Place(located.path, located.line, located.quad.object)
        return Place(claim.path, claim.line)

    def of_triple(self, claim: Claim | Content, triple: Triple) -> Place:
        """Where a claim or content says a triple."""
        quad = Quad(triple.subject, triple.predicate, triple.object, claim.iri)
        located = self._written.get(quad)
        if located is None:
            return Place(claim.path, claim.line)
        return Place(located.path, located.line, triple.object)

    @cached_property
    def _written(self) -> dict[Quad, LocatedQuad]:
        found: dict[Quad, LocatedQuad] = {}
        for located in self.record.quads("registry", "article"):
            found.setdefault(located.quad, located)
        return found

    @cached_property
    def _said(self) -> dict[Triple, LocatedQuad]:
        """Where each triple was first written, in articles before other files."""
        found: dict[Triple, LocatedQuad] = {}
        for located in (*self.record.quads("article"), *self.record.quads()):
            found.setdefault(located.quad.triple, located)
        return found

    def of_thing(
        self, subject: object, predicate: NamedNode | None = None, value: object = None
    ) -> Place | None:
        """Where a triple of the merged graph was written; None for a thing nobody wrote of.

        A role or class may be derived: then the narrower one that an author wrote counts. The place
        of the value, else of the property, else of the thing's declaration.
        """
        if predicate is not None:
            below = self.ontology.subproperties(predicate)
            for narrow in sorted(below, key=str) if value is not None else ():
                located = self._said.get(Triple(subject, narrow, value))  # type: ignore[arg-type]
                if located is not None:
                    return _place(located, with_value=True)
            said = [q for q in self._authored(subject) if q.quad.predicate in below]
            if said and value is None:
                return _place(said[0], with_value=True)
        quads = self._authored(subject)
        typed = [q for q in quads if q.quad.predicate == RDF.type]
        return _place((typed or quads)[0], with_value=False) if quads else None

    def of_value(self, value: object, predicates: Collection[NamedNode] = ()) -> Place | None:
        """Where a value was first written, of one of some properties if any are named."""
        roles = {below for role in predicates for below in self.ontology.subproperties(role)}
        for triple, located in self._said.items():
            if triple.object == value and (not roles or triple.predicate in roles):
                return _place(located, with_value=True)
        return None

    def of_quad(self, located: LocatedQuad) -> Place:
        """Where a quad stands."""
        return _place(located, with_value=True)

    @cached_property
    def _articles(self) -> frozenset[Path]:
        return frozenset(article.path for article in self.record.articles)

    def _authored(self, subject: object) -> list[LocatedQuad]:
        """The quads of a subject, those of articles first."""
        return sorted(self.record.about(subject), key=lambda q: q.path not in self._articles)


def _place(located: LocatedQuad, *, with_value: bool) -> Place:
    return Place(located.path, located.line, located.quad.object if with_value else None)
