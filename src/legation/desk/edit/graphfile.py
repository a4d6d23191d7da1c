"""A file that names things: what it names where, and how it would spell another name.

Invariant: names are IRIs. What a string or a comment says is never taken for a thing.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from legation.errors import InputError
from legation.files.document import contents
from legation.files.journal import Change
from legation.graph.workspace import Workspace
from legation.rdf import trig
from legation.rdf.outline import Outline, Value, outline
from legation.rdf.patch import Patch
from legation.rdf.tokens import COMMENT, IRI, NAME, SPACE, WORD, Prefixes, Token, tokenize
from legation.rdf.vocabulary import compact


@dataclass(frozen=True)
class GraphFile:
    """An authored file, read whole; one that is yet to be made has no data."""

    path: Path
    data: bytes | None
    text: str

    @classmethod
    def read(cls, path: Path, within: Path) -> "GraphFile":
        """A file as it is now; InputError where it cannot be read or is not UTF-8."""
        data = contents(path, within=within)
        try:
            return cls(path, data, data.decode("utf-8"))
        except UnicodeDecodeError as error:
            raise InputError("is not UTF-8; save it as UTF-8", path) from error

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
            return Outline(self.tokens, (), self._named[1], ())
        return outline(self.tokens)

    @cached_property
    def quads(self) -> frozenset[Quad]:
        """Its quads; of a query, none. InputError, with the line, where it is not TriG."""
        return frozenset() if self.is_query else quads_of(self.text.encode("utf-8"), self.path)

    @property
    def mentions(self) -> Mapping[str, Sequence[int]]:
        """The tokens that stand for each IRI."""
        return self._named[0]

    @cached_property
    def _named(self) -> tuple[dict[str, list[int]], Prefixes]:
        """Where each IRI is named outside of prefix declarations, and what these declare."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        prefixes = Prefixes()
        words = ((n, token) for n, token in enumerate(self.tokens) if not token.is_trivia)
        for index, token in words:
            text = token.text.lower()
            if text == "@prefix" or (token.kind == WORD and text == "prefix"):
                pair = [token for _, token in islice(words, 2)]
                if [token.kind for token in pair] == [NAME, IRI]:  # nobody has parsed a query
                    prefixes = prefixes.declaring(pair[0].text[:-1], pair[1].text[1:-1])
            elif token.kind in (IRI, NAME) and (iri := prefixes.iri(token)) is not None:
                found[iri].append(index)
        return dict(found), prefixes

    def commented(self, iri: str) -> list[int]:
        """The lines of comments that write a thing's prefixed name, from 1."""
        name = compact(iri, self.prefixes)  # "person:jo" is no part of "person:jo-marek"
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


def read(workspace: Workspace) -> list[GraphFile]:
    """Every file that may name things, own terms and queries too; InputError where one is none."""
    root = workspace.root
    paths = [
        *workspace.articles.glob("*.trig"),
        *workspace.registry.glob("*.ttl"),
        *(root / "ontology").rglob("*.ttl"),
        *(root / "queries").rglob("*.rq"),
    ]
    files = []
    for path in sorted(path for path in paths if not path.is_dir()):
        file = GraphFile.read(path, root)
        if not file.is_query:
            trig.parse(file.data or b"", path)
        files.append(file)
    return files


def quads_of(data: bytes, path: Path) -> frozenset[Quad]:
    """The quads of some bytes."""
    return frozenset(located.quad for located in trig.parse(data, path).quads)


class Rewrite:
    """One file on its way to a new text; new names may need one of the prefixes offered."""

    def __init__(self, file: GraphFile, offered: dict[str, str]) -> None:
        self.file = file
        self.patch = Patch(file.outline)
        self.prefixes = file.prefixes
        self._offered = offered

    def spelled(self, node: NamedNode) -> str:
        """How the file writes an IRI; its prefix is declared where it is not yet and can be had."""
        short = compact(node, self.prefixes)
        if not short.startswith("<") or self.file.is_query:
            return short
        prefix = compact(node, self._offered).partition(":")[0]
        if prefix.startswith("<") or prefix in self.prefixes:  # there, it means something else
            return short
        self._declare(prefix)
        return compact(node, self.prefixes)

    def term(self, node: object) -> str:
        """How the file writes a term."""
        if isinstance(node, NamedNode):
            return self.spelled(node)
        if isinstance(node, Literal) and "^^<" in trig.term(node, self.prefixes):
            self.spelled(node.datatype)
        return trig.term(node, self.prefixes)

    def _declare(self, prefix: str) -> None:
        line = f"@prefix {prefix}: <{self._offered[prefix]}> ."
        end, directives = self.patch.line_end, self.file.outline.directives
        if directives:
            self.patch.add(directives[-1].last, f"{end}{line}")
        else:
            self.patch.add(-2, f"{line}{end}")
            self.patch.add(-1, "" if self.prefixes else end)
        self.prefixes[prefix] = self._offered[prefix]

    def remarks(self, stretch: Value) -> list[str]:
        """The comments in a stretch."""
        tokens = self.file.tokens[stretch.first : stretch.last + 1]
        return [token.text for token in tokens if token.kind == COMMENT]

    def take_out(self, stretch: Value) -> None:
        """Remove a stretch but its comments, and the line ends that would be left."""
        tokens, patch = self.file.tokens, self.patch
        patch.remove(range(stretch.first, stretch.last + 1))
        if remarks := self.remarks(stretch):
            patch.add(stretch.last, patch.line_end.join(remarks))
            return
        after = stretch.last + 1
        if after < len(tokens) and tokens[after].kind == SPACE:
            is_last = after + 1 == len(tokens)
            if is_last and stretch.first and tokens[stretch.first - 1].kind == SPACE:
                patch.remove([stretch.first - 1])
            elif not is_last:
                patch.remove([after])

    def change(self) -> Change:
        """What is to be written."""
        return Change(self.file.path, self.file.data, self.patch.text().encode("utf-8"))
