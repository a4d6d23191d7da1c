"""New things that a table names: what a row of some kind speaks about by a name that nobody bears.

Invariant: only what articles bring with them (events, instruments, plans) is made so; a name near
that of another thing of its kind makes nothing, unless the cell says ``new:``.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import count

from pyoxigraph import Literal, NamedNode, Triple

from legation.desk.docket.parlance import Parlance
from legation.desk.draft.reading import article_of
from legation.desk.tabular import TableRow
from legation.errors import UsageError
from legation.graph.record import Record
from legation.graph.spelling import key, slugged
from legation.rdf.vocabulary import RDF, RDFS

_NEW = "new:"


def plainly(words: str) -> str:
    """A name without the word that calls its bearer new."""
    return words.removeprefix(_NEW).strip()


def coined(
    by_slug: Mapping[str, Sequence[TableRow]], record: Record, parlance: Parlance
) -> Iterator[Triple]:
    """Class and label of each new thing that rows speak about, in the language of their article."""
    taken = {*record.kinds, *(q.quad.subject for q in record.quads("registry"))}
    for slug, rows in by_slug.items():
        language = article_of(record, slug).language or "en"
        found = [*_new(parlance, rows, taken, language)]
        parlance, taken = parlance.knowing(found), {*taken, *(t.subject for t in found)}
        yield from found


def _new(
    parlance: Parlance, rows: Iterable[TableRow], taken: Collection[object], language: str
) -> Iterator[Triple]:
    given: dict[str, NamedNode] = {}
    for row in rows:
        words = row.cells.get("thing", "").strip()
        name = plainly(words)
        if not name or key(name) in given or not (kinds := _kinds(parlance, row)):
            continue
        kind = parlance.ontology.kind(*kinds)
        near = parlance.names.find(name, parlance.ontology.kinds.get(kind), most=1)
        is_near = bool(near) and (words == name or near[0].score == 100.0)
        if kind not in parlance.ontology.told or is_near or _is_known(parlance, name):
            continue
        base = parlance.prefixes[kind] + (slugged(name) or "-".join(key(name).split()))
        tries = (NamedNode(f"{base}-{n}" if n > 1 else base) for n in count(1))
        thing = next(node for node in tries if node not in taken and node not in given.values())
        given[key(name)] = thing
        yield from (Triple(thing, RDF.type, cls) for cls in kinds)
        yield Triple(thing, RDFS.label, Literal(name, language=language))


def _kinds(parlance: Parlance, row: TableRow) -> list[NamedNode]:
    try:
        return parlance.kinds(row.cells.get("kind", ""))
    except UsageError:  # told where the row is read
        return []


def _is_known(parlance: Parlance, name: str) -> bool:
    try:
        return bool(parlance.thing(name))
    except UsageError:
        return False
