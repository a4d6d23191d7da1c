"""A graph that was kept answers as one that was read, or is made anew; it is never half of one."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from legation.answer import Questions, Source
from legation.errors import UsageError
from legation.graph import workspace
from legation.knowledge import KnowledgeGraph
from legation.rdf.worker import limited
from legation.store import LocalStore, local
from legation.store.disk import PLACE, KeptStore
from legation.store.literals import restored

ARTICLE = "graph/articles/halm-gazette-2031-05-07.trig"


def _opened(root: Path) -> LocalStore:
    return local(workspace.find(root), slow=0.0)


def _kept(root: Path) -> KeptStore:
    _opened(root)
    store = _opened(root)
    assert isinstance(store, KeptStore)
    return store


def _read(root: Path) -> LocalStore:
    return local(workspace.find(root), slow=None)


def _lines(store: LocalStore) -> list[str]:
    return sorted(map(str, restored(store.quads(), store.rewritten)))


def _graph(root: Path, store: LocalStore) -> KnowledgeGraph:
    space = workspace.find(root)
    source = Source(store, space.ontology, space.prefixes)
    return KnowledgeGraph(source, Questions.of(space.question_files, space.ontology), space)


@pytest.fixture(scope="module")
def shelf(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny world with its graph kept; to be copied or asked, never changed."""
    root = tmp_path_factory.mktemp("kept") / "world"
    shutil.copytree(checkout / "tests" / "world", root)
    person = root / "graph/registry/persons.ttl"
    own = '\nperson:ada-lund leg:note "1.700"^^<http://www.w3.org/2001/XMLSchema#decimal> .\n'
    person.write_text(person.read_text("utf-8") + own, "utf-8")
    _kept(root)
    return root


@pytest.fixture(scope="module")
def both(shelf: Path) -> tuple[KnowledgeGraph, KnowledgeGraph]:
    """One graph, read and opened."""
    return _graph(shelf, _read(shelf)), _graph(shelf, _kept(shelf))


def test_every_question_has_the_same_rows_and_evidence(
    both: tuple[KnowledgeGraph, KnowledgeGraph],
) -> None:
    read, kept = both
    for name in read.questions:
        one, other = read.ask(name), kept.ask(name)
        assert (one, one.labels) == (other, other.labels), name
    assert str(kept.articles) == str(read.articles)
    assert kept.things("Person") == read.things("Person")


def test_every_thing_is_explained_and_found_alike(
    both: tuple[KnowledgeGraph, KnowledgeGraph],
) -> None:
    read, kept = both
    names, index = read._source.names, kept._source.names
    assert index.spellings == names.spellings
    things = sorted({q.subject for q in read._source.store.quads() if _is_thing(q)}, key=str)  # type: ignore[attr-defined]
    for thing in things:
        assert index.names(thing) == names.names(thing)
        assert index.types(thing) == names.types(thing)
        assert index.label(thing) == names.label(thing)
    for thing in things[::25]:
        assert kept.explain(thing) == read.explain(thing)
    labels = [names.label(thing) for thing in things[::15]]
    slugs = [thing.value.rsplit("/", 1)[-1] for thing in things[::27]]
    loose = ["Ada", "lund ada", "Halm", "May 2031", "7 May 2031", "article Halm", "adda lunt", "x"]
    for text in (*labels, *slugs, *loose):
        assert list(kept.find(text)) == list(read.find(text)), text


def _is_thing(quad: object) -> bool:
    subject = getattr(quad, "subject", None)
    return isinstance(subject, NamedNode) and "/triple/" not in subject.value


def test_children_and_threads_ask_what_was_opened_before_them(
    both: tuple[KnowledgeGraph, KnowledgeGraph],
) -> None:
    _, kept = both
    wanted = kept.ask("who_attended"), list(kept.find("ada lund"))

    def again() -> tuple[object, object]:
        return kept.ask("who_attended"), list(kept.find("ada lund"))

    assert limited(again) == wanted
    with ThreadPoolExecutor(2) as pool:
        assert [one.result() for one in [pool.submit(again) for _ in range(2)]] == [wanted] * 2


def test_a_literal_leaves_as_it_was_written(shelf: Path) -> None:
    store = _kept(shelf)
    written = '"1.700"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    assert sum(written in line for line in _lines(store)) == 1
    assert _lines(store) == _lines(_read(shelf))


def test_git_sees_nothing_of_it(shelf: Path) -> None:
    assert (shelf / PLACE / ".gitignore").read_text() == "*\n"


def test_a_quick_graph_is_not_kept(world: Path) -> None:
    assert isinstance(local(workspace.find(world), slow=60), LocalStore)
    assert not (world / PLACE).exists()


def test_what_was_kept_once_is_kept_anew_however_quick_that_is(
    world: Path, caplog: pytest.LogCaptureFixture
) -> None:
    _kept(world)
    (world / "ontology").mkdir()
    (world / "ontology/own.ttl").write_text("# A remark.\n", "utf-8")
    assert isinstance(local(workspace.find(world), slow=60), KeptStore)
    assert "is older than the files" in caplog.text
    caplog.clear()
    assert isinstance(local(workspace.find(world), slow=60), KeptStore)
    assert not caplog.text


def test_nothing_is_kept_where_nobody_wants_it(
    world: Path, command: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    import legation

    monkeypatch.setattr("legation.knowledge.SLOW", 0.0)
    monkeypatch.delenv("LEGATION_NO_STORE")
    command(world, "--no-store", "list")
    monkeypatch.setenv("LEGATION_NO_STORE", "1")
    legation.open(world)
    assert not (world / PLACE).exists()
    monkeypatch.delenv("LEGATION_NO_STORE")
    command(world, "list")
    assert (world / PLACE).exists()


def test_a_place_that_cannot_be_written_is_answered_from_memory(world: Path) -> None:
    (world / PLACE).write_text("a file of somebody's")
    assert _lines(_opened(world)) == _lines(_opened(world))
    assert (world / PLACE).read_text() == "a file of somebody's"


def test_a_file_that_only_looks_touched_changes_nothing(world: Path) -> None:
    _kept(world)
    os.utime(world / ARTICLE)
    assert isinstance(_opened(world), KeptStore)


@pytest.mark.parametrize("back", [0, 3_600_000_000_000], ids=["one tick", "a clock set back"])
def test_a_change_within_one_tick_or_in_the_past_is_seen(world: Path, back: int) -> None:
    path = world / ARTICLE
    os.utime(path)
    _opened(world)
    state, text = path.stat(), path.read_text("utf-8")
    path.write_text(text.replace("leg:complete", "leg:COMPLETE", 1), "utf-8")
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns - back))
    assert path.stat().st_size == state.st_size
    assert "COMPLETE" in "".join(_lines(_opened(world)))


def _edits(root: Path) -> dict[str, Callable[[random.Random], None]]:
    articles = root / "graph/articles"
    registry = root / "graph/registry/persons.ttl"

    def one(dice: random.Random) -> Path:
        return dice.choice(sorted(articles.glob("*.trig")))

    def reworded(dice: random.Random) -> None:
        path = one(dice)
        path.write_text(f"{path.read_text('utf-8')}\n# {dice.random()}\n", "utf-8")

    def dropped(dice: random.Random) -> None:
        if len(sorted(articles.glob("*.trig"))) > 1:
            one(dice).unlink()

    def moved(dice: random.Random) -> None:
        path = one(dice)
        path.rename(path.with_name(f"moved-{dice.randrange(1000)}.trig"))

    def cut(dice: random.Random) -> None:
        path = one(dice)
        text = path.read_text("utf-8")
        ends = [n for n in range(len(text)) if text.startswith("\n}\n", n)]
        path.write_text(text[: dice.choice(ends) + 3] if ends else text, "utf-8")

    def named(dice: random.Random) -> None:
        text = f'\nperson:ada-lund skos:altLabel "Ada {dice.randrange(100)}"@en .\n'
        registry.write_text(registry.read_text("utf-8") + text, "utf-8")

    def termed(dice: random.Random) -> None:
        own = root / "ontology"
        own.mkdir(exist_ok=True)
        kind = f"<https://own.example/T{dice.randrange(9)}>"
        text = f"{kind} a owl:Class ; rdfs:subClassOf leg:Gathering .\n"
        prefixes = "".join(
            f"@prefix {p}: <{iri}> .\n"
            for p, iri in {
                "owl": "http://www.w3.org/2002/07/owl#",
                "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
                "leg": "https://w3id.org/legation/ns#",
            }.items()
        )
        (own / "own.ttl").write_text(prefixes + text, "utf-8")

    return {f.__name__: f for f in (reworded, dropped, moved, cut, named, termed)}


def test_after_any_edit_it_equals_a_clean_build(world: Path, thorough: bool) -> None:
    dice = random.Random(5)
    edits = _edits(world)
    _kept(world)
    order = [*edits, *dice.choices(list(edits), k=60 if thorough else 0)]
    for name in order:
        edits[name](dice)
        assert _lines(_kept(world)) == _lines(_read(world)), name


def test_a_damaged_store_is_made_anew(
    shelf: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, thorough: bool
) -> None:
    root = Path(shutil.copytree(shelf, tmp_path / "damaged"))
    wanted = _lines(_kept(root))
    for flip in (False, True):
        for name in sorted(_files(root))[flip :: 1 if thorough else 4]:
            caplog.clear()
            path = root / PLACE / name
            if not path.exists():  # the engine numbers its files anew
                continue
            data = path.read_bytes()
            if not data:
                continue
            middle = len(data) // 2
            turned = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
            path.write_bytes(turned if flip else data[:middle])
            assert _lines(_opened(root)) == wanted, name
            # A letter of a sum or time that nobody needs may be wrong in the list itself.
            assert "is made anew" in caplog.text or (flip and name == "store.json"), name
            _kept(root)


def _files(root: Path) -> list[str]:
    files = (path for path in (root / PLACE).rglob("*") if path.is_file())
    kept = (path for path in files if path.name not in ("LOCK", "LOG", ".gitignore"))
    return [path.relative_to(root / PLACE).as_posix() for path in kept]


def test_what_the_engine_finds_damaged_is_put_aside(world: Path) -> None:
    """Its larger files are not read before they are asked: it sees by its own sums."""
    store = _kept(world)
    (table,) = (p for p in _tables(world) if p.stat().st_size == max(map(_size, _tables(world))))
    data = bytearray(table.read_bytes())
    for place in range(100, len(data), 500):
        data[place] ^= 1
    table.write_bytes(data)
    with pytest.raises(UsageError, match="damaged and was put aside"):
        list(store.query("SELECT * { ?s ?p ?o }"))  # type: ignore[arg-type]
    assert _lines(_opened(world)) == _lines(_read(world))


def _tables(root: Path) -> list[Path]:
    return [*(root / PLACE).rglob("*.sst")]


def _size(path: Path) -> int:
    return path.stat().st_size


def test_a_copy_is_not_believed(
    shelf: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    copy = shutil.copytree(shelf, tmp_path / "copy")
    shutil.copystat(shelf, copy)
    assert _lines(_opened(copy)) == _lines(_kept(shelf))
    assert "was made elsewhere" in caplog.text


def test_whoever_reads_goes_on_reading_what_is_replaced(world: Path) -> None:
    reader = _kept(world)
    before = _lines(reader)
    registry = world / "graph/registry/persons.ttl"
    registry.write_text(registry.read_text("utf-8") + "\n# more\n", "utf-8")
    after = _kept(world)
    assert reader.folder != after.folder
    assert reader.folder.exists()
    assert reader.query("ASK { ?s ?p ?o }") is True
    assert _lines(reader) == before
    reader.close()
    registry.write_text(registry.read_text("utf-8") + "# and more\n", "utf-8")
    _kept(world)
    assert not reader.folder.exists()


KEEPING = """
import sys
from pathlib import Path
from legation.graph import workspace
from legation.store import local
local(workspace.find(Path(sys.argv[1])), slow=0.0)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_killed_at_any_moment_it_is_whole_or_made_anew(world: Path, thorough: bool) -> None:
    dice = random.Random(11)
    wanted = _lines(_read(world))
    command = [sys.executable, "-c", KEEPING, str(world)]
    begun = time.monotonic()
    subprocess.run(command, check=True)
    longest = time.monotonic() - begun
    for turn in range(60 if thorough else 2):
        with (world / ARTICLE).open("a", encoding="utf-8") as file:
            file.write("# A remark.\n")  # it is renewed, or
        for path in (world / PLACE).glob("*.json") if turn % 2 else ():  # it is made anew
            path.write_text(json.dumps({**json.loads(path.read_text()), "engine": "older"}))
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
            try:
                process.wait(dice.uniform(0.5, 1.0) * longest)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
        assert _lines(_opened(world)) == wanted
    _kept(world)
    (world / PLACE / "new-left").mkdir()
    registry = world / "graph/registry/persons.ttl"
    registry.write_text(registry.read_text("utf-8") + "\n", "utf-8")
    _kept(world)
    assert len([p for p in (world / PLACE).iterdir() if p.is_dir()]) == 1
