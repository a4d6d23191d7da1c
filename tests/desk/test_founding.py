"""A workspace of one's own: whole, checked, answering, on its own base."""

from pathlib import Path

import pytest

from legation.desk.founding import found
from legation.desk.origin import on_the_web
from legation.errors import LegationError
from legation.graph import workspace


def test_a_fresh_workspace_passes_its_check_builds_and_answers(command, own: Path) -> None:
    checked = command(own, "check")
    assert checked.code == 0, checked.out
    assert "error" not in checked.out
    assert "warning" not in checked.out
    assert command(own, "build").code == 0
    ran = command(own, "ask", "talks", "who=Ilse Marrow", "--format", "csv")
    assert ran.code == 0, ran.err
    assert "talks of the foreign ministers of Arvenia and Talmark in March 2026" in ran.out
    assert "2026-03-04,Ilse Marrow" in ran.out
    assert command(own, "coverage").out.startswith("example-talks: 100 %")


def test_its_things_are_named_on_its_own_base_and_its_terms_are_shared(own: Path) -> None:
    record = workspace.read(workspace.find(own))
    subjects = {q.quad.subject.value for q in record.quads("registry", "article")}
    assert subjects
    assert all(iri.startswith("https://own.example/") for iri in subjects)
    assert all(
        "$" not in p.read_text() for p in own.rglob("*") if p.is_file() and p.suffix != ".rq"
    )


def test_it_holds_what_a_graph_needs(own: Path) -> None:
    for name in (
        "README.md legation.toml .gitignore .github/workflows/check.yml ontology/own.ttl "
        "ontology/shapes/own.ttl queries/answers/talks.rq graph/registry/bodies.ttl"
    ).split():
        assert (own / name).is_file(), name


def test_a_bare_one_has_no_example_and_passes_its_check_all_the_same(
    command, tmp_path: Path
) -> None:
    assert command(tmp_path, "new", "a", "--bare", "--base", "https://own.example/").code == 0
    files = [p for p in (tmp_path / "a").rglob("*") if p.is_file()]
    assert not [p for p in files if "Arvenia" in p.read_text("utf-8") or "talks" in p.name]
    assert "no findings" in command(tmp_path / "a", "check").out


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken/notes.txt").write_text("mine")
    with pytest.raises(LegationError, match="holds something"):
        found(tmp_path / "taken")
    assert [p.name for p in (tmp_path / "taken").iterdir()] == ["notes.txt"]
    (tmp_path / "file").write_text("mine")
    with pytest.raises(LegationError, match="not a folder"):
        found(tmp_path / "file")
    with pytest.raises(LegationError, match="cannot be written"):
        found(tmp_path / "file/below")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file", "taken"]


def _installing(folder: Path) -> list[str]:
    files = (".github/workflows/check.yml", "README.md")
    lines = (line for name in files for line in (folder / name).read_text().splitlines())
    return [line.split("git+")[1].rstrip("'\"") for line in lines if "pip install" in line]


def test_its_workflow_installs_from_a_repository_not_by_a_name_that_nobody_owns(
    command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LEGATION_REPOSITORY", raising=False)
    ours = "https://git.example/ada/legation"
    assert command(tmp_path, "new", "given", "--repository", ours).code == 0
    assert _installing(tmp_path / "given") == [ours, ours]
    monkeypatch.setenv("LEGATION_REPOSITORY", "git@git.example:ada/legation.git")
    assert command(tmp_path, "new", "set").code == 0
    assert _installing(tmp_path / "set") == [f"{ours}.git", f"{ours}.git"]
    assert command(tmp_path, "new", "refused", "--repository", "../legation").code == 2
    assert not (tmp_path / "refused").exists()


def test_where_nothing_tells_the_repository_a_stand_in_is_named(
    command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LEGATION_REPOSITORY", raising=False)
    monkeypatch.setattr("legation.desk.origin._installed_from", lambda: "/srv/ada/legation")
    done = command(tmp_path, "new", "own")
    assert _installing(tmp_path / "own") == ["https://github.com/OWNER/legation"] * 2
    assert "OWNER in its workflow and README is a stand-in" in done.out


@pytest.mark.parametrize(
    ("origin", "told"),
    [
        ("https://ada:secret@git.example/ada/legation", "https://git.example/ada/legation"),
        ("ssh://git@git.example/ada/legation", "https://git.example/ada/legation"),
        ("git+https://git.example/ada/legation.git", "https://git.example/ada/legation.git"),
        ("http://git.example/ada/legation", ""),
        ("https://localhost/legation", ""),
        ("https://git.example/a'; rm -rf ~", ""),
        ("file:///srv/ada/legation", ""),
    ],
)
def test_an_origin_becomes_an_address_without_password_or_path(origin: str, told: str) -> None:
    assert on_the_web(origin) == told


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert Path("legation.toml") in found(tmp_path / "empty")


@pytest.mark.parametrize(
    "base",
    [
        "own.example/",
        "https://own.example",
        "https://w3id.org/legation/id/",
        'https://x/">',
        "https://$x/",
    ],
)
def test_a_base_that_nothing_can_be_named_below_is_refused(tmp_path: Path, base: str) -> None:
    with pytest.raises(LegationError, match="base"):
        found(tmp_path / "x", base=base)
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("title", ['a "quoted" one', "two\nlines", "back\\slash"])
def test_a_title_that_would_break_the_settings_is_refused(tmp_path: Path, title: str) -> None:
    with pytest.raises(LegationError, match="title"):
        found(tmp_path / "x", title=title)
