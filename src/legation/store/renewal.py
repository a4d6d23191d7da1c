"""A kept graph brought up to date: only what changed files touch is built anew.

Invariant: what is renewed is what a clean build gives, quad by quad. Where that cannot be known to
hold (terms, rules or the program changed, a workspace has rules of its own), or where most files
would have to be read anyway, nothing is renewed, and the whole is built.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad

from legation.files.document import contents
from legation.graph import workspace
from legation.graph.bundle import ARTICLES, REGISTRY, SOURCES, article_of, is_own
from legation.graph.dataset import Dataset, build
from legation.graph.reification import is_reified
from legation.graph.surroundings import Surroundings, entailed
from legation.graph.workspace import Workspace
from legation.rdf import trig
from legation.rdf.vocabulary import LEG, OWL, RDF, RDFS
from legation.store.disk import MUSTER, KeptStore, refill
from legation.store.memory import LocalStore
from legation.store.muster import Muster

# What rules ask of terms; where authored files say such a thing, it may matter anywhere.
_TERMS = (RDFS.subClassOf, RDFS.subPropertyOf)
_KINDS = (OWL.NamedIndividual, OWL.ObjectProperty)


@dataclass(frozen=True)
class _Version:
    """A file as it was, or is; without quads where there is none."""

    data: bytes | None
    quads: frozenset[Quad]

    @classmethod
    def of(cls, data: bytes | None, path: Path) -> "_Version":
        quads = () if data is None else trig.parse(data, path).quads
        return cls(data, frozenset(located.quad for located in quads))


@dataclass(frozen=True)
class Renewal:
    """A kept graph and the files that changed since.

    Attributes:
        old: The graph as it was kept.
        space: Its workspace.
        names: The changed files, from the root: those that are new or gone, too.
        drafts: Whether claims of articles in draft are in it.
        most: The part of all articles from which on the whole is built anew.
    """

    old: KeptStore
    space: Workspace
    names: Collection[str]
    drafts: bool
    most: float = 0.5

    def write(self, folder: Path) -> bool | None:
        """Write the graph as the files say it now into a folder.

        Returns:
            Whether claims in draft are left out of it; None where the whole must be built.

        Raises:
            InputError: A file cannot be read or parsed.
        """
        if not self._is_local:
            return None
        slugs = self._slugs
        if len(slugs) > self.most * sum(name.startswith(ARTICLES) for name in self._muster.names):
            return None
        record = workspace.read(self.space, slugs=slugs)
        built = build(record, self.space.rules, drafts=self.drafts)
        touched = self._around.touched
        refill(folder, self.old, _about(touched, built), self.space.ontology, touched)
        muster = self._muster.copied(folder / MUSTER)
        muster.strike({name: old.quads for name, (old, _) in self._files.items()})
        muster.enrol(
            {
                n: (new.data, new.quads)
                for n, (_, new) in self._files.items()
                if new.data is not None
            }
        )
        return not self.drafts and muster.has_drafts

    @property
    def _muster(self) -> Muster:
        return Muster(self.old.folder / MUSTER)

    @property
    def _is_local(self) -> bool:
        """Whether what changed can be told to touch some things and not others."""
        is_authored = all(n.startswith((ARTICLES, REGISTRY, SOURCES)) for n in self.names)
        if not is_authored or any(map(is_own, self.space.rule_files)):
            return False
        graphs = self._around.graphs
        terms = [q for one in graphs for p in _TERMS for q in one.quads(None, p, None)]
        terms += [q for one in graphs for k in _KINDS for q in one.quads(None, RDF.type, k)]
        blank = (isinstance(q.subject, BlankNode) for q in self._changed)
        # The claims of an article in draft are not in the graph, and may stand in another file.
        headers = [q.subject for q in self._changed if _is_of_header(q)]
        quoting = self._muster.speaking(h for h in headers if isinstance(h, NamedNode))
        return not terms and not any(blank) and quoting <= self._files.keys()

    @cached_property
    def _files(self) -> dict[str, tuple[_Version, _Version]]:
        """The changed files that are parsed, each as it was and as it is."""
        names = {n if n.startswith(REGISTRY) else article_of(n) for n in self.names}
        return {name: self._versions(name) for name in names}

    def _versions(self, name: str) -> tuple[_Version, _Version]:
        path = self.space.root / name
        now = contents(path, within=self.space.root) if path.exists() else None
        return _Version.of(self._muster.said(name), path), _Version.of(now, path)

    @cached_property
    def _changed(self) -> frozenset[Quad]:
        """The quads that a file says now and did not say, or the other way round.

        All of a file count where its text changed, in which the quotes stand, or its header.
        """
        found: set[Quad] = set()
        for name, (old, new) in self._files.items():
            changed = old.quads ^ new.quads
            source = f"{SOURCES}{Path(name).stem}.txt"
            if source in self.names or any(map(_is_of_header, changed)):
                changed = old.quads | new.quads
            found |= changed
        return frozenset(found)

    @cached_property
    def _around(self) -> Surroundings:
        terms = self.space.ontology
        now = (quad for _, new in self._files.values() for quad in new.quads)
        graphs = (self.old, LocalStore(entailed(now, terms)))
        return Surroundings(frozenset(entailed(self._changed, terms)), graphs, terms)

    @cached_property
    def _slugs(self) -> set[str]:
        """The articles that must be read; the registry is read whole."""
        told = self._muster.speaking(self._around.telling) | self._files.keys()
        return {Path(name).stem for name in told if name.startswith(ARTICLES)}


def _is_of_header(quad: Quad) -> bool:
    return quad.predicate == LEG.status or quad.object == LEG.Article


def _about(things: Collection[NamedNode], built: Dataset) -> frozenset[Quad]:
    """What a graph says of some things: also of triples about them, and in their graphs."""
    spoken = {q.subject: q.object for q in built.held if q.predicate == RDF.subject}

    def home(quad: Quad) -> object:
        if quad.graph_name != DefaultGraph():
            return quad.graph_name
        thing = quad.subject
        is_node = isinstance(thing, NamedNode) and is_reified(thing)
        return spoken.get(thing) if is_node else thing

    return frozenset(quad for quad in built.held if home(quad) in things)
