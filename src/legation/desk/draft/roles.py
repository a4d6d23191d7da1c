"""Who takes part in what a sentence tells of, and as what.

Invariant: a role finer than taking part is proposed only where the order of the words shows it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import NamedNode, Triple

from legation.desk.draft.mention import Mention
from legation.desk.draft.reading import Sentence
from legation.desk.draft.triggers import Trigger
from legation.rdf.vocabulary import LEG, NS, RDF
from legation.text.spans import Span

AGENTS = ("person", "state", "body")
_PARTIES = frozenset("RelationsAct InstrumentAct ArmedConflict Commemoration Cooperation".split())
_GATHERINGS = frozenset("Banquet Reception Meeting Summit Talks".split())
_DATELINE = re.compile(r"[A-Z][A-Z .,'’-]{2,40}[^—–]{0,60}\s[—–-]+\s")
_INSTRUMENTS = {
    "joint declaration": "JointDeclaration",
    "action plan": "ActionPlan",
    "memorandum": "Memorandum",
    "communiqu": "Communique",
    "protocol": "Protocol",
    "treaty": "Treaty",
    "agreement": "Agreement",
}


def leg(name: str) -> NamedNode:
    """A term of the ontology by its local name.

    Args:
        name: The local name.

    Returns:
        The term.
    """
    return NamedNode(NS + name)


def iri_of(mention: Mention) -> NamedNode:
    """The thing that a settled mention names.

    Args:
        mention: A mention with an IRI.

    Returns:
        The IRI.

    Raises:
        AssertionError: The mention is not settled.
    """
    if mention.iri is None:
        raise AssertionError("only settled mentions are proposed")
    return mention.iri


def iris_of(mentions: Iterable[Mention]) -> tuple[NamedNode, ...]:
    """The things that settled mentions name, each once.

    Args:
        mentions: Mentions with IRIs.

    Returns:
        The IRIs in order.
    """
    return tuple(dict.fromkeys(iri_of(mention) for mention in mentions))


def hull(spans: Sequence[Span]) -> Span:
    """The shortest passage that holds some others.

    Args:
        spans: At least one.

    Returns:
        From the first one's beginning to the last one's end.
    """
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def body_start(sentence: Sentence) -> int:
    """Where a sentence begins behind its dateline.

    Args:
        sentence: The sentence.

    Returns:
        The offset in the article; the sentence's own start when it has no dateline.
    """
    line = _DATELINE.match(sentence.text)
    return sentence.span.start + (line.end() if line and sentence.text[:3].isupper() else 0)


def agents(sentence: Sentence) -> list[Mention]:
    """The agents that a sentence names beyond doubt.

    Args:
        sentence: The sentence.

    Returns:
        Persons, states and bodies, but for those inside the name of an office or treaty, in the
        dateline, named only by an adjective, or only as the source of the report.
    """
    offices = [m.span for m in sentence.mentions if m.kind in ("office", "instrument")]
    return [
        m
        for m in sentence.mentions
        if m.kind in AGENTS
        and m.iri is not None
        and not m.is_adjective
        and m.span.start >= body_start(sentence)
        and not any(m.span.overlaps(office) for office in offices)
        and not any(a.kind == "report" and a.source == m for a in sentence.attributions)
    ]


def roles(event: NamedNode, trigger: Trigger, sentence: Sentence) -> Iterator[Triple]:
    """The roles of an event.

    Args:
        event: The event.
        trigger: What suggested it.
        sentence: Where it is told.

    Yields:
        A triple for each agent; for an act on an instrument first the instrument, and nothing
        when none is named.
    """
    if trigger.kind == "InstrumentAct":
        texts = [m for m in sentence.mentions if m.kind == "instrument" and m.iri is not None]
        if not texts:
            return
        yield Triple(event, LEG.instrument, iri_of(texts[0]))
        yield Triple(iri_of(texts[0]), RDF.type, leg(_instrument_class(texts[0].text)))
    named = agents(sentence)
    for iri in iris_of(named):
        mention = next(m for m in named if m.iri == iri)
        yield Triple(event, _role(trigger, mention, named, sentence), iri)


def _instrument_class(name: str) -> str:
    """The class of an instrument by the word its name has for it."""
    found = (kind for word, kind in _INSTRUMENTS.items() if word in name.lower())
    return next(found, "Instrument")


def _role(
    trigger: Trigger, mention: Mention, named: list[Mention], sentence: Sentence
) -> NamedNode:
    before = [m for m in named if m.span.end <= trigger.span.start]
    if trigger.kind in _PARTIES and mention.kind == "state":
        return leg("party")
    if trigger.kind == "InstrumentAct" and trigger.act == "signed" and mention.kind == "person":
        return leg("signatory" if mention in before else "participant")
    if (
        trigger.kind == "Visit"
        and mention.kind == "state"
        and _is_visited(trigger, mention, sentence)
    ):
        return leg("destination")
    if trigger.kind == "Visit" and mention.kind == "person" and mention in before[-1:]:
        return leg("visitor")
    is_host = trigger.kind in _GATHERINGS and _is_subject_of(mention, r"hosted|gave", sentence)
    return leg("host") if is_host else LEG.participant


def _is_visited(trigger: Trigger, mention: Mention, sentence: Sentence) -> bool:
    """Whether a state's name is what a word of visiting goes to: visited Japan, a trip to Japan."""
    start = sentence.span.start
    between = sentence.text[trigger.span.end - start : max(0, mention.span.start - start)]
    to = r"[^,;:.]{0,60}\b(?:to|in)\s+(?:the\s+)?|\s+(?:the\s+)?|\s+(?:[A-Z]\w*\s+)+and\s+"
    return mention.span.start >= trigger.span.end and re.fullmatch(to, between) is not None


def _is_subject_of(mention: Mention, verb: str, sentence: Sentence) -> bool:
    """Whether a verb follows a name, with nothing but a parenthesis or place between."""
    behind = sentence.text[mention.span.end - sentence.span.start :]
    between = r"(?:,[^,]*)?,?(?:\s+in \w+)?\s+(?:also |later )?"
    return re.match(rf"{between}(?:{verb})\b", behind) is not None


def titled(text: str, office: Mention, mentions: Iterable[Mention]) -> Mention | None:
    """The person beside whose name a title is printed.

    Args:
        text: The article's text.
        office: The title.
        mentions: What else the sentence names.

    Returns:
        The person right behind the title, or right before it with a comma; None when there is
        neither.
    """
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
