"""The names of a kept graph written down, and the words of what describes things in it.

Invariant: the tables hold comparable forms alone, each once; what nothing bears any more may stand
there still, and finds nothing. Labels and types are looked up in the graph.
"""

import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from legation.graph.labelling import UNNAMED
from legation.graph.spelling import key, words_of
from legation.rdf.ontology import Ontology
from legation.rdf.vocabulary import DCTERMS, LEG, PROV, RDF, RDFS, local_name
from legation.store.muster import drawn_up

if TYPE_CHECKING:
    from legation.store.memory import LocalStore

_TABLES = """
CREATE TABLE form (id INTEGER PRIMARY KEY, form TEXT);
CREATE TABLE bearer (form INTEGER, thing TEXT, spelling TEXT, rank TEXT);
CREATE TABLE word (word TEXT, form INTEGER, PRIMARY KEY (word, form)) WITHOUT ROWID;
CREATE TABLE told (hash INTEGER, thing TEXT);
CREATE TABLE base (iri TEXT PRIMARY KEY);
CREATE TABLE slug (form TEXT, thing TEXT, PRIMARY KEY (form, thing)) WITHOUT ROWID;
CREATE TABLE mark (
  word TEXT, value TEXT, datatype TEXT, language TEXT,
  PRIMARY KEY (word, value, datatype, language)
) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX form_form ON form (form);
CREATE INDEX bearer_form ON bearer (form);
CREATE INDEX bearer_thing ON bearer (thing);
CREATE INDEX told_hash ON told (hash);
CREATE INDEX told_thing ON told (thing);
"""
_TEXT = DefaultGraph()


def write(path: Path, store: "LocalStore", ontology: Ontology) -> None:
    """Write the names of a graph, and the words of the literals that describe things in it."""
    with drawn_up(path) as table:
        table.executescript(_TABLES)
        table.execute("BEGIN")
        _write_names(table, _Named.of(store, ontology, (None,)))
        _write_marks(table, store, ontology, (None,))
        table.execute("COMMIT")
        table.executescript(_INDEXES)


def renew(
    path: Path, store: "LocalStore", ontology: Ontology, things: Collection[NamedNode]
) -> None:
    """Write anew the names of some things, as the graph says them now, and their words."""
    with drawn_up(path) as table:
        table.execute("BEGIN")
        for thing in things:
            table.execute("DELETE FROM bearer WHERE thing = ?", (thing.value,))
            table.execute("DELETE FROM told WHERE thing = ?", (thing.value,))
        _write_names(table, _Named.of(store, ontology, things))
        _write_marks(table, store, ontology, things)
        table.execute("COMMIT")


@dataclass(frozen=True)
class _Named:
    """What names some things, or all; and of which of them a label is what is said of them."""

    quads: tuple[Quad, ...]
    things: frozenset[str]
    told: frozenset[object]

    @classmethod
    def of(
        cls, store: "LocalStore", ontology: Ontology, things: Iterable[NamedNode | None]
    ) -> "_Named":
        """The names of some things; of all for None."""
        unnamed = {kind for one in UNNAMED for kind in ontology.subclasses(one)}
        typed: list[Quad] = []
        named: list[Quad] = []
        for thing in things:
            typed += store.quads(thing, RDF.type, None, _TEXT)
            named += [q for p in ontology.naming for q in store.quads(thing, p, None, _TEXT)]
        labelled = (q for q in named if q.predicate == RDFS.label)
        return cls(
            tuple(sorted(named, key=lambda quad: str(quad.triple))),
            frozenset(
                q.subject.value for q in (*typed, *labelled) if isinstance(q.subject, NamedNode)
            ),
            frozenset(q.subject for q in typed if q.object in unnamed),
        )


def _write_names(table: sqlite3.Connection, named: _Named) -> None:
    forms = _Forms(table)
    for quad in named.quads:
        thing, value = quad.subject, quad.object
        if not isinstance(thing, NamedNode) or not isinstance(value, Literal):
            continue
        if quad.predicate == RDFS.label and thing in named.told:
            table.execute("INSERT INTO told VALUES (?, ?)", (form_hash(value.value), thing.value))
            continue
        row = (forms.number(key(value.value)), thing.value, value.value)
        rank = f"{quad.predicate} {value}"
        table.execute("INSERT INTO bearer VALUES (?, ?, ?, ?)", (*row, rank))
    _write_slugs(table, named.things)


class _Forms:
    """The comparable forms, each with its number; one that nothing bears any more finds nothing."""

    def __init__(self, table: sqlite3.Connection) -> None:
        self._table = table
        self._is_new = not table.execute("SELECT 1 FROM form LIMIT 1").fetchall()
        self._numbers: dict[str, int] = {}

    def number(self, form: str) -> int:
        """The number of a form, which is noted with its words where nobody had it."""
        known = self._numbers.get(form)
        if known is None and not self._is_new:
            found = self._table.execute("SELECT id FROM form WHERE form = ?", (form,)).fetchone()
            known = found[0] if found else None
        if known is None:
            known = self._table.execute("INSERT INTO form (form) VALUES (?)", (form,)).lastrowid
            words = ((word, known) for word in set(form.split()))
            self._table.executemany("INSERT INTO word VALUES (?, ?)", words)
        self._numbers[form] = known or 0
        return self._numbers[form]


def _write_marks(
    table: sqlite3.Connection,
    store: "LocalStore",
    ontology: Ontology,
    things: Iterable[NamedNode | None],
) -> None:
    quads = (
        q for t in things for p in describing(ontology) for q in store.quads(t, p, None, _TEXT)
    )
    values = {q.object for q in quads if isinstance(q.object, Literal)}
    rows = (
        (w, v.value, v.datatype.value, v.language or "") for v in values for w in words_of(v.value)
    )
    table.executemany("INSERT OR IGNORE INTO mark VALUES (?, ?, ?, ?)", sorted(rows))


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
    rows = ((base,) for base in sorted(bases))
    table.executemany("INSERT OR IGNORE INTO base VALUES (?)", rows)
    table.executemany("INSERT OR IGNORE INTO slug VALUES (?, ?)", odd)


def form_hash(name: str) -> int:
    """A short hash of the comparable form of a name."""
    return int.from_bytes(blake2b(key(name).encode(), digest_size=8).digest(), signed=True)


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
