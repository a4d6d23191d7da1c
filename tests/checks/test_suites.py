"""The public SHACL test suite, judged through the bridge: each result expected is one finding."""

from collections import Counter
from pathlib import Path

import pytest
from rdflib import SH, Graph, Namespace, URIRef
from rdflib.term import Node

from legation.checks import judging, shapes, targets
from legation.errors import InputError
from legation.graph import workspace
from legation.graph.workspace import Workspace

SUITE = Path(__file__).parents[3] / "shared/suites/w3c-shacl"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")
BASE = "http://example.org/suite/"
SEVERITIES = {SH.Warning: "warning", SH.Info: "note"}

Told = Counter[tuple[str, str, str]]

OTHERWISE = {"uniqueLang-002": 'pySHACL takes "1"^^xsd:boolean for true, the suite for nothing'}
"""Files of the core suite on which the bridge does not agree, and why."""


def _files(part: str) -> list[Path]:
    if not SUITE.is_dir():
        return [SUITE]  # the one test that says why it is skipped
    found = sorted((SUITE / part).rglob("*.ttl"))
    return [path for path in found if "sht:Validate" in path.read_text("utf-8")]


pytestmark = pytest.mark.skipif(not SUITE.is_dir(), reason="the W3C SHACL suite is not here")


def _expected(path: Path) -> Told | None:
    """The results that the suite expects; None where it expects that nobody can judge."""
    graph = Graph().parse(path, publicID=BASE)
    (result,) = graph.objects(None, MF.result)
    if result == SHT.Failure:
        return None
    return Counter(
        (
            SEVERITIES.get(graph.value(one, SH.resultSeverity), "error"),
            _named(graph.value(one, SH.focusNode)),
            _named(graph.value(one, SH.value)),
        )
        for one in graph.objects(result, SH.result)
    )


def _named(node: Node | None) -> str:
    return str(node) if isinstance(node, URIRef) else ""


def _found(path: Path, folder: Path) -> Told:
    parts = {SHT.dataGraph: "graph/registry/data.ttl", SHT.shapesGraph: "ontology/shapes/own.ttl"}
    graph = Graph().parse(path, publicID=BASE)
    for part, name in parts.items():
        (source,) = graph.objects(None, part)
        file = path.parent / (str(source).removeprefix(BASE) or path.name)
        (folder / "work" / name).parent.mkdir(parents=True)
        text = f"@base <{BASE}> .\n{file.read_text('utf-8')}"
        (folder / "work" / name).write_text(text, "utf-8")
    (folder / "home/ontology").mkdir(parents=True)
    legation = workspace.home() / "ontology/legation.ttl"
    (folder / "home/ontology/legation.ttl").write_bytes(legation.read_bytes())
    case = judging.open_case(Workspace(folder / "work", folder / "home"))
    found: Told = Counter()
    for finding in shapes.check(case):
        if finding.rule in {rule.id for rule in judging.declared(targets)}:
            continue
        focus = finding.things[0] if finding.things else ""
        is_focus = not finding.message.startswith(("a node without a name", '"'))
        value = finding.things[1] if len(finding.things) > 1 else ""
        found[finding.severity, focus if is_focus else "", value if is_focus else focus] += 1
    return found


@pytest.mark.sample(3)
@pytest.mark.parametrize("path", _files("core"), ids=lambda path: path.stem)
def test_the_bridge_tells_what_the_core_suite_expects(path: Path, tmp_path: Path) -> None:
    expected = _expected(path)
    if expected is None:
        with pytest.raises(InputError):
            _found(path, tmp_path)
    else:
        assert (_found(path, tmp_path) == expected) is (path.stem not in OTHERWISE)


@pytest.mark.parametrize("path", _files("sparql"), ids=lambda path: path.stem)
def test_what_runs_queries_in_shapes_is_refused_with_its_line(path: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"is not run here|is not TriG here") as refused:
        _found(path, tmp_path)
    assert refused.value.line is not None
