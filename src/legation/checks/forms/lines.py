"""Findings as lines: one each, as compilers write them, with the quote beneath.

Invariant: each finding begins on a line of its own with ``file:line:column:``, never wrapped,
and no character of it moves a terminal's cursor.
"""

from legation.checks.finding import SEVERITIES, Report, Severity
from legation.text.safe import on_a_line


def to_text(report: Report) -> str:
    """A report as plain lines, each finding with its quote beneath it, and a count of all."""
    lines: list[str] = []
    for finding in report.findings:
        lines.append(on_a_line(str(finding)))
        if finding.quote:
            lines.append(f"    “{on_a_line(finding.quote)}”")
    return "\n".join([*lines, counted(report)]) + "\n"


def counted(report: Report) -> str:
    """The count of each severity, gravest first; of the rules held where nothing was found.

    >>> counted(Report())
    'no findings'
    """
    counts = [(report.count(severity), severity) for severity in reversed(SEVERITIES)]
    found = [plural(count, severity) for count, severity in counts if count]
    if found:
        return ", ".join(found)
    held = f": {plural(len(report.rules), 'rule')} held" if report.rules else ""
    return f"no findings{held}"


def plural(count: int, noun: Severity | str) -> str:
    """A number of things.

    >>> plural(1, "error"), plural(3, "warning")
    ('1 error', '3 warnings')
    """
    return f"{count} {noun}{'' if count == 1 else 's'}"
