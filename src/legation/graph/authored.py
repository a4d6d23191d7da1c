"""From the quads of an article file to what they say: article, claims, omissions and contents.

Invariant: reading is lenient. Whatever is missing is missing in the value, for a check to say so;
whatever people need not write is filled in from the file and its text, and nothing else is.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Triple

from legation.graph.article import Article
from legation.graph.claim import SAYING, Claim, Content, Omission
from legation.graph.manner import completed
from legation.graph.record import Record, SourceFile, triples_of
from legation.rdf.trig import LocatedQuad
from legation.rdf.vocabulary import DCTERMS, LEG, PROV, RDF, SKOS, local_name
from legation.text.spans import Span, occurrences


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
class Authored:
    """What an article file holds beside its header, each in the order first mentioned."""

    claims: tuple[Claim, ...] = ()
    omissions: tuple[Omission, ...] = ()
    contents: tuple[Content, ...] = ()

    @property
    def triples(self) -> list[Triple]:
        """What claims state, and what is only said."""
        graphs = [*(c.triples for c in self.claims), *(c.triples for c in self.contents)]
        return [triple for triples in graphs for triple in triples]


def read_passages(file: SourceFile, article: Article | None) -> Authored:
    """The claims, omissions and contents of an article file.

    People write a claim's quote and what only a person can decide; the article is the file's, and
    the offsets follow where the quote stands just once in the text. A named graph without a quote
    still makes a claim, with everything missing, so that a check can say so.
    """
    metadata, graphs = _parts(file)
    claims: dict[NamedNode, Claim] = {}
    omissions: list[Omission] = []
    for subject, quads in metadata.items():
        node = _Node(quads)
        if LEG.Content in node.nodes(RDF.type):
            continue  # a built file says what its graphs are
        if subject in graphs or (_is_passage(node) and not _is_omission(node)):
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
    return Authored(tuple(claims.values()), tuple(omissions), tuple(contents.values()))


def _parts(file: SourceFile) -> tuple[dict[NamedNode, list[LocatedQuad]], ...]:
    """What a file says of each thing outside its graphs, and each graph."""
    metadata: defaultdict[NamedNode, list[LocatedQuad]] = defaultdict(list)
    graphs: dict[NamedNode, list[LocatedQuad]] = {}
    for located in file.quads:
        quad = located.quad
        if isinstance(quad.graph_name, DefaultGraph):
            if isinstance(quad.subject, NamedNode):
                metadata[quad.subject].append(located)
        elif isinstance(quad.graph_name, NamedNode):
            graphs.setdefault(quad.graph_name, []).append(located)
    return metadata, graphs


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


def record_of(
    root: Path,
    files: Sequence[SourceFile],
    articles: Sequence[Article],
    authored: Sequence[Authored],
) -> Record:
    """All that was read of a workspace, each claim with the modality that follows from it."""
    record = Record(
        root,
        tuple(files),
        tuple(articles),
        tuple(claim for one in authored for claim in one.claims),
        tuple(omission for one in authored for omission in one.omissions),
        tuple(content for one in authored for content in one.contents),
    )
    return complete(record)


def complete(record: Record) -> Record:
    """A record whose claims have what follows from it."""
    claims = completed(record.claims, record.contents, record.kinds, record.ontology)
    return replace(record, claims=claims)
