"""Tokens without their white space, each with the comments that belong to it.

Invariant: every comment of a text hangs on exactly one piece, and read in order (remarks, piece,
note) the pieces give every significant token and every comment once. A comma, semicolon or full
stop goes before the comments that stood between it and its object, so that it can follow the
object on its line.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from legation.rdf.tokens import COMMENT, IRI, LANGUAGE, MARK, NAME, SPACE, STRING, Token

_LINE_END = re.compile(r"\r\n|\r|\n")
_STOPS = (";", ",", ".")


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment on a line of its own, and whether a blank line stands before it."""

    text: str
    after_gap: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A term or mark with its comments; a literal includes its datatype or language."""

    text: str
    kind: str  # that of its first token
    remarks: tuple[Remark, ...] = ()  # the comment lines before it
    note: str = ""  # the comment after it on its line
    after_gap: bool = False  # whether a blank line stands directly before it


def pieces(tokens: Sequence[Token]) -> list[Piece]:
    """Hang the comments of a document on its terms and marks; the last piece is an empty one."""
    grown: list[Piece] = []
    waiting: list[Remark] = []
    line_ends = 2
    for token in tokens:
        if token.kind == SPACE:
            line_ends += len(_LINE_END.findall(token.text))
        elif token.kind == COMMENT:
            text = token.text.rstrip(" \t")
            if grown and not waiting and not line_ends and not grown[-1].note:
                grown[-1] = replace(grown[-1], note=text)
            else:
                waiting.append(Remark(text, line_ends > 1))
            line_ends = 0
        else:
            if not _joins(grown, token, waiting):
                grown.append(Piece(token.text, token.kind, tuple(waiting), "", line_ends > 1))
                waiting = []
            line_ends = 0
    return [*grown, Piece("", MARK, tuple(waiting))]


def _joins(grown: list[Piece], token: Token, waiting: list[Remark]) -> bool:
    """Whether a token goes on the piece before it, or passes the comments in between."""
    if not grown:
        return False
    last = grown[-1]
    goes_on = (
        token.text == "^^"
        or (token.kind in (IRI, NAME) and last.text.endswith("^^"))
        or (token.kind == LANGUAGE and not _is_version(grown))
    )
    if last.kind == STRING and goes_on:
        grown[-1] = replace(last, text=last.text + token.text)
        return True
    if token.text in _STOPS and (waiting or last.note):
        grown[-1:] = [replace(last, note=""), Piece(token.text, token.kind, note=last.note)]
        return True
    return False


def _is_version(grown: list[Piece]) -> bool:
    """Whether the last string is that of ``VERSION "1.2"``, which no language can follow."""
    return len(grown) > 1 and grown[-2].text.lower() == "version"
