"""Between which days things were: what every date allows, and what its telling does.

Invariant: no bound is tighter than the sources. ``leg:earliest`` and ``leg:latest`` hold all dates
that sources give a thing; each dating triple has bounds of its own beside them; what a text tells
as past is ``leg:noLaterThan`` the day that text appeared, which is kept apart from what is stated.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import reduce
from typing import TypeVar

from pyoxigraph import Literal, NamedNode, Quad, Triple

from legation.graph.reification import node_of, reified, stating
from legation.rdf.ontology import Ontology
from legation.rdf.vocabulary import EDTF, LEG, PROV, RDF, XSD
from legation.text.dates import bounds_of
from legation.text.daysets import Bounds

_Said = TypeVar("_Said", Triple, Quad)


def derived(
    triples: Mapping[NamedNode, Sequence[Triple]],
    claim_graphs: Collection[Quad],
    ontology: Ontology,
) -> Iterator[Triple]:
    """The bounds of whatever is dated or told of, for the default graph, given by property."""
    merged = set(_merged(triples, ontology))
    yield from merged
    yield from _of_each(claim_graphs, ontology)
    yield from _told(triples, claim_graphs, merged)


def _merged(triples: Mapping[NamedNode, Sequence[Triple]], ontology: Ontology) -> Iterator[Triple]:
    """The earliest and latest day of whatever is dated, over all dates that sources give it.

    A date that is not EDTF gives no bounds; a check reports it. Nor does one without a year
    (``XXXX-10-12``): it leaves the bounds that other sources set as they are.
    """
    given: defaultdict[NamedNode, dict[NamedNode, Bounds]] = defaultdict(dict)
    for triple in (t for kind in ontology.bounding for t in triples.get(kind, ())):
        span = _span(triple)
        if span is not None and isinstance(triple.subject, NamedNode):
            known = given[triple.subject].get(triple.predicate)
            given[triple.subject][triple.predicate] = span if known is None else known.span(span)
    for subject, spans in given.items():
        yield from _written(subject, _lifetime(spans, ontology))


def _of_each(claim_graphs: Iterable[Quad], ontology: Ontology) -> Iterator[Triple]:
    """The bounds of each dating triple by itself, as a node derived from the claims stating it."""
    for triple, claims in stating(_dating(claim_graphs, ontology)).items():
        span = _span(triple)
        if span is not None:
            yield from reified(triple, claims)
            yield from _written(node_of(triple), span)


def _told(
    triples: Mapping[NamedNode, Sequence[Triple]],
    claim_graphs: Iterable[Quad],
    merged: Collection[Triple],
) -> Iterator[Triple]:
    """The day by which something had come about, where no date says as much."""
    latest: dict[object, str] = {
        t.subject: t.object.value
        for t in merged
        if t.predicate == LEG.latest and isinstance(t.object, Literal)
    }
    happened = {LEG.Event, LEG.Statement}
    past = {t.subject for t in triples.get(RDF.type, ()) if t.object in happened}
    sources: defaultdict[object, set[object]] = defaultdict(set)
    for kind in (LEG.accordingTo, PROV.wasQuotedFrom, PROV.wasDerivedFrom):
        for triple in triples.get(kind, ()):
            sources[triple.subject].add(triple.object)
    told: defaultdict[NamedNode, set[str]] = defaultdict(set)
    for quad in claim_graphs:
        subject = quad.subject
        if subject in past and isinstance(subject, NamedNode):
            chain = {text for near in sources[quad.graph_name] for text in (near, *sources[near])}
            told[subject] |= {latest[text] for text in chain if text in latest}
    for thing, days in told.items():
        if days and (thing not in latest or min(days) < latest[thing]):
            yield Triple(thing, LEG.noLaterThan, Literal(min(days), datatype=XSD.date))


def _dating(said: Iterable[_Said], ontology: Ontology) -> Iterator[_Said]:
    """What dates something; most of a graph dates nothing."""
    bounding = ontology.bounding
    return (one for one in said if one.predicate in bounding)


def _span(triple: Triple) -> Bounds | None:
    """The bounds that a dating triple sets; None where it sets none."""
    value = triple.object
    if not isinstance(value, Literal):
        return None
    span = bounds_of([value.value] if value.datatype == EDTF else [])
    return None if span == Bounds(None, None) else span


def _written(subject: NamedNode, span: Bounds) -> Iterator[Triple]:
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
