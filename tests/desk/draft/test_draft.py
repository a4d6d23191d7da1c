"""A draft is comments that become valid claims when their # is removed, and nothing else."""

import json
import re
import shutil
from pathlib import Path

import pytest

from legation.desk.draft import analysis, draft
from legation.desk.draft.skeleton import without_blocks
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


def accepted(file: str) -> str:
    """A file after a person took one # away from every line of every proposal."""
    return re.sub(r"^#(?!#)", "", file, flags=re.MULTILINE)


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


def test_every_proposal_on_the_reference_articles_passes_the_check_but_for_sources_to_settle(
    command, stripped: Path
) -> None:
    to_settle = set()
    for slug in SLUGS:
        ran = command(stripped, "draft", slug)
        assert ran.code == 0, ran.err
        path = stripped / f"graph/articles/{slug}.trig"
        file = accepted(path.read_text("utf-8"))
        to_settle |= set(re.findall(r"^## +(report:\S+-source) a leg:Report", file, re.MULTILINE))
        path.write_text(file.replace("leg:status leg:draft", "leg:status leg:complete"), "utf-8")
    checked = json.loads(command(stripped, "check", "--format", "json").out)
    faults = [f for f in checked["findings"] if f["severity"] == "error"]
    assert {f["message"].split()[0] for f in faults} == to_settle
    assert {f["rule"] for f in faults} == {"unknown-thing"}
    assert 0 < len(to_settle) < 6


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


def test_every_drafted_quote_stands_where_it_says(stripped: Path) -> None:
    home = workspace.find(stripped)
    for slug in SLUGS:
        draft(home, slug)
        path = stripped / f"graph/articles/{slug}.trig"
        path.write_text(accepted(path.read_text("utf-8")), "utf-8")
    record = workspace.read(home)
    texts = {a.iri: a.text or "" for a in record.articles}
    passages = [*record.claims, *record.omissions]
    assert len(passages) > 130
    for passage in passages:
        assert passage.article is not None
        assert passage.span.of(texts[passage.article]) == passage.quote


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


def test_what_was_accepted_or_written_by_hand_survives_a_draft_made_anew(stripped: Path) -> None:
    home = workspace.find(stripped)
    path = draft(home, SLUGS[4]).path
    file = path.read_text("utf-8")
    blocks = re.split(r"(?m)^(?=## --- )", file)
    third = blocks[3]
    blocks[3] = accepted(third)
    path.write_text("".join(blocks), "utf-8")
    draft(home, SLUGS[4], again=True)
    after = path.read_text("utf-8")
    assert accepted(third) in after
    assert third not in after
    assert after.count("## --- 3. ") == 1
    assert without_blocks("a\n\n## --- 1. x [0-1]\n#c .\n") == "a\n\n"


def test_numbers_of_new_claims_begin_behind_those_that_are_there(stripped: Path) -> None:
    path = stripped / f"graph/articles/{SLUGS[2]}.trig"
    path.write_text(path.read_text("utf-8") + f"# once: claim:{SLUGS[2]}-41\n", "utf-8")
    assert f"#claim:{SLUGS[2]}-42 a leg:Claim" in draft(workspace.find(stripped), SLUGS[2]).text


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


def test_an_opinion_forecast_plan_or_non_event_is_never_drafted_as_an_event(stripped: Path) -> None:
    reading = analysis(workspace.find(stripped), SLUGS[3])
    kinds = {s.number: [t.kind for t in s.triggers][:1] for s in reading.sentences}
    assert kinds[8] == ["Opinion"]
    assert kinds[19] == ["Plan"]
    assert kinds[20] == ["Prediction"]
    text = draft(workspace.find(stripped), SLUGS[0]).text
    assert re.search(
        r"#    statement:\S+-10-statement a leg:Statement ;\n#        leg:negated true", text
    )


@pytest.mark.parametrize("words", ["will not", "won’t", "could not", "refused to", "no longer"])
def test_what_was_not_done_is_drafted_as_a_negated_statement(
    command, tmp_path: Path, words: str
) -> None:
    assert command(tmp_path, "new", "desk").code == 0
    (tmp_path / "a.txt").write_text(f"Tomas Brandt {words} visit Port Selden.\n", "utf-8")
    assert command(tmp_path / "desk", "add", "../a.txt", "--slug", "a").code == 0
    text = command(tmp_path / "desk", "draft", "a", "--stdout").out
    assert "leg:negated true" in text
    assert "a leg:Visit" not in text


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
