"""Findings as lines: one each, as compilers write them, with the quote beneath.

Invariant: each finding begins on a line of its own with ``file:line:column:``, never wrapped,
and no character of it moves a terminal's cursor.
"""

import unicodedata

from legation.checks.finding import SEVERITIES, Report, Severity

_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def to_text(report: Report) -> str:
    """A report as plain lines.

    Args:
        report: What was found.

    Returns:
        A line for each finding, its quote indented beneath it, and a line that counts them.
    """
    lines: list[str] = []
    for finding in report.findings:
        lines.append(tame(str(finding)))
        if finding.quote:
            lines.append(f"    “{tame(finding.quote)}”")
    return "\n".join([*lines, counted(report)]) + "\n"


def counted(report: Report) -> str:
    """How many findings there are, in words.

    Args:
        report: What was found.

    Returns:
        The count of each severity, gravest first; of the rules held where nothing was found.

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

    Args:
        count: How many.
        noun: What, in the singular.

    Returns:
        Number and noun.

    >>> plural(1, "error"), plural(3, "warning")
    ('1 error', '3 warnings')
    """
    return f"{count} {noun}{'' if count == 1 else 's'}"


def tame(text: str) -> str:
    r"""Text on one line, without characters that act instead of being read.

    Args:
        text: Any text.

    Returns:
        The text with line ends and tabs as spaces, and other control characters and changes of
        writing direction as escapes.

    >>> tame("safe\x1b[2J\nnext")
    'safe\\x1b[2J next'
    """
    joined = " ".join(text.split("\n")).replace("\t", " ").replace("\r", "")
    return "".join(
        char.encode("unicode_escape").decode()
        if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") or char in _DIRECTION
        else char
        for char in joined
    )
