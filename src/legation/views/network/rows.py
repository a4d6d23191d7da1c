"""Reading very many rows from a store as plain text.

Invariant: the text of the query is what is asked; nothing is filtered or added here. A cell is
the bare IRI or the lexical form of a literal, and empty where the variable is unbound.
"""

from collections.abc import Iterator, Mapping, Sequence

from pyoxigraph import Literal, NamedNode

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
