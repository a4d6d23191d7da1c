r"""What of a text may be shown: characters that are read, never those that act on the reader.

Invariant: one rule for every medium. Whatever stands in a label or a quote, a terminal, page,
drawing or document shows it through `visible`; what a medium would take for a command of its own
is escaped after that, by its own function here or by the engine of `legation.pages`.
"""

import re

_LINE_ENDS = re.compile("\r\n?")
ACTING = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 and C1: they move cursors, ring bells, end strings
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # they turn what is read around
    "\u2028\u2029"  # they end a line of JavaScript, and no line that is seen
    "\ud800-\udfff"  # halves of pairs, which no file can hold
    "\ufdd0-\ufdef"
    + "".join(f"{chr(n + 0xFFFE)}{chr(n + 0xFFFF)}" for n in range(0, 0x110000, 0x10000))
    + "]"
)
"""Characters that act on a reader, a terminal or a page, and are not read."""

_LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "$": r"\$",
        "&": r"\&",
        "#": r"\#",
        "_": r"\_",
        "%": r"\%",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "`": r"\textasciigrave{}",
        "-": "-{}",
        "'": "'{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        '"': r"\textquotedbl{}",
    }
)
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~&])")


def visible(text: str) -> str:
    r"""Text in which what would act is written as an escape; line ends and tabs stay.

    >>> visible("safe\x1b[2J\r\nand \u202eelbadaer")
    'safe\\x1b[2J\nand \\u202eelbadaer'
    """
    # Python finds much unprintable that acts on nobody, but it finds it ten times as fast.
    if text.replace("\n", " ").isprintable():
        return text
    return ACTING.sub(_escape, _LINE_ENDS.sub("\n", text))


def _escape(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode()


def on_a_line(text: str) -> str:
    r"""Visible text on one line, line ends and tabs as spaces.

    >>> on_a_line("two\r\nlines")
    'two lines'
    """
    return visible(text).replace("\n", " ").replace("\t", " ")


def in_plot(text: str) -> str:
    r"""Text on one line as matplotlib draws it: a dollar sign opens no formula.

    >>> print(in_plot("$5"))
    \$5
    """
    return on_a_line(text).replace("$", r"\$")


def in_latex(text: str) -> str:
    r"""Text on one line as LaTeX reads it back: no command, no formula, no ligature.

    >>> print(in_latex("100% of $x_1$"))
    100\% of \$x\_1\$
    """
    return on_a_line(text).translate(_LATEX)


def in_markdown(text: str) -> str:
    r"""Text as Markdown, a table cell included, reads it back; line ends stay.

    >>> print(in_markdown("*1|2*"))
    \*1\|2\*
    """
    return _MARKDOWN.sub(r"\\\1", visible(text))
