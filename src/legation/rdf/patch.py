"""Edits of single tokens, collected first and applied together.

Invariant: whatever no edit names comes out as it went in.
"""

from collections import defaultdict
from collections.abc import Iterable

from legation.rdf.outline import Outline, Value
from legation.rdf.tokens import SPACE


class Patch:
    """A file on its way to a new text."""

    def __init__(self, drawn: Outline) -> None:
        self.drawn = drawn
        self._replaced: dict[int, str] = {}
        self._added: defaultdict[int, list[str]] = defaultdict(list)

    @property
    def line_end(self) -> str:
        """The line end that the file uses."""
        spaces = (token.text for token in self.drawn.tokens if token.kind == SPACE)
        return next(("\r\n" if "\r" in text else "\n" for text in spaces if "\n" in text), "\n")

    def replace(self, value: Value, text: str) -> None:
        """Write something else in the place of a value."""
        self._replaced[value.first] = text
        for index in range(value.first + 1, value.last + 1):
            self._replaced[index] = ""

    def remove(self, indexes: Iterable[int]) -> None:
        """Take tokens out."""
        self._replaced |= dict.fromkeys(indexes, "")

    def add(self, index: int, text: str) -> None:
        """Write something after a token and what was added there; -2 and -1 are the beginning."""
        self._added[index].append(text)

    def add_property(self, index: int, text: str, beside: int) -> None:
        """Write one more predicate and object into a block."""
        margin = self.margin(beside)
        self.add(index, f" ; {text}" if margin is None else f" ;{self.line_end}{margin}{text}")

    def margin(self, index: int) -> str | None:
        """The white space before a token that begins its line; None for another token."""
        before = self.drawn.tokens[index - 1].text if index else "\n"
        return before.rsplit("\n", 1)[1] if "\n" in before else None

    def text(self) -> str:
        """The file with every edit applied."""
        parts = [*self._added.get(-2, ()), *self._added.get(-1, ())]
        for index, token in enumerate(self.drawn.tokens):
            parts.append(self._replaced.get(index, token.text))
            parts += self._added.get(index, ())
        return "".join(parts)
