"""Names and titles that the registry does not know, by their capitals and by a pipeline's word.

Invariant: a stranger never gets an IRI. It gets near names of the registry to compare with, and
a warning where it shares a word with somebody known: that makes a namesake, not the same person.
A title stands apart from the person who bears it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from legation.desk.draft.bearers import RANKED, alone, bearer_at, borne, held_by, is_post
from legation.desk.draft.lexicon import COMMON, COURTESY, CROWNED, PORTFOLIO, RANK, kind_of_noun
from legation.desk.draft.names import GUESSED, HELD, Finder, Guess, Mention, Whereabouts
from legation.text.arrangement import ITEM, flowing
from legation.text.spans import Span

_CAPITAL = f"[{''.join(c for c in map(chr, range(0x530)) if c.isupper())}]"
_PARTICLE = (
    r"(?:de la|de los|del|della|des|de|di|dos|da|do|du|van der|van den|van|von und zu|von|zu|"
    r"bint|bin|ibn|ben|abu|el|la|le)"
)
_WORD = (
    rf"(?:(?:[ae][lrnsdz]|ul)-|[dO]['’])?"
    rf"(?:{_CAPITAL}\.(?:{_CAPITAL}\.)*(?!\w)|{_CAPITAL}[\w’'‑-]*s['’](?=[ ]{_CAPITAL})|"
    rf"{_CAPITAL}[\w’'‑-]*\w|{_CAPITAL})"
)
_RUN = re.compile(rf"(?<![\w’'-]){_WORD}(?:[ ](?:{_PARTICLE}[ ])?{_WORD})*")
# "Union of Baltic Railways", "Convention on Deep-Sea Cables": a noun goes on to what it is of.
_LINK = re.compile(r"[ ](?:of|for|on)(?:[ ]the)?[ ]$")
_SEAT = re.compile(r"[ ]in[ ]$")
_HOUSE = re.compile(r"(?:Embassy|Consulate|Mission)\b")
_HOLDS = re.compile(rf"(?:.*[ ])?(?i:{RANK})$")
_PORTFOLIO = re.compile(r"(?:minister|secretary)$", re.IGNORECASE)
_FIRST_NAME = re.compile(r"\S+(?:[ ][IVX]+)?")
_COURTEOUS = re.compile(rf"{COURTESY}(?:[ ]|$)|(?:MRS?|MS)$")
_COURTESY_AHEAD = re.compile(rf"\b{COURTESY}\s$")
_RANK_AHEAD = re.compile(rf"(?:\b{_CAPITAL}[\w’'-]+ )?\b(?i:{RANK})[ ]$")
_RANK_AT = re.compile(rf"\s*(?i:{RANK})[ ](?:of[ ]|for[ ]|to[ ])?(?:the[ ])?{_CAPITAL}")
_ENDING = re.compile(r"(?:['’]s|['’]|[-‑][a-z]+)$")
_OPENS = re.compile(r"(?:^|[.!?…:;\"“‘(\n]\s*)$")
_NAMELESS_NOUNS = ("de", "lb")  # languages that write every noun with a capital


@dataclass(frozen=True, slots=True)
class _Part:
    span: Span
    kind: str


def strangers(
    text: str,
    known: Sequence[Mention],
    finder: Finder,
    *,
    entities: Sequence[Mention] = (),
    language: str = "en",
) -> list[Mention]:
    """Names and titles that are not in the registry, in text order.

    None stands over a known one, but where that is a part of it: the state in a ministry's name.
    ``entities`` are names that a pipeline found.
    """
    line = flowing(text, language)
    here, told = Whereabouts(known), Whereabouts(entities)
    settled = {m.span for m in known}
    parts = [p for c in _chains(line) for p in _parts(line, c, here) if p.span not in settled]
    titles, bare = ([p.span for p in parts if p.kind == kind] for kind in ("title", ""))
    people = borne(line, titles, bare)
    parts = [_Part(p.span, "person") if p.span in people else p for p in parts]
    sure = [p for p in parts if _is_likely(line, p, told, language)]
    taken = bytearray(len(line))  # a text may have thousands of names
    for span in (*(m.span for m in known), *(p.span for p in sure)):
        taken[span.start : span.end] = b"\1" * (span.end - span.start)
    sure += _again(line, sure, taken)
    sure += _missed(line, taken, entities)
    like = {name: _like(name, finder) for name in {_name(text, part) for part in sure}}
    found = sorted(sure, key=lambda part: part.span)
    return [_mention(text, part, told, like[_name(text, part)]) for part in found]


def _chains(line: str) -> Iterator[list[Span]]:
    """Runs of capitalised words, those that a noun joins by "of" in one chain."""
    chain: list[Span] = []
    runs = list(_runs(line))
    single = alone(line, runs)
    for run in runs:
        between = line[chain[-1].end : run.start] if chain else ""
        whole = line[chain[0].start : chain[-1].end] if chain else ""
        # "Sound of Carrow", too: no person is named by one word and "of".
        is_word = bool(chain) and " " not in whole and not _is_first(line, chain[0].start)
        is_noun = is_word or bool(kind_of_noun(f"{whole} of it"))
        is_noun = is_noun or _HOLDS.fullmatch(whole) is not None
        is_linked = _LINK.fullmatch(between) and (is_noun or len(chain) > 1)
        is_house = _SEAT.fullmatch(between) and _HOUSE.match(whole)
        if chain and (is_linked or is_house or is_post(whole, between)):
            at = bearer_at(line, whole, run, single)
            chain.append(run if at is None else Span(run.start, at - 1))
            if at is not None:
                yield chain
                chain = [Span(at, run.end)]
            continue
        if chain:
            yield chain
        chain = [run]
    if chain:
        yield chain


def _runs(line: str) -> Iterator[Span]:
    # A word that the text also writes in lower case is no name at a sentence's start.
    lower = frozenset(re.findall(rf"(?<!\w)(?!{_CAPITAL})[^\W\d_][\w’'-]*", line)) | COMMON
    for row in re.finditer(r"[^\r\n]+", line):
        if row[0].isupper() and kind_of_noun(row[0]):
            yield Span(row.start(), row.start() + len(row[0].rstrip()))
            continue
        if _is_headline(row[0]):
            continue
        for match in _RUN.finditer(line, row.start(), row.end()):
            start = match.start()
            # "Brandt's Call" is two runs, "People's Front" one.
            cut = "$" if kind_of_noun(match[0]) else "(?:['’]s(?= )|$)"
            for piece in re.finditer(f".+?{cut}", match[0]):
                yield from _trimmed(line, Span(start + piece.start(), start + piece.end()), lower)


def _trimmed(line: str, span: Span, lower: frozenset[str]) -> Iterator[Span]:
    """A run without the words before it that are no name, and without what hangs on its end."""
    start = span.start
    is_first = _is_first(line, start)
    while word := re.compile(r"\s*([\w’'-]+)\.?(?=\s|$)").match(line, start, span.end):
        is_rank = _RANK_AT.match(line, start) is not None  # "Foreign Minister Lund" has both words
        if is_rank or word[1].lower() not in (lower if is_first else COMMON) or len(word[1]) == 1:
            break
        start = word.end()
    start += len(line[start : span.end]) - len(line[start : span.end].lstrip())
    ending = _ENDING.search(line[start : span.end])
    end = span.end - (len(ending[0]) if ending else 0)
    if start < end:
        yield Span(start, end)


def _is_first(line: str, at: int) -> bool:
    """Whether a sentence or a quotation may begin there."""
    return _OPENS.search(line[max(0, at - 3) : at]) is not None


def _is_headline(row: str) -> bool:
    """Whether a line has capitals throughout, where one says nothing."""
    words = [word for word in row.split() if word[0].isalpha() and len(word) > 3]
    is_item = row.rstrip().endswith((".", ";", ",")) or ITEM.match(row) is not None
    is_title = len(words) > 3 and all(w[0].isupper() for w in words)
    return (is_title and not is_item) or (row.isupper() and len(row.split()) > 1)


def _parts(line: str, chain: list[Span], known: Whereabouts) -> Iterator[_Part]:
    """The title and the name in a chain, without what is known already."""
    whole = Span(chain[0].start, chain[-1].end)
    inside = known.at(whole)
    is_title = chain[1:] and RANKED.match(line, chain[0].start, chain[0].end)
    is_held = is_title and all(m.span.start > chain[0].end and m.kind in HELD for m in inside)
    is_one = is_held or kind_of_noun(whole.of(line))
    if inside and not (is_one and all(m.span != whole for m in inside)):
        for run in chain:
            free = [s for s in _without(run, [m.span for m in inside]) if s.of(line).strip(" -’'.")]
            for span in free:
                yield from _titled(line, [_stripped(line, span)])
        return
    yield from _titled(line, chain)


def _without(span: Span, taken: Iterable[Span]) -> Iterator[Span]:
    start = span.start
    for other in sorted(taken):
        if start < other.start:
            yield Span(start, min(other.start, span.end))
        start = max(start, other.end)
    if start < span.end:
        yield Span(start, span.end)


def _stripped(line: str, span: Span) -> Span:
    words = span.of(line)
    return Span(
        span.start + len(words) - len(words.lstrip(" -’'.s" if words[:1] in "-’'" else " .")),
        span.end - len(words) + len(words.rstrip(" -")),
    )


def _titled(line: str, chain: list[Span], kind: str = "") -> Iterator[_Part]:
    first, end = chain[0], chain[-1].end
    while courtesy := _COURTEOUS.match(line, first.start, first.end):
        first, kind = Span(courtesy.end(), first.end), "person"
    if _COURTESY_AHEAD.search(line, max(0, first.start - 24), first.start):
        kind = "person"
    ranked = RANKED.match(line, first.start, first.end)
    if first.start >= first.end:
        return
    if ranked is not None:
        yield from _ranked(line, [first, *chain[1:]], ranked)
        return
    ahead = _RANK_AHEAD.search(line, max(0, first.start - 60), first.start)
    if ahead is not None and len(chain) == 1 and not kind:  # "opposition leader Pak Sun Ho"
        yield _Part(Span(ahead.start(), ahead.end() - 1), "title")
        kind = "person"
    yield _Part(Span(first.start, end), kind)


def _ranked(line: str, chain: list[Span], ranked: re.Match[str]) -> Iterator[_Part]:
    """A title and its bearer, or a title alone and what it is held of."""
    first, end = chain[0], chain[-1].end
    name = Span(min(ranked.end() + 1, first.end), first.end)
    rank, bearer = ranked[0].split()[-1], name.of(line)
    if CROWNED.fullmatch(rank) and _FIRST_NAME.fullmatch(bearer):
        crown = re.search(rf"(?i:{RANK})$", ranked[0])
        yield _Part(Span(first.start + (crown.start() if crown else 0), first.end), "person")
        return
    if bearer:
        yield _Part(Span(first.start, ranked.end()), "title")
        yield from _titled(line, [name], "person")
        held = chain[1:]
    elif (post := chain[1:2]) and (split := PORTFOLIO.match(line, post[0].start, post[0].end)):
        yield _Part(Span(first.start, split.end()), "title")  # "Minister of Trade Ingeborg Lund"
        yield _Part(Span(split.end() + 1, post[0].end), "person")
        held = []
    else:
        yield _Part(Span(first.start, end), "title")
        held = chain[2:] if _PORTFOLIO.search(rank) else chain[1:]
    for span in held_by(line, ranked[0], held):
        yield _Part(span, "")


def _is_likely(line: str, part: _Part, entities: Whereabouts, language: str) -> bool:
    """Whether a run is likely a name and not just the first word of a sentence."""
    word = part.span.of(line)
    if part.kind or len(word.split()) > 1 or entities.at(part.span):
        return len(word) > 1
    if len(word) < 2 or language in _NAMELESS_NOUNS:
        return False
    is_first = _is_first(line, part.span.start)
    # It may stand before what is said, as in a transcript: "QUESTION:".
    is_speaker = line[part.span.end :][:1] == ":" and line[: part.span.start].endswith("\n")
    if not is_first or (word.isupper() and not is_speaker):
        return True
    inside = re.search(rf"(?<=[a-z,] ){re.escape(word)}\b", line)  # capitalised in a sentence
    return inside is not None or line[part.span.end : part.span.end + 2] in ("'s", "’s")


def _missed(line: str, taken: bytearray, entities: Iterable[Mention]) -> Iterator[_Part]:
    """What only the pipeline takes for a name."""
    for entity in entities:
        article = re.match(r"(?:[Tt]he[ ])?", entity.text)
        span = Span(entity.span.start + (article.end() if article else 0), entity.span.end)
        is_name = any(c.isalpha() for c in span.of(line)) and not _COURTEOUS.match(entity.text)
        if is_name and not any(taken[span.start : span.end]):
            yield _Part(span, "")


def _again(line: str, parts: Sequence[_Part], taken: bytearray) -> list[_Part]:
    """Where else the names stand: in a headline, at a sentence's start, in capitals."""
    found: list[_Part] = []
    names = {p.span.of(line): p for p in parts if p.kind != "title"}
    for name, part in [*names.items()]:  # "Sandoz left": who was named in full
        if " " in name and not kind_of_noun(name):
            names.setdefault(name.split()[-1], part)
    for name in sorted(names, key=len, reverse=True):
        pattern = rf"(?<![\w-])(?:{re.escape(name)}|{re.escape(name.upper())})(?![\w-])"
        for match in re.finditer(pattern, line) if len(name) > 3 else ():
            span = Span(*match.span())
            if not any(taken[span.start : span.end]):
                found.append(_Part(span, names[name].kind))
                taken[span.start : span.end] = b"\1" * (span.end - span.start)
    return found


def _name(text: str, part: _Part) -> str:
    return " ".join(part.span.of(text).split())


def _like(name: str, finder: Finder) -> tuple[Sequence[Guess], Sequence[Guess]]:
    """The things of the registry with names like one, and the people who share a part of it."""
    near, same = finder.near(name), finder.namesakes(name)
    return near, [guess for guess in same if guess.iri not in {one.iri for one in near}]


def _mention(
    text: str, part: _Part, entities: Whereabouts, like: tuple[Sequence[Guess], Sequence[Guess]]
) -> Mention:
    name, near = _name(text, part), like[0]
    is_there = not part.kind and text[: part.span.start].endswith((" in ", "\nin "))
    told = next((e.kind for e in entities.at(part.span)), "name")
    kind = part.kind or kind_of_noun(name) or ("place" if is_there else told)
    is_person = kind in ("person", "name")
    shared = like[1] if is_person else ()
    is_told = " " in name and (part.kind or told == "person" or kind_of_noun(name))
    note = "not in the registry" + ("" if is_told or kind in ("name", "title") else f"; {GUESSED}")
    if near or shared:
        listed = ", ".join(f"{g.label} ({g.why})" for g in (*near, *shared)[:3])
        note += f"; a namesake of {listed}?" if is_person else f"; near: {listed}"
    return Mention(part.span, part.span.of(text), kind, None, (*near, *shared), note)
