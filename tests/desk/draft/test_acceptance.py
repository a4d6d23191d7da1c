"""Accepting takes away the # of what is named and nothing else; what is rejected stays so."""

import re
import shutil
from pathlib import Path

import pytest

from legation.desk.archive import Particulars, add
from legation.desk.draft.acceptance import accept, waiting
from legation.desk.draft.drafting import draft
from legation.desk.draft.proposal import Proposal
from legation.errors import UsageError
from legation.graph import workspace

ARTICLE = "graph/articles/a.trig"
TEXT = "\n\n".join(
    (
        "Tomas Brandt met Ilse Marrow in Port Selden.",
        "Brandt praised the hospitality of Port Selden.",
        "Tomas Brandt visited Port Selden.",
        "Ilse Marrow attended a reception.",
    )
)
SAYS = (
    ("Tomas Brandt met Ilse Marrow in Port Selden", "event:a-1 a leg:Meeting ."),
    (
        "Tomas Brandt met Ilse Marrow",
        "event:a-1 leg:participant person:tomas-brandt, person:ilse-marrow .",
    ),
    ("Brandt praised the hospitality", "event:a-2 a leg:Meeting ."),
    (
        "Tomas Brandt visited Port Selden",
        "event:a-3 a leg:Visit ; leg:visitor person:tomas-brandt .",
    ),
    ("Ilse Marrow attended a reception", "event:a-4 a leg:Reception ."),
)


@pytest.fixture(scope="module")
def made(founded: Path, proposal) -> list[Proposal]:
    home = workspace.find(founded)
    return [proposal(home, quote, turtle, "") for quote, turtle in SAYS]


@pytest.fixture(scope="module")
def drafted(founded: Path, tmp_path_factory, colleague, made: list[Proposal]) -> Path:
    """An article of four sentences, and five proposals, two of them for the first."""
    own = Path(shutil.copytree(founded, tmp_path_factory.mktemp("drafted") / "own"))
    (own.parent / "a.txt").write_text(TEXT + "\n", "utf-8")
    said = Particulars(title="Tomas Brandt", language="en", slug="a")
    add(workspace.find(own), str(own.parent / "a.txt"), said=said)
    done = draft(workspace.find(own), "a", suggesters=[colleague(made)])
    assert done.proposals == 5, done.refused
    return own


@pytest.fixture
def desk(drafted: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(drafted, tmp_path / "desk"))


def proposals(path: Path) -> list[str]:
    return re.split(r"(?m)^(?=##   proposal |## --- )", path.read_bytes().decode("utf-8"))


def test_what_is_named_loses_its_signs_and_nothing_else_changes(command, desk: Path) -> None:
    before = proposals(desk / ARTICLE)
    ran = command(desk, "draft", "a", "--accept", "1a,3-4")
    assert ran.code == 0, ran.err
    after = (desk / ARTICLE).read_text("utf-8")
    for part in before:
        label = re.match(r"##   proposal (\w+)\n", part)
        if label and label[1] in ("1a", "3a", "4a"):
            claim = re.sub(r"(?m)^#(?!#)", "", part).partition("\n")[2]
            # Who suggested it is said once, where the first claim is.
            shared = claim.partition("claim:")
            assert shared[1] + shared[2] in after
            assert part not in after
        else:
            assert part in after
    assert after.count("prov:Activity") - after.count("prov:Activity ;\n#") == 1


@pytest.mark.parametrize("names", ["1a,3", "1-4"])
def test_what_is_accepted_is_laid_out_as_format_does(command, desk: Path, names: str) -> None:
    assert command(desk, "draft", "a", "--accept", names).code == 0
    ran = command(desk, "format", "--check")
    assert (ran.code, ran.out) == (0, "")


def test_it_tells_what_is_still_open(command, desk: Path) -> None:
    ran = command(desk, "draft", "a", "--accept", "1,3-4")
    assert "accepted: 1a, 1b, 3a, 4a" in ran.out
    assert "1 of 4 sentences open: 2" in ran.out
    assert "proposals that wait: 2a" in ran.out
    ran = command(desk, "draft", "a", "--accept", "2a")
    assert "every sentence is a claim or an omission" in ran.out
    checked = command(desk, "check", "graph/articles/a.trig")
    assert checked.code == 0, checked.out


def test_line_ends_and_comments_of_the_author_stay(command, desk: Path) -> None:
    path = desk / ARTICLE
    file = path.read_text("utf-8") + "#and one more\n# a note of mine\n"
    path.write_bytes(file.replace("\n", "\r\n").encode("utf-8"))
    ran = command(desk, "draft", "a", "--accept", "4")
    assert (ran.code, "proposal 4a would not be TriG once accepted" in ran.err) == (2, True)
    path.write_bytes(file.replace("#and one more\n", "").replace("\n", "\r\n").encode("utf-8"))
    ran = command(desk, "draft", "a", "--accept", "4")
    assert ran.code == 0, ran.err
    data = path.read_bytes()
    assert b"\r\n# a note of mine\r\n" in data
    assert data.count(b"\n") == data.count(b"\r\n")


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ("1,7-8", "'a' has no open proposal 7-8; these wait: 1a, 1b, 2a, 3a, 4a"),
        ("1c", "'a' has no open proposal 1c; these wait: 1a, 1b, 2a, 3a, 4a"),
        ("one", "'one': give sentences or their proposals, such as 1,3b,7-9"),
        ("4-1", "'4-1': give sentences"),
        ("1-99999999999", "'1-99999999999': give sentences"),
        ("", "'': give sentences"),
    ],
)
@pytest.mark.parametrize("act", ["--accept", "--reject"])
def test_names_without_a_proposal_are_told_and_nothing_is_written(
    command, desk: Path, act: str, names: str, message: str
) -> None:
    before = (desk / ARTICLE).read_bytes()
    ran = command(desk, "draft", "a", act, names)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert (desk / ARTICLE).read_bytes() == before


def test_what_was_accepted_is_not_accepted_twice(command, desk: Path) -> None:
    assert command(desk, "draft", "a", "--accept", "1-4").code == 0
    ran = command(desk, "draft", "a", "--accept", "1")
    assert (ran.code, "these wait: none" in ran.err) == (2, True)


def test_what_is_rejected_is_not_offered_again(
    command, desk: Path, colleague, made: list[Proposal]
) -> None:
    ran = command(desk, "draft", "a", "--reject", "1b,3")
    assert (ran.code, "rejected: 1b, 3a" in ran.out) == (0, True), ran.err
    assert "proposals that wait: 1a, 2a, 4a" in ran.out
    text = (desk / ARTICLE).read_text("utf-8")
    assert len(re.findall(r"(?m)^## rejected (?:1b|3a) [0-9a-f]{12}: .*claim:a-", text)) == 2
    done = draft(workspace.find(desk), "a", suggesters=[colleague(made)], again=True)
    assert [w.text.count("leg:Visit") for w in waiting(done.text).values()] == [0, 0, 0]
    ran = command(desk, "draft", "a", "--reject", "2a", "--accept", "1")
    assert "rejected: 2a\n" in ran.out
    assert "accepted: 1a\n" in ran.out
    assert (desk / ARTICLE).read_text("utf-8").count("\n## rejected ") == 3


def test_nothing_is_accepted_without_what_it_leans_on(
    command, own: Path, colleague, proposal
) -> None:
    home = workspace.find(own)
    (own.parent / "a.txt").write_text(
        "Tomas Brandt met Ilse Marrow.\n\nHe visited Port Selden.\n", "utf-8"
    )
    assert command(own, "add", "../a.txt", "--slug", "a", "--title", "Tomas Brandt").code == 0
    meeting = "event:m a leg:Meeting ; leg:participant person:tomas-brandt, person:ilse-marrow ."
    visit = "event:v a leg:Visit ; leg:visitor person:tomas-brandt ."
    made = [
        proposal(home, "Tomas Brandt met Ilse Marrow", meeting, ""),
        proposal(home, "He visited Port Selden", visit, ""),
    ]
    done = draft(home, "a", suggesters=[colleague(made)])
    assert done.proposals == 2, done.refused
    second = waiting(done.text)["2a"].text
    assert "leg:basis leg:resolved" in second
    assert "leg:leansOn claim:a-01" in second
    ran = command(own, "draft", "a", "--accept", "2a")
    assert (ran.code, "2a leans on 1a: accept both" in ran.err) == (2, True)
    assert command(own, "draft", "a", "--accept", "1a,2a").code == 0


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
    done = accept(workspace.find(desk), "a", ["1", "2a"])
    assert (done.settled, done.waiting) == (("1a", "1b", "2a"), ("3a", "4a"))
    with pytest.raises(UsageError, match="no open proposal"):
        accept(workspace.find(desk), "a", ["2"])


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
    assert (ran.code, "no open proposal 1; these wait: none" in ran.err) == (2, True)


def test_the_registry_gets_the_names_that_accepted_claims_need_and_no_others(
    command, own: Path, colleague, proposal
) -> None:
    home = workspace.find(own)
    text = b"Tomas Brandt met Oda Lisk.\n\nIlse Marrow met Arno Feld.\n"
    assert command(own, "add", "-", "--slug", "a", "--title", "Talks", stdin=text).code == 0
    met = "event:{0} a leg:Meeting ; leg:participant person:{0}, person:{1} ."
    entry = 'person:{} a leg:Person ; rdfs:label "{}"@en .'
    made = [
        proposal(home, "Tomas Brandt met Oda Lisk", met.format("tomas-brandt", "oda-lisk"), ""),
        proposal(home, "Ilse Marrow met Arno Feld", met.format("ilse-marrow", "arno-feld"), ""),
    ]
    names = entry.format("oda-lisk", "Oda Lisk") + entry.format("arno-feld", "Arno Feld")
    draft(home, "a", suggesters=[colleague(made, names=proposal(home, "", names).triples)])
    ran = command(own, "draft", "a", "--accept", "1")
    assert "  entered in the registry: person:oda-lisk\n" in ran.out
    assert "arno-feld" not in (own / "graph/registry/persons.ttl").read_text("utf-8")
    checked = command(own, "check", "graph/articles/a.trig", "--severity", "error")
    assert "not declared" not in checked.out
