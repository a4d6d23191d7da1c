"""Are two entries of the registry one thing, or do two things look like one?

Invariant: a name never merges two things. Names that are nearly the same are shown to a person
with both entries; a ``skos:editorialNote`` on either entry says that they were told apart, and
silences the warning.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from pyoxigraph import NamedNode

from legation.checks.case import Case
from legation.checks.finding import Finding, Rule
from legation.graph.spelling import key
from legation.rdf.vocabulary import LEG, RDFS, SKOS

SIMILAR = Rule(
    "similar-names",
    "warning",
    "Two entries of one kind whose names are near are told apart by a note.",
)

_NEAR = 93.0  # of 100: a letter or so in a name of usual length

Name = tuple[str, str, NamedNode]
"""The comparable form of a name, its spelling, and the thing that bears it."""


def check(case: Case) -> Iterator[Finding]:
    """Compare the names of each kind."""
    told_apart = {
        q.quad.subject
        for q in case.record.quads("registry")
        if q.quad.predicate == SKOS.editorialNote
    }
    registered = case.ontology.marked(LEG.registered)
    for kind in sorted(registered & set(case.ontology.kinds.values()), key=str):
        seen: set[frozenset[NamedNode]] = set()
        for one, two in (*_same(case, kind), *_near(case, kind)):
            pair = frozenset({one[2], two[2]})
            if pair not in seen and not pair & told_apart:
                seen.add(pair)
                yield from _finding(case, one, two)


def _finding(case: Case, one: Name, two: Name) -> Iterator[Finding]:
    first, second = sorted((one, two), key=lambda name: name[2].value)
    place, other = (case.places.of_thing(name[2], RDFS.label) for name in (second, first))
    if place is None or other is None or not case.is_asked(place.path, first[2], second[2]):
        return
    message = (
        f"{second[1]!r} is named almost as {case.short(first[2])} is, {first[1]!r} "
        f"({case.file(other.path)}:{other.line}): merge them, or tell them apart in a "
        "skos:editorialNote"
    )
    yield case.finding(
        SIMILAR,
        place,
        message,
        about=second[2],
        also=[first[2]],
        suggestion=case.short(first[2]),
    )


def _of_kind(case: Case, kind: NamedNode) -> Iterator[Name]:
    registered = {q.quad.subject for q in case.record.quads("registry")}
    for spelling, thing in case.written_names.spellings:
        if thing in registered and kind in case.types.get(thing, frozenset()):
            yield key(spelling), spelling, thing


def _same(case: Case, kind: NamedNode) -> Iterator[tuple[Name, Name]]:
    """Pairs that share a name, alias or not, however it is joined; a person's in any order."""
    bearers: defaultdict[str, list[Name]] = defaultdict(list)
    for name in _of_kind(case, kind):
        if kind == LEG.Person:
            bearers[" ".join(sorted(name[0].split()))].append(name)
        bearers[name[0].replace(" ", "")].append(name)
    for names in bearers.values():
        yield from ((a, b) for a, b in combinations(names, 2) if a[2] != b[2])


def _near(case: Case, kind: NamedNode) -> Iterator[tuple[Name, Name]]:
    """Pairs whose labels differ by a letter or so; numbers must be equal."""
    from rapidfuzz import fuzz, process  # only here

    names = sorted(
        {name for name in _of_kind(case, kind) if case.written_names.label(name[2]) == name[1]},
        key=str,
    )
    forms = [name[0] for name in names]
    for i, name in enumerate(names):
        rest = process.extract(
            name[0], forms[i + 1 :], scorer=fuzz.ratio, limit=None, score_cutoff=_NEAR
        )
        for _, _, offset in rest:
            other = names[i + 1 + offset]
            if other[2] != name[2] and _digits(name[0]) == _digits(other[0]):
                yield name, other


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())
