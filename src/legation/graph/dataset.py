"""From what people wrote to a dataset that answers.

Invariant: the default graph is *materialised*. It holds the registry, the claims' metadata, the
union of all claim graphs without repetition, and the triples derived here; each claim graph
stays as it was written. The result is a function of the record alone: sorted, no blank node
invented, nothing of this machine.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QueryTriples, Store, Triple

from legation.text.dates import Bounds, DateError, bounds
from legation.errors import InputError, UsageError
from legation.graph import contradictions
from legation.graph.record import Record
from legation.rdf.guard import refuse_unsafe
from legation.rdf.ontology import Ontology
from legation.rdf.vocabulary import EDTF, LEG, PROV, RDF, XSD


@dataclass(frozen=True)
class Dataset:
    """The built graph: every quad once, and the triples that no author wrote, in N-Quads order."""

    quads: tuple[Quad, ...]
    derived: tuple[Triple, ...] = ()

    @cached_property
    def default(self) -> tuple[Triple, ...]:
        """The triples of the materialised default graph."""
        return tuple(q.triple for q in self.quads if isinstance(q.graph_name, DefaultGraph))

    @cached_property
    def claim_graphs(self) -> dict[NamedNode, tuple[Triple, ...]]:
        """The triples of each claim."""
        graphs: dict[NamedNode, list[Triple]] = {}
        for quad in self.quads:
            if isinstance(quad.graph_name, NamedNode):
                graphs.setdefault(quad.graph_name, []).append(quad.triple)
        return {name: tuple(triples) for name, triples in graphs.items()}


def build(record: Record, rules: Sequence[str], *, drafts: bool = False) -> Dataset:
    """Merge a record into one dataset and derive what follows; InputError when a rule fails.

    Each rule is a SPARQL CONSTRUCT query, run once on ontology, merged graph and claim graphs;
    the claims of articles still in draft take part only when asked for.
    """
    left_out = set() if drafts else _draft_claims(record)
    claim_graphs = [
        Quad(t.subject, t.predicate, t.object, claim.iri)
        for claim in record.claims
        if claim.iri not in left_out
        for t in claim.triples
    ]
    authored = {
        q.quad.triple
        for q in record.quads("registry", "article")
        if isinstance(q.quad.graph_name, DefaultGraph) and q.quad.subject not in left_out
    }
    merged = authored | {quad.triple for quad in claim_graphs}
    ontology = [q.quad.triple for q in record.quads("ontology")]
    default = {triple: _in_default(triple) for triple in merged}
    derived = _derive([*map(_in_default, ontology), *default.values(), *claim_graphs], rules)
    terms = Ontology.of(ontology)
    derived |= set(_date_bounds(merged | derived, terms))
    derived |= set(contradictions.derived(claim_graphs, authored, terms))
    derived -= merged
    quads = {*default.values(), *map(_in_default, derived), *claim_graphs}
    return Dataset(_sorted(quads), tuple(sorted(derived, key=str)))


def _draft_claims(record: Record) -> set[NamedNode]:
    drafts = {article.iri for article in record.articles if article.is_draft}
    return {claim.iri for claim in record.claims if claim.article in drafts}


def _in_default(triple: Triple) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, DefaultGraph())


def _sorted(quads: Iterable[Quad]) -> tuple[Quad, ...]:
    return tuple(sorted(quads, key=str))


def _derive(quads: Iterable[Quad], rules: Sequence[str]) -> set[Triple]:
    """The triples the rules construct; only IRIs pass through the store, so none is rewritten."""
    store = Store()
    store.extend(quads)
    derived: set[Triple] = set()
    for rule in rules:
        try:
            refuse_unsafe(rule)
            result = store.query(rule)
        except SyntaxError as error:
            raise InputError(f"a derivation rule is not SPARQL: {error}") from error
        except UsageError as error:
            raise InputError(f"a derivation rule cannot be run: {error}") from error
        if not isinstance(result, QueryTriples):
            raise InputError(f"a derivation rule is not a CONSTRUCT query: {rule[:60]!r}")
        derived |= set(result)
    return derived


def _date_bounds(triples: Iterable[Triple], ontology: Ontology) -> Iterable[Triple]:
    """The earliest and latest day of whatever is dated, over all dates that sources give it.

    A date that is not EDTF gives no bounds; a check reports it. Nor does one without a year
    (``XXXX-10-12``): it leaves the bounds that other sources set as they are.
    """
    given: defaultdict[NamedNode, dict[NamedNode, Bounds]] = defaultdict(dict)
    for triple in triples:
        value, subject, kind = triple.object, triple.subject, triple.predicate
        if kind not in ontology.bounding or not isinstance(value, Literal) or value.datatype != EDTF:
            continue
        try:
            span = bounds(value.value)
        except DateError:
            continue
        if isinstance(subject, NamedNode) and span != Bounds(None, None):
            known = given[subject].get(kind)
            given[subject][kind] = span if known is None else known.span(span)
    for subject, spans in given.items():
        span = _lifetime(spans, ontology)
        if span.earliest is not None:
            yield Triple(subject, LEG.earliest, _day(span.earliest))
        if span.latest is not None:
            yield Triple(subject, LEG.latest, _day(span.latest))


def _lifetime(spans: dict[NamedNode, Bounds], ontology: Ontology) -> Bounds:
    """One range from all that is said: a stated begin or end bounds its own side alone.

    A tenure that is only attested on a day is bounded by that day; one that has begun and whose
    end nobody states has no latest day.
    """
    begin, end, point = (
        reduce(Bounds.span, found) if found else None
        for found in (
            [span for kind, span in spans.items() if ontology.bounding[kind] == sides]
            for sides in ({LEG.earliest}, {LEG.latest}, {LEG.earliest, LEG.latest})
        )
    )
    within = point or Bounds(None, None)
    earliest = within.earliest if begin is None else begin.earliest
    latest = end.latest if end is not None else None if begin is not None else within.latest
    return Bounds(earliest, latest)


def _day(day: date) -> Literal:
    return Literal(day.isoformat(), datatype=XSD.date)


def claim_graphs_of(triples: Iterable[Triple]) -> set[Quad]:
    """Rebuild the quads of every claim graph from ``legation.ttl``."""
    parts: defaultdict[object, dict[NamedNode, object]] = defaultdict(dict)
    claims: defaultdict[object, set[NamedNode]] = defaultdict(set)
    for triple in triples:
        if triple.predicate in (RDF.subject, RDF.predicate, RDF.object):
            parts[triple.subject][triple.predicate] = triple.object
        elif triple.predicate == PROV.wasDerivedFrom and isinstance(triple.object, NamedNode):
            claims[triple.subject].add(triple.object)
    return {
        Quad(p[RDF.subject], p[RDF.predicate], p[RDF.object], claim)  # type: ignore[arg-type]
        for node, p in parts.items()
        for claim in claims[node]
    }


def default_graph_of(triples: Iterable[Triple]) -> set[Quad]:
    """Rebuild the default graph from ``legation.ttl``: of what is reified, only contradictions."""
    listed = list(triples)
    reified = {t.subject for t in listed if t.predicate == RDF.type and t.object == RDF.Statement}
    reified -= {t.subject for t in listed if t.predicate == LEG.contradicts}
    return {
        Quad(t.subject, t.predicate, t.object, DefaultGraph())
        for t in listed
        if t.subject not in reified
    }
