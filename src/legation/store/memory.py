"""A graph on this machine: held in memory, or opened where it was kept.

Invariant: a local question never reaches the network and never ends the process by its nesting.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
)
from pyoxigraph import Store as _Oxigraph

from legation.errors import LIBRARY_FAULTS, LegationError, UsageError
from legation.graph.registry import Names
from legation.rdf.guard import UPDATE, is_update, refuse_unsafe
from legation.rdf.ontology import Ontology
from legation.rdf.vocabulary import RDF
from legation.store.contract import (
    Facts,
    Result,
    Rows,
    Store,
    Term,
    in_order,
    no_facts,
    with_prefixes,
)
from legation.store.literals import Rewritten, restored, rewritten

if TYPE_CHECKING:
    import rdflib

Solved: TypeAlias = QuerySolutions | QueryBoolean | QueryTriples
"""What the engine itself gives; rows and triples come as they are read."""

_Made = TypeVar("_Made")

# On a much longer text rdflib's parser takes seconds to find the place.
_LONGEST = 20_000


class LocalStore(Store):
    """A dataset held in memory.

    Attributes:
        leaves_out: Whether there are claims in draft that it does not hold.
    """

    def __init__(
        self,
        quads: Iterable[Quad],
        prefixes: dict[str, str] | None = None,
        *,
        leaves_out: bool = False,
    ) -> None:
        self._prefixes = prefixes
        self.leaves_out = leaves_out
        self._filled = _Oxigraph()
        held = tuple(quads)
        self._filled.extend(held)
        self._rewritten = rewritten(held)

    @property
    def _engine(self) -> _Oxigraph:
        return self._filled

    @property
    def rewritten(self) -> Rewritten:
        """What the engine keeps in another form than it was written."""
        return self._rewritten

    def names(self, ontology: Ontology) -> Names:
        """Every name in the graph."""
        named = (RDF.type, *sorted(ontology.naming, key=str))
        found = (q.triple for p in named for q in self.quads(None, p, None, DefaultGraph()))
        return Names(tuple(sorted(found, key=str)), ontology)

    def query(self, sparql: str) -> Result:
        """See `Store.query`. SERVICE is refused, and what nests or chains beyond all use."""
        return self.read(sparql, _result)

    def read(
        self,
        sparql: str,
        reading: Callable[[Solved], _Made],
        *,
        default: list[NamedNode | BlankNode | DefaultGraph] | None = None,
        named: list[NamedNode | BlankNode] | None = None,
    ) -> _Made:
        """What is made of the engine's own result; errors as of `query`, also of the reading.

        ``default`` and ``named`` are the graphs that it is put to, where not to all there are.
        """
        text = with_prefixes(sparql, self._prefixes)
        refuse_unsafe(text)
        # Lines that the prefixes put before what was typed; places are told in the text as typed.
        shift = text.count("\n") - sparql.count("\n")
        try:
            return reading(self._engine.query(text, default_graph=default, named_graphs=named))
        except SyntaxError as error:
            raise UsageError(_syntax_message(sparql, error, shift)) from error
        except (*LIBRARY_FAULTS, OSError) as error:
            raise self._failure(error) from error

    def facts(self, things: Iterable[Term], *kinds: NamedNode) -> Facts:
        """See `Store.facts`; straight from the index."""
        found = no_facts()
        for thing in {thing for thing in things if isinstance(thing, NamedNode)}:
            for kind in kinds:
                for quad in self.quads(thing, kind, None, DefaultGraph()):
                    found[thing][kind].append(quad.object)
        return in_order(found)

    def _failure(self, error: Exception) -> LegationError:
        return UsageError(f"the query could not be answered: {error}")

    def has_graph(self, name: NamedNode) -> bool:
        """Whether a named graph is here."""
        return self._engine.contains_named_graph(name)

    def to_rdflib(self) -> "rdflib.Dataset":
        """The whole dataset for those who work with rdflib, each literal as it was written."""
        import rdflib

        from legation.rdf.trig import write_nquads

        dataset = rdflib.Dataset()
        dataset.parse(data=write_nquads(restored(self.quads(), self.rewritten)), format="nquads")
        return dataset

    def quads(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        value: NamedNode | Literal | None = None,
        graph: NamedNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """The quads that fit a pattern, straight from the index; None fits anything."""
        return self._engine.quads_for_pattern(subject, predicate, value, graph)


def _result(result: Solved) -> Result:
    if isinstance(result, QueryBoolean):
        return bool(result)
    if isinstance(result, QuerySolutions):
        names = tuple(v.value for v in result.variables)
        return Rows(names, tuple(tuple(solution[n] for n in names) for solution in result))
    return tuple(result)


def _syntax_message(sparql: str, error: SyntaxError, shift: int) -> str:
    """A SPARQL error with its line and a caret beneath the place."""
    text = str(error.msg or error)
    if is_update(sparql):
        return UPDATE
    place = _place(sparql) or _reported_place(text, shift)
    if place is None:
        return f"the query is not SPARQL: {text}"
    lines = [*sparql.splitlines(), ""]
    number, column = min(place[0], len(lines)), place[1]
    while number > 1 and not lines[number - 1].strip():  # it ends too early: show where it ends
        number -= 1
        column = len(lines[number - 1]) + 1
    why = "is not SPARQL"
    if "Prefix not found" in text:
        unknown = re.search(r"([\w.-]*:)\S*$", lines[number - 1][: column - 1])
        why = f"uses a prefix nobody declared{f' ({unknown[1]})' if unknown else ''}"
    return (
        f"the query {why} near line {number}, column {column}:\n"
        f"  {lines[number - 1]}\n  {' ' * (column - 1)}^"
    )


def _reported_place(text: str, shift: int) -> tuple[int, int] | None:
    """Where the engine gave up, which is often long after the fault."""
    place = re.search(r"error at (\d+):(\d+)", text)
    if place is None or int(place[1]) <= shift:  # within the prefixes put before the text
        return None
    return int(place[1]) - shift, int(place[2])


def _place(sparql: str) -> tuple[int, int] | None:
    """Where rdflib's parser stops, which is closer to the fault; None when it reads the text."""
    if len(sparql) > _LONGEST:
        return None
    from pyparsing import ParseBaseException
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        parseQuery(sparql)
    except ParseBaseException as error:
        return error.lineno, error.column
    except LIBRARY_FAULTS:
        return None
    return None
