"""Where each page of the site is: the one place that knows how IRIs and addresses go together.

Invariant: an address is a path below the site's root, and safe as a file's name on any system; a
thing whose IRI gives none has no page. Pages lead to each other by relative links alone, so that
the site works under any path of any host, and at `/` of the endpoint.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from pyoxigraph import NamedNode

from legation.rdf.vocabulary import compact

FRONT = "index.html"
TERMS = "ns.html"
QUESTIONS = "questions/index.html"
NETWORKS = "networks/index.html"
TIMELINE = "timeline/index.html"
CONFLICTS = "contradictions.html"
CONSOLE = "sparql.html"
NAMES = "assets/names.json"
GRAPH = "data/graph.nq"

ALTERNATES = {"ttl": "text/turtle", "jsonld": "application/ld+json", "nt": "application/n-triples"}
"""The forms beside each page of a thing: their suffixes and media types."""

_SLUG = re.compile(r"[^\W_][\w.~-]{0,149}(?<![.])")
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)  # files on no Windows


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of the things of one graph: its base, and the kinds of thing on it.

    >>> known = Addresses("https://own.example/id/", ["person"])
    >>> known.page(NamedNode("https://own.example/id/person/kim"))
    'id/person/kim.html'
    >>> known.page(NamedNode("https://own.example/id/person/../kim"))
    ''
    """

    base: str
    kinds: Collection[str]

    def page(self, iri: NamedNode) -> str:
        """The page of a thing; empty where it can have none."""
        kind, slash, slug = iri.value.removeprefix(self.base).partition("/")
        is_here = iri.value.startswith(self.base) and slash and kind in self.kinds
        is_name = _SLUG.fullmatch(slug) and not _DEVICES.match(slug)
        return f"id/{kind}/{slug}.html" if is_here and is_name else ""

    def kind(self, iri: NamedNode) -> str:
        """The word for a kind of thing in an IRI; empty for a stranger."""
        found = iri.value.removeprefix(self.base).partition("/")[0]
        return found if iri.value.startswith(self.base) and found in self.kinds else ""


def term(iri: NamedNode) -> str:
    """Where a term stands on the page of terms.

    >>> term(NamedNode("https://w3id.org/legation/ns#Act"))
    'ns.html#Act'
    """
    return f"{TERMS}#{compact(iri).removeprefix('leg:').strip('<>').replace(':', '-')}"


def roll(kind: str) -> str:
    """The page that lists the things of a kind."""
    return f"browse/{kind}.html"


def question(name: str) -> str:
    """The page of a canned question."""
    return f"questions/{name}.html"


def network(view: str) -> str:
    """The page of a network."""
    return f"networks/{view}.html"


def alternate(page: str, suffix: str) -> str:
    """Another form of a page.

    >>> alternate("id/person/kim.html", "ttl")
    'id/person/kim.ttl'
    """
    return f"{page.removesuffix('.html')}.{suffix}"


def root(page: str) -> str:
    """The way from a page to the root of the site.

    >>> root("index.html"), root("id/person/kim.html")
    ('./', '../../')
    """
    return "../" * page.count("/") or "./"
