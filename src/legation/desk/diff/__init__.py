"""What is said now and was not said before, each fact with the words that prove it.

Invariant: a difference compares what two states *say*. A claim that only moved in its file, was
numbered anew or had its triples reordered is no difference.
"""

from legation.desk.diff.compare import difference
from legation.desk.diff.state import state, states
from legation.desk.diff.texts import compared
from legation.desk.diff.written import as_json, as_markdown, as_text, lost_report

__all__ = [
    "as_json",
    "as_markdown",
    "as_text",
    "compared",
    "difference",
    "lost_report",
    "state",
    "states",
]
