"""A difference tells what is said now and was not, each fact with its quote."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from legation.desk.diff import as_json, as_markdown, as_text, compared, difference, state
from legation.desk.diff.state import State
from legation.errors import InputError, UsageError
from legation.graph import dataset as build
from legation.graph import exports
from legation.graph import workspace as workspaces
from legation.rdf.vocabulary import expand

ARTICLE = "halm-gazette-2031-05-07"
AGENCY = "merovian-news-agency-2031-05-06"


@pytest.fixture
def before(tmp_path: Path, checkout: Path) -> Path:
    return Path(shutil.copytree(checkout / "tests/world", tmp_path / "before"))


@pytest.fixture
def after(tmp_path: Path, before: Path) -> Path:
    return Path(shutil.copytree(before, tmp_path / "after"))


@pytest.fixture(scope="module")
def was(checkout: Path) -> State:
    """The tiny world as one state, for those who leave it as it is."""
    return state(str(checkout / "tests/world"))


def _edit(world: Path, name: str, old: str, new: str) -> None:
    path = next(world.rglob(name))
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def _append(world: Path, name: str, text: str) -> None:
    path = next(world.rglob(name))
    path.write_text(path.read_text("utf-8") + text, "utf-8")


CLAIM = """
claim:{slug}-{number} a leg:Claim ;
    prov:wasQuotedFrom article:{slug} ;
    leg:quote "{quote}" ;
    leg:charStart 0 ;
    leg:charEnd 9 ;
    leg:modality leg:asserted .
claim:{slug}-{number} {{
    {content} .
}}
"""


def test_a_graph_does_not_differ_from_itself(was: State, before: Path) -> None:
    found = difference(was, state(str(before)))
    assert found.is_empty
    assert "nothing that anybody claims has changed" in as_text(found)


def test_a_folder_and_its_built_files_are_one_state(
    was: State, before: Path, tmp_path: Path
) -> None:
    world = workspaces.find(before)
    dataset = build.build(workspaces.read(world), world.rules)
    edition = exports.edition_of(dataset, world)
    for name in ("legation.nq", "legation.trig", "legation.ttl"):
        path = tmp_path / name
        path.write_text(exports.FORMATS[name](edition), "utf-8")
        found = difference(was, state(str(path)))
        assert (name, found.is_empty) == (name, True)


def test_a_folder_that_was_built_is_read_by_its_n_quads(before: Path, tmp_path: Path) -> None:
    world = workspaces.find(before)
    dataset = build.build(workspaces.read(world), world.rules)
    exports.write_all(exports.edition_of(dataset, world), tmp_path / "dist")
    assert difference(state(str(before)), state(str(tmp_path / "dist"))).is_empty
    (tmp_path / "dist" / "legation.nq").unlink()
    with pytest.raises(InputError, match="holds no graph/"):
        state(str(tmp_path / "dist"))


def test_a_new_claim_is_told_with_its_facts_and_its_quote(was: State, after: Path) -> None:
    text = CLAIM.format(
        slug=ARTICLE, number=900, quote="Orvany expels", content="event:x a leg:Incident"
    )
    _append(after, f"{ARTICLE}.trig", text)
    now = state(str(after))
    found = difference(was, now)
    (claim,) = found.added
    assert claim.quote == "Orvany expels"
    assert not (found.changed or found.withdrawn or found.lost)
    told = as_text(found)
    assert "+ event:x · is a · incident" in told
    assert f"“Orvany expels” ({ARTICLE} 0-9)" in told
    back = difference(now, was)
    assert [c.iri for c in back.withdrawn] == [claim.iri]
    assert "- event:x · is a · incident" in as_text(back)


def test_a_claim_that_says_something_else_is_changed(was: State, after: Path) -> None:
    _edit(after, f"{ARTICLE}.trig", "leg:act leg:declaredNonGrata", "leg:act leg:expelled")
    voice = "leg:accordingTo report:merovian-news-agency-on-the-brack-drone"
    _edit(after, f"{ARTICLE}.trig", f"{voice} .", ".")
    found = difference(was, state(str(after)))
    (change,) = found.changed
    assert [t.object.value.rpartition("#")[2] for t in change.added] == ["expelled"]
    assert [t.object.value.rpartition("#")[2] for t in change.removed] == ["declaredNonGrata"]
    assert "modality: reported → asserted" in as_text(found)
    assert not (found.added or found.withdrawn)


def test_a_changed_quote_is_shown_before_and_after(was: State, after: Path) -> None:
    _edit(after, f"{ARTICLE}.trig", '"Orvany declared Consul Karl', '"declared Consul Karl')
    told = as_text(difference(was, state(str(after))))
    assert "“Orvany declared Consul Karl Bron of Merovia persona non grata”" in told
    assert "“declared Consul Karl Bron of Merovia persona non grata”" in told


def test_claims_in_another_order_or_under_another_number_are_no_news(
    was: State, after: Path
) -> None:
    path = next(after.rglob(f"{ARTICLE}.trig"))
    text = path.read_text("utf-8").replace(f"claim:{ARTICLE}-01", f"claim:{ARTICLE}-701")
    head, *blocks = text.split("\n\nclaim:")
    path.write_text("\n\nclaim:".join([head, *reversed([b.rstrip() for b in blocks])]), "utf-8")
    found = difference(was, state(str(after)))
    assert not (found.added or found.withdrawn or found.changed)
    assert len(found.renumbered) == 1


def test_a_new_contradiction_is_told_with_both_quotes(was: State, after: Path) -> None:
    for number, day in ((901, "2031-05-01"), (902, "2031-05-02")):
        content = f'event:x a leg:Incident ; leg:date "{day}"^^edtf:EDTF'
        text = CLAIM.format(slug=ARTICLE, number=number, quote=f"of {day}", content=content)
        _append(after, f"{ARTICLE}.trig", text)
    found = difference(was, state(str(after)))
    (conflict,) = found.conflicts
    assert not conflict.is_acknowledged
    assert {claim.quote for claim in conflict.claims} == {"of 2031-05-01", "of 2031-05-02"}
    _append(
        after, f"{ARTICLE}.trig", f"claim:{ARTICLE}-901 leg:conflictsWith claim:{ARTICLE}-902 ."
    )
    again = difference(was, state(str(after)))
    assert [c.is_acknowledged for c in again.conflicts] == [True]


def test_dates_of_different_precision_are_no_contradiction(was: State, after: Path) -> None:
    for number, day in ((901, "2031-05"), (902, "2031-05-02")):
        content = f'event:x a leg:Incident ; leg:date "{day}"^^edtf:EDTF'
        text = CLAIM.format(slug=ARTICLE, number=number, quote=day, content=content)
        _append(after, f"{ARTICLE}.trig", text)
    assert difference(was, state(str(after))).conflicts == ()


def test_only_another_known_origin_corroborates(before: Path, after: Path) -> None:
    fact = "event:x leg:party state:merovia"
    for world in (before, after):
        text = CLAIM.format(slug=ARTICLE, number=903, quote="one", content=fact)
        _append(world, f"{ARTICLE}.trig", text)
    same = CLAIM.format(slug=ARTICLE, number=904, quote="again", content=fact)
    _append(after, f"{ARTICLE}.trig", same)
    found = difference(state(str(before)), state(str(after)))
    assert (len(found.added), found.corroborated) == (1, ())
    other = CLAIM.format(slug=AGENCY, number=905, quote="two", content=fact)
    _append(after, f"{AGENCY}.trig", other)
    found = difference(state(str(before)), state(str(after)))
    (gain,) = found.corroborated
    assert [claim.quote for claim in gain.claims] == ["two"]
    assert len(gain.before) == len(gain.origins) == 1
    assert "Corroborated" in as_text(found)


def test_a_draft_is_silent_unless_asked_for(was: State, after: Path) -> None:
    _edit(after, f"{ARTICLE}.trig", "leg:status leg:complete", "leg:status leg:draft")
    assert difference(was, state(str(after))).withdrawn != ()
    assert difference(was, state(str(after), drafts=True)).withdrawn == ()


def test_a_silent_edit_of_a_text_costs_quotes(was: State, after: Path) -> None:
    _edit(after, f"{ARTICLE}.txt", "expelled him on Wednesday", "asked him to leave on Thursday")
    found = difference(was, state(str(after)))
    assert found.lost
    assert all("expelled him on Wednesday" in lost.passage.quote for lost in found.lost)
    told = as_text(found)
    assert "Quotes lost" in told
    assert "Thursday" in told


def test_two_texts_are_compared_by_the_claims_of_their_article(
    before: Path, tmp_path: Path
) -> None:
    record = workspaces.read(workspaces.find(before))
    old = next(before.rglob(f"{ARTICLE}.txt"))
    new = tmp_path / "fetched.txt"
    new.write_text(old.read_text("utf-8").replace("peace", "war"), "utf-8")
    assert compared(record, old, new) == ()
    new.write_text("HALM\n" + old.read_text("utf-8").replace("an empty gesture", "empty"), "utf-8")
    lost = compared(record, old, new)
    assert lost
    assert all("an empty gesture" in each.passage.quote for each in lost)
    with pytest.raises(UsageError, match="--article"):
        compared(record, new, new)
    new.write_bytes(b"\xff")
    with pytest.raises(InputError, match="not UTF-8"):
        compared(record, old, new)


def test_names_that_come_and_go_are_told(was: State, after: Path) -> None:
    _edit(after, "persons.ttl", '"Bron"@en', '"Consul Bron"@en')
    found = difference(was, state(str(after)))
    assert [t.object.value for t in found.named] == ["Consul Bron"]
    assert [t.object.value for t in found.unnamed] == ["Bron"]


def test_json_holds_every_fact_with_its_quote(was: State, after: Path) -> None:
    text = CLAIM.format(slug=ARTICLE, number=900, quote="회담 🕊", content="event:x a leg:Incident")
    _append(after, f"{ARTICLE}.trig", text)
    data = json.loads(as_json(difference(was, state(str(after)))))
    assert set(data) == {
        *("from", "to", "added", "changed", "withdrawn", "conflicts", "corroborated", "lost"),
        *("names", "renumbered"),
    }
    (claim,) = data["added"]
    assert claim["quote"] == "회담 🕊"
    assert claim["claim"] == expand(f"claim:{ARTICLE}-900").value


def test_nothing_that_an_article_says_is_markup(was: State, after: Path) -> None:
    hostile = "<img src=x> @boss #12 [x](http://e.org) **b** | www.e.org\\n# head"
    text = CLAIM.format(slug=ARTICLE, number=900, quote=hostile, content="event:x a leg:Incident")
    _append(after, f"{ARTICLE}.trig", text)
    told = as_markdown(difference(was, state(str(after))))
    for live in ("<img", "@boss", "#12", "](", "**b**", "http://", "www.e", "\n# head"):
        assert live not in told.replace("\\" + live[0], "")


def test_a_comment_is_never_too_long_and_says_what_it_leaves_out(was: State, after: Path) -> None:
    for number in range(900, 1000):
        words = f"{number} " + "very long " * 150
        text = CLAIM.format(
            slug=ARTICLE, number=number, quote=words, content=f"event:x{number} a leg:Incident"
        )
        _append(after, f"{ARTICLE}.trig", text)
    told = as_markdown(difference(was, state(str(after))))
    assert 30_000 < len(told) < 65_536
    assert "(100)" in told
    left = int(re.findall(r"(\d+) more do not fit here", told)[0])
    assert told.count("very long very") and left + len(re.findall("^- \\*\\*", told, re.M)) >= 100


def test_a_comment_tells_each_fact_with_its_words(was: State, after: Path) -> None:
    _edit(after, f"{ARTICLE}.trig", "leg:act leg:declaredNonGrata", "leg:act leg:expelled")
    told = as_markdown(difference(was, state(str(after))))
    head, section, *rest = (line for line in told.splitlines() if line.startswith("#"))
    assert (head, section, rest) == ("### What the graph says now", "#### Changed (1)", [])
    marks = re.findall(r"^  - (➕|➖) .*act.*(expelled|non grata)", told, re.M)
    assert {mark for mark, _ in marks} == {"➕", "➖"}
    assert re.search(rf"^  > “.+” — {ARTICLE} \d+-\d+$", told.replace("\\", ""), re.M)


def _git(folder: Path, *words: str) -> None:
    names = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *names, *words], cwd=folder, check=True, capture_output=True)


def test_revisions_are_compared_with_each_other_and_with_the_folder(before: Path) -> None:
    _git(before, "init", "-q")
    _git(before, "add", ".")
    _git(before, "commit", "-qm", "one")
    _edit(before, f"{ARTICLE}.trig", "leg:act leg:declaredNonGrata", "leg:act leg:expelled")
    _git(before, "commit", "-qam", "two")
    old, new = state("HEAD~1", around=before), state("HEAD", around=before)
    assert len(difference(old, new).changed) == 1
    assert difference(new, state(str(before))).is_empty
    assert difference(old, state(str(before))).lost == ()


@pytest.mark.parametrize("place", ["no-such-revision", "--output=x", "HEAD:graph", "x.nq"])
def test_what_is_neither_revision_nor_folder_nor_file_is_refused(before: Path, place: str) -> None:
    with pytest.raises(UsageError, match="no folder, no built file and no git revision"):
        state(place, around=before)


def test_a_broken_built_file_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "x.nq"
    path.write_text("<http://e/a> <http://e/b> <http://e/c> .\n<http://e/a> nonsense .\n")
    with pytest.raises(InputError) as caught:
        state(str(path))
    assert caught.value.line == 2
    other = tmp_path / "x.json"
    other.write_text("{}")
    with pytest.raises(UsageError, match="none of the built files"):
        state(str(other))


def test_the_command_compares_and_exits_with_one_only_when_asked(
    command: Callable[..., Any], before: Path, after: Path
) -> None:
    _edit(after, f"{ARTICLE}.trig", "leg:act leg:declaredNonGrata", "leg:act leg:expelled")
    run = partial(command, before, "diff")
    ran = run(str(before), str(after), "--format", "md")
    assert (ran.code, "#### Changed (1)" in ran.out) == (0, True)
    ran = run(str(before), str(after), "--exit-code", "--format", "json")
    assert (ran.code, len(json.loads(ran.out)["changed"])) == (1, 1)
    assert run(str(before), str(before), "--exit-code").code == 0
    old = str(next(before.rglob(f"{ARTICLE}.txt")))
    assert (
        "every quote still stands" in command(before.parent, "diff", old, old, "-w", "before").out
    )


def test_what_the_build_calls_a_thing_is_no_name_that_changed(was: State, after: Path) -> None:
    _edit(after, f"{ARTICLE}.trig", 'No drone of ours was there" ;', 'No drone of ours was" ;')
    found = difference(was, state(str(after)))
    assert found.changed and not found.named and not found.unnamed
    told = as_text(found)
    assert "Otto Grau: “No drone of ours was”" in told and "statement:" not in told
