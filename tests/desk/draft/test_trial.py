"""Nothing is offered as proven that its sentence, the terms or the registry do not bear out."""

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from legation.desk.archive import Particulars, add
from legation.desk.draft.drafting import draft
from legation.graph import workspace

FAULTY = json.loads((Path(__file__).parent / "proposals.json").read_text("utf-8"))
TEXT = (
    "Tomas Brandt met Ilse Marrow in Port Selden, near Selden Bay, on Tuesday.\n\n"
    "Brandt praised the talks.\n\n"
    "“Trade grows,” the ambassador-designate said.\n\n"
    "Arvenia hopes to open a consulate. Arvenia extended the Ferry Agreement.\n"
)
MEETING = "event:a-1 a leg:Meeting ; leg:participant person:tomas-brandt, person:ilse-marrow ."


def archive(own: Path) -> None:
    (own.parent / "a.txt").write_text(TEXT, "utf-8")
    said = Particulars(title="met", published="2026-05-14", language="en", slug="a")
    add(workspace.find(own), str(own.parent / "a.txt"), said=said)
    with (own / "graph/registry/states.ttl").open("a", encoding="utf-8") as file:
        file.write('<https://own.example/instrument/ferry-treaty> rdfs:label "Ferry Treaty"@en .')


@pytest.fixture
def desk(own: Path) -> Path:
    archive(own)
    return own


def offered(text: str) -> str:
    return "\n".join(re.findall(r"(?m)^#(?!#)(.*)$", text))


@pytest.fixture(scope="module")
def refused(founded: Path, tmp_path_factory, colleague, proposal) -> dict[str, str]:
    """Why each faulty proposal is turned down, by its number, when all are made at once."""
    own = Path(shutil.copytree(founded, tmp_path_factory.mktemp("faulty") / "own"))
    archive(own)
    home = workspace.find(own)
    made = [
        replace(
            proposal(
                home,
                case["quote"],
                re.sub(r"(event|statement|tenure|anon):a-1", rf"\1:a-{number}", case["turtle"]),
                case.get("modality", "asserted"),
            ),
            note=case.get("note", ""),
            basis=case.get("basis", ""),
            key=NamedNode(f"urn:case:{number}"),
        )
        for number, case in enumerate(FAULTY)
    ]
    done = draft(home, "a", suggesters=[colleague(made)], write=False)
    assert offered(done.text) == ""
    for found in done.refused:
        assert f"turned down, of a colleague: {found.why}: " in done.text
    return {found.label: found.why for found in done.refused}


@pytest.mark.parametrize("number", range(len(FAULTY)), ids=lambda n: FAULTY[n]["turtle"])
def test_a_proposal_with_a_part_that_does_not_hold_is_a_remark_with_the_reason(
    refused: dict[str, str], number: int
) -> None:
    said = re.sub(r":a-\d+", ":a-1", refused[str(number)])
    assert FAULTY[number]["fault"] in said


def test_what_holds_is_offered_with_its_place_and_the_reasoning_behind_its_names_and_dates(
    colleague, proposal, desk: Path
) -> None:
    home = workspace.find(desk)
    said = 'statement:a-1 a leg:Opinion ; leg:speaker person:tomas-brandt ; leg:text "talks" .'
    quote = TEXT[: TEXT.index(".")]
    made = [
        proposal(home, "Tomas Brandt met Ilse Marrow", MEETING),
        proposal(home, quote, 'event:a-1 leg:date "2026-05-12"^^edtf:EDTF .'),
        proposal(home, "Brandt praised the talks", said, "opinion"),
    ]
    done = draft(home, "a", suggesters=[colleague(made)])
    assert done.proposals == 3
    claims = offered(done.text)
    assert 'leg:quote "Tomas Brandt met Ilse Marrow" ;\n    prov:wasGeneratedBy' in claims
    assert claims.count("leg:basis leg:computed") == 1
    assert "“on Tuesday” is 2026-05-12: the last Tuesday seen from Thursday 2026-05-14" in claims
    assert "“Brandt” is Tomas Brandt: the surname of the one person of this name" in claims
    assert claims.count("prov:Activity") == 3  # each can be accepted alone


def test_what_is_accepted_passes_the_check_and_bears_the_name_of_who_proposed_it(
    command, colleague, proposal, desk: Path
) -> None:
    home = workspace.find(desk)
    made = proposal(home, "Tomas Brandt met Ilse Marrow", MEETING)
    draft(home, "a", suggesters=[colleague([made])])
    assert command(desk, "draft", "a", "--accept", "1").code == 0
    checked = command(desk, "check", "graph/articles/a.trig", "--severity", "error")
    assert checked.code == 0, checked.out
    question = (
        "SELECT ?name WHERE { ?claim <http://www.w3.org/ns/prov#wasGeneratedBy> ?by . "
        "?by <http://www.w3.org/2000/01/rdf-schema#label> ?name }"
    )
    shown = command(desk, "query", "--drafts", "--format", "csv", question)
    assert "suggestions by a colleague" in shown.out


def test_what_leans_on_a_refused_proposal_falls_with_it(colleague, proposal, desk: Path) -> None:
    home = workspace.find(desk)
    mixed = proposal(home, "met Ilse Marrow", "event:a-1 a leg:Meeting ; leg:participant 3 .")
    leaning = proposal(home, "Ilse Marrow", "event:a-1 leg:participant person:ilse-marrow .")
    done = draft(home, "a", suggesters=[colleague([leaning, mixed])], write=False)
    assert done.proposals == 0
    assert done.text.count("turned down, of a colleague") == 2


def test_of_two_proposals_that_disagree_the_first_is_offered(
    colleague, proposal, desk: Path
) -> None:
    home = workspace.find(desk)
    quote = TEXT[: TEXT.index(".")]
    day = proposal(home, quote, 'event:a-1 a leg:Meeting ; leg:date "2026-05-12"^^edtf:EDTF .')
    text = proposal(home, quote, 'event:a-1 a leg:Meeting ; leg:date "2026-05-12" .')
    done = draft(home, "a", suggesters=[colleague([day, text])], write=False)
    assert done.proposals == 1
    assert '"2026-05-12"^^edtf:EDTF' in offered(done.text)


def test_nobody_is_asked_about_a_sentence_that_has_a_block(colleague, desk: Path) -> None:
    home = workspace.find(desk)
    somebody = colleague([])
    draft(home, "a", suggesters=[somebody])
    draft(home, "a", suggesters=[somebody])
    assert somebody.asked == [1, 2, 3, 4, 5]
    draft(home, "a", suggesters=[somebody], again=True)
    assert somebody.asked == [1, 2, 3, 4, 5] * 2


def test_an_entry_that_lacks_something_sinks_what_uses_it_and_nothing_else(
    colleague, proposal, desk: Path
) -> None:
    home = workspace.find(desk)
    post = (
        "tenure:a-1 a leg:Tenure ; leg:holder person:tomas-brandt ; leg:office office:envoy ; "
        'leg:titleAsWritten "ambassador" .'
    )
    entries = (
        'office:envoy a leg:Office ; rdfs:label "ambassador"@en .'
        'office:idle a leg:Office ; rdfs:label "Brandt"@en .'
    )
    made = [
        proposal(home, "Tomas Brandt met Ilse Marrow", MEETING),
        proposal(home, "Brandt praised the talks.\n\n“Trade grows,” the ambassador", post, ""),
        proposal(home, "Ilse Marrow in Port Selden", "event:a-1 leg:place place:port-selden .", ""),
    ]
    suggested = colleague(made, names=proposal(home, "", entries).triples)
    done = draft(home, "a", suggesters=[suggested], write=False)
    told = {found.label: f"{found.why}: {found.says}" for found in done.refused}
    assert done.proposals == 2, told
    assert told.keys() == {"2", "names"}
    assert "name it with leg:officeOf" in told["2"]
    assert told["names"].endswith("left out: office:idle")
