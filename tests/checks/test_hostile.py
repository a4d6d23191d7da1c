"""Whatever stands in the folder, a check ends soon, with findings or one clear sentence."""

from collections.abc import Callable
from pathlib import Path

import pytest

from legation.checks import rules, shapes
from legation.checks.judging import judge, open_case
from legation.errors import InputError, LegationError
from legation.graph import workspace
from legation.graph.workspace import Workspace

from .conftest import AGENCY, GAZETTE, Edit

PREFIX = (
    "@prefix claim: <https://w3id.org/legation/id/claim/> .\n"
    "@prefix event: <https://w3id.org/legation/id/event/> .\n"
    "@prefix leg: <https://w3id.org/legation/ns#> .\n"
)
BROKEN = {
    "not UTF-8": (b"# caf\xe9\n", r"is not UTF-8 \(byte 0xe9\)", 1),
    "byte-order mark": (b"\xef\xbb\xbf# x\n", "byte-order mark", 1),
    "NUL": (b"# x\n# \x00\n", "NUL byte", 2),
    "UTF-16": ("# x\n".encode("utf-16"), "is UTF-16", 1),
    "unknown prefix": (b"a:b a:c a:d .\n", "is not TriG here", 1),
    "open string": (b'<urn:a> <urn:b> "c\n', "is not TriG here", None),
    "open graph": (b"<urn:g> { <urn:a> <urn:b> <urn:c> .\n", "is not TriG here", None),
    "deep brackets": (b"<urn:a> <urn:b> " + b"[ <urn:b> " * 5000, "nests brackets", 1),
    "triple terms": (b"<urn:a> <urn:b> <<( <urn:a> <urn:b> 1 )>> .", "triple term", 1),
    "deep behind apostrophes": (b"<urn:a> <urn:b> '\"', " + b"[ <urn:b> " * 5000, "nests", 1),
    "deep lists": (b"<urn:a> <urn:b> " + b"(" * 5000, "nests brackets", 1),
    "too large": (b" " * (64 * 1024 * 1024 + 1), "bytes; a graph file may have", None),
}


@pytest.mark.parametrize(("data", "words", "line"), BROKEN.values(), ids=list(BROKEN))
def test_what_cannot_be_parsed_is_one_sentence_with_its_line(
    world: Workspace, data: bytes, words: str, line: int | None
) -> None:
    path = world.articles / "hostile.trig"
    path.write_bytes(data)
    with pytest.raises(InputError, match=words) as caught:
        judge(open_case(world))
    assert caught.value.path == path
    assert line is None or caught.value.line == line
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    "text", ["a = " + "[" * 50_000, "= 1", "a = 9e999999\nb = \xff", "a = " + "9" * 9_000]
)
def test_settings_that_are_no_toml_are_one_sentence(world: Workspace, text: str) -> None:
    path = world.root / "legation.toml"
    path.write_bytes(text.encode("latin-1"))
    try:
        _ = workspace.find(world.root).settings
    except InputError as error:
        assert (error.path, "is not TOML" in str(error)) == (path, True)


def test_values_that_are_none_of_their_type_are_judged_and_nothing_is_logged(
    world: Workspace, edit: Edit, capfd: pytest.CaptureFixture[str]
) -> None:
    xsd = "http://www.w3.org/2001/XMLSchema#"
    odd = {
        "integer": ("x", "9" * 9_000, "1.5"),
        "decimal": ("-.", "x", "-.5", "1e999999999"),
        "date": ("2026-13-45", "99999-01-01", ""),
        "gYearMonth": ("2026-99",),
        "dateTime": ("yesterday",),
        "boolean": ("perhaps",),
        "base64Binary": ("=",),
        "hexBinary": ("g",),
    }
    rows = "".join(f'    rdfs:comment "{v}"^^<{xsd}{k}> ;\n' for k, vs in odd.items() for v in vs)
    edit("graph/registry/persons.ttl", new=f"\nperson:ada-lund\n{rows}    rdfs:comment 'x' .\n")
    judge(open_case(world))
    assert capfd.readouterr() == ("", "")


def test_line_ends_of_another_system_move_no_line(world: Workspace) -> None:
    path = world.root / AGENCY
    text = path.read_text("utf-8").replace("a leg:Summit", "a leg:Sumit")
    path.write_bytes(text.replace("\n", "\r\n").encode())
    (finding,) = judge(open_case(world)).findings
    assert finding.line == text[: text.index("a leg:Sumit")].count("\n") + 1


def test_a_very_long_literal_is_a_finding(world: Workspace, edit: Edit, thorough: bool) -> None:
    words = "treaty " * (1_500_000 if thorough else 150_000)
    edit(AGENCY, '"The treaty entered into force at once"', f'"{words}"')
    rules = [finding.rule for finding in judge(open_case(world)).findings]
    assert rules == ["sentence-uncovered", "quote-not-verbatim"]


def test_a_very_long_file_is_read(world: Workspace, edit: Edit, thorough: bool) -> None:
    count = 100_000 if thorough else 2_000
    lines = "".join(f'    event:sestry-summit leg:extent "{i}" .\n' for i in range(count))
    edit(GAZETTE, new=f"\n{PREFIX}claim:halm-gazette-2031-05-07-01 {{\n{lines}}}\n")
    rules = [finding.rule for finding in judge(open_case(world)).findings]
    assert rules == ["words-outside-quote"] * count


def test_things_that_are_part_of_each_other_are_findings(world: Workspace, edit: Edit) -> None:
    edit(
        GAZETTE,
        new=f"\n{PREFIX}claim:halm-gazette-2031-05-07-99 {{\n"
        "    event:a leg:partOf event:b . event:b leg:partOf event:c .\n"
        "    event:c leg:partOf event:a .\n"
        "    event:a a leg:Event . event:b a leg:Event . event:c a leg:Event .\n}\n",
    )
    found = [f for f in judge(open_case(world)).findings if f.rule == "cyclic-parts"]
    assert {f.message.split()[0] for f in found} == {"event:a", "event:b", "event:c"}


def test_classes_above_each_other_end(world: Workspace, edit: Edit) -> None:
    edit(
        "ontology/own.ttl",
        new=(
            "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
            "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
            "<urn:a> a owl:Class ; rdfs:subClassOf <urn:b> .\n"
            "<urn:b> a owl:Class ; rdfs:subClassOf <urn:a> .\n"
        ),
    )
    assert judge(open_case(world)).findings == ()


LINKS: dict[str, Callable[[Workspace], Path]] = {
    "article": lambda world: world.articles / "loop.trig",
    "registry file": lambda world: world.registry / "loop.ttl",
    "own ontology": lambda world: world.root / "ontology",
}


@pytest.mark.parametrize("place", LINKS.values(), ids=list(LINKS))
def test_a_link_to_itself_ends(world: Workspace, place: Callable[[Workspace], Path]) -> None:
    path = place(world)
    path.symlink_to(path.name)
    try:
        assert judge(open_case(world)).findings == ()
    except LegationError as error:
        assert "loop" in str(error)
        assert error.exit_code == 2


def test_a_folder_without_a_graph_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no graph/ folder"):
        workspace.find(tmp_path)
    with pytest.raises(InputError, match="not inside a graph"):
        workspace.around(tmp_path)
    with pytest.raises(InputError, match="cannot be opened"):
        workspace.around(tmp_path / "nowhere")


def test_an_empty_graph_has_no_error(tmp_path: Path) -> None:
    (tmp_path / "graph" / "articles").mkdir(parents=True)
    report = judge(open_case(workspace.find(tmp_path)))
    assert report.at_least("warning") == ()


NOT_RULES = {
    "no summary": ("SELECT ?focus ?problem {}", "no '#[+] summary:'"),
    "no SPARQL": ("#+ summary: x\nSELECT", "the query is not SPARQL"),
    "no focus": ("#+ summary: x\nSELECT ?a { ?a ?b ?c }", "must select [?]focus"),
    "severity": ("#+ summary: x\n#+ severity: grave\nSELECT ?focus {}", "severity 'grave'"),
    "service": (
        "#+ summary: x\nSELECT ?focus ?problem { SERVICE <http://localhost:9/> { ?a ?b ?c } }",
        "never reaches the network",
    ),
}


@pytest.mark.parametrize(("text", "words"), NOT_RULES.values(), ids=list(NOT_RULES))
def test_a_rule_that_is_none_is_one_sentence(
    world: Workspace, edit: Edit, text: str, words: str
) -> None:
    edit("queries/checks/own.rq", new=text)
    with pytest.raises(InputError, match=words):
        list(rules.check(open_case(world)))


@pytest.mark.parametrize(
    "text",
    [
        "<urn:s> a sh:NodeShape ; sh:targetClass leg:Event ; sh:property [ sh:minCount 1 ] .",
        "<urn:s> a sh:NodeShape ; sh:targetClass leg:Event ; sh:minCount 'x' .",
        "<urn:s> a sh:NodeShape ; sh:targetClass leg:Event ; sh:node <urn:s> .",
        "<urn:s> a sh:NodeShape ; sh:targetClass leg:Event ; sh:or 5 .",
        '<urn:s> a sh:NodeShape ; sh:targetClass leg:Event ; sh:pattern "(" .',
        "_:l rdf:first leg:Event ; rdf:rest _:l .\n"
        "<urn:s> a sh:NodeShape ; sh:targetClass leg:Event ; sh:in _:l .",
        "_:l rdf:first <urn:s> ; rdf:rest _:l .\n"
        "<urn:s> a sh:NodeShape ; sh:targetClass leg:Event ; sh:or _:l .",
        "<urn:s> a sh:NodeShape ; sh:targetClass leg:Event ; sh:not _:s . _:s sh:not _:s .",
        "<urn:s> a sh:PropertyShape ; sh:targetClass leg:Event ; sh:path 'x' ; sh:minCount 1 .",
        "<urn:s> a sh:PropertyShape ; sh:targetClass leg:Event ; sh:minCount 1 ;\n"
        "  sh:path [ sh:zeroOrMorePath 5 ] .",
        "<urn:s> a sh:PropertyShape ; sh:targetClass leg:Event ; sh:path _:p ; sh:minCount 1 .\n"
        "_:p sh:inversePath _:p .",
        "<urn:s> sh:targetClass leg:Event ; sh:qualifiedValueShape 5 .",
        "<urn:s> sh:targetClass leg:Event ; sh:closed 'x' ; sh:ignoredProperties 7 .",
        "<urn:s> sh:targetClass leg:Event ; sh:languageIn 7 ; sh:datatype 'x' .",
    ],
)
def test_shapes_that_are_none_are_one_sentence_or_findings(
    hamlet: Workspace, edit: Edit, text: str
) -> None:
    head = PREFIX + "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
    head += "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
    edit("ontology/shapes/own.ttl", new=head + text)
    try:
        shapes.check(open_case(hamlet))
    except InputError as error:
        assert "the shapes cannot be used" in str(error)


@pytest.mark.parametrize("folder", ["checks", "rules"])
def test_a_query_file_that_is_no_text_is_one_sentence_with_its_line(
    world: Workspace, folder: str
) -> None:
    path = world.root / "queries" / folder / "own.rq"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"#+ summary: x\n# caf\xe9\n")
    with pytest.raises(InputError, match="is not UTF-8") as caught:
        judge(open_case(world))
    assert (caught.value.path, caught.value.line) == (path, 2)


@pytest.mark.parametrize("term", ["sparql", "js", "target", "rule", "validator"])
def test_a_shape_that_holds_a_program_is_refused(world: Workspace, edit: Edit, term: str) -> None:
    """Such a query could read files and the network: FROM <file:…>, SERVICE."""
    head = PREFIX + "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
    text = f"<urn:s> a sh:NodeShape ; sh:targetClass leg:Event ;\n  sh:{term} [] ."
    edit("ontology/shapes/own.ttl", new=head + text)
    with pytest.raises(InputError, match=f"sh:{term} is not run here") as caught:
        shapes.check(open_case(world))
    assert caught.value.line == 6


def test_a_derivation_rule_never_reaches_the_network(world: Workspace, edit: Edit) -> None:
    text = "CONSTRUCT { ?a ?b ?c } WHERE { SERVICE <http://localhost:9/> { ?a ?b ?c } }"
    edit("queries/rules/own.rq", new=text)
    with pytest.raises(InputError, match="never reaches the network"):
        judge(open_case(world))
