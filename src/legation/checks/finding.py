"""A finding: one fault as a value, with its place and its remedy; and the report of them all.

Invariant: a report is sorted and holds each finding once, so that two runs over the same files
are the same bytes, and a finding can be compared with the next run's.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal as Choice
from typing import get_args

Severity = Choice["note", "warning", "error"]

SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""The severities, mildest first."""

Format = Choice["text", "json", "sarif", "junit", "github", "html"]
"""How a report is written; ``html`` is the page of `legation.desk.review`."""

_WIDTH = 9  # digits of an offset in the longest text


@dataclass(frozen=True, slots=True)
class Rule:
    """What a check looks for."""

    id: str  # in kebab-case; it never changes
    severity: Severity
    summary: str  # what holds where there is no finding


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault in the data."""

    file: str  # with "/", relative to the folder the check was asked from
    line: int  # of the value at fault, else of the subject's block; from 1
    column: int
    severity: Severity
    rule: str
    message: str  # what is wrong and what to do about it, one sentence
    quote: str = ""  # of the claim concerned
    suggestion: str = ""  # what was probably meant
    things: tuple[str, ...] = field(default=(), compare=False)  # IRIs, the one at fault first

    def __str__(self) -> str:
        return f"{self.place}: {self.severity}: {self.message}{self.hint} [{self.rule}]"

    @property
    def place(self) -> str:
        """File, line and column, as compilers write them."""
        return f"{self.file}:{self.line}:{self.column}"

    @property
    def hint(self) -> str:
        """What was probably meant, to follow the message."""
        return f" (did you mean {self.suggestion}?)" if self.suggestion else ""

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """What findings are sorted by: file, line, column, rule, message by its numbers."""
        message = re.sub(r"\d+", lambda number: number[0].zfill(_WIDTH), self.message)
        return (self.file, self.line, self.column, self.rule, message)


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found: every finding once, sorted by place."""

    findings: tuple[Finding, ...] = ()
    rules: tuple[Rule, ...] = ()  # every one that was held, broken or not

    @classmethod
    def of(cls, findings: Iterable[Finding], rules: Iterable[Rule] = ()) -> "Report":
        """A report of findings in any order, some of them perhaps told twice."""
        unique = sorted(dict.fromkeys(findings), key=lambda f: (*f.order, f.quote, f.suggestion))
        return cls(tuple(unique), tuple(sorted(set(rules), key=lambda rule: rule.id)))

    def at_least(self, severity: Severity) -> tuple[Finding, ...]:
        """The findings of a severity or a graver one, in order."""
        least = SEVERITIES.index(severity)
        return tuple(f for f in self.findings if SEVERITIES.index(f.severity) >= least)

    def count(self, severity: Severity) -> int:
        """How many findings are exactly of a severity."""
        return sum(finding.severity == severity for finding in self.findings)
