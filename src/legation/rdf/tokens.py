"""Turtle, TriG and SPARQL cut into tokens, with nothing lost.

Invariant: the tokens of a text, joined, are that text, code point by code point. Whatever edits a
file of the graph changes single tokens and leaves every other one as the author wrote it.
Source: RDF 1.2 TriG, section "Grammar" (terminals).
"""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

SPACE: Final = "space"
COMMENT: Final = "comment"
STRING: Final = "string"
LANGUAGE: Final = "language"
IRI: Final = "iri"
NAME: Final = "name"
BLANK: Final = "blank"
NUMBER: Final = "number"
WORD: Final = "word"
MARK: Final = "mark"

CLOSING: Final = {"[": "]", "(": ")", "<<": ">>", "<<(": ")>>", "{|": "|}"}
"""What ends each mark that encloses terms; braces enclose statements."""

_BEGIN = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_INNER = _BEGIN + "_0-9\u00b7\u0300-\u036f\u203f\u2040\\-"
_ESCAPED = r"\\[_~.\-!$&'()*+,;=/?#@%]|%[0-9A-Fa-f]{2}"
_PREFIX = f"(?:[{_BEGIN}](?:[{_INNER}.]*[{_INNER}])?)?"
_LOCAL = (
    f"(?:(?:[{_BEGIN}_:0-9]|{_ESCAPED})(?:(?:[{_INNER}:]|{_ESCAPED})|\\.+(?=[{_INNER}:\\\\%]))*)?"
)
# The first that fits is taken: a long string before an empty one, the name "a:b" before the word
# "a". A full stop belongs to a name or a number only where more of it follows.
_TERMINALS = (
    (SPACE, r"[ \t\r\n]+"),
    (COMMENT, r"#[^\r\n]*"),
    (
        STRING,
        r'"""(?:"{0,2}(?:[^"\\]|\\.))*"""'
        r"|'''(?:'{0,2}(?:[^'\\]|\\.))*'''"
        r'|"(?:[^"\\\r\n]|\\.)*"'
        r"|'(?:[^'\\\r\n]|\\.)*'",
    ),
    (LANGUAGE, r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[A-Za-z]+)?"),
    (IRI, r'<(?:[^\x00-\x20<>"{}|^`\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>'),
    (BLANK, f"_:[{_BEGIN}_0-9](?:[{_INNER}.]*[{_INNER}])?"),
    (NAME, f"{_PREFIX}:{_LOCAL}"),
    (NUMBER, r"[+-]?(?:\d+\.\d*[eE][+-]?\d+|\.?\d+[eE][+-]?\d+|\d*\.\d+|\d+)"),
    (WORD, r"[A-Za-z][A-Za-z0-9_]*"),
    (MARK, r"\^\^|<<\(|\)>>|<<|>>|\{\||\|\}|."),
)
_TOKEN = re.compile("|".join(f"(?P<{kind}>{form})" for kind, form in _TERMINALS), re.S)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.S)
_ESCAPES = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


@dataclass(frozen=True, slots=True)
class Token:
    """Some characters and what they are, one of the constants of this module."""

    kind: str
    text: str

    @property
    def is_trivia(self) -> bool:
        """Whether it is white space or a comment, which say nothing to a machine."""
        return self.kind in (SPACE, COMMENT)


def tokenize(text: str) -> list[Token]:
    """Cut a text into tokens; what is no valid Turtle becomes single characters at the worst.

    >>> [token.text for token in tokenize("a:b.c  leg:seats 1. # one")]
    ['a:b.c', '  ', 'leg:seats', ' ', '1', '.', ' ', '# one']
    """
    return [Token(str(found.lastgroup), found.group()) for found in _TOKEN.finditer(text)]


def joined(tokens: list[Token]) -> str:
    """The text of some tokens."""
    return "".join(token.text for token in tokens)


def string_value(literal: str) -> str:
    r"""What a string token, in any of the four forms, says with its escapes resolved.

    >>> string_value(r"'''say \u201cyes\u201d'''")
    'say “yes”'
    """
    width = 3 if literal[:3] in ('"""', "'''") else 1
    return _unescaped(literal[width:-width])


def _unescaped(text: str) -> str:
    def meant(found: re.Match[str]) -> str:
        code = found.group(1) or found.group(2)
        if code is not None:
            return chr(int(code, 16))
        return _ESCAPES.get(found.group(3), found.group(3))

    return _ESCAPE.sub(meant, text) if "\\" in text else text


@dataclass(frozen=True)
class Prefixes:
    """The prefixes a file has declared up to some point, without their colons."""

    table: tuple[tuple[str, str], ...] = ()

    @cached_property
    def _bases(self) -> dict[str, str]:
        return dict(self.table)

    def declaring(self, prefix: str, base: str) -> "Prefixes":
        """The prefixes after one more declaration."""
        kept = tuple(row for row in self.table if row[0] != prefix)
        return replace(self, table=(*kept, (prefix, base)))

    def iri(self, token: Token) -> str | None:
        """The IRI a token stands for; None also for an undeclared prefix or a relative IRI."""
        if token.kind == IRI:
            written = _unescaped(token.text[1:-1])
            return written if ":" in written else None
        if token.kind == NAME:
            prefix, _, local = token.text.partition(":")
            base = self._bases.get(prefix)
            return None if base is None else base + re.sub(r"\\(.)", r"\1", local)
        return None
