"""From names to things: which actor, office, place or event does a text mean?

Invariant: a name never decides between two things. Where a spelling fits more than one, the
answer is all of them, and whoever asked must say which. Words stand for a name only in its order
and under its prepositions: "Ambassador of Russia to the DPRK" is not "of the DPRK to Russia".
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Triple

from legation.errors import AmbiguousName, UnknownName
from legation.graph.labelling import UNNAMED
from legation.graph.manner import Kinds, kinds_of
from legation.graph.spelling import is_told_by, key
from legation.rdf.gathering import gathered
from legation.rdf.ontology import Ontology
from legation.rdf.vocabulary import LEG, RDFS, compact, local_name
from legation.text.letters import likeness

_MOST_NEAR = 5
_NAMED = (LEG.Agent, LEG.Instrument, LEG.Office, LEG.Place)
_REORDERED = 94.0
_FURTHEST = 22.0  # from the best of the near ones; further off, it is like other things as well


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that a text may mean.

    Attributes:
        iri: The thing.
        label: What it is called.
        name: The spelling that fits.
        score: How well it fits, 0 to 100; 100 is the same name.
        why: What of it fits, in words; empty for the same name.

    >>> import legation
    >>> legation.open().find("Torshyn")[0].score
    100.0
    """

    iri: NamedNode
    label: str
    name: str
    score: float
    why: str = ""


@dataclass(frozen=True)
class Names:
    """Every name in a graph, and the things that bear it."""

    triples: tuple[Triple, ...]
    ontology: Ontology

    @cached_property
    def _labels(self) -> dict[NamedNode, str]:
        found: dict[NamedNode, str] = {}
        for subject, predicate, value in self.triples:
            if predicate != RDFS.label or not isinstance(value, Literal):
                continue
            if isinstance(subject, NamedNode) and (subject not in found or value.language == "en"):
                found[subject] = value.value
        return found

    @cached_property
    def _types(self) -> Kinds:
        return kinds_of(self.triples, self.ontology)

    @cached_property
    def _bearers(self) -> dict[str, dict[NamedNode, str]]:
        """For each comparable form, the things that bear it and the spelling."""
        table: defaultdict[str, dict[NamedNode, str]] = defaultdict(dict)
        for spelling, thing in self.spellings:
            table[key(spelling)].setdefault(thing, spelling)
        return table

    @cached_property
    def _told(self) -> dict[str, dict[NamedNode, str]]:
        """For each comparable form of a label that tells what is said of a thing, the things."""
        table: defaultdict[str, dict[NamedNode, str]] = defaultdict(dict)
        for thing, label in self._labels.items():
            if self._is_told(thing):
                table[key(label)].setdefault(thing, label)
        return table

    def _telling(self, form: str) -> Mapping[NamedNode, str]:
        """The things that are called so by what is said of them."""
        return self._told.get(form, {})

    def _bearing(self, form: str) -> Mapping[NamedNode, str]:
        """The things with a name of a comparable form, each with the spelling."""
        return self._bearers.get(form, {})

    @property
    def _forms(self) -> Sequence[str]:
        """The comparable forms of all names, in the order first met."""
        return list(self._bearers)

    def _holding(self, words: Set[str]) -> Iterable[str]:
        """The forms that hold all of some words."""
        return (form for form in self._bearers if words <= set(form.split()))

    def slugged(self, text: str) -> list[NamedNode]:
        """The things whose short name, the end of the IRI, is a text; sorted."""
        wanted, things = key(text), frozenset(self._types) | frozenset(self._labels)
        return sorted((t for t in things if key(local_name(t)) == wanted), key=str)

    def _is_told(self, thing: NamedNode) -> bool:
        return not self.types(thing).isdisjoint(UNNAMED)

    def _label(self, thing: NamedNode) -> str | None:
        return self._labels.get(thing)

    def label(self, thing: NamedNode) -> str:
        """What a thing or term is called."""
        if (label := self._label(thing)) is not None:
            return label
        if thing in self.ontology.terms:
            return self.ontology.label(thing)
        return compact(thing)

    def types(self, thing: NamedNode) -> frozenset[NamedNode]:
        """The classes of a thing.

        Returns:
            Its classes and all above them; empty for a stranger.
        """
        return self._types.get(thing, frozenset())

    def kind(self, thing: NamedNode) -> str:
        """The lowest class of a thing, in words.

        Returns:
            The class's label; empty for a stranger.
        """
        lowest = self.ontology.most_specific(self.types(thing) & self.ontology.classes)
        return ", ".join(self.ontology.label(c) for c in lowest)

    def names(self, thing: NamedNode) -> tuple[str, ...]:
        """Every spelling of a thing's name.

        Returns:
            The label first, then the others, sorted.
        """
        label = self._label(thing)
        first: dict[str, str] = {}
        for spelling in self.spelt(thing):
            first.setdefault(key(spelling), spelling)
        others = sorted({*first.values()} - {label})
        return (*([label] if label is not None else []), *others)

    @cached_property
    def _spelt(self) -> dict[NamedNode, list[str]]:
        return gathered((thing, spelling) for spelling, thing in self.spellings)

    def spelt(self, thing: NamedNode) -> Sequence[str]:
        """Every spelling of a thing's name as written."""
        return self._spelt.get(thing, ())

    @cached_property
    def spellings(self) -> tuple[tuple[str, NamedNode], ...]:
        """Every spelling as written, each with a thing that bears it.

        What a statement or tenure is called tells what is said of it and is no name of its own:
        it is found by the whole of that, never by some words of it.
        """
        return tuple(
            (value.value, subject)
            for subject, predicate, value in self.triples
            if predicate in self.ontology.naming
            and isinstance(value, Literal)
            and isinstance(subject, NamedNode)
            and not (predicate == RDFS.label and self._is_told(subject))
        )

    def _is_kind(self, thing: NamedNode, kind: NamedNode | None) -> bool:
        return kind is None or kind in self.types(thing)

    def find(
        self, text: str, kind: NamedNode | None = None, *, most: int | None = 8
    ) -> list[Candidate]:
        """The things a text may mean, best first: bearers of the very name have score 100.

        Those that have all words of the text in their order, 95; then other orders, near spellings.
        """
        wanted = key(text)
        if not wanted:
            return []
        found: dict[NamedNode, Candidate] = {}
        for thing, spelling in {**self._telling(wanted), **self._bearing(wanted)}.items():
            self._offer(found, thing, spelling, 100.0, kind)
        words = set(wanted.split())
        for form in self._holding(words):
            for thing, spelling in self._bearing(form).items() if is_told_by(wanted, form) else ():
                self._offer(found, thing, spelling, 95.0, kind)
        if not found:
            self._offer_reordered(found, words, kind)
            self._offer_similar(found, wanted, kind)
        return sorted(found.values(), key=lambda c: (-c.score, c.label, c.iri.value))[:most]

    def foremost(self, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
        """Candidates without what is only called after a person among them."""
        named = (c for c in candidates if "/anon/" not in c.iri.value)
        own = [c for c in named if not self.types(c.iri).isdisjoint(_NAMED)]
        return own if any(LEG.Person in self.types(c.iri) for c in own) else candidates

    def _offer(
        self,
        found: dict[NamedNode, Candidate],
        thing: NamedNode,
        spelling: str,
        score: float,
        kind: NamedNode | None,
    ) -> None:
        if self._is_kind(thing, kind) and (thing not in found or found[thing].score < score):
            label = self.label(thing)
            found[thing] = Candidate(thing, label, spelling, score, _why(label, spelling, score))

    def _offer_reordered(
        self, found: dict[NamedNode, Candidate], words: set[str], kind: NamedNode | None
    ) -> None:
        for form in self._holding(words):
            for thing, spelling in self._bearing(form).items():
                self._offer(found, thing, spelling, _REORDERED, kind)

    def _offer_similar(
        self, found: dict[NamedNode, Candidate], wanted: str, kind: NamedNode | None
    ) -> None:
        from rapidfuzz import fuzz, process  # only needed when no name fits

        # The quick look leaves some dozens of many thousand forms for the close one.
        some = process.extract(wanted, self._forms, scorer=fuzz.WRatio, limit=200, score_cutoff=60)
        for form, _, _ in some:
            score = likeness(wanted, form)
            for thing, spelling in self._bearing(form).items() if score else ():
                self._offer(found, thing, spelling, min(score, 93.0), kind)
        least = max((c.score for c in found.values()), default=0.0) - _FURTHEST
        for candidate in [c for c in found.values() if c.score < least]:
            del found[candidate.iri]

    def resolve(self, text: str, kind: NamedNode | None = None) -> NamedNode:
        """The one thing a text means.

        Raises:
            UnknownName: Nothing has that name; the nearest are listed.
            AmbiguousName: Several have it; all are listed.
        """
        candidates = self.find(text, kind, most=None)
        sure = [c for c in candidates if c.score == 100.0]
        labelled = [c for c in sure if key(c.label) == key(text)]
        fitting = self.foremost([c for c in candidates if c.score >= 95.0])
        if group := labelled or sure or fitting:
            if len(group) == 1:
                return group[0].iri
            raise ambiguous(text, group[:8])
        what = "thing" if kind is None else self.ontology.label(kind)
        near = candidates[:_MOST_NEAR]
        listed = "\n  or ".join(map(_told, near))
        hint = f"; did you mean {listed}?" if near else ""
        raise UnknownName(f"no {what} here is called {text!r}{hint}", [c.label for c in near])


def ambiguous(text: str, candidates: Sequence[Candidate]) -> AmbiguousName:
    """The error that lists what a text may mean, one a line."""
    listed = "".join(f"\n  {_told(candidate)}" for candidate in candidates)
    return AmbiguousName(
        f"{text!r} may mean several; give the full name or the IRI:{listed}",
        [c.label for c in candidates],
    )


def _told(candidate: Candidate) -> str:
    why = f", {candidate.why}" if candidate.why else ""
    return f"{candidate.label} ({compact(candidate.iri)}){why}"


def _why(label: str, spelling: str, score: float) -> str:
    """What of a name fits; of a thing that goes by another name, which."""
    known = f"also called {spelling}" if spelling != label else ""
    how = "spelt alike" if score < _REORDERED else ""
    how = "the same words put otherwise" if score == _REORDERED else how
    return ", ".join(filter(None, (known, how)))


def kind_of(name: str, ontology: Ontology) -> NamedNode | None:
    """The class that restricts a search, None for any; UnknownName where there is none."""
    if name == "Thing":
        return None
    for term in ontology.classes:
        if term.value == LEG.base + name:
            return term
    raise UnknownName(f"the ontology has no class {name!r}")
