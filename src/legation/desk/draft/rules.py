"""The suggester that needs no network: claims from names, dates and trigger words.

Invariant: what it proposes is valid as it stands (it passes the check when accepted, but for a
source that a remark asks to settle), and it proposes a role only where the words' order shows
it; else everybody takes part, no more.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode, Triple

from legation.desk.draft.clauses import dating
from legation.desk.draft.mention import Attribution, DateFound, Mention
from legation.desk.draft.proposal import Proposal, Suggested
from legation.desk.draft.reading import Reading, Sentence
from legation.desk.draft.roles import (
    AGENTS,
    agents,
    body_start,
    hull,
    iri_of,
    iris_of,
    leg,
    roles,
    titled,
)
from legation.desk.draft.sources import relayed, sourced, voice
from legation.desk.draft.triggers import Trigger
from legation.rdf.vocabulary import EDTF, LEG, RDF, RDFS, XSD
from legation.text.spans import Span

_STATEMENTS = frozenset(
    "Accusation Announcement Condemnation Demand Denial Opinion Pledge Prediction Support".split()
)
_QUOTED = re.compile(r"[“\"«]([^“”\"«»]{12,}?)[,.]?[”\"»]")
_NEGATED = re.compile(
    r"\b(?:did|does|do|has|have|had|was|were|is|are|will|would|can|could|shall|should) not\b|"
    r"\b\w+n[’']t\b|\bcannot\b|\bno longer\b|\bnever\b|\b(?:declin|refus|fail)ed to\b|"
    r"\b(?:there (?:was|were)|gave|with) no\b",
    re.IGNORECASE,
)
_WHERE = re.compile(r"\b(?:in|at|near)\s+(?:the\s+(?:(?:[\w-]+\s+){1,3}of\s+)?)?$")
_MOST_EVENTS = 2
_NOT_ROLES = (LEG.instrument, leg("destination"), RDF.type)


@dataclass(frozen=True)
class Rules:
    """The rules of this package.

    Args:
        prefixes: The workspace's prefixes, for the IRIs of new things.
        labelled: Things that have a name in the registry already.
    """

    prefixes: dict[str, str]
    labelled: frozenset[NamedNode] = frozenset()

    @property
    def name(self) -> str:
        """What it is called, for the reader of a draft."""
        return "the rules of legation"

    def suggest(self, reading: Reading, sentences: Sequence[Sentence]) -> dict[int, Suggested]:
        """Propose claims for some sentences.

        Args:
            reading: The article they stand in.
            sentences: The open sentences.

        Returns:
            One omission or some claims for each, with remarks, by the sentence's number.
        """
        return {s.number: self._suggested(reading, s) for s in sentences}

    def _suggested(self, reading: Reading, sentence: Sentence) -> Suggested:
        if sentence.reason:
            return Suggested((Proposal(sentence.span, reason=sentence.reason),))
        source = relayed(reading, sentence, self.prefixes)
        told = self._told(reading, sentence)
        made = [*(sourced(p, source) for p in told.proposals), *self._tenures(reading, sentence)]
        remarks = (*told.remarks, *(() if source is None else source.remarks))
        return Suggested(tuple(_explained(p, sentence) for p in made), remarks)

    def _told(self, reading: Reading, sentence: Sentence) -> Suggested:
        """What a sentence tells: a plan, somebody's words, or events."""
        main = next(iter(sentence.triggers), None)
        spoken = voice(sentence)
        if main is not None and main.kind == "Plan":
            return Suggested((self._plan(reading, sentence, main),))
        if main is not None and main.kind in _STATEMENTS:
            made = self._statement(reading, sentence, main.kind, main.modality)
            return Suggested((made,))
        if _is_negated(sentence):
            made = self._statement(reading, sentence, "Statement", "asserted", negated=True)
            return Suggested((made,))
        told = self._events(reading, sentence)
        if not told.proposals or (spoken is not None and spoken.kind == "report"):
            return Suggested((self._statement(reading, sentence, "Statement", "asserted"),))
        return told

    def _new(self, kind: str, reading: Reading, sentence: Sentence, what: str) -> NamedNode:
        slug = f"{reading.article.slug}-{sentence.number:02d}-{what}".lower()
        return NamedNode(f"{self.prefixes[kind]}{slug}")

    def _plan(self, reading: Reading, sentence: Sentence, main: Trigger) -> Proposal:
        plan = self._new("plan", reading, sentence, main.act)
        named = agents(sentence)
        planners = [m for m in named if m.span.end <= main.span.start][-1:]
        topics = [iri for iri in iris_of(named) if iri not in iris_of(planners)]
        triples = [
            Triple(plan, RDF.type, LEG.Plan),
            Triple(plan, LEG.planStatus, leg(main.act)),
            Triple(plan, LEG.text, Literal(sentence.text)),
            *(Triple(plan, leg("plannedBy"), iri_of(m)) for m in planners),
            *(Triple(plan, LEG.topic, iri) for iri in topics),
        ]
        return Proposal(sentence.span, tuple(triples), "planned")

    def _statement(
        self,
        reading: Reading,
        sentence: Sentence,
        kind: str,
        modality: str,
        *,
        negated: bool = False,
    ) -> Proposal:
        node = self._new("statement", reading, sentence, kind)
        speech = voice(sentence)
        speaker, nameless, note = self._speaker(reading, speech)
        words = _words(reading.text, sentence, speech)
        inside = [m for m in agents(sentence) if words.start <= m.span.start < words.end]
        truth = Literal("true", datatype=XSD.boolean)
        triples = (
            Triple(node, RDF.type, leg(kind)),
            *((Triple(node, LEG.negated, truth),) if negated else ()),
            Triple(node, LEG.speaker, speaker),
            Triple(node, LEG.text, Literal(words.of(reading.text))),
            *(Triple(node, LEG.topic, iri) for iri in iris_of(inside) if iri != speaker),
            *nameless,
        )
        return Proposal(sentence.span, triples, modality, note=note)

    def _speaker(
        self, reading: Reading, speech: Attribution | None
    ) -> tuple[NamedNode, tuple[Triple, ...], str]:
        """Who speaks: the one named; else, unnamed, somebody of the sentence or the author."""
        source = None if speech is None else speech.source
        if source is not None and source.iri is not None and source.kind in AGENTS:
            return source.iri, (), ""
        if speech is None and reading.article.publisher is not None:
            return reading.article.publisher, (), "The article's own words."
        slug = reading.article.slug
        who = "author" if speech is None else f"speaker-{speech.span.start}"
        label = "author" if speech is None else f"speaker ({speech.text!r} at {speech.span.start})"
        node = NamedNode(f"{self.prefixes['anon']}{slug}-{who}")
        name = Triple(node, RDFS.label, Literal(f"unnamed {label} of {slug}", language="en"))
        note = "" if speech is None else "Who speaks is still to be settled."
        known = () if node in self.labelled else (name,)
        return node, (Triple(node, RDF.type, LEG.Agent), *known), note

    def _events(self, reading: Reading, sentence: Sentence) -> Suggested:
        """The likeliest events, each with its date, and a remark on each date that is left."""
        told = [t for t in sentence.triggers if t.kind != "Plan" and t.kind not in _STATEMENTS]
        start = body_start(sentence)
        known = [d for d in sentence.dates if d.edtf is not None and d.span.start >= start]
        dated = dating(sentence, known, told)
        days = dict(dated.dates)
        made: list[Proposal] = []
        for trigger in sentence.triggers[:_MOST_EVENTS]:
            event = self._new("event", reading, sentence, trigger.kind)
            happened = _event(event, trigger, sentence)
            if happened is None:
                continue
            made.append(happened)
            if (day := days.pop(trigger, None)) is not None:
                made.append(_dated(event, trigger, day))
            if trigger is sentence.triggers[0]:
                made += _placed(reading, sentence, event, trigger)
        rest = [(day, f"“{t.text}” is not proposed as an event") for t, day in days.items()]
        remarks = (f"left open: {day.text}: {why}" for day, why in (*dated.open, *rest))
        return Suggested(tuple(made), tuple(remarks) if made else ())

    def _tenures(self, reading: Reading, sentence: Sentence) -> Iterator[Proposal]:
        """A title printed right before or behind a person's name."""
        for office in (m for m in sentence.mentions if m.kind == "office" and m.iri is not None):
            person = titled(reading.text, office, sentence.mentions)
            if person is None:
                continue
            node = self._new("tenure", reading, sentence, f"{office.span.start}")
            triples = (
                Triple(node, RDF.type, LEG.Tenure),
                Triple(node, LEG.holder, iri_of(person)),
                Triple(node, LEG.office, iri_of(office)),
                Triple(node, LEG.titleAsWritten, Literal(office.text)),
            )
            yield Proposal(hull([office.span, person.span]), triples, "asserted")


def _event(event: NamedNode, trigger: Trigger, sentence: Sentence) -> Proposal | None:
    """What happened and who took part; None where nobody is named who did."""
    triples = list(roles(event, trigger, sentence))
    if all(t.predicate in _NOT_ROLES for t in triples):
        return None
    triples = [Triple(event, RDF.type, leg(trigger.kind)), *triples]
    if trigger.act:
        triples.insert(1, Triple(event, LEG.act, leg(trigger.act)))
    spoken_of = {t.object for t in triples}
    used = [m.span for m in sentence.mentions if m.iri in spoken_of and not m.is_adjective]
    return Proposal(hull([trigger.span, *used]), tuple(triples), "asserted")


def _dated(event: NamedNode, trigger: Trigger, day: DateFound) -> Proposal:
    value = Literal(day.edtf or "", datatype=EDTF)
    note = "" if day.reasoning == "as written" else f"“{day.text}”: {day.reasoning}."
    triples = (Triple(event, LEG.date, value),)
    return Proposal(hull([trigger.span, day.span]), triples, "asserted", note=note)


def _placed(
    reading: Reading, sentence: Sentence, event: NamedNode, trigger: Trigger
) -> Iterator[Proposal]:
    start = body_start(sentence)
    places = [m for m in sentence.mentions if _is_where(reading.text, m, trigger, start)]
    if len(places) == 1:
        passage = hull([trigger.span, places[0].span])
        yield Proposal(passage, (Triple(event, LEG.place, iri_of(places[0])),), "asserted")


def _is_where(text: str, mention: Mention, trigger: Trigger, start: int) -> bool:
    """Whether a place is where it happened: "in" or "at" stands before it, close to the verb."""
    if mention.kind != "place" or mention.iri is None or mention.span.start < start:
        return False
    distance = mention.span.start - trigger.span.end
    before = text[max(0, mention.span.start - 40) : mention.span.start]
    return -80 < distance < 60 and _WHERE.search(before) is not None


def _explained(proposal: Proposal, sentence: Sentence) -> Proposal:
    """A proposal that says whom a bare surname means."""
    objects = {t.object for t in proposal.triples}
    short = [
        f"“{m.text}” is {m.candidates[0].label}, {m.note}."
        for m in sentence.mentions
        if m.iri in objects and m.span.overlaps(proposal.span) and m.note.startswith("the surname")
    ]
    note = " ".join(dict.fromkeys(text for text in (proposal.note, *short) if text))
    return replace(proposal, note=note)


def _is_negated(sentence: Sentence) -> bool:
    """Whether a sentence says, in the article's own voice, that something did not happen."""
    is_quoted = any(a.kind == "speech" for a in sentence.attributions)
    return not is_quoted and _NEGATED.search(sentence.text) is not None


def _words(text: str, sentence: Sentence, speech: Attribution | None) -> Span:
    """The words of a statement: those in quotation marks, those behind the verb, or all."""
    if speech is None:
        return Span(body_start(sentence), sentence.span.end)
    quoted = _QUOTED.search(text, sentence.span.start, sentence.span.end)
    if quoted is not None:
        return Span(quoted.start(1), quoted.end(1))
    source = speech.source
    if source is None or source.span.start > speech.span.start:
        return sentence.span
    link = re.compile(r"[\s,]*(?:that\s+)?").match(text, speech.span.end)
    start = speech.span.end if link is None else link.end()
    return Span(start, sentence.span.end) if sentence.span.end - start > 12 else sentence.span
