"""From what people wrote to a dataset that answers.

Invariant: the default graph is *materialised*. It holds the registry, the claims' metadata, the
union of all claim graphs without repetition, and the triples derived here; each claim graph
stays as it was written, and what is only said or planned stays in the graph of its content. The
result is a function of the record alone: sorted, no blank node invented, nothing of this machine.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QueryTriples, Store, Triple

from legation.errors import InputError, UsageError
from legation.graph import chronology, contradictions, hearsay, labelling
from legation.graph.bundle import is_own
from legation.graph.claim import Claim, Content
from legation.graph.record import Record
from legation.rdf.gathering import gathered
from legation.rdf.guard import refuse_unsafe
from legation.rdf.ontology import Ontology
from legation.rdf.unswept import unswept
from legation.rdf.vocabulary import LEG, PROV, RDF, XSD
from legation.rdf.worker import limited

_FOR_ANSWERS = "#+ for: answers"
"""What a rule says of itself whose triples no judge reads."""


@dataclass(frozen=True)
class Dataset:
    """The built graph.

    Attributes:
        merged: The triples of the default graph, each once.
        said: The quads of the graphs of claims and contents.
        inferred: The triples that no author wrote.
    """

    merged: Collection[Triple]
    said: Collection[Quad] = ()
    inferred: Collection[Triple] = ()

    @classmethod
    def of(cls, quads: Iterable[Quad], inferred: Collection[Triple] = ()) -> "Dataset":
        """The dataset of some quads."""
        parts = defaultdict[bool, list[Quad]](list)
        for quad in quads:
            parts[isinstance(quad.graph_name, DefaultGraph)].append(quad)
        return cls([quad.triple for quad in parts[True]], parts[False], inferred)

    @cached_property
    def held(self) -> tuple[Quad, ...]:
        """Every quad, as it comes; a store needs no order."""
        return (*map(_in_default, self.merged), *self.said)

    @cached_property
    def by_property(self) -> Mapping[NamedNode, Sequence[Triple]]:
        """The triples of the default graph under their properties, as they come."""
        return grouped(self.merged)

    @cached_property
    def quads(self) -> tuple[Quad, ...]:
        """Every quad, in N-Quads order; a store needs none."""
        return tuple(sorted(self.held, key=str))

    @cached_property
    def derived(self) -> tuple[Triple, ...]:
        """The triples that no author wrote, in N-Quads order."""
        return tuple(sorted(self.inferred, key=str))

    @cached_property
    def default(self) -> tuple[Triple, ...]:
        """The triples of the materialised default graph."""
        return tuple(sorted(self.merged, key=str))

    @cached_property
    def claim_graphs(self) -> dict[NamedNode, tuple[Triple, ...]]:
        """The triples of each claim."""
        graphs: dict[NamedNode, list[Triple]] = {}
        for quad in self.quads:
            if isinstance(quad.graph_name, NamedNode):
                graphs.setdefault(quad.graph_name, []).append(quad.triple)
        return {name: tuple(triples) for name, triples in graphs.items()}


@unswept()
def build(
    record: Record,
    rules: Sequence[tuple[Path, str]],
    *,
    drafts: bool = False,
    for_answers: bool = True,
) -> Dataset:
    """Merge a record into one dataset and derive what follows; InputError when a rule fails.

    Each rule is a file and its SPARQL CONSTRUCT query, run once on ontology, merged graph and claim
    graphs; the claims of articles still in draft take part only when asked for. What only answers
    read, which triples rest on reports and what to call what nobody named, may be left out.
    """
    left_out = set() if drafts else _draft_claims(record)
    claim_graphs = _quads_of(claim for claim in record.claims if claim.iri not in left_out)
    left_out |= {
        content.iri
        for content in record.contents
        if left_out.issuperset(claim.iri for claim in record.carriers.get(content.iri, ()))
    }
    contents = _quads_of(content for content in record.contents if content.iri not in left_out)
    authored = {
        q.quad.triple
        for q in record.quads("registry", "article")
        if isinstance(q.quad.graph_name, DefaultGraph) and q.quad.subject not in left_out
    }
    passages = {t for t in _passages(record) if not left_out & {t.subject, t.object}} - authored
    merged = authored | passages | {quad.triple for quad in claim_graphs}
    ontology = [q.quad.triple for q in record.quads("ontology")]
    said = {*claim_graphs, *contents}
    if not for_answers:
        rules = [(path, rule) for path, rule in rules if _FOR_ANSWERS not in rule]
    derived = _derive([*map(_in_default, chain(ontology, merged)), *said], rules)
    terms = Ontology.of(ontology)
    derived |= set(chronology.derived(grouped(chain(merged, derived)), claim_graphs, terms))
    derived |= set(contradictions.derived(claim_graphs, authored, terms))
    if for_answers:
        kept = [claim for claim in record.claims if claim.iri not in left_out]
        derived |= set(hearsay.derived(kept, authored, derived - merged, ontology=terms))
    derived -= merged
    labels: set[Triple] = set()
    if for_answers:
        labels = labels_of(Dataset(merged | derived, said), terms)
    return Dataset(merged | derived | labels, said, derived | passages | labels)


def _quads_of(graphs: Iterable[Claim | Content]) -> list[Quad]:
    return [Quad(t.subject, t.predicate, t.object, one.iri) for one in graphs for t in one.triples]


def labels_of(dataset: Dataset, ontology: Ontology) -> set[Triple]:
    """What to call the things that nobody named."""
    told = [t for kind in labelling.TOLD for t in dataset.by_property.get(kind, ())]
    return set(labelling.derived(chain(map(_in_default, told), dataset.said), ontology))


def grouped(triples: Iterable[Triple]) -> Mapping[NamedNode, Sequence[Triple]]:
    """Triples under their properties."""
    return gathered((triple.predicate, triple) for triple in triples)


def _draft_claims(record: Record) -> set[NamedNode]:
    drafts = {article.iri for article in record.articles if article.is_draft}
    return {claim.iri for claim in record.claims if claim.article in drafts}


def _passages(record: Record) -> Iterable[Triple]:
    """What a claim or omission is, where its words stand, and in which manner they say it."""
    for passage in record.passages:
        if not passage.quote and passage.article is None:
            continue  # a graph that nobody quotes is no claim; a check says so
        yield Triple(
            passage.iri, RDF.type, LEG.Claim if isinstance(passage, Claim) else LEG.Omission
        )
        if passage.article is not None:
            yield Triple(passage.iri, PROV.wasQuotedFrom, passage.article)
        if 0 <= passage.start < passage.end:
            yield Triple(passage.iri, LEG.charStart, _number(passage.start))
            yield Triple(passage.iri, LEG.charEnd, _number(passage.end))
        if isinstance(passage, Claim):
            yield Triple(passage.iri, LEG.modality, NamedNode(LEG.base + passage.modality))
    for content in record.contents:
        yield Triple(content.iri, RDF.type, LEG.Content)
        for claim in record.carriers.get(content.iri, ()):
            yield Triple(content.iri, PROV.wasDerivedFrom, claim.iri)


def _number(offset: int) -> Literal:
    return Literal(str(offset), datatype=XSD.integer)


def _in_default(triple: Triple) -> Quad:
    # Without the graph, which is the default: to name it takes four times as long.
    return Quad(triple.subject, triple.predicate, triple.object)


def _derive(quads: Iterable[Quad], rules: Sequence[tuple[Path, str]]) -> set[Triple]:
    """The triples the rules construct; only IRIs pass through the store, so none is rewritten."""
    store = Store()
    store.extend(quads)
    derived: set[Triple] = set()
    for path, rule in rules:
        try:
            refuse_unsafe(rule)
            run = partial(_constructed, store, rule)
            derived |= limited(run) if is_own(path) else run()
        except UsageError as error:
            raise InputError(str(error), path) from error
    return derived


def _constructed(store: Store, rule: str) -> set[Triple]:
    try:
        result = store.query(rule)
    except SyntaxError as error:
        raise UsageError(f"is not SPARQL: {error}") from error
    if not isinstance(result, QueryTriples):
        raise UsageError("is not a CONSTRUCT query, as a derivation rule must be")
    return set(result)
