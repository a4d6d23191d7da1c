"""What all edges of one network share: origins and conflicts of claims, dates of events, quotes.

Invariant: nothing is read twice, and nothing before it is asked for. The text of a query is what is
asked; a cell is the bare IRI or the lexical form of a literal, and empty where nothing is bound.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from legation.answer import Evidence as Passage
from legation.answer import Source
from legation.answer.evidence import in_order, passages_of
from legation.answer.rivals import Rivals
from legation.answer.row import Rival
from legation.errors import UsageError
from legation.graph.record import Record
from legation.store import Rows, Store

Columns = Mapping[str, Sequence[str]]
"""The cells of a query's answer by variable, as many for each."""


def read_rows(store: Store, sparql: str) -> Iterator[tuple[str, ...]]:
    """The rows of a SELECT query."""
    return _texts(store.select(sparql))


def read_columns(store: Store, sparql: str) -> Columns:
    """The columns of a SELECT query, in no order: what is made of them is sorted when written."""
    answer = store.select(sparql.rpartition("ORDER BY")[0] or sparql)
    columns = list(zip(*_texts(answer), strict=True))
    return dict(zip(answer.variables, columns or [()] * len(answer.variables), strict=True))


def _texts(rows: Rows) -> Iterator[tuple[str, ...]]:
    for row in rows:  # millions of terms: `text_of` is written out here, a call each would cost
        yield tuple(
            [
                "" if t is None else t.value if isinstance(t, (NamedNode, Literal)) else str(t)
                for t in row
            ]
        )


_ORIGINS = """PREFIX leg: <https://w3id.org/legation/ns#>
SELECT ?claim ?origin WHERE { ?claim leg:origin ?origin }"""

_DATES = """PREFIX leg: <https://w3id.org/legation/ns#>
SELECT ?thing ?kind ?date WHERE {{
  {{ VALUES ?kind {{ {kinds} }} ?thing ?kind ?date }}
  UNION {{ ?thing leg:madeAt ?event . ?event leg:date ?date }}
}}"""

_GONE = "the graph of a copied network is gone, and its quotes with it; build it again"


Sets = defaultdict[str, frozenset[str]]
"""For each key its values, and none for a key that nobody has."""


class Line(NamedTuple):
    """Where a structural edge is written; lines count from 1."""

    file: str
    line: int


class Against(NamedTuple):
    """A value that some claims give a thing, and what others say instead."""

    value: str
    claims: frozenset[str]
    rival: Rival


class Ledger:
    """What all edges of one network share; reading the files tells where structure is written."""

    def __init__(self, source: Source, read: Callable[[], Record] | None = None) -> None:
        self.source: Source | None = source
        self._reading = read
        self._quoted: dict[str, list[Passage]] = {}

    def _read(self, sparql: str) -> Iterator[tuple[str, ...]]:
        return read_rows(self._here().store, sparql)

    def _here(self) -> Source:
        if self.source is None:
            raise UsageError(_GONE)
        return self.source

    @cached_property
    def _record(self) -> Record | None:
        """What people wrote, with its lines; read only where a line is asked for."""
        return None if self._reading is None else self._reading()

    @cached_property
    def origins(self) -> Sets:
        """The publishers each claim goes back to."""
        return _sets(self._read(_ORIGINS))

    @cached_property
    def dates(self) -> Sets:
        """The EDTF dates that sources give each event; a begin is ``date/..``."""
        dating = sorted(self._here().ontology.bounding, key=str)
        rows = self._read(_DATES.format(kinds=" ".join(map(str, dating))))
        return _sets((thing, _side(kind, date)) for thing, kind, date in rows)

    @cached_property
    def rivals(self) -> dict[str, list[Against]]:
        """For each thing what claims say of it that others contradict."""
        found: defaultdict[str, list[Against]] = defaultdict(list)
        for side, rival in Rivals(self._here()).sided():
            value = _side(side.kind.value, side.value.value)
            claims = frozenset(claim.value for claim in side.claims)
            found[side.thing.value].append(Against(value, claims, rival))
        return dict(found)

    def place(self, source: str, relation: str, target: str) -> Line | None:
        """The file, relative to the workspace, and line that wrote a triple, if it is known."""
        if self._record is None:
            return None
        written = self._record.where(NamedNode(source), NamedNode(relation), NamedNode(target))
        if written is None:
            return None
        return Line(written.path.relative_to(self._record.root).as_posix(), written.line)

    def passages(self, claims: Iterable[str]) -> tuple[Passage, ...]:
        """What claims quote, in the order of the texts; UsageError once it was unpickled."""
        wanted = list(claims)
        missing = [claim for claim in wanted if claim not in self._quoted]
        if missing:
            found = passages_of(self._here().store, map(NamedNode, missing))
            self._quoted.update((c, found.get(NamedNode(c), [])) for c in missing)
        return in_order(p for claim in wanted for p in self._quoted[claim])

    def labels(self, things: Iterable[str]) -> dict[str, str]:
        """What things are called; UsageError once it was unpickled."""
        found = self._here().labels(map(NamedNode, things))
        return {node.value: label for node, label in found.items()}

    def __getstate__(self) -> dict[str, object]:
        """All that a copy can carry: everything but the quotes not yet asked for."""
        # The store and the files stay behind, so what they tell of claims and dates is read now.
        read = {"origins": self.origins, "dates": self.dates, "rivals": self.rivals}
        return {**self.__dict__, **read, "source": None, "_reading": None, "_record": None}


def _sets(pairs: Iterable[tuple[str, ...]]) -> Sets:
    found: Sets = defaultdict(frozenset)
    for key, value in pairs:
        found[key] |= {value}
    return found


def _side(kind: str, text: str) -> str:
    """A stated begin or end as the interval that it leaves open."""
    if kind.endswith("#begin"):
        return f"{text}/.."
    return f"../{text}" if kind.endswith("#end") else text
