"""Everything that was read from a workspace, each triple with the line that wrote it.

Invariant: a record holds what people wrote, in the order they wrote it. Only what they need not
write of a claim is filled in (`legation.graph.authored`, `legation.graph.manner`); whatever else
can be worked out is worked out by `legation.graph.dataset`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal as Choice

from pyoxigraph import NamedNode, Triple

from legation.graph.article import Article
from legation.graph.claim import Claim, Content, Omission, carried
from legation.graph.manner import Kinds, kinds_of
from legation.rdf.gathering import gathered
from legation.rdf.ontology import Ontology
from legation.rdf.trig import Directive, LocatedQuad

FileKind = Choice["ontology", "shapes", "registry", "article"]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One authored file as read.

    Attributes:
        path: Where it is.
        kind: What part of the workspace it belongs to.
        quads: Its quads in the order written.
        directives: The prefixes it declares, and its base if any.
    """

    path: Path
    kind: FileKind
    quads: tuple[LocatedQuad, ...]
    directives: tuple[Directive, ...] = ()


@dataclass(frozen=True)
class Record:
    """The authored content of a workspace.

    Attributes:
        root: The folder that holds ``graph/``.
        files: Every file read, in the order: ontology, shapes, registry, articles, each by name.
        articles: The article headers, by file name.
        claims: Every claim, in file order.
        omissions: Every omission, in file order.
        contents: Every content of a statement or plan, in file order.
    """

    root: Path
    files: tuple[SourceFile, ...]
    articles: tuple[Article, ...] = ()
    claims: tuple[Claim, ...] = ()
    omissions: tuple[Omission, ...] = ()
    contents: tuple[Content, ...] = ()

    def quads(self, *kinds: FileKind) -> Iterator[LocatedQuad]:
        """The quads of the files of some kinds."""
        for file in self.files:
            if not kinds or file.kind in kinds:
                yield from file.quads

    @cached_property
    def _by_subject(self) -> dict[object, tuple[LocatedQuad, ...]]:
        lists = gathered((located.quad.subject, located) for located in self.quads())
        return {subject: tuple(quads) for subject, quads in lists.items()}

    def about(self, subject: object) -> tuple[LocatedQuad, ...]:
        """The quads with a subject, in any file and graph.

        Returns:
            The quads in the order written; empty when nobody wrote any.
        """
        return self._by_subject.get(subject, ())

    def where(
        self, subject: object, predicate: object = None, value: object = None
    ) -> LocatedQuad | None:
        """The place that first wrote a triple, or as much of it as is given.

        Args:
            predicate: The predicate, or None for any.
            value: The object, or None for any.

        Returns:
            The first quad that fits; else the first of the subject; None when there is none.
        """
        quads = self.about(subject)
        for located in quads:
            quad = located.quad
            if predicate in (None, quad.predicate) and value in (None, quad.object):
                return located
        return quads[0] if quads else None

    @property
    def passages(self) -> Iterator[Claim | Omission]:
        """Every claim, then every omission."""
        yield from self.claims
        yield from self.omissions

    @cached_property
    def claims_by_iri(self) -> dict[NamedNode, Claim]:
        """The claims, each under its IRI."""
        return {claim.iri: claim for claim in self.claims}

    @cached_property
    def contents_by_iri(self) -> dict[NamedNode, Content]:
        """The contents, each under its IRI."""
        return {content.iri: content for content in self.contents}

    @cached_property
    def carriers(self) -> dict[NamedNode, tuple[Claim, ...]]:
        """For each content the claims that prove that somebody says it, nested ones included."""
        found = gathered(
            (content.iri, claim)
            for claim in self.claims
            for content in carried(claim.triples, self.contents_by_iri)
        )
        return {content: tuple(claims) for content, claims in found.items()}

    @cached_property
    def first_told(self) -> dict[NamedNode, tuple[Content, ...]]:
        """For each claim the contents that it is the first to carry."""
        found = gathered(
            (claim.iri, content)
            for content in self.contents
            for claim in self.carriers.get(content.iri, ())[:1]
        )
        return {claim: tuple(contents) for claim, contents in found.items()}

    @cached_property
    def articles_by_iri(self) -> dict[NamedNode, Article]:
        """The articles, each under its IRI."""
        return {article.iri: article for article in self.articles}

    @cached_property
    def ontology(self) -> Ontology:
        """The terms, Legation's and the workspace's own."""
        return Ontology.of(located.quad.triple for located in self.quads("ontology"))

    @cached_property
    def kinds(self) -> Kinds:
        """The classes that anybody wrote of each thing, and those above them."""
        written = (located.quad.triple for located in self.quads("registry", "article"))
        return kinds_of(written, self.ontology)


def triples_of(quads: Iterable[LocatedQuad]) -> list[Triple]:
    """The triples of some quads, without their graphs."""
    return [located.quad.triple for located in quads]
