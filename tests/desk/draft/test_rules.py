"""The rules propose no more than the order of the words shows, and never a hearsay as a fact."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

REGISTRY = """\
@prefix body: <https://own.example/body/> .
@prefix leg: <https://w3id.org/legation/ns#> .
@prefix person: <https://own.example/person/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix state: <https://own.example/state/> .

body:osaka-wire a leg:MediaOutlet ; rdfs:label "Osaka Wire"@en .
person:ivan-petrov a leg:Person ; rdfs:label "Ivan Petrov"@en .
person:vera-orlova a leg:Person ; rdfs:label "Vera Orlova"@en .
state:germany a leg:State ; rdfs:label "Germany"@en ; skos:altLabel "German"@en .
state:japan a leg:State ; rdfs:label "Japan"@en ; skos:altLabel "Japanese"@en .
state:russia a leg:State ; rdfs:label "Russia"@en ;
    skos:altLabel "Russian"@en, "Russian Federation"@en .
"""

Drafted = Callable[[str], str]


@pytest.fixture
def drafted(command, own: Path) -> Drafted:
    """The draft of a sentence that was published on Thursday, 14 May 2026."""
    (own / "graph/registry/more.ttl").write_text(REGISTRY, "utf-8")

    def draft(sentence: str) -> str:
        (own.parent / "a.txt").write_text(f"{sentence}\n", "utf-8")
        added = command(
            own, "add", "../a.txt", "--slug", "a", "--published", "2026-05-14", "--language", "en"
        )
        assert added.code == 0, added.err
        ran = command(own, "draft", "a")
        assert ran.code == 0, ran.err
        return (own / "graph/articles/a.trig").read_text("utf-8")

    return draft


def dates(draft: str) -> dict[str, str]:
    """The proposed date of each event, by the class in its name."""
    return dict(re.findall(r'event:a-01-(\w+) leg:date "([^"]+)"', draft))


RECEPTION = (
    "Ivan Petrov, who arrived on Monday for a three-day visit, also attended a reception at the "
    "Japanese Embassy."
)


def test_a_date_goes_to_no_event_of_another_clause(drafted: Drafted) -> None:
    draft = drafted(RECEPTION)
    assert "a leg:Reception" in draft
    assert "reception" not in dates(draft)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Ivan Petrov visited Japan on Tuesday and met Vera Orlova.",
            {"visit": "2026-05-12"},
        ),
        (
            "Ivan Petrov visited Japan and met Vera Orlova on Wednesday.",
            {"meeting": "2026-05-13"},
        ),
        (
            "On Tuesday the mayor, Ivan Petrov, gave a reception for Vera Orlova.",
            {"reception": "2026-05-12"},
        ),
        (
            "Ivan Petrov met Vera Orlova on Monday before visiting Japan on Tuesday.",
            {"meeting": "2026-05-11", "visit": "2026-05-12"},
        ),
        ("The man who resigned on Monday met Ivan Petrov.", {}),
        ("Ivan Petrov said on Tuesday that he had met Vera Orlova.", {}),
        ("Ivan Petrov met Vera Orlova on Monday, on Tuesday.", {}),
    ],
)
def test_a_date_goes_to_the_nearest_event_of_its_clause(
    drafted: Drafted, sentence: str, expected: dict[str, str]
) -> None:
    assert dates(drafted(sentence)) == expected


def test_a_date_that_belongs_to_no_event_is_left_open_with_a_remark(drafted: Drafted) -> None:
    draft = drafted("The man who resigned on Monday met Ivan Petrov.")
    assert re.search(r"^##     left open: on Monday", draft, re.MULTILINE)


def test_an_adjective_of_a_state_is_no_actor(drafted: Drafted) -> None:
    draft = drafted(RECEPTION.replace("Ivan", "Russian minister Ivan"))
    claims = "\n".join(line for line in draft.split("\n") if re.match("#(?!#)", line))
    assert "person:ivan-petrov" in claims
    assert "state:" not in claims
    assert "Japanese = state:japan (an adjective" in draft


@pytest.mark.parametrize(
    ("sentence", "things"),
    [
        ("Ivan Petrov met the German envoy.", []),
        ("Ivan Petrov visited Japan.", ["japan"]),
        ("The Russian Federation recognised Japan.", ["japan", "russia"]),
        ("Germany met Ivan Petrov at a Japanese-led summit.", ["germany"]),
    ],
)
def test_a_state_by_its_own_name_is_an_actor(
    drafted: Drafted, sentence: str, things: list[str]
) -> None:
    proposals = re.sub(r"(?m)^##.*$|^@.*$", "", drafted(sentence))
    assert sorted(set(re.findall(r"state:(\w+)", proposals))) == things


def test_only_a_state_that_is_visited_is_a_destination(drafted: Drafted) -> None:
    draft = drafted("During a visit, Ivan Petrov attended a reception that Japan gave.")
    assert "leg:destination" not in draft


@pytest.mark.parametrize(
    ("sentence", "report"),
    [
        ("According to Kyodo News, Ivan Petrov met Vera Orlova.", "report:a-kyodo-news"),
        ("According to Japan’s state media, Ivan Petrov met Vera Orlova.", "report:a-01-source"),
        ("According to Japanese media, Ivan Petrov met Vera Orlova.", "report:a-01-source"),
        ("Ivan Petrov reportedly met Vera Orlova.", "report:a-01-source"),
        ("According to Kyodo News, Ivan Petrov plans to visit Japan.", "report:a-kyodo-news"),
    ],
)
def test_the_report_of_a_source_that_is_not_known_is_never_asserted(
    drafted: Drafted, command, own: Path, sentence: str, report: str
) -> None:
    draft = drafted(sentence)
    assert "leg:asserted" not in draft
    assert re.search(r"^##     source to settle: ", draft, re.MULTILINE)
    assert re.search(rf"^#.*{report} a leg:Report ;", draft, re.MULTILINE)
    article = own / "graph/articles/a.trig"
    article.write_text(re.sub(r"(?m)^#(?!#)", "", draft), "utf-8")
    checked = command(own, "check", str(article))
    assert checked.code == 1
    assert re.search(r"error: (?:body:kyodo-news|report:a-01-source) is not declared", checked.out)


def test_the_report_of_a_known_body_needs_no_settling(drafted: Drafted) -> None:
    draft = drafted("According to the Osaka Wire, Ivan Petrov met Vera Orlova.")
    assert "leg:modality leg:reported" in draft
    assert "source to settle" not in draft


def test_what_is_according_to_a_person_is_a_statement_of_that_person(drafted: Drafted) -> None:
    draft = drafted("According to Vera Orlova, Ivan Petrov visited Japan.")
    assert "leg:speaker person:vera-orlova" in draft
    assert "a leg:Visit" not in draft
