"""Is every date one that a calendar has?

Invariant: a literal of datatype ``edtf:EDTF`` either has bounds that the build can derive, or
there is a finding on its line. That a date is of this datatype at all is for the shapes.
"""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from legation.checks.case import Case
from legation.checks.finding import Finding, Rule
from legation.rdf.vocabulary import EDTF
from legation.text import dates

NOT_EDTF = Rule(
    "date-not-edtf", "error", "A date is written in EDTF and is a day some calendar has."
)


def check(case: Case) -> Iterator[Finding]:
    """Read every date."""
    for located in case.record.quads("registry", "article"):
        value, subject = located.quad.object, located.quad.subject
        if not isinstance(value, Literal) or value.datatype != EDTF:
            continue
        graph = located.quad.graph_name
        if not isinstance(subject, NamedNode) or not case.is_asked(located.path, subject, graph):
            continue
        try:
            dates.bounds(value.value)
        except dates.DateError as error:
            yield case.fault(NOT_EDTF, located, str(error))
