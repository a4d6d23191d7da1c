"""What an article names, by thing: spellings together, titles apart, known or proposed."""

from functools import cache
from pathlib import Path

import pytest

from legation.desk.draft.cast import Named, grouped, posts
from legation.desk.draft.names import Finder
from legation.desk.draft.reading import named_in
from legation.graph import workspace

WORLD = Path(__file__).resolve().parents[2] / "world"


@cache
def finder() -> Finder:
    home = workspace.find(WORLD)
    return Finder.of(workspace.read(home), home)


def cast(text: str, language: str = "en") -> dict[str, Named]:
    named = grouped(text, named_in(text, finder(), language=language), finder(), language=language)
    return {one.label: one for one in named}


def test_a_title_stands_apart_and_proposes_office_and_tenure() -> None:
    found = cast("Deputy Foreign Minister Petra Sandoz met reporters.")
    person = found["Petra Sandoz"]
    assert (person.kind, person.title, person.slug) == (
        "person",
        "Deputy Foreign Minister",
        "petra-sandoz",
    )
    assert found["Deputy Foreign Minister"].kind == "office"
    assert "leg:holder person:petra-sandoz ; leg:office office:deputy" in person.tenure


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Petra Sandoz, the foreign minister of Merovia, spoke.", "foreign minister of Merovia"),
        ("1. Dr. Petra Sandoz\nAmbassador-designate of Orvany\n", "Ambassador-designate of Orvany"),
        ("He met Minister of Trade Petra Sandoz there.", "Minister of Trade"),
        ("Opposition leader Petra Sandoz spoke.", "Opposition leader"),
        ("Then Ms. Petra Sandoz spoke.", ""),
    ],
)
def test_a_title_is_found_before_the_name_and_behind_it(text: str, title: str) -> None:
    assert cast(text)["Petra Sandoz"].title == title


def test_the_state_of_an_office_is_told_by_the_adjective() -> None:
    assert "President of the Republic of Merovia" in cast("Merovian President Petra Sandoz spoke.")


def test_what_a_title_is_of_may_stand_behind_its_bearer() -> None:
    found = cast(
        "Call of President Petra Sandoz\n\nPresident Petra Sandoz of Corran and the Prime Minister "
        "met. Foreign Minister Lio Ban of the Corran Isles came. A foreign minister left.\n\nEND\n"
    )
    assert {one.label for one in found.values() if one.kind == "office"} == {
        "President of Corran",
        "Prime Minister",
        "Foreign Minister of Corran Isles",
    }
    assert "END" not in found


def test_each_title_is_called_after_what_it_is_of_there() -> None:
    text = "President Petra Sandoz of Corran met President Lio Ban of the Tessaly Isles."
    titles = posts(text, named_in(text, finder()))
    assert list(titles.values()) == ["President of Corran", "President of Tessaly Isles"]


def test_a_kind_that_nothing_tells_is_a_guess() -> None:
    found = cast("On Friday General Krell took power in Zarth, where Mr. Lio Ban met him.")
    assert {label for label, one in found.items() if one.is_guessed} == {"Krell", "Zarth"}


def test_surnames_capitals_and_wrapped_lines_are_spellings_of_one_thing() -> None:
    text = (
        "SANDOZ LEAVES\n\nThe envoys of the Federal Council, who had come by sea, met Petra\n"
        "Sandoz for the second time this week, and nobody was surprised.\n"
        "Sandoz left. The Council of Rivers (COR) did not, said a member\nof COR.\n"
    )
    found = cast(text)
    assert dict(found["Petra Sandoz"].spellings) == {"Petra Sandoz": 1, "Sandoz": 1, "SANDOZ": 1}
    assert dict(found["Council of Rivers"].spellings) == {"Council of Rivers": 1, "COR": 2}


def test_the_agency_of_a_dateline_is_no_participant_and_its_place_a_place() -> None:
    found = cast("TORVALE, May 11 (Wire Service) -- They met.")
    assert found["Wire Service"].note.startswith("the agency of the dateline")
    assert found["Torvale"].kind == "place"


def test_a_known_thing_has_its_iri_and_an_unknown_one_what_it_is_near() -> None:
    found = cast("Merovia and Orvanny agreed.")
    assert found["Republic of Merovia"].iri is not None
    assert [g.label for g in found["Orvanny"].near] == ["Republic of Orvany"]
    assert found["Orvanny"].near[0].why == "spelt as Orvany"


def test_german_nouns_are_no_names() -> None:
    assert set(cast("Die Regierung sprach mit Petra Sandoz über Fische.", "de")) == {"Petra Sandoz"}


def test_a_name_behind_a_title_with_a_state_is_no_part_of_the_title() -> None:
    found = cast(
        "Title: Talks\nURL: https://mfa.example/1\n\n"
        "The ships of Ambrel left. Minister of Trade of Ambrel Tomas Fenwright met Ambassador of "
        "Ambrel to Quorra Philippa Drace, who came from Quorra, and the Deputy Minister, Oda Lisk, "
        "with the envoy of Kim Jong Sam. Trade with Kim Jong Sam grew.\n\n"
        "QUESTION: Will it last?\n\nMS. DRACE: It will.\n"
    )
    titles = {label: one.title for label, one in found.items() if one.kind == "person"}
    assert titles == {
        "Tomas Fenwright": "Minister of Trade of Ambrel",
        "Philippa Drace": "Ambassador of Ambrel to Quorra",
        "Oda Lisk": "Deputy Minister",
    }
    assert {"Ambrel", "Quorra", "Kim Jong Sam"} < found.keys()
    assert not {"URL", "QUESTION", "Question", "MS", "Talks"} & found.keys()
