"""Findings as JSON, for scripts.

Invariant: the fields of a finding are always all there, empty strings for what it lacks.
"""

import json

from legation.checks.finding import Report


def to_json(report: Report) -> str:
    """A report as a JSON object."""
    findings = [
        {
            "file": finding.file,
            "line": finding.line,
            "column": finding.column,
            "severity": finding.severity,
            "rule": finding.rule,
            "message": finding.message,
            "quote": finding.quote,
            "suggestion": finding.suggestion,
        }
        for finding in report.findings
    ]
    return dumped({"findings": findings})


def dumped(value: object) -> str:
    r"""A value as indented JSON that is UTF-8 even where a file's name is not.

    >>> print(dumped(["Kim", "\udc80"]), end="")
    [
      "Kim",
      "\udc80"
    ]
    """
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"
