"""A built graph as it leaves the house: what every format writes.

Invariant: all formats hold the same quads. They are those of the dataset, with three differences:
quotes carry the language of their article, the words of omissions stay here, in their labels too
(with the claims' they would make up whole articles, which are their publishers'), and the whole
says what it is.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from legation.graph.dataset import Dataset
from legation.graph.exports.release import PUBLISHING, Release, release_of
from legation.graph.workspace import Workspace
from legation.rdf.ontology import Ontology
from legation.rdf.unswept import unswept
from legation.rdf.vocabulary import DCTERMS, LEG, PREFIXES, PROV, RDF, RDFS, compact, local_name

Thing = NamedNode | Literal


@dataclass(frozen=True)
class Edition:
    """A graph, ready to be written, with its terms and the short forms of its IRIs."""

    dataset: Dataset
    ontology: Ontology
    prefixes: Mapping[str, str] = field(default_factory=lambda: {**PUBLISHING, **PREFIXES})
    release: Release = field(default_factory=Release)

    @cached_property
    def about(self) -> dict[NamedNode, dict[NamedNode, tuple[Thing, ...]]]:
        """The values of each property of each thing in the default graph, sorted."""
        found: defaultdict[NamedNode, defaultdict[NamedNode, list[Thing]]]
        found = defaultdict(lambda: defaultdict(list))
        for triple in self.dataset.default:
            if isinstance(triple.subject, NamedNode) and isinstance(triple.object, Thing):
                found[triple.subject][triple.predicate].append(triple.object)
        return {s: {p: tuple(o) for p, o in rows.items()} for s, rows in found.items()}

    def values(self, thing: NamedNode, kind: NamedNode) -> tuple[Thing, ...]:
        """The values of a property of a thing, sorted."""
        return self.about.get(thing, {}).get(kind, ())

    def text(self, thing: NamedNode, kind: NamedNode) -> str:
        """The first value of a property as text; empty where there is none."""
        return next((value.value for value in self.values(thing, kind)), "")

    def label(self, thing: NamedNode) -> str:
        """The English label of a thing, else any, else its short IRI."""
        labels = [v for v in self.values(thing, RDFS.label) if isinstance(v, Literal)]
        labels.sort(key=lambda label: (label.language != "en", label.language or "", label.value))
        return labels[0].value if labels else compact(thing, self.prefixes)

    def lowest(self, thing: NamedNode) -> NamedNode | None:
        """The lowest class of a thing, if it has any."""
        types = [v for v in self.values(thing, RDF.type) if isinstance(v, NamedNode)]
        return next(iter(self.ontology.most_specific(types)), None)

    def kind(self, thing: NamedNode) -> str:
        """The local name of the lowest class of a thing; empty where it has none."""
        lowest = self.lowest(thing)
        return "" if lowest is None else local_name(lowest)

    def instances(self, kind: NamedNode) -> list[NamedNode]:
        """The things of a class, sorted."""
        found = (t for t, rows in self.about.items() if kind in rows.get(RDF.type, ()))
        return sorted(found, key=lambda thing: thing.value)

    @cached_property
    def describing(self) -> dict[NamedNode, tuple[NamedNode, ...]]:
        """The claims that say something of each thing, sorted."""
        found: defaultdict[NamedNode, list[NamedNode]] = defaultdict(list)
        for claim in self.instances(LEG.Claim):
            for thing in self.values(claim, LEG.describes):
                if isinstance(thing, NamedNode):
                    found[thing].append(claim)
        return {thing: tuple(claims) for thing, claims in found.items()}

    @cached_property
    def hearsay(self) -> frozenset[tuple[Thing, ...]]:
        """The triples that rest on reports alone."""
        return frozenset(
            tuple(rows[part][0] for part in (RDF.subject, RDF.predicate, RDF.object))
            for rows in self.about.values()
            if LEG.reported in rows.get(LEG.restsOn, ())
        )


@unswept()
def edition_of(dataset: Dataset, workspace: Workspace) -> Edition:
    """A workspace's built graph, ready to be written.

    Raises InputError where an ontology file or ``legation.toml`` cannot be read.
    """
    release = release_of(workspace)
    said = (Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in release.triples)
    quads = {*_published(dataset), *said}
    whole = Dataset.of(quads, dataset.inferred)
    return Edition(whole, workspace.ontology, {**PUBLISHING, **workspace.prefixes}, release)


def _published(dataset: Dataset) -> Iterator[Quad]:
    headed: defaultdict[NamedNode, list[Quad]] = defaultdict(list)
    kinds = (PROV.wasQuotedFrom, DCTERMS.language, RDF.type)
    for quad in dataset.held:
        if quad.predicate in kinds and isinstance(quad.graph_name, DefaultGraph):
            headed[quad.predicate].append(quad)
    sources, languages = (
        {q.subject: q.object for q in sorted(headed[kind], key=str)} for kind in kinds[:2]
    )
    left_out = {q.subject for q in headed[RDF.type] if q.object == LEG.Omission}
    for quad in dataset.held:
        if quad.predicate == RDFS.label and quad.subject in left_out:
            slug = str(quad.subject).strip("<>").rpartition("/")[2]
            told = Literal(f"left out, {slug}", language="en")
            yield Quad(quad.subject, RDFS.label, told, quad.graph_name)
        elif quad.predicate != LEG.quote or not isinstance(quad.object, Literal):
            yield quad
        elif quad.subject not in left_out:
            article = sources.get(quad.subject)
            language = languages.get(article) if isinstance(article, NamedNode) else None
            words = _in_language(quad.object, language)
            yield Quad(quad.subject, quad.predicate, words, quad.graph_name)


def _in_language(words: Literal, language: object) -> Literal:
    """Words with a language; as they are where it is none or they have one."""
    if not isinstance(language, Literal) or words.language is not None:
        return words
    try:
        return Literal(words.value, language=language.value)
    except ValueError:  # a header may say "English", of which a check tells
        return words
