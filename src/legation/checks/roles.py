"""Does the verb of a quote tell what its triples assert?

Invariant: only the claim that presents something as having happened is asked, and only where no
verb of its quote says that it did: "left for Moscow to take part in the parade" is no attendance,
"attended the parade, and is expected to visit Sochi" is one, and no visit. The phrases are English.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from legation.checks.case import Case
from legation.checks.finding import Finding, Rule
from legation.graph.claim import Claim
from legation.rdf.vocabulary import LEG, RDF
from legation.text.spans import alike

OTHERWISE = Rule(
    "verb-of-another-role",
    "warning",
    "What a claim asserts as done, its quote does not tell as planned, asked for or refused.",
)

# What stands before the verb of an act that nobody says was done.
_OPEN = (
    r"(?:plan(?:s|ned|ning)?|expect(?:s|ed)?|intend(?:s|ed|ing)?|hop(?:e|es|ed|ing)|agree[sd]?|"
    r"invit(?:e|es|ed)(?: \w+){0,3}|propos(?:e|es|ed|ing)|promis(?:e|es|ed)|vow(?:s|ed)?|"
    r"pledg(?:e|es|ed)|schedul(?:e|ed)|decid(?:e|es|ed)|want(?:s|ed)?|wish(?:es|ed)?|"
    r"seek(?:s|ing)?|sought|aim(?:s|ed|ing)?|prepar(?:e|es|ed|ing)|offer(?:s|ed)?|"
    r"ready|readiness|willing|willingness|set|due|about|likely|urg(?:e|es|ed)(?: \w+){0,3}|"
    r"ask(?:s|ed)?(?: \w+){0,3}|call(?:s|ed|ing)? (?:for|on|upon)(?: \w+){0,3}|"
    r"declin(?:e|es|ed)|refus(?:e|es|ed)|fail(?:s|ed)?|unable|in order)"
    r" to(?: (?:jointly|also|further))?"
    r"|(?:will|would|shall|may|might|could|should|must|cannot|can't|won't|did not|didn't|does not|"
    r"has not|have not|hadn't)(?: (?:not|also|then|further|soon|be|have|continue to)){0,2}"
    r"|(?:plan(?:s|ned)?|call(?:s|ed|ing)?|hope[sd]?|hoping|prepar\w+|ready|readiness|ask(?:s|ed)?|"
    r"invit(?:e|es|ed)(?: \w+){0,3}) (?:for|to|of)(?: (?:a|an|the|more|further|closer|greater|"
    r"his|her|their|mutual|bilateral)){0,3}"
)


def stem(word: str) -> str:
    """What the forms of a participle's verb begin with.

    >>> stem("opened"), stem("ratified"), stem("withdrawn")
    ('open', 'ratif', 'withdr')
    """
    return re.sub(r"(?:i?ed|awn|eld)$", "", word)


@dataclass(frozen=True, slots=True)
class _Act:
    """How English names one sort of act: to do it, why somebody came, and that it was done."""

    name: str
    verb: str
    purpose: str
    done: str


_ATTENDANCE = _Act(
    "attendance",
    r"attend|attendance|take part|taking part|participat(?:e|ing|ion)|join|be present",
    r"to (?:attend|take part|participate|join|be present)",
    r"attended|attending(?! to)|took part|participated|joined|present|attendance|included?|"
    r"attendees|guests|gathered|participants",
)
_VISIT = _Act(
    "a visit",
    r"visit|travel|go|come|arrive|make a trip|trip|tour",
    r"to (?:visit|pay a visit)",
    r"visited|visiting|arrived|travell?ed|went|came|returned|paid|during|on a visit|flew|left|"
    r"tour(?:ed|ing)",
)
_MEETING = _Act(
    "a meeting",
    r"meet|meeting|hold talks|talks|hold a summit|summit",
    r"to (?:meet|hold talks)",
    r"met|held|during|hosted|at (?:the|their|a) (?:meeting|talks|summit)|shook|shake|received",
)
_COOPERATION = _Act(
    "cooperation",
    r"cooperat\w*|co-operat\w*|collaborat\w*|work together|expand\w*|develop\w*|strengthen\w*|"
    r"deepen\w*|enhanc\w*|promot\w*|boost\w*|ties|relations",
    r"(?!)",  # "worked to strengthen ties" is cooperation
    r"cooperated|cooperating|co-operated|collaborated|worked|exchanged|exchanging|"
    r"(?:has|have|had) (?:been |since )?\w+ed|continued|carried|supplied|received",
)
_SIGNING = _Act(
    "a signature", r"sign|conclude|initial", r"to (?:sign|initial)", r"signed|concluded|initialled"
)


def check(case: Case) -> Iterator[Finding]:
    """Look for deeds whose quote tells of a plan, a call, a purpose or a refusal."""
    for claim in case.claims:
        article = case.article_of(claim)
        is_english = article is not None and (article.language or "en")[:2] == "en"
        if not is_english or claim.modality not in ("asserted", "reported"):
            continue
        for act in _acts(case, claim):
            phrase = _open_phrase(claim.quote, act)
            if phrase and phrase.casefold() not in alike(claim.note).casefold():
                message = (
                    f"the quote says {phrase!r}, which is not yet {act.name}: claim what it says "
                    "(a plan, statement or visit with its occasion), quote the words that tell the "
                    "deed, or repeat the phrase in a skos:editorialNote that says why it is one"
                )
                place = case.places.of_claim(claim, LEG.quote)
                yield case.finding(OTHERWISE, place, message, about=claim)
                break


def _open_phrase(quote: str, act: _Act) -> str:
    """The words that leave an act open, where no others in the quote say that it was done.

    >>> _open_phrase("Lavrov is expected to attend the parade.", _ATTENDANCE)
    'expected to attend'
    >>> _open_phrase("Lavrov attended, and is expected to attend again.", _ATTENDANCE)
    ''
    >>> _open_phrase("He called for closer cooperation.", _COOPERATION)
    'called for closer cooperation'
    """
    words = alike(quote)
    if re.search(rf"\b(?:{act.done})\b", words, re.IGNORECASE):
        return ""
    # "May 9" is a month; only the small word leaves open.
    pattern = rf"\b(?!May\b)(?:(?:{_OPEN}) (?:{act.verb})|{act.purpose})\b"
    found = re.search(pattern, words, re.IGNORECASE)
    return "" if found is None else found.group()


def _acts(case: Case, claim: Claim) -> Iterator[_Act]:
    """The sorts of act that a claim's own triples present as done."""
    said = {t.predicate for t in claim.triples}
    told = (RDF.type, LEG.participant)
    new = {t.subject for t in claim.triples if t.predicate in told}
    kinds = [case.types.get(thing, frozenset()) for thing in new if isinstance(thing, NamedNode)]
    if said & case.ontology.subproperties(LEG.attendee) or said & {LEG.guestOfHonour, LEG.observer}:
        yield _ATTENDANCE
    if LEG.visitor in said or _is_any(kinds, LEG.Visit):
        yield _VISIT
    if _is_any(kinds, LEG.Meeting):
        yield _MEETING
    elif _is_any(kinds, LEG.Gathering) and LEG.participant in said:
        yield _ATTENDANCE
    if _is_any(kinds, LEG.Cooperation):
        yield _COOPERATION
    if LEG.signatory in said:
        yield _SIGNING
    for value in (t.object for t in claim.triples if t.predicate == LEG.act):
        if isinstance(value, NamedNode):
            yield _named(case.ontology.label(value))


def _named(label: str) -> _Act:
    """A value of ``leg:act``, by its label: "opened" is what somebody agreed to open."""
    word = label.split()[0]
    return _Act(label, rf"(?:be )?{stem(word)}\w*", "(?!)", rf"(?<!\bbe ){word}")


def _is_any(kinds: list[frozenset[NamedNode]], kind: NamedNode) -> bool:
    return any(kind in found for found in kinds)
