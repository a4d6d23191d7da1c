"""What the graph holds of one thing, for programs: Turtle, JSON-LD and N-Triples.

Invariant: the three say the same triples, those of the default graph about the thing and about
each claim that describes it or is quoted from it; nothing is fetched to read them.
"""

import json
from collections.abc import Iterable
from functools import cache

from pyoxigraph import NamedNode, Triple

from legation.graph.exports.jsonld import node, terms_of
from legation.rdf import trig
from legation.rdf.vocabulary import PROV
from legation.site.holdings import Holdings


class Excerpts:
    """The excerpts of one graph; what is written of a claim serves every page that quotes it."""

    def __init__(self, held: Holdings) -> None:
        self._held = held
        self._context = terms_of(held.edition)
        self._turtle = cache(lambda one: trig.blocks(self._triples(one), held.edition.prefixes))
        self._lines = cache(lambda one: [f"{triple} .\n" for triple in self._triples(one)])
        self._node = cache(lambda one: node(held.edition, self._triples(one)))

    def of(self, thing: NamedNode) -> dict[str, str]:
        """The excerpts of a thing, by the suffixes of `addresses.ALTERNATES`."""
        nodes = [thing, *self._claims(thing)]
        body = "\n".join(map(self._turtle, nodes))
        return {
            "ttl": trig.declared(body, self._held.edition.prefixes) + body,
            "jsonld": self._document(map(self._node, nodes)),
            "nt": "".join(sorted({line for node in nodes for line in self._lines(node)})),
        }

    def _document(self, nodes: Iterable[dict[str, object]]) -> str:
        graph = list(nodes)
        used = {key for one in graph for key in one}
        whole = self._context.items()
        needed = {key: value for key, value in whole if isinstance(value, str) or key in used}
        return json.dumps({"@context": needed, "@graph": graph}, ensure_ascii=False) + "\n"

    def _claims(self, thing: NamedNode) -> list[NamedNode]:
        quoted = (NamedNode(p.claim) for p in self._held.quoting.get(thing, ()))
        told = self._held.edition.describing.get(thing, ())
        derived = self._held.edition.values(thing, PROV.wasDerivedFrom)
        claims = self._held.claims & {t for t in derived if isinstance(t, NamedNode)}
        return sorted({*quoted, *told, *claims}, key=str)

    def _triples(self, thing: NamedNode) -> list[Triple]:
        rows = self._held.edition.about.get(thing, {})
        return [Triple(thing, kind, value) for kind, values in rows.items() for value in values]
