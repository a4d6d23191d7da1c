"""Pinning: from the words of a quote to its place in the archived text.

Invariant: only the hash is written, the offset of a quote that stands more than once, and with
``fix`` the words of a quote, and those that its claim records as written, that differ by nothing
but quotation marks, dashes, spaces or the characters that letters are made of. Every other
character of the file stays. A quote that cannot be placed for certain is a fault, and nothing is
written for it.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from legation.desk.edit.offsets import Placed, Unplaced, place
from legation.errors import InputError, UsageError
from legation.rdf import trig
from legation.rdf.outline import Outline, Statement, Value, outline
from legation.rdf.patch import Patch
from legation.rdf.tokens import tokenize
from legation.rdf.vocabulary import LEG, RDF, compact, local_name
from legation.text.letters import composed
from legation.text.spans import occurrences


@dataclass(frozen=True, slots=True)
class Fault:
    """A quote that was not pinned: why, what to do, and the passages that may be meant."""

    path: Path
    line: int
    message: str
    details: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "\n    ".join([f"{self.path}:{self.line}: {self.message}", *self.details])


@dataclass(frozen=True, slots=True)
class Pinned:
    """The bytes a file should have, a sentence for each change, and what could not be pinned."""

    data: bytes
    changes: tuple[str, ...]
    faults: tuple[Fault, ...]
    quotes: int


@dataclass(frozen=True, slots=True)
class Answers:
    """What the author decided about quotes that stand in several places.

    ``anywhere`` are offsets, each for the one open quote that stands there, ``by_claim`` those of
    claims by IRI; ``fix`` takes the text's own marks and spaces.
    """

    anywhere: tuple[int, ...] = ()
    by_claim: Mapping[str, int] = field(default_factory=dict)
    fix: bool = False


NO_ANSWERS = Answers()
_AS_WRITTEN = {
    term.value
    for term in (LEG.text, LEG.titleAsWritten, LEG.nameAsWritten, LEG.field, LEG.extent, LEG.unit)
}
_OTHER_TEXT = (
    "the archived text is not the one whose leg:textSha256 stands here, and quotes are lost in it: "
    "bring back that text, or compare both with 'legation diff OLD.txt NEW.txt'"
)


def pinned(data: bytes, path: Path, source: bytes, answers: Answers = NO_ANSWERS) -> Pinned:
    """Find the place of every quote of an article file in the bytes of its text.

    Raises InputError, with the line, where file or text is not UTF-8 or the file is not TriG, and
    UsageError where an answer fits no quote, or several.
    """
    prefixes = dict(trig.parse(data, path).prefixes)
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"the text of {path.stem} is not UTF-8; save it as UTF-8", path) from error
    drawn = outline(tokenize(data.decode("utf-8")))
    pinning = _Pinning(drawn, path, text, answers, prefixes)
    quoting = (s for s in drawn.statements if s.predicate == LEG.quote.value)
    quotes = [s for s in quoting if s.graph is None and s.subject is not None]
    pinning.choose(quotes)
    for statement in quotes:
        pinning.quote(statement)
    pinning.header(hashlib.sha256(source).hexdigest())
    result = pinning.patch.text().encode("utf-8")
    return Pinned(result, tuple(pinning.changes), tuple(pinning.faults), len(quotes))


class _Pinning:
    """One file being pinned: its edits, and what there is to say of them."""

    def __init__(
        self, drawn: Outline, path: Path, text: str, answers: Answers, prefixes: dict[str, str]
    ) -> None:
        self.drawn = drawn
        self.patch = Patch(drawn)
        self.path = path
        self.source = text
        self.answers = answers
        self.prefixes = prefixes
        self.chosen = dict(answers.by_claim)
        self.changes: list[str] = []
        self.faults: list[Fault] = []

    def header(self, digest: str) -> None:
        """Record the hash of the text; where quotes are lost, a hash that differs stays."""
        for statement in self.drawn.statements:
            is_type = statement.predicate == RDF.type.value and statement.graph is None
            for value in statement.values if is_type else ():
                if self.drawn.term(value) == LEG.Article and statement.subject is not None:
                    present = self._values(statement, LEG.textSha256)
                    differs = any(self.drawn.text(v) != f'"{digest}"' for v in present)
                    if differs and self.faults:
                        self._fault(statement, Unplaced(_OTHER_TEXT))
                        return
                    name = self._spelling(value.first, "textSha256")
                    self._fill(statement, LEG.textSha256, (name, f'"{digest}"'))
                    return

    def choose(self, quotes: Sequence[Statement]) -> None:
        """Give each answer without a claim to the one quote that it decides."""
        standing = [(s, self._place(s, None)) for s in quotes]
        for offset in self.answers.anywhere:
            fits = [
                statement.subject or ""
                for statement, found in standing
                if isinstance(found, Unplaced)
                and offset in found.starts
                and statement.subject not in self.answers.by_claim
                and self._written(statement) not in found.starts
            ]
            settled = any(self._written(s) == offset for s in quotes)
            if len(fits) > 1:
                listed = ", ".join(compact(claim, self.prefixes) for claim in fits)
                raise UsageError(f"--at {offset} fits {listed}: say which with --at CLAIM={offset}")
            if not fits and not settled:
                raise UsageError(f"--at {offset} fits no quote of {self.path} that needs an answer")
            self.chosen.update(dict.fromkeys(fits, offset))

    def quote(self, statement: Statement) -> None:
        """Fill in or correct the offsets of a quote."""
        if len(self._values(statement, LEG.quote)) > 1:
            self._fault(statement, Unplaced("more than one leg:quote: keep one"))
            return
        given = self.chosen.get(statement.subject or "", self._written(statement))
        found = self._place(statement, given)
        if isinstance(found, Unplaced):
            self._fault(statement, found)
            return
        repeated = [p for p in (LEG.charStart, LEG.charEnd) if len(self._values(statement, p)) > 1]
        if repeated:
            names = " and ".join(compact(p) for p in repeated)
            self._fault(statement, Unplaced(f"more than one {names}: keep one"))
            return
        self._write(statement, found)
        if self.answers.fix and statement.subject is not None:
            self._mend(statement.subject, found.words)

    def _mend(self, claim: str, words: str) -> None:
        """Give what a claim records as written the marks and characters of its quote."""
        for statement in self.drawn.statements:
            is_written = statement.graph == claim and statement.predicate in _AS_WRITTEN
            for value in statement.values if is_written else ():
                term = self.drawn.term(value)
                found = place(words, term.value, fix=True) if isinstance(term, Literal) else None
                if (
                    isinstance(found, Placed)
                    and isinstance(term, Literal)
                    and term.value not in words
                ):
                    self.patch.replace(value, trig.quoted(found.words))
                    name = compact(statement.predicate or "", self.prefixes)
                    self.changes.append(f"{compact(claim, self.prefixes)}: {name} as in the quote")

    def _write(self, statement: Statement, found: Placed) -> None:
        value = statement.values[0]
        written = self._quote_of(statement)
        if written != found.words:
            self.patch.replace(value, trig.quoted(found.words))
            is_plain = all(composed(words).text == words for words in (written, found.words))
            what = "marks and spaces" if is_plain else "characters"
            self.changes.append(f"{self._short(statement)}: took the text's own {what}")
        needed = len(occurrences(self.source, found.words)) > 1
        if needed or self._values(statement, LEG.charStart):
            start = (self._spelling(statement.verb, "charStart"), str(found.start))
            self._fill(statement, LEG.charStart, start)
        if self._values(statement, LEG.charEnd):  # written by hand: never needed, kept right
            self._fill(statement, LEG.charEnd, ("", str(found.end)))

    def _fill(self, beside: Statement, term: NamedNode, written: tuple[str, str]) -> None:
        """Write a property's value: in the place of the present one, or after another."""
        name, text = written
        present = self._values(beside, term)
        if len(present) > 1:
            self._fault(beside, Unplaced(f"more than one {compact(term)}: keep one"))
        elif not present:
            self.patch.add_property(beside.values[-1].last, f"{name} {text}", self._aligned(beside))
            self.changes.append(f"{self._short(beside)}: {compact(term)} {text}")
        elif self.drawn.text(present[0]) != text:
            old = self.drawn.text(present[0])
            self.patch.replace(present[0], text)
            self.changes.append(f"{self._short(beside)}: {compact(term)} {text}, was {old}")

    def _aligned(self, beside: Statement) -> int:
        """The predicate to stand below: its own, or the next of the subject that begins a line."""
        verbs = [beside.verb, *(s.verb for s in self.drawn.about(beside.subject or ""))]
        return next((v for v in verbs if self.patch.margin(v) is not None), beside.verb)

    def _values(self, beside: Statement, term: NamedNode) -> list[Value]:
        about = self.drawn.about(beside.subject or "")
        return [v for s in about if s.predicate == term.value for v in s.values]

    def _quote_of(self, statement: Statement) -> str:
        words = self.drawn.term(statement.values[0])
        return words.value if isinstance(words, Literal) else ""

    def _written(self, statement: Statement) -> int | None:
        values = self._values(statement, LEG.charStart)
        term = self.drawn.term(values[0]) if len(values) == 1 else None
        is_number = isinstance(term, Literal) and term.value.isascii() and term.value.isdigit()
        return int(term.value) if is_number and isinstance(term, Literal) else None

    def _place(self, statement: Statement, chosen: int | None) -> Placed | Unplaced:
        return place(self.source, self._quote_of(statement), chosen, fix=self.answers.fix)

    def _spelling(self, index: int, name: str) -> str:
        """A term of the leg: namespace as this file writes them, after the pattern of another."""
        token = self.drawn.tokens[index]
        local = local_name(NamedNode(self.drawn.prefixes.iri(token) or LEG.base))
        tail = f"{local}>" if token.text.endswith(">") else local
        if not token.text.endswith(tail):
            return f"<{LEG.base}{name}>"
        return token.text.removesuffix(tail) + tail.replace(local, name)

    def _short(self, statement: Statement) -> str:
        return compact(statement.subject or "", self.prefixes)

    def _fault(self, statement: Statement, why: Unplaced) -> None:
        line = self.drawn.line(statement.verb)
        message = f"{self._short(statement)}: {why.message}"
        self.faults.append(Fault(self.path, line, message, why.details))
