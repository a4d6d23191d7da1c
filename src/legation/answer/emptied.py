"""Why an answer is empty: which parameter leaves no row, and what would leave some.

Invariant: nothing is guessed. Each hint was asked: the same question with one parameter less.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from pyoxigraph import NamedNode

from legation.answer.cells import Cell, Entity
from legation.answer.parameter import Given, terms_of
from legation.answer.question import Question, Value
from legation.answer.source import Source
from legation.store import Rows

_MOST = 5


def hint(
    source: Source, question: Question, given: Mapping[str, Given | None], asked: Mapping[str, Cell]
) -> str:
    """What of an empty answer's parameters empties it, in sentences; `asked` is how they read."""
    values = terms_of(source, question, given)
    if not values:
        return "No claim of this graph answers the question."
    told = list(_one_less(source, question, values, {**given, **_things(asked)}))
    if told:
        return " ".join(told)
    whole = source.store.select(question.bound({}))
    if not len(_shown(whole, question)):
        return "Without any parameter it has no row either: no claim of this graph answers it."
    count = _counted(whole, question)
    return f"No one parameter empties it; without all of them it has {count}."


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
