"""Own shapes, checks and rules add to Legation's, and whatever SHACL reports is told."""

import pytest

from legation.checks import judging, shapes
from legation.checks.finding import Finding
from legation.errors import InputError
from legation.graph import workspace
from legation.graph.workspace import Workspace

from .conftest import Edit

HEAD = """@prefix leg: <https://w3id.org/legation/ns#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix own: <https://example.org/shapes#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shapes: <https://w3id.org/legation/ns/shapes#> .
"""
OWN = "ontology/shapes/own.ttl"


@pytest.fixture
def bare(world: Workspace) -> Workspace:
    """The world with none of Legation's shapes, so that own ones are judged at once."""
    home = world.root / "home"
    (home / "ontology").mkdir(parents=True)
    legation = workspace.home() / "ontology/legation.ttl"
    (home / "ontology/legation.ttl").write_bytes(legation.read_bytes())
    return Workspace(world.root, home)


def _found(place: Workspace) -> list[Finding]:
    return shapes.check(judging.open_case(place))


@pytest.mark.parametrize(
    "file",
    [
        "ontology/shapes/claims.ttl",
        "queries/checks/after-death.rq",
        "queries/rules/counterparts.rq",
        "queries/answers/receptions.rq",
        "queries/views/co_attendance.rq",
    ],
)
def test_no_file_takes_the_name_of_one_of_legations(
    world: Workspace, edit: Edit, file: str
) -> None:
    folder, _, name = file.rpartition("/")
    bundled = sorted(p.name for p in (workspace.home() / folder).iterdir() if p.is_file())
    taken = name if name in bundled else bundled[0]
    edit(f"{folder}/{taken}", new="# nothing\n")
    with pytest.raises(InputError, match="takes the name of a file of Legation's own") as caught:
        _ = [world.shape_files, world.check_files, world.rule_files]
        _ = [world.question_files, world.view_files]
    assert caught.value.path == world.root / folder / taken


def test_all_files_with_a_name_of_legations_are_told_at_once(world: Workspace, edit: Edit) -> None:
    for name in ("claims", "events", "plans"):
        edit(f"ontology/shapes/{name}.ttl", new="# nothing\n")
    with pytest.raises(InputError, match=r"claims\.ttl.*and so do events\.ttl, plans\.ttl"):
        workspace.read(world)


def test_no_shape_of_legations_is_switched_off_or_spoken_about(
    world: Workspace, edit: Edit
) -> None:
    before = judging.open_case(world)
    edit(
        OWN,
        new=f"{HEAD}shapes:Claim sh:deactivated true .\n"
        "shapes:Claim-text sh:severity sh:Info ; sh:message 'Never mind.' .\n"
        "shapes:Unheard sh:targetClass leg:Event ; sh:not shapes:Claim .\n",
    )
    after = judging.open_case(world)
    found = [f for f in shapes.check(after) if f.rule == "shape-of-legation"]
    assert sorted(f.line for f in found) == [7, 8, 9]
    assert {(f.severity, f.file) for f in found} == {("error", OWN)}
    assert set(shapes.rules(after)) == set(shapes.rules(before))


def test_an_own_shape_that_is_switched_off_is_no_rule_that_was_held(
    bare: Workspace, edit: Edit
) -> None:
    edit(
        OWN,
        new=f"{HEAD}own:On a sh:NodeShape ; sh:targetClass leg:Event ; sh:minCount 1 ;\n"
        "  sh:message 'On.' .\n"
        "own:Off a sh:NodeShape ; sh:targetClass leg:Event ; sh:deactivated true ;\n"
        "  sh:message 'Off.' ; sh:property own:Part .\n"
        "own:Part sh:path leg:date ; sh:minCount 9 ; sh:message 'Part.' .\n",
    )
    case = judging.open_case(bare)
    assert [rule.summary for rule in shapes.rules(case)] == ["On."]


def test_a_reference_to_no_shape_leaves_the_other_shapes_in_force(
    bare: Workspace, edit: Edit
) -> None:
    edit(
        OWN,
        new=f"{HEAD}own:Lost a sh:NodeShape ; sh:targetClass leg:Summit ; sh:node own:Nowhere .\n"
        "own:Listed a sh:NodeShape ; sh:targetClass leg:Summit ;\n"
        "  sh:or ( own:Neither [ sh:nodeKind sh:IRI ] ) .\n"
        "own:Held a sh:NodeShape ; sh:targetClass leg:Summit ; sh:nodeKind sh:Literal ;\n"
        "  sh:message 'No summit is a text.' .\n",
    )
    found = sorted(_found(bare), key=lambda f: f.order)
    assert [f.rule for f in found if f.file == OWN] == ["shape-missing", "shape-missing"]
    assert [f.line for f in found if f.file == OWN] == [7, 9]
    assert {f.message.partition(": ")[2] for f in found if f.rule == "shape-held"} == {
        "No summit is a text."
    }


def test_a_misspelt_term_and_an_import_are_found(bare: Workspace, edit: Edit) -> None:
    edit(
        OWN,
        new=f"{HEAD}<urn:file> owl:imports <https://example.org/more> .\n"
        "own:A a sh:NodeShape ; sh:targetClass leg:Summit ;\n"
        "  sh:mincount 7 .\n",
    )
    found = [(f.line, f.suggestion) for f in _found(bare) if f.rule == "shape-unread"]
    assert sorted(found) == [(7, ""), (9, "sh:minCount")]


def test_a_result_on_a_literal_stands_on_the_line_of_the_literal(
    bare: Workspace, edit: Edit
) -> None:
    edit(
        OWN,
        new=f"{HEAD}own:Dates a sh:NodeShape ; sh:targetObjectsOf leg:date ;\n"
        '  sh:pattern "^(?!2031-05-06)" ; sh:message "Not that day: write another." .\n',
    )
    (finding,) = [f for f in _found(bare) if f.rule == "shape-dates"]
    assert finding.severity == "error"
    assert finding.message == '"2031-05-06"^^edtf:EDTF: Not that day: write another.'
    line = (bare.root / finding.file).read_text("utf-8").splitlines()[finding.line - 1]
    assert '"2031-05-06"' in line


def test_a_result_on_a_node_without_a_name_is_told(bare: Workspace, edit: Edit) -> None:
    persons = "graph/registry/persons.ttl"
    edit(persons, new='\nperson:ada-lund rdfs:seeAlso [\n  rdfs:comment "x" ] .\n')
    edit(
        OWN,
        new=f"{HEAD}own:Bare a sh:NodeShape ; sh:targetSubjectsOf rdfs:comment ;\n"
        '  sh:nodeKind sh:IRI ; sh:message "Name it." .\n',
    )
    (finding,) = [f for f in _found(bare) if f.rule == "shape-bare"]
    assert (finding.file, finding.message) == (persons, "a node without a name: Name it.")


def test_what_explains_a_result_is_no_result(bare: Workspace, edit: Edit) -> None:
    edit(
        OWN,
        new=f"{HEAD}own:Long a sh:NodeShape ;\n"
        "  sh:property [ sh:path rdfs:label ; sh:minLength 90 ; sh:message 'Ninety.' ] .\n"
        "own:Advice a sh:NodeShape ; sh:targetClass leg:Summit ; sh:node own:Long ;\n"
        "  sh:severity sh:Info ; sh:message 'A long name would be nice.' .\n",
    )
    found = _found(bare)
    assert {(f.severity, f.rule) for f in found} == {("note", "shape-advice")}


def test_of_messages_in_several_languages_one_is_told_each_time(
    bare: Workspace, edit: Edit
) -> None:
    edit(
        OWN,
        new=f"{HEAD}own:Said a sh:NodeShape ; sh:targetClass leg:Summit ;\n"
        "  sh:nodeKind sh:Literal ;\n"
        "  sh:message 'Kein Text.'@de, 'Not a text.'@en, 'Pas un texte.'@fr .\n",
    )
    case = judging.open_case(bare)
    assert {f.message.partition(": ")[2] for f in shapes.check(case)} == {"Not a text."}
    assert [rule.summary for rule in shapes.rules(case)] == ["Not a text."]


@pytest.mark.parametrize("kind", ["owl:Class", "rdfs:Class"])
def test_a_class_that_is_a_shape_is_for_its_instances(
    bare: Workspace, edit: Edit, kind: str
) -> None:
    edit(
        OWN,
        new=f"{HEAD}leg:Summit a {kind}, sh:NodeShape ; sh:nodeKind sh:Literal ;\n"
        "  sh:message 'Not a text.' .\n",
    )
    assert {f.rule for f in _found(bare)} == {"shape-summit"}
