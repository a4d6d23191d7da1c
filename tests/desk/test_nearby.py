"""What is left unread for a difference could not have told one."""

import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from legation.desk.diff import as_json, difference, nearby, state, states
from legation.desk.diff.state import State
from legation.graph import workspace

NAME = re.compile(r"\b(person|state|body|event|claim|report|content|instrument|office):[\w-]+")


@pytest.fixture(scope="module")
def made(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("before") / "corpus"
    words = [str(folder), "14", "--conflicts", "0.5"]
    subprocess.run([sys.executable, "benchmarks/corpus.py", *words], cwd=checkout, check=True)
    return folder


@pytest.fixture(scope="module")
def was(made: Path) -> State:
    return state(str(made), drafts=True)


@pytest.fixture
def after(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "after"))


def _one_name_for_another(folder: Path, form: str, chance: random.Random) -> None:
    """Somewhere in a file, one thing in place of another of its kind."""
    path = chance.choice(sorted(folder.rglob(form)))
    text = path.read_text("utf-8")
    place = chance.choice(list(NAME.finditer(text)))
    alike = sorted({m[0] for m in NAME.finditer(text) if m[1] == place[1]})
    path.write_text(text[: place.start()] + chance.choice(alike) + text[place.end() :], "utf-8")


def _edited(folder: Path, chance: random.Random) -> None:
    """An article changed, linked, gone, renamed or relayed by another; or an entry changed."""
    articles = sorted(folder.rglob("*.trig"))
    path, kind = chance.choice(articles), chance.randrange(7)
    if kind < 3:
        _one_name_for_another(folder, "*.trig", chance)
    elif kind == 3:
        _one_name_for_another(folder, "labels-*.ttl" if chance.random() < 0.5 else "*.ttl", chance)
    elif kind == 4:
        path.unlink()
    elif kind == 5:
        path.rename(path.with_name("other.trig"))
    else:
        text, other = path.read_text("utf-8"), chance.choice(articles).read_text("utf-8")
        one, two = (re.findall(r"^(claim:\S+) leg:quote", t, re.M)[0] for t in (text, other))
        path.write_text(f"{text}\n{one} leg:conflictsWith {two} .\n", "utf-8")


def _told(before: State, after: State) -> str:
    return as_json(difference(before, after))


def test_a_difference_is_what_reading_everything_tells(
    made: Path, was: State, after: Path, thorough: bool
) -> None:
    chance, differ = random.Random(7), 0
    for _ in range(60 if thorough else 6):
        for _ in range(chance.randrange(1, 3)):
            _edited(after, chance)
        whole = _told(was, state(str(after), drafts=True))
        assert _told(*states(str(made), str(after), drafts=True)) == whole
        differ += '"added": []' not in whole or '"changed": []' not in whole
        shutil.rmtree(after)
        shutil.copytree(made, after)
    assert differ > 2


def test_most_files_are_left_unread_but_none_whose_names_cannot_be_told(
    made: Path, after: Path
) -> None:
    path = after / "graph/articles/item-3.trig"
    path.write_text(path.read_text("utf-8").replace("leg:attested", "leg:begin", 1), "utf-8")
    odd = after / "graph/articles/item-9.trig"
    odd.write_text(odd.read_text("utf-8") + "# \\u0065 may be any letter\n", "utf-8")
    before, now = (dict(nearby.of_folder(workspace.find(root))) for root in (made, after))
    before["graph/articles/item-9.trig"] = now["graph/articles/item-9.trig"]
    found = nearby.narrowed(before, now)
    assert found is not None
    read = {Path(name).stem for name in found[1] if name.endswith(".trig")}
    assert {"item-3", "item-9"} < read and len(read) < 10


def test_all_is_read_where_an_own_rule_may_look_anywhere(made: Path, after: Path) -> None:
    path = after / "graph/articles/item-3.trig"
    path.write_text(path.read_text("utf-8").replace("leg:attested", "leg:begin", 1), "utf-8")
    before, now = (dict(nearby.of_folder(workspace.find(root))) for root in (made, after))
    rule = {"queries/rules/own.rq": b"CONSTRUCT { ?s rdfs:seeAlso ?o } WHERE { ?s a ?k . ?o a ?k }"}
    assert nearby.narrowed(before, now) is not None
    assert nearby.narrowed({**before, **rule}, {**now, **rule}) is None


def test_all_is_read_where_own_terms_relay(made: Path) -> None:
    before = dict(nearby.of_folder(workspace.find(made)))
    terms = b"<urn:own:via> <http://www.w3.org/2000/01/rdf-schema#subPropertyOf> "
    terms += b"<https://w3id.org/legation/ns#accordingTo> ."
    own = {**before, "ontology/own.ttl": terms}
    assert nearby.narrowed(before, before) is not None
    assert nearby.narrowed(own, own) is None
