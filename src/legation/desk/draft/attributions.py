"""Phrases that say whose words a sentence gives.

Invariant: the phrase and its source are only shown; nothing is attributed to anybody by them
until a person says so.
"""

import re
from dataclasses import dataclass

from legation.desk.draft.names import Mention
from legation.text.spans import Span, sentences

_REPORT = re.compile(
    r"\baccording to\b|\b(?:was|were) quoted(?: as saying)?(?: by)?\b|\bcit(?:ed|ing)\b|"
    r"\breport(?:ed|s that|edly)\b(?! (?:by|on (?:the|a)))|"
    r"\bin a report\b|\bthe report said\b|\bmonitored in\b|"
    r"\b(?:news agency|state media|newspaper|daily|broadcaster) (?:said|reported|wrote)\b|"
    r"에 따르면|보도했다|보도하였다|전했다|по данным|сообща(?:ет|ют|ло)|сообщил[аио]?|передаёт|"
    r"со ссылкой на",
    re.IGNORECASE,
)
_SPEECH = re.compile(
    r"\b(?:said|says?|saying|told|tells|stated|states that|announced|announces|added|adds|"
    r"noted|notes|"
    r"claimed|claims|declared|declares|stressed|emphasi[sz]ed|expressed|praised|reaffirmed|pledged|"
    r"vowed|warned|argued|insisted|denied|accused|condemned|demanded|urged|suggest(?:s|ed)?|"
    r"indicates?|called|described|promised|"
    r"remarked|explained|acknowledged|predicted|expects?|expected)\b(?! to be held)|"
    r"말했다|밝혔다|강조했다|заявил[аио]?|сказал[аио]?|отметил[аио]?|подчеркнул[аио]?",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(r"(?:ese|ian|ean|an|ish|ch|ic|i|Swiss|Greek)$")
_AGENTS = ("person", "body", "state", "name")
# "according to Yonhap": who speaks stands behind.
_POINTS_ON = re.compile(r"(?:\bto|\bby|\bciting|\bcited|\bпо данным|\bна)$", re.IGNORECASE)
# "“We agree,” said Brandt".
_INVERTS = re.compile(r"said|says|added|adds|told|noted|заявил[аио]?|сказал[аио]?", re.IGNORECASE)
# What may stand between a subject and its verb: "Brandt (left), the envoy, has also said".
_IS_SUBJECT = re.compile(
    r"(?:\s*\([^)]*\))?(?:,[^.;:]{1,90},)?(?: newspaper| daily)?"
    r"(?:\s+(?:has|have|had|also|later|then|further|again|in turn|who|on \w+))*\s+"
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """A passage that says whose words follow or stand before, and who that is, where it is named.

    The kind is ``speech`` (somebody said) or ``report`` (a text says).
    """

    span: Span
    text: str
    kind: str
    source: Mention | None


def attributions(text: str, mentions: list[Mention], *, language: str = "en") -> list[Attribution]:
    """Every attribution phrase in text order, each with the nearest agent of its sentence."""
    spans = sentences(text, language=language)
    found: list[Attribution] = []
    for kind, pattern in (("report", _REPORT), ("speech", _SPEECH)):
        for match in pattern.finditer(text):
            span = Span(*match.span())
            sentence = next((s for s in spans if s.overlaps(span)), None)
            if sentence is None or any(span.overlaps(other.span) for other in found):
                continue
            source = _source(span, sentence, mentions, text)
            found.append(Attribution(span, match.group(0), kind, source))
    return sorted(found, key=lambda a: a.span)


def _source(span: Span, sentence: Span, mentions: list[Mention], text: str) -> Mention | None:
    """Who speaks: behind an inverted verb or a preposition, else the subject right before it."""
    agents = [m for m in mentions if m.kind in _AGENTS and m.span.overlaps(sentence)]
    before = text[sentence.start : span.start]
    is_inverted = _INVERTS.fullmatch(span.of(text)) and re.search(r"[,”\"»]\s*$", before)
    if _POINTS_ON.search(span.of(text)) or is_inverted:
        behind = [m for m in agents if m.span.start >= span.end and not _modifies(m, text)]
        between = text[span.end : behind[0].span.start] if behind else ""
        is_close = len(between) < 60 and not re.search("[,;:]", between)
        return behind[0] if behind and is_close else None
    if span.of(text).lower() == "reportedly":
        return None
    for mention in reversed([m for m in agents if m.span.end <= span.start]):
        if _IS_SUBJECT.fullmatch(text, mention.span.end, span.start):
            return mention
    return None


def _modifies(mention: Mention, text: str) -> bool:
    """Whether a name only modifies the noun behind it: "the state's media", "Japanese media"."""
    behind = text[mention.span.end :][:6]
    if re.match(r"['’]s?\b|['’] ", behind):
        return True
    return bool(_ADJECTIVE.search(mention.text) and re.match(r" [a-z]{3,}", behind))
