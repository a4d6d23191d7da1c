"""Reading very many rows from a store as plain text.

Invariant: the text of the query is what is asked; nothing is filtered or added here. A cell is
the bare IRI or the lexical form of a literal, and empty where the variable is unbound.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from legation.store import LocalStore, Store, Term


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a query that projects IRIs and short literals."""

    columns: tuple[str, ...]
    rows: Sequence[Sequence[str]]

    def __iter__(self) -> Iterator[Sequence[str]]:
        return iter(self.rows)


def read_table(store: Store, sparql: str) -> Table:
    """Put a SELECT query whose cells are IRIs or literals without markup.

    Args:
        store: Where to put it.
        sparql: A query that projects no text of an author (labels, quotes).

    Returns:
        The rows in no particular order, where the query's own order is its last clause.

    Raises:
        UsageError: The text is not a SELECT query.
        EndpointError: A remote endpoint failed.
    """
    unordered = sparql.rpartition("ORDER BY")[0] or sparql
    if not isinstance(store, LocalStore):
        answer = store.select(unordered)
        return Table(answer.variables, [[_value(term) for term in row] for row in answer])
    # Brackets and quotes stand only around a whole cell here; taking them out of the whole text at
    # once is what makes hundreds of thousands of rows cheap.
    text = store.table(unordered).replace("<", "").replace(">", "").replace('"', "")
    head, *lines = text.removesuffix("\n").split("\n")
    columns = tuple(name.removeprefix("?") for name in head.split("\t"))
    return Table(columns, [line.split("\t") for line in lines])


def _value(term: Term | None) -> str:
    if term is None:
        return ""
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def lexical(cell: str) -> str:
    """A literal's lexical form, whether or not its datatype still stands behind it.

    Args:
        cell: A cell of a `Table`.

    Returns:
        The cell without ``^^datatype``.

    >>> lexical("2014-10-09^^http://id.loc.gov/datatypes/edtf/EDTF")
    '2014-10-09'
    """
    return cell.partition("^^")[0]
