"""Which thing is meant, and whether two may change places: by IRI, never by name.

Invariant: nothing here writes. Whatever speaks against a repair is raised before a file is touched.
"""

import difflib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Quad

from legation.desk.edit.graphfile import GraphFile
from legation.errors import UnknownName, UsageError
from legation.graph.registry import Names
from legation.graph.workspace import Workspace
from legation.rdf.vocabulary import NS, PREFIXES, RDF, compact, expand

_LIKELY = 0.75
SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
# An unnamed participant stays unnamed, and a claim or omission belongs to its article.
_BOUND = ("anon", "article", "claim", "omission")
_SAME_AS = NamedNode(PREFIXES["schema"] + "sameAs")


@dataclass(frozen=True)
class Things:
    """The things that the files of a workspace name."""

    workspace: Workspace
    files: Sequence[GraphFile]

    @cached_property
    def _graph(self) -> list[GraphFile]:
        """The articles and the registry."""
        return [f for f in self.files if f.path.is_relative_to(self.workspace.graph)]

    @cached_property
    def quads(self) -> frozenset[Quad]:
        """Every quad of articles and registry."""
        return frozenset().union(*(file.quads for file in self._graph))

    @cached_property
    def named(self) -> frozenset[str]:
        """Every IRI that articles or registry name."""
        return frozenset(iri for file in self._graph for iri in file.mentions)

    def _values(self, node: NamedNode, predicate: NamedNode) -> list[object]:
        return [q.object for q in self.quads if q.subject == node and q.predicate == predicate]

    def present(self, text: str) -> NamedNode:
        """A thing that is here; UnknownName, with the nearest, where there is none by that IRI."""
        node = self._node(text)
        if node.value not in self.named:
            near = self._alike(node)
            hint = f"; did you mean {', '.join(near)}?" if near else ""
            raise UnknownName(f"nothing here is called {self.short(node)}{hint}", near)
        return node

    def _alike(self, node: NamedNode) -> list[str]:
        """The prefixed names here whose own part is most like a node's, best first."""
        slugs: dict[str, list[str]] = {}
        for name in sorted(map(self.short, self.named)):
            slugs.setdefault(name.rpartition(":")[2], []).append(name)
        wanted = self.short(node).rpartition(":")[2]
        near = difflib.get_close_matches(wanted, sorted(slugs), n=4, cutoff=_LIKELY)
        return [name for slug in near for name in slugs[slug]][:4]

    def absent(self, text: str) -> NamedNode:
        """An IRI that is still free; UsageError where it is taken or none for a thing."""
        node = self._node(text)
        if node.value in self.named:
            raise UsageError(
                f"{self.short(node)} is there already: 'legation merge' makes two things one"
            )
        kind, slug = self._parts(node)
        if not kind or not SLUG.fullmatch(slug):
            raise UsageError(
                f"{self.short(node)} is no kind/slug of this graph: write it like "
                "person:mira-halden, in lower-case letters, digits and hyphens"
            )
        return node

    def _node(self, text: str) -> NamedNode:
        node = expand(text, self.workspace.prefixes)
        if node is None:
            triples = tuple(quad.triple for quad in self.quads)
            found = Names(triples, self.workspace.ontology).find(text)
            listed = ", ".join(f"{self.short(c.iri)} ({c.label})" for c in found)
            hint = f"; {text!r} may mean {listed}" if found else ""
            raise UnknownName(
                f"{text!r} is a name, and a name never decides: give the IRI or prefixed "
                f"name{hint}",
                [c.label for c in found],
            )
        if node.value.startswith(NS) or node in self.workspace.ontology.terms:
            raise UsageError(
                f"{self.short(node)} is a term of the ontology: a term is never renamed, it is "
                "retired with owl:deprecated and dcterms:isReplacedBy"
            )
        return node

    def short(self, node: NamedNode | str) -> str:
        """A thing's prefixed name."""
        return compact(node, self.workspace.prefixes)

    def _parts(self, node: NamedNode) -> tuple[str, str]:
        prefix, _, slug = self.short(node).partition(":")
        base = self.workspace.prefixes.get(prefix, "")
        return ("", "") if not base.endswith(f"/{prefix}/") else (prefix, slug)

    def kind(self, node: NamedNode) -> str:
        """The kind that a thing's IRI names (``person``, ``event`` …); empty for a foreign IRI."""
        return self._parts(node)[0]

    def refuse_renaming(self, old: NamedNode, new: NamedNode) -> None:
        """Raise UsageError where a thing's kind binds it to its place."""
        kinds = (self.kind(old), self.kind(new))
        if "article" in kinds:
            raise UsageError("an article is called as its files are: add it anew under its slug")
        if kinds[0] != kinds[1] and any(kind in _BOUND for kind in kinds):
            raise UsageError(
                f"{self.short(old)} cannot become {self.short(new)}: whoever is unnamed stays so, "
                "and a claim may say leg:identifiedAs"
            )

    def refuse_merging(self, gone: NamedNode, kept: NamedNode) -> None:
        """Raise UsageError where something speaks against two things being one."""
        one, two = self.short(gone), self.short(kept)
        if gone == kept:
            raise UsageError(f"{one} is one thing already")
        kinds = (self.kind(gone), self.kind(kept))
        if kinds[0] != kinds[1] or any(kind in _BOUND for kind in kinds):
            raise UsageError(
                f"{one} and {two} cannot be merged: only things of one kind can, and never "
                "articles, claims or unnamed participants (use leg:identifiedAs)"
            )
        self._refuse_classes(gone, kept)
        if why := next(self._apart(gone, kept), ""):
            raise UsageError(f"{one} and {two} are not one thing: {why}; mend that first")
        self._refuse_differences(gone, kept)

    def _apart(self, gone: NamedNode, kept: NamedNode) -> Iterator[str]:
        """What relates two things to each other, or names them side by side in one claim."""
        pair = {gone, kept}
        related = (quad for quad in self.quads if {quad.subject, quad.object} == pair)
        yield from map(self._said, sorted(related, key=str))
        beside: defaultdict[NamedNode, set[object]] = defaultdict(set)
        for quad in self.quads:
            if isinstance(quad.graph_name, NamedNode):
                beside[quad.graph_name] |= {quad.subject, quad.object}
        for claim in sorted((c for c, named in beside.items() if pair <= named), key=str):
            yield f"{self.short(claim)} names them side by side"

    def _said(self, quad: Quad) -> str:
        subject, value = quad.subject, quad.object
        ends = [self.short(n) if isinstance(n, NamedNode) else str(n) for n in (subject, value)]
        where = quad.graph_name
        place = f" in {self.short(where)}" if isinstance(where, NamedNode) else " in the registry"
        return f"{ends[0]} {self.short(quad.predicate)} {ends[1]}{place}"

    def _refuse_classes(self, gone: NamedNode, kept: NamedNode) -> None:
        above = self.workspace.ontology.superclasses

        def are_akin(one: NamedNode, two: NamedNode) -> bool:
            return one == two or one in above(two) or two in above(one)

        first, second = (
            sorted((k for k in self._values(n, RDF.type) if isinstance(k, NamedNode)), key=str)
            for n in (gone, kept)
        )
        pairs = (*((c, second) for c in first), *((c, first) for c in second))
        # Two persons may have a class each that the other has not: one akin to it is enough.
        if any(others and not any(are_akin(c, other) for other in others) for c, others in pairs):
            listed = " and ".join(
                f"{self.short(node)} ({', '.join(sorted(set(map(self.short, found))))})"
                for node, found in ((gone, first), (kept, second))
            )
            raise UsageError(f"{listed} are of different kinds: correct a class first")

    def _refuse_differences(self, gone: NamedNode, kept: NamedNode) -> None:
        """Identifiers of one scheme, and structure, that differ tell two things apart."""
        structure = self.workspace.ontology.structure
        for predicate in (_SAME_AS, *sorted(structure, key=str)):
            mine, theirs = self._by_scheme(gone, predicate), self._by_scheme(kept, predicate)
            for scheme in mine.keys() & theirs.keys():
                if not mine[scheme] & theirs[scheme]:
                    shown = " and ".join(
                        ", ".join(sorted(values)) for values in (mine[scheme], theirs[scheme])
                    )
                    raise UsageError(
                        f"{self.short(gone)} and {self.short(kept)} differ in "
                        f"{self.short(predicate)} ({shown}): if they are one thing, "
                        "correct one of them first"
                    )

    def _by_scheme(self, node: NamedNode, predicate: NamedNode) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for value in self._values(node, predicate):
            text = value.value if isinstance(value, NamedNode | Literal) else str(value)
            # One thing may have a Wikidata and a VIAF number, but not two of either.
            scheme = "/".join(text.split("/")[:3]) if predicate == _SAME_AS else ""
            found.setdefault(scheme, set()).add(text)
        return found
