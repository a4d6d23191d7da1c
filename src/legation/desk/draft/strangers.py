"""Capitalised names and titles that the registry does not know.

Invariant: a stranger never gets an IRI. It gets near names of the registry to compare with, and
a warning where it shares a word with somebody known: that makes a namesake, not the same person.
"""

import re
from collections.abc import Iterable, Iterator

from legation.desk.draft.names import Finder, Guess, Mention
from legation.graph.spelling import key
from legation.text.spans import Span, sentences

COMMON = frozenset(
    """a after all also although amid among an and another any anyone are around as at based because
    before both but by can despite during each earlier every few following for former from further
    had has have he her here his how however i if in indeed instead it its last later like many
    meanwhile more moreover most mr mrs ms much my nearly neither no none nor not nothing now of on
    once one only or other others our out over per perhaps previously rather she should similarly
    since so some someone soon still such than that the their them then there these they this those
    though through thus to today together tomorrow too two under until upon was we were what when
    where whether which while who why will with within without would yesterday yet you your
    according asked speaking january february march april may june july august september october
    november december monday tuesday wednesday thursday friday saturday sunday jan feb mar apr jun
    jul aug sep sept oct nov dec gmt utc am pm""".split()
)
"""Function words, months and days, in lower case: no names, though a sentence begins with them."""

_CAPITAL = r"[A-ZÀ-ÖØ-ÞА-ЯЁ]"
_WORD = rf"(?:{_CAPITAL}[\w’'-]*[\w]|{_CAPITAL}\.(?:{_CAPITAL}\.)*|{_CAPITAL})"
_LINK = (
    r"(?:of the|of|for|and the|de la|de|del|der|den|van der|van|von|al|bin|ibn|da|do|dos|el|la|le)"
)
_NAME = re.compile(rf"(?<![\w-]){_WORD}(?:[ ](?:{_LINK}[ ])?{_WORD})*")
_RANK = (
    r"(?:(?:vice|deputy|acting|former|first|second|prime|foreign|interior|defen[cs]e|finance|trade|"
    r"roving|special|permanent|assistant|senior|chief|general)[ -])*"
    r"(?:president|minister|premier|chancellor|ambassador|envoy|secretary(?:[ -]general)?|chairman|"
    r"chairwoman|chairperson|speaker|governor|king|queen|prince|princess|emir|sultan|spokesman|"
    r"spokeswoman|spokesperson|consul(?:[ -]general)?|"
    r"attach[eé]|head of state|commissioner|marshal)"
)
# "the Russian Deputy Foreign Minister", "Minister for the Velmora Ferry".
_TITLE = re.compile(
    rf"(?:\b{_CAPITAL}\w+ )?\b(?i:{_RANK})\b"
    rf"(?:[ ](?:of|to|for)(?:[ ]the)?[ ]{_WORD}(?:[ ](?:{_LINK}[ ])?{_WORD})*)?"
)
# Before a name, or all there is: "Velmoran Foreign Minister Adela Thornquist", "the President".
_RANKS_BEFORE = re.compile(
    rf"(?:{_CAPITAL}[\w’'-]+ )?(?i:{_RANK})(?:-designate)?(?: (?={_CAPITAL})|$)"
)
_CROWNED = re.compile(r"(?:king|queen|prince|princess|emir|sultan)\b", re.IGNORECASE)
_NEAR = 82.0
# "Speaking on Friday", "Officials said": ordinary words, though a sentence begins with them.
_COMMON_ENDING = re.compile(r"(?:ing|ly|ed|ers|ions|ials|ties|ments|ists)$")
_ADJECTIVE = re.compile(r"(?:ese|ian|ean|an|ish|ch|i|ic|n)$")


def strangers(text: str, known: Iterable[Mention], finder: Finder) -> list[Mention]:
    """Names and titles that are not in the registry, in text order, none over a known one."""
    taken = [mention.span for mention in known]
    found: list[Mention] = []
    titles = (Span(match.start(), match.end()) for match in _TITLE.finditer(text))
    # Names first: "Foreign Minister" in "Foreign Minister Lavrov" is a part of the name.
    for kind, spans in (("name", _names(text)), ("title", titles)):
        new = [s for s in spans if not any(s.overlaps(other) for other in taken)]
        found += [_stranger(text, span, kind, finder) for span in new]
        taken += new
    return sorted(found, key=lambda m: m.span)


def untitled(name: str) -> str:
    """A name without the rank before it; empty when there is nothing but a rank.

    A crowned head keeps the crown, for "Queen Isolde" has no other name.

    >>> untitled("Velmoran Foreign Minister Adela Thornquist")
    'Adela Thornquist'
    >>> untitled("Queen Isolde")
    'Queen Isolde'
    """
    return name if _CROWNED.match(name) else _RANKS_BEFORE.sub("", name, count=1)


def _names(text: str) -> Iterator[Span]:
    # A word that the text also writes in lower case is no name at a sentence's start.
    lower = frozenset(re.findall(r"(?<!\w)[^\W\d_A-ZА-ЯЁ][\w’'-]*", text)) | COMMON
    starts = {sentence.start for sentence in sentences(text)}
    for line in re.finditer(r"[^\r\n]+", text):
        is_headline = _is_title_case(line[0])  # there, one capital says nothing
        for match in _NAME.finditer(text, line.start(), line.end()):
            span = _without_common_start(text, Span(match.start(), match.end()))
            span = _without_ending(text, span)
            words = span.of(text).split()
            at_start = span.start in starts or text[max(0, span.start - 1)] in "\"“'‘("
            is_likely = not is_headline and _may_be_name(text, span, at_start, lower)
            if len(words) > 1 or (words and is_likely):
                yield span


def _without_ending(text: str, span: Span) -> Span:
    """A name without its possessive, and without what a hyphen hangs on it (Russian-backed)."""
    ending = re.search(r"(?:['’]s|['’]|-[a-z]+)$", span.of(text))
    return Span(span.start, span.end - len(ending.group(0))) if ending else span


def _may_be_name(text: str, span: Span, at_start: bool, lower: frozenset[str]) -> bool:
    """Whether one capitalised word is likely a name and not just the first of a sentence."""
    word = span.of(text)
    if len(word) < 2 or word.lower() in lower:
        return False
    if not at_start:
        return True
    if _COMMON_ENDING.search(word):
        return False
    if re.search(rf"(?<=[a-z,] ){re.escape(word)}\b", text):  # with its capital inside a sentence
        return True
    acts = r"['’]s\b| (?:has|is|was|will|said|[a-z]+(?:s|ed))\b"
    return re.match(acts, text[span.end : span.end + 20]) is not None


def _is_title_case(line: str) -> bool:
    words = [word for word in line.split() if word[0].isalpha() and len(word) > 3]
    return len(words) > 3 and all(word[0].isupper() for word in words)


def _without_common_start(text: str, span: Span) -> Span:
    while span.start < span.end:
        first = re.match(r"[\w’'.-]+", span.of(text))
        if first is None or first.group(0).lower().rstrip(".") not in COMMON:
            return Span(span.start, span.end)
        rest = re.match(rf"\s*(?:{_LINK}\s+)*", text[span.start + first.end() : span.end])
        span = Span(span.start + first.end() + (rest.end() if rest else 0), span.end)
    return span


def _stranger(text: str, span: Span, kind: str, finder: Finder) -> Mention:
    words = span.of(text)
    if polity := _adjective_of(words, finder):
        note = f"an adjective, perhaps of {polity.label}"
        return Mention(span, words, "state", None, (polity,), note)
    near = finder.near(words, least=_NEAR)
    if not near and kind == "title":
        near = _offices(words, finder)
    shared = _namesakes(words, finder)
    more = tuple(guess for guess in shared if guess.iri not in {g.iri for g in near})
    note = "not in the registry"
    if shared and kind == "name":
        note += "; a namesake of " + ", ".join(guess.label for guess in shared) + "?"
    elif near:
        note += "; near: " + ", ".join(guess.label for guess in near[:3])
    return Mention(span, words, kind, None, (*near, *more), note)


def _offices(words: str, finder: Finder) -> tuple[Guess, ...]:
    """The offices whose names begin with a bare title."""
    form = f"{key(words)} "
    found = dict.fromkeys(office for name, office in finder.offices if name.startswith(form))
    return tuple(finder.guess(office, 60.0) for office in list(found)[:5])


def _adjective_of(words: str, finder: Finder) -> Guess | None:
    """The one polity whose name some words look like an adjective of (Russian, Japanese)."""
    form = key(words)
    if _ADJECTIVE.search(form) is None:
        return None
    for name, thing in finder.polities:
        is_stem = name != form and form.startswith(name.rstrip("aey"))
        if is_stem and len(name) >= 4 and len(form) - len(name) <= 3:
            return finder.guess(thing, 70.0)
    return None


def _namesakes(words: str, finder: Finder) -> tuple[Guess, ...]:
    parts = key(words).split()
    people = [person for part in parts for person in finder.surnames.get(part, ())]
    return tuple(finder.guess(person, 50.0) for person in dict.fromkeys(people))[:5]
