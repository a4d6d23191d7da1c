"""What is said now and was not said before, each fact with the words that prove it.

Invariant: a difference compares what two states *say*. A claim that only moved in its file, was
numbered anew or had its triples reordered is no difference.
"""

from legation.diff.compare import Difference, difference
from legation.diff.state import State, state
from legation.diff.texts import Lost, compared
from legation.diff.written import as_json, as_markdown, as_text, lost_report

__all__ = [
    "Difference",
    "Lost",
    "State",
    "as_json",
    "as_markdown",
    "as_text",
    "compared",
    "difference",
    "lost_report",
    "state",
]
