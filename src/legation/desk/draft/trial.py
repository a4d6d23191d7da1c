"""What a proposal must stand before it is offered to anybody.

Invariant: an offered quote stands in its sentence, once; the registry things and dates that its
triples name are those that were found in that quote; and the check finds no error in it when it
is accepted together with all else that is offered. Whatever fails is a remark with the reason.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Triple

from legation.checks.finding import Finding
from legation.desk.draft.blocks import Offered
from legation.desk.draft.days import DateFound
from legation.desk.draft.names import NAMED_KINDS
from legation.desk.draft.pen import entered
from legation.desk.draft.proposal import Offer, Proposal, Suggested
from legation.desk.draft.reading import Reading, Sentence
from legation.desk.draft.verdict import judged
from legation.graph.record import Record
from legation.graph.workspace import Workspace
from legation.rdf import trig
from legation.rdf.vocabulary import EDTF, LEG, RDF, expand
from legation.text.spans import Span, occurrences

_NO_CONTENT = {
    getattr(LEG, name)
    for name in (
        "accordingTo charEnd charStart conflictsWith describes earliest latest leansOn modality "
        "origin quote reason status textSha256"
    ).split()
}
"""What the build derives and what stands beside a claim's graph, never in it."""


_Heard = tuple[int, Offer]
"""An offer on trial, behind the number of its sentence."""


@dataclass(frozen=True)
class Trial:
    """Tries proposals for the open sentences of one article."""

    workspace: Workspace
    record: Record
    reading: Reading

    def of(self, author: str, suggested: Mapping[int, Suggested]) -> dict[int, Offered]:
        """What may be offered of an author's suggestions, by sentence, and why the rest may not."""
        by_number = {sentence.number: sentence for sentence in self.reading.open}
        suggested = {number: said for number, said in suggested.items() if number in by_number}
        heard: list[_Heard] = []
        remarks = {number: list(said.remarks) for number, said in suggested.items()}
        for number, said in suggested.items():
            for proposal in said.proposals:
                found = self._placed(proposal, by_number[number], author)
                if isinstance(found, Offer):
                    heard.append((number, found))
                else:
                    remarks[number].append(self._refusal(proposal, author, found))
        while refused := self._refused(heard):
            for (number, offer), why in refused.items():
                remarks[number].append(self._refusal(offer.proposal, author, why))
            heard = [one for one in heard if one not in refused]  # others may lean on what fell
        # The check found each modality to be the one that follows, which nobody writes.
        brief = [(n, replace(o, proposal=replace(o.proposal, modality=""))) for n, o in heard]
        return {
            number: Offered(tuple(o for n, o in brief if n == number), tuple(remarks[number]))
            for number in suggested
        }

    def _refusal(self, proposal: Proposal, author: str, why: str) -> str:
        triples = " . ".join(
            " ".join(trig.term(node, self.workspace.prefixes) for node in triple)
            for triple in proposal.triples
        )
        return f"turned down, of {author}: {why}: {trig.quoted(proposal.quote)} {{ {triples} }}"

    def _placed(self, proposal: Proposal, sentence: Sentence, author: str) -> Offer | str:
        """A proposal at its place, or what in it the sentence does not bear out."""
        at = occurrences(sentence.text, proposal.quote)
        if len(at) != 1:
            return f"the quote stands {'more than once' if at else 'not'} in the sentence"
        modality = expand(f"leg:{proposal.modality}", self.workspace.prefixes)
        if modality is None or modality not in self.workspace.ontology.values:
            return f"{proposal.modality!r:.40} is no modality"
        start = sentence.span.start + at[0]
        span = Span(start, start + len(proposal.quote))
        found = _Found(sentence, span)
        if stranger := next(self._strangers(proposal.triples, found), ""):
            return stranger
        note = " ".join((*found.reasons(proposal.triples), *proposal.note.split()))
        basis = "computed" if found.is_reckoned(proposal.triples) else proposal.basis
        stands = occurrences(self.reading.text, proposal.quote)
        given = span.start if len(stands) > 1 else None
        placed = replace(proposal, note=note, basis=basis, author=author, start=given)
        return Offer(placed, span)

    def _strangers(self, triples: Iterable[Triple], found: "_Found") -> Iterator[str]:
        """What no claim says, and things of the registry and dates that the quote does not give."""
        ontology, prefixes = self.workspace.ontology, self.workspace.prefixes
        content = {*ontology.object_properties, *ontology.datatype_properties} - _NO_CONTENT
        for triple in triples:
            is_typed = triple.predicate == RDF.type
            if not is_typed and triple.predicate not in content:
                yield f"{trig.term(triple.predicate, prefixes)} is no property that a claim may use"
            if is_typed and triple.subject in self._typed:
                yield f"{trig.term(triple.subject, prefixes)} has its class in the registry"
            for node in (triple.subject, triple.object):
                short = trig.term(node, prefixes)
                if node in self._named and node not in found.things:
                    yield f"{short} is not named for certain in the quote"
                if _is_day(node) and node not in found.days:
                    yield f"{short} is no date of the quote"

    @cached_property
    def _typed(self) -> frozenset[object]:
        quads = (located.quad for located in self.record.quads("registry"))
        return frozenset(quad.subject for quad in quads if quad.predicate == RDF.type)

    @cached_property
    def _named(self) -> frozenset[object]:
        bases = tuple(self.workspace.prefixes[kind] for kind in NAMED_KINDS)
        subjects = (located.quad.subject for located in self.record.quads("registry"))
        return frozenset(
            s for s in subjects if isinstance(s, NamedNode) and s.value.startswith(bases)
        )

    @cached_property
    def _file(self) -> str:
        return self.reading.article.path.read_text("utf-8")

    @cached_property
    def _known(self) -> frozenset[Finding]:
        """The errors that the workspace has without any proposal."""
        return frozenset(self._errors(self._file))

    def _refused(self, heard: Sequence[_Heard]) -> dict[_Heard, str]:
        """What the check would refuse if everything was accepted, each with the first reason."""
        if not heard:
            return {}
        slug = self.reading.article.slug
        made = entered(
            self._file, slug, [offer.proposal for _, offer in heard], self.workspace.prefixes
        )
        claims = dict(zip(made.passages, heard, strict=True))
        lines = {
            located.line: claims[node]
            for located in trig.parse(made.text.encode("utf-8"), self.reading.article.path).quads
            for node in (located.quad.graph_name, located.quad.subject)
            if isinstance(node, NamedNode) and node in claims
        }
        refused: dict[_Heard, str] = {}
        for finding in self._errors(made.text):
            if finding in self._known:
                continue
            is_here = self.workspace.root / finding.file == self.reading.article.path
            concerned = [
                one
                for claim, one in claims.items()
                if claim.value in finding.things or (is_here and lines.get(finding.line) is one)
            ]
            # Of two that disagree the first may stay; where none is named, the last falls.
            refused.setdefault((concerned or heard)[-1], finding.message)
        return refused

    def _errors(self, text: str) -> tuple[Finding, ...]:
        """The errors of the workspace with another text in the article's file."""
        report = judged(self.workspace, self.reading.article.slug, text, self.record)
        return report.at_least("error")


@dataclass(frozen=True)
class _Found:
    """What was found in one passage of a sentence."""

    sentence: Sentence
    span: Span

    def _holds(self, span: Span) -> bool:
        return self.span.start <= span.start and span.end <= self.span.end

    @property
    def things(self) -> set[object]:
        return {m.iri for m in self.sentence.mentions if self._holds(m.span)}

    @property
    def days(self) -> set[object]:
        return {_day(d) for d in self.sentence.dates if self._holds(d.span)}

    def reasons(self, triples: Iterable[Triple]) -> Iterator[str]:
        """How the names and dates that some triples use were settled, where words alone do not."""
        used = {node for t in triples for node in (t.subject, t.object)}
        for m in self.sentence.mentions:
            if m.iri in used and m.note and self._holds(m.span):
                yield f"“{m.text}” is {m.candidates[0].label}: {m.note}."
        for d in self._reckoned(used):
            yield f"“{d.text}” is {d.edtf}: {d.reasoning}."

    def is_reckoned(self, triples: Iterable[Triple]) -> bool:
        """Whether some triples use a date that was worked out."""
        return any(True for _ in self._reckoned({t.object for t in triples}))

    def _reckoned(self, used: AbstractSet[object]) -> Iterator[DateFound]:
        for d in self.sentence.dates:
            if _day(d) in used and self._holds(d.span) and d.reasoning != "as written":
                yield d


def _day(found: DateFound) -> Literal | None:
    return None if found.edtf is None else Literal(found.edtf, datatype=EDTF)


def _is_day(node: object) -> bool:
    return isinstance(node, Literal) and node.datatype == EDTF
