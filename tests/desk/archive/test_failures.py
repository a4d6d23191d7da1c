"""Whatever goes wrong, the workspace is as it was."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from legation.desk.archive import add
from legation.errors import LegationError, UsageError
from legation.files.journal import STAGE
from legation.graph import workspace
from legation.rdf.worker import PATIENCE

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
        ("binary.txt", b"ELF\x00\x01\x02", "not a text file"),
        ("paper.pdf", b"%PDF-1.7 stream", "is a PDF document"),
        ("page.html", b"<html>\x00</html>", "binary file"),
        ("marked.txt", b"\xef\xbb\xbfJo met Ana. It rained.", "byte-order mark"),
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


@pytest.mark.usefixtures("web")
def test_a_page_without_an_article_changes_nothing(command, own: Path) -> None:
    before = snapshot(own)
    ran = command(own, "add", str(PAGES / "empty.html"))
    assert (ran.code, ran.out) == (2, "")
    assert "no body of text" in ran.err
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
    assert "did not answer" in ran.err
    assert snapshot(own) == before


@pytest.mark.parametrize(
    "in_the_way", ["graph/sources", "graph/articles", "graph/sources/dropped", STAGE]
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


@pytest.mark.usefixtures("web")
def test_a_broken_registry_stops_before_anything_is_written(command, own: Path) -> None:
    (own / "graph/registry/persons.ttl").write_text("person:x a leg:Person .\n")
    before = snapshot(own)
    ran = command(own, "add", str(PAGES / "visit.html"))
    assert ran.code == 2
    assert "persons.ttl:1" in ran.err
    assert snapshot(own) == before


@pytest.mark.usefixtures("web")
def test_interrupted_by_the_keyboard_nothing_is_added(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace, calls = os.replace, []

    def interrupted(source: Path, target: Path) -> None:
        calls.append(target)
        if len(calls) == 3:
            raise KeyboardInterrupt
        replace(source, target)

    before = snapshot(own)
    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        add(workspace.find(own), str(PAGES / "visit.html"))
    assert snapshot(own) == before


def test_two_adds_at_once_both_finish(own: Path, tmp_path: Path) -> None:
    origins = [str(PAGES / "visit.html"), _case(tmp_path, "talks.txt", TEXT.encode())]
    words = [sys.executable, "-c", "from legation.cli import main; main()", "add", "-w", str(own)]
    running = [subprocess.Popen([*words, o], stdout=subprocess.DEVNULL) for o in origins]
    assert [process.wait() for process in running] == [0, 0]
    slugs = {article.slug for article in workspace.read(workspace.find(own)).articles}
    assert len(slugs) == 3


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--language", "not a tag", "is not a language tag"),
        ("--url", 'http://x/">', "is not an http or https address"),
        ("--url", "javascript:x", "is not an http or https address"),
        ("--url", "http://[x/", "is not an http or https address"),
    ],
)
@pytest.mark.usefixtures("web")
def test_what_a_graph_cannot_hold_is_refused(
    command, own: Path, option: str, value: str, message: str
) -> None:
    before = snapshot(own)
    ran = command(own, "add", str(PAGES / "visit.html"), option, value)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert snapshot(own) == before


@pytest.mark.usefixtures("web")
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


def test_a_page_that_takes_too_long_is_given_up(own: Path, web: None) -> None:
    page, before = own.parent / "page.html", snapshot(own)
    page.write_text(f"<!doctype html><html><body>{'<p>a <b>b</b></p>' * 100_000}</body></html>")
    patience = PATIENCE.set(0.5)
    with pytest.raises(UsageError, match=r"longer than 0\.5 seconds"):
        add(workspace.find(own), str(page))
    PATIENCE.reset(patience)
    assert snapshot(own) == before
