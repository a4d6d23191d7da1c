"""What is said of a graph as a published whole: its title, licence, version and date.

Invariant: everything comes from the workspace's `legation.toml`; a clock, a machine and a git
history say nothing here, and what nobody wrote is left out rather than guessed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from legation.graph.workspace import Workspace
from legation.rdf.vocabulary import DCTERMS, ID, NS, OWL, PREFIXES, RDF, RDFS, XSD

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
    """What a workspace says of itself as a whole.

    Raises InputError where ``legation.toml`` cannot be read.
    """
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
