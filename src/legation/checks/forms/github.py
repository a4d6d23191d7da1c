"""Findings as workflow commands, which GitHub shows on the changed lines of a pull request.

Invariant: a message is data. Whatever could end a command, or begin another, is escaped.
Source: GitHub Actions, "Workflow commands", and the escaping of its toolkit.
"""

from legation.checks.finding import Finding, Report
from legation.checks.forms.lines import counted
from legation.text.safe import on_a_line

_LEVELS = {"error": "error", "warning": "warning", "note": "notice"}


def to_github(report: Report) -> str:
    """A report as workflow commands."""
    return "\n".join([*map(_command, report.findings), counted(report)]) + "\n"


def _command(finding: Finding) -> str:
    properties = {
        "file": finding.file,
        "line": str(finding.line),
        "col": str(finding.column),
        "title": finding.rule,
    }
    named = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_LEVELS[finding.severity]} {named}::{_data(_words(finding))}"


def _words(finding: Finding) -> str:
    quote = f"\n“{on_a_line(finding.quote)}”" if finding.quote else ""
    return f"{on_a_line(finding.message + finding.hint)}{quote}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
