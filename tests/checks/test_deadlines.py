"""What a workspace brings along and what never ends is ended, with the file that is to blame."""

from collections.abc import Iterator

import pytest

import legation
from legation.checks import judging, shapes
from legation.errors import InputError
from legation.graph.workspace import Workspace
from legation.rdf.worker import PATIENCE

from .conftest import Edit

ENDLESS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o ."
RULE = f"CONSTRUCT {{ ?a ?e ?l }} WHERE {{ {ENDLESS} }}\n"
VIEW = f"SELECT ?a ?b\nWHERE {{\n{ENDLESS}\n}}\nORDER BY ?l ?a ?b\n"
CHECK = f"""#+ summary: Nothing ends.
SELECT ?focus ?problem WHERE {{ {ENDLESS} BIND(?a AS ?focus) BIND(STR(?l) AS ?problem) }}
ORDER BY RAND() LIMIT 1
"""
SHAPE = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix leg: <https://w3id.org/legation/ns#> .
@prefix own: <https://example.org/shapes#> .
own:Slow a sh:NodeShape ; sh:targetClass leg:Agent ;
    sh:property [ sh:path rdfs:label ; sh:pattern "^(([A-Za-z ]+)+)+[0-9]$" ;
        sh:message "A name ends in a number."@en ] .
"""


@pytest.fixture(autouse=True)
def impatient() -> Iterator[None]:
    """One second is enough for whatever ends."""
    before = PATIENCE.set(1.0)
    yield
    PATIENCE.reset(before)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("queries/rules/endless.rq", RULE),
        ("queries/checks/endless.rq", CHECK),
        ("ontology/shapes/slow.ttl", SHAPE),
    ],
)
def test_what_never_ends_is_ended_and_its_file_named(
    world: Workspace, edit: Edit, file: str, text: str
) -> None:
    edit(file, new=text)
    with pytest.raises(InputError, match=r"longer than 1 seconds|more memory than there") as caught:
        judging.judge(judging.open_case(world))
    assert caught.value.path is not None
    assert (world.root / file).is_relative_to(caught.value.path)


def test_an_own_view_that_never_ends_is_ended_and_its_file_named(
    world: Workspace, edit: Edit
) -> None:
    header = "#+ summary: What?\n#+ columns: a b\n"
    edit("queries/views/endless.rq", new=f"{header}{VIEW}")
    with pytest.raises(InputError, match=r"endless\.rq.*longer than 1 seconds"):
        legation.open(world.root).network("endless")


def test_what_ends_in_time_is_found_as_ever(world: Workspace, edit: Edit) -> None:
    PATIENCE.set(30.0)
    edit("ontology/shapes/slow.ttl", new=SHAPE.replace("(([A-Za-z ]+)+)+", "[A-Za-z ]+"))
    assert {f.message for f in shapes.check(judging.open_case(world)) if "number" in f.message}
