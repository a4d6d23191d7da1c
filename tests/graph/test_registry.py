"""From names to things: a name never decides between two."""

from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from legation.errors import AmbiguousName, UnknownName
from legation.graph import dataset as build
from legation.graph import workspace
from legation.graph.registry import Names, key, kind_of
from legation.rdf import trig
from legation.rdf.vocabulary import LEG, PREFIXES, expand


@pytest.fixture(scope="module")
def names() -> Names:
    home = workspace.bundled()
    record = workspace.read(home)
    return Names(build.build(record, home.rules).default, home.ontology)


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("Choe Son Hui", "person:choe-son-hui"),
        ("choe son-hui", "person:choe-son-hui"),
        ("Choe Sŏn Hŭi", "person:choe-son-hui"),
        ("최선희", "person:choe-son-hui"),
        ("Цой Сон Хи", "person:choe-son-hui"),
        ("DPRK", "state:dprk"),
        ("Torshyn", "person:alexander-torshin"),
        ("Alexandr Torshyn", "person:alexander-torshin"),
        ("Supreme People's Assembly", "body:supreme-peoples-assembly"),
        ("Supreme People’s Assembly", "body:supreme-peoples-assembly"),
        ("reception of 9 October 2014", "event:dprk-russia-anniversary-reception-2014"),
    ],
)
def test_every_spelling_of_a_name_finds_its_bearer(names: Names, text: str, thing: str) -> None:
    assert names.resolve(text) == expand(thing)


def test_a_bare_family_name_is_refused_with_all_its_bearers(names: Names) -> None:
    with pytest.raises(AmbiguousName) as caught:
        names.resolve("Kim", LEG.Person)
    assert {"Kim Jong Un", "Kim Yong Nam", "Kim Il Sung"} <= set(caught.value.candidates)


def test_a_misspelt_name_is_refused_with_the_nearest(names: Names) -> None:
    with pytest.raises(UnknownName, match="did you mean Vladimir Putin") as caught:
        names.resolve("Vladimer Poutin", LEG.Person)
    assert caught.value.candidates[0] == "Vladimir Putin"
    assert caught.value.exit_code == 2


def test_a_name_nobody_bears_has_no_candidates(names: Names) -> None:
    with pytest.raises(UnknownName) as caught:
        names.resolve("qqzzxxyy")
    assert caught.value.candidates == ()


def test_the_kind_asked_for_tells_a_place_from_a_state(names: Names) -> None:
    assert names.resolve("Moscow", LEG.Place) == expand("place:moscow")
    assert names.resolve("Moscow", LEG.Polity) == expand("state:russia")


def _named(*lines: str) -> Names:
    prefixes = (
        f"@prefix {p}: <{PREFIXES[p]}> ." for p in ("anon", "event", "leg", "person", "rdfs")
    )
    quads = trig.parse("\n".join([*prefixes, *lines]).encode(), Path("names.ttl")).quads
    return Names(tuple(q.quad.triple for q in quads), workspace.bundled().ontology)


def test_a_surname_means_its_bearer_before_what_is_called_after_somebody() -> None:
    called = [
        f'event:{n} a leg:Meeting ; rdfs:label "A {n}th meeting with Lund"@en .' for n in range(9)
    ]
    unnamed = 'anon:a a leg:Person ; rdfs:label "unnamed envoy of Lund"@en .'
    lund = 'person:a a leg:Person ; rdfs:label "Ada Lund"@en .'
    assert _named(lund, unnamed, *called).resolve("Lund") == expand("person:a")
    other = 'person:b a leg:Person ; rdfs:label "Bo Lund"@en .'
    with pytest.raises(AmbiguousName) as caught:
        _named(lund, other, unnamed, *called).resolve("Lund")
    assert caught.value.candidates == ("Ada Lund", "Bo Lund")


def test_namesakes_are_never_chosen_between() -> None:
    twins = _named(*(f'person:{p} a leg:Person ; rdfs:label "Kim Chol"@en .' for p in "ab"))
    with pytest.raises(AmbiguousName, match=r"(?s)person:a.*person:b"):
        twins.resolve("Kim Chol")


def test_case_accents_hyphens_and_apostrophes_do_not_count_but_scripts_do() -> None:
    assert key("People's") == key("PEOPLE’S")
    assert key("Kim Jong-un") == key("kim jong un")
    assert key("Kim") != key("Ким")


def test_a_kind_that_the_ontology_lacks_is_refused() -> None:
    ontology = workspace.bundled().ontology
    assert kind_of("Thing", ontology) is None
    assert kind_of("Person", ontology) == LEG.Person
    with pytest.raises(UnknownName, match="no class 'Persson'"):
        kind_of("Persson", ontology)


def test_a_thing_is_called_by_its_label_or_by_its_short_iri(names: Names) -> None:
    stranger = NamedNode("https://w3id.org/legation/id/person/nobody")
    assert names.label(NamedNode(PREFIXES["state"] + "russia")) == "Russian Federation"
    assert names.label(stranger) == "person:nobody"
    assert names.names(NamedNode(PREFIXES["state"] + "russia"))[0] == "Russian Federation"
