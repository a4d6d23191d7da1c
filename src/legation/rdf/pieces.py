"""Tokens without their white space, each with the comments that belong to it.

Invariant: every comment of a text hangs on exactly one piece, and read in order (remarks, piece,
note) the pieces give every significant token and every comment once. A comma, semicolon or full
stop goes before the comments that stood between it and its object, so that it can follow the
object on its line.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

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


@dataclass(slots=True)
class _Growing:
    text: str
    kind: str
    remarks: list[Remark] = field(default_factory=list)
    note: str = ""
    after_gap: bool = False
    awaits_datatype: bool = False

    def done(self) -> Piece:
        return Piece(self.text, self.kind, tuple(self.remarks), self.note, self.after_gap)


def pieces(tokens: Sequence[Token]) -> list[Piece]:
    """Hang the comments of a document on its terms and marks; the last piece is an empty one."""
    grown: list[_Growing] = []
    waiting: list[Remark] = []
    line_ends = 2
    for token in tokens:
        if token.kind == SPACE:
            line_ends += len(_LINE_END.findall(token.text))
        elif token.kind == COMMENT:
            text = token.text.rstrip(" \t")
            if grown and not waiting and not line_ends and not grown[-1].note:
                grown[-1].note = text
            else:
                waiting.append(Remark(text, line_ends > 1))
            line_ends = 0
        else:
            if not _joins(grown, token, waiting):
                grown.append(_Growing(token.text, token.kind, waiting, "", line_ends > 1))
                waiting = []
            line_ends = 0
    grown.append(_Growing("", MARK, waiting))
    return [piece.done() for piece in grown]


def _joins(grown: list[_Growing], token: Token, waiting: list[Remark]) -> bool:
    """Whether a token goes on the piece before it, or passes the comments in between."""
    if not grown:
        return False
    last = grown[-1]
    if last.awaits_datatype and token.kind in (IRI, NAME):
        last.awaits_datatype = False
    elif last.kind == STRING and token.text == "^^":
        last.awaits_datatype = True
    elif last.kind != STRING or token.kind != LANGUAGE or _is_version(grown):
        if token.text not in _STOPS or not (waiting or last.note):
            return False
        grown.append(_Growing(token.text, token.kind, note=last.note))
        last.note = ""
        return True
    last.text += token.text
    return True


def _is_version(grown: list[_Growing]) -> bool:
    """Whether the last string is that of ``VERSION "1.2"``, which no language can follow."""
    return len(grown) > 1 and grown[-2].text.lower() == "version"
