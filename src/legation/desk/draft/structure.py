"""Facts told apart from the names that somebody gave to new things: what is alike in structure.

Invariant: a thing of the registry is itself; an event or statement is known by its class and what
is said of it, so that two annotators who name it differently still say the same.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, Triple

from legation.graph.workspace import Workspace
from legation.rdf.vocabulary import RDF


@dataclass(frozen=True)
class Structure:
    """Compares triples modulo the names of what articles bring with them."""

    bases: tuple[str, ...]

    @classmethod
    def of(cls, workspace: Workspace) -> "Structure":
        """By the kinds of thing that a workspace has."""
        told = sorted(workspace.ontology.told)
        return cls(tuple(workspace.prefixes[kind] for kind in told))

    def is_new(self, node: object) -> bool:
        """Whether a node is a thing whose name its article's annotator chose."""
        return isinstance(node, NamedNode) and node.value.startswith(self.bases)

    def digest(self, triples: Iterable[Triple], quote: str = "") -> str:
        """What stays the same under other names for new things, as 12 hexadecimal digits.

        Of what says nothing it is the quote.
        """
        given = sorted(set(triples), key=str)
        colours = self._colours(given, self._colours(given, {}))
        rows = sorted(self._row(t, colours) for t in given) or [quote]
        return hashlib.sha256("\n".join(rows).encode("utf-8")).hexdigest()[:12]

    def _row(self, triple: Triple, colours: Mapping[object, str]) -> str:
        def shown(node: object) -> str:
            return colours.get(node, "new") if self.is_new(node) else str(node)

        return f"{shown(triple.subject)} {triple.predicate} {shown(triple.object)}"

    def _colours(
        self, triples: Iterable[Triple], before: Mapping[object, str]
    ) -> dict[object, str]:
        """For each new thing all that is said of it, in the colours that the others had."""
        rows: defaultdict[object, list[str]] = defaultdict(list)
        for t in triples:
            if self.is_new(t.subject):
                rows[t.subject].append(self._row(t, before).split(" ", 1)[1])
            if self.is_new(t.object):
                rows[t.object].append("of " + self._row(t, before).rsplit(" ", 1)[0])
        return {
            node: hashlib.sha256("\n".join(sorted(said)).encode()).hexdigest()[:12]
            for node, said in rows.items()
        }

    def aligned(self, ours: Iterable[Triple], theirs: Iterable[Triple]) -> list[Triple]:
        """Their triples with our names for the new things that are most like each other."""
        mine, other = list(dict.fromkeys(ours)), list(dict.fromkeys(theirs))
        names: dict[object, object] = {}
        while pairs := self._likeness(mine, other, names):
            our, their = max(pairs, key=lambda pair: (pairs[pair], str(pair)))
            names[their] = our
        return [
            Triple(names.get(t.subject, t.subject), t.predicate, names.get(t.object, t.object))  # type: ignore[arg-type]
            for t in other
        ]

    def _likeness(
        self, mine: list[Triple], other: list[Triple], names: Mapping[object, object]
    ) -> Counter[tuple[object, object]]:
        """How much is said alike of each two things that have no name in common yet.

        A shared class alone makes no pair.
        """
        taken = {name: name for name in names.values()}
        ours = defaultdict(set)
        for node, feature in self._features(mine, taken):
            ours[feature].add(node)
        score: Counter[tuple[object, object]] = Counter()
        for node, feature in self._features(other, names):
            weight = 1 if feature[0] == RDF.type else 10
            score.update({(our, node): weight for our in ours.get(feature, ())})
        return Counter({pair: n for pair, n in score.items() if n >= 10})

    def _features(
        self, triples: Iterable[Triple], names: Mapping[object, object]
    ) -> Iterator[tuple[object, tuple[object, object, bool]]]:
        """What is said of each new thing that has no name yet, in terms of what has one."""
        for t in triples:
            subject, value = (
                names.get(node) if self.is_new(node) else node for node in (t.subject, t.object)
            )
            if subject is None and value is not None:
                yield t.subject, (t.predicate, value, True)
            if value is None and subject is not None:
                yield t.object, (t.predicate, subject, False)
