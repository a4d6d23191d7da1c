"""Findings at a terminal: grouped by file, in colours that say how grave they are.

Invariant: colour adds nothing that the words do not say, so NO_COLOR takes nothing away; nothing
an author wrote is read as markup.
"""

from collections.abc import Sequence
from io import StringIO
from itertools import groupby

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from legation.checks.finding import Finding, Report
from legation.checks.forms.lines import counted
from legation.text.safe import on_a_line

_STYLES = {"error": "bold red", "warning": "yellow", "note": "cyan"}


def to_screen(report: Report, *, width: int | None = None) -> str:
    """A report for a person at a terminal, as wide as that when no width is given."""
    screen = StringIO()
    console = Console(file=screen, force_terminal=True, width=width, highlight=False)
    for file, findings in groupby(report.findings, key=lambda finding: finding.file):
        console.print(Text(on_a_line(file), style="bold underline"))
        console.print(_table(tuple(findings)))
        console.print()
    style = "bold green" if not report.findings else "bold"
    console.print(Text(counted(report), style=style))
    return screen.getvalue()


def _table(findings: Sequence[Finding]) -> Padding:
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right", style="dim", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    for finding in findings:
        style = _STYLES[finding.severity]
        place = f"{finding.line}:{finding.column}"
        table.add_row(place, Text(finding.severity, style=style), _words(finding))
    return Padding(table, (0, 0, 0, 2))


def _words(finding: Finding) -> Text:
    words = Text(on_a_line(finding.message))
    words.append(f"  {on_a_line(finding.rule)}", style="dim")
    if finding.suggestion:
        words.append("\ndid you mean ")
        words.append(on_a_line(finding.suggestion), style="green").append("?")
    if finding.quote:
        words.append(f"\n“{on_a_line(finding.quote)}”", style="italic dim")
    return words
