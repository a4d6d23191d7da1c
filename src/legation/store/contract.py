"""What every store is: the rows it gives and the contract it keeps.

Invariant: nothing here knows where a graph is.
"""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Iterator
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


Facts = defaultdict[Term, defaultdict[Term, list[Term]]]
"""The values of properties, by thing and property; empty for what nobody says."""

AT_ONCE = 400
"""Things that a query names: all those of a large graph would make one of megabytes."""


def no_facts() -> Facts:
    """Facts to be filled in."""
    return defaultdict(lambda: defaultdict(list))


def in_order(facts: Facts) -> Facts:
    """Facts with their values sorted, so that no engine's order shows."""
    for told in facts.values():
        for values in told.values():
            values.sort(key=str)
    return facts


class Store(ABC):
    """Anything that answers SPARQL 1.1 queries.

    Attributes:
        url: The address of an endpoint; None of a graph on this machine.
    """

    url: str | None = None

    @abstractmethod
    def query(self, sparql: str) -> Result:
        """Put a query; UsageError when it is not SPARQL, EndpointError when an endpoint fails."""

    def facts(self, things: Iterable[Term], *kinds: NamedNode) -> Facts:
        """What the default graph says of some things by some properties, values in order."""
        found = no_facts()
        nodes = sorted({thing for thing in things if isinstance(thing, NamedNode)}, key=str)
        wanted = " ".join(map(str, kinds))
        for start in range(0, len(nodes), AT_ONCE):
            some = " ".join(map(str, nodes[start : start + AT_ONCE]))
            values = f"VALUES ?thing {{ {some} }} VALUES ?kind {{ {wanted} }}"
            asked = f"SELECT DISTINCT ?thing ?kind ?value WHERE {{ {values} ?thing ?kind ?value }}"
            for thing, kind, value in self.select(asked):
                found[thing][kind].append(value)
        return in_order(found)

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
