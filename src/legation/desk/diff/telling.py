"""A difference in words: what to tell, in which order, under which name.

Invariant: every fact stands beside its quote, and no quote is shortened.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from legation.desk.diff.compare import Changed, Conflict, Corroboration, Difference
from legation.desk.diff.state import Said
from legation.desk.diff.texts import Lost
from legation.rdf.vocabulary import RDF, compact, local_name
from legation.text.safe import on_a_line

_SECTIONS = (
    ("added", "Added"),
    ("changed", "Changed"),
    ("withdrawn", "Withdrawn"),
    ("conflicts", "New conflicts"),
    ("corroborated", "Corroborated"),
    ("lost", "Quotes lost"),
    ("named", "Names added"),
    ("unnamed", "Names withdrawn"),
)


@dataclass(frozen=True, slots=True)
class ListItem:
    """One thing to tell.

    Attributes:
        head: What it is about.
        lines: What is said of it, each with the mark ``+``, ``-`` or none before it.
        quotes: The words, each with its place.
    """

    head: str
    lines: tuple[tuple[str, str], ...] = ()
    quotes: tuple[tuple[str, str], ...] = ()


class Telling:
    """Puts a difference into words, with the labels of both states."""

    def __init__(self, found: Difference) -> None:
        self.found = found
        self.labels = {**found.before.labels, **found.after.labels}
        self.ontology = found.after.ontology
        self.prefixes = dict(found.after.prefixes)

    def sections(self) -> list[tuple[str, list[ListItem]]]:
        """Every part of the difference that is not empty, with its title."""
        found = self.found
        told = {
            "added": [self._claim(c, "+") for c in found.added],
            "changed": [self._changed(c) for c in found.changed],
            "withdrawn": [self._claim(c, "-") for c in found.withdrawn],
            "conflicts": [self._conflict(c) for c in found.conflicts],
            "corroborated": [self._corroboration(c) for c in found.corroborated],
            "lost": [self._lost(quote) for quote in found.lost],
            "named": [ListItem(self.fact(triple)) for triple in found.named],
            "unnamed": [ListItem(self.fact(triple)) for triple in found.unnamed],
        }
        return [(title, told[key]) for key, title in _SECTIONS if told[key]]

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
        words = [f"{n} {what}{'' if n == 1 else 's'} {how}" for n, what, how in counts if n]
        return ", ".join(words) or "nothing that anybody claims has changed"

    def name(self, node: object) -> str:
        """What a term is called."""
        if isinstance(node, Literal):
            return f'"{on_a_line(node.value)}"'
        if not isinstance(node, NamedNode):
            return str(node)
        if node in self.labels:
            return self.labels[node]
        return self.ontology.label(node) if node in self.ontology.terms else self._short(node)

    def fact(self, triple: Triple) -> str:
        """A triple in words."""
        verb = "is a" if triple.predicate == RDF.type else self.name(triple.predicate)
        return f"{self.name(triple.subject)} · {verb} · {self.name(triple.object)}"

    def _facts(self, triples: Iterable[Triple], mark: str) -> tuple[tuple[str, str], ...]:
        return tuple((mark, self.fact(triple)) for triple in sorted(triples, key=str))

    def _voice(self, claim: Said) -> str:
        origins = ", ".join(sorted(map(self.name, claim.origins))) or "origin unknown"
        return f"{claim.modality or 'no modality'}, {origins}"

    def _quote(self, claim: Said) -> tuple[str, str]:
        article = "no article" if claim.article is None else local_name(claim.article)
        return (claim.quote, f"{article} {claim.start}-{claim.end}")

    def _claim(self, claim: Said, mark: str) -> ListItem:
        head = f"{self._short(claim.iri)} ({self._voice(claim)})"
        return ListItem(head, self._facts(claim.triples, mark), (self._quote(claim),))

    def _changed(self, change: Changed) -> ListItem:
        old, new = change.before, change.after
        lines = [*self._facts(change.dropped, "-"), *self._facts(change.gained, "+")]
        if old.modality != new.modality:
            lines.append(("", f"modality: {old.modality} → {new.modality}"))
        if old.according_to != new.according_to:
            one, two = (self._report(node) for node in (old.according_to, new.according_to))
            lines.append(("", f"according to: {one} → {two}"))
        if old.article != new.article:
            one, two = (self._report(node) for node in (old.article, new.article))
            lines.append(("", f"article: {one} → {two}"))
        quotes = [self._quote(new)]
        if old.quote != new.quote:
            words, place = self._quote(old)
            quotes.insert(0, (words, f"{place}, before"))
        return ListItem(f"{self._short(new.iri)} ({self._voice(new)})", tuple(lines), tuple(quotes))

    def _short(self, node: NamedNode) -> str:
        return compact(node, self.prefixes)

    def _report(self, node: NamedNode | None) -> str:
        return "nobody" if node is None else self.name(node)

    def _conflict(self, conflict: Conflict) -> ListItem:
        one, two = conflict.claims
        how = "acknowledged" if conflict.is_acknowledged else "not acknowledged"
        head = f"{self._short(one.iri)} against {self._short(two.iri)} ({how})"
        return ListItem(
            head, self._facts(conflict.triples, ""), (self._quote(one), self._quote(two))
        )

    def _corroboration(self, gain: Corroboration) -> ListItem:
        now = ", ".join(map(self.name, gain.origins))
        then = ", ".join(map(self.name, gain.before)) or "nobody before"
        return ListItem(
            self.fact(gain.triple),
            (("+", f"now also {now}; {then}"),),
            tuple(map(self._quote, gain.claims)),
        )

    def _lost(self, lost: Lost) -> ListItem:
        return lost_entry(lost, self.prefixes)


def lost_entry(lost: Lost, prefixes: dict[str, str] | None = None) -> ListItem:
    """A lost quote, told.

    Args:
        prefixes: What shortens IRIs; none means the usual ones.
    """
    place = f"{local_name(lost.article)} {lost.start}-{lost.end}, before"
    now = (("", f"now: {on_a_line(lost.nearest)}"),) if lost.nearest else (("", "now: gone"),)
    return ListItem(compact(lost.claim, prefixes), now, ((lost.quote, place),))
