"""Where in a file each statement is written: which tokens say what about whom.

Invariant: an outline only points. Its numbers are indexes into the list of tokens it was made
from, so that an edit can touch exactly the tokens of one value and no other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from legation.rdf.tokens import (
    CLOSING,
    IRI,
    LANGUAGE,
    NAME,
    STRING,
    WORD,
    Prefixes,
    Token,
    joined,
    string_value,
)
from legation.rdf.vocabulary import RDF

_DIRECTIVES = ("prefix", "base", "version", "@prefix", "@base", "@version")


@dataclass(frozen=True, slots=True)
class Value:
    """One object of a statement: the tokens from ``first`` to ``last``, both included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A subject, a predicate and its objects, as written; None for a name that is no IRI."""

    graph: str | None  # None for the default graph, empty for a name that is no IRI
    subject: str | None
    predicate: str | None
    at: int  # the token of the subject
    verb: int  # the token of the predicate
    values: tuple[Value, ...]
    block: int  # which block of triples it belongs to, counted from 1
    end: int  # the token that ends its block: a full stop or a closing brace


@dataclass(frozen=True)
class Outline:
    """A file's tokens and the statements at the top of its blocks, in the order written.

    What stands inside ``[ ]``, ``( )`` and annotations is part of its outer value.
    """

    tokens: tuple[Token, ...]
    statements: tuple[Statement, ...]
    prefixes: Prefixes
    directives: tuple[Value, ...]  # of each, its first and last token
    graphs: tuple[tuple[str, Value], ...] = ()  # each by its IRI, from its name to its brace

    def about(self, subject: str) -> list[Statement]:
        """The statements of the default graph about a subject."""
        return [s for s in self.statements if s.subject == subject and s.graph is None]

    def line(self, index: int) -> int:
        """The line a token stands on, counted from 1."""
        before = joined(list(self.tokens[:index]))
        return before.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1

    def text(self, value: Value) -> str:
        """The characters of a value."""
        return joined(list(self.tokens[value.first : value.last + 1]))

    def term(self, value: Value) -> NamedNode | Literal | None:
        """The named node or literal that a value stands for; None for what is neither."""
        token = self.tokens[value.first]
        if token.kind in (IRI, NAME):
            iri = self.prefixes.iri(token)
            return None if iri is None else NamedNode(iri)
        if token.kind == STRING and value.first == value.last:
            return Literal(string_value(token.text))
        return self._parsed(value)

    def _parsed(self, value: Value) -> NamedNode | Literal | None:
        header = "".join(f"PREFIX {name}: <{base}>\n" for name, base in self.prefixes.table)
        line = f"{header}<x:s> <x:p> {self.text(value)}\n."
        try:
            found = [quad.object for quad in pyoxigraph.parse(line, format=RdfFormat.TRIG)]
        except SyntaxError:
            return None
        plain = len(found) == 1 and isinstance(found[0], NamedNode | Literal)
        return found[0] if plain else None

    def triples(self, statement: Statement) -> list[Triple]:
        """The triples a statement writes, as far as they have no blank node."""
        subject, predicate = statement.subject, statement.predicate
        if subject is None or predicate is None:
            return []
        terms = (self.term(value) for value in statement.values)
        return [Triple(NamedNode(subject), NamedNode(predicate), t) for t in terms if t is not None]


def outline(tokens: Sequence[Token]) -> Outline:
    """Find the statements of a document."""
    return _Walk(tokens).outline()


class _Walk:
    """Reads the significant tokens of a valid document once."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tuple(tokens)
        self.marks = [n for n, token in enumerate(tokens) if not token.is_trivia]
        self.at = 0
        self.prefixes = Prefixes()
        self.found: list[Statement] = []
        self.directives: list[Value] = []
        self.graphs: list[tuple[str, Value]] = []
        self.blocks = 0

    @property
    def text(self) -> str:
        """The token ahead; empty at the end."""
        return self.tokens[self.index].text if self.at < len(self.marks) else ""

    @property
    def index(self) -> int:
        return self.marks[self.at]

    def outline(self) -> Outline:
        while self.text:
            if self.text.lower() in _DIRECTIVES:
                self._directive()
            else:
                self._block(None)
        found, directives = tuple(self.found), tuple(self.directives)
        return Outline(self.tokens, found, self.prefixes, directives, tuple(self.graphs))

    def _directive(self) -> None:
        first, word = self.index, self.text.lower()
        self.at += 1
        if word.endswith("prefix"):
            name = self.text
            self.at += 1
            base = self.text[1:-1]
            self.prefixes = self.prefixes.declaring(name[:-1], base)
        self.at += 1
        if word.startswith("@"):
            self.at += 1
        self.directives.append(Value(first, self.marks[self.at - 1]))

    def _block(self, graph: str | None) -> None:
        """Read a block of triples, or a graph with the blocks in it."""
        opening = self.index
        if self.text.lower() == "graph" and self.tokens[self.index].kind == WORD:
            self.at += 1
        start, subject = self.index, None
        if self.text != "{":
            subject = self._iri()
            self._value()
            if self.text != "{":
                self._predicates(graph, subject, start)
                return
            graph = subject or ""
        self.at += 1
        while self.text != "}":
            self._block(graph)
        if subject is not None:
            self.graphs.append((subject, Value(opening, self.index)))
        self.at += 1

    def _iri(self) -> str | None:
        token = self.tokens[self.index]
        if token.kind == WORD and token.text == "a":
            return RDF.type.value
        return self.prefixes.iri(token)

    def _value(self) -> Value:
        """Pass a term, with whatever it encloses, its datatype or its language."""
        first, depth = self.index, 0
        while True:
            token = self.tokens[self.index]
            depth += (token.text in CLOSING) - (token.text in CLOSING.values())
            self.at += 1
            if depth:
                continue
            if token.kind == STRING and self.text == "^^":
                self.at += 2
            elif token.kind == STRING and self.text and self.tokens[self.index].kind == LANGUAGE:
                self.at += 1
            return Value(first, self.marks[self.at - 1])

    def _predicates(self, graph: str | None, subject: str | None, start: int) -> None:
        begun = len(self.found)
        self.blocks += 1
        while self.text not in (".", "}"):
            if self.text == ";":
                self.at += 1
                continue
            verb, predicate = self.index, self._iri()
            self.at += 1
            values = self._values()
            self.found.append(
                Statement(graph, subject, predicate, start, verb, values, self.blocks, -1)
            )
        end = self.index
        self.found[begun:] = [replace(statement, end=end) for statement in self.found[begun:]]
        if self.text == ".":
            self.at += 1

    def _values(self) -> tuple[Value, ...]:
        values = [self._value()]
        while self.text not in (";", ".", "}"):
            if self.text == ",":
                self.at += 1
                values.append(self._value())
            elif self.text == "~":
                self.at += 1
            else:
                self._value()
        return tuple(values)
