"""What every store is: the rows it gives and the contract it keeps.

Invariant: nothing here knows where a graph is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from pyoxigraph import Triple

from legation.errors import UsageError
from legation.rdf.vocabulary import PREFIXES

Term = object
"""A term of an answer: a pyoxigraph NamedNode, Literal, BlankNode or Triple."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What a SELECT returns: its variables in order, and a tuple of terms (or None) per row."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def __iter__(self) -> Iterator[tuple[Term | None, ...]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


Result = Rows | bool | tuple[Triple, ...]


class Store(Protocol):
    """Anything that answers SPARQL 1.1 queries."""

    def query(self, sparql: str) -> Result:
        """Put a query.

        Args:
            sparql: SPARQL 1.1; Legation's prefixes need not be declared.

        Raises:
            UsageError: The text is not SPARQL.
            EndpointError: A remote endpoint failed or cut its answer.
        """
        ...

    def select(self, sparql: str) -> Rows:
        """Put a SELECT query.

        Raises:
            UsageError: The text is not a SELECT query.
            EndpointError: A remote endpoint failed or cut its answer.
        """
        ...


def with_prefixes(sparql: str, prefixes: dict[str, str] | None = None) -> str:
    """A query with the prefixes it uses declared.

    Args:
        prefixes: The prefixes known; Legation's own when left out.
    """
    table = PREFIXES if prefixes is None else prefixes
    lowered = sparql.lower()
    missing = [
        f"PREFIX {p}: <{iri}>"
        for p, iri in sorted(table.items())
        if f"{p}:" in lowered and f"prefix {p}:" not in " ".join(lowered.split())
    ]
    return "\n".join([*missing, sparql])


def rows_of(result: Result) -> Rows:
    """The rows of an answer that must have some.

    Raises:
        UsageError: It was not the answer of a SELECT query.
    """
    if not isinstance(result, Rows):
        raise UsageError("this needs a SELECT query")
    return result
