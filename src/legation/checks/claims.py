"""Does each claim belong to its file, and does each triple of a file belong to a claim?

Invariant: in an article file only the header, the reports, the claims and omissions, and the
activities that suggested them stand outside a claim's graph; every other triple needs a quote.
"""

from collections.abc import Iterator, Set
from itertools import chain

from pyoxigraph import DefaultGraph, NamedNode

from legation.checks.case import Case
from legation.checks.finding import Finding, Rule
from legation.checks.places import Place
from legation.graph.article import Article
from legation.graph.claim import SAYING, Claim, Content, Omission
from legation.graph.record import SourceFile
from legation.rdf.gathering import gathered
from legation.rdf.vocabulary import LEG, PROV, RDF, local_name

NO_ARTICLE = Rule(
    "article-missing", "error", "An article file declares one article, named as the file is."
)
NO_METADATA = Rule(
    "graph-without-claim", "error", "A named graph bears the IRI of a claim with a quote."
)
NO_CLAIM = Rule(
    "triple-without-claim", "error", "What an article says stands in the graph of a claim."
)
ELSEWHERE = Rule(
    "quoted-from-elsewhere", "error", "A passage is quoted from the article of its own file."
)
NO_CONTENT = Rule(
    "content-missing", "error", "What a statement or plan has as content is a graph that is here."
)
TWICE = Rule("claim-defined-twice", "error", "A claim or omission is defined in one file.")
UNEXPLAINED = Rule(
    "lean-unexplained",
    "error",
    "A claim that leans on another says by its basis, or in a note, how.",
)


def check(case: Case) -> Iterator[Finding]:
    """Hold claims, graphs and files against each other."""
    headers = {article.path: article for article in reversed(case.record.articles)}
    passages = {passage.iri for passage in case.record.passages}
    for file in case.record.files:
        if file.kind == "article":
            yield from _header(case, file, headers.get(file.path))
            yield from _loose_triples(case, file, passages)
        elif file.kind == "registry":
            yield from _graphs(case, file)
    for passage in case.passages:
        yield from _passage(case, passage)
    yield from _contents(case)
    yield from _twice(case)


def _graphs(case: Case, file: SourceFile) -> Iterator[Finding]:
    """Graphs in the registry, which has no quotes; each once."""
    graphs = {q.quad.graph_name: q for q in reversed(file.quads)}
    for graph, located in graphs.items():
        if isinstance(graph, NamedNode) and case.is_asked(file.path, graph):
            message = (
                f"the registry holds the graph {case.short(graph)}: move it, and its claim, into "
                "the file of the article that it quotes"
            )
            yield case.finding(NO_METADATA, case.places.of_quad(located), message, about=graph)


def _header(case: Case, file: SourceFile, header: Article | None) -> Iterator[Finding]:
    if not case.is_asked(file.path):
        return
    expected = case.workspace.prefixes["article"] + file.path.stem
    if header is None:
        message = f"the file declares no leg:Article: begin it with <{expected}> a leg:Article"
        yield case.finding(NO_ARTICLE, Place(file.path), message)
    elif header.iri.value != expected:
        message = f"the article is not named as its file is: rename the file or {header.slug}"
        place = case.places.of_thing(header.iri)
        yield case.finding(
            NO_ARTICLE, place, message, about=header.iri, suggestion=case.short(expected)
        )


def _loose_triples(case: Case, file: SourceFile, passages: Set[NamedNode]) -> Iterator[Finding]:
    """Triples outside the graphs that are not about an article, report or passage."""
    loose = [q for q in file.quads if isinstance(q.quad.graph_name, DefaultGraph)]
    graphs = {q.quad.graph_name for q in file.quads}
    metadata = {
        q.quad.subject
        for q in loose
        if q.quad.predicate == RDF.type and q.quad.object in case.ontology.metadata
    } | graphs
    terms = case.ontology
    of_the_world = (terms.object_properties | terms.datatype_properties) - terms.metadata
    for located in loose:
        quad = located.quad
        if not isinstance(quad.subject, NamedNode) or not case.is_asked(file.path, quad.subject):
            continue
        is_known = quad.subject in metadata or quad.subject in passages
        if not is_known or quad.predicate in of_the_world:
            message = (
                f"{case.short(quad.subject)} {case.short(quad.predicate)} stands outside every "
                "claim: move it into the graph of the claim that quotes it"
            )
            yield case.finding(NO_CLAIM, case.places.of_quad(located), message, about=quad.subject)


def _passage(case: Case, passage: Claim | Omission) -> Iterator[Finding]:
    if isinstance(passage, Claim):
        if not passage.quote and passage.article is None:
            message = (
                f"the graph {case.short(passage.iri)} has no claim: give it a quote, rename the "
                "graph, or let a statement have it as its leg:content"
            )
            yield case.finding(NO_METADATA, case.places.of_claim(passage), message, about=passage)
            return
        if passage.leans_on and not passage.note and not passage.basis:
            message = (
                "the claim leans on another without saying how: add leg:basis leg:resolved or "
                "leg:computed, or a skos:editorialNote with the reasoning"
            )
            place = case.places.of_claim(passage, LEG.leansOn)
            yield case.finding(UNEXPLAINED, place, message, about=passage)
    article = case.article_of(passage)
    if article is not None and article.path != passage.path:
        message = f"the passage is quoted from {case.short(article.iri)}: move it to that file"
        place = case.places.of_claim(passage, PROV.wasQuotedFrom)
        yield case.finding(ELSEWHERE, place, message, about=passage)
    elif article is not None and not local_name(passage.iri).startswith(
        name := f"{local_name(article.iri)}-"
    ):
        message = f"the passage is named after another article: name it {name}NN"
        yield case.finding(ELSEWHERE, case.places.of_claim(passage), message, about=passage)


def _contents(case: Case) -> Iterator[Finding]:
    here = {content.iri for content in case.record.contents}
    for said in chain[Claim | Content](case.record.claims, case.record.contents):
        for triple in said.triples:
            if triple.predicate not in SAYING or triple.object in here:
                continue
            if isinstance(triple.object, NamedNode) and case.is_asked(said.path, said.iri):
                message = (
                    f"no graph is named {case.short(triple.object)}: write what is said as "
                    f"{case.short(triple.object)} {{ … }} beside this claim, or correct the IRI"
                )
                place = case.places.of_triple(said, triple)
                about = said if isinstance(said, Claim) else said.iri
                yield case.finding(NO_CONTENT, place, message, about=about)


def _twice(case: Case) -> Iterator[Finding]:
    places = gathered((passage.iri, passage) for passage in case.record.passages)
    for passages in places.values():
        first = passages[0]
        for again in passages[1:]:
            if case.is_asked(again.path, again.iri):
                message = (
                    f"{case.short(again.iri)} is defined already in {case.file(first.path)}:"
                    f"{first.line}: give this one a new number"
                )
                yield case.finding(TWICE, case.places.of_claim(again), message, about=again)
