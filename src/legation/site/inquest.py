"""The canned questions with their answers, as pages show them.

Invariant: what is asked is the example that the question's file gives; where this graph knows
nobody of that name, all there is. An answer that is cut says so.
"""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from legation.answer import Answer, Cell, Entity, Several, ask, written
from legation.answer.passages import outermost
from legation.answer.question import Question
from legation.errors import LegationError
from legation.site.holdings import Attestation, Holdings, Reference

MOST = 40
"""Rows of an answer that a page shows."""


@dataclass(frozen=True, slots=True)
class Testimony:
    """A row of an answer: what each cell names, what stands against it and what proves it."""

    cells: tuple[tuple[Reference, ...], ...]
    mark: str
    attestations: tuple[Attestation, ...]


@dataclass(frozen=True, slots=True)
class Inquest:
    """A question as it was asked, and its answer."""

    question: Question
    asked: Mapping[str, str]
    columns: tuple[str, ...]
    lines: tuple[Testimony, ...]
    left_out: int
    sparql: str


def inquest(held: Holdings, question: Question) -> Inquest:
    """A question with its example put to this graph."""
    asked, answer = _asked(held, question)
    return Inquest(
        question,
        asked,
        answer.columns,
        tuple(_line(held, answer, number) for number in range(min(MOST, len(answer.rows)))),
        max(0, len(answer.rows) - MOST),
        answer.sparql,
    )


def _asked(held: Holdings, question: Question) -> tuple[dict[str, str], Answer]:
    given = dict(part.split("=", 1) for part in shlex.split(question.example) if "=" in part)
    try:
        answer = ask(held.source, question, given)
    except LegationError:  # the example names somebody of another graph
        return {}, ask(held.source, question, {})
    return (given, answer) if answer.rows or not given else ({}, ask(held.source, question, {}))


def _line(held: Holdings, answer: Answer, number: int) -> Testimony:
    row = answer.rows[number]
    passages = outermost(row.evidence)
    shown = tuple(dict.fromkeys(map(held.attestation, passages)))
    return Testimony(tuple(_references(held, cell) for cell in row.cells), row.mark, shown)


def _references(held: Holdings, cell: Cell) -> tuple[Reference, ...]:
    values = cell.values if isinstance(cell, Several) else (cell,)
    return tuple(
        held.reference(NamedNode(value.iri))
        if isinstance(value, Entity)
        else held.reference(Literal(value))
        if isinstance(value, str)
        else Reference(written(value))
        for value in values
    )
