"""What a proposal must stand before it is offered to anybody.

Invariant: an offered quote stands in the text, letter by letter, at one place; the registry things
and dates that its triples name are borne out by the words; and the check finds no fault in it when
it is accepted together with all else that is offered. Whatever fails is told with the reason.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Triple

from legation.checks.finding import Finding
from legation.desk.draft.enrolment import beside
from legation.desk.draft.pen import entered, leaning
from legation.desk.draft.proposal import (
    Assignment,
    Objection,
    Offer,
    Offered,
    Proposal,
    Suggested,
    admitted,
    entries_for,
)
from legation.desk.draft.scruples import scruples
from legation.desk.draft.structure import Structure
from legation.desk.draft.verdict import judged
from legation.desk.draft.witness import Footing, Witness
from legation.rdf import trig
from legation.rdf.vocabulary import LEG, RDF
from legation.text.spans import nearest

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


@dataclass(frozen=True)
class Trial:
    """Tries proposals for some sentences of an article; rejected ones, by digest, stay so."""

    given: Assignment
    rejected: frozenset[str] = frozenset()

    def of(self, author: str, suggested: Suggested, known: Offered | None = None) -> Offered:
        """What may be offered of an author's suggestions, beside what is offered already."""
        known = known or Offered()
        names = (*known.names, *self._entries(suggested.names))
        heard = list(known.offers)
        refused = [replace(one, author=author) for one in suggested.unread]
        given = [
            replace(p, key=p.key or NamedNode(f"urn:legation:proposal:{n}"), author=author)
            for n, p in enumerate(suggested.proposals, start=1)
        ]
        passages = self._passages([*(o.proposal for o in heard), *given])
        told = {c.iri: c.triples for c in self.given.record.contents}
        twins: dict[NamedNode | None, NamedNode] = {}
        for proposal in given:
            found = self._heard(self._telling(proposal, told), passages)
            if isinstance(found, str):
                refused.append(self._refusal(proposal, found))
            elif twin := self._twin(found, heard):
                twins[found.proposal.key] = twin
            elif self._digest(found) not in self.rejected:
                heard.append(found)
                if found.proposal.key is not None:  # so that nothing leans on it in a circle
                    passages[found.proposal.key] = Footing(found.span, found.proposal.leans_on)
                told |= dict(found.proposal.contents)
        heard = [replace(o, proposal=leaning(o.proposal, twins)) for o in heard]
        while fallen := self._fallen(heard, names):
            refused += [self._refusal(offer.proposal, why) for offer, why in fallen.items()]
            heard = [offer for offer in heard if offer not in fallen]  # others may lean on it
        needed = entries_for((n for o in heard for n in o.proposal.needs), names)
        refused += self._idle(author, suggested)
        # The check found each modality to be the one that follows, which nobody writes.
        brief = (replace(o, proposal=replace(o.proposal, modality="")) for o in heard)
        return Offered(tuple(brief), tuple(refused), needed)

    def _idle(self, author: str, suggested: Suggested) -> Iterator[Objection]:
        """What is said of entries that nothing proposed uses."""
        nodes, names = (n for p in suggested.proposals for n in p.needs), suggested.names
        used = {t.subject for t in entries_for(nodes, names)}
        if idle := {t.subject for t in names} - used - self._classes.keys():
            says = ", ".join(sorted(trig.term(n, self.given.workspace.prefixes) for n in idle))
            why = "no proposal uses these entries, which are left out"
            yield Objection("names", why, says=says, author=author)

    def _telling(self, given: Proposal, told: dict[NamedNode, tuple[Triple, ...]]) -> Proposal:
        """A proposal without the contents that another told first, and words have borne out."""
        fresh = tuple((name, said) for name, said in given.contents if told.get(name) != said)
        return replace(given, contents=fresh)

    def _refusal(self, proposal: Proposal, why: str) -> Objection:
        says = " . ".join(
            " ".join(trig.term(node, self.given.workspace.prefixes) for node in triple)
            for triple in proposal.said
        )
        near = nearest(self.given.reading.text, proposal.quote) if proposal.start is None else None
        at = near.span.start if near is not None else proposal.start or 0
        return Objection(proposal.label, why, proposal.quote, says, at, proposal.author)

    def _passages(self, proposals: Sequence[Proposal]) -> dict[NamedNode, Footing]:
        """Where the article's claims and the proposals have their quotes."""
        iri = self.given.reading.article.iri
        claims = [c for c in self.given.record.claims if c.article == iri and c.start >= 0]
        found = {claim.iri: Footing(claim.span, claim.leans_on) for claim in claims}
        for proposal in proposals:
            at = self._witness.place(proposal)
            if not isinstance(at, str) and proposal.key is not None:
                found[proposal.key] = Footing(at, proposal.leans_on)
        return found

    @cached_property
    def _witness(self) -> Witness:
        return Witness(self.given)

    def _heard(self, given: Proposal, passages: dict[NamedNode, Footing]) -> Offer | str:
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
        terms = self.given.workspace.ontology
        span = witness.widened(given, sentence, at)
        made = admitted(witness.quoting(given, span), self.given.reading.article, terms)
        settled = witness.settled(made, span, passages)
        if isinstance(settled, str):
            return settled
        why = next(scruples(settled, sentence, span, terms), "")
        return why or Offer(settled, span)

    @cached_property
    def _reasons(self) -> frozenset[NamedNode]:
        ontology = self.given.workspace.ontology
        return ontology.members(ontology.range(LEG.reason))

    def _strangers(self, proposal: Proposal) -> Iterator[str]:
        """What no claim says."""
        ontology, prefixes = self.given.workspace.ontology, self.given.workspace.prefixes
        content = {*ontology.object_properties, *ontology.datatype_properties} - _NO_CONTENT
        modality = proposal.modality
        if modality and NamedNode(LEG.base + modality) not in ontology.values:
            yield f"{modality!r:.40} is no modality"
        if not proposal.triples:
            yield "it says nothing"
        here = {content.iri for content in self.given.record.contents}
        for name in (name for name, _ in proposal.contents if name in here):
            yield f"{trig.term(name, prefixes)} says something else already: name it otherwise"
        for triple in proposal.said:
            is_typed = triple.predicate == RDF.type
            if not is_typed and triple.predicate not in content:
                yield f"{trig.term(triple.predicate, prefixes)} is no property that a claim may use"
            known = self._classes.get(triple.subject, set())
            if is_typed and known and triple.object not in known:
                yield f"{trig.term(triple.subject, prefixes)} has another class in the registry"

    @cached_property
    def _classes(self) -> dict[object, set[object]]:
        """The classes that the registry gives each of its things."""
        found: dict[object, set[object]] = {}
        for quad in (located.quad for located in self.given.record.quads("registry")):
            if quad.predicate == RDF.type:
                found.setdefault(quad.subject, set()).add(quad.object)
        return found

    @cached_property
    def _structure(self) -> Structure:
        return Structure.of(self.given.workspace)

    def _digest(self, offer: Offer) -> str:
        return self._structure.digest(offer.proposal.said, offer.proposal.quote)

    def _twin(self, offer: Offer, heard: Sequence[Offer]) -> NamedNode | None:
        """What says the same in words that are here: a claim, or the key of another offer."""
        digest = self._digest(offer)
        iri = self.given.reading.article.iri
        manner = (offer.proposal.modality, bool(offer.proposal.reason))
        offers = [o for o in heard if (o.proposal.modality, bool(o.proposal.reason)) == manner]
        passages = [(o.span, self._digest(o), o.proposal.key) for o in offers]
        for claim in (c for c in self.given.record.claims if c.article == iri):
            said = self._structure.digest((*claim.triples, *claim.said))
            passages.append((claim.span, said, claim.iri))
        alike = (name for at, said, name in passages if at.overlaps(offer.span) and said == digest)
        return next(alike, None)

    def _entries(self, names: Sequence[Triple]) -> tuple[Triple, ...]:
        """Entries of things without one, by the names that the article prints."""
        text = " ".join(self.given.reading.text.split())
        offices = self.given.workspace.prefixes["office"]
        printed = {
            t.subject
            for t in names
            if isinstance(t.subject, NamedNode)
            and isinstance(t.object, Literal)
            and t.subject not in self._classes
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
    def _known(self) -> frozenset[tuple[str, str, str]]:
        """What is found in the workspace without any proposal."""
        return frozenset(_told(finding) for finding in self._findings(self.given.file, ()))

    def _fallen(self, heard: Sequence[Offer], names: Sequence[Triple]) -> dict[Offer, str]:
        """What the check would refuse if everything was accepted, each with the first reason."""
        if not heard:
            return {}
        if alone := {o: why for o in heard if (why := self._alone(o, heard))}:
            return alone
        slug, path = self.given.reading.article.slug, self.given.reading.article.path
        given = [offer.proposal for offer in heard]
        needs = {o: {t.subject for t in entries_for(o.proposal.needs, names)} for o in heard}
        names = [t for t in names if any(t.subject in need for need in needs.values())]
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
            if _told(finding) in self._known or finding.rule in _LATER:
                continue
            is_here = self.given.workspace.root / finding.file == path
            named = {NamedNode(thing) for thing in finding.things}
            concerned = [one for claim, one in claims.items() if claim in named]
            if not concerned and is_here and finding.line in lines:
                concerned = [lines[finding.line]]
            if concerned:  # of two that disagree the first may stay
                fallen.setdefault(concerned[-1], finding.message)
            elif finding.severity == "error":  # where none is named, the last falls
                users = [o for o in heard if needs[o] & named] or heard[-1:]
                fallen |= {o: finding.message for o in users if o not in fallen}
        return fallen

    def _alone(self, offer: Offer, heard: Sequence[Offer]) -> str:
        """What an offer needs and nobody brings: a claim leaned on, the class of a new thing."""
        said = [t for o in heard for t in o.proposal.said]
        typed = {*self.given.record.kinds, *(t.subject for t in said if t.predicate == RDF.type)}
        claims = {c.iri for c in self.given.record.claims} | {o.proposal.key for o in heard}
        contents = {name for o in heard for name, _ in o.proposal.contents}
        contents |= {content.iri for content in self.given.record.contents}
        for claim in offer.proposal.leans_on:
            if claim not in claims:
                return f"it leans on {str(claim).rpartition(':')[2][:-1]}, which is not offered"
        for node in sorted(offer.proposal.needs - typed - contents, key=str):
            if self._structure.is_new(node):
                short = trig.term(node, self.given.workspace.prefixes)
                return f"{short} is not declared: say of what class it is"
        return ""

    def _findings(self, text: str, names: Sequence[Triple]) -> tuple[Finding, ...]:
        """What is found with another text in the article's file and more entries."""
        record = beside(self.given.workspace, self.given.record, names)
        slug = self.given.reading.article.slug
        # A fault of another file is no news because a proposal speaks of its things.
        report = judged(self.given.workspace, slug, text, record, everywhere=True)
        return tuple(sorted(report.at_least("warning"), key=lambda f: f.severity != "error"))


def _told(finding: Finding) -> tuple[str, str, str]:
    """What a finding says, on whatever line and with whatever hint."""
    return finding.rule, finding.file, finding.message
