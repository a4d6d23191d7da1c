"""The only reader and writer of TriG and Turtle, with line numbers.

Invariant: every quad read carries the exact line on which its object ends, because the parser
is fed one line at a time; and what is written is sorted, so that the same quads are the same
bytes on every machine. Nothing is ever fetched: no base IRI, no remote context.
"""

import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple

from legation.errors import LIBRARY_FAULTS, InputError
from legation.files.document import contents
from legation.rdf.depth import DEEPEST, too_deep
from legation.rdf.vocabulary import LANG_STRING, PREFIXES, RDF, XSD, compact
from legation.text.foreign import foreign

_MOST_BYTES = 64 * 1024 * 1024  # more than a graph by hand will be, less than ends a process
_MOST_KEPT = 256 * 1024
_DIRECTIVE = re.compile(rb"^[ \t]*@?(?:prefix\s+([^\s:]*):\s*|base\s+)<([^>\s]*)>", re.I | re.M)


@dataclass(frozen=True, slots=True)
class LocatedQuad:
    """A quad and the place that wrote it; lines count from 1."""

    quad: Quad
    path: Path
    line: int


@dataclass(frozen=True, slots=True)
class Directive:
    """A declaration of a prefix, or of the base, which has no name, and its line."""

    name: str | None
    iri: str
    line: int


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a file holds: its quads with their lines, the prefixes it declares, and where."""

    quads: tuple[LocatedQuad, ...]
    prefixes: tuple[tuple[str, str], ...]
    directives: tuple[Directive, ...]


class _LineFeed(io.BytesIO):
    """A file that gives the parser at most one line per read and knows which it gave."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self._lines = data.splitlines(keepends=True)
        self._rest = b""
        self.line = 0

    def read(self, size: int | None = -1) -> bytes:
        if not self._rest:
            if self.line >= len(self._lines):
                return b""
            self._rest = self._lines[self.line]
            self.line += 1
        most = size if size is not None and size > 0 else len(self._rest)
        given, self._rest = self._rest[:most], self._rest[most:]
        return given


def read(path: Path) -> Parsed:
    """Read a TriG or Turtle file; InputError, with the line, where it is none."""
    data = contents(path, most=_MOST_BYTES)
    return _parsed(data, path) if len(data) <= _MOST_KEPT else parse(data, path)


def parse(data: bytes, path: Path) -> Parsed:
    """Parse the bytes of a TriG file; InputError, with the line, where they are none."""
    if told := foreign(data):
        raise InputError(told[0], path, told[1])
    refuse_depth(data, path)
    feed = _LineFeed(data)
    quads: list[LocatedQuad] = []
    try:
        parser = pyoxigraph.parse(feed, format=RdfFormat.TRIG)
        for quad in parser:
            _refuse_foreign_terms(quad, path, feed.line)
            quads.append(LocatedQuad(quad, path, feed.line))
        prefixes = tuple(sorted(parser.prefixes.items()))
        return Parsed(tuple(quads), prefixes, tuple(_directives(data)))
    except SyntaxError as error:
        line = error.lineno or feed.line
        why = re.sub(r"^Parser error (?:at|between) line \d+[^:]*: ", "", error.msg or str(error))
        raise InputError(f"is not TriG here: {why}", path, line) from error
    except MemoryError as error:
        raise InputError("holds a text or name too long to be read", path, feed.line) from error
    except (*LIBRARY_FAULTS, OSError) as error:
        raise InputError(f"is not TriG here: {error}", path, feed.line) from error


# Legation's own files are read at every opening, and the bytes alone decide what they hold.
_parsed = lru_cache(maxsize=64)(parse)


def _directives(data: bytes) -> Iterator[Directive]:
    for found in _DIRECTIVE.finditer(data):
        name, line = found[1], data.count(b"\n", 0, found.start()) + 1
        yield Directive(None if name is None else name.decode(), found[2].decode(), line)


def refuse_depth(data: bytes, path: Path) -> None:
    """Refuse brackets nested deeper than any author writes; depth can end the process."""
    place = too_deep(data)
    if place is not None:
        line = data[:place].count(b"\n") + 1
        raise InputError(f"nests brackets more than {DEEPEST} deep", path, line)


def _refuse_foreign_terms(quad: Quad, path: Path, line: int) -> None:
    """Refuse the terms of RDF 1.2, which neither rdflib nor SHACL could be shown."""
    if isinstance(quad.object, Triple):
        what = "a triple term (<<…>> or {|…|}) of RDF 1.2: write the claim as a graph of its own"
        raise InputError(f"holds {what}", path, line)
    if isinstance(quad.object, Literal) and quad.object.direction is not None:
        what = "a text with a direction (@…--…) of RDF 1.2: leave the direction out"
        raise InputError(f"holds {what}", path, line)


def term(node: object, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Write a term in the shortest form that Turtle reads back as the same."""
    if isinstance(node, NamedNode):
        return compact(node, prefixes)
    if not isinstance(node, Literal):
        return str(node)
    if node.language is not None:
        return f"{quoted(node.value)}@{node.language}"
    # Bare only in the lexical form that Turtle would give it: "007" is an integer, too.
    if node.datatype == XSD.integer and re.fullmatch(r"0|-?[1-9]\d*", node.value):
        return node.value
    if node.datatype == XSD.boolean and node.value in ("true", "false"):
        return node.value
    is_plain = node.datatype in (XSD.string, LANG_STRING)
    return quoted(node.value) + ("" if is_plain else f"^^{compact(node.datatype, prefixes)}")


def quoted(text: str) -> str:
    """A Turtle string literal for a text."""
    return f'"{text.translate(_ESCAPES)}"'


_ESCAPES = {
    **{code: f"\\u{code:04X}" for code in (*range(32), 127)},
    **str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}),
}


def write(quads: Iterable[Quad], prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Write quads as sorted TriG."""
    graphs: defaultdict[str, set[Triple]] = defaultdict(set)
    for quad in quads:
        is_default = isinstance(quad.graph_name, DefaultGraph)
        graphs["" if is_default else str(quad.graph_name)].add(quad.triple)
    parts: list[str] = []
    for name in sorted(graphs):
        block = blocks(graphs[name], prefixes)
        if name:
            inner = "".join(f"    {line}\n" if line else "\n" for line in block.splitlines())
            parts.append(f"{compact(name[1:-1], prefixes)} {{\n{inner}}}\n")
        else:
            parts.append(block)
    body = "\n".join(parts)
    return declared(body, prefixes) + body


def write_turtle(triples: Iterable[Triple], prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Write triples as sorted Turtle."""
    return write(
        (Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in triples), prefixes
    )


def write_nquads(quads: Iterable[Quad]) -> str:
    """Write quads as canonical N-Quads: one a line, sorted by code point."""
    return "".join(sorted({f"{quad} .\n" for quad in quads}))


def write_xml(triples: Iterable[Triple], prefixes: Mapping[str, str] = PREFIXES) -> bytes:
    """Triples as RDF/XML sorted by named subject; blank nodes come last, numbered as they come."""
    numbers: dict[BlankNode, BlankNode] = {}

    def numbered(node: Any) -> Any:
        if not isinstance(node, BlankNode):
            return node
        return numbers.setdefault(node, BlankNode(f"b{len(numbers) + 1}"))

    rows = [Triple(numbered(t.subject), t.predicate, numbered(t.object)) for t in triples]
    named = sorted(
        {t for t in rows if isinstance(t.subject, NamedNode)},
        key=lambda t: (str(t.subject), t.predicate != RDF.type, str(t)),
    )
    rest = [t for t in rows if not isinstance(t.subject, NamedNode)]
    xml = RdfFormat.RDF_XML
    return pyoxigraph.serialize([*named, *rest], format=xml, prefixes=dict(prefixes)) or b""


def blocks(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> str:
    """Triples as Turtle without declarations: a block for each subject, sorted."""
    by_subject: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for triple in triples:
        predicate = "a" if triple.predicate == RDF.type else term(triple.predicate, prefixes)
        by_subject[term(triple.subject, prefixes)][predicate].add(term(triple.object, prefixes))
    written = []
    for subject in sorted(by_subject):
        rows = [
            f"{predicate} " + ", ".join(sorted(by_subject[subject][predicate]))
            for predicate in sorted(by_subject[subject], key=lambda p: (p != "a", p))
        ]
        written.append(f"{subject} " + " ;\n    ".join(rows) + " .\n")
    return "\n".join(written)


def declared(body: str, prefixes: Mapping[str, str]) -> str:
    """The declarations of the prefixes that a text of Turtle uses."""
    # A prefix in a string may be declared in vain; none that is used is left out.
    used = set(re.findall(r"(?<![\w<\"])([a-z][a-z0-9]*):(?=\w)", body))
    lines = [f"@prefix {p}: <{prefixes[p]}> .\n" for p in sorted(prefixes) if p in used]
    return "".join(lines) + ("\n" if lines else "")
