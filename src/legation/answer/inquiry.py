"""Asking: a question or a query in, an answer with its evidence out.

Invariant: what is displayed is what the query returned. Rows that look alike, or tell of one thing
what cannot be true at once, are one row, and its evidence is the evidence of them all.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from pyoxigraph import NamedNode

from legation.answer import undated
from legation.answer.cells import CITED_KEYS, Evidence, Shows, terms_in
from legation.answer.column import Kind, kind_of_all
from legation.answer.evidence import receipts
from legation.answer.legend import legend
from legation.answer.parameter import Given, terms_of
from legation.answer.question import Question
from legation.answer.rivals import Rivals
from legation.answer.row import Row
from legation.answer.source import Source
from legation.answer.united import Lines, united
from legation.answer.values import Answer
from legation.errors import UsageError
from legation.rdf.unswept import unswept
from legation.rdf.vocabulary import RDF, expand
from legation.store import Rows, Term


@unswept()
def ask(
    source: Source,
    question: Question,
    given: Mapping[str, Given | None],
    *,
    evidence: bool = True,
) -> Answer:
    """Put a question; rows stand in the order of the query, marked where others contradict them.

    UsageError when a parameter is unknown or does not fit, or the question's file is wrong.
    """
    values = terms_of(source, question, given)
    sparql = question.bound(values)
    found = source.store.select(sparql)
    if not len(found) and (instead := undated.asked_instead(question, values)):
        found = source.store.select(sparql := instead)
    shown = _columns(question, found.variables)
    rows = united(source, question, _alike(found, shown))
    solutions = list(rows.values())
    passages = receipts(source.store, question, solutions) if evidence else [()] * len(rows)
    rivals = Rivals(source).of(question, rows)
    labels = source.labels([*(t for terms in rows for t in terms_in(terms)), *values.values()])
    cited = source.labels(_cited(proof for proofs in passages for proof in proofs))
    parameters = dict(zip(values, source.cells(values.values(), labels), strict=True))
    made = tuple(
        Row(source.cells(terms, labels), terms, proof, question.columns, conflicts)
        for terms, proof, conflicts in zip(rows, passages, rivals, strict=True)
    )
    return Answer(
        question.name,
        parameters,
        question.columns,
        made,
        sparql,
        _kinds(source, question, list(rows), is_narrowed=bool(values)),
        question.summary,
        {node.value: label for node, label in cited.items()},
        undated.note(source, question, values, (one for found in solutions for one in found)),
        legend(source.ontology, question.columns, made),
    )


def _cited(passages: Iterable[Evidence]) -> Iterator[NamedNode]:
    """The claims, articles, origins and reports that passages name."""
    for passage in passages:
        named = (getattr(passage, key) for key in CITED_KEYS)
        yield from (NamedNode(iri) for iri in named if iri is not None)


def _columns(question: Question, variables: Sequence[str]) -> list[int]:
    missing = [name for name in question.columns if name not in variables]
    if missing:
        raise UsageError(
            f"the question {question.name} shows {', '.join(missing)}, which its query does not "
            "select"
        )
    return [variables.index(name) for name in question.columns]


def _alike(found: Rows, shown: Sequence[int]) -> Lines:
    """The solutions by the cells they show, in the order first met."""
    rows: Lines = {}
    for solution in found:
        bindings = dict(zip(found.variables, solution, strict=True))
        rows.setdefault(tuple(solution[i] for i in shown), []).append(bindings)
    return rows


def _kinds(
    source: Source, question: Question, rows: Sequence[Sequence[Shows]], *, is_narrowed: bool
) -> tuple[Kind | None, ...]:
    """What each column holds; the question without parameters tells it where no row does."""
    kinds = [kind_of_all(row[i] for row in rows) for i in range(len(question.columns))]
    unfilled = [i for i, kind in enumerate(kinds) if kind is None] if is_narrowed else []
    told = {i: list(_told(source, question.body, question.columns[i])) for i in unfilled}
    kinds = [kind or kind_of_all(told.get(i, ())) for i, kind in enumerate(kinds)]
    if any(None in told[i] or kinds[i] == "mixed" for i in unfilled):  # what one value cannot tell
        found = source.store.select(question.body)
        places = _columns(question, found.variables)
        kinds = [
            kind_of_all(row[places[i]] for row in found) if i in unfilled else kind
            for i, kind in enumerate(kinds)
        ]
    # A column that nothing ever fills still holds dates where the evidence names it as a date.
    dates = {p.object for p in question.evidence if p.predicate in source.ontology.dating}
    return tuple(
        kind or ("edtf" if f"?{name}" in dates else None)
        for kind, name in zip(kinds, question.columns, strict=True)
    )


def _told(
    source: Source, body: str, name: str, seen: Set[str] = frozenset()
) -> Iterator[Term | None]:
    """One value for each way in which a query fills a variable; None for one not seen from here."""
    if re.search(rf"\?{name}\s+(?:a\s|(?:\{{\s*|[\^(]*)\w+:\w)", body):
        yield RDF.type  # the subject of something, or one of some terms: a thing
        return
    ways = re.findall(rf"(\^?)\b([a-z]+:\w+)[)*+?]*\s+\?{name}\b", body)
    for inverse, kind in ways:
        if (term := expand(kind)) is None:
            yield None  # a prefix of a question's own
            continue
        asked = f"SELECT ?thing ?value WHERE {{ ?thing {term} ?value }} LIMIT 1"
        for thing, value in source.store.select(asked):
            yield thing if inverse else value
    bound = re.findall(rf"BIND\((?:COALESCE)?\(?([^()]*)\)? AS \?{name}\)", body)
    for other in (said.strip() for listed in bound for said in listed.split(",")):
        if other.startswith("?") and other[1:] not in seen:
            yield from _told(source, body, other[1:], {name, *seen})
        else:
            yield None
    if not ways and not bound:
        yield None


def query(source: Source, sparql: str) -> Answer:
    """Put a SPARQL query: an ASK has one column ``answer``, a graph its triples, sorted."""
    result = source.store.query(sparql)
    if isinstance(result, bool):
        return Answer(None, {}, ("answer",), (Row((result,), (result,), (), ("answer",)),), sparql)
    if isinstance(result, Rows):
        columns, table = result.variables, result.rows
    else:
        columns = ("subject", "predicate", "object")
        table = tuple((t.subject, t.predicate, t.object) for t in sorted(result, key=str))
    labels = source.labels(term for row in table for term in row)
    rows = tuple(Row(source.cells(terms, labels), terms, (), columns) for terms in table)
    return Answer(None, {}, columns, rows, sparql)
