"""The names of a kept graph, searched without reading them all.

Invariant: whatever is found here is what `Names` finds in all the triples, in the same order. The
table holds the comparable forms alone; labels and types are looked up in the graph.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from legation.graph.labelling import UNNAMED
from legation.graph.registry import Names
from legation.graph.spelling import key, words_of
from legation.rdf.ontology import Ontology
from legation.rdf.vocabulary import DCTERMS, LEG, PROV, RDF, RDFS, local_name
from legation.store.contract import Term

if TYPE_CHECKING:
    from legation.store.memory import LocalStore

_TABLES = """
CREATE TABLE form (id INTEGER PRIMARY KEY, form TEXT);
CREATE TABLE bearer (form INTEGER, thing TEXT, spelling TEXT);
CREATE TABLE word (word TEXT, form INTEGER, PRIMARY KEY (word, form)) WITHOUT ROWID;
CREATE TABLE told (hash INTEGER, thing TEXT);
CREATE TABLE base (iri TEXT PRIMARY KEY);
CREATE TABLE slug (form TEXT, thing TEXT);
CREATE TABLE mark (word TEXT, value TEXT, datatype TEXT, language TEXT);
"""
_INDEXES = """
CREATE INDEX form_form ON form (form);
CREATE INDEX bearer_form ON bearer (form);
CREATE INDEX bearer_thing ON bearer (thing);
CREATE INDEX told_hash ON told (hash);
CREATE INDEX slug_form ON slug (form);
CREATE INDEX mark_word ON mark (word);
"""
_TEXT = DefaultGraph()


def write(path: Path, store: "LocalStore", ontology: Ontology) -> None:
    """Write the names of a graph, and the words of the literals that describe things in it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as table:
        table.execute("PRAGMA journal_mode = OFF")
        table.execute("PRAGMA synchronous = OFF")
        table.executescript(_TABLES)
        table.execute("BEGIN")
        _write_names(table, store, ontology)
        literals = {
            q.object for p in describing(ontology) for q in store.quads(None, p, None, _TEXT)
        }
        values = [one for one in literals if isinstance(one, Literal)]
        rows = (
            (w, v.value, v.datatype.value, v.language) for v in values for w in words_of(v.value)
        )
        table.executemany("INSERT INTO mark VALUES (?, ?, ?, ?)", rows)
        table.execute("COMMIT")
        table.executescript(_INDEXES)


def _write_names(table: sqlite3.Connection, store: "LocalStore", ontology: Ontology) -> None:
    typed = [
        q for q in store.quads(None, RDF.type, None, _TEXT) if isinstance(q.subject, NamedNode)
    ]
    unnamed = {kind for one in UNNAMED for kind in ontology.subclasses(one)}
    told = {q.subject for q in typed if q.object in unnamed}
    named = [q for p in ontology.naming for q in store.quads(None, p, None, _TEXT)]
    forms: dict[str, int] = {}
    for quad in sorted(named, key=lambda quad: str(quad.triple)):
        thing, value = quad.subject, quad.object
        if not isinstance(thing, NamedNode) or not isinstance(value, Literal):
            continue
        if quad.predicate == RDFS.label and thing in told:
            table.execute("INSERT INTO told VALUES (?, ?)", (_hash(value.value), thing.value))
            continue
        form = key(value.value)
        row = (forms.setdefault(form, len(forms)), thing.value, value.value)
        table.execute("INSERT INTO bearer VALUES (?, ?, ?)", row)
    table.executemany("INSERT INTO form VALUES (?, ?)", ((n, form) for form, n in forms.items()))
    words = ((word, n) for form, n in forms.items() for word in set(form.split()))
    table.executemany("INSERT INTO word VALUES (?, ?)", words)
    labelled = [q for q in named if q.predicate == RDFS.label]
    things = {q.subject.value for q in (*typed, *labelled) if isinstance(q.subject, NamedNode)}
    _write_slugs(table, things)


def _write_slugs(table: sqlite3.Connection, things: Iterable[str]) -> None:
    """The bases of IRIs, and only those short names that cannot be told from their form."""
    bases: set[str] = set()
    odd = []
    for thing in things:
        name = local_name(NamedNode(thing))
        form = key(name)
        base = thing.removesuffix(name)
        bases.add(base)
        if name != form.replace(" ", "-") or thing != base + name:
            odd.append((form, thing))
    table.executemany("INSERT INTO base VALUES (?)", ((base,) for base in sorted(bases)))
    table.executemany("INSERT INTO slug VALUES (?, ?)", odd)


def _hash(name: str) -> int:
    return int.from_bytes(blake2b(key(name).encode(), digest_size=8).digest(), signed=True)


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
        rows = self._rows("SELECT spelling, thing FROM bearer ORDER BY rowid")
        return tuple((spelling, NamedNode(thing)) for spelling, thing in rows)

    def spelt(self, thing: NamedNode) -> list[str]:
        """See `Names.spelt`."""
        sql = "SELECT spelling FROM bearer WHERE thing = ? ORDER BY rowid"
        return [spelling for (spelling,) in self._rows(sql, thing.value)]

    def _telling(self, form: str) -> Mapping[NamedNode, str]:
        rows = self._rows("SELECT thing FROM told WHERE hash = ? ORDER BY rowid", _hash(form))
        called = {NamedNode(thing): self.label(NamedNode(thing)) for (thing,) in rows}
        return {thing: label for thing, label in called.items() if key(label) == form}

    def _bearing(self, form: str) -> Mapping[NamedNode, str]:
        rows = self._rows(
            "SELECT thing, spelling FROM bearer JOIN form ON form.id = bearer.form "
            "WHERE form.form = ? ORDER BY bearer.rowid",
            form,
        )
        first: dict[NamedNode, str] = {}
        for thing, spelling in rows:
            first.setdefault(NamedNode(thing), spelling)
        return first

    @property
    def _forms(self) -> Sequence[str]:
        return [form for (form,) in self._rows("SELECT form FROM form ORDER BY id")]

    def _holding(self, words: Set[str]) -> Iterable[str]:
        held = " INTERSECT ".join("SELECT form FROM word WHERE word = ?" for _ in words)
        rows = self._rows(f"SELECT form FROM form WHERE id IN ({held}) ORDER BY id", *sorted(words))
        return (form for (form,) in rows)

    def slugged(self, text: str) -> list[NamedNode]:
        """See `Names.slugged`."""
        form = key(text)
        guessed = [base + form.replace(" ", "-") for (base,) in self._rows("SELECT iri FROM base")]
        odd = [thing for (thing,) in self._rows("SELECT thing FROM slug WHERE form = ?", form)]
        found = {NamedNode(iri) for iri in guessed if _is_iri(iri)} | {*map(NamedNode, odd)}
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


def describing(ontology: Ontology) -> dict[NamedNode, str]:
    """The properties that tell things apart, each with the word for it."""
    return {
        DCTERMS.publisher: "published by",
        DCTERMS.title: "titled",
        LEG.published: "published",
        LEG.place: "place",
        PROV.wasDerivedFrom: "relays",
        **dict.fromkeys(ontology.bounding, "date"),
    }


def _is_iri(text: str) -> bool:
    return not any(c <= " " or c in '<>"{}|^`\\' for c in text)


def _literal(value: str, datatype: str, language: str | None) -> Literal:
    if language is not None:
        return Literal(value, language=language)
    return Literal(value, datatype=NamedNode(datatype))
