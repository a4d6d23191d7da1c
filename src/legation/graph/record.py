"""Everything that was read from a workspace, each triple with the line that wrote it.

Invariant: nothing here is derived. A record holds what people wrote, in the order they wrote
it; whatever can be worked out from it is worked out by `legation.graph.dataset`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal as Choice

from pyoxigraph import DefaultGraph, Literal, NamedNode, Triple

from legation.graph.article import Article
from legation.graph.claim import Claim, Omission
from legation.rdf.trig import LocatedQuad
from legation.rdf.vocabulary import DCTERMS, LEG, PROV, RDF, SKOS, local_name

FileKind = Choice["ontology", "shapes", "registry", "article"]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One authored file as read.

    Attributes:
        path: Where it is.
        kind: What part of the workspace it belongs to.
        quads: Its quads in the order written.
        prefixes: The prefixes it declares.
    """

    path: Path
    kind: FileKind
    quads: tuple[LocatedQuad, ...]
    prefixes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Record:
    """The authored content of a workspace.

    Attributes:
        root: The folder that holds ``graph/``.
        files: Every file read, in the order: ontology, shapes, registry, articles, each by name.
        articles: The article headers, by file name.
        claims: Every claim, in file order.
        omissions: Every omission, in file order.
    """

    root: Path
    files: tuple[SourceFile, ...]
    articles: tuple[Article, ...] = ()
    claims: tuple[Claim, ...] = ()
    omissions: tuple[Omission, ...] = ()

    def quads(self, *kinds: FileKind) -> Iterator[LocatedQuad]:
        """The quads of the files of some kinds."""
        for file in self.files:
            if not kinds or file.kind in kinds:
                yield from file.quads

    @cached_property
    def _by_subject(self) -> dict[object, tuple[LocatedQuad, ...]]:
        lists: defaultdict[object, list[LocatedQuad]] = defaultdict(list)
        for located in self.quads():
            lists[located.quad.subject].append(located)
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

    @cached_property
    def claims_by_iri(self) -> dict[NamedNode, Claim]:
        """The claims, each under its IRI."""
        return {claim.iri: claim for claim in self.claims}

    @cached_property
    def articles_by_iri(self) -> dict[NamedNode, Article]:
        """The articles, each under its IRI."""
        return {article.iri: article for article in self.articles}


class _Node:
    """The properties that one file's default graph gives a subject, read leniently."""

    def __init__(self, quads: Iterable[LocatedQuad]) -> None:
        self.quads = tuple(quads)

    def nodes(self, predicate: NamedNode) -> tuple[NamedNode, ...]:
        found = (q.quad.object for q in self.quads if q.quad.predicate == predicate)
        return tuple(value for value in found if isinstance(value, NamedNode))

    def node(self, predicate: NamedNode) -> NamedNode | None:
        return next(iter(self.nodes(predicate)), None)

    def name(self, predicate: NamedNode) -> str:
        node = self.node(predicate)
        return "" if node is None else local_name(node)

    def text(self, predicate: NamedNode) -> str:
        for located in self.quads:
            value = located.quad.object
            if located.quad.predicate == predicate and isinstance(value, Literal):
                return value.value
        return ""

    def number(self, predicate: NamedNode) -> int:
        try:
            return int(self.text(predicate))
        except ValueError:
            return -1


def read_article(file: SourceFile, source: Path, text: str | None) -> Article | None:
    """The article that a file declares.

    Args:
        text: The archived text, None when it is not here.

    Returns:
        The first node typed ``leg:Article``, or None when the file declares none.
    """
    for located in file.quads:
        quad = located.quad
        declares = quad.predicate == RDF.type and quad.object == LEG.Article
        if declares and isinstance(quad.subject, NamedNode):
            node = _Node(q for q in file.quads if q.quad.subject == quad.subject)
            return Article(
                iri=quad.subject,
                slug=file.path.stem,
                path=file.path,
                line=located.line,
                source=source,
                text=text,
                identifier=node.text(DCTERMS.identifier),
                title=node.text(DCTERMS.title),
                language=node.text(DCTERMS.language),
                text_sha256=node.text(LEG.textSha256),
                status=node.name(LEG.status),
                completeness=node.name(LEG.completeness),
                published=node.text(LEG.published),
                publisher=node.node(DCTERMS.publisher),
                derived_from=node.nodes(PROV.wasDerivedFrom),
            )
    return None


def read_claims(file: SourceFile) -> tuple[list[Claim], list[Omission]]:
    """The claims and omissions of an article file.

    A named graph without metadata still makes a claim, with everything missing, so that a check
    can say so.
    """
    metadata: defaultdict[NamedNode, list[LocatedQuad]] = defaultdict(list)
    graphs: dict[NamedNode, list[LocatedQuad]] = {}
    for located in file.quads:
        quad = located.quad
        if isinstance(quad.graph_name, DefaultGraph):
            if isinstance(quad.subject, NamedNode):
                metadata[quad.subject].append(located)
        elif isinstance(quad.graph_name, NamedNode):
            graphs.setdefault(quad.graph_name, []).append(located)
    claims: dict[NamedNode, Claim] = {}
    omissions: list[Omission] = []
    for subject, quads in metadata.items():
        types = _Node(quads).nodes(RDF.type)
        if LEG.Claim in types or subject in graphs:
            claims[subject] = _claim(subject, quads, graphs.get(subject, []))
        elif LEG.Omission in types:
            omissions.append(_omission(subject, quads))
    for name, quads in graphs.items():
        if name not in claims:
            claims[name] = _claim(name, [], quads)
    return list(claims.values()), omissions


def _claim(iri: NamedNode, metadata: list[LocatedQuad], content: list[LocatedQuad]) -> Claim:
    node = _Node(metadata)
    first = (metadata or content)[0]
    return Claim(
        iri=iri,
        article=node.node(PROV.wasQuotedFrom),
        quote=node.text(LEG.quote),
        start=node.number(LEG.charStart),
        end=node.number(LEG.charEnd),
        modality=node.name(LEG.modality),
        triples=tuple(q.quad.triple for q in content),
        path=first.path,
        line=first.line,
        according_to=node.node(LEG.accordingTo),
        leans_on=node.nodes(LEG.leansOn),
        conflicts_with=node.nodes(LEG.conflictsWith),
        note=node.text(SKOS.editorialNote),
    )


def _omission(iri: NamedNode, metadata: list[LocatedQuad]) -> Omission:
    node = _Node(metadata)
    return Omission(
        iri=iri,
        article=node.node(PROV.wasQuotedFrom),
        quote=node.text(LEG.quote),
        start=node.number(LEG.charStart),
        end=node.number(LEG.charEnd),
        reason=node.name(LEG.reason),
        path=metadata[0].path,
        line=metadata[0].line,
    )


def triples_of(quads: Iterable[LocatedQuad]) -> list[Triple]:
    """The triples of some quads, without their graphs."""
    return [located.quad.triple for located in quads]
