"""The walk-through in CONTRIBUTING, command by command: from a text to a graph that answers.

The commands are read from the page itself. What a person does between them, with an editor, is
done here by the functions that bear the name of the step.
"""

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ARTICLE = Path("graph/articles/embassies-reopen.trig")


def commands(checkout: Path) -> list[list[str]]:
    page = (checkout / "CONTRIBUTING.md").read_text("utf-8")
    section = page[page.index("## A new article, step by step") :]
    section = section[: section.index("\n## ", 5)]
    return [shlex.split(line) for line in re.findall(r"^    (\S.*)$", section, re.MULTILINE)]


def name_the_publisher(workspace: Path) -> None:
    path = workspace / ARTICLE
    file = path.read_text("utf-8")
    line = '    dcterms:identifier "article.txt" ;\n'
    assert line in file
    path.write_text(file.replace(line, f"{line}    dcterms:publisher body:harbour-courier ;\n"))


def say_that_it_is_complete(workspace: Path) -> None:
    path = workspace / ARTICLE
    file = path.read_text("utf-8")
    path.write_text(file.replace("leg:status leg:draft", "leg:status leg:complete"))


BY_HAND = {
    ("cp", "../tests/walkthrough/names.ttl", "graph/registry/"): name_the_publisher,
    ("legation", "check"): say_that_it_is_complete,
}


@pytest.fixture
def walked(command, tmp_path: Path, checkout: Path) -> tuple[Path, dict[str, list[str]]]:
    """The workspace after the whole walk, and what each command printed."""
    shutil.copytree(HERE, tmp_path / "tests/walkthrough", ignore=shutil.ignore_patterns("*.py"))
    folder = tmp_path
    printed: dict[str, list[str]] = {}
    done: set[tuple[str, ...]] = set()
    for words in commands(checkout):
        if edit := BY_HAND.get(tuple(words)):
            edit(folder)
            done.add(tuple(words))
        if words[0] == "cd":
            folder = folder / words[1]
        elif words[0] == "cp":
            shutil.copy(folder / words[1], folder / words[2])
        elif words[0] == "cat":
            assert words[2] == ">>"
            with (folder / words[3]).open("a", encoding="utf-8") as file:
                file.write((folder / words[1]).read_text("utf-8"))
        else:
            assert words[0] == "legation"
            ran = command(folder, *words[1:])
            assert ran.code == 0, f"{words}: {ran.err}{ran.out}"
            printed.setdefault(shlex.join(words[1:]), []).append(ran.out)
    assert done == set(BY_HAND)
    return folder, printed


def test_the_walk_ends_in_a_checked_and_built_workspace(
    walked: tuple[Path, dict[str, list[str]]],
) -> None:
    folder, printed = walked
    (first,) = printed["draft embassies-reopen"]
    assert "34 of 34 sentences open" in first
    assert "0 names known" in first
    named, covered = printed["draft embassies-reopen --again"]
    assert "34 of 34 sentences open" in named
    assert "every sentence is a claim or an omission" in covered
    (coverage,) = printed["coverage embassies-reopen"]
    assert coverage.startswith("embassies-reopen: 100 % of 34 sentences")
    (checked,) = printed["check"]
    assert ("error" in checked, "warning" in checked) == (False, False)
    assert "## ---" not in (folder / ARTICLE).read_text("utf-8")
    assert "velmora-ostrany.example" in (folder / "dist/legation.ttl").read_text("utf-8")


def test_it_answers_with_the_words_that_prove_it(
    walked: tuple[Path, dict[str, list[str]]], command
) -> None:
    folder, _ = walked

    def ask(*words: str) -> list[dict[str, object]]:
        ran = command(folder, "ask", *words, "--format", "json", "--evidence")
        assert ran.code == 0, ran.err
        rows: list[dict[str, object]] = json.loads(ran.out)["rows"]
        return rows

    text = json.dumps(ask("who_attended", "person=Conrad Vane"), ensure_ascii=False)
    assert "2026-05-20" in text
    assert '"host"' in text
    assert "Conrad Vane, hosted a reception" in text
    signed = json.dumps(ask("signatories", "instrument=Lismore Declaration"), ensure_ascii=False)
    assert "Adela Thornquist" in signed
    assert "Jorun Hallbeck" in signed
    relations = json.dumps(ask("relations", "state=Velmora"))
    assert ("restored" in relations, "severed" in relations) == (True, True)
    assert "door" in json.dumps(ask("statements", "kind=opinion", "speaker=Ruth Amberley"))
    assert "did not attend" in json.dumps(ask("did_not_happen"))
    plans = json.dumps(ask("plans"), ensure_ascii=False)
    assert "grenholm-gazette" in plans
    # The planned visit is none; the minister of the other state came to the talks.
    (row,) = ask("visits")
    assert "gathering" in json.dumps(row["kind"])
    assert "planned" not in json.dumps(ask("visits"))


def test_the_article_is_of_about_six_hundred_words() -> None:
    assert 550 <= len((HERE / "article.txt").read_text("utf-8").split()) <= 650
