"""What the words of an article bear out: where a quote stands, whom it names, on what it leans.

Invariant: a thing of the registry is borne out only where the words name it for certain, or refer
to what a passage before them names; a quote grows within its sentence, and never shrinks.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from pyoxigraph import Literal, NamedNode

from legation.desk.draft.days import DateFound
from legation.desk.draft.names import NAMED_KINDS, Mention
from legation.desk.draft.proposal import Assignment, Proposal
from legation.desk.draft.reading import Sentence
from legation.desk.draft.scruples import REFERENCE
from legation.desk.edit.offsets import Unplaced, place
from legation.rdf.trig import term
from legation.rdf.vocabulary import EDTF, LEG
from legation.text.spans import Span, alike

_OPENING = tuple("“„«「")


@dataclass(frozen=True, slots=True)
class Footing:
    """Where a claim, or a proposal beside others, has its quote, and on which it leans."""

    span: Span
    leans_on: tuple[NamedNode, ...] = ()


@dataclass(frozen=True)
class Witness:
    """The words of one article, against a registry."""

    given: Assignment

    def place(self, proposal: Proposal) -> Span | str:
        """Where a quote stands, in the text's own marks and spaces; or what to do about it."""
        text, quote = self.given.reading.text, proposal.quote
        if proposal.start is not None and text.startswith(quote, proposal.start) and quote:
            return Span(proposal.start, proposal.start + len(quote))
        found = place(text, quote, fix=True)
        if isinstance(found, Unplaced):
            if found.starts:
                count = len(found.starts)
                where = "give its sentence, or more words"
                return f"the quote stands {count} times in the text: {where}"
            return ": ".join((found.message, *found.details[:1]))
        return Span(found.start, found.end)

    def quoting(self, proposal: Proposal, span: Span) -> Proposal:
        """A proposal with the words of a passage, and its offset where they stand twice."""
        quote = span.of(self.given.reading.text)
        is_open = self.given.reading.article.repeats(quote)
        return replace(proposal, quote=quote, start=span.start if is_open else None)

    def widened(self, proposal: Proposal, sentence: Sentence, span: Span) -> Span:
        """The least passage that also has who is spoken of, when, and who says it."""
        missing = self._things(proposal) - self._named(span)
        wanted = [m.span for m in sentence.mentions if _means(m) in missing]
        given = {_day(found) for found in self._dates(span)}
        days = [d for d in sentence.dates if _day(d) in proposal.nodes - given]
        wanted += [d.span for d in days]
        phrases = [a.span for a in sentence.attributions]
        is_speech = any(t.predicate == LEG.speaker for t in proposal.triples)
        if is_speech and phrases and not any(p.overlaps(span) for p in phrases):
            wanted.append(min(phrases, key=lambda phrase: abs(phrase.start - span.start)))
        home = sentence.span
        whole = [span, *(w for w in wanted if home.start <= w.start and w.end <= home.end)]
        start, end = min(w.start for w in whole), max(w.end for w in whole)
        is_opened = self.given.reading.text[start - 1 : start] in _OPENING and whole[1:]
        return Span(start - 1 if is_opened and start else start, end)

    def settled(
        self, proposal: Proposal, span: Span, passages: Mapping[NamedNode, Footing]
    ) -> Proposal | str:
        """A proposal with what it leans on and how; or which thing no words bear out."""
        leans_on = proposal.leans_on
        leaned = [passages[claim].span for claim in leans_on if claim in passages]
        for thing in sorted(self._things(proposal) - self._named(span, *leaned), key=str):
            before = [
                (other.span.start, claim.value, claim)
                for claim, other in passages.items()
                if other.span.start <= span.start
                and claim != proposal.key
                and proposal.key not in _reached(claim, passages)
                and thing in self._named(other.span)
            ]
            refers = REFERENCE.get(self._kind(thing))
            if not before or refers is None or not refers.search(proposal.quote):
                short = term(thing, self.given.workspace.prefixes)
                return f"{short} is not named for certain in the quote or in what it leans on"
            leans_on = (*leans_on, max(before)[2])
        used = proposal.nodes
        reckoned = [d for d in self._dates(span) if _day(d) in used and d.reasoning != "as written"]
        if why := self._undated(proposal, used, [span, *leaned]):
            return why
        basis = proposal.basis or ("resolved" if leans_on else "")
        note = " ".join((*self._reasons(used, span, reckoned), *proposal.note.split()))
        return replace(
            proposal,
            leans_on=tuple(dict.fromkeys(leans_on)),
            basis="computed" if reckoned else basis,
            note=note,
        )

    def _things(self, proposal: Proposal) -> set[object]:
        """The registry's things in a proposal that words must name.

        An office is called by its holder's title, and an article may speak of its publisher.
        """
        kinds = [self.given.workspace.prefixes[kind] for kind in NAMED_KINDS if kind != "office"]
        entries = (located.quad.subject for located in self.given.record.quads("registry"))
        known = {
            s for s in entries if isinstance(s, NamedNode) and s.value.startswith(tuple(kinds))
        }
        used = proposal.nodes
        return used & known - {self.given.reading.article.publisher}

    def _kind(self, thing: object) -> str:
        prefixes = self.given.workspace.prefixes
        bases = ((kind, f"<{prefixes[kind]}") for kind in NAMED_KINDS)
        return next((kind for kind, base in bases if str(thing).startswith(base)), "")

    def _named(self, *spans: Span) -> set[object]:
        """What passages name: what drafting settled there, and what is printed by its full name."""
        mentions = self.given.reading.mentions
        found = {_means(m) for m in mentions if any(_holds(s, m.span) for s in spans)}
        for span in spans:
            words = alike(span.of(self.given.reading.text))
            found |= {thing for name, thing in self._spelled if name.search(words)}
        return found

    @cached_property
    def _spelled(self) -> list[tuple[re.Pattern[str], object]]:
        """The names that one thing alone of its kind has."""
        bearers: defaultdict[tuple[str, str], set[object]] = defaultdict(set)
        for quad in (located.quad for located in self.given.record.quads("registry")):
            is_name = quad.predicate in self.given.workspace.ontology.naming
            if is_name and isinstance(quad.object, Literal) and isinstance(quad.subject, NamedNode):
                kind = quad.subject.value.rpartition("/")[0]
                bearers[kind, alike(quad.object.value)].add(quad.subject)
        return [
            # "North Korea" begins "North Korean"; a short name must be the very word.
            (re.compile(rf"(?<!\w){re.escape(name)}" + r"(?!\w)" * (len(name) < 5)), things.pop())
            for (_, name), things in bearers.items()
            if len(things) == 1
        ]

    def _dates(self, *spans: Span) -> list[DateFound]:
        dates = (d for s in self.given.reading.sentences for d in s.dates)
        return [d for d in dates if any(_holds(span, d.span) for span in spans)]

    def _undated(self, proposal: Proposal, used: Iterable[object], spans: list[Span]) -> str:
        """What is wrong with a date that other words give otherwise, or that none give."""
        told = self._dates(*spans)
        attested = {t.object for t in proposal.triples if t.predicate == LEG.attested}
        days = {node for node in used if isinstance(node, Literal) and node.datatype == EDTF}
        for day in sorted(days - attested - {_day(d) for d in told}, key=str):
            # What was worked out one way may be worked out another; the check does it again.
            has_open = any(d.edtf is None or d.reasoning != "as written" for d in told)
            has_open = has_open or any(c.isdigit() for c in proposal.quote)
            if proposal.basis != "computed" or not has_open:
                given = ", ".join(f"{d.text}: {d.edtf}" for d in told if d.edtf) or "none"
                return f'"{day.value}" is no date of the quote (they give {given})'
        return ""

    def _reasons(
        self, used: Iterable[object], span: Span, reckoned: Iterable[DateFound]
    ) -> Iterator[str]:
        """How names and dates were settled, where the words alone do not show it."""
        for m in self.given.reading.mentions:
            if m.iri in used and m.note and _holds(span, m.span):
                yield f"“{m.text}” is {m.candidates[0].label}: {m.note}."
        for d in reckoned:
            yield f"“{d.text}” is {d.edtf}: {d.reasoning}."


def _means(mention: Mention) -> object:
    """What a mention is settled to; an adjective ("Orvan") to the one state that it may be of."""
    is_adjective = mention.kind == "state" and len(mention.candidates) == 1
    return mention.candidates[0].iri if is_adjective else mention.iri


def _reached(claim: NamedNode, passages: Mapping[NamedNode, Footing]) -> set[NamedNode]:
    """What a claim leans on, and what that leans on in turn."""
    todo, found = [claim], {claim}
    for one in todo:  # it grows by what each leans on
        new = set(passages[one].leans_on) - found if one in passages else set()
        found |= new
        todo += new
    return found


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _day(found: DateFound) -> Literal | None:
    return None if found.edtf is None else Literal(found.edtf, datatype=EDTF)
