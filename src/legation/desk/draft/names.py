"""The registry's names in a text, in whatever case, script or romanisation they stand there.

Invariant: a mention has an IRI only where one thing alone can be meant. Everything else carries
its candidates, and the reason why it was left open.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import ahocorasick
from pyoxigraph import NamedNode

from legation.desk.draft.folding import folded
from legation.desk.draft.variants import surname, variants
from legation.graph.record import Record, triples_of
from legation.graph.registry import Names
from legation.graph.spelling import key
from legation.graph.workspace import Workspace
from legation.rdf.vocabulary import LEG, PREFIXES
from legation.text.spans import Span

NAMED_KINDS = ("person", "state", "body", "office", "place", "instrument")
# "김정은은" and "북한에서는" are a name and what it is in its sentence; "북한산" is a mountain.
_PARTICLES = re.compile(
    r"(?:은|는|이|가|을|를|의|에|에서|에게|께서|와|과|도|로|으로|만|까지|부터|측|들|이다)*"
    r"(?![가-힣])"
)
_LONGEST_ACRONYM = 5
# "Foreign Minister of Velmora" names an office and a state.
_HOLDING = ("office", "instrument")
_HELD = ("state", "place", "place/state")


@dataclass(frozen=True, slots=True)
class Guess:
    """A thing that a passage may mean, and how well its name fits, 0 to 100."""

    iri: NamedNode
    label: str
    score: float


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
        """The kind of a thing, one of `NAMED_KINDS`; empty when its IRI has another prefix."""
        # A workspace on a base of its own may speak of the things of Legation's, too.
        bases = (*self.prefixes, *PREFIXES.items())
        named = (k for k, base in bases if k in NAMED_KINDS and iri.value.startswith(base))
        return next(named, "")

    @cached_property
    def _spelled(self) -> tuple[tuple[str, NamedNode, str], ...]:
        """Every spelling of a thing that can be named, with the thing and its kind."""
        spelled = ((s, thing, self.kind(thing)) for s, thing in self.names.spellings)
        return tuple(each for each in spelled if each[2])

    @cached_property
    def _bearers(self) -> dict[str, dict[NamedNode, str]]:
        """The things of each comparable form, each with the spelling of which it is a variant."""
        table: defaultdict[str, dict[NamedNode, str]] = defaultdict(dict)
        for spelling, thing, _ in self._spelled:
            table[key(spelling)].setdefault(thing, spelling)
        registered = frozenset(table)  # what somebody is called goes before a variant of others
        for spelling, thing, _ in self._spelled:
            is_person = LEG.Person in self.names.types(thing)
            for form in variants(spelling, is_person=is_person) - registered:
                table[form].setdefault(thing, spelling)
        table.pop("", None)
        return dict(table)

    @cached_property
    def _automaton(self) -> ahocorasick.Automaton:
        automaton = ahocorasick.Automaton()
        for form in self._bearers:
            automaton.add_word(form, form)
        if self._bearers:
            automaton.make_automaton()
        return automaton

    @cached_property
    def surnames(self) -> dict[str, tuple[NamedNode, ...]]:
        """The persons of each surname; a text that gives no more leaves them all possible."""
        table: defaultdict[str, set[NamedNode]] = defaultdict(set)
        for spelling, thing, kind in self._spelled:
            if kind == "person" and (family := surname(spelling)):
                table[family].add(thing)
        return {family: tuple(sorted(people, key=str)) for family, people in table.items()}

    def guess(self, iri: NamedNode, score: float = 100.0) -> Guess:
        """A thing as a candidate."""
        return Guess(iri, self.names.label(iri), score)

    @cached_property
    def polities(self) -> tuple[tuple[str, NamedNode], ...]:
        """The comparable names of all polities, longest first."""
        return tuple(sorted(self._forms("state"), key=lambda p: (-len(p[0]), p[0], p[1].value)))

    @cached_property
    def offices(self) -> tuple[tuple[str, NamedNode], ...]:
        """The comparable names of all offices, sorted."""
        return tuple(sorted(self._forms("office"), key=lambda p: (p[0], p[1].value)))

    def _forms(self, wanted: str) -> set[tuple[str, NamedNode]]:
        return {(key(spelling), thing) for spelling, thing, kind in self._spelled if kind == wanted}

    def near(self, words: str, *, least: float) -> tuple[Guess, ...]:
        """At most five things with names spelt like some words, likest first; ``least`` to 100."""
        from rapidfuzz import fuzz, process  # only needed for strangers

        hits = process.extract(
            key(words), self._registered, scorer=fuzz.token_sort_ratio, limit=20, score_cutoff=least
        )
        best: dict[NamedNode, float] = {}
        for form, score, _ in hits:
            for thing in self._bearers[form]:
                best[thing] = max(best.get(thing, 0.0), round(score, 1))
        order = sorted(best, key=lambda thing: (-best[thing], thing.value))
        return tuple(self.guess(thing, best[thing]) for thing in order[:5])

    @cached_property
    def _registered(self) -> list[str]:
        return sorted({key(spelling) for spelling, _, _ in self._spelled} - {""})

    def find(self, text: str) -> list[Mention]:
        """Every passage that bears a registered name, in text order.

        Where names overlap, the longest, and those inside it that name something else.
        """
        form = folded(text)
        found = []
        for last, name in self._automaton.iter(form.text) if self._bearers else ():
            span = form.origin(last - len(name) + 1, last + 1)
            if _is_word(text, span) and "\n" not in span.of(text):
                found.append(self._mention(text, span, name))
        return _longest(found)

    def _mention(self, text: str, span: Span, form: str) -> Mention:
        known = self._bearers[form]
        fitting = {b: s for b, s in known.items() if _fits_case(s, span.of(text))}
        span = _with_last_dot(text, span)
        things = sorted(fitting or known, key=str)
        kinds = sorted({self.kind(thing) for thing in things})
        guesses = tuple(map(self.guess, things))
        kind, iri = kinds[0], None
        if not fitting:
            note = "only in other case: a common word?"
        elif len(things) == 1:
            iri = things[0]
            is_variant = key(fitting[iri]) != form
            note = f"another spelling of {fitting[iri]}" if is_variant else ""
        else:
            kind = "/".join(kinds)
            note = "may be " + " or ".join(f"{g.label} ({self.kind(g.iri)})" for g in guesses)
        return Mention(span, span.of(text), kind, iri, guesses, note)


def _is_word(text: str, span: Span) -> bool:
    """Whether a passage is not a part of a longer word; a Korean name may carry particles."""
    before = text[span.start - 1] if span.start else " "
    after = text[span.end] if span.end < len(text) else " "
    first, last = text[span.start], text[span.end - 1]
    # Chinese writes no spaces, so that its names touch other words; scripts that change end a word.
    if before.isalnum() and _script(before) == _script(first) != "ideograph":
        return False
    if _script(last) == "hangul":
        return _PARTICLES.match(text, span.end) is not None
    return not (after.isalnum() and _script(after) == _script(last) != "ideograph")


def _script(char: str) -> str:
    code = ord(char)
    if 0xAC00 <= code <= 0xD7A3 or 0x1100 <= code <= 0x11FF:
        return "hangul"
    if 0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF:
        return "ideograph"
    return "letters"


def _with_last_dot(text: str, span: Span) -> Span:
    """A name with the last dot of its abbreviation ("U.S.S.R."), which folding leaves outside."""
    has_dots = "." in span.of(text) and text[span.end : span.end + 1] == "."
    return Span(span.start, span.end + 1) if has_dots else span


def _fits_case(spelling: str, words: str) -> bool:
    """Whether the case of some words lets them be a name: "us" and "turkey" are words, too."""
    plain = re.sub("^[Tt]he ", "", spelling)
    letters = [c for c in plain if c.isalpha()]
    if len(letters) <= _LONGEST_ACRONYM and all(c.isupper() for c in letters):
        return all(not c.islower() for c in words)
    if len(key(plain).split()) == 1 and letters and letters[0].isupper():
        return len(words) >= len(plain) and words[len(words) - len(plain)].isupper()
    return True


def _longest(found: Iterable[Mention]) -> list[Mention]:
    """The longest of overlapping mentions, and the countries that an office or treaty names."""
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda m: (m.span.start - m.span.end, m.span.start)):
        around = [m for m in kept if m.span.overlaps(mention.span)]
        if not around or all(_may_hold(outer, mention) for outer in around):
            kept.append(mention)
    return in_order(kept)


def in_order(found: Iterable[Mention]) -> list[Mention]:
    """Mentions as they stand in the text, the longer of two that begin together first."""
    return sorted(found, key=lambda m: (m.span.start, -m.span.end))


def _may_hold(outer: Mention, inner: Mention) -> bool:
    is_inside = outer.span.start <= inner.span.start and inner.span.end <= outer.span.end
    return is_inside and outer.kind in _HOLDING and inner.kind in _HELD
