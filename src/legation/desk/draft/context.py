"""What the words around a mention say about it: a capital or its government, which Kim.

Invariant: only the article's own words settle a doubt. A preposition or a name given in full
before may; likelihood may not, and a bare surname that several people bear stays open.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from pyoxigraph import NamedNode

from legation.desk.draft.names import Finder, Mention, in_order
from legation.desk.draft.strangers import COMMON
from legation.graph.spelling import key
from legation.text.spans import Span

# "arrived in Beijing" is the city, "talks between Beijing and Seoul" two governments.
_THERE = re.compile(
    r"(?:\b(?:in|at|near|outside|around|inside|visit(?:s|ed|ing)?|leave|leaves|left)|"
    r"\b(?:trip|visit|travel(?:s|led|ed|ling|ing)?|flew|fly|journey|return(?:s|ed)?|arriv\w+)\s+"
    r"(?:to|in|from)|\b(?:в|во|из)|에서)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_ITS_GOVERNMENT = re.compile(
    r"(?:\b(?:with|between|against|toward|towards|by|ties to|of|на|с|между)\s+(?:the\s+)?|"
    r"[A-Za-z]-)$",
    re.IGNORECASE,
)
# What follows the place of a dateline: "SEOUL, South Korea (Reuters) —", "MOSCOW, May 9".
_DATELINE = re.compile(
    r"(?:,\s+[A-Z][\w ]{2,20})?,?\s*(?:\([^)]*\)\s*)?(?:[A-Z][a-z]+\.? \d|[—–-]\s)"
)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_COURTESIES = frozenset(
    """mr mrs ms miss dr prof sir lord lady comrade president premier chancellor minister
    ambassador envoy chairman chairwoman secretary general marshal colonel captain king queen
    prince princess spokesman spokeswoman director leader governor mayor senator""".split()
)


def settled(text: str, found: list[Mention], finder: Finder) -> list[Mention]:
    """Full names settled as the words around allow, and bare surnames, in text order."""
    clear = [_place_or_polity(text, mention) for mention in found]
    alone = _surnames(text, clear, finder)
    return in_order([*clear, *alone])


def _place_or_polity(text: str, mention: Mention) -> Mention:
    """A capital's name stands for the city or for its government; the words beside it tell."""
    by_kind = {("place" if "/place/" in g.iri.value else "state"): g for g in mention.candidates}
    if mention.kind != "place/state" or len(by_kind) != 2 or len(mention.candidates) != 2:
        return mention
    meant = _meant(text, mention.span)
    if meant is None:
        return mention
    kind, why = meant
    chosen = by_kind.pop(kind)
    guesses = (chosen, *by_kind.values())
    return replace(mention, kind=kind, iri=chosen.iri, candidates=guesses, note=why)


def _meant(text: str, span: Span) -> tuple[str, str] | None:
    line_start = text.rfind("\n", 0, span.start) + 1
    before, after = text[line_start : span.start], text[span.end : span.end + 60]
    if not before.strip() and _DATELINE.match(after):
        return "place", "the place of a dateline"
    there = _THERE.search(before)
    if there is not None:
        return "place", f"the city, by the word {there.group(0).strip()!r} before it"
    if re.match(r"['’]s\b|-[A-Z]", after):
        return "state", "its government, by the possessive or hyphen behind it"
    if _ITS_GOVERNMENT.search(before):
        return "state", f"its government, by {before.split()[-1]!r} before it"
    if re.search(r"(?:^|[.!?][\"”’']?\s+|[“\"])$", before) and re.match(r"\s+[a-z]", after):
        return "state", "its government, as the subject of the sentence"
    return None


def _surnames(text: str, found: list[Mention], finder: Finder) -> Iterator[Mention]:
    """Surnames that stand alone; beside another name, one is a namesake's, and so a stranger's."""
    for word in _WORD.finditer(text):
        name = re.sub(r"['’]s$", "", word[0])
        span = Span(word.start(), word.start() + len(name))
        people = finder.surnames.get(key(name), ())
        if not people or not name[0].isupper() or any(m.span.overlaps(span) for m in found):
            continue
        if not _is_part_of_a_name(text, span):
            yield _bare(name, span, people, found, finder)


def _is_part_of_a_name(text: str, span: Span) -> bool:
    """Whether another capitalised word stands beside a word, but for a title or "Then"."""
    if re.match(r"(?: |-)[A-Z][a-z]", text[span.end :]):
        return True
    before = re.search(r"([A-Z][\w’'-]*)\.?[ ]$", text[max(0, span.start - 40) : span.start])
    word = "" if before is None else before.group(1).lower()
    return bool(word) and word not in _COURTESIES and word not in COMMON


def _bare(
    name: str, span: Span, people: tuple[NamedNode, ...], found: list[Mention], finder: Finder
) -> Mention:
    before = {m.iri: m.span for m in found if m.span.end <= span.start}
    recent = sorted((who for who in people if who in before), key=before.__getitem__, reverse=True)
    guesses = (
        *(finder.guess(who, max(90.0 - 5 * rank, 50.0)) for rank, who in enumerate(recent)),
        *(finder.guess(who, 50.0) for who in people if who not in recent),
    )
    iri = people[0] if len(people) == 1 and recent else None
    if iri is not None:
        note = "the surname of the one person of this name, named in full before"
    elif len(people) == 1:
        note = "a surname; the text gives no more"
    else:
        listed = ", ".join(guess.label for guess in guesses)
        note = f"namesakes: {listed}; the text gives only the surname"
    return Mention(span, name, "person", iri, guesses, note)
