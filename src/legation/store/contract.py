"""What every store is: the rows it gives and the contract it keeps.

Invariant: nothing here knows where a graph is.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

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


class Store(ABC):
    """Anything that answers SPARQL 1.1 queries."""

    @abstractmethod
    def query(self, sparql: str) -> Result:
        """Put a query; UsageError when it is not SPARQL, EndpointError when an endpoint fails."""

    def select(self, sparql: str) -> Rows:
        """Put a SELECT query; UsageError for any other."""
        result = self.query(sparql)
        if not isinstance(result, Rows):
            raise UsageError("this needs a SELECT query")
        return result


def with_prefixes(sparql: str, prefixes: dict[str, str] | None = None) -> str:
    """A query with the prefixes it uses declared; those known are Legation's own if left out."""
    table = PREFIXES if prefixes is None else prefixes
    lowered = sparql.lower()
    missing = [
        f"PREFIX {p}: <{iri}>"
        for p, iri in sorted(table.items())
        if f"{p}:" in lowered and f"prefix {p}:" not in " ".join(lowered.split())
    ]
    return "\n".join([*missing, sparql])


def text_of(term: Term) -> str:
    """The bare IRI, or the lexical form of a literal without its datatype and language."""
    return term.value if isinstance(term, (NamedNode, Literal)) else str(term)
