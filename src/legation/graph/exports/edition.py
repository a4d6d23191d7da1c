"""A built graph as it leaves the house: what every format writes, and what is said of the whole.

Invariant: all formats hold the same quads. They are those of the dataset, with three differences:
quotes carry the language of their article, the words of omissions stay here, in their labels too
(with the claims' they would make up whole articles, which are their publishers'), and the whole
says what it is. That comes from the workspace's `legation.toml` alone: no clock, machine or git
history says anything here, and what nobody wrote is left out rather than guessed.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from legation.graph.dataset import Dataset
from legation.graph.workspace import Workspace
from legation.rdf.gathering import gathered
from legation.rdf.ontology import Ontology
from legation.rdf.unswept import unswept
from legation.rdf.vocabulary import (
    DCTERMS,
    ID,
    LEG,
    NS,
    OWL,
    PREFIXES,
    PROV,
    RDF,
    RDFS,
    XSD,
    compact,
    local_name,
)

PUBLISHING = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "triple": f"{ID}triple/",
    "void": "http://rdfs.org/ns/void#",
}
"""The prefixes that only exports use."""

READING = (
    "The default graph is whole: names, claims, facts and what follows from them. Each claim also "
    "names a graph (N-Quads, TriG) of what its quote says. In Turtle each triple of a claim stands "
    "once more as an rdf:Statement whose prov:wasDerivedFrom names every claim that states it; one "
    "derived from a content (leg:Content) is only said, asked for or planned and no fact. A triple "
    "whose rdf:Statement has leg:restsOn leg:reported is in no article's own voice: every claim "
    "that states it relays a report."
)
"""How the files are to be read; it stands in each of them."""


@dataclass(frozen=True, slots=True)
class Release:
    """A graph as it is published: what ``legation.toml`` says of it, empty where it says nothing.

    ``base`` is where the IRIs of its things begin, ``licence`` an IRI, ``issued`` the date of its
    data (YYYY-MM-DD), ``address`` where its files are published, ending in ``/``.
    """

    base: str = ID
    title: str = ""
    description: str = ""
    creator: str = ""
    licence: str = ""
    version: str = ""
    issued: str = ""
    address: str = ""
    licences: tuple[Path, ...] = ()

    @property
    def iri(self) -> NamedNode:
        """The dataset itself."""
        return NamedNode(f"{self.base}dataset")

    @property
    def triples(self) -> tuple[Triple, ...]:
        """What each RDF file says of the whole it is."""
        return tuple(Triple(self.iri, kind, value) for kind, value in self._said())

    def _said(self) -> Iterator[tuple[NamedNode, NamedNode | Literal]]:
        yield RDF.type, NamedNode(PUBLISHING["void"] + "Dataset")
        yield RDFS.comment, Literal(READING, language="en")
        yield NamedNode(PREFIXES["dcterms"] + "conformsTo"), NamedNode(NS.rstrip("#"))
        given = {
            DCTERMS.title: self.title,
            DCTERMS.description: self.description,
            DCTERMS.creator: self.creator,
            OWL.versionInfo: self.version,
        }
        for kind, text in given.items():
            if text:
                is_prose = kind in (DCTERMS.title, DCTERMS.description)
                yield kind, Literal(text, language="en" if is_prose else None)
        if self.licence:
            yield DCTERMS.license, NamedNode(self.licence)
        if self.issued:
            issued = NamedNode(PREFIXES["dcterms"] + "issued")
            yield issued, Literal(self.issued, datatype=XSD.date)


def release_of(workspace: Workspace) -> Release:
    """What a workspace says of itself as a whole; InputError where that cannot be read."""
    said = workspace.settings
    found = (workspace.root / name for name in ("LICENSE", "LICENSE-DATA"))
    return Release(
        base=said.get("base", ID),
        title=said.get("title", "") or workspace.root.name,
        description=said.get("description", ""),
        creator=said.get("creator", ""),
        licence=said.get("licence", ""),
        version=said.get("version", ""),
        issued=said.get("issued", ""),
        address=said.get("address", ""),
        licences=tuple(path for path in found if path.is_file()),
    )


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

    def links(self, thing: NamedNode, kind: NamedNode) -> list[NamedNode]:
        """The values of a property of a thing that are things, sorted."""
        return [value for value in self.values(thing, kind) if isinstance(value, NamedNode)]

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
        return next(iter(self.ontology.most_specific(self.links(thing, RDF.type))), None)

    def kind(self, thing: NamedNode) -> str:
        """The local name of the lowest class of a thing; empty where it has none."""
        lowest = self.lowest(thing)
        return "" if lowest is None else local_name(lowest)

    def instances(self, kind: NamedNode) -> list[NamedNode]:
        """The things of a class, sorted."""
        found = (t for t, rows in self.about.items() if kind in rows.get(RDF.type, ()))
        return sorted(found, key=lambda thing: thing.value)

    @cached_property
    def describing(self) -> dict[NamedNode, list[NamedNode]]:
        """The claims that say something of each thing, sorted."""
        return gathered(
            (thing, claim)
            for claim in self.instances(LEG.Claim)
            for thing in self.links(claim, LEG.describes)
        )

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
    """A workspace's built graph, ready to be written; InputError where a file cannot be read."""
    release = release_of(workspace)
    said = (Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in release.triples)
    quads = {*_published(dataset), *said}
    whole = Dataset.of(quads, dataset.inferred)
    return Edition(whole, workspace.ontology, {**PUBLISHING, **workspace.prefixes}, release)


def _published(dataset: Dataset) -> Iterator[Quad]:
    kinds = (PROV.wasQuotedFrom, DCTERMS.language, RDF.type)
    heads = (q for q in dataset.held if isinstance(q.graph_name, DefaultGraph))
    headed = gathered((quad.predicate, quad) for quad in heads if quad.predicate in kinds)
    sources, languages = (
        {q.subject: q.object for q in sorted(headed.get(kind, ()), key=str)} for kind in kinds[:2]
    )
    left_out = {q.subject for q in headed.get(RDF.type, ()) if q.object == LEG.Omission}
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
