"""What a check found, in the forms that terminals, editors and forges read.

Invariant: each form is a text made of the report alone, without the time or the machine in it,
so that two runs over the same files are the same bytes. Whatever an author wrote is escaped for
the form it goes into.
"""

from typing import TYPE_CHECKING

from legation.checks.forms.choice import Format
from legation.checks.forms.root import anchored, repository

if TYPE_CHECKING:
    from legation.checks.finding import Report, Severity

__all__ = ["Format", "anchored", "repository", "written"]


def written(report: "Report", form: Format, *, failing: "Severity" = "error") -> str:
    """A report in one of its forms."""
    if form is Format.json:
        from legation.checks.forms.script import to_json

        return to_json(report)
    if form is Format.sarif:
        from legation.checks.forms.sarif import to_sarif

        return to_sarif(report)
    if form is Format.junit:
        from legation.checks.forms.junit import to_junit

        return to_junit(report, failing=failing)
    if form is Format.github:
        from legation.checks.forms.github import to_github

        return to_github(report)
    from legation.checks.forms.lines import to_text

    return to_text(report)
