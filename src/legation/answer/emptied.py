"""Why an answer is empty: which parameter leaves no row, and what would leave some.

Invariant: nothing is guessed. Each hint was asked: the same question with one parameter less, or
another question about the same things.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from pyoxigraph import NamedNode

from legation.answer.catalogue import GROUPS
from legation.answer.cells import Cell, Entity
from legation.answer.parameter import Given, terms_of
from legation.answer.question import Question, Value
from legation.answer.source import Source
from legation.graph.registry import kind_of
from legation.rdf.vocabulary import compact
from legation.store import Rows

_MOST = 3
_TRIES, _NAMED = 12, 3  # counted, not timed: an answer is the same on every machine
_NO_THINGS = ("class", "date", "flag", "integer", "value", "words")
_OF_TWO = (
    "timeline actor other, meetings person other, statements speaker about, "
    "article_says origin about"
)
_OF_ANY = (
    "did_not_happen about, plans actor, messages of, timeline actor, timeline place, "
    "statements speaker, statements at, statements about, article_says origin, about thing"
)
"""Questions that tell of things of many kinds, with the parameters that take these; best first."""

_OF_ANYBODY = frozenset(
    "about attribution co_attendance letters names_of search sources_of whereabouts".split()
)
"""Questions that have rows for nearly whatever is given: naming them would help nobody."""


def hint(
    source: Source,
    question: Question,
    given: Mapping[str, Given | None],
    asked: Mapping[str, Cell],
    *,
    questions: Mapping[str, Question],
) -> str:
    """Why an answer is empty and where rows are, in sentences; `asked` is how parameters read."""
    values = terms_of(source, question, given)
    why = _why(source, question, values, {**given, **_things(asked)})
    if found := _elsewhere(source, question, values, questions):
        return f"Rows for the same are in: {'; '.join(found)}. {why}"
    return why


def _why(
    source: Source, question: Question, values: Mapping[str, Value], said: Mapping[str, object]
) -> str:
    """What of the parameters empties it."""
    if not values:
        return "No claim of this graph answers the question."
    if told := list(_one_less(source, question, values, said)):
        return " ".join(told)
    whole = source.store.select(question.bound({}))
    if not len(_shown(whole, question)):
        return "Without any parameter it has no row either: no claim of this graph answers it."
    count = _counted(whole, question)
    return f"No one parameter empties it; without all of them it has {count}."


def _elsewhere(
    source: Source,
    question: Question,
    values: Mapping[str, Value],
    questions: Mapping[str, Question],
) -> list[str]:
    """Other questions, as they are asked, that have rows for the same things; each was tried."""
    params = [question.param(name) for name in values]
    things = [values[p.name] for p in params if p.kinds[0] not in _NO_THINGS]
    found: dict[str, str] = {}
    most = tries = 0
    for other, names in _fitting(source, question, things, questions):
        is_same = other.name == question.name and names[0] in values
        if is_same or other.name in found or len(names) < most:
            continue
        tries += 1
        # What tells of both things is nearer than what tells of one: then that alone is named.
        kept = (p for p in params if p in other.params and p.kinds[0] in _NO_THINGS)
        asked = {**dict(zip(names, things, strict=False)), **{p.name: values[p.name] for p in kept}}
        if len(source.store.select(_any_row(other.bound(asked)))):
            found[other.name] = " ".join([other.name, *_written(source, asked)])
            most = len(names)
        if tries == _TRIES or len(found) == _NAMED:
            break
    return list(found.values())


def _any_row(sparql: str) -> str:
    """A query for one row of another: put in order, all of them would have to be found first."""
    return re.sub(r"\bORDER\s+BY\b[^{}]*\Z", "", sparql, flags=re.IGNORECASE) + "\nLIMIT 1"


def _fitting(
    source: Source, question: Question, things: Sequence[Value], questions: Mapping[str, Question]
) -> Iterator[tuple[Question, list[str]]]:
    """The other questions whose parameters take some things, with these parameters."""
    types = [source.types(thing) for thing in things if isinstance(thing, NamedNode)]
    for name, *params in _nearest(question, questions):
        other = questions.get(name, question)
        # A workspace may have another question of that name.
        is_fit = {*params} <= {p.name for p in other.params} and "LIMIT" not in other.body
        if not is_fit or len(params) > len(types):
            continue
        takes = [{kind_of(k, source.ontology) for k in other.param(p).kinds} for p in params]
        if all(None in kinds or kinds & has for kinds, has in zip(takes, types, strict=False)):
            yield other, params


def _nearest(question: Question, questions: Mapping[str, Question]) -> Iterator[list[str]]:
    """Questions with the parameters that may take the same things: about like matters first."""
    yield from map(str.split, _OF_TWO.split(", "))
    group = next((names for names in GROUPS.values() if question.name in names.split()), "")
    for name in dict.fromkeys((question.name, *group.split())):
        if name in questions and name not in _OF_ANYBODY:
            yield from (
                [name, p.name] for p in questions[name].params if p.kinds[0] not in _NO_THINGS
            )
    yield from map(str.split, _OF_ANY.split(", "))


def _written(source: Source, asked: Mapping[str, Value]) -> Iterator[str]:
    labels = source.labels(asked.values())
    for name, value in asked.items():
        text = labels[value] if isinstance(value, NamedNode) else value.value
        if isinstance(value, NamedNode) and '"' in text:
            text = compact(value, source.prefixes)
        yield f'{name}="{text}"' if " " in text else f"{name}={text}"


def _one_less(
    source: Source, question: Question, values: Mapping[str, Value], said: Mapping[str, object]
) -> Iterator[str]:
    for name in values:
        rest = {other: value for other, value in values.items() if other != name}
        found = source.store.select(question.bound(rest))
        if len(_shown(found, question)):
            stated = f"{name}={said[name]}"
            others = _others(source, question, found, name)
            would = f", with {name} one of {others}" if others else ""
            count = _counted(found, question)
            there = "there is" if count == "1 row" else "there are"
            yield f"{stated} empties it: without it {there} {count}{would}."


def _things(asked: Mapping[str, Cell]) -> dict[str, str]:
    """The parameters that are things, by their labels; dates read best as they were given."""
    return {name: cell.label for name, cell in asked.items() if isinstance(cell, Entity)}


def _shown(found: Rows, question: Question) -> set[tuple[object, ...]]:
    apart = [c for c in question.columns if c in found.variables and c not in question.together]
    places = [found.variables.index(column) for column in apart]
    return {tuple(row[i] for i in places) for row in found}


def _counted(found: Rows, question: Question) -> str:
    count = len(_shown(found, question))
    return f"{count} row{'' if count == 1 else 's'}"


def _others(source: Source, question: Question, found: Rows, name: str) -> str:
    """The most frequent things that a parameter is in some rows, where the rows tell."""
    column = _column(question, found, name)
    if column is None:
        return ""
    place = found.variables.index(column)
    counted = Counter(row[place] for row in found if isinstance(row[place], NamedNode))
    ranked = sorted(counted, key=lambda thing: (-counted[thing], str(thing)))
    labels = source.labels(ranked)
    more = ", …" if len(ranked) > _MOST else ""
    named = [labels[thing] for thing in ranked[:_MOST] if isinstance(thing, NamedNode)]
    return ", ".join(named) + more


def _column(question: Question, found: Rows, name: str) -> str | None:
    """The variable of the rows that holds what a parameter asks for; the query equates the two."""
    if name in found.variables:
        return name
    equal = re.search(rf"\?(\w+)\s*=\s*\?{name}\b", question.body)
    return equal[1] if equal and equal[1] in found.variables else None
