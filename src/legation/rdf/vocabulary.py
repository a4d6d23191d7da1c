"""The namespaces and terms that the code itself names.

Invariant: a namespace is closed. A misspelt term raises ``AttributeError`` where it is
written, so it can never become a triple or a query that silently finds nothing. The terms of
``leg:`` and those it borrows come from the ontology by way of `legation.rdf.grammar`, which is
generated; those of RDF, OWL and XML Schema that the code reads are listed here.
"""

import re
from collections.abc import Mapping
from typing import Final

from pyoxigraph import NamedNode

from legation.rdf import grammar

NS: Final = "https://w3id.org/legation/ns#"
ID: Final = "https://w3id.org/legation/id/"

KINDS: Final = tuple(grammar.KINDS.split())
"""The kinds of thing that have a prefix and a folder of IRIs of their own."""

PREFIXES: Final[dict[str, str]] = {
    "leg": NS,
    **{kind: f"{ID}{kind}/" for kind in KINDS},
    "dcterms": "http://purl.org/dc/terms/",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Every prefix that authored files, queries and exports may use without saying so."""


class ClosedNamespace:
    """A namespace that knows its terms; ``LEG.quote`` is a node, ``LEG.qoute`` an error."""

    def __init__(self, base: str, terms: str) -> None:
        self._nodes = {name: NamedNode(base + name) for name in terms.split()}
        self.__dict__.update(self._nodes)  # a check asks millions of times: `__getattr__` is slow
        self.base = base

    def __getattr__(self, name: str) -> NamedNode:
        base = self.__dict__.get("base")
        raise AttributeError(f"{base} has no term {name!r} that this code knows")

    @property
    def names(self) -> frozenset[str]:
        """The local names of all its terms."""
        return frozenset(self._nodes)


LEG: Final = ClosedNamespace(NS, grammar.LEG)
PROV: Final = ClosedNamespace(PREFIXES["prov"], grammar.PROV)
SCHEMA: Final = ClosedNamespace(PREFIXES["schema"], grammar.SCHEMA)
SKOS: Final = ClosedNamespace(PREFIXES["skos"], grammar.SKOS)
DCTERMS: Final = ClosedNamespace(PREFIXES["dcterms"], grammar.DCTERMS)
RDF: Final = ClosedNamespace(
    PREFIXES["rdf"], "Statement first nil object predicate rest subject type"
)
RDFS: Final = ClosedNamespace(
    PREFIXES["rdfs"], "Class Datatype comment domain label range seeAlso subClassOf subPropertyOf"
)
OWL: Final = ClosedNamespace(
    PREFIXES["owl"],
    "AnnotationProperty Class DatatypeProperty NamedIndividual ObjectProperty "
    "deprecated disjointWith imports members versionInfo",
)
XSD: Final = ClosedNamespace(PREFIXES["xsd"], "boolean date decimal double integer string")
EDTF: Final = NamedNode(PREFIXES["edtf"] + "EDTF")
LANG_STRING: Final = NamedNode(PREFIXES["rdf"] + "langString")


def expand(name: str, prefixes: Mapping[str, str] | None = None) -> NamedNode | None:
    """Read an IRI or a prefixed name; None when the text is neither.

    >>> expand("state:dprk")
    <NamedNode value=https://w3id.org/legation/id/state/dprk>
    >>> expand("Choe Son Hui") is None
    True
    """
    table = PREFIXES if prefixes is None else prefixes
    text = name.strip()
    if text.startswith("<") and text.endswith(">"):
        text = text[1:-1]
    elif not text.startswith(("http://", "https://", "urn:")):
        prefix, colon, local = text.partition(":")
        if not colon or prefix not in table or not local:
            return None
        text = table[prefix] + local
    if any(c.isspace() or c in '<>"{}|^`\\' for c in text):
        return None
    try:
        return NamedNode(text)
    except ValueError:
        return None


def compact(node: NamedNode | str, prefixes: Mapping[str, str] | None = None) -> str:
    """Write an IRI the short way where that can be read back.

    >>> compact("https://w3id.org/legation/ns#Reception")
    'leg:Reception'
    """
    iri = node if isinstance(node, str) else node.value
    table = PREFIXES if prefixes is None else prefixes
    best, cut = "", 0
    for prefix, base in table.items():  # the longest fits: that of kinds begins as `ID` does
        if iri.startswith(base) and len(base) > cut:
            best, cut = prefix, len(base)
    is_plain = cut and _PLAIN_LOCAL.fullmatch(iri, cut)
    return f"{best}:{iri[cut:]}" if is_plain else f"<{iri}>"


# What needs no escape in Turtle and SPARQL; a dot does at the end, a hyphen at the beginning.
_PLAIN_LOCAL = re.compile(r"(?!-)[\w-]+")


def local_name(node: NamedNode) -> str:
    """The part of an IRI after the last ``#`` or ``/``.

    >>> local_name(LEG.Event)
    'Event'
    """
    return node.value.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]
