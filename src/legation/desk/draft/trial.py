"""What a proposal must stand before it is offered to anybody.

Invariant: an offered quote stands in the text, letter by letter, at one place; the registry things
and dates that its triples name are borne out by the words; and the check finds no fault in it when
it is accepted together with all else that is offered. Whatever fails is told with the reason.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from legation.checks.finding import Finding
from legation.desk.draft.pen import entered
from legation.desk.draft.proposal import Assignment, Offer, Proposal, Refused, Suggested
from legation.desk.draft.scruples import scruples
from legation.desk.draft.structure import Structure
from legation.desk.draft.verdict import judged
from legation.desk.draft.witness import Passages, Witness
from legation.graph.record import SourceFile
from legation.rdf import trig
from legation.rdf.trig import LocatedQuad
from legation.rdf.vocabulary import LEG, RDF
from legation.text.spans import Span, nearest

_NO_CONTENT = {
    getattr(LEG, name)
    for name in (
        "accordingTo charEnd charStart conflictsWith describes earliest latest leansOn modality "
        "origin quote reason status textSha256"
    ).split()
}
"""What the build derives and what stands beside a claim's graph, never in it."""
_LATER = ("label-missing", "label-without-thing", "sentence-uncovered")
"""What is still to be done when a claim is accepted, and says nothing against it."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What stood its trial, what did not, and the registry entries that the first needs."""

    offers: tuple[Offer, ...] = ()
    refused: tuple[Refused, ...] = ()
    names: tuple[Triple, ...] = ()


@dataclass(frozen=True)
class Trial:
    """Tries proposals for some sentences of an article; rejected ones, by digest, stay so."""

    given: Assignment
    rejected: frozenset[str] = frozenset()

    def of(self, author: str, suggested: Suggested, beside: Tried | None = None) -> Tried:
        """What may be offered of an author's suggestions, beside what is offered already."""
        known = beside or Tried()
        names = (*known.names, *self._entries(suggested.names))
        heard, refused = (
            list(known.offers),
            [replace(one, author=author) for one in suggested.unread],
        )
        given = [
            replace(p, key=p.key or NamedNode(f"urn:legation:proposal:{n}"), author=author)
            for n, p in enumerate(suggested.proposals, start=1)
        ]
        passages = self._passages([*(o.proposal for o in heard), *given])
        for proposal in given:
            found = self._heard(proposal, passages)
            if isinstance(found, str):
                refused.append(self._refusal(proposal, found))
            elif not self._is_known(found, heard):
                heard.append(found)
        while fallen := self._fallen(heard, names):
            refused += [self._refusal(offer.proposal, why) for offer, why in fallen.items()]
            heard = [offer for offer in heard if offer not in fallen]  # others may lean on it
        used = {node for o in heard for node in o.proposal.nodes}
        # The check found each modality to be the one that follows, which nobody writes.
        brief = (replace(o, proposal=replace(o.proposal, modality="")) for o in heard)
        return Tried(tuple(brief), tuple(refused), tuple(t for t in names if t.subject in used))

    def _refusal(self, proposal: Proposal, why: str) -> Refused:
        says = " . ".join(
            " ".join(trig.term(node, self.given.workspace.prefixes) for node in triple)
            for triple in proposal.said
        )
        label = str(proposal.key).rpartition(":")[2].rstrip(">")
        near = nearest(self.given.reading.text, proposal.quote) if proposal.start is None else None
        at = near.span.start if near is not None else proposal.start or 0
        return Refused(label, why, proposal.quote, says, at, proposal.author)

    def _passages(self, proposals: Sequence[Proposal]) -> Passages:
        """Where the article's claims and the proposals have their quotes."""
        iri = self.given.reading.article.iri
        found = {
            c.iri: c.span for c in self.given.record.claims if c.article == iri and c.start >= 0
        }
        for proposal in proposals:
            at = self._witness.place(proposal)
            if isinstance(at, Span) and proposal.key is not None:
                found[proposal.key] = at
        return found

    @cached_property
    def _witness(self) -> Witness:
        return Witness(self.given)

    def _heard(self, given: Proposal, passages: Passages) -> Offer | str:
        """A proposal at its place, as far as its words go; or what speaks against it."""
        witness = self._witness
        at = witness.place(given)
        if isinstance(at, str):
            return at
        sentence = next((s for s in self.given.wanted if s.span.overlaps(at)), None)
        if sentence is None:
            return "its sentence is claimed or omitted already, or was not asked about"
        if given.reason:
            is_reason = NamedNode(LEG.base + given.reason) in self._reasons
            why = f"{given.reason!r:.40} is no reason to omit a passage"
            return Offer(witness.quoting(given, at), at) if is_reason else why
        if why := next(self._strangers(given), ""):
            return why
        proposal = witness.attested(given)
        span = witness.widened(proposal, sentence, at)
        settled = witness.settled(witness.quoting(proposal, span), span, passages)
        if isinstance(settled, str):
            return settled
        why = next(scruples(settled, sentence, span, self.given.workspace.ontology), "")
        return why or Offer(settled, span)

    @cached_property
    def _reasons(self) -> frozenset[NamedNode]:
        return self.given.workspace.ontology.members(
            self.given.workspace.ontology.range(LEG.reason)
        )

    def _strangers(self, proposal: Proposal) -> Iterator[str]:
        """What no claim says."""
        ontology, prefixes = self.given.workspace.ontology, self.given.workspace.prefixes
        content = {*ontology.object_properties, *ontology.datatype_properties} - _NO_CONTENT
        modality = proposal.modality
        if modality and NamedNode(LEG.base + modality) not in ontology.values:
            yield f"{modality!r:.40} is no modality"
        if not proposal.triples:
            yield "it says nothing"
        for triple in proposal.said:
            is_typed = triple.predicate == RDF.type
            if not is_typed and triple.predicate not in content:
                yield f"{trig.term(triple.predicate, prefixes)} is no property that a claim may use"
            if is_typed and triple.subject in self._typed:
                yield f"{trig.term(triple.subject, prefixes)} has its class in the registry"

    @cached_property
    def _typed(self) -> frozenset[object]:
        quads = (located.quad for located in self.given.record.quads("registry"))
        return frozenset(quad.subject for quad in quads if quad.predicate == RDF.type)

    @cached_property
    def _structure(self) -> Structure:
        return Structure.of(self.given.workspace)

    def _is_known(self, offer: Offer, heard: Sequence[Offer]) -> bool:
        """Whether the same is claimed, offered or was rejected for words that are here."""
        digest = self._structure.digest(offer.proposal.said)
        if not offer.proposal.reason and digest in self.rejected:
            return True
        iri = self.given.reading.article.iri
        passages = [(o.span, o.proposal.said, o.proposal.reason) for o in heard]
        passages += [
            (c.span, (*c.triples, *c.said), "")
            for c in self.given.record.claims
            if c.article == iri
        ]
        return any(
            span.overlaps(offer.span)
            and bool(reason) == bool(offer.proposal.reason)
            and self._structure.digest(said) == digest
            for span, said, reason in passages
        )

    def _entries(self, names: Sequence[Triple]) -> tuple[Triple, ...]:
        """Entries of things without one, by the names that the article prints."""
        text = " ".join(self.given.reading.text.split())
        offices = self.given.workspace.prefixes["office"]
        printed = {
            t.subject
            for t in names
            if isinstance(t.subject, NamedNode)
            and isinstance(t.object, Literal)
            and t.subject not in self._typed
            # An event or office is described; whoever has a name, has it in print.
            and (
                self._structure.is_new(t.subject)
                or t.subject.value.startswith(offices)
                or t.object.value in text
            )
        }
        classes = self.given.workspace.ontology.classes
        return tuple(
            t
            for t in dict.fromkeys(names)
            if t.subject in printed and (t.predicate != RDF.type or t.object in classes)
        )

    @cached_property
    def _known(self) -> frozenset[Finding]:
        """What is found in the workspace without any proposal."""
        return frozenset(self._findings(self.given.file, ()))

    def _fallen(self, heard: Sequence[Offer], names: Sequence[Triple]) -> dict[Offer, str]:
        """What the check would refuse if everything was accepted, each with the first reason."""
        if not heard:
            return {}
        slug, path = self.given.reading.article.slug, self.given.reading.article.path
        given = [offer.proposal for offer in heard]
        made = entered(self.given.file, slug, given, self.given.workspace.prefixes)
        claims: dict[object, Offer] = dict(zip(made.passages, heard, strict=True))
        contents: dict[object, Offer] = {c: o for o in heard for c, _ in o.proposal.contents}
        owners = contents | claims
        lines = {
            located.line: owners[node]
            for located in trig.parse(made.text.encode("utf-8"), path).quads
            for node in (located.quad.graph_name, located.quad.subject)
            if node in owners
        }
        fallen: dict[Offer, str] = {}
        for finding in self._findings(made.text, names):
            if finding in self._known or finding.rule in _LATER:
                continue
            is_here = self.given.workspace.root / finding.file == path
            named = {NamedNode(thing) for thing in finding.things}
            concerned = [one for claim, one in claims.items() if claim in named]
            if not concerned and is_here and finding.line in lines:
                concerned = [lines[finding.line]]
            if concerned or finding.severity == "error":
                # Of two that disagree the first may stay; where none is named, the last falls.
                fallen.setdefault((concerned or heard)[-1], finding.message)
        return fallen

    def _findings(self, text: str, names: Sequence[Triple]) -> tuple[Finding, ...]:
        """What is found with another text in the article's file and more entries."""
        path = self.given.workspace.registry / "proposed.ttl"
        quads = (Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in names)
        entries = SourceFile(path, "registry", tuple(LocatedQuad(q, path, 1) for q in quads))
        record = replace(self.given.record, files=(*self.given.record.files, entries))
        report = judged(self.given.workspace, self.given.reading.article.slug, text, record)
        return report.at_least("warning")
