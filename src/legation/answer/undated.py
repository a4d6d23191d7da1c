"""What a period does with things that no source dates: how many it lets in and leaves out.

Invariant: nothing without a date is dropped, or shown as if it had one, without a word.
What a text tells of as past was before the text appeared: so much it may have been in a period.
"""

from collections.abc import Iterable, Mapping, Set

from pyoxigraph import Literal

from legation.answer.evidence import Bindings
from legation.answer.question import Question, Value
from legation.answer.source import Source
from legation.rdf.vocabulary import XSD
from legation.store import Term

_NO = Literal("false", datatype=XSD.boolean)


def asked_instead(question: Question, values: Mapping[str, Value]) -> str:
    """The query for what nothing dates, for where nothing is dated in a period; or nothing."""
    if not {"since", "until"} & values.keys() or values.get("undated") == _NO:
        return ""
    return question.bound(values, undatable=True)


def note(
    source: Source, question: Question, values: Mapping[str, Value], shown: Iterable[Bindings]
) -> str:
    """How many of the things shown bear no date, and how many such are not shown, in a sentence."""
    if not {"since", "until"} & values.keys() or values.get("undated") == _NO:
        return ""
    name = question.period.split()[0]
    rest = {key: value for key, value in values.items() if key not in ("since", "until")}
    undated = _things(source, question, name, rest)
    undated -= _things(source, question, name, {**rest, "undated": _NO})
    there = {solution[name] for solution in shown}
    in_period = _things(source, question, name, values)
    let_in, left_out = len(undated & there), len(undated - there)
    if there and not in_period:
        return f"Nothing is dated then; shown: {let_in} whose date no source gives in full"
    told = (
        f"{let_in} without a date, told of only as past, may have been then (undated=no hides it)"
    )
    gone = f"{left_out} not shown, as no source says when (ask without since and until)"
    return "; ".join([told] * bool(let_in) + [gone] * bool(left_out))


def _things(
    source: Source, question: Question, name: str, values: Mapping[str, Value]
) -> Set[Term | None]:
    found = source.store.select(question.bound(values))
    place = found.variables.index(name)
    return {row[place] for row in found} - {None}
