"""Finding a thing by more than its name: an article by publisher, an event by date and place.

Invariant: a name still comes first. What describes a thing finds it only where no thing is called
so, or has only the words within a longer name, and never decides between two.
"""

from collections.abc import Iterable
from dataclasses import replace

from pyoxigraph import NamedNode

from legation.answer.source import Source
from legation.errors import AmbiguousName, UnknownName
from legation.graph.registry import Candidate, ambiguous
from legation.graph.spelling import is_told_by, key, words_of
from legation.rdf.vocabulary import compact, local_name

_EMPTY_WORDS = frozenset("a an and at by for from in of on the to with".split())

_SLUG, _DESCRIBED, _MOST_NEAR = 99.0, 92.0, 5


def find(source: Source, text: str, kind: NamedNode | None = None) -> list[Candidate]:
    """The things that a name or description may mean, best first."""
    named = source.names.find(text, kind)
    sure = [c for c in named if c.score >= 95.0]
    described = [*_by_slug(source, text, kind), *_described(source, text, kind)]
    known = {candidate.iri for candidate in sure}
    found = [*sure, *_labelled(source, (c for c in described if c.iri not in known))] or named
    once = {c.iri: c for c in sorted(found, key=lambda c: c.score)}
    return sorted(once.values(), key=lambda c: (-c.score, c.label, c.iri.value))


def resolve(source: Source, text: str, kind: NamedNode | None = None) -> NamedNode:
    """The one thing that a name or description means; errors as of `Names.resolve`."""
    named = source.names.find(text, kind)
    if not any(c.score == 100.0 for c in named):
        slugs = _by_slug(source, text, kind)
        if len(slugs) == 1 and slugs[0] in source.names.foremost([*slugs, *named]):
            return slugs[0].iri
    try:
        meant = source.names.resolve(text, kind)
    except AmbiguousName:
        raise
    except UnknownName as error:
        described = _described(source, text, kind)
        if len(described) == 1:
            return described[0].iri
        if described:
            raise ambiguous(text, _labelled(source, described)) from error
        if kind is None or error.candidates or not (near := _sharing(source, text, kind)):
            raise
        listed = "\n  or ".join(f"{c.label} ({compact(c.iri)})" for c in near)
        hint = f"; did you mean one that shares a word with it?\n  {listed}"
        raise UnknownName(f"{error}{hint}", [c.label for c in near]) from error
    if len(rivals := _as_well(source, text, kind, meant)) > 1:
        raise ambiguous(text, _labelled(source, rivals))
    return meant


def _sharing(source: Source, text: str, kind: NamedNode) -> list[Candidate]:
    """The things of a kind that share most words with a text that nothing is called like."""
    wanted = {word for word in key(text).split() if len(word) > 2} - _EMPTY_WORDS
    shared: dict[NamedNode, int] = {}
    for spelling, thing in source.names.spellings:
        common = len(wanted & set(key(spelling).split()))
        if common > shared.get(thing, 0) and kind in source.names.types(thing):
            shared[thing] = common
    best = [thing for thing, common in shared.items() if common == max(shared.values())]
    named = [Candidate(t, source.names.label(t), text, 0.0, "shares a word") for t in best]
    return sorted(named, key=lambda c: (c.label, c.iri.value))[:_MOST_NEAR]


def _as_well(
    source: Source, text: str, kind: NamedNode | None, meant: NamedNode
) -> list[Candidate]:
    """What a text may mean beside the one thing that has its words somewhere within a name."""
    wanted = key(text)
    if any(key(name).startswith(wanted) for name in source.names.names(meant)):
        return []
    found = {c.iri: c for c in _described(source, text, kind)}
    found |= {c.iri: c for c in source.names.find(text, kind) if c.iri == meant}
    return sorted(found.values(), key=lambda c: (-c.score, c.label))


def _labelled(source: Source, found: Iterable[Candidate]) -> list[Candidate]:
    """Candidates called as answers call them: an article has a title and no name."""
    listed = list(found)
    labels = source.labels(candidate.iri for candidate in listed)
    return [replace(candidate, label=labels[candidate.iri]) for candidate in listed]


def _by_slug(source: Source, text: str, kind: NamedNode | None) -> list[Candidate]:
    """The things whose short name, the end of the IRI, is the text."""
    names = source.names
    return [
        Candidate(thing, names.label(thing), local_name(thing), _SLUG, "its short name")
        for thing in names.slugged(text)
        if kind is None or kind in names.types(thing)
    ]


def _described(source: Source, text: str, kind: NamedNode | None) -> list[Candidate]:
    """The things of which every word of a text is told, at least one of them by a mark."""
    names = source.names
    wanted = frozenset(key(text).split()) - _EMPTY_WORDS
    found = []
    for thing, told in source.marks.met(wanted).items():
        types = names.types(thing)
        if not wanted or (kind not in types if kind else _is_nameless(told, thing, source)):
            continue
        fitting = [(how, what) for how, what in told if wanted & words_of(what)]
        words = set().union(*(words_of(what) for _, what in fitting)) | words_of(names.label(thing))
        words |= {word for kind in types for word in words_of(source.ontology.label(kind))}
        # All in one text, such as a title: then in its order, as in a name.
        titles = [what for how, what in fitting if how == "titled"]
        texts = [t for t in (names.label(thing), *titles) if t != compact(thing)]
        content = " ".join(word for word in key(text).split() if word in wanted)
        is_put_so = all(is_told_by(content, key(t)) for t in texts if wanted <= words_of(t))
        if fitting and wanted <= words and is_put_so:
            why = ", ".join(f"{how} {what}" for how, what in dict(reversed(fitting)).items())
            found.append(Candidate(thing, names.label(thing), text, _DESCRIBED, why))
    return sorted(found, key=lambda c: (c.label, c.iri.value))


def _is_nameless(told: Iterable[tuple[str, str]], thing: NamedNode, source: Source) -> bool:
    """Whether a thing has neither name nor title: nobody looks for such a one without its kind."""
    return source.names.label(thing) == compact(thing) and all(how != "titled" for how, _ in told)
