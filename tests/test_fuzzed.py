"""Whatever stands in a file, a table, a page, an answer or a parameter is told, never fallen over.

No command says that it failed by a fault of its own, none ends with another code than 0, 1 or 2,
and no file is touched by a command that reads.
"""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import legation
from legation.answer import Answer
from legation.desk.archive.webpage import decoded, read_page
from legation.errors import LegationError
from legation.rdf.worker import PATIENCE, limited

from .mutation import in_bytes, mutated, tries

HERE = Path(__file__).parent
OWN = {
    "queries/rules/own.rq": "CONSTRUCT { ?a leg:related ?b } WHERE { ?a leg:partOf ?b }\n",
    "queries/checks/own.rq": "#+ summary: Nobody is called so.\n"
    'SELECT ?focus ?problem WHERE { ?focus rdfs:label "x"@en BIND("so" AS ?problem) }\n'
    "ORDER BY ?focus\n",
    "queries/answers/own.rq": "#+ summary: Who?\n#+ param: who Agent who\n#+ columns: who event\n"
    "SELECT ?who ?event WHERE { ?event leg:participant ?who } ORDER BY ?who ?event\n",
    "queries/views/own.rq": "#+ summary: Who?\n#+ columns: a b\n"
    "SELECT ?a ?b WHERE { ?e leg:participant ?a, ?b } ORDER BY ?a ?b\n",
}
SLUG = "example-talks"
READING = (
    *("check", "coverage", "list", "ask timeline", "ask own", "network own", "format --check"),
    *(f"names {SLUG}", f"claims {SLUG}", f"draft {SLUG} --stdout", f"measure {SLUG}"),
    *("timeline", "demo", "diff .", "check --format json", "rename person:x person:y --dry-run"),
)
WRITING = ("format", f"pin {SLUG}", f"pin {SLUG} --fix", f"draft {SLUG}", "build", "site")
Tried = Callable[..., int]


@pytest.fixture(autouse=True)
def impatient() -> Iterator[None]:
    """What never ends is given up soon."""
    before = PATIENCE.set(5.0)
    yield
    PATIENCE.reset(before)


@pytest.fixture(scope="module")
def ground(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that brings queries of every kind, to be changed and put back."""
    root = Path(shutil.copytree(founded, tmp_path_factory.mktemp("fuzzed") / "own"))
    for name, text in OWN.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root


@pytest.fixture
def tried(command: Callable[..., Any], ground: Path) -> Tried:
    """Run a line; its exit code, which is one that it may have, with a sentence."""

    def run(line: str) -> int:
        ran = command(ground, *line.split())
        assert ran.code in (0, 1, 2), line
        fallen = ("Traceback", "a fault of its own", "could not be answered")
        assert not any(words in ran.err for words in fallen), ran.err
        return ran.code

    return run


def _tree(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def _put_back(root: Path, tree: dict[str, bytes]) -> None:
    for name, data in _tree(root).items():
        if tree.get(name) != data:
            (root / name).unlink()
    for name, data in tree.items():
        if not (root / name).exists():
            (root / name).write_bytes(data)


def _broken(root: Path, file: str, data: st.DataObject) -> dict[str, bytes]:
    """Change a file, or take it away; what is there then."""
    text = data.draw(mutated((root / file).read_text("utf-8")) | st.none())
    if text is None:
        (root / file).unlink()
    else:
        (root / file).write_bytes(in_bytes(text))
    return _tree(root)


FILES = (
    *("graph/articles/example-talks.trig", "graph/registry/persons.ttl", "legation.toml", *OWN),
    *("graph/sources/example-talks.txt", "ontology/own.ttl", "ontology/shapes/own.ttl"),
)


@tries(10)
@given(st.data(), st.sampled_from(FILES), st.sampled_from(READING))
def test_a_command_that_reads_a_broken_file_says_so_and_touches_nothing(
    ground: Path, tried: Tried, data: st.DataObject, file: str, line: str
) -> None:
    whole = _tree(ground)
    broken = _broken(ground, file, data)
    try:
        tried(line)
        assert _tree(ground) == broken
    finally:
        _put_back(ground, whole)


@tries(4)
@given(st.data(), st.sampled_from(FILES), st.sampled_from(WRITING))
def test_a_command_that_refuses_a_broken_file_writes_nothing(
    ground: Path, tried: Tried, data: st.DataObject, file: str, line: str
) -> None:
    whole = _tree(ground)
    broken = _broken(ground, file, data)
    try:
        if tried(line) == 2:
            assert _tree(ground) == broken
    finally:
        _put_back(ground, whole)


TABLES = {
    f"import ../table.csv --article {SLUG} --dry-run": "quote,kind,roles,date,voice,note\n"
    "The talks,Meeting,participant: person:x; place: Halm,2031-05-02,,\n"
    '"""The door""",omission: teaser,,,,"a, b"\n',
    f"names {SLUG} --from-table ../table.csv": "take,slug,label,kind,name,language,aliases,of\n"
    "new,lea-voss,Lea Voss,person,Lea Voss,en,L. Voss | Voss,\nperson:x,,,,Marrow,,,\n",
    f"draft {SLUG} --answer ../table.csv --again --stdout": json.dumps(
        json.loads((HERE / "desk/draft/model-answers.json").read_text("utf-8"))["right"]
    ),
    f"measure {SLUG} --with ../table.csv": '{"claims": [{"quote": "x", "says": ""}]}',
    "query ../table.csv": "SELECT ?who (COUNT(*) AS ?n) { ?who a leg:Person ; rdfs:label ?name "
    "OPTIONAL { ?e leg:participant ?who } FILTER(?name != 'x'@en) } GROUP BY ?who HAVING (?n > 0)",
}


@tries(12)
@given(st.data(), st.sampled_from(sorted(TABLES)))
def test_a_broken_table_answer_or_query_is_told(
    ground: Path, tried: Tried, data: st.DataObject, line: str
) -> None:
    whole = _tree(ground)
    (ground.parent / "table.csv").write_bytes(in_bytes(data.draw(mutated(TABLES[line]))))
    try:
        tried(line)
        assert _tree(ground) == whole or "from-table" in line
    finally:
        _put_back(ground, whole)


@tries(10)
@given(st.data())
def test_a_broken_page_is_read_or_refused(web: None, data: st.DataObject) -> None:
    whole = (HERE / "desk/archive/pages/visit.html").read_text("utf-8")
    page = in_bytes(data.draw(mutated(whole)))
    try:
        limited(lambda: read_page(decoded(page, "", "page"), "page"))
    except LegationError as error:
        assert "could not be answered" not in str(error)


@pytest.fixture(scope="module")
def opened(checkout: Path) -> legation.KnowledgeGraph:
    return legation.open(HERE / "world")


VALUES = (
    *("Ada Lund", "person:ada-lund", "https://w3id.org/legation/id/state/merovia", "2031-05", "3"),
    *("2031-05-02/2031-06", "banquet in honour of Ilse Varn", "Treaty of Sestry", "leg:Meeting"),
)


@tries(60)
@given(st.data())
def test_whatever_a_parameter_holds_is_answered_or_refused(
    opened: legation.KnowledgeGraph, data: st.DataObject
) -> None:
    question = data.draw(st.sampled_from([q for q in opened.questions.values() if q.params]))
    names = st.sampled_from([param.name for param in question.params])
    value = st.sampled_from(VALUES).flatmap(mutated) | st.integers() | st.dates() | st.none()
    given = data.draw(st.dictionaries(names, value, min_size=1, max_size=3))
    try:
        answer = opened.ask(question.name, evidence=False, **given)
    except LegationError:
        return
    assert isinstance(answer, Answer)


@tries(40)
@given(st.sampled_from(VALUES).flatmap(mutated))
def test_whatever_is_looked_for_is_found_or_not(
    opened: legation.KnowledgeGraph, words: str
) -> None:
    opened.find(words)
    try:
        opened.explain(words)
    except LegationError:
        return
