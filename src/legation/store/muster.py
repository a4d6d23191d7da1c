"""The authored files of a kept graph: what each said when it was made, and of what it speaks.

Invariant: a file that is not called is one that speaks of none of the things asked for. Things are
held as short hashes; two with one hash call a file too many, never one too few.
"""

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from legation.files.shelf import copied
from legation.graph.claim import SAYING
from legation.rdf.vocabulary import LEG, local_name

_TABLES = """
CREATE TABLE IF NOT EXISTS file (name TEXT PRIMARY KEY, is_draft INTEGER, bytes BLOB);
CREATE TABLE IF NOT EXISTS spoken (
  thing INTEGER, file TEXT, PRIMARY KEY (thing, file)
) WITHOUT ROWID;
"""


@contextmanager
def drawn_up(path: Path) -> Iterator[sqlite3.Connection]:
    """A file of tables in a folder that nobody reads until it is whole: it keeps no journal."""
    with closing(sqlite3.connect(path, isolation_level=None)) as table:
        table.execute("PRAGMA journal_mode = OFF")
        table.execute("PRAGMA synchronous = OFF")
        yield table


@dataclass(frozen=True)
class Muster:
    """The muster of a kept graph, a file of its folder."""

    path: Path

    def copied(self, path: Path) -> "Muster":
        """The same muster in another place, to be changed there."""
        copied(self.path, path)
        return Muster(path)

    def enrol(self, files: Mapping[str, tuple[bytes, Iterable[Quad]]]) -> None:
        """Note what files say, each by its name."""
        with drawn_up(self.path) as table:
            table.executescript(_TABLES)
            table.execute("BEGIN")
            for name, (data, quads) in files.items():
                held = tuple(quads)
                row = (name, any(map(_is_draft, held)), zlib.compress(data, 1))
                table.execute("INSERT INTO file VALUES (?, ?, ?)", row)
                rows = ((thing, name) for thing in _spoken(held))
                table.executemany("INSERT INTO spoken VALUES (?, ?)", rows)
            table.execute("COMMIT")

    def strike(self, files: Mapping[str, Iterable[Quad]]) -> None:
        """Forget files, of which is given what they said."""
        with drawn_up(self.path) as table:
            table.execute("BEGIN")
            for name, quads in files.items():
                table.execute("DELETE FROM file WHERE name = ?", (name,))
                rows = ((thing, name) for thing in _spoken(quads))
                table.executemany("DELETE FROM spoken WHERE thing = ? AND file = ?", rows)
            table.execute("COMMIT")

    def said(self, name: str) -> bytes | None:
        """The bytes that a file had; None where it was not there."""
        with drawn_up(self.path) as table:
            found = table.execute("SELECT bytes FROM file WHERE name = ?", (name,)).fetchone()
        return zlib.decompress(found[0]) if found else None

    def speaking(self, things: Iterable[NamedNode]) -> set[str]:
        """The files that speak of some things."""
        sql = "SELECT file FROM spoken WHERE thing = ?"
        with drawn_up(self.path) as table:
            return {name for t in things for (name,) in table.execute(sql, (_hash(t),))}

    @property
    def names(self) -> frozenset[str]:
        """The names of all files."""
        with drawn_up(self.path) as table:
            return frozenset(name for (name,) in table.execute("SELECT name FROM file"))

    @property
    def has_drafts(self) -> bool:
        """Whether an article is in draft."""
        with drawn_up(self.path) as table:
            return table.execute("SELECT 1 FROM file WHERE is_draft LIMIT 1").fetchone() is not None


def _is_draft(quad: Quad) -> bool:
    status = quad.object if quad.predicate == LEG.status else None
    return isinstance(status, NamedNode) and local_name(status) == "draft"


def _spoken(quads: Iterable[Quad]) -> set[int]:
    """The things that a file says something of, the graphs it holds and those that it names."""
    things: set[object] = set()
    for quad in quads:
        things |= {quad.subject, quad.graph_name}
        if quad.predicate in SAYING:
            things.add(quad.object)
    return {_hash(thing) for thing in things if isinstance(thing, NamedNode)}


def _hash(thing: NamedNode) -> int:
    return int.from_bytes(blake2b(thing.value.encode(), digest_size=8).digest(), signed=True)
