"""The registry's names in a text, however they are broken, hyphenated or initialled there.

Invariant: a mention has an IRI only where one thing alone can be meant. Everything else carries
its candidates, and the reason why it was left open: a namesake is warned of, never guessed.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, islice, product

import ahocorasick
from pyoxigraph import NamedNode

from legation.desk.draft.folding import Folded, folded, script, squeezed
from legation.desk.draft.lexicon import COMMON, COURTESY, DATELINE, RANK
from legation.graph.record import Record, triples_of
from legation.graph.registry import Candidate, Names
from legation.graph.spelling import key
from legation.graph.workspace import Workspace
from legation.rdf.vocabulary import PREFIXES
from legation.text.spans import Span

NAMED_KINDS = ("person", "state", "body", "office", "place", "instrument")
_MOST_INITIALS = 32
_LONGEST_ACRONYM = 5
_NEAR = 82.0
_OTHER_CASE = "only in other case: a common word?"
# "Foreign Minister of Velmora" names an office and a state.
_HOLDING = ("office", "instrument", "body")
_HELD = ("state", "place", "place/state")
# "김정은은", "Москвы" are a name and what it is in its sentence; "북한산" is a mountain.
_AFTER = {
    "HANGUL": re.compile(
        "(?:은|는|이|가|을|를|의|에|에서|에게|께서|와|과|도|로|으로|만|까지|부터|측|들|이다)*(?![가-힣])"
    ),
    "CYRILLIC": re.compile(
        r"(?:[ауеыиюяьй]|ом|ем|ой|ей|ью|ого|ому|ым|им|ая|ую|ия|ии|ию|ией)?(?!\w)"
    ),
}
_ENDINGS = ("", *"а у е ы и ю я ом ем ои еи ого ому ым им ая ую".split())
_ENDING = re.compile("[аеиоыьюя]{1,2}$")
# "وروسيا", "בישראל": and, in, to are written with the name.
_BEFORE = {
    "ARABIC": re.compile(r"(?<!\w)[وفبلك]{0,2}(?:ال)?$"),
    "HEBREW": re.compile(r"(?<!\w)[הובלמשכ]{0,2}$"),
}
_UNSPACED = ("CJK", "HIRAGANA", "THAI", "LAO", "KHMER")
# A blank line, a comma or the end of a sentence stands within no name; "St. Petersburg" has a dot.
_PARTING = re.compile(r"\n\s*\n|\w{3,}\.\s|[^\w\s.'’‘ʼ`\-‐‑–·•]")
# "arrived in Beijing" is the city, "talks between Beijing and Seoul" two governments.
_THERE = re.compile(
    r"\b(?:in|at|near|outside|around|inside|(?:visit|leav|arriv|return|flew|fly|trip|travel|came|come)\w*"
    r"(?:\s+(?:to|in|from))?|left|в|во|из)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_ITS_GOVERNMENT = re.compile(
    r"(?:\b(?:with|between|against|towards?|by|ties to|of|на|с|между)\s+(?:the\s+)?|[A-Za-z]-)$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’‑][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Guess:
    """A thing that a passage may mean, how well its name fits, 0 to 100, and what of it fits."""

    iri: NamedNode
    label: str
    score: float
    why: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A passage that names something, with what it may mean, likeliest first, and why.

    The kind is one of `NAMED_KINDS`, several with ``/`` between, ``name`` or ``title`` for a
    stranger; the IRI is given when the passage leaves no doubt.
    """

    span: Span
    text: str
    kind: str
    iri: NamedNode | None
    candidates: tuple[Guess, ...]
    note: str = ""

    @property
    def is_cased(self) -> bool:
        """Whether it is written as a name is: "us" and "turkey" are words, too."""
        return self.note != _OTHER_CASE


@dataclass(frozen=True, slots=True)
class _Form:
    """A way to write a thing's name: in words as compared, and as the registry spells the name."""

    thing: NamedNode
    words: str
    spelling: str

    def fits(self, passage: str, breaks: set[int]) -> bool:
        """Whether a passage with these letters parts them only where the name has words."""
        ends = accumulate(map(len, self.words.split()))
        parting = _PARTING.search(passage)
        mark = "" if parting is None else parting[0].strip()
        return breaks <= {*ends} and (parting is None or (mark != "" and mark in self.spelling))


@dataclass(frozen=True)
class Finder:
    """Finds the named things of a registry in texts; a thing's kind is told by its prefix."""

    names: Names
    prefixes: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, record: Record, workspace: Workspace) -> "Finder":
        """A finder for the names of a workspace's registry."""
        names = Names(tuple(triples_of(record.quads("registry"))), workspace.ontology)
        return cls(names, tuple(workspace.prefixes.items()))

    def kind(self, iri: NamedNode) -> str:
        """The kind of a thing, by its prefix or class; empty where it is none of these kinds."""
        # A workspace on a base of its own may speak of the things of Legation's, too.
        bases = (*self.prefixes, *PREFIXES.items())
        named = (k for k, base in bases if k in NAMED_KINDS and iri.value.startswith(base))
        kinds, types = self.names.ontology.kinds, self.names.types(iri)
        return next(named, "") or next((k for k in NAMED_KINDS if kinds.get(k) in types), "")

    def guess(self, iri: NamedNode, score: float = 100.0, why: str = "") -> Guess:
        """A thing as a candidate."""
        return Guess(iri, self.names.label(iri), score, why)

    @cached_property
    def _spelled(self) -> tuple[tuple[str, NamedNode, str], ...]:
        """Every spelling of a thing that can be named, with the thing and its kind."""
        spelled = ((s, thing, self.kind(thing)) for s, thing in self.names.spellings)
        return tuple(each for each in spelled if each[2] and key(each[0]))

    @cached_property
    def _forms(self) -> dict[str, tuple[_Form, ...]]:
        """The ways to write the names, by their letters."""
        table: defaultdict[str, dict[NamedNode, _Form]] = defaultdict(dict)
        for spelling, thing, _ in self._spelled:
            table[squeezed(spelling)].setdefault(thing, _Form(thing, key(spelling), spelling))
        registered = frozenset(table)  # what somebody is called goes before the forms of others
        for spelling, thing, kind in self._spelled:
            for words in (*(initialled(spelling) if kind == "person" else ()), *declined(spelling)):
                letters = words.replace(" ", "")
                if letters not in registered:
                    table[letters].setdefault(thing, _Form(thing, words, spelling))
        return {letters: tuple(forms.values()) for letters, forms in table.items()}

    @cached_property
    def _automaton(self) -> ahocorasick.Automaton:
        automaton = ahocorasick.Automaton()
        for letters in self._forms:
            automaton.add_word(letters, letters)
        automaton.make_automaton()
        return automaton

    @cached_property
    def _people(self) -> dict[str, tuple[NamedNode, ...]]:
        """The persons by the first and the last word of their names: either is a family's."""
        table: defaultdict[str, set[NamedNode]] = defaultdict(set)
        for spelling, thing, kind in self._spelled:
            words = key(spelling).split()
            if kind == "person" and len(words) > 1:
                table[words[0]].add(thing)
                table[words[-1]].add(thing)
        return {word: tuple(sorted(people, key=str)) for word, people in table.items()}

    def candidates(self, words: str, *, most: int = 8) -> tuple[Candidate, ...]:
        """The named things that somebody may mean who has typed some words, best first.

        Beside what `Names.find` finds, those in whose names each word begins one.
        """
        found = {c.iri: c for c in self.names.find(words, most=most) if self.kind(c.iri)}
        typed = key(words).split()
        for spelling, thing, _ in self._spelled if typed else ():
            parts = key(spelling).split()
            if thing not in found and all(any(p.startswith(w) for p in parts) for w in typed):
                label = self.names.label(thing)
                found[thing] = Candidate(thing, label, spelling, 90.0, f"begins {spelling}")
        order = sorted(found.values(), key=lambda c: (-c.score, c.label, c.iri.value))
        return tuple(order[:most])

    def near(self, words: str, *, least: float = _NEAR) -> tuple[Guess, ...]:
        """At most five things with names like some words, likest first, each with the reason."""
        found = (c for c in self.names.find(words) if c.score >= least and self.kind(c.iri))
        # "Russian" is of Russia before it is of a ministry.
        order = sorted(found, key=lambda c: (-c.score, self.kind(c.iri) != "state", len(c.name)))
        why = "has these words"
        return tuple(self.guess(c.iri, round(c.score, 1), c.why or why) for c in order[:5])

    def namesakes(self, words: str) -> tuple[Guess, ...]:
        """The persons who share the first or last word of a name, at most five."""
        parts = key(words).split()
        ends = (parts[0], parts[-1]) if len(parts) > 1 else ()
        people = dict.fromkeys(p for end in ends for p in self._people.get(end, ()))
        return tuple(self.guess(p, 50.0, "shares a name") for p in people)[:5]

    def find(self, text: str) -> list[Mention]:
        """Every passage that bears a registered name, in text order.

        Where names overlap, the longest, and those inside it that name something else; then the
        bare names of people who were named in full before.
        """
        form = folded(text)
        found = _longest(self._full(text, form))
        return in_order([*found, *self._bare(text, found)])

    def _full(self, text: str, form: Folded) -> Iterator[Mention]:
        for last, letters in self._automaton.iter(form.letters) if self._forms else ():
            first = last - len(letters) + 1
            span = _to_its_end(text, form.origin(first, last + 1))
            inside = {at - first for at in range(first + 1, last + 1) if at in form.breaks}
            if _is_word(text, span):
                known = [f for f in self._forms[letters] if f.fits(span.of(text), inside)]
                if known:
                    yield _placed(text, self._mention(text, span, known))

    def _mention(self, text: str, span: Span, known: list[_Form]) -> Mention:
        words = span.of(text)
        fitting = [f for f in known if _fits_case(f.spelling, words)]
        forms = sorted(fitting or known, key=lambda f: f.thing.value)
        guesses = tuple(self.guess(f.thing) for f in forms)
        kind = "/".join(sorted({self.kind(f.thing) for f in forms}))
        iri, note = None, ""
        if not fitting:
            kind, note = kind.partition("/")[0], _OTHER_CASE
        elif len(forms) == 1:
            iri = forms[0].thing
            is_other = key(words) not in (key(forms[0].spelling), key(forms[0].spelling) + "s")
            note = f"another form of {forms[0].spelling}" if is_other else ""
        else:
            note = "may be " + " or ".join(f"{g.label} ({self.kind(g.iri)})" for g in guesses)
        span = _with_last_dot(text, span)
        return Mention(span, span.of(text), kind, iri, guesses, note)

    def _bare(self, text: str, found: list[Mention]) -> Iterator[Mention]:
        """Names of people that stand alone; beside another name, one is a namesake's."""
        for word in _WORD.finditer(text) if self._people else ():
            name = re.sub(r"['’]s$", "", word[0])
            span = Span(word.start(), word.start() + len(name))
            people = self._people.get(key(name), ())
            if not people or not name[0].isupper() or any(m.span.overlaps(span) for m in found):
                continue
            before = {m.iri: m.span for m in found if m.span.end <= span.start}
            is_likely = bool(before.keys() & {*people}) or self._is_surname(name, people)
            if is_likely and not _is_part_of_a_name(text, span):
                yield self._alone(name, span, people, before)

    def _is_surname(self, name: str, people: Iterable[NamedNode]) -> bool:
        spelt = (s for who in people for s in self.names.spelt(who))
        return any(key(s).split()[-1] == key(name) for s in spelt)

    def _alone(
        self,
        name: str,
        span: Span,
        people: tuple[NamedNode, ...],
        before: dict[NamedNode | None, Span],
    ) -> Mention:
        recent = sorted((p for p in people if p in before), key=before.__getitem__, reverse=True)
        rest = (who for who in people if who not in recent)
        guesses = (*(self.guess(p, 90.0) for p in recent), *(self.guess(p, 50.0) for p in rest))
        iri = people[0] if len(people) == 1 and recent else None
        if iri is not None:
            note = "the surname of the one person of this name, named in full before"
        elif len(people) == 1:
            note = "a surname; the text gives no more"
        else:
            listed = ", ".join(guess.label for guess in guesses)
            note = f"namesakes: {listed}; the text gives only the surname"
        return Mention(span, name, "person", iri, guesses, note)


def initialled(name: str) -> list[str]:
    """A full name with initials for some or all of the given names, as names are compared.

    >>> initialled("John Quincy Adams")
    ['john q adams', 'j quincy adams', 'j q adams']
    """
    *given, family = key(name).split() or [""]
    if not given or script(family[0]) not in ("LATIN", "CYRILLIC", "GREEK"):
        return []
    choices = product(*(dict.fromkeys((word, word[0])) for word in given))
    written = (" ".join((*chosen, family)) for chosen in choices if list(chosen) != given)
    return list(islice(written, _MOST_INITIALS))


def declined(name: str) -> Iterator[str]:
    """The stems of a name in Cyrillic, the words before the last with each ending.

    >>> "владимира путин" in declined("Владимир Путин"), list(declined("Россия"))
    (True, ['росс'])
    """
    words = key(name).split()
    if not words or len(words) > 3 or script(words[0][0]) != "CYRILLIC":
        return
    *inner, last = (_ENDING.sub("", word) if len(word) > 4 else word for word in words)
    for endings in product(_ENDINGS, repeat=len(inner)):
        yield " ".join((*(f"{w}{e}" for w, e in zip(inner, endings, strict=True)), last))


def in_order(found: Iterable[Mention]) -> list[Mention]:
    """Mentions as they stand in the text, the longer of two that begin together first."""
    return sorted(found, key=lambda m: (m.span.start, -m.span.end))


def _to_its_end(text: str, span: Span) -> Span:
    """A name in Cyrillic with the ending of its case."""
    if script(text[span.end - 1]) != "CYRILLIC":
        return span
    ending = _AFTER["CYRILLIC"].match(text, span.end)
    return span if ending is None else Span(span.start, ending.end())


def _is_word(text: str, span: Span) -> bool:
    """Whether a passage is not a part of a longer word; a name may carry particles."""
    first, last = text[span.start], text[span.end - 1]
    ahead, behind = _BEFORE.get(script(first)), _AFTER.get(script(last))
    is_begun = not _joins(text[: span.start][-1:], first)
    if ahead is not None and not is_begun:
        is_begun = ahead.search(text[max(0, span.start - 6) : span.start]) is not None
    is_ended = not _joins(text[span.end : span.end + 1], last)
    if behind is not None and not is_ended:
        is_ended = behind.match(text, span.end) is not None
    return is_begun and is_ended


def _joins(other: str, letter: str) -> bool:
    """Whether a character goes on with a letter's word; a change of script ends a word."""
    one, two = script(other), script(letter)
    return other.isalnum() and two not in _UNSPACED and (not one or one == two)


def _with_last_dot(text: str, span: Span) -> Span:
    """A name with the last dot of its abbreviation ("U.S.S.R."), which folding leaves outside."""
    has_dots = "." in span.of(text) and text[span.end : span.end + 1] == "."
    is_short = has_dots and " " not in span.of(text)
    return Span(span.start, span.end + 1) if is_short else span


def _fits_case(spelling: str, words: str) -> bool:
    """Whether the case of some words lets them be a name: "us" and "turkey" are words, too."""
    plain = re.sub("^[Tt]he ", "", spelling)
    letters = [c for c in plain if c.isalpha()]
    if len(letters) <= _LONGEST_ACRONYM and all(c.isupper() for c in letters):
        return all(not c.islower() for c in words)
    if len(key(plain).split()) == 1 and letters and letters[0].isupper():
        return re.sub("^[Tt]he ", "", words)[:1].isupper()
    return True


def _longest(found: Iterable[Mention]) -> list[Mention]:
    """The longest of overlapping mentions, and the countries that an office or treaty names."""
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda m: (m.span.start - m.span.end, m.span.start)):
        around = [m for m in kept if m.span.overlaps(mention.span)]
        if all(_may_hold(outer, mention) for outer in around):
            kept.append(mention)
    return in_order(kept)


def _may_hold(outer: Mention, inner: Mention) -> bool:
    is_inside = outer.span.start <= inner.span.start and inner.span.end <= outer.span.end
    return is_inside and outer.kind in _HOLDING and inner.kind in _HELD


def _placed(text: str, mention: Mention) -> Mention:
    """A capital's name stands for the city or for its government; the words beside it tell."""
    by_kind = {("place" if "/place/" in g.iri.value else "state"): g for g in mention.candidates}
    if mention.kind != "place/state" or len(by_kind) != len(mention.candidates):
        return mention
    kind, why = _meant(text, mention.span)
    if not kind:
        return mention
    chosen = by_kind.pop(kind)
    guesses = (chosen, *by_kind.values())
    return replace(mention, kind=kind, iri=chosen.iri, candidates=guesses, note=why)


def _meant(text: str, span: Span) -> tuple[str, str]:
    """Whether a capital's name means the ``place`` or the ``state``, and why; empty in doubt."""
    line_start = text.rfind("\n", 0, span.start) + 1
    before, after = text[line_start : span.start], text[span.end : span.end + 60]
    dateline = DATELINE.match(text, line_start)
    if dateline is not None and span.end <= dateline.end("place"):
        return "place", "the place of a dateline"
    if there := _THERE.search(before):
        return "place", f"the city, by the word {there.group(0).strip()!r} before it"
    if re.match(r"['’]s\b|-[A-Z]", after):
        return "state", "its government, by the possessive or hyphen behind it"
    if _ITS_GOVERNMENT.search(before):
        return "state", f"its government, by {before.split()[-1]!r} before it"
    if re.search(r"(?:^|[.!?][\"”’']?\s+|[“\"])$", before) and re.match(r"\s+[a-z]", after):
        return "state", "its government, as the subject of the sentence"
    return "", ""


def _is_part_of_a_name(text: str, span: Span) -> bool:
    """Whether another capitalised word stands beside a word, but for a title or "Then"."""
    if re.match(r"(?: |-)[A-Z][a-z]", text[span.end :]):
        return True
    before = re.search(r"([A-Z][\w’'-]*)\.?[ ]$", text[max(0, span.start - 40) : span.start])
    word = "" if before is None else before.group(1)
    is_rank = re.fullmatch(rf"(?i:{RANK})|{COURTESY}", word) is not None
    return bool(word) and not is_rank and word.lower() not in COMMON
