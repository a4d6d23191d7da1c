"""The canned questions with their answers, as pages show them.

Invariant: what is asked is the example that the question's file gives; on another graph than the
one it was written for, the first of all there is. An answer that is cut says so.
"""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode

from legation.answer import Answer, Cell, Entity, Row, Several, ask, written
from legation.answer.passages import outermost
from legation.answer.question import Question
from legation.errors import LegationError
from legation.site.attestation import Attestation, Reference
from legation.site.holdings import Holdings

MOST = 40
"""Rows of an answer that a page shows."""

_SOLUTIONS = 600  # of which those rows are made, where nothing narrows a question


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
    is_cut: bool
    sparql: str


def inquest(held: Holdings, question: Question) -> Inquest:
    """A question with its example put to this graph."""
    asked, answer, is_cut = _asked(held, question)
    return Inquest(
        question,
        asked,
        answer.columns,
        tuple(_line(held, row) for row in answer.rows[:MOST]),
        is_cut or len(answer.rows) > MOST,
        answer.sparql,
    )


def _asked(held: Holdings, question: Question) -> tuple[dict[str, str], Answer, bool]:
    """What was asked for, the answer, and whether there may be more of it than was fetched."""
    given = dict(part.split("=", 1) for part in shlex.split(question.example) if "=" in part)
    if given and _is_at_home(held, question.name):
        try:
            answer = ask(held.source, question, given)
        except LegationError:  # the example names somebody who is not here any more
            answer = None
        if answer is not None and answer.rows:
            return given, answer, False
    first = replace(question, body=f"{question.body}\nLIMIT {_SOLUTIONS}")
    answer = ask(held.source, first, {})
    return {}, replace(answer, sparql=question.body), len(answer.rows) > MOST


def _is_at_home(held: Holdings, question: str) -> bool:
    """Whether a question's example is of this graph: Legation's are of the reference."""
    space = held.workspace
    place = {path.stem: path for path in space.question_files}[question]
    return space.is_bundled or not place.is_relative_to(space.home / "queries")


def _line(held: Holdings, row: Row) -> Testimony:
    shown = tuple(dict.fromkeys(map(held.attestation, outermost(row.evidence))))
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
