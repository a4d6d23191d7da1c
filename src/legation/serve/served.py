"""What is served: one graph as it is published, opened once before anybody asks.

Invariant: nothing is served that a build would not publish: the words of omissions stay here,
and no article's text is read. Where a thing stands on this server is where the site has it, and
all lead there relatively, so that it may stand below any path of a proxy.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from pyoxigraph import DefaultGraph, NamedNode, Triple

from legation.graph import workspace
from legation.graph.dataset import build
from legation.knowledge import KnowledgeGraph
from legation.rdf import trig
from legation.site import Holdings, engine, sheets
from legation.store import LocalStore


@dataclass(frozen=True)
class ServedGraph:
    """A graph that is served: what is published of it, and the same as `legation.open` gives it."""

    site: Holdings
    kg: KnowledgeGraph

    @property
    def store(self) -> LocalStore:
        """Where its triples are."""
        assert isinstance(self.site.source.store, LocalStore)
        return self.site.source.store

    @property
    def title(self) -> str:
        """What it is called."""
        return self.site.edition.release.title or "A Legation graph"

    @cached_property
    def ontology(self) -> tuple[Triple, ...]:
        """The triples of its terms, in their order."""
        files = self.site.workspace.ontology_files
        return tuple(found.quad.triple for path in files for found in trig.read(path).quads)

    @cached_property
    def size(self) -> tuple[int, int]:
        """How many triples its default graph has, and how many named graphs there are."""
        quads = self.site.edition.dataset.quads
        named = {quad.graph_name for quad in quads if not isinstance(quad.graph_name, DefaultGraph)}
        return len(self.site.edition.dataset.default), len(named)

    @cached_property
    def sheets(self) -> dict[str, Callable[[], bytes]]:
        """What makes each file of the site that is no thing's page, by path."""
        return sheets(self.site, engine())

    def address(self, iri: str) -> str:
        """Where an IRI leads from a page at the root: to its own page; on the web as it is."""
        found = self.site.path(NamedNode(iri))
        return f"./{quote(found, safe='/#')}" if found else iri


def served(place: Path | None, *, drafts: bool = False) -> ServedGraph:
    """The graph of a workspace, or the one that comes with Legation, ready to be served."""
    space = workspace.answering(place)
    site = Holdings.of(build(workspace.read(space), space.rules, drafts=drafts), space)
    return ServedGraph(site, KnowledgeGraph(site.source, site.questions, space))
