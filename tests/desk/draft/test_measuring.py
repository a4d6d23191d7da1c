"""Proposals are counted against what people made: by structure, whatever new things are called."""

import json
import re
from pathlib import Path

import pytest

from legation.desk.draft.structure import Structure
from legation.graph import workspace
from legation.rdf import trig

SLUG = "halm-gazette-2031-05-07"
ARTICLE = f"graph/articles/{SLUG}.trig"
ANSWER = {
    "names": [],
    "claims": [
        {
            "id": "1",
            "sentence": 6,
            "quote": "The Strait Council condemned the flight",
            "says": "statement:of-council a leg:Condemnation ; leg:speaker body:strait-council ; "
            'leg:text "condemned the flight" .',
        },
        {
            "id": "2",
            "sentence": 8,
            "quote": "Orvany imposed sanctions on Narrows Shipping",
            "says": "event:sanctions a leg:Sanction ; leg:act leg:imposed ; "
            "leg:topic state:orvany ; leg:sanctioned body:narrows-shipping .",
        },
        {"id": "3", "sentence": 6, "quote": "condemned the war", "says": "event:w a leg:Event ."},
    ],
}


def test_every_claim_of_people_is_a_hit_under_whatever_name(command, world: Path) -> None:
    copy = world.parent / "copy.trig"
    text = (world / ARTICLE).read_text("utf-8")
    copy.write_text(re.sub(r"\b(event|statement):(?=[a-z])", r"\1:other-", text))
    ran = command(world, "measure", SLUG, "--with", str(copy), "--format", "json")
    report = json.loads(ran.out)
    assert report["facts"]["hit"] >= 0.97 * report["facts"]["recorded"], ran.err
    assert report["names_exact"]["hit"] == report["names_exact"]["recorded"]


def test_an_answer_is_tried_as_if_nobody_had_annotated_the_article(command, world: Path) -> None:
    before = (world / ARTICLE).read_bytes()
    (world.parent / "answer.json").write_text(json.dumps(ANSWER))
    ran = command(world, "measure", SLUG, "--with", "../answer.json")
    assert ran.code == 0, ran.err
    assert "facts:               6 of 136 (4%); of 7 proposed 86% are among them" in ran.out
    assert (
        "not recorded by anybody: 1\n  event:narrows-shipping-sanctions leg:topic state:orvany"
        in ran.out
    )
    assert "turned down: 1\n  3: the quote is not in the text" in ran.out
    assert (world / ARTICLE).read_bytes() == before


def test_the_prompt_of_a_measure_gives_nothing_away(command, world: Path) -> None:
    assert command(world, "measure", SLUG, "--ask", "../ask.md").code == 0
    prompt = (world.parent / "ask.md").read_text("utf-8")
    assert "Annotate sentences 1, 2, 3" in prompt
    assert "statement:voss-accusation" not in prompt


def test_something_must_be_measured(command, world: Path) -> None:
    ran = command(world, "measure", SLUG)
    assert (ran.code, "--with FILE, or --model" in ran.err) == (2, True)
    ran = command(world, "measure", "nothing", "--with", "x")
    assert (ran.code, "no article here is called 'nothing'" in ran.err) == (2, True)


PREFIXES = "@prefix e: <https://w3id.org/legation/id/event/> . @prefix s: <urn:x:> . "


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        ("e:a s:p s:x .", "e:b s:p s:x .", True),
        ("e:a s:p e:b . e:b s:p s:x .", "e:b s:p e:a . e:a s:p s:x .", True),
        ("e:a s:p s:x .", "e:a s:p s:y .", False),
        ("e:a s:p e:b . e:b s:p s:x .", "e:a s:p e:b . e:a s:p s:x .", False),
    ],
)
def test_names_of_new_things_make_no_difference(
    checkout: Path, ours: str, theirs: str, same: bool
) -> None:
    structure = Structure.of(workspace.find(checkout / "tests/world"))
    one, other = (
        [q.quad.triple for q in trig.parse(f"{PREFIXES}{text}".encode(), Path("x")).quads]
        for text in (ours, theirs)
    )
    assert (structure.digest(one) == structure.digest(other)) is same
    assert (set(structure.aligned(one, other)) == set(one)) is same
