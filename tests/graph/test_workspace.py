"""A workspace is found upward, read whole, and never changed by reading."""

import shutil
from pathlib import Path

import pytest

import legation
from legation.errors import InputError
from legation.graph import workspace
from legation.rdf.vocabulary import PREFIXES

_ROOT = workspace.home()


def _copy(folder: Path) -> Path:
    shutil.copytree(_ROOT / "graph", folder / "graph")
    return folder


def test_the_nearest_folder_upward_that_holds_a_graph_is_the_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = _copy(tmp_path) / "graph" / "articles"
    monkeypatch.chdir(deep)
    assert workspace.find().root == tmp_path
    assert not workspace.find().is_bundled


def test_without_a_graph_around_the_bundled_one_answers_and_none_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert workspace.answering() == workspace.bundled()
    assert legation.open().questions
    with pytest.raises(InputError, match="there is no graph/ folder here or above"):
        workspace.find()


def test_a_graph_around_answers_for_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(_copy(tmp_path) / "graph")
    assert workspace.answering() == workspace.find() == workspace.answering(tmp_path)


def test_a_named_folder_without_a_graph_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no graph/ folder"):
        workspace.find(tmp_path)


def test_a_link_in_a_circle_is_refused(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(InputError, match="cannot be opened"):
        workspace.find(tmp_path / "loop")


def test_reading_finds_every_article_with_its_text_and_claims() -> None:
    record = workspace.read(workspace.bundled())
    slugs = {path.stem for path in (_ROOT / "graph" / "articles").glob("*.trig")}
    assert {article.slug for article in record.articles} == slugs
    assert all(article.text for article in record.articles)
    assert all(claim.triples for claim in record.claims)
    assert len(record.claims_by_iri) == len(record.claims)


def test_each_claim_stands_on_the_line_the_record_says() -> None:
    record = workspace.read(workspace.bundled())
    for claim in record.claims:
        line = claim.path.read_text("utf-8").splitlines()[claim.line - 1]
        assert line.startswith(f"claim:{claim.iri.value.rsplit('/', 1)[-1]} ")


def test_a_text_that_is_not_here_is_none_and_not_an_error(tmp_path: Path) -> None:
    root = _copy(tmp_path)
    shutil.rmtree(root / "graph" / "sources")
    found = workspace.find(root)
    assert not found.has_texts
    assert all(article.text is None for article in workspace.read(found).articles)


def test_a_text_that_is_not_utf_8_is_refused_with_its_line(tmp_path: Path) -> None:
    root = _copy(tmp_path)
    text = next((root / "graph" / "sources").glob("*.txt"))
    text.write_bytes(b"one\ntwo \xe9\n")
    with pytest.raises(InputError, match=rf"{text.name}:2: is not UTF-8"):
        workspace.read(workspace.find(root))


def test_own_terms_questions_and_base_extend_the_bundled_ones(tmp_path: Path) -> None:
    root = _copy(tmp_path)
    (root / "legation.toml").write_text('base = "https://example.org/id/"\n')
    (root / "ontology").mkdir()
    (root / "ontology" / "own.ttl").write_text(
        "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "@prefix leg: <https://w3id.org/legation/ns#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "<https://example.org/ns#TeaParty> a owl:Class ; rdfs:subClassOf leg:Reception .\n"
    )
    (root / "queries" / "answers").mkdir(parents=True)
    (root / "queries" / "answers" / "who_drank_tea.rq").write_text("SELECT * WHERE {}\n")
    found = workspace.find(root)
    assert found.prefixes["event"] == "https://example.org/id/event/"
    assert found.prefixes["leg"] == PREFIXES["leg"]
    assert any(t.value == "https://example.org/ns#TeaParty" for t in found.ontology.classes)
    names = {path.stem for path in found.question_files}
    assert {"who_drank_tea", "who_attended"} <= names


def test_settings_that_are_not_toml_are_refused(tmp_path: Path) -> None:
    root = _copy(tmp_path)
    (root / "legation.toml").write_text("base = ")
    with pytest.raises(InputError, match=r"legation\.toml: is not TOML"):
        _ = workspace.find(root).prefixes
