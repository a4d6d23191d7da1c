"""Answers: asking a question, citing what proves each row, explaining a thing.

The rooms, from the bottom: `cells` (what stands in an answer), `row` (cells by name, with what
proves and contradicts them), `passages` (each shown once), `sheet` (CSV, Markdown), `values` (what
an answer is), `evidence` (which claims prove what), `source` (what is asked), `parameter` (from
names to terms), `catalogue` (the questions), `united` (one row a thing), `inquiry` (asking),
`explanation`.
"""

from legation.answer.catalogue import Candidates, Questions
from legation.answer.cells import NOT_STATED, Cell, Entity, Evidence, Several, written
from legation.answer.evidence import evidence_for
from legation.answer.explanation import Explanation, explain
from legation.answer.inquiry import ask, query
from legation.answer.parameter import Given, suggested, terms_of, thing_of, triple_of
from legation.answer.passages import Passages
from legation.answer.row import Row
from legation.answer.source import Source
from legation.answer.values import Answer

__all__ = [
    "NOT_STATED",
    "Answer",
    "Candidates",
    "Cell",
    "Entity",
    "Evidence",
    "Explanation",
    "Given",
    "Passages",
    "Questions",
    "Row",
    "Several",
    "Source",
    "ask",
    "evidence_for",
    "explain",
    "query",
    "suggested",
    "terms_of",
    "thing_of",
    "triple_of",
    "written",
]
