"""What is renewed after an edit is what a clean build gives, whatever the edit was."""

import random
import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat

from legation.graph import workspace
from legation.graph.dataset import build
from legation.rdf.vocabulary import LEG, PROV, RDFS, XSD
from legation.store import local
from legation.store.disk import KeptStore, fill
from legation.store.literals import restored
from legation.store.muster import Muster
from legation.store.renewal import Renewal

EVERYTHING = 9.0  # more than all articles: nothing is too much to renew


def shattered(world: Path, root: Path) -> Path:
    """A workspace in which every thing that articles speak of has a file of its own.

    What is touched and what is read are then single things: whatever is overlooked shows.
    """
    shutil.copytree(world / "graph/registry", root / "graph/registry")
    (root / "graph/articles").mkdir()
    record = workspace.read(workspace.find(world))
    parts: defaultdict[object, set[Quad]] = defaultdict(set)
    for located in record.quads("article"):
        quad = located.quad
        in_graph = isinstance(quad.graph_name, NamedNode)
        parts[quad.graph_name if in_graph else quad.subject].add(quad)
    for passage in record.passages:
        assert passage.article is not None
        parts[passage.iri].add(Quad(passage.iri, PROV.wasQuotedFrom, passage.article))
        for kind, offset in ((LEG.charStart, passage.start), (LEG.charEnd, passage.end)):
            parts[passage.iri].add(
                Quad(passage.iri, kind, Literal(str(offset), datatype=XSD.integer))
            )
    for number, name in enumerate(sorted(parts, key=str)):
        _write(root / f"graph/articles/part-{number}.trig", parts[name])
    return root


def _write(path: Path, quads: set[Quad]) -> None:
    form = RdfFormat.TRIG if path.suffix == ".trig" else RdfFormat.TURTLE
    path.write_bytes(pyoxigraph.serialize(sorted(quads, key=str), format=form) or b"")


def _read(path: Path) -> set[Quad]:
    return set(pyoxigraph.parse(path.read_bytes(), format=RdfFormat.TRIG))


def _edited(root: Path, dice: random.Random) -> str:
    """Change one file: what it links, says or names, or whether it is there; its name."""
    files = sorted((root / "graph").rglob("*.t*"))
    path, other = dice.choice(files), dice.choice(files)
    quads = sorted(_read(path), key=str)
    one, foreign = dice.choice(quads), dice.choice(sorted(_read(other), key=str))
    kept = {*quads} - {one}
    edits = {
        "cut": kept,
        "linked": {*kept, Quad(one.subject, one.predicate, foreign.object, one.graph_name)},
        "said": {*quads, Quad(one.subject, foreign.predicate, foreign.object, one.graph_name)},
        "copied": {*quads, Quad(foreign.subject, foreign.predicate, foreign.object)},
        "called": {*quads, Quad(one.subject, RDFS.label, Literal("another", language="en-GB"))},
        "drafted": {*quads, Quad(one.subject, LEG.status, LEG.draft)},
        "ordered": {*quads, Quad(foreign.subject, LEG.after, one.subject, one.graph_name)},
        "opposed": {*quads, Quad(one.subject, LEG.conflictsWith, foreign.subject)},
        "relayed": {*quads, Quad(one.subject, PROV.wasDerivedFrom, foreign.subject)},
        "carried": {*quads, Quad(foreign.subject, LEG.content, one.subject, one.graph_name)},
        "replaced": {*map(_bare, _read(other))} if path.suffix == ".ttl" else _read(other),
    }
    if path.suffix == ".ttl":
        edits = {name: {*map(_bare, said)} for name, said in edits.items()}
    if dice.random() < 0.1:
        path.unlink()
    else:
        _write(path, edits[dice.choice(list(edits))])
    return path.relative_to(root).as_posix()


def _bare(quad: Quad) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object)


class Shelf:
    """A workspace and its graph, kept; each edit renews that or, where it cannot, keeps it anew."""

    def __init__(self, root: Path, folder: Path, *, drafts: bool) -> None:
        self.root, self.drafts, self._folder, self._count = root, drafts, folder, 0
        self.store = self._kept()

    def _open(self, *, fresh: bool = True) -> KeptStore:
        self._count += fresh
        folder = self._folder / str(self._count)
        folder.mkdir(exist_ok=not fresh)
        return KeptStore(folder, {}, leaves_out=False)

    def _kept(self) -> KeptStore:
        store = self._open()
        space = workspace.find(self.root)
        record = workspace.read(space)
        fill(store.folder, build(record, space.rules, drafts=self.drafts), record)
        return store

    def renew(self, *names: str) -> bool:
        """Renew the graph and compare it, its names and its muster with a clean build."""
        space, store = workspace.find(self.root), self._open()
        renewal = Renewal(self.store, space, names, self.drafts, most=EVERYTHING)
        is_renewed = renewal.write(store.folder) is not None
        self.store.close()
        clean = self._kept()
        if is_renewed:
            assert _lines(store) == _lines(clean), names
            assert _names(store) == _names(clean), names
            musters = Muster(store.folder / "muster.sqlite"), Muster(clean.folder / "muster.sqlite")
            assert musters[0].names == musters[1].names
            assert musters[0].has_drafts == musters[1].has_drafts
        self.store = store if is_renewed else clean
        return is_renewed


def _lines(store: KeptStore) -> set[str]:
    return set(map(str, restored(store.quads(), store.rewritten)))


def _names(store: KeptStore) -> object:
    names = store.names(workspace.bundled().ontology)
    return names.spellings, sorted(names._forms)


@pytest.mark.parametrize(("tree", "drafts"), [("tests/world", False), (".", True)])
def test_after_any_edit_it_is_what_a_clean_build_gives(
    checkout: Path, tmp_path: Path, thorough: bool, tree: str, drafts: bool
) -> None:
    shelf = Shelf(shattered(checkout / tree, tmp_path / "world"), tmp_path, drafts=drafts)
    dice = random.Random(7)
    renewed = [shelf.renew(_edited(shelf.root, dice)) for _ in range(200 if thorough else 3)]
    assert any(renewed)
    shelf.store.close()


@pytest.fixture
def parts(checkout: Path, tmp_path: Path) -> Iterator[Shelf]:
    """The tiny world in small parts, kept."""
    shelf = Shelf(shattered(checkout / "tests/world", tmp_path / "world"), tmp_path, drafts=False)
    yield shelf
    shelf.store.close()


def _renewal(shelf: Shelf, *names: str) -> Renewal:
    return Renewal(shelf.store, workspace.find(shelf.root), names, drafts=False)


def test_an_edit_of_one_claim_reads_few_others(parts: Shelf) -> None:
    claims = (p for p in sorted(parts.root.rglob("*.trig")) if "claim/halm" in p.read_text("utf-8"))
    path = next(claims)
    quads = _read(path)
    _write(path, quads - {min((q for q in quads if isinstance(q.graph_name, NamedNode)), key=str)})
    renewal = _renewal(parts, path.relative_to(parts.root).as_posix())
    everything = len(sorted((parts.root / "graph/articles").iterdir()))
    assert 0 < len(renewal._slugs) < everything / 4


def test_terms_rules_and_new_kinds_of_terms_are_built_from_everything(
    parts: Shelf, tmp_path: Path
) -> None:
    assert _renewal(parts, "ontology/own.ttl").write(tmp_path) is None
    article = next((parts.root / "graph/articles").iterdir())
    name = article.relative_to(parts.root).as_posix()
    text = article.read_text("utf-8")
    article.write_text(text + "<urn:a> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <urn:b> .")
    assert _renewal(parts, name).write(tmp_path) is None
    article.write_text(text)
    rules = parts.root / "queries/rules"
    rules.mkdir(parents=True)
    (rules / "own.rq").write_text("CONSTRUCT { ?s a ?o } WHERE { ?s a ?o }")
    assert _renewal(parts, name).write(tmp_path) is None


def test_a_changed_text_is_a_change_of_every_quote_in_it(world: Path) -> None:
    store = local(workspace.find(world), slow=0.0)
    store.close()  # type: ignore[attr-defined]
    source = world / "graph/sources/halm-gazette-2031-05-07.txt"
    source.write_text("Before it. " + source.read_text("utf-8"), "utf-8")
    renewed, read = (local(workspace.find(world), slow=slow) for slow in (0.0, None))
    assert {*map(str, renewed.quads())} == {*map(str, read.quads())}
