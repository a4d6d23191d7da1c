"""A draft is comments, and nothing else: what was found, and an empty claim to fill in."""

import json
import re
import shutil
from pathlib import Path

import pytest

from legation.desk.draft.blocks import without_blocks
from legation.desk.draft.drafting import analysis, draft
from legation.errors import InputError, UnknownName
from legation.graph import workspace
from legation.rdf import trig

SLUGS = [
    "bbc-2022-liberation-day-letters",
    "invariable-friendship",
    "nk-news-66th-anniversary",
    "relations-strengthen-77th-anniversary",
    "yonhap-2015-05-12",
]


def filled(file: str, sentence: int, content: str) -> str:
    """A file after a person took the ## from a sentence's empty claim and wrote into it."""
    blocks = re.split(r"(?m)^(?=## --- )", file)
    at = next(n for n, b in enumerate(blocks) if b.startswith(f"## --- {sentence}. "))
    found, claim = re.split(r"(?m)^(?=## claim:)", blocks[at], maxsplit=1)
    claim = re.sub("(?m)^## ", "", claim)
    blocks[at] = found + claim.replace("{\n", f"{{\n    {content}\n")
    return "".join(blocks)


@pytest.fixture
def stripped(tmp_path: Path, checkout: Path) -> Path:
    """The reference graph with the headers of its articles and not one claim."""
    root = tmp_path / "stripped"
    shutil.copytree(checkout / "graph", root / "graph")
    for path in (root / "graph/articles").glob("*.trig"):
        file = path.read_text("utf-8")
        end = min(at for at in (file.find("\nclaim:"), file.find("\nomission:")) if at >= 0)
        header = re.sub(r"^#.*\n", "", file[: end + 1], flags=re.MULTILINE)
        path.write_text(header.replace("leg:status leg:complete", "leg:status leg:draft"), "utf-8")
    return root


@pytest.mark.parametrize("slug", SLUGS)
def test_a_draft_adds_comments_and_prefixes_and_no_triple(stripped: Path, slug: str) -> None:
    home = workspace.find(stripped)
    path = stripped / f"graph/articles/{slug}.trig"
    before = [q.quad for q in trig.read(path).quads]
    old = path.read_text("utf-8")
    done = draft(home, slug)
    assert done.drafted == tuple(range(1, len(done.reading.sentences) + 1))
    assert [q.quad for q in trig.read(path).quads] == before
    new = [line for line in path.read_text("utf-8").split("\n") if line not in old.split("\n")]
    assert all(line.startswith(("#", "@prefix")) for line in new)


def test_drafting_proposes_no_claim_by_itself(stripped: Path) -> None:
    home = workspace.find(stripped)
    for slug in SLUGS:
        done = draft(home, slug)
        assert done.proposals == 0
        assert re.findall(r"(?m)^#(?!#)", done.text) == []


def test_the_empty_claim_of_a_sentence_quotes_it_letter_by_letter(stripped: Path) -> None:
    home = workspace.find(stripped)
    for slug in SLUGS:
        done = draft(home, slug)
        quotes = re.findall(r"(?m)^## claim:\S+ leg:quote (.*) \.$", done.text)
        assert quotes == [trig.quoted(sentence.text) for sentence in done.reading.sentences]


def test_an_empty_claim_needs_its_triples_and_a_pin_to_pass_the_check(command, own: Path) -> None:
    (own.parent / "a.txt").write_text("Tomas Brandt met Ilse Marrow.\n", "utf-8")
    told = ("--slug", "a", "--title", "Tomas Brandt met Ilse Marrow.", "--language", "en")
    assert command(own, "add", "../a.txt", *told).code == 0
    assert command(own, "draft", "a").code == 0
    path = own / "graph/articles/a.trig"
    empty = path.read_text("utf-8")
    met = "event:a-1 a leg:Meeting ; leg:participant person:tomas-brandt, person:ilse-marrow ."
    for content, code in (("", 1), (met, 0)):
        path.write_text(filled(empty, 1, content), "utf-8")
        assert command(own, "pin", "a").code == 0
        checked = command(own, "check", str(path))
        assert checked.code == code, checked.out


def test_a_second_draft_changes_nothing(stripped: Path) -> None:
    home = workspace.find(stripped)
    first = draft(home, SLUGS[2]).text
    again = draft(home, SLUGS[2])
    assert (again.text, again.drafted) == (first, ())
    assert draft(home, SLUGS[2], again=True).text == first


def test_only_open_sentences_are_drafted(checkout: Path) -> None:
    home = workspace.find(checkout)
    for slug in SLUGS:
        done = draft(home, slug, write=False)
        assert done.drafted == ()
        assert done.reading.open == ()


def test_what_was_written_by_hand_survives_a_draft_made_anew(stripped: Path) -> None:
    home = workspace.find(stripped)
    path = draft(home, SLUGS[4]).path
    path.write_text(filled(path.read_text("utf-8"), 3, "event:x a leg:Visit ."), "utf-8")
    written = path.read_text("utf-8")
    draft(home, SLUGS[4], again=True)
    after = path.read_text("utf-8")
    assert after.count("## --- 3. ") == 1
    assert set(written.split("\n")) >= {"    event:x a leg:Visit ."}
    assert "    event:x a leg:Visit ." in after


@pytest.mark.parametrize(
    ("file", "kept"),
    [
        ("a\n\n## --- 1. x [0-1]\n#c .\n", "a\n"),
        ("a\n\n## --- 1. x [0-1]\n#c .\n\n## --- 2. y [1-2]\n##  d\n", "a\n"),
        ("a\n\n## --- 1. x [0-1]\n##  c\n\nd .\n", "a\n\nd .\n"),
        ("a\n\n## --- 1. x [0-1]\n##  c\nd .\n", "a\n\n## --- 1. x [0-1]\n##  c\nd .\n"),
        ("a\n# mine\n", "a\n# mine\n"),
    ],
)
def test_only_blocks_that_are_all_comments_go(file: str, kept: str) -> None:
    assert without_blocks(file) == kept


def test_numbers_of_new_claims_begin_behind_those_that_are_there(stripped: Path) -> None:
    path = stripped / f"graph/articles/{SLUGS[2]}.trig"
    path.write_text(path.read_text("utf-8") + f"# once: claim:{SLUGS[2]}-41\n", "utf-8")
    assert f"## claim:{SLUGS[2]}-42 leg:quote" in draft(workspace.find(stripped), SLUGS[2]).text


def test_json_tells_what_was_found_and_writes_nothing(command, stripped: Path) -> None:
    path = stripped / f"graph/articles/{SLUGS[4]}.trig"
    before = path.read_bytes()
    ran = command(stripped, "draft", SLUGS[4], "--format", "json")
    assert ran.code == 0, ran.err
    found = json.loads(ran.out)
    assert {"mentions", "dates", "attributions"} <= set(found)
    text = (stripped / f"graph/sources/{SLUGS[4]}.txt").read_text("utf-8")
    for mention in found["mentions"]:
        assert {"start", "end", "text", "kind", "iri", "candidates"} <= set(mention)
        assert text[mention["start"] : mention["end"]] == mention["text"]
    kremlin = next(m for m in found["mentions"] if m["text"] == "Grand Kremlin Palace")
    assert (kremlin["kind"], kremlin["iri"]) == (
        "place",
        "https://w3id.org/legation/id/place/grand-kremlin-palace",
    )
    friday = next(d for d in found["dates"] if d["text"] == "on Friday")
    assert (friday["edtf"], "Monday 2015-05-11" in friday["reasoning"]) == ("2015-05-08", True)
    assert any(
        a["text"] == "according to" and a["iri"].endswith("kcna") for a in found["attributions"]
    )
    assert path.read_bytes() == before


def test_stdout_shows_the_file_and_writes_nothing(command, stripped: Path) -> None:
    path = stripped / f"graph/articles/{SLUGS[4]}.trig"
    before = path.read_bytes()
    assert "## --- 1. " in command(stripped, "draft", SLUGS[4], "--stdout").out
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("According to Japanese media, they met.", "source not named here"),
        ("According to Kyodo News, they met.", "by Kyodo News"),
        ("They met, Tomas Brandt said.", "by Tomas Brandt"),
        ("They reportedly met.", "source not named here"),
    ],
)
def test_a_draft_shows_whose_words_a_sentence_gives(
    command, own: Path, words: str, source: str
) -> None:
    (own.parent / "a.txt").write_text(f"{words}\n", "utf-8")
    assert command(own, "add", "../a.txt", "--slug", "a").code == 0
    shown = command(own, "draft", "a", "--stdout").out
    assert re.search(rf"(?m)^##     attribution: .*{source}\)$", shown)


def test_a_slug_that_is_none_lists_those_that_are(stripped: Path) -> None:
    with pytest.raises(UnknownName, match="yonhap-2015-05-12"):
        draft(workspace.find(stripped), "yonhap")


def test_without_the_text_there_is_no_draft(command, stripped: Path) -> None:
    (stripped / f"graph/sources/{SLUGS[4]}.txt").unlink()
    with pytest.raises(InputError, match="needs the archived text"):
        draft(workspace.find(stripped), SLUGS[4])
    ran = command(stripped, "draft", SLUGS[4])
    assert (ran.code, ran.out) == (2, "")


def test_a_model_for_names_is_asked_for_politely_when_it_is_missing(
    command, stripped: Path
) -> None:
    ran = command(stripped, "draft", SLUGS[4], "--entities", "no_such_model")
    assert ran.code == 2
    assert "spaCy" in ran.err


def test_a_model_for_names_adds_strangers_and_no_things(stripped: Path, tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy", reason="the optional model for names is not installed")
    from legation.desk.draft.entities import Entities

    model = spacy.blank("en")
    ruler = model.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "ORG", "pattern": "rubber-stamp parliament"}])
    ruler.add_patterns([{"label": "PERSON", "pattern": "Vladimir Putin"}])
    model.to_disk(tmp_path / "model")
    entities = Entities(str(tmp_path / "model"))
    reading = analysis(workspace.find(stripped), SLUGS[4], entities=entities)
    found = [m for s in reading.sentences for m in s.mentions]
    (parliament,) = [m for m in found if m.text == "rubber-stamp parliament"]
    assert (parliament.kind, parliament.iri, parliament.candidates) == ("body", None, ())
    assert all(m.iri is not None for m in found if m.text == "Vladimir Putin")
