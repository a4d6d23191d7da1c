"""What the build derives from claims that cannot all be true."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Triple

from legation.graph.contradictions import Contradiction, derived, read
from legation.rdf.ontology import Ontology
from legation.rdf.vocabulary import EDTF, LEG, OWL, RDF, RDFS, XSD

EVENT, OTHER = NamedNode("urn:event"), NamedNode("urn:other")
SIZE = NamedNode("urn:size")
SIGNED = NamedNode("urn:signedOn")
TERMS = Ontology.of(
    [
        *(Triple(term, RDF.type, OWL.DatatypeProperty) for term in (LEG.date, SIZE, SIGNED)),
        Triple(LEG.singleValued, RDF.type, OWL.AnnotationProperty),
        Triple(LEG.date, LEG.singleValued, Literal(True)),
        Triple(SIZE, LEG.singleValued, Literal(True)),
        Triple(SIGNED, RDFS.subPropertyOf, LEG.date),
    ]
)


def _claim(number: int) -> NamedNode:
    return NamedNode(f"urn:claim-{number}")


def _day(text: str) -> Literal:
    return Literal(text, datatype=EDTF)


def _found(
    *graphs: list[Triple], linked: tuple[tuple[int, int], ...] = ()
) -> tuple[Contradiction, ...]:
    """The contradictions of claims that state the given triples, numbered from 0."""
    quads = [
        Quad(t.subject, t.predicate, t.object, _claim(number))
        for number, triples in enumerate(graphs)
        for t in triples
    ]
    links = [Triple(_claim(one), LEG.conflictsWith, _claim(other)) for one, other in linked]
    return read(derived(quads, links, TERMS))


def _values(found: tuple[Contradiction, ...]) -> list[tuple[str, str]]:
    return [(both.one.value.value, both.other.value.value) for both in found]


def test_two_values_of_a_single_valued_property_contradict_each_other_once() -> None:
    (both,) = _found(
        [Triple(EVENT, LEG.date, _day("2031-05-03"))],
        [Triple(EVENT, LEG.date, _day("2031-05-04"))],
        [Triple(EVENT, LEG.date, _day("2031-05-04"))],
    )
    assert (both.one.claims, both.other.claims) == ((_claim(0),), (_claim(1), _claim(2)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2031-05-01/2031-05-09", "2031-05-06"),
        ("XXXX-05-06", "2031-05-06"),
        ("[2031-05-05,2031-05-06]", "2031-05-06"),
    ],
)
def test_dates_that_some_day_satisfies_do_not_contradict_each_other(one: str, other: str) -> None:
    graphs = ([Triple(EVENT, LEG.date, _day(text))] for text in (one, other))
    assert _found(*graphs) == ()


def test_a_property_under_a_single_valued_one_is_single_valued() -> None:
    found = _found(
        [Triple(EVENT, SIGNED, _day("2031-05-03"))],
        [Triple(EVENT, LEG.date, _day("2031-05-04"))],
    )
    assert [(both.one.kind, both.other.kind) for both in found] == [(LEG.date, SIGNED)]


def test_numbers_are_compared_by_value() -> None:
    decimal = Literal("12.0", datatype=XSD.decimal)
    assert _found([Triple(EVENT, SIZE, Literal(12))], [Triple(EVENT, SIZE, decimal)]) == ()
    assert _found([Triple(EVENT, SIZE, Literal(12))], [Triple(EVENT, SIZE, Literal(14))])


def test_claims_that_acknowledge_a_conflict_contradict_by_what_they_say_of_one_thing() -> None:
    russia, ussr = NamedNode("urn:russia"), NamedNode("urn:ussr")
    graphs = [
        [Triple(EVENT, RDF.type, LEG.Event), Triple(EVENT, LEG.act, value)]
        for value in (russia, ussr)
    ]
    assert _found(*graphs) == ()
    assert _values(_found(*graphs, linked=((1, 0),))) == [("urn:russia", "urn:ussr")]


def test_an_acknowledged_conflict_may_be_about_two_things() -> None:
    graphs = [
        [Triple(EVENT, LEG.date, _day("2031-12-10"))],
        [Triple(OTHER, LEG.date, _day("2031-12-04"))],
    ]
    (both,) = _found(*graphs, linked=((0, 1),))
    assert {both.one.thing, both.other.thing} == {EVENT, OTHER}


def test_what_an_acknowledgement_is_about_is_the_single_valued_property() -> None:
    graphs = [
        [Triple(EVENT, LEG.date, _day(day)), Triple(EVENT, LEG.attendee, NamedNode(who))]
        for day, who in (("2031-05-03", "urn:one"), ("2031-05-04", "urn:two"))
    ]
    assert _values(_found(*graphs, linked=((0, 1),))) == [("2031-05-03", "2031-05-04")]


def test_a_link_to_a_claim_that_takes_no_part_says_nothing() -> None:
    assert _found([Triple(EVENT, LEG.act, OTHER)], linked=((0, 7),)) == ()
