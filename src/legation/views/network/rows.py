"""Reading very many rows from a store as plain text.

Invariant: the text of the query is what is asked; nothing is filtered or added here. A cell is
the bare IRI or the lexical form of a literal, and empty where the variable is unbound.
"""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from legation.store import Store, Term


@dataclass(frozen=True, slots=True)
class Columns:
    """The cells of a query's answer, column by column.

    Attributes:
        names: The projected variables.
        columns: The cells of each.
    """

    names: tuple[str, ...]
    columns: tuple[Sequence[str], ...]

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        return zip(*self.columns, strict=True)

    def column(self, name: str) -> Sequence[str]:
        """The cells of one variable."""
        if name in self.names:
            return self.columns[self.names.index(name)]
        return [""] * len(self.columns[0])


def read_table(store: Store, sparql: str) -> Columns:
    """Put a SELECT query whose cells are IRIs or literals without markup.

    Raises:
        UsageError: The text is not a SELECT query.
        EndpointError: A remote endpoint failed.
    """
    answer = store.select(sparql.rpartition("ORDER BY")[0] or sparql)
    columns = zip(*([_value(term) for term in row] for row in answer), strict=True)
    return Columns(answer.variables, tuple(columns) or ((),) * len(answer.variables))


def read_texts(store: Store, sparql: str) -> Iterator[tuple[str, str, bool]]:
    """Put a SELECT query of things and texts about them.

    Raises:
        EndpointError: A remote endpoint failed.
    """
    for thing, text in store.select(sparql):
        if isinstance(thing, NamedNode) and isinstance(text, Literal):
            yield thing.value, text.value, text.language not in (None, "en")


def _value(term: Term | None) -> str:
    if term is None:
        return ""
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Build very many values that all stay, without the search for garbage among them.

    On 100,000 events that search takes as long as the building; what it did before is restored.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if not gc.get_freeze_count():
                gc.freeze()  # straight to the oldest generation, else the search comes at once
                gc.unfreeze()
            gc.enable()
