"""What suggesters err in that a rule can see before a person looks.

Invariant: each scruple is a sentence that says what to do, for whoever proposed; English phrases
are looked for in English articles alone.
"""

import re
from collections.abc import Iterator

from pyoxigraph import NamedNode

from legation.checks.roles import stem
from legation.desk.draft.attributions import Attribution
from legation.desk.draft.lexicon import NO_HOLDER, kind_of_noun
from legation.desk.draft.proposal import Proposal
from legation.desk.draft.reading import Sentence
from legation.rdf.ontology import Ontology
from legation.rdf.vocabulary import LEG, RDF, local_name
from legation.text.spans import Span

_PRONOUNS = (
    r"\b(?:they|them|their|both|the (?:two|latter|former|other|same)|er|sie|ihr|ihre[rnms]?|"
    r"sein\w*|il|elle|ils|elles|leurs?|él|ella|ellos|sus?|он[аи]?|его|её|ему|их|обе|оба)\b|"
    r"그는|그녀|그의|양국|양측|彼|両国|他们?|她|两国|双方"
)
REFERENCE = {
    kind: re.compile(rf"{_PRONOUNS}|\b(?:{words})\b", re.IGNORECASE)
    for kind, words in (
        (
            "person",
            "he|she|him|his|her|who|whose|the (?:president|premier|chancellor|king|queen|leaders?|"
            "(?:prime |foreign )?ministers?|ambassador|envoy|consul|mayor|official|spokes\\w+)",
        ),
        ("state", "its?|the (?:countr\\w+|states?|sides?|parties|government|kingdom|republic)"),
        (
            "body",
            "its?|the (?:ministry|part(?:y|ies)|council|company|agency|newspaper|group|embassy|"
            "consulate|government|sides?|assembly|parliament|union|commission|delegation)",
        ),
        (
            "instrument",
            "it|this|the (?:treaty|agreement|declaration|accord|protocol|document|memorandum)",
        ),
        ("place", "there|its|the (?:city|capital|town|port|region|island)"),
    )
}
"""Words that mean somebody or something which other words name, by the kind of thing."""
_DOUBT = re.compile(
    r"\b(?:not (?:yet|strictly|explicit\w*|certain|clear|quite)|strictly|presum\w+|probabl[ey]|"
    r"perhaps|unclear|uncertain|assum(?:e|es|ed|ing|ption)|likely|arguabl[ey]|guess\w*)\b",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"\d|\b(?:once|twice|thrice|times?|one|two|three|four|five|six|seven|eight|nine|ten|dozens?|"
    r"hundreds?|thousands?|millions?|half|hours?|days?|weeks?|months?|years?|decades?|daily|weekly|"
    r"monthly|yearly|annual\w*|regular\w*|often|rare\w*|frequent\w*|constant\w*|per ?cent|"
    r"long|short|briefly|large\w*|small\w*|wide\w*|full\w*|part\w*|all|every|each|several|many)\b|"
    r"[^\x00-\u024f]",
    re.IGNORECASE,
)
_MARKS = '“”"„«»「」'


def scruples(proposal: Proposal, sentence: Sentence, span: Span, terms: Ontology) -> Iterator[str]:
    """What speaks against a proposal, by its own words and those around it."""
    kinds = {t.object for t in proposal.triples if t.predicate == RDF.type}
    if proposal.basis == "supplied":
        yield "what comes from outside the words is not proposed: leave it out"
    extents = [t.object for t in proposal.said if t.predicate == LEG.extent]
    if any(not _MEASURED.search(str(value)) for value in extents):
        yield "leg:extent is only for size, frequency or duration: use a term that fits, or none"
    if doubt := _DOUBT.search(proposal.note):
        yield f"the note doubts it ({doubt.group()!r}): claim only what the words say"
    is_dated = bool({LEG.begin, LEG.end} & {triple.predicate for triple in proposal.said})
    if LEG.Tenure in kinds and not is_dated and (word := NO_HOLDER.search(proposal.quote)):
        yield f"{word.group()!r} holds no office then: no leg:Tenure, or with the dates it had"
    yield from _misnamed(proposal, terms)
    is_deed = bool(kinds & terms.subclasses(LEG.Event)) and proposal.according_to is None
    if is_deed and (said_by := _given_as_word(sentence, span)):
        yield (
            f"the sentence gives this as somebody's word ({said_by!r}): make it a statement with "
            "leg:speaker, or say accordingTo whom"
        )


def _misnamed(proposal: Proposal, terms: Ontology) -> Iterator[str]:
    """An act or instrument that the quote calls otherwise: "extended" is not ratified."""
    instruments = terms.subclasses(LEG.Instrument) - {LEG.Instrument}
    for term in {t.object for t in proposal.triples if t.predicate in (LEG.act, RDF.type)}:
        if not isinstance(term, NamedNode) or term not in terms.terms:
            continue
        acts = terms.marks(term, LEG.actOf)
        alike = {a for a in terms.members(LEG.Act) if acts & terms.marks(a, LEG.actOf)}
        named = {w for w in re.findall(r"[A-Z]\w+", proposal.quote) if _is_instrument(w)}
        if term in instruments and len(named) == 1:  # of several, who knows which is meant
            alike = set(instruments)
        own = (rf"\b{re.escape(stem(word))}" for word in terms.label(term).split())
        if all(re.search(word, proposal.quote, re.IGNORECASE) for word in own):
            continue
        for other in sorted(alike - {term}, key=str):
            # In lower case "agreement" may be what people come to.
            label = terms.label(other).title() if other in instruments else terms.label(other)
            if re.search(rf"\b{label}\b", proposal.quote):
                yield (
                    f"the quote says {label!r}, which is leg:{local_name(other)} and not "
                    f"leg:{local_name(term)}: take that, or quote only the words that tell yours"
                )


def _is_instrument(noun: str) -> bool:
    return kind_of_noun(f"the {noun}") == "instrument"


def _given_as_word(sentence: Sentence, span: Span) -> str:
    """The phrase by which a sentence gives a passage as what somebody says; empty without one."""
    text, start = sentence.text, span.start - sentence.span.start
    for found in sentence.attributions:
        at = found.span.start - sentence.span.start
        between = text[at + len(found.text) : max(start, at)]
        # "Trade is growing, he said"; with an "and" between, something else is said.
        is_after = start < at and re.search(rf",[{_MARKS}]*(?:\s[\w’'-]+){{0,4}}\s*$", text[:at])
        is_before = re.match(r"\s+that\b|\s*[:,]?\s*[“\"„«]", between)
        if is_before or is_after or _is_relayed(found):
            return found.text
    is_open = sum(text[:start].count(mark) for mark in "“„«「")
    is_quoted = is_open > sum(text[:start].count(mark) for mark in "”»」")
    return "quotation marks" if is_quoted else ""


def _is_relayed(found: Attribution) -> bool:
    words = ("according to", "reportedly", "에 따르면")
    return found.kind == "report" and found.text.lower() in words
