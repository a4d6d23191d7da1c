"""Entries written into the registry, each in the file where its like stands.

Invariant: an entry that is here already grows at its end, and every other byte stays; the files
that would be hold what they held and what was said, or nothing is written.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from legation.desk.draft.manuscript import Manuscript
from legation.desk.edit.graphfile import GraphFile, Rewrite, quads_of
from legation.desk.edit.identity import plain
from legation.desk.edit.notes import Rewrites, add_values
from legation.errors import LegationError
from legation.files.journal import Change
from legation.graph.record import Record, SourceFile
from legation.graph.workspace import Workspace
from legation.rdf.trig import LocatedQuad
from legation.rdf.vocabulary import RDF, RDFS, SKOS

_FILES = {"body": "bodies"}
_ORDER = (RDF.type, RDFS.label, SKOS.altLabel, SKOS.hiddenLabel)


def enrolled(
    workspace: Workspace,
    triples: Iterable[Triple],
    gone: Collection[NamedNode] = (),
    *,
    anew: bool = False,
) -> list[Change]:
    """The registry with more triples, and without the entries of things that are gone.

    With ``anew`` it gets triples only of things that have no entry yet.

    Raises InputError where a file cannot be read, and LegationError where other data would come
    of it.
    """
    paths = sorted(workspace.registry.glob("*.ttl"))
    rewrites = Rewrites(workspace, [GraphFile.read(path, workspace.root) for path in paths])
    by_thing: defaultdict[NamedNode, list[Triple]] = defaultdict(list)
    for triple in sorted(dict.fromkeys(triples), key=_rank):
        by_thing[triple.subject].append(triple)  # type: ignore[index]
    said: list[Triple] = []
    fresh: defaultdict[Path, list[Triple]] = defaultdict(list)
    for thing in sorted(by_thing, key=str):
        about, place = by_thing[thing], rewrites.entry(thing)
        if place is None:
            fresh[_home(rewrites, thing)] += about
        elif anew:
            continue
        else:
            for predicate in dict.fromkeys(t.predicate for t in about):
                new = [t.object for t in about if t.predicate == predicate]
                add_values(place, predicate, new)  # type: ignore[arg-type]
        said += about
    for path, more in fresh.items():
        sheet = Manuscript(rewrites.file(path), set())
        sheet.with_more([f"{entry}\n" for entry in sheet.subjects(more)])
    for rewrite in rewrites.all.values() if gone else ():
        for stretch in Manuscript(rewrite, set()).stretches(gone):
            rewrite.take_out(stretch)
    changes = [c for c in map(Rewrite.change, rewrites.finished()) if c.before != c.after]
    before = {quad for c in changes for quad in quads_of(c.before or b"", c.path)}
    after = {quad for c in changes for quad in quads_of(c.after or b"", c.path)}
    left = {quad for quad in before if quad.subject not in gone}
    if after != left | set(map(plain, said)):
        raise LegationError("the registry would hold other data than was said; nothing was written")
    return changes


def beside(workspace: Workspace, record: Record, names: Iterable[Triple]) -> Record:
    """A record with more entries in its registry."""
    path = workspace.registry / "proposed.ttl"
    quads = (Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in names)
    entries = SourceFile(path, "registry", tuple(LocatedQuad(q, path, 1) for q in quads))
    return replace(record, files=(*record.files, entries))


def _rank(triple: Triple) -> tuple[int, str]:
    predicate = triple.predicate
    rank = _ORDER.index(predicate) if predicate in _ORDER else len(_ORDER)
    return rank, predicate.value


def _home(rewrites: Rewrites, thing: NamedNode) -> Path:
    """The file of the registry that has most things of a kind, else the one that is called so."""
    base, workspace = thing.value.rpartition("/")[0], rewrites.workspace
    alike: Counter[Path] = Counter()
    for path, rewrite in rewrites.all.items():
        subjects = {str(s.subject) for s in rewrite.file.outline.statements}
        alike[path] = sum(subject.startswith(f"{base}/") for subject in subjects)
    kind = base.rpartition("/")[2]
    name = "event" if kind == "anon" or kind in workspace.ontology.told else kind
    likeliest, count = next(iter(alike.most_common(1)), (Path(), 0))
    return likeliest if count else workspace.registry / f"{_FILES.get(name, f'{name}s')}.ttl"
