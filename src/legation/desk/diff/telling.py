"""A difference in words: what to tell, in which order, under which name.

Invariant: every fact stands beside its quote, and no quote is shortened.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from legation.checks.forms.lines import plural
from legation.desk.diff.compare import Conflict, Corroboration, Difference
from legation.desk.diff.texts import Lost
from legation.desk.review.change import Amended
from legation.graph.claim import Claim, Omission
from legation.rdf.vocabulary import PREFIXES, RDF, compact, local_name
from legation.text.safe import on_a_line

_SAID = "as said: "


@dataclass(frozen=True, slots=True)
class ListItem:
    """One thing to tell: lines, each with its mark (``+``, ``-`` or none), and placed quotes."""

    head: str
    lines: tuple[tuple[str, str], ...] = ()
    quotes: tuple[tuple[str, str], ...] = ()


class Telling:
    """Puts a difference into words, with the labels of both states."""

    def __init__(self, found: Difference) -> None:
        self.found = found
        self.labels = {**found.before.labels, **found.after.labels}
        self.origins = {**found.before.origins, **found.after.origins}
        self.ontology = found.after.ontology
        self.prefixes = dict(found.after.prefixes)

    def sections(self) -> list[tuple[str, list[ListItem]]]:
        """Every part of the difference that is not empty, with its title."""
        found = self.found
        told = {
            "Added": [self._claim(c, "+") for c in found.added],
            "Changed": [self._changed(c) for c in found.changed],
            "Withdrawn": [self._claim(c, "-") for c in found.withdrawn],
            "New conflicts": [self._conflict(c) for c in found.conflicts],
            "Corroborated": [self._corroboration(c) for c in found.corroborated],
            "Quotes lost": [lost_entry(lost, self.prefixes) for lost in found.lost],
            "Names added": [ListItem(self.fact(triple)) for triple in found.named],
            "Names withdrawn": [ListItem(self.fact(triple)) for triple in found.unnamed],
        }
        return [(title, items) for title, items in told.items() if items]

    def summary(self) -> str:
        """One line that counts."""
        found = self.found
        counts = (
            (len(found.added), "claim", "added"),
            (len(found.changed), "claim", "changed"),
            (len(found.withdrawn), "claim", "withdrawn"),
            (len(found.conflicts), "conflict", "new"),
            (len(found.corroborated), "fact", "corroborated"),
            (len(found.lost), "quote", "lost"),
            (len(found.renumbered), "claim", "renumbered"),
        )
        words = [f"{plural(n, what)} {how}" for n, what, how in counts if n]
        return ", ".join(words) or "nothing that anybody claims has changed"

    def _name(self, node: object) -> str:
        """What a term is called."""
        if isinstance(node, Literal):
            return f'"{on_a_line(node.value)}"'
        if not isinstance(node, NamedNode):
            return str(node)
        if node in self.labels:
            return self.labels[node]
        is_term = node in self.ontology.terms
        return self.ontology.label(node) if is_term else compact(node, self.prefixes)

    def fact(self, triple: Triple) -> str:
        """A triple in words."""
        verb = "is a" if triple.predicate == RDF.type else self._name(triple.predicate)
        return f"{self._name(triple.subject)} · {verb} · {self._name(triple.object)}"

    def _facts(
        self, triples: Iterable[Triple], mark: str, manner: str = ""
    ) -> tuple[tuple[str, str], ...]:
        return tuple((mark, manner + self.fact(triple)) for triple in sorted(set(triples), key=str))

    def _head(self, claim: Claim) -> str:
        """A claim's name, with its voice."""
        origins = ", ".join(sorted(map(self._name, self.origins[claim.iri]))) or "origin unknown"
        return f"{compact(claim.iri, self.prefixes)} ({claim.modality or 'no modality'}, {origins})"

    def _claim(self, claim: Claim, mark: str) -> ListItem:
        said = self._facts(claim.said, mark, _SAID)
        lines = self._facts(claim.triples, mark) + said
        return ListItem(self._head(claim), lines, (_quoted(claim),))

    def _changed(self, change: Amended) -> ListItem:
        old, new = change.before, change.after
        lines = [
            *self._facts(change.removed & {*old.triples}, "-"),
            *self._facts(change.added & {*new.triples}, "+"),
            *self._facts(change.removed & {*old.said}, "-", _SAID),
            *self._facts(change.added & {*new.said}, "+", _SAID),
        ]
        voices = {
            "modality": (old.modality, new.modality),
            "according to": tuple(map(self._report, (old.according_to, new.according_to))),
            "attribution": (old.attribution or "stated", new.attribution or "stated"),
            "basis": (old.basis or "the words", new.basis or "the words"),
            "article": tuple(map(self._report, (old.article, new.article))),
        }
        lines += [("", f"{what}: {a} → {b}") for what, (a, b) in voices.items() if a != b]
        quotes = [_quoted(new)]
        if old.quote != new.quote:
            quotes.insert(0, _quoted(old, ", before"))
        return ListItem(self._head(new), tuple(lines), tuple(quotes))

    def _report(self, node: NamedNode | None) -> str:
        return "nobody" if node is None else self._name(node)

    def _conflict(self, conflict: Conflict) -> ListItem:
        against = " against ".join(compact(claim.iri, self.prefixes) for claim in conflict.claims)
        how = "acknowledged" if conflict.is_acknowledged else "not acknowledged"
        lines = self._facts(conflict.triples, "")
        return ListItem(f"{against} ({how})", lines, tuple(map(_quoted, conflict.claims)))

    def _corroboration(self, gain: Corroboration) -> ListItem:
        now = ", ".join(map(self._name, gain.origins))
        then = ", ".join(map(self._name, gain.before)) or "nobody before"
        lines = (("+", f"now also {now}; {then}"),)
        return ListItem(self.fact(gain.triple), lines, tuple(map(_quoted, gain.claims)))


def lost_entry(lost: Lost, prefixes: Mapping[str, str] = PREFIXES) -> ListItem:
    """A lost quote, told."""
    now = f"now: {on_a_line(lost.nearest)}" if lost.nearest else "now: gone"
    quote = _quoted(lost.passage, ", before")
    return ListItem(compact(lost.passage.iri, dict(prefixes)), (("", now),), (quote,))


def _quoted(passage: Claim | Omission, when: str = "") -> tuple[str, str]:
    article = "no article" if passage.article is None else local_name(passage.article)
    where = f" {passage.start}-{passage.end}" if passage.start >= 0 else ""
    return (passage.quote, f"{article}{where}{when}")
