"""A pen writes, mends and strikes single claims, and leaves every other byte as it was."""

import re
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from legation.desk.draft.pen import entered, lodged, opened, replaced, struck
from legation.desk.draft.proposal import Proposal, proposal_of
from legation.desk.draft.verdict import judged
from legation.errors import InputError, UnknownName, UsageError
from legation.graph import workspace
from legation.graph.record import Record
from legation.graph.workspace import Workspace
from legation.rdf import trig
from legation.rdf.layout import layout
from legation.rdf.tokens import COMMENT, tokenize
from legation.rdf.vocabulary import LEG, expand

SLUG = "strait-observer-2031-05-05"
ARTICLE = f"graph/articles/{SLUG}.trig"


@pytest.fixture(scope="module")
def home(checkout: Path) -> Workspace:
    return workspace.find(checkout / "tests/world")


@pytest.fixture(scope="module")
def record(home: Workspace) -> Record:
    return workspace.read(home)


@pytest.fixture(scope="module")
def texts(record: Record) -> dict[Path, str]:
    return {a.path: a.path.read_bytes().decode("utf-8") for a in record.articles}


def quads(text: str) -> set[Quad]:
    return {q.quad for q in trig.parse(text.encode("utf-8"), Path("a.trig")).quads}


def comments(text: str) -> list[str]:
    return [token.text for token in tokenize(text) if token.kind == COMMENT]


def node(home: Workspace, name: str) -> NamedNode:
    found = expand(name, home.prefixes)
    assert found is not None
    return found


def test_a_claim_written_anew_as_it_was_is_the_same_claim(
    home: Workspace, record: Record, texts: dict[Path, str], thorough: bool
) -> None:
    for claim in record.claims[:: 1 if thorough else 5]:
        text = texts[claim.path]
        after = replaced(text, claim.iri, proposal_of(claim, record), home.prefixes)
        assert quads(after) == quads(text), claim.iri
        assert layout(after) == after or layout(text) != text


def test_a_claim_that_is_struck_goes_whole_and_alone(
    record: Record, texts: dict[Path, str], thorough: bool
) -> None:
    for claim in record.claims[:: 1 if thorough else 5]:
        text = texts[claim.path]
        gone = quads(text) - quads(struck(text, claim.iri))
        mine = {c for c, carriers in record.carriers.items() if {*carriers} == {claim}}
        assert gone == {
            quad
            for quad in quads(text)
            if quad.graph_name in {claim.iri, *mine} or quad.subject == claim.iri
        }


def test_an_entered_claim_gets_the_next_number_and_struck_leaves_the_file_as_it_was(
    home: Workspace, texts: dict[Path, str], proposal
) -> None:
    text = next(text for path, text in texts.items() if path.stem == SLUG)
    said = proposal(home, "words", "event:x a leg:Meeting ; leg:topic state:merovia .", "")
    made = entered(text, SLUG, [said], home.prefixes)
    (name,) = made.passages
    highest = max(int(n) for n in re.findall(rf"claim:{SLUG}-(\d+)", text))
    assert name == node(home, f"claim:{SLUG}-{highest + 1:02d}")
    assert made.text.startswith(text)
    assert struck(made.text, name) == text


def test_all_that_a_claim_can_have_is_written_briefly(home: Workspace, proposal) -> None:
    file = "@prefix leg: <https://w3id.org/legation/ns#> .\r\n# mine"
    asked = proposal(
        home,
        'Halm "asked"',
        "statement:s a leg:Demand ; leg:content content:c ; leg:date '2031'^^edtf:EDTF .",
        "",
    )
    first = Proposal("first", asked.triples[:1], key=NamedNode("urn:first"))
    more = Proposal(
        asked.quote,
        asked.triples,
        note="he is Halm",
        basis="resolved",
        start=7,
        leans_on=(NamedNode("urn:first"), node(home, "claim:b-01")),
        according_to=node(home, "report:r"),
        attribution="fromContext",
        contents=((node(home, "content:c"), proposal(home, "", "event:e a leg:Visit .").triples),),
        reports=proposal(home, "", "report:r a leg:Report .").triples,
        author="the model M",
    )
    made = entered(file, "a", [first, more], home.prefixes)
    assert "\n" not in made.text.replace("\r\n", "")
    text = made.text.replace("\r\n", "\n")
    expected = Path(__file__).with_name("written.trig").read_text("utf-8")
    assert text == expected
    without = struck(text, made.passages[1])
    assert without == expected[: expected.index("\nclaim:a-02 leg:quote")]


COMMENTED = """\
# of the head
@prefix claim: <https://w3id.org/legation/id/claim/> .
@prefix content: <https://w3id.org/legation/id/content/> .
@prefix event: <https://w3id.org/legation/id/event/> .
@prefix leg: <https://w3id.org/legation/ns#> .
@prefix statement: <https://w3id.org/legation/id/statement/> .

# before 1
claim:a-01 leg:quote 'one' .   # behind 1
GRAPH claim:a-01 { statement:s leg:content content:c , content:d . }  # behind its graph

# of c
content:c { # inside c
    event:c a leg:Visit . }
content:d { event:d a leg:Visit . }

claim:a-02 leg:quote "two" ; # two
    leg:conflictsWith claim:b-01 .
claim:a-02 { statement:t leg:content content:d . }
# the end
"""


def test_comments_stay_and_so_do_contents_that_others_carry() -> None:
    name = NamedNode("https://w3id.org/legation/id/claim/a-01")
    text = struck(COMMENTED, name)
    assert comments(text) == comments(COMMENTED)
    assert "content:d {" in text
    assert "content:c" not in text
    assert "a-01" not in text
    again = struck(text, NamedNode("https://w3id.org/legation/id/claim/a-02"))
    assert comments(again) == comments(COMMENTED)
    assert quads(again) == set()


def test_what_a_proposal_cannot_say_of_a_claim_stays(home: Workspace) -> None:
    name = node(home, "claim:a-02")
    text = COMMENTED.replace("leg:conflictsWith", "leg:unheardOf")
    said = Proposal("second", ())
    after = replaced(text, name, said, home.prefixes)
    assert comments(after) == comments(text)
    assert Quad(name, LEG.quote, Literal("second")) in quads(after)
    assert "leg:unheardOf claim:b-01" in after


def test_a_note_that_stays_keeps_its_language_and_others_stay_too(home: Workspace) -> None:
    name = node(home, "claim:a-02")
    notes = '<http://www.w3.org/2004/02/skos/core#editorialNote> "да"@ru, "more"@en'
    text = COMMENTED.replace("leg:conflictsWith claim:b-01", notes)
    after = replaced(text, name, Proposal("second", (), note="да"), home.prefixes)
    assert {q for q in quads(text) - quads(after) if q.subject == name} == {
        Quad(name, LEG.quote, Literal("two"))
    }
    again = replaced(text, name, Proposal("two", (), note="yes"), home.prefixes)
    assert {str(q.object) for q in quads(again) if "Note" in str(q.predicate)} == {
        '"yes"@en',
        '"more"@en',
    }


def test_an_omission_is_added_and_struck(home: Workspace) -> None:
    omission = Proposal("Share", (), start=12, reason="navigation")
    made = entered(COMMENTED, "a", [omission], home.prefixes)
    assert made.text.endswith(
        '# the end\n\nomission:a-01 leg:quote "Share" ;\n'
        "    leg:charStart 12 ;\n    leg:reason leg:navigation .\n"
    )
    (name,) = made.passages
    assert quads(struck(made.text, name)) == quads(COMMENTED)


def test_what_is_not_there_cannot_be_struck(home: Workspace) -> None:
    with pytest.raises(UsageError, match="no claim:a-07 in this file"):
        struck(COMMENTED, node(home, "claim:a-07"))
    with pytest.raises(UnknownName, match="no article here is called 'a'"):
        opened(home, "a")


def test_nothing_is_written_over_what_somebody_wrote_meanwhile(world: Path) -> None:
    home = workspace.find(world)
    file = opened(home, SLUG)
    other = file.text + "# another editor's\n"
    (world / ARTICLE).write_bytes(other.encode("utf-8"))
    with pytest.raises(InputError, match="changed meanwhile"):
        lodged(home, file, file.text + "# mine\n")
    with pytest.raises(InputError, match="is not TriG"):
        lodged(home, opened(home, SLUG), file.text + "mine\n")
    assert (world / ARTICLE).read_bytes() == other.encode("utf-8")
    lodged(home, opened(home, SLUG), file.text + "# mine\n")
    assert (world / ARTICLE).read_bytes() == f"{file.text}# mine\n".encode()


def test_the_check_can_be_asked_of_a_text_that_nobody_has_written(
    home: Workspace, record: Record, texts: dict[Path, str], proposal
) -> None:
    text = next(text for path, text in texts.items() if path.stem == SLUG)
    assert judged(home, SLUG, text, record).count("error") == 0
    made = entered(
        text, SLUG, [proposal(home, "no such words", "event:x a leg:Meetin .")], home.prefixes
    )
    found = {f.rule for f in judged(home, SLUG, made.text, record).at_least("error")}
    assert {"quote-not-verbatim", "unknown-class"} <= found
