"""The commands say what they did, end as they should, and leave files alone when they fail."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

ARTICLE = "halm-gazette-2031-05-07"
Run = Callable[..., Any]


@pytest.fixture
def run(command: Run, world: Path) -> Run:
    return partial(command, world)


def _tree(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def _article(world: Path) -> Path:
    return world / "graph/articles" / f"{ARTICLE}.trig"


def _strip(world: Path) -> str:
    """Take the hash out of an article and quote a word that stands twice; give what it was."""
    whole = _article(world).read_text("utf-8")
    bare = re.sub(r"\n    leg:textSha256 .* ;(?=\n)", "", whole)
    bare += f'\nclaim:{ARTICLE}-900 leg:quote "Orvany" .\n'
    _article(world).write_text(bare, "utf-8")
    return whole


@pytest.mark.parametrize("name", [ARTICLE, f"graph/articles/{ARTICLE}.trig"])
def test_pin_takes_a_slug_or_a_file(world: Path, run: Run, name: str) -> None:
    whole = _strip(world)
    result = run("pin", name)
    assert f"article:{ARTICLE}: leg:textSha256" in result.out
    again = run("pin", name)
    assert result.out.count("say which with --at") == again.out.count("say which with --at") == 1
    assert (result.code, again.code) == (1, 1)
    (digest,) = re.findall(r'leg:textSha256 "\w+"', whole)
    written = _article(world).read_text("utf-8")
    assert digest in written
    assert "leg:char" not in written
    answered = run("pin", name, "--at", "0")
    assert answered.code == 0
    assert f"claim:{ARTICLE}-900: leg:charStart 0" in answered.out


def test_pin_takes_the_answers_of_the_author(world: Path, run: Run) -> None:
    claim = f"claim:{ARTICLE}-900"
    with _article(world).open("a") as file:
        file.write(f'\n{claim} leg:quote "Orvany" .\n')
    asked = run("pin", ARTICLE)
    assert asked.code == 1
    (start,) = re.findall(r"^    (\d+)-\d+: .*\[Orvany\] declared", asked.out, re.MULTILINE)
    assert run("pin", ARTICLE, "--at", f"{claim}={start}").code == 0
    assert f'leg:quote "Orvany" ; leg:charStart {start} .' in _article(world).read_text("utf-8")


def test_pin_places_what_it_can_beside_what_it_cannot(world: Path, run: Run) -> None:
    with _article(world).open("a") as file:
        file.write(
            f'\nclaim:{ARTICLE}-900 leg:quote "Halm marked the founding" ; leg:charStart 7 .\n'
            f'claim:{ARTICLE}-901 leg:quote "Halm marked teh founding" .\n'
        )
    result = run("pin", ARTICLE)
    assert result.code == 1
    text = _article(world).read_text("utf-8")
    start = (world / f"graph/sources/{ARTICLE}.txt").read_text("utf-8").index("Halm marked")
    assert f'"Halm marked the founding" ; leg:charStart {start} .' in text
    assert '"Halm marked teh founding" .' in text
    assert re.search(r'\d+-\d+: "Halm marked the founding', result.out)


def test_format_lists_then_lays_out_then_is_content(world: Path, run: Run) -> None:
    run("format")
    assert run("format", "--check").code == 0
    path = world / "graph/registry/persons.ttl"
    path.write_text(path.read_text("utf-8").replace(" ;\n    ", ";\r\n  "), "utf-8", newline="")
    before = _tree(world)
    listed = run("format", "--check")
    assert (listed.code, listed.out) == (1, "graph/registry/persons.ttl\n")
    assert _tree(world) == before
    assert run("format", "graph/registry").code == 0
    assert run("format", "--check", str(path)).code == 0


def test_a_rehearsal_writes_nothing(world: Path, run: Run) -> None:
    before = _tree(world)
    for words in (
        ("rename", "person:karl-bron", "person:carl-bron"),
        ("merge", "person:mara-quill", "person:karl-bron"),
        (
            "split",
            "person:karl-bron",
            "person:x",
            "--claims",
            f"claim:{ARTICLE}-01",
            "--label",
            "X",
        ),
    ):
        result = run(*words, "--dry-run")
        assert result.code == 0
        assert "(not written)" in result.out
        assert "persons.ttl" in result.out
    assert _tree(world) == before


def test_a_note_has_the_date_given(world: Path, run: Run) -> None:
    assert run("rename", "person:karl-bron", "person:b", "--date", "2031-06-01").code == 0
    text = (world / "graph/registry/persons.ttl").read_text("utf-8")
    assert '"2031-06-01: renamed from person:karl-bron."@en' in text


BROKEN = {
    "no such article": (None, ("pin", "no-such-article"), "articles here: halm-gazette"),
    "not TriG": (b"claim:x leg:quote .", ("pin", ARTICLE), ":1: is not TriG"),
    "an open string": (b'@prefix e: <http://e/> .\ne:a e:b "x', ("pin", ARTICLE), ":2: is not"),
    "not UTF-8": (b"# \xff", ("pin", ARTICLE), ":1: is not UTF-8"),
    "a byte-order mark": (b"\xef\xbb\xbf# x", ("format",), "byte-order mark"),
    "a NUL byte": (b"# \x00", ("format",), ":1: holds a NUL"),
    "too deep": (
        b"<http://e/a> <http://e/b> " + b"(" * 99 + b")" * 99 + b" .",
        ("format",),
        "deep",
    ),
    "broken on rename": (b"nonsense", ("rename", "person:karl-bron", "person:x"), ":1: is not"),
    "broken on merge": (b"nonsense", ("merge", "person:karl-bron", "person:x"), ":1: is not"),
    "no TriG file": (None, ("format", "graph/sources"), ""),
    "another kind of file": (None, ("format", "graph/x.txt"), "neither a folder nor"),
    "no such file": (None, ("format", "graph/x.ttl"), "cannot be read"),
    "an odd offset": (None, ("pin", ARTICLE, "--at", "x"), "give OFFSET or"),
    "a negative offset": (None, ("pin", ARTICLE, "--at", "-1"), "give OFFSET or"),
    "an offset of nobody": (None, ("pin", ARTICLE, "--at", "7"), "fits no quote"),
    "an odd day": (None, ("rename", "person:a", "person:b", "--date", "May"), "YYYY-MM-DD"),
    "a name": (None, ("rename", "Karl Bron", "person:b"), "person:karl-bron (Karl Bron)"),
    "no workspace there": (None, ("rename", "a:b", "a:c", "-w", "/"), "holds no graph/"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_bad_input_is_told_in_a_sentence_and_leaves_everything(
    world: Path, run: Run, case: str
) -> None:
    data, words, told = BROKEN[case]
    if data is not None:
        _article(world).write_bytes(data)
    before = _tree(world)
    result = run(*words)
    assert _tree(world) == before
    if told:
        assert (result.code, result.out) == (2, "")
        assert told in result.err
        assert result.err.startswith("legation: ") and result.err.count("\n") == 1
    else:
        assert result.code == 0


def test_a_text_that_is_not_here_cannot_be_quoted(world: Path, run: Run) -> None:
    shutil.rmtree(world / "graph/sources")
    result = run("pin", ARTICLE)
    assert "has no text to hold quotes against" in result.err


def test_two_edits_at_once_both_finish(world: Path) -> None:
    words = [sys.executable, "-c", "from legation.cli import main; main()"]
    pairs = [("person:ada-lund", "person:a"), ("person:karl-bron", "person:k"), ("format",)]
    edits = [(("rename", *pair) if len(pair) == 2 else pair) for pair in pairs]
    running = [
        subprocess.Popen([*words, *edit], cwd=world, stdout=subprocess.DEVNULL) for edit in edits
    ]
    assert [process.wait() for process in running] == [0, 0, 0]
    text = (world / "graph/registry/persons.ttl").read_text("utf-8")
    assert re.search(r"^person:a\b", text, re.MULTILINE)
    assert re.search(r"^person:k\b", text, re.MULTILINE)
