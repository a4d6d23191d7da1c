"""The registry's names in a text, however they are broken, hyphenated or initialled there.

Invariant: a mention has an IRI only where one thing alone can be meant. Everything else carries
its candidates, and the reason why it was left open: a namesake is warned of, never guessed.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import ahocorasick
from pyoxigraph import NamedNode

from legation.desk.draft import folding
from legation.desk.draft.bearing import is_part_of_a_name, meant
from legation.desk.draft.folding import Folded, NameForm, folded, squeezed
from legation.graph.record import Record, triples_of
from legation.graph.registry import Names
from legation.graph.spelling import key
from legation.graph.workspace import Workspace
from legation.rdf.vocabulary import PREFIXES
from legation.text.spans import Span

NAMED_KINDS = ("person", "state", "body", "office", "place", "instrument")
_NEAR = 82.0
_OTHER_CASE = "only in other case: a common word?"
GUESSED = "its kind is a guess"
"""What is noted of a name whose kind neither its own words nor a title tells."""
# "Foreign Minister of Velmora" names an office and a state.
_HOLDING = ("office", "instrument", "body")
HELD = ("state", "place", "place/state")
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

    The kind is one of `NAMED_KINDS`, several with ``/`` between; a stranger's may be ``event``,
    ``name`` or ``title`` too. The IRI is given when the passage leaves no doubt.
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

    @property
    def is_guessed(self) -> bool:
        """Whether its kind is a guess."""
        return GUESSED in self.note


class Whereabouts:
    """Mentions by where they stand."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._all = sorted(mentions, key=lambda m: m.span)
        self._starts = [m.span.start for m in self._all]
        self._longest = max((m.span.end - m.span.start for m in self._all), default=0)

    def at(self, span: Span) -> list[Mention]:
        """The mentions that share a character with a span."""
        first = bisect_left(self._starts, span.start - self._longest)
        last = bisect_left(self._starts, span.end)
        return [m for m in self._all[first:last] if m.span.overlaps(span)]


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
        named = [k for k, base in bases if k in NAMED_KINDS and iri.value.startswith(base)]
        kinds, types = self.names.ontology.kinds, self.names.types(iri)
        return next(iter([*named, *(k for k in NAMED_KINDS if kinds.get(k) in types)]), "")

    def guess(self, iri: NamedNode, score: float = 100.0, why: str = "") -> Guess:
        """A thing as a candidate."""
        return Guess(iri, self.names.label(iri), score, why)

    @cached_property
    def _spelled(self) -> tuple[tuple[str, NamedNode, str], ...]:
        """Every spelling of a thing that can be named, with the thing and its kind."""
        spelled = ((s, thing, self.kind(thing)) for s, thing in self.names.spellings)
        return tuple(each for each in spelled if each[2] and key(each[0]))

    @cached_property
    def _forms(self) -> dict[str, tuple[NameForm, ...]]:
        """The ways to write the names, by their letters."""
        table: defaultdict[str, dict[NamedNode, NameForm]] = defaultdict(dict)
        for spelling, thing, _ in self._spelled:
            table[squeezed(spelling)].setdefault(thing, NameForm(thing, key(spelling), spelling))
        registered = frozenset(table)  # what somebody is called goes before the forms of others
        for spelling, thing, kind in self._spelled:
            for words in (
                *(folding.initialled(spelling) if kind == "person" else ()),
                *folding.declined(spelling),
            ):
                letters = words.replace(" ", "")
                if letters not in registered:
                    table[letters].setdefault(thing, NameForm(thing, words, spelling))
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

    def near(self, words: str) -> tuple[Guess, ...]:
        """At most five things with names like some words, likest first, each with the reason."""
        from rapidfuzz import fuzz, process  # only needed for strangers

        wanted, bearers = key(words), self._keys
        holding = [self._by_word.get(word, frozenset()) for word in wanted.split() or ("",)]
        alike = process.extract(
            wanted, list(bearers), scorer=fuzz.token_sort_ratio, limit=20, score_cutoff=_NEAR
        )
        found = {form: (95.0, "has these words") for form in holding[0].intersection(*holding)}
        for form, score, _ in alike:
            if score > found.get(form, (0.0, ""))[0]:
                found[form] = (round(score, 1), f"spelt as {bearers[form][0]}")

        def likeliest(form: str) -> tuple[float, bool, int, str]:
            # "Russian" is of Russia before it is of a ministry.
            is_state = self.kind(bearers[form][1]) == "state"
            return -found[form][0], not is_state, len(form), form

        best: dict[NamedNode, Guess] = {}
        for form in sorted(found, key=likeliest):
            thing = bearers[form][1]
            best.setdefault(thing, self.guess(thing, *found[form]))
        return tuple(best.values())[:5]

    @cached_property
    def _keys(self) -> dict[str, tuple[str, NamedNode]]:
        """The comparable names, each with a spelling and a thing that bears it."""
        return {key(spelling): (spelling, thing) for spelling, thing, _ in reversed(self._spelled)}

    @cached_property
    def _by_word(self) -> dict[str, frozenset[str]]:
        table: defaultdict[str, set[str]] = defaultdict(set)
        for form in self._keys:
            for word in form.split():
                table[word].add(form)
        return {word: frozenset(forms) for word, forms in table.items()}

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
            span = form.origin(first, last + 1)
            inside = {at - first for at in range(first + 1, last + 1) if at in form.breaks}
            span = folding.to_its_end(text, span)
            if folding.is_word(text, span):
                known = [f for f in self._forms[letters] if f.fits(span.of(text), inside)]
                if known:
                    yield _placed(text, self._mention(text, span, known))

    def _mention(self, text: str, span: Span, known: list[NameForm]) -> Mention:
        words = span.of(text)
        fitting = [f for f in known if folding.fits_case(f.spelling, words)]
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
        return Mention(span, words, kind, iri, guesses, note)

    def _bare(self, text: str, found: list[Mention]) -> Iterator[Mention]:
        """Names of people that stand alone; beside another name, one is a namesake's."""
        for word in _WORD.finditer(text) if self._people else ():
            name = re.sub(r"['’]s$", "", word[0])
            span = Span(word.start(), word.start() + len(name))
            people = self._people.get(key(name), ())
            if not people or not name[0].isupper() or any(m.span.overlaps(span) for m in found):
                continue
            before = {m.iri: m.span for m in found if m.span.end <= span.start}
            spelt = (s for who in people for s in self.names.spelt(who))
            is_surname = any(key(s).split()[-1] == key(name) for s in spelt)
            if (is_surname or before.keys() & {*people}) and not is_part_of_a_name(text, span):
                yield self._alone(name, span, people, before)

    def _alone(
        self,
        name: str,
        span: Span,
        people: tuple[NamedNode, ...],
        before: dict[NamedNode | None, Span],
    ) -> Mention:
        recent = sorted((p for p in people if p in before), key=before.__getitem__, reverse=True)
        rest = [who for who in people if who not in recent]
        guesses = (*(self.guess(p, 90.0) for p in recent), *(self.guess(p, 50.0) for p in rest))
        iri = recent[0] if len(recent) == 1 and not rest else None
        note = "a surname; the text gives no more"
        if iri is not None:
            note = "the surname of the one person of this name, named in full before"
        elif len(people) > 1:
            listed = ", ".join(g.label for g in guesses)
            note = f"namesakes: {listed}; the text gives only the surname"
        return Mention(span, name, "person", iri, guesses, note)


def in_order(found: Iterable[Mention]) -> list[Mention]:
    """Mentions as they stand in the text, the longer of two that begin together first."""
    return sorted(found, key=lambda m: (m.span.start, -m.span.end))


def _longest(found: Iterable[Mention]) -> list[Mention]:
    """The longest of overlapping mentions, and the countries that an office or treaty names."""
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda m: (m.span.start - m.span.end, m.span.start)):
        start, end = mention.span.start, mention.span.end
        around = [m for m in kept if m.span.overlaps(mention.span)]
        are_holding = all(m.span.start <= start and end <= m.span.end for m in around)
        are_holding = are_holding and all(m.kind in _HOLDING for m in around)
        if not around or (are_holding and mention.kind in HELD):
            kept.append(mention)
    return in_order(kept)


def _placed(text: str, mention: Mention) -> Mention:
    """A capital's name stands for the city or for its government; the words beside it tell."""
    by_kind = {("place" if "/place/" in g.iri.value else "state"): g for g in mention.candidates}
    is_either = mention.kind == "place/state" and len(by_kind) == len(mention.candidates)
    kind, why = meant(text, mention.span) if is_either else ("", "")
    if not kind:
        return mention
    chosen = by_kind.pop(kind)
    guesses = (chosen, *by_kind.values())
    return replace(mention, kind=kind, iri=chosen.iri, candidates=guesses, note=why)
