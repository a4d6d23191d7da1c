"""A file that names things: what it names where, and how it would spell another name.

Invariant: names are IRIs. What a string or a comment says is never taken for a thing.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from legation.errors import InputError
from legation.files.document import contents
from legation.files.journal import Change
from legation.graph.workspace import Workspace
from legation.rdf import trig
from legation.rdf.outline import Outline, Statement, outline
from legation.rdf.patch import Patch
from legation.rdf.tokens import COMMENT, IRI, NAME, WORD, Prefixes, Token, tokenize
from legation.rdf.vocabulary import compact


@dataclass(frozen=True)
class GraphFile:
    """An authored file, read whole.

    Attributes:
        path: Where it is.
        data: Its bytes; None for a file that is yet to be made.
        text: Its text, or the text it begins with.
    """

    path: Path
    data: bytes | None
    text: str

    @property
    def is_query(self) -> bool:
        """Whether it is SPARQL."""
        return self.path.suffix == ".rq"

    @property
    def is_registry(self) -> bool:
        """Whether it declares names."""
        return self.path.parent.name == "registry"

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Its tokens."""
        return tuple(tokenize(self.text))

    @cached_property
    def outline(self) -> Outline:
        """Its statements; of a query, none."""
        if self.is_query:
            return Outline(self.tokens, (), _declared(self.tokens), ())
        return outline(self.tokens)

    @cached_property
    def quads(self) -> frozenset[Quad]:
        """Its quads; of a query, none.

        Raises:
            InputError: It is not TriG; with the line.
        """
        if self.is_query:
            return frozenset()
        return quads_of(self.text.encode("utf-8"), self.path)

    @cached_property
    def mentions(self) -> Mapping[str, tuple[int, ...]]:
        """The tokens that stand for each IRI."""
        found: dict[str, list[int]] = {}
        for index, iri in _named(self.tokens):
            found.setdefault(iri, []).append(index)
        return {iri: tuple(indexes) for iri, indexes in found.items()}

    def commented(self, iri: str) -> list[int]:
        """The lines of comments that write a thing's prefixed name, from 1."""
        name = compact(iri, self.prefixes)
        pattern = re.compile(rf"(?<![\w:.-]){re.escape(name)}(?![\w-])")
        return [
            self.outline.line(index)
            for index, token in enumerate(self.tokens)
            if token.kind == COMMENT and pattern.search(token.text)
        ]

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefixes it declares."""
        return dict(self.outline.prefixes.table)

    def patch(self) -> Patch:
        """A new patch of it."""
        return Patch(self.outline)

    def block(self, subject: str) -> list[Statement]:
        """The statements of the default graph about a thing."""
        return self.outline.about(subject)


def read(workspace: Workspace) -> list[GraphFile]:
    """Every file of a workspace that may name things, its own ontology and queries among them.

    Raises:
        InputError: A file cannot be read or parsed; with the line.
    """
    root = workspace.root
    paths = [
        *workspace.articles.glob("*.trig"),
        *workspace.registry.glob("*.ttl"),
        *(root / "ontology").rglob("*.ttl"),
        *(root / "queries").rglob("*.rq"),
    ]
    files = []
    for path in sorted(path for path in paths if not path.is_dir()):
        data = contents(path, within=root)
        try:
            file = GraphFile(path, data, data.decode("utf-8"))
        except UnicodeDecodeError as error:
            raise InputError("is not UTF-8; save it as UTF-8", path) from error
        if not file.is_query:
            trig.parse(data, path)
        files.append(file)
    return files


def quads_of(data: bytes, path: Path) -> frozenset[Quad]:
    """The quads of some bytes."""
    return frozenset(located.quad for located in trig.parse(data, path).quads)


class Rewrite:
    """One file on its way to a new text in which new names may need a prefix."""

    def __init__(self, file: GraphFile, prefixes: Mapping[str, str]) -> None:
        self.file = file
        self.patch = file.patch()
        self._known = file.prefixes
        self._offered = prefixes

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefixes the new text declares."""
        return dict(self._known)

    def spelled(self, node: NamedNode) -> str:
        """How the file writes an IRI; its prefix is declared where it is not yet and can be had."""
        short = compact(node, self._known)
        if not short.startswith("<") or self.file.is_query:
            return short
        prefix = compact(node, dict(self._offered)).partition(":")[0]
        if prefix.startswith("<") or prefix in self._known:
            return short
        self._declare(prefix)
        return compact(node, self._known)

    def _declare(self, prefix: str) -> None:
        base = self._offered[prefix]
        self._known = {**self._known, prefix: base}
        line = f"@prefix {prefix}: <{base}> ."
        directives = self.file.outline.directives
        end = self.patch.line_end
        if directives:
            self.patch.add(directives[-1].last, f"{end}{line}")
        else:
            self.patch.add(-1, f"{line}{end}{end}")

    def rename(self, indexes: Sequence[int], node: NamedNode) -> None:
        """Write another IRI at some tokens."""
        if indexes:
            name = self.spelled(node)
            for index in indexes:
                self.patch.replace_token(index, name)

    def change(self) -> Change:
        """What is to be written."""
        return Change(self.file.path, self.file.data, self.patch.text().encode("utf-8"))


def _named(tokens: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """Each token that stands for an IRI, but for those of prefix declarations."""
    prefixes = Prefixes()
    declares = 0
    name = ""
    for index, token in enumerate(tokens):
        if token.is_trivia:
            continue
        if _begins_prefix(token):
            declares = 2
        elif declares == 2:
            name, declares = token.text[:-1], 1
        elif declares == 1:
            prefixes, declares = prefixes.declaring(name, token.text[1:-1]), 0
        elif token.kind in (IRI, NAME):
            iri = prefixes.iri(token)
            if iri is not None:
                yield index, iri


def _begins_prefix(token: Token) -> bool:
    text = token.text.lower()
    return text == "@prefix" or (token.kind == WORD and text == "prefix")


def _declared(tokens: Sequence[Token]) -> Prefixes:
    prefixes = Prefixes()
    words = [token for token in tokens if not token.is_trivia]
    for first, name, base in zip(words, words[1:], words[2:], strict=False):
        if _begins_prefix(first) and name.kind == NAME and base.kind == IRI:
            prefixes = prefixes.declaring(name.text[:-1], base.text[1:-1])
    return prefixes
