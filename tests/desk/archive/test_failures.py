"""Whatever goes wrong, the workspace is as it was."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from legation.desk.archive import Said, add
from legation.desk.archive.staging import sweep
from legation.errors import LegationError
from legation.graph import workspace

PAGES = Path(__file__).parent / "pages"
TEXT = "Talks open\n\nThe envoys of Arvenia met in Port Selden on Tuesday. Nobody spoke.\n"


def snapshot(folder: Path) -> dict[str, str]:
    """Every path of a folder with the hash of its bytes."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        if path.is_file()
        else ""
        for path in sorted(folder.rglob("*"))
    }


def _case(tmp_path: Path, name: str, data: bytes) -> str:
    path = tmp_path / name
    path.write_bytes(data)
    return str(path)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("binary.txt", b"ELF\x00\x01\x02", "binary file"),
        ("paper.pdf", b"%PDF-1.7 stream", "binary file"),
        ("latin.txt", "Un café à Genève. Il est là.".encode("latin-1"), "is not UTF-8"),
        (
            "wrong.html",
            b'<html><head><meta charset="utf-8"></head><body>caf\xe9</body></html>',
            "is not utf-8",
        ),
        (
            "odd.html",
            b'<html><head><meta charset="x-none"></head><body>x</body></html>',
            "character set",
        ),
        ("empty.txt", b"", "no body"),
        ("blank.txt", b" \n\n---\n", "no body"),
        ("huge.txt", b"word " * 10_000_000, "larger than 10 MB"),
        ("no-body.html", (PAGES / "empty.html").read_bytes(), "no body of text"),
    ],
)
def test_a_source_that_is_no_article_changes_nothing(
    command, own: Path, tmp_path: Path, name: str, data: bytes, message: str
) -> None:
    before = snapshot(own)
    ran = command(own, "add", _case(tmp_path, name, data))
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert ran.err.count("\n") == 1
    assert snapshot(own) == before


@pytest.mark.parametrize(
    "origin", ["missing.txt", ".", "http://127.0.0.1:9/x", "http://no-such-host.invalid/"]
)
def test_a_source_that_cannot_be_reached_changes_nothing(command, own: Path, origin: str) -> None:
    before = snapshot(own)
    ran = command(own, "add", origin)
    assert (ran.code, ran.out) == (2, "")
    assert "Traceback" not in ran.err
    assert snapshot(own) == before


def test_a_closed_port_changes_nothing(command, own: Path) -> None:
    before = snapshot(own)
    ran = command(own, "add", "http://127.0.0.1:9/x", "--allow-private")
    assert ran.code == 2
    assert "cannot be fetched" in ran.err
    assert snapshot(own) == before


@pytest.mark.parametrize(
    "in_the_way", ["graph/sources", "graph/articles", "graph/sources/dropped", "graph/.adding"]
)
def test_a_folder_that_cannot_be_written_changes_nothing(own: Path, in_the_way: str) -> None:
    """A file where a folder belongs refuses even the superuser, whom modes do not stop."""
    place = own / in_the_way
    home = workspace.find(own)
    if place.is_dir():
        place.rename(own / "aside")
    place.write_text("in the way")
    before = snapshot(own)
    with pytest.raises(LegationError):
        add(home, str(PAGES / "visit.html"))
    assert snapshot(own) == before


def test_a_broken_registry_stops_before_anything_is_written(command, own: Path) -> None:
    (own / "graph/registry/persons.ttl").write_text("person:x a leg:Person .\n")
    before = snapshot(own)
    ran = command(own, "add", str(PAGES / "visit.html"))
    assert ran.code == 2
    assert "persons.ttl:1" in ran.err
    assert snapshot(own) == before


KILLED = textwrap.dedent(
    """
    import os, signal, sys
    from legation.graph import workspace
    from legation.desk.archive import Said, add

    left = int(sys.argv[3])
    rename = os.rename

    def dying(source, target):
        global left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
        rename(source, target)

    os.rename = dying
    add(workspace.find(sys.argv[1]), sys.argv[2], said=Said(slug="killed"))
    """
)


@pytest.mark.parametrize("renames", [0, 1, 2])
def test_killed_half_way_nothing_is_added_and_the_next_add_tidies_up(
    own: Path, renames: int
) -> None:
    home = workspace.find(own)
    before = snapshot(own)
    read_before = workspace.read(home)
    page = str(PAGES / "visit.html")
    done = subprocess.run([sys.executable, "-c", KILLED, str(own), page, str(renames)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert [a.slug for a in workspace.read(home).articles] == [a.slug for a in read_before.articles]
    assert sweep(home.graph)
    left = snapshot(own)
    left.pop("graph/sources/dropped", None)
    assert left == before
    assert add(home, page, said=Said(slug="killed")).article.is_file()


def test_interrupted_by_the_keyboard_nothing_is_added(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename, calls = os.rename, []

    def interrupted(source: Path, target: Path) -> None:
        calls.append(target)
        if len(calls) == 3:
            raise KeyboardInterrupt
        rename(source, target)

    before = snapshot(own)
    monkeypatch.setattr(os, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        add(workspace.find(own), str(PAGES / "visit.html"))
    assert snapshot(own) == before


def test_two_adds_at_once_do_not_tread_on_each_other(own: Path) -> None:
    stage = own / "graph/.adding"
    stage.mkdir()
    (stage / "manifest.json").write_text(json.dumps({"process": os.getppid(), "files": {}}))
    with pytest.raises(LegationError, match="another 'add'"):
        add(workspace.find(own), str(PAGES / "visit.html"))


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--language", "not a tag", "is not a language tag"),
        ("--url", 'http://x/">', "is not an http or https address"),
        ("--url", "javascript:x", "is not an http or https address"),
        ("--url", "http://[x/", "is not an http or https address"),
    ],
)
def test_what_a_graph_cannot_hold_is_refused(
    command, own: Path, option: str, value: str, message: str
) -> None:
    before = snapshot(own)
    ran = command(own, "add", str(PAGES / "visit.html"), option, value)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert snapshot(own) == before


def test_an_address_that_no_graph_can_hold_is_not_taken_from_a_page(
    command, own: Path, tmp_path: Path
) -> None:
    page = (PAGES / "visit.html").read_text("utf-8")
    hostile = page.replace("<head>", '<head><link rel="canonical" href="http://[x/">')
    assert hostile != page
    (tmp_path / "hostile.html").write_text(hostile, "utf-8")
    ran = command(own, "add", str(tmp_path / "hostile.html"), "--slug", "hostile")
    assert ran.code == 0, ran.err
    assert "http://[x/" not in (own / "graph/articles/hostile.trig").read_text("utf-8")
