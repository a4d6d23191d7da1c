"""A finding: one fault as a value, with its place and its remedy; and the report of them all.

Invariant: a report is sorted and holds each finding once, so that two runs over the same files
are the same bytes, and a finding can be compared with the next run's.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal as Choice
from typing import get_args

Severity = Choice["note", "warning", "error"]

SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""The severities, mildest first."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a check looks for.

    Attributes:
        id: Its stable name, in kebab-case.
        severity: How grave a finding of it is, where nothing makes it milder.
        summary: One sentence: what holds where there is no finding.
    """

    id: str
    severity: Severity
    summary: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault in the data.

    Attributes:
        file: The file, with ``/``, relative to the folder the check was asked from.
        line: The line of the value at fault, else of the subject's block; from 1.
        column: The column on that line, from 1.
        severity: ``note``, ``warning`` or ``error``.
        rule: The id of the rule broken.
        message: What is wrong and what to do about it, one sentence.
        quote: The quote of the claim concerned; empty where there is none.
        suggestion: What was probably meant; empty where nothing is near.
        things: The IRIs of the things concerned, the one at fault first; empty for a whole file.
    """

    file: str
    line: int
    column: int
    severity: Severity
    rule: str
    message: str
    quote: str = ""
    suggestion: str = ""
    things: tuple[str, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        hint = f" (did you mean {self.suggestion}?)" if self.suggestion else ""
        place = f"{self.file}:{self.line}:{self.column}"
        return f"{place}: {self.severity}: {self.message}{hint} [{self.rule}]"

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """What findings are sorted by: file, line, column, rule, message."""
        return (self.file, self.line, self.column, self.rule, self.message)


@dataclass(frozen=True, slots=True)
class Look:
    """How much a shape saw.

    Attributes:
        shape: The shape's name.
        nodes: How many focus nodes it looked at.
    """

    shape: str
    nodes: int


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found.

    Attributes:
        findings: Every finding once, sorted by place.
        looks: How many nodes each shape looked at, by shape; empty where shapes did not run.
        rules: Every rule that was held against the data, by id.
    """

    findings: tuple[Finding, ...] = ()
    looks: tuple[Look, ...] = ()
    rules: tuple[Rule, ...] = ()

    @classmethod
    def of(
        cls, findings: Iterable[Finding], looks: Iterable[Look] = (), rules: Iterable[Rule] = ()
    ) -> "Report":
        """A report of findings in any order.

        Returns:
            The report, sorted, without repetition.
        """
        unique = sorted(dict.fromkeys(findings), key=lambda f: (*f.order, f.quote, f.suggestion))
        return cls(
            tuple(unique),
            tuple(sorted(looks, key=lambda look: look.shape)),
            tuple(sorted(set(rules), key=lambda rule: rule.id)),
        )

    def at_least(self, severity: Severity) -> tuple[Finding, ...]:
        """The findings that are grave enough.

        Returns:
            The findings of that severity or a graver one, in order.
        """
        least = SEVERITIES.index(severity)
        return tuple(f for f in self.findings if SEVERITIES.index(f.severity) >= least)

    def count(self, severity: Severity) -> int:
        """How many findings are exactly of a severity."""
        return sum(finding.severity == severity for finding in self.findings)
