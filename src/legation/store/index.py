"""The names of a kept graph, searched without reading them all.

Invariant: whatever is found here is what `Names` finds in all the triples, in the same order. The
table holds the comparable forms alone; labels and types are looked up in the graph.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from legation.graph.registry import Names
from legation.graph.spelling import key
from legation.rdf.vocabulary import DCTERMS, LEG, PROV, RDF, RDFS
from legation.store.contract import Term
from legation.store.indexing import describing, form_hash

if TYPE_CHECKING:
    from legation.store.memory import LocalStore

_TEXT = DefaultGraph()
_ORDER = "thing || '>', rank"  # that of the triples as lines


@dataclass(frozen=True, eq=False)
class Indexed(Names):
    """The names of a graph that was kept: its store, and the file of the table beside it."""

    store: "LocalStore"
    path: Path

    @cached_property
    def _table(self) -> sqlite3.Connection:
        # Nobody writes it any more: children and threads may read by one connection.
        where = f"{self.path.as_uri()}?mode=ro&immutable=1"
        return sqlite3.connect(where, uri=True, check_same_thread=False)

    def _rows(self, sql: str, *values: object) -> list[tuple[str, ...]]:
        return self._table.execute(sql, values).fetchall()

    def _about(self, thing: NamedNode, kind: NamedNode) -> Iterator[Quad]:
        return self.store.quads(thing, kind, None, _TEXT)

    def _label(self, thing: NamedNode) -> str | None:
        found: str | None = None
        for quad in sorted(self._about(thing, RDFS.label), key=lambda quad: str(quad.triple)):
            value = quad.object
            if isinstance(value, Literal) and (found is None or value.language == "en"):
                found = value.value
        return found

    def types(self, thing: NamedNode) -> frozenset[NamedNode]:
        """See `Names.types`."""
        kinds = {q.object for q in self._about(thing, RDF.type) if isinstance(q.object, NamedNode)}
        return frozenset(kinds).union(*map(self.ontology.superclasses, kinds))

    @cached_property
    def spellings(self) -> tuple[tuple[str, NamedNode], ...]:
        """See `Names.spellings`."""
        rows = self._rows(f"SELECT spelling, thing FROM bearer ORDER BY {_ORDER}")
        return tuple((spelling, NamedNode(thing)) for spelling, thing in rows)

    def spelt(self, thing: NamedNode) -> list[str]:
        """See `Names.spelt`."""
        sql = "SELECT spelling FROM bearer WHERE thing = ? ORDER BY rank"
        return [spelling for (spelling,) in self._rows(sql, thing.value)]

    def _telling(self, form: str) -> Mapping[NamedNode, str]:
        rows = self._rows("SELECT thing FROM told WHERE hash = ? ORDER BY thing", form_hash(form))
        called = {NamedNode(thing): self.label(NamedNode(thing)) for (thing,) in rows}
        return {thing: label for thing, label in called.items() if key(label) == form}

    def _bearing(self, form: str) -> Mapping[NamedNode, str]:
        rows = self._rows(
            "SELECT thing, spelling FROM bearer JOIN form ON form.id = bearer.form "
            f"WHERE form.form = ? ORDER BY {_ORDER}",
            form,
        )
        first: dict[NamedNode, str] = {}
        for thing, spelling in rows:
            first.setdefault(NamedNode(thing), spelling)
        return first

    @property
    def _forms(self) -> Sequence[str]:
        sql = "SELECT form FROM form WHERE id IN (SELECT form FROM bearer) ORDER BY id"
        return [form for (form,) in self._rows(sql)]

    def _holding(self, words: Set[str]) -> Iterable[str]:
        held = " INTERSECT ".join("SELECT form FROM word WHERE word = ?" for _ in words)
        rows = self._rows(f"SELECT form FROM form WHERE id IN ({held}) ORDER BY id", *sorted(words))
        return (form for (form,) in rows)

    def slugged(self, text: str) -> list[NamedNode]:
        """See `Names.slugged`."""
        form = key(text)
        guessed = [base + form.replace(" ", "-") for (base,) in self._rows("SELECT iri FROM base")]
        odd = [thing for (thing,) in self._rows("SELECT thing FROM slug WHERE form = ?", form)]
        found = {NamedNode(iri) for iri in guessed if _may_be_iri(iri)} | {*map(NamedNode, odd)}
        return sorted((t for t in found if form and self._is_known(t)), key=str)

    def _is_known(self, thing: NamedNode) -> bool:
        return any(next(self._about(thing, kind), None) for kind in (RDF.type, RDFS.label))

    def bearing_word(self, word: str) -> set[NamedNode]:
        """The things with a name that has a word."""
        sql = "SELECT thing FROM bearer WHERE form IN (SELECT form FROM word WHERE word = ?)"
        return {NamedNode(thing) for (thing,) in self._rows(sql, word)}

    def marked(self, word: str) -> set[NamedNode]:
        """The things of which a mark tells a word: a date, a title, the name of a place."""
        rows = self._rows("SELECT value, datatype, language FROM mark WHERE word = ?", word)
        found: set[NamedNode] = set()
        values: set[NamedNode | Literal] = {_literal(*row) for row in rows}
        for value in values | self.bearing_word(word):
            for how in describing(self.ontology):
                found |= self._with(how, value)
            reports = self._with(DCTERMS.publisher, value)
            relaying = set().union(*(self._with(PROV.wasDerivedFrom, one) for one in reports))
            found |= {thing for thing in relaying if LEG.Article in self.types(thing)}
        return found

    def _with(self, how: NamedNode, value: NamedNode | Literal) -> set[NamedNode]:
        found = (quad.subject for quad in self.store.quads(None, how, value, _TEXT))
        return {thing for thing in found if isinstance(thing, NamedNode)}

    def marks(self, thing: NamedNode) -> Iterator[tuple[NamedNode, Term]]:
        """The marks of a thing: by which property, and what."""
        for how in describing(self.ontology):
            for quad in self._about(thing, how):
                yield how, quad.object
                report = quad.object if how == PROV.wasDerivedFrom else None
                if isinstance(report, NamedNode) and LEG.Article in self.types(thing):
                    yield from ((how, by.object) for by in self._about(report, DCTERMS.publisher))


def _may_be_iri(text: str) -> bool:
    return not any(c <= " " or c in '<>"{}|^`\\' for c in text)


def _literal(value: str, datatype: str, language: str) -> Literal:
    if language:
        return Literal(value, language=language)
    return Literal(value, datatype=NamedNode(datatype))
