"""Accepting by number takes away the # of those blocks, and touches nothing else."""

import re
from pathlib import Path

import pytest

from legation.desk.draft.acceptance import accept
from legation.desk.draft.drafting import draft
from legation.errors import UsageError
from legation.graph import workspace

ARTICLE = "graph/articles/a.trig"
TEXT = "\n\n".join(
    (
        "Tomas Brandt met Ilse Marrow in Port Selden.",
        "Brandt praised the hospitality of Port Selden.",
        "According to Kyodo News, Tomas Brandt visited Port Selden.",
        "Ilse Marrow attended a reception.",
    )
)


@pytest.fixture
def desk(command, own: Path, colleague, proposal) -> Path:
    """An article of four sentences, and a proposal for each."""
    (own.parent / "a.txt").write_text(TEXT + "\n", "utf-8")
    added = command(
        own, "add", "../a.txt", "--slug", "a", "--title", "Tomas Brandt", "--language", "en"
    )
    assert added.code == 0, added.err
    home = workspace.find(own)
    table = {
        number: [proposal(home, quote, f"event:a-{number} a leg:Meeting .")]
        for number, quote in enumerate(TEXT.split("\n\n"), start=1)
    }
    assert draft(home, "a", suggesters=[colleague(table)]).proposals == 4
    return own


def blocks(path: Path) -> list[str]:
    return re.split(r"(?m)^(?=## --- )", path.read_bytes().decode("utf-8"))


def test_the_blocks_that_are_named_lose_their_signs_and_nothing_else_changes(
    command, desk: Path
) -> None:
    before = blocks(desk / ARTICLE)
    ran = command(desk, "draft", "a", "--accept", "1,3-4")
    assert ran.code == 0, ran.err
    after = blocks(desk / ARTICLE)
    assert len(after) == len(before)
    for old, new in zip(before, after, strict=True):
        number = re.match(r"## --- (\d+)", old)
        is_accepted = number is not None and number.group(1) in "134"
        assert new == (re.sub(r"(?m)^#(?!#)", "", old) if is_accepted else old)


def test_it_tells_what_is_still_open(command, desk: Path) -> None:
    ran = command(desk, "draft", "a", "--accept", "1,3-4")
    assert "accepted: 1, 3-4" in ran.out
    assert "1 of 4 sentences open: 2" in ran.out
    assert "proposals that wait: 2" in ran.out
    ran = command(desk, "draft", "a", "--accept", "2")
    assert "every sentence is a claim or an omission" in ran.out


def test_line_ends_and_comments_of_the_author_stay(command, desk: Path) -> None:
    path = desk / ARTICLE
    file = path.read_text("utf-8") + "# a note of mine\n#and one more\n"
    path.write_bytes(file.replace("\n", "\r\n").encode("utf-8"))
    assert command(desk, "draft", "a", "--accept", "4").code == 2  # "and" is no Turtle
    path.write_bytes(file.replace("#and one more\n", "").replace("\n", "\r\n").encode("utf-8"))
    assert command(desk, "draft", "a", "--accept", "4").code == 0
    data = path.read_bytes()
    assert b"\r\n# a note of mine\r\n" in data
    assert data.count(b"\n") == data.count(b"\r\n")


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        ("1,7-8", "sentences 7-8 of 'a' have no open proposal; these have: 1-4"),
        ("0", "sentence 0 of 'a' has no open proposal; these have: 1-4"),
        ("one", "--accept 'one': give numbers of sentences, such as 1,3,7-9"),
        ("4-1", "--accept '4-1': give numbers of sentences, such as 1,3,7-9"),
        ("1-99999999999", "--accept '1-99999999999': give numbers of sentences"),
        ("", "--accept '': give numbers of sentences"),
    ],
)
def test_numbers_without_a_proposal_are_named_and_nothing_is_written(
    command, desk: Path, numbers: str, message: str
) -> None:
    before = (desk / ARTICLE).read_bytes()
    ran = command(desk, "draft", "a", "--accept", numbers)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert (desk / ARTICLE).read_bytes() == before


def test_what_was_accepted_is_not_accepted_twice(command, desk: Path) -> None:
    assert command(desk, "draft", "a", "--accept", "1-4").code == 0
    ran = command(desk, "draft", "a", "--accept", "1")
    assert (ran.code, "these have: none" in ran.err) == (2, True)


@pytest.mark.parametrize("option", [["--again"], ["--model"], ["--format", "json"]])
def test_accepting_goes_with_no_other_kind_of_draft(command, desk: Path, option: list[str]) -> None:
    ran = command(desk, "draft", "a", "--accept", "1", *option)
    assert ran.code == 2
    assert "--accept" in ran.err


def test_stdout_shows_the_accepted_file_and_writes_nothing(command, desk: Path) -> None:
    before = (desk / ARTICLE).read_text("utf-8")
    ran = command(desk, "draft", "a", "--accept", "1", "--stdout")
    assert "\nclaim:a-01 leg:quote" in ran.out
    assert (desk / ARTICLE).read_text("utf-8") == before


def test_it_is_a_function_too(desk: Path) -> None:
    done = accept(workspace.find(desk), "a", [1, 2])
    assert (done.accepted, done.waiting) == ((1, 2), (3, 4))
    with pytest.raises(UsageError, match="no open proposal"):
        accept(workspace.find(desk), "a", [2])


def test_a_file_that_is_not_text_stays_as_it_is(command, desk: Path) -> None:
    path = desk / ARTICLE
    path.write_bytes(path.read_bytes() + b"# \xff\n")
    ran = command(desk, "draft", "a", "--accept", "1")
    assert (ran.code, "not UTF-8" in ran.err) == (2, True)


def test_accepting_needs_an_article(command, desk: Path) -> None:
    ran = command(desk, "draft", "b", "--accept", "1")
    assert (ran.code, "there are: a, " in ran.err) == (2, True)


def test_an_empty_claim_is_no_proposal(command, own: Path) -> None:
    assert command(own, "add", "-", "--slug", "a", stdin=b"Tomas Brandt left.\n").code == 0
    assert command(own, "draft", "a").code == 0
    ran = command(own, "draft", "a", "--accept", "1")
    assert (ran.code, "no open proposal; these have: none" in ran.err) == (2, True)
