"""A query's lists of terms are drawn up from the ontology, and nothing else of it is touched."""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from legation.errors import InputError
from legation.graph import workspace
from legation.rdf.ontology import Ontology
from legation.rdf.roster import fitted

LEGATION = workspace.bundled().ontology
OWN = b"""
@prefix leg: <https://w3id.org/legation/ns#> .
@prefix own: <https://own.example/ns#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
own:observer a owl:ObjectProperty ; rdfs:subPropertyOf leg:attendee .
own:absentee a owl:ObjectProperty ; rdfs:subPropertyOf leg:attendee ; leg:presence false .
own:courier a owl:ObjectProperty ; rdfs:subPropertyOf leg:bearer .
own:tabled a owl:NamedIndividual, leg:Act ; leg:sequence 1 .
"""
WITH_OWN = Ontology.of([*LEGATION.triples, *(q.triple for q in parse(OWN, RdfFormat.TURTLE))])
OBSERVER, ABSENTEE = "<https://own.example/ns#observer>", "<https://own.example/ns#absentee>"


def _list(header: str, list_: str = "VALUES ?x { }", ontology: Ontology = WITH_OWN) -> str:
    text = fitted(f"#+ values: {header}\nSELECT * WHERE {{ {list_} }}\n", ontology)
    lines = text.splitlines()[1:]
    return " ".join(" ".join(lines).split()).removeprefix("SELECT * WHERE { ").removesuffix(" }")


@pytest.mark.parametrize(
    ("header", "terms"),
    [
        ("x from leg:attendee", f"{ABSENTEE} leg:attendee {OBSERVER}"),
        ("x below leg:attendee", f"{ABSENTEE} {OBSERVER}"),
        ("x from leg:attendee with leg:presence", f"leg:attendee {OBSERVER}"),
        ("x from leg:attendee without leg:presence", ABSENTEE),
        ("x from leg:Meeting", "leg:Meeting leg:Summit leg:Talks"),
        ("x from leg:Meeting leg:Visit except leg:Talks", "leg:Meeting leg:Summit leg:Visit"),
        ("x below leg:visitor", "<urn:none>"),
    ],
)
def test_a_list_holds_what_its_header_asks_for(header: str, terms: str) -> None:
    assert _list(header) == f"VALUES ?x {{ {terms} }}"


def test_a_second_variable_takes_what_is_below_the_first() -> None:
    both = "VALUES ?x { } VALUES (?x ?y) { }"
    assert _list("x y from leg:bearer", both) == (
        "VALUES ?x { leg:bearer <https://own.example/ns#courier> } "
        "VALUES (?x ?y) { (leg:bearer <https://own.example/ns#courier>) }"
    )


def test_by_pairs_each_term_with_the_value_of_its_mark() -> None:
    assert "(<https://own.example/ns#tabled> 1)" in _list(
        "x n by leg:sequence", "VALUES (?x ?n) { }"
    )
    courier = "(<https://own.example/ns#courier> leg:recipient)"
    assert courier in _list("x n by leg:counterpart", "VALUES (?x ?n) { }")


def test_lines_for_one_list_add_up() -> None:
    text = "#+ values: x from leg:party\n#+ values: x from leg:host\nVALUES ?x { }"
    assert fitted(text, LEGATION).splitlines()[-1] == "VALUES ?x { leg:host leg:party }"


def test_a_list_without_a_header_stays_as_it_is() -> None:
    text = "#+ summary: S?\nSELECT * WHERE { VALUES ?x { leg:host } VALUES ?y { leg:actor } }"
    assert fitted(text, WITH_OWN) == text


def test_drawing_up_again_changes_nothing() -> None:
    text = (
        "#+ values: x y from leg:participant\nWHERE {\n  VALUES ?x { }\n  VALUES (?x ?y) { }\n}\n"
    )
    once = fitted(text, WITH_OWN)
    assert fitted(once, WITH_OWN) == once
    assert max(map(len, once.splitlines())) <= 100


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("x", "q.rq:1: write '#+ values: role below leg:participant'"),
        ("x under leg:host", "q.rq:1: write '#+ values: role below leg:participant'"),
        ("x from leg:hots", "q.rq:1: the ontology has no term leg:hots"),
        ("x by leg:sequence", "q.rq:1: 'by' pairs a term with a value: name two variables"),
        ("y from leg:host", "q.rq:1: has no 'VALUES ?y { … }' to fill"),
    ],
)
def test_a_wrong_header_is_reported_with_its_line(header: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        fitted(f"#+ values: {header}\nVALUES ?x {{ }}", LEGATION, Path("q.rq"))
    assert str(caught.value).startswith(message)
