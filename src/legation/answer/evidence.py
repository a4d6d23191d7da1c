"""Which claims prove which triples, and what those claims quote.

Invariant: evidence is never inferred. A claim proves a triple only if the triple stands in the
claim's own graph as somebody wrote it; a derived triple has no evidence of its own. An
endpoint is asked about all things together, a graph on this machine triple by triple.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from pyoxigraph import Literal, NamedNode, Triple

from legation.answer.cells import Evidence
from legation.answer.question import ANYTHING, Pattern, Question
from legation.rdf.vocabulary import LEG, PROV, local_name
from legation.store import AT_ONCE, Facts, LocalStore, Store, Term, text_of

Bindings = Mapping[str, Term | None]
"""What one solution of a query binds, by variable."""

_TRIPLES = """PREFIX leg: <https://w3id.org/legation/ns#>
SELECT ?claim ?s ?p ?o
WHERE {{
  VALUES ?s {{ {things} }}
  ?claim leg:describes ?s .
  GRAPH ?claim {{ ?s ?p ?o }}
}}"""

_CITED = (
    LEG.quote,
    PROV.wasQuotedFrom,
    LEG.modality,
    LEG.charStart,
    LEG.charEnd,
    LEG.origin,
    LEG.accordingTo,
    LEG.basis,
)

_HOW = {
    "computed": ("computed from", "the day of publication"),
    "resolved": ("resolved by", "its context"),
    "supplied": ("supplied from", "outside these words"),
}
"""What joins each basis to its premises, and what stands there without any."""


def ask_about(store: Store, template: str, things: Iterable[Term]) -> Iterator[tuple[Term, ...]]:
    """The rows of a query about many things, put some hundreds at a time, in order."""
    nodes = sorted({thing for thing in things if isinstance(thing, NamedNode)}, key=str)
    for start in range(0, len(nodes), AT_ONCE):
        some = " ".join(map(str, nodes[start : start + AT_ONCE]))
        yield from store.select(template.format(things=some)).rows


def receipts(
    store: Store, question: Question, rows: Sequence[Sequence[Bindings]]
) -> list[tuple[Evidence, ...]]:
    """The evidence of each row, fetched together; a row is the solutions that it shows."""
    subjects = {
        bound(pattern.subject, solution)
        for row in rows
        for solution in row
        for pattern in (*question.evidence, *question.otherwise)
        if pattern.predicate is not None
    }
    index = Claimed(store, subjects)
    found = [_claims(row, question.evidence, index) for row in rows]
    passages = passages_of(store, {claim for ranks in found for claim in ranks})
    bare = [i for i, ranks in enumerate(found) if not any(one in passages for one in ranks)]
    if question.otherwise and bare:
        for i in bare:
            found[i] = _claims(rows[i], question.otherwise, index)
        passages |= passages_of(store, {claim for i in bare for claim in found[i]})
    return [_ranked(ranks, passages) for ranks in found]


def _claims(
    row: Sequence[Bindings], patterns: Sequence[Pattern], index: "Claimed"
) -> dict[Term, int]:
    """The claims of a row, each with the place of the first pattern that it proves."""
    ranks: dict[Term, int] = {}
    for rank, pattern in enumerate(patterns):
        for solution in row:
            parts = bound_parts(pattern, solution)
            if None in parts:
                continue  # an optional part of the query that this solution leaves open
            claims = {parts[0]} if len(parts) == 1 else index.proving(*parts)
            ranks |= {claim: rank for claim in claims if claim not in ranks}
    return ranks


def _ranked(
    ranks: Mapping[Term, int], passages: Mapping[Term, Sequence[Evidence]]
) -> tuple[Evidence, ...]:
    """The passages of a row, its main fact first."""
    best: dict[Evidence, int] = {}
    for claim, rank in ranks.items():
        for passage in passages.get(claim, ()):
            best[passage] = min(rank, best.get(passage, rank))
    return tuple(sorted(in_order(best), key=best.__getitem__))


class Claimed:
    """What claims say about some things."""

    def __init__(self, store: Store, things: Iterable[Term | None]) -> None:
        self._store = store
        self._said: defaultdict[Term, list[tuple[Term, Term, Term]]] = defaultdict(list)
        self._holding: dict[tuple[Term, Term, Term], set[Term]] = {}
        if isinstance(store, LocalStore):
            return  # its index is at hand, triple by triple
        wanted = (thing for thing in things if thing is not None)
        for claim, subject, predicate, value in ask_about(store, _TRIPLES, wanted):
            self._said[subject].append((predicate, value, claim))

    def proving(self, subject: Term, predicate: Term, value: Term) -> set[Term]:
        """The graphs that hold a triple: claims, and what is only said, which quotes nothing."""
        triple = (subject, predicate, value)
        if (found := self._holding.get(triple)) is None:
            found = self._holding[triple] = self._found(*triple)
        return found

    def _found(self, subject: Term, predicate: Term, value: Term) -> set[Term]:
        if isinstance(self._store, LocalStore):
            return _holding(self._store, subject, predicate, value)
        return {
            claim
            for said, about, claim in self._said.get(subject, ())
            if predicate in (ANYTHING, said) and value in (ANYTHING, about)
        }


def _holding(store: LocalStore, subject: Term, predicate: Term, value: Term) -> set[Term]:
    if not isinstance(subject, NamedNode):
        return set()
    kind = predicate if isinstance(predicate, NamedNode) else None
    about = value if isinstance(value, NamedNode | Literal) else None
    graphs = {quad.graph_name for quad in store.quads(subject, kind, about)}
    return {graph for graph in graphs if isinstance(graph, NamedNode)}


def bound_parts(pattern: Pattern, solution: Bindings) -> list[Term | None]:
    """The parts of a pattern, one or three; None for a variable that the solution leaves open."""
    parts = (pattern.subject, pattern.predicate, pattern.object)
    return [bound(part, solution) for part in parts if part is not None]


def bound(part: NamedNode | str, solution: Bindings) -> Term | None:
    """A part of a pattern with its variable replaced; None when the solution leaves it open."""
    if isinstance(part, str) and part != ANYTHING:
        return solution.get(part[1:])
    return part


def passages_of(store: Store, claims: Iterable[Term]) -> dict[Term, list[Evidence]]:
    """What claims quote; nothing for what is no claim."""
    facts = store.facts(claims, *_CITED)
    bases = {claim for claim, told in facts.items() if told[LEG.basis]}
    leant = store.facts(bases, LEG.leansOn)
    quotes = store.facts((one for told in leant.values() for one in told[LEG.leansOn]), LEG.quote)
    found = {
        claim: list(_cited(claim, told, _basis(told, leant[claim][LEG.leansOn], quotes)))
        for claim, told in facts.items()
    }
    return {claim: passages for claim, passages in found.items() if passages}


def _cited(
    claim: Term, told: Mapping[Term, Sequence[Term]], basis: str | None
) -> Iterator[Evidence]:
    """A claim as evidence: more than once where it has several origins."""
    for quote, article, modality, start, end, origin, report in product(
        *(told[kind] for kind in _CITED[:3]), *(told[kind] or [None] for kind in _CITED[3:7])
    ):
        yield Evidence(
            text_of(claim),
            text_of(quote),
            text_of(article),
            _offset(start),
            _offset(end),
            local_name(modality) if isinstance(modality, NamedNode) else text_of(modality),
            None if origin is None else text_of(origin),
            None if report is None else text_of(report),
            basis,
        )


def _basis(
    told: Mapping[Term, Sequence[Term]], premises: Iterable[Term], quotes: Facts
) -> str | None:
    """How the words of a claim give what it states, in words; None of one that says it."""
    if not told[LEG.basis]:
        return None
    basis = told[LEG.basis][-1]
    name = local_name(basis) if isinstance(basis, NamedNode) else text_of(basis)
    joined, otherwise = _HOW.get(name, (f"{name} from", "elsewhere"))
    leant = {f"“{text_of(q)}”" for one in premises for q in quotes[one][LEG.quote]}
    return f"{joined} {', '.join(sorted(leant)) or otherwise}"


def _offset(term: Term | None) -> int:
    """An offset; -1 where the text that would tell it is not here."""
    return -1 if term is None else int(text_of(term))


def in_order(passages: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Passages once each, in the order of the texts: by article, offsets and claim."""
    return tuple(
        sorted(set(passages), key=lambda e: (e.article, e.start, e.end, e.claim, e.origin or ""))
    )


def evidence_for(store: Store, triple: Triple) -> tuple[Evidence, ...]:
    """The passages that prove one triple, in the order of the texts."""
    claimed = Claimed(store, [triple.subject])
    claims = claimed.proving(triple.subject, triple.predicate, triple.object)
    if not claims and isinstance(triple.object, Literal):
        claims = claimed.proving(triple.subject, triple.predicate, _kept(store, triple.object))
    found = passages_of(store, claims)
    return in_order(e for claim in claims for e in found.get(claim, ()))


def _kept(store: Store, value: Literal) -> Term:
    """A literal as a store keeps it: some write 1.700 as 1.7."""
    return store.select(f"SELECT ?value {{ VALUES ?value {{ {value} }} }}").rows[0][0]
