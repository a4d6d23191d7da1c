"""What a check found, in the forms that terminals, editors and forges read.

Invariant: each form is a text made of the report alone, without the time or the machine in it,
so that two runs over the same files are the same bytes. Whatever an author wrote is escaped for
the form it goes into.
"""

from collections.abc import Callable, Mapping

from legation.checks.finding import Format, Report, Severity
from legation.checks.forms.github import to_github
from legation.checks.forms.junit import to_junit
from legation.checks.forms.lines import to_text
from legation.checks.forms.root import anchored, repository
from legation.checks.forms.sarif import to_sarif
from legation.checks.forms.script import to_json

__all__ = ["anchored", "repository", "written"]

_WRITERS: Mapping[Format, Callable[[Report], str]] = {
    "text": to_text,
    "json": to_json,
    "sarif": to_sarif,
    "github": to_github,
}


def written(report: Report, form: Format, *, failing: Severity = "error") -> str:
    """A report in one of its forms; the page and the screen are made elsewhere."""
    if form == "junit":
        return to_junit(report, failing=failing)
    return _WRITERS[form](report)
