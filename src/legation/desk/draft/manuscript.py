"""An article's file on its way to a new text: how claims are spelled there, and what is taken out.

Invariant: only what is taken out goes, its comments stay, and a prefix that is needed and missing
is declared.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from legation.desk.draft.proposal import Proposal
from legation.desk.edit.graphfile import GraphFile, Rewrite
from legation.graph.spelling import slugged
from legation.rdf.layout import layout
from legation.rdf.outline import Outline, Value
from legation.rdf.tokens import SPACE
from legation.rdf.vocabulary import LEG, PROV, RDF, RDFS, SKOS, XSD


@dataclass(frozen=True)
class Manuscript:
    """A file on its way to a new text, and what it knows already."""

    rewrite: Rewrite
    known: set[str]

    @classmethod
    def of(cls, text: str, prefixes: Mapping[str, str]) -> "Manuscript":
        """A file before any change; the prefixes are those that it may come to need."""
        rewrite = Rewrite(GraphFile(Path(), None, text), dict(prefixes))
        drawn = rewrite.file.outline
        known = {s.subject for s in drawn.statements if s.subject and s.graph is None}
        return cls(rewrite, known | {name for name, _ in drawn.graphs})

    @property
    def drawn(self) -> Outline:
        """What the file says where."""
        return self.rewrite.file.outline

    def without(self, gone: Iterable[NamedNode]) -> None:
        """Forget what will be written anew."""
        self.known.difference_update(node.value for node in gone)

    def claim(
        self, name: NamedNode, proposal: Proposal, slug: str, more: Sequence[Triple] = ()
    ) -> Iterator[str]:
        """A claim or omission as statements: what it needs beside it, itself, its graphs."""
        said = list(_metadata(name, proposal, more))
        if proposal.reason:
            yield "\n".join(self.subjects(said))
            return
        if proposal.author:
            activity = activity_of(proposal.author, slug)
            said.append(Triple(name, PROV.wasGeneratedBy, activity))
            yield from self._new(described(proposal.author, slug))
        yield from self._new(proposal.reports)
        yield "\n".join(self.subjects(said))
        yield self._graph(name, proposal.triples)
        for content, triples in proposal.contents:
            if content.value not in self.known:
                self.known.add(content.value)
                yield self._graph(content, triples)

    def _new(self, triples: Sequence[Triple]) -> Iterator[str]:
        fresh = [t for t in triples if str(t.subject)[1:-1] not in self.known]
        self.known.update(str(t.subject)[1:-1] for t in fresh)
        yield from self.subjects(fresh)

    def _graph(self, name: NamedNode, triples: Sequence[Triple]) -> str:
        return "\n".join([f"{self.rewrite.term(name)} {{", *self.subjects(triples), "}"])

    def subjects(self, triples: Sequence[Triple]) -> Iterator[str]:
        """Triples as statements, one for each subject, in the order given."""
        term = self.rewrite.term
        for subject in dict.fromkeys(t.subject for t in triples):
            own = [t for t in triples if t.subject == subject]
            rows = []
            for predicate in dict.fromkeys(t.predicate for t in own):
                verb = "a" if predicate == RDF.type else term(predicate)
                objects = dict.fromkeys(t.object for t in own if t.predicate == predicate)
                rows.append(f"{verb} {', '.join(map(term, objects))}")
            yield f"{term(subject)} {' ; '.join(rows)} ."

    def laid_out(self, parts: Iterable[str]) -> str:
        """Statements in the layout of the house, with the line ends of the file."""
        text = layout("\n".join(parts) + "\n")
        return text.replace("\n", self.rewrite.patch.line_end)

    def with_more(self, parts: Sequence[str]) -> str:
        """The file with something at its end, behind a blank line."""
        end, tokens = self.rewrite.patch.line_end, self.drawn.tokens
        if parts:
            tail = tokens[-1].text if tokens else "\n\n"
            lines = tail.count("\n") if not tokens or tokens[-1].kind == SPACE else 0
            gap = end * max(0, 2 - lines)
            self.rewrite.patch.add(len(tokens) - 1, gap + self.laid_out(parts))
        return self.rewrite.patch.text()

    def stretches(self, names: Iterable[NamedNode]) -> list[Value]:
        """Where some passages and graphs stand, in order; what follows each other is one."""
        drawn, wanted = self.drawn, {name.value for name in names}
        found = {
            Value(s.at, s.end) for s in drawn.statements if s.graph is None and s.subject in wanted
        } | {value for name, value in drawn.graphs if name in wanted}
        joined: list[Value] = []
        for value in sorted(found, key=lambda value: value.first):
            between = drawn.tokens[joined[-1].last + 1 : value.first] if joined else ()
            if joined and all(token.kind == SPACE for token in between):
                value = Value(joined.pop().first, value.last)
            joined.append(value)
        return sorted(joined, key=lambda value: value.first)


def _metadata(name: NamedNode, proposal: Proposal, more: Sequence[Triple]) -> Iterator[Triple]:
    yield Triple(name, LEG.quote, Literal(proposal.quote))
    if proposal.start is not None:
        at = Literal(str(proposal.start), datatype=XSD.integer)
        yield Triple(name, LEG.charStart, at)
    if proposal.according_to is not None:
        yield Triple(name, LEG.accordingTo, proposal.according_to)
    for manner in ("attribution", "modality", "basis", "reason"):
        if local := getattr(proposal, manner):
            yield Triple(name, getattr(LEG, manner), NamedNode(f"{LEG.base}{local}"))
    for claim in proposal.leans_on:
        yield Triple(name, LEG.leansOn, claim)
    for claim in proposal.conflicts_with:
        yield Triple(name, LEG.conflictsWith, claim)
    yield from more
    if proposal.note:
        yield Triple(name, SKOS.editorialNote, Literal(proposal.note, language="en"))


def activity_of(author: str, slug: str) -> NamedNode:
    """The activity behind the suggestions that somebody makes for an article."""
    return NamedNode(f"urn:legation:activity:{slug}-suggested-by-{slugged(author)}")


def described(author: str, slug: str) -> tuple[Triple, ...]:
    """What an article's file says of that activity."""
    label = Literal(f"suggestions by {author}", language="en")
    activity = activity_of(author, slug)
    return Triple(activity, RDF.type, PROV.Activity), Triple(activity, RDFS.label, label)
