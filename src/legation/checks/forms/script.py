"""Findings as JSON, for scripts.

Invariant: the fields of a finding are always all there, empty strings for what it lacks.
"""

import json
from dataclasses import asdict

from legation.checks.finding import Report


def to_json(report: Report) -> str:
    """A report as a JSON object."""
    rows = [asdict(finding) for finding in report.findings]
    for row in rows:
        del row["things"]  # for the judges alone
    return dumped({"findings": rows})


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
