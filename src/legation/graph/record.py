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
from legation.graph.claim import Claim, Content, Omission
from legation.graph.modality import Kinds, kinds_of
from legation.rdf.ontology import Ontology
from legation.rdf.trig import LocatedQuad
from legation.rdf.vocabulary import DCTERMS, LEG, PROV, RDF, SKOS, local_name
from legation.text.spans import Span, occurrences

SAYING = (LEG.content, LEG.condition)
"""The properties whose value names a graph of what is only said."""

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
    def carriers(self) -> dict[NamedNode, tuple[Claim, ...]]:
        """For each content the claims that prove that somebody says it, nested ones included."""
        carried: defaultdict[NamedNode, dict[NamedNode, Claim]] = defaultdict(dict)
        for claim in self.claims:
            todo = list(_contents_in(claim.triples))
            while todo:
                content = todo.pop()
                if claim.iri not in carried[content]:
                    carried[content][claim.iri] = claim
                    todo += self._nested.get(content, ())
        return {content: tuple(claims.values()) for content, claims in carried.items()}

    @cached_property
    def _nested(self) -> dict[NamedNode, list[NamedNode]]:
        return {content.iri: list(_contents_in(content.triples)) for content in self.contents}

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


def _contents_in(triples: Iterable[Triple]) -> Iterator[NamedNode]:
    for triple in triples:
        if triple.predicate in SAYING and isinstance(triple.object, NamedNode):
            yield triple.object


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

    def has(self, predicate: NamedNode) -> bool:
        return any(located.quad.predicate == predicate for located in self.quads)

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


@dataclass(frozen=True, slots=True)
class Passages:
    """What an article file holds beside its header, each in the order first mentioned."""

    claims: tuple[Claim, ...] = ()
    omissions: tuple[Omission, ...] = ()
    contents: tuple[Content, ...] = ()


def read_passages(file: SourceFile, article: Article | None) -> Passages:
    """The claims, omissions and contents of an article file.

    People write a claim's quote and what only a person can decide; the article is the file's, and
    the offsets follow where the quote stands just once in the text. A named graph without a quote
    still makes a claim, with everything missing, so that a check can say so.
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
        node = _Node(quads)
        if subject in graphs or _is_passage(node) and not _is_omission(node):
            claims[subject] = _claim(subject, quads, graphs.get(subject, []), article)
        elif _is_omission(node):
            omissions.append(_omission(subject, quads, article))
    said = {q.quad.object for q in file.quads if q.quad.predicate in SAYING}
    contents = {
        name: Content(name, tuple(triples_of(quads)), quads[0].path, quads[0].line)
        for name, quads in graphs.items()
        if name in said and name not in claims
    }
    for name, quads in graphs.items():
        if name not in claims and name not in contents:
            claims[name] = _claim(name, [], quads, article)
    return Passages(tuple(claims.values()), tuple(omissions), tuple(contents.values()))


def _is_passage(node: _Node) -> bool:
    return LEG.Claim in node.nodes(RDF.type) or node.has(LEG.quote)


def _is_omission(node: _Node) -> bool:
    return LEG.Omission in node.nodes(RDF.type) or node.has(LEG.reason)


def _claim(
    iri: NamedNode,
    metadata: list[LocatedQuad],
    content: list[LocatedQuad],
    article: Article | None,
) -> Claim:
    node = _Node(metadata)
    first = (metadata or content)[0]
    span = _span(node, article)
    return Claim(
        iri=iri,
        article=_quoted_from(node, article),
        quote=node.text(LEG.quote),
        start=span.start,
        end=span.end,
        modality=node.name(LEG.modality),
        triples=tuple(q.quad.triple for q in content),
        path=first.path,
        line=first.line,
        according_to=node.node(LEG.accordingTo),
        leans_on=node.nodes(LEG.leansOn),
        conflicts_with=node.nodes(LEG.conflictsWith),
        note=node.text(SKOS.editorialNote),
        basis=node.name(LEG.basis),
        attribution=node.name(LEG.attribution),
    )


def _omission(iri: NamedNode, metadata: list[LocatedQuad], article: Article | None) -> Omission:
    node = _Node(metadata)
    span = _span(node, article)
    return Omission(
        iri=iri,
        article=_quoted_from(node, article),
        quote=node.text(LEG.quote),
        start=span.start,
        end=span.end,
        reason=node.name(LEG.reason),
        path=metadata[0].path,
        line=metadata[0].line,
    )


def _quoted_from(node: _Node, article: Article | None) -> NamedNode | None:
    """The article that a passage names, else the one of its file; none for a bare graph."""
    said = node.node(PROV.wasQuotedFrom)
    return said if said is not None or article is None or not node.quads else article.iri


def _span(node: _Node, article: Article | None) -> Span:
    """Where a quote stands: as written, else where it stands alone; -1 where nothing says so."""
    quote = node.text(LEG.quote)
    start, end = node.number(LEG.charStart), node.number(LEG.charEnd)
    if start < 0 and end < 0 and article is not None and article.text is not None:
        found = occurrences(article.text, quote)
        start = found[0] if len(found) == 1 else -1
    return Span(start, start + len(quote) if end < 0 <= start else end)


def triples_of(quads: Iterable[LocatedQuad]) -> list[Triple]:
    """The triples of some quads, without their graphs."""
    return [located.quad.triple for located in quads]
