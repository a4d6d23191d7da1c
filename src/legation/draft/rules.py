"""The suggester that needs no network: claims from names, dates and trigger words.

Invariant: what it proposes is valid as it stands (it passes the check when accepted), and it
proposes a role only where the words' order shows it; else everybody takes part, no more.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode, Triple

from legation.draft.mention import Attribution, Mention
from legation.draft.proposal import Proposal, Suggested
from legation.draft.reading import Reading, Sentence
from legation.draft.triggers import Trigger
from legation.text import Span
from legation.vocabulary import DCTERMS, EDTF, LEG, NS, RDF, RDFS

_AGENTS = ("person", "state", "body")
_STATEMENTS = frozenset(
    "Accusation Announcement Condemnation Demand Denial Opinion Pledge Prediction Support".split()
)
_PARTIES = frozenset("RelationsAct InstrumentAct ArmedConflict Commemoration Cooperation".split())
_QUOTED = re.compile(r"[“\"«]([^“”\"«»]{12,}?)[,.]?[”\"»]")
_MOST_EVENTS = 2
_NOT_ROLES = (LEG.instrument, NamedNode(NS + "destination"), RDF.type)


def _leg(name: str) -> NamedNode:
    return NamedNode(NS + name)


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
            One omission or some claims for each, by the sentence's number.
        """
        return {s.number: Suggested(tuple(self._proposals(reading, s))) for s in sentences}

    def _proposals(self, reading: Reading, sentence: Sentence) -> Iterator[Proposal]:
        if sentence.reason:
            yield Proposal(sentence.span, reason=sentence.reason)
            return
        main = next(iter(sentence.triggers), None)
        if main is not None and main.kind == "Plan":
            yield self._plan(reading, sentence, main)
        elif main is not None and main.kind in _STATEMENTS:
            yield self._statement(reading, sentence, main.kind, main.modality)
        else:
            events = list(self._events(reading, sentence))
            yield from events
            if not events:
                yield self._statement(reading, sentence, "Statement", "asserted")
        yield from self._tenures(reading, sentence)

    def _new(self, kind: str, reading: Reading, sentence: Sentence, what: str) -> NamedNode:
        slug = f"{reading.article.slug}-{sentence.number:02d}-{what}".lower()
        return NamedNode(f"{self.prefixes[kind]}{slug}")

    def _plan(self, reading: Reading, sentence: Sentence, main: Trigger) -> Proposal:
        plan = self._new("plan", reading, sentence, main.act)
        agents = _agents(sentence)
        before = [m for m in agents if m.span.end <= main.span.start]
        triples = [
            Triple(plan, RDF.type, LEG.Plan),
            Triple(plan, LEG.planStatus, _leg(main.act)),
            Triple(plan, LEG.text, Literal(sentence.text)),
            *(Triple(plan, _leg("plannedBy"), _iri(m)) for m in before[:1]),
            *(
                Triple(plan, LEG.topic, iri)
                for iri in _iris(agents)
                if iri not in _iris(before[:1])
            ),
        ]
        return self._sourced(reading, sentence, Proposal(sentence.span, tuple(triples), "planned"))

    def _statement(
        self, reading: Reading, sentence: Sentence, kind: str, modality: str
    ) -> Proposal:
        node = self._new("statement", reading, sentence, kind)
        speech = next((a for a in sentence.attributions if a.kind == "speech"), None)
        speaker, nameless, note = self._speaker(reading, speech)
        quoted = _QUOTED.search(sentence.text) if speech is not None else None
        words = quoted.group(1) if quoted else sentence.text
        topics = [iri for iri in _iris(_agents(sentence)) if iri != speaker]
        triples = (
            Triple(node, RDF.type, _leg(kind)),
            Triple(node, LEG.speaker, speaker),
            Triple(node, LEG.text, Literal(words)),
            *(Triple(node, LEG.topic, iri) for iri in topics),
            *nameless,
        )
        made = Proposal(sentence.span, triples, modality, note=note)
        return self._sourced(reading, sentence, made)

    def _speaker(
        self, reading: Reading, speech: Attribution | None
    ) -> tuple[NamedNode, tuple[Triple, ...], str]:
        """Who speaks: the one named; else, unnamed, somebody of the sentence or the author."""
        source = None if speech is None else speech.source
        if source is not None and source.iri is not None and source.kind in _AGENTS:
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

    def _events(self, reading: Reading, sentence: Sentence) -> Iterator[Proposal]:
        for trigger in sentence.triggers[:_MOST_EVENTS]:
            event = self._new("event", reading, sentence, trigger.kind)
            triples = list(_roles(event, trigger, sentence))
            if all(t.predicate in _NOT_ROLES for t in triples):
                continue  # nobody is named who took part
            triples = [Triple(event, RDF.type, _leg(trigger.kind)), *triples]
            if trigger.act:
                triples.insert(1, Triple(event, LEG.act, _leg(trigger.act)))
            used = [
                trigger.span,
                *(m.span for m in sentence.mentions if m.iri in _objects(triples)),
            ]
            made = Proposal(_hull(used), tuple(triples), "asserted")
            yield self._sourced(reading, sentence, made)
            if trigger is sentence.triggers[0]:
                yield from self._circumstances(reading, sentence, event, trigger)

    def _circumstances(
        self, reading: Reading, sentence: Sentence, event: NamedNode, trigger: Trigger
    ) -> Iterator[Proposal]:
        dated = [d for d in sentence.dates if d.edtf is not None]
        if len(dated) == 1 and dated[0].edtf is not None:
            value = Literal(dated[0].edtf, datatype=EDTF)
            note = (
                ""
                if dated[0].reasoning == "as written"
                else f"“{dated[0].text}”: {dated[0].reasoning}."
            )
            made = Proposal(
                _hull([trigger.span, dated[0].span]),
                (Triple(event, LEG.date, value),),
                "asserted",
                note=note,
            )
            yield self._sourced(reading, sentence, made)
        places = [m for m in sentence.mentions if m.kind == "place" and m.iri is not None]
        if len(places) == 1:
            passage = _hull([trigger.span, places[0].span])
            made = Proposal(passage, (Triple(event, LEG.place, _iri(places[0])),), "asserted")
            yield self._sourced(reading, sentence, made)

    def _tenures(self, reading: Reading, sentence: Sentence) -> Iterator[Proposal]:
        """A title printed right before or behind a person's name."""
        for office in (m for m in sentence.mentions if m.kind == "office" and m.iri is not None):
            person = _beside(reading.text, office, sentence.mentions)
            if person is None:
                continue
            node = self._new("tenure", reading, sentence, f"{office.span.start}")
            triples = (
                Triple(node, RDF.type, LEG.Tenure),
                Triple(node, LEG.holder, _iri(person)),
                Triple(node, LEG.office, _iri(office)),
                Triple(node, LEG.titleAsWritten, Literal(office.text)),
            )
            yield Proposal(_hull([office.span, person.span]), triples, "asserted")

    def _sourced(self, reading: Reading, sentence: Sentence, made: Proposal) -> Proposal:
        """Name the report that a sentence relays, where it names a body as its source."""
        for attribution in sentence.attributions:
            source = attribution.source
            if attribution.kind != "report" or source is None or source.kind != "body":
                continue
            name = _iri(source).value.rsplit("/", 1)[-1]
            report = NamedNode(f"{self.prefixes['report']}{reading.article.slug}-{name}")
            described = (
                Triple(report, RDF.type, LEG.Report),
                Triple(report, DCTERMS.publisher, _iri(source)),
            )
            modality = "reported" if made.modality == "asserted" else made.modality
            span = _hull([made.span, attribution.span, source.span])
            return replace(
                made,
                span=span,
                modality=modality,
                according_to=report,
                beside=(*made.beside, *described),
            )
        return made


def _iri(mention: Mention) -> NamedNode:
    if mention.iri is None:
        raise AssertionError("only settled mentions are proposed")
    return mention.iri


def _iris(mentions: Iterable[Mention]) -> tuple[NamedNode, ...]:
    return tuple(dict.fromkeys(_iri(m) for m in mentions))


def _agents(sentence: Sentence) -> list[Mention]:
    """The agents that a sentence names beyond doubt, but for countries inside an office's name."""
    offices = [m.span for m in sentence.mentions if m.kind in ("office", "instrument")]
    return [
        m
        for m in sentence.mentions
        if m.kind in _AGENTS
        and m.iri is not None
        and not any(m.span.overlaps(office) for office in offices)
        and not any(a.kind == "report" and a.source == m for a in sentence.attributions)
    ]


def _objects(triples: Iterable[Triple]) -> set[object]:
    return {t.object for t in triples}


def _hull(spans: Sequence[Span]) -> Span:
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def _roles(event: NamedNode, trigger: Trigger, sentence: Sentence) -> Iterator[Triple]:
    """Who takes part, as what; nothing when the class needs something that is not named."""
    agents = _agents(sentence)
    if trigger.kind == "InstrumentAct":
        texts = [m for m in sentence.mentions if m.kind == "instrument" and m.iri is not None]
        if not texts:
            return
        yield Triple(event, LEG.instrument, _iri(texts[0]))
        yield Triple(_iri(texts[0]), RDF.type, _leg(_instrument_class(texts[0].text)))
    before = [m for m in agents if m.span.end <= trigger.span.start]
    for iri in _iris(agents):
        mention = next(m for m in agents if m.iri == iri)
        yield Triple(event, _role(trigger, mention, before), iri)


def _instrument_class(name: str) -> str:
    """The class of an instrument by the word its name has for it."""
    words = {
        "joint declaration": "JointDeclaration",
        "action plan": "ActionPlan",
        "memorandum": "Memorandum",
        "communiqu": "Communique",
        "protocol": "Protocol",
        "treaty": "Treaty",
        "agreement": "Agreement",
    }
    return next((kind for word, kind in words.items() if word in name.lower()), "Instrument")


def _role(trigger: Trigger, mention: Mention, before: list[Mention]) -> NamedNode:
    if trigger.kind in _PARTIES and mention.kind == "state":
        return _leg("party")
    if trigger.kind == "Visit" and mention.kind == "state" and mention not in before:
        return _leg("destination")
    is_visitor = trigger.kind == "Visit" and mention.kind == "person" and mention in before[-1:]
    return _leg("visitor") if is_visitor else LEG.participant


def _beside(text: str, office: Mention, mentions: Iterable[Mention]) -> Mention | None:
    for mention in mentions:
        if mention.kind != "person" or mention.iri is None:
            continue
        between = text[office.span.end : mention.span.start]
        behind = text[mention.span.end : office.span.start]
        if re.fullmatch(r",?\s+(?:Mr\.? |Mrs\.? |Ms\.? |H\.E\. )?", between):
            return mention
        if re.fullmatch(r",\s+(?:the\s+)?", behind):
            return mention
    return None
