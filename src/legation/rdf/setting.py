"""Pieces of a document set on lines, statement by statement.

Invariant: pieces are written in the order read, each once. Where a line breaks follows from the
pieces alone, never from the line ends of the author.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from legation.rdf.pieces import Piece
from legation.rdf.tokens import CLOSING, LANGUAGE, STRING, WORD

WIDTH = 100
"""The longest line on which several objects share a line, in code points."""

_INDENT = "    "
_DIRECTIVES = {"prefix": 3, "base": 2, "version": 2}
_TOGETHER = ("(", "[")
# What may follow a tilde that names no reifier; anything else is that name.
_AFTER_REIFIER = ("{|", ";", ",", ".", "]", "|}", "}")


@dataclass(frozen=True, slots=True)
class Item:
    """A directive, a block of triples, a graph, or the comments at the end."""

    lines: tuple[str, ...]  # without the comments before it
    kind: str  # directive, triples, graph or end
    first: Piece  # with the comments before it
    name: str = ""  # the subject or graph it opens with

    @property
    def is_long(self) -> bool:
        """Whether it takes more than one line."""
        return len(self.lines) > 1

    @property
    def gaps(self) -> tuple[bool, ...]:
        """Before each of its comments and before itself: whether the author left a blank line."""
        return (*(remark.after_gap for remark in self.first.remarks), self.first.after_gap)


def items(parts: Sequence[Piece]) -> list[Item]:
    """What stands at the top of a document, in order; comments at its end as the last item."""
    reader = _Reader(parts)
    found = []
    while reader.ahead.text or reader.ahead.remarks:
        found.append(reader.item(0))
    return found


def with_remarks(item: Item, level: int) -> list[str]:
    """The lines of an item with the comments before it."""
    lines: list[str] = []
    for remark, has_gap in zip(item.first.remarks, item.gaps, strict=False):
        if has_gap and lines:
            lines.append("")
        lines.append(_INDENT * level + remark.text)
    if lines and item.lines and item.first.after_gap:
        lines.append("")
    return [*lines, *item.lines]


class _Reader:
    """Walks the pieces of a valid document once; a line that ends in a comment takes no more."""

    def __init__(self, parts: Sequence[Piece]) -> None:
        self.parts = list(parts)
        self.at = 0
        self.lines: list[str] = []
        self.is_open = False

    @property
    def ahead(self) -> Piece:
        return self.parts[self.at]

    def take(self, glue: str | None, level: int) -> None:
        """Write a piece after some glue, or, with None, at the start of a line."""
        piece, margin = self.ahead, _INDENT * level
        self.lines += [margin + remark.text for remark in piece.remarks]
        if glue is None or piece.remarks or not self.is_open:
            self.lines.append(margin + piece.text)
        else:
            self.lines[-1] += glue + piece.text
        self.is_open = not piece.note
        if piece.note:
            self.lines[-1] += f"  {piece.note}"
        self.at += 1

    def item(self, level: int) -> Item:
        """Set what stands next at the level of statements."""
        outer, self.lines, self.is_open = (self.lines, self.is_open), [], False
        first, start = self.ahead, self.at
        kind, name = self._kind(), first.text
        self.parts[start] = replace(first, remarks=())
        if kind == "directive":
            self._directive(level)
        elif kind == "graph":
            name = self._graph(level)
        elif kind == "triples":
            self._triples(level)
        lines = tuple(self.lines)
        self.lines, self.is_open = outer
        return Item(lines, kind, first, name)

    def _kind(self) -> str:
        piece, after = self.ahead, self.parts[self.at + 1 : self.at + 3]
        if piece.kind == LANGUAGE or (piece.kind == WORD and piece.text.lower() in _DIRECTIVES):
            return "directive"
        follower = "".join(part.text for part in after[:1])
        blank_graph = piece.text + "".join(part.text for part in after) == "[]{"
        if "{" in (piece.text, follower) or piece.text.lower() == "graph" or blank_graph:
            return "graph"
        return "triples" if piece.text else "end"

    def _directive(self, level: int) -> None:
        word = self.ahead.text.lower()
        count = _DIRECTIVES.get(word) or _DIRECTIVES[word[1:]] + 1
        for number in range(count):
            self.take(" " if number else None, level)

    def _graph(self, level: int) -> str:
        """Set a graph; what stands in it is set as a document one level deeper."""
        glue: str | None = None
        name = ""
        while self.ahead.text != "{":
            name = self.ahead.text
            self.take("" if name == "]" else glue, level)
            glue = " "
        self.take(glue, level)
        is_first = True
        while self.ahead.text != "}":
            inner = self.item(level + 1)
            if inner.gaps[0] and not is_first:
                self.lines.append("")
            self.lines += with_remarks(inner, level + 1)
            is_first = False
        self.lines += [_INDENT * (level + 1) + remark.text for remark in self.ahead.remarks]
        self.parts[self.at] = replace(self.ahead, remarks=())
        self.take(None, level)
        return name

    def _triples(self, level: int) -> None:
        self._term(None, level)
        self._predicates(" ", level + 1)
        if self.ahead.text == ".":
            self.take(" ", level + 1)

    def _predicates(self, glue: str | None, level: int) -> None:
        """Set predicates and their objects, one predicate a line, up to what closes them."""
        while self.ahead.text not in (".", "]", "|}", "}"):
            if self.ahead.text == ";":
                self.take(" ", level)
            else:
                self.take(glue, level)
                self._objects(level)
            glue = None

    def _objects(self, level: int) -> None:
        """Set objects: on one line when they are short names, else one a line."""
        end, count = self._extent()
        shares = count == 1 or (self._is_flat(end) and self._fits(end, " ", level))
        deeper = level
        glue: str | None = " "
        for number in range(count):
            self._term(glue, deeper)
            while self.ahead.text in ("~", "{|"):
                self._flat(" ", deeper)
            if number + 1 < count:
                self.take("", deeper)
            glue, deeper = (" ", level) if shares else (None, level + 1)

    def _extent(self) -> tuple[int, int]:
        """Where the objects ahead end, and how many there are."""
        at, depth, count = self.at, 0, 1
        while depth or self.parts[at].text not in (";", ".", "]", "|}", "}"):
            text = self.parts[at].text
            depth += (text in CLOSING) - (text in CLOSING.values())
            count += not depth and text == ","
            at += 1
        return at, count

    def _is_flat(self, end: int) -> bool:
        """Whether what is ahead holds no string, no nested node and no comment."""
        ahead = self.parts[self.at : end]
        return not any(
            part.kind == STRING or part.text in CLOSING or part.note or part.remarks
            for part in ahead
        )

    def _fits(self, end: int, glue: str | None, level: int) -> bool:
        """Whether what is ahead fits on the line, with the mark that follows it."""
        begins = len(_INDENT) * level
        if glue is not None and self.is_open:
            begins = len(self.lines[-1].rsplit("\n", 1)[-1]) + len(glue)
        length = sum(len(part.text) + (part.text != ",") for part in self.parts[self.at : end])
        return begins + length + len(";") <= WIDTH

    def _flat(self, glue: str | None, level: int) -> None:
        """Set a term and what it encloses with single spaces."""
        depth = 0
        while True:
            text = self.ahead.text
            depth += (text in CLOSING) - (text in CLOSING.values())
            before = self.parts[self.at - 1].text if self.at else ""
            tight = text == "," or (before in _TOGETHER and text == CLOSING[before])
            self.take("" if tight else glue, level)
            glue = " "
            if not depth and (text != "~" or self.ahead.text in _AFTER_REIFIER):
                return

    def _term(self, glue: str | None, level: int) -> None:
        opening = self.ahead.text
        if opening in _TOGETHER and not self._is_short(glue, level):
            self.take(glue, level)
            if opening == "[":
                self._predicates(None, level + 1)
            while self.ahead.text != CLOSING[opening]:
                self._term(None, level + 1)
            self.take(None, level)
        elif opening in CLOSING:
            self._flat(glue, level)
        else:
            self.take(glue, level)

    def _is_short(self, glue: str | None, level: int) -> bool:
        """Whether a list has at most one plain item, a node one property and value; and it fits."""
        at = self.at + 1
        while self.parts[at].text not in ("]", ")", ";", ",", ".", *CLOSING):
            at += 1
        held = self.parts[self.at : at]
        is_free = not any(part.note for part in held) and not any(
            part.remarks for part in self.parts[self.at + 1 : at + 1]
        )
        is_plain = self.parts[at].text == "]" or (self.parts[at].text == ")" and len(held) < 3)
        return is_plain and is_free and self._fits(at + 1, glue, level)
