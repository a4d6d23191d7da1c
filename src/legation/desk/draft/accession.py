"""Entries taken into the registry: from a filled-in table, from another registry, from the starter.

Invariant: what is written is what was said, all of it or nothing; an entry that is here already is
never declared twice, and a fact comes along only with its source.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from legation.desk.archive.intake import slugged
from legation.desk.draft.gazetteer import SLUG
from legation.desk.draft.names import Finder
from legation.desk.edit.graphfile import GraphFile, quads_of, read
from legation.desk.edit.notes import Rewrites, add_values, written
from legation.desk.edit.repair import plain
from legation.desk.founding import STARTER
from legation.errors import InputError, LegationError
from legation.files.document import contents
from legation.files.journal import rewrite
from legation.graph.record import Record, triples_of
from legation.graph.registry import Names
from legation.graph.spelling import key
from legation.graph.workspace import Workspace
from legation.rdf import trig
from legation.rdf.vocabulary import DCTERMS, RDF, RDFS, SCHEMA, SKOS, compact, local_name

_FILES = {"body": "bodies"}
_ORDER = (RDF.type, RDFS.label, SKOS.altLabel, SKOS.hiddenLabel)


@dataclass(frozen=True, slots=True)
class Accession:
    """What another registry gives: the triples to add, the new things, and those here already."""

    triples: tuple[Triple, ...]
    things: tuple[NamedNode, ...]
    here: tuple[str, ...]


def enter(workspace: Workspace, triples: Iterable[Triple]) -> tuple[Path, ...]:
    """Add triples to the registry: to the entries of things that are there, else as new ones.

    Raises InputError where a file cannot be read or written; everything is as it was.
    """
    wanted = list(dict.fromkeys(triples))
    rewrites = Rewrites(workspace, [f for f in read(workspace) if f.is_registry])
    before = {quad for r in rewrites.all.values() for quad in r.file.quads}
    by_thing: defaultdict[NamedNode, list[Triple]] = defaultdict(list)
    for triple in wanted:
        by_thing[triple.subject].append(triple)  # type: ignore[index]
    blocks: defaultdict[Path, list[NamedNode]] = defaultdict(list)
    for thing, about in by_thing.items():
        place = rewrites.entry(thing)
        if place is None:
            blocks[_file(workspace, rewrites, thing)].append(thing)
            continue
        for predicate in dict.fromkeys(t.predicate for t in about):
            add_values(place, predicate, [t.object for t in about if t.predicate == predicate])  # type: ignore[misc]
    for path, things in blocks.items():
        _append(rewrites, path, [by_thing[thing] for thing in sorted(things, key=str)])
    changes = [r.change() for r in rewrites.finished()]
    after = {quad for c in changes if c.after for quad in quads_of(c.after, c.path)}
    if after != before | {plain(triple) for triple in wanted}:
        raise LegationError("the registry would hold other data than was said; nothing was written")
    return rewrite(changes, workspace.root)


def _file(workspace: Workspace, rewrites: Rewrites, thing: NamedNode) -> Path:
    """The file of the registry that holds most things of a kind."""
    space = thing.value.rpartition("/")[0]
    kind = space.rpartition("/")[2]
    things: Counter[Path] = Counter()
    for path, r in rewrites.all.items():
        typed = (str(q.subject.value) for q in r.file.quads if q.predicate == RDF.type)  # type: ignore[union-attr]
        things[path] = sum(iri.startswith(f"{space}/") for iri in typed)
    path, most = next(iter(things.most_common(1)), (workspace.registry, 0))
    return path if most else workspace.registry / f"{_FILES.get(kind, kind + 's')}.ttl"


def _append(rewrites: Rewrites, path: Path, entries: Sequence[Sequence[Triple]]) -> None:
    if path not in rewrites.all:
        fresh = GraphFile(path, None, f"# {path.stem.capitalize()}: names, aliases, kind.\n")
        rewrites.all |= Rewrites(rewrites.workspace, [fresh]).all
    place = rewrites.all[path]
    end, parts = place.patch.line_end, []
    for about in entries:
        by_predicate: defaultdict[NamedNode, list[str]] = defaultdict(list)
        for t in sorted(about, key=lambda t: (_rank(t.predicate), str(t.predicate))):
            by_predicate[t.predicate].append(written(place, t.object))  # type: ignore[arg-type]
        rows = [
            f"{'a' if p == RDF.type else place.spelled(p)} " + f",{end}        ".join(values)
            for p, values in by_predicate.items()
        ]
        subject = place.spelled(about[0].subject)  # type: ignore[arg-type]
        parts.append(f"{end}{subject} {f' ;{end}    '.join(rows)} .{end}")
    ends = "" if place.file.text.endswith("\n") else end
    place.patch.add(len(place.file.tokens) - 1, ends + "".join(parts))


def _rank(predicate: NamedNode) -> int:
    return _ORDER.index(predicate) if predicate in _ORDER else len(_ORDER)


def foreign(source: str) -> tuple[Triple, ...]:
    """The triples of another registry: a workspace, a folder or file of Turtle, or ``starter``.

    Raises InputError where there is none or it cannot be read.
    """
    path = STARTER if source == "starter" else Path(source)
    folder = path / "graph" / "registry"
    files = sorted((folder if folder.is_dir() else path).glob("*.ttl")) if path.is_dir() else [path]
    if not files:
        raise InputError("holds no registry: name a workspace or Turtle file, or starter", path)
    return tuple(t for f in files for t in triples_of(trig.parse(contents(f), f).quads))


def accession(
    triples: Sequence[Triple], workspace: Workspace, record: Record, *, text: str | None = None
) -> Accession:
    """What another registry says of the things that a text names, or of all, on this base.

    A thing keeps its slug and names the other one with schema:sameAs; one that is here already, by
    IRI, outside identifier or name, is left out.
    """
    there = Finder(Names(tuple(triples), workspace.ontology), ())
    about: defaultdict[object, list[Triple]] = defaultdict(list)
    for triple in triples:
        about[triple.subject].append(triple)
    offered = [thing for thing in about if isinstance(thing, NamedNode) and there.kind(thing)]
    if text is not None:
        seen = {guess.iri for m in there.find(text) if m.is_cased for guess in m.candidates}
        offered = [thing for thing in offered if thing in seen]
    known = _known(Finder.of(record, workspace), record)
    subjects = {quad.quad.subject for quad in record.quads("registry")}
    ours: dict[object, NamedNode] = {}
    new: list[NamedNode] = []
    for thing in sorted(offered, key=str):
        signs = _signs(thing, about[thing], there)
        same = next((known[sign] for sign in signs if sign in known), None)
        ours[thing] = same or _fresh(thing, there, workspace, {*subjects, *ours.values()})
        if same is None:
            new.append(thing)
    carried = [t for thing in new for t in _carried(thing, about[thing], ours, workspace)]
    here = [compact(ours[t], workspace.prefixes) for t in ours if t not in new]
    return Accession(tuple(carried), tuple(ours[t] for t in new), tuple(here))


Sign = tuple[str, str]
"""What two registries know one thing by: an identifier, or a name within its kind."""


def _signs(thing: NamedNode, about: Iterable[Triple], finder: Finder) -> list[Sign]:
    same = [str(t.object) for t in about if t.predicate == SCHEMA.sameAs]
    label = finder.names.label(thing)
    return [("", str(thing)), *(("", iri) for iri in same), (finder.kind(thing), key(label))]


def _known(finder: Finder, record: Record) -> dict[Sign, NamedNode]:
    known: dict[Sign, NamedNode] = {}
    for quad in (located.quad for located in record.quads("registry")):
        thing, value = quad.subject, quad.object
        if isinstance(thing, NamedNode) and quad.predicate == RDF.type:
            known[("", str(thing))] = thing
        elif isinstance(thing, NamedNode) and quad.predicate == SCHEMA.sameAs:
            known[("", str(value))] = thing
    for spelling, thing in finder.names.spellings:
        known.setdefault((finder.kind(thing), key(spelling)), thing)
    return known


def _fresh(
    thing: NamedNode, there: Finder, workspace: Workspace, taken: AbstractSet[object]
) -> NamedNode:
    """An IRI on this base that is nobody's, with the slug that the thing has elsewhere."""
    base = workspace.prefixes[there.kind(thing)]
    slug = local_name(thing)
    if SLUG.fullmatch(slug) is None or len(slug) < 2:
        slug = slugged(there.names.label(thing)) or "-".join(key(there.names.label(thing)).split())
    tries = (NamedNode(f"{base}{slug}{end}") for end in chain([""], (f"-{n}" for n in count(2))))
    return next(iri for iri in tries if iri not in taken)


def _carried(
    thing: NamedNode,
    about: Iterable[Triple],
    ours: Mapping[object, NamedNode],
    workspace: Workspace,
) -> Iterator[Triple]:
    """What comes along of a thing: names, classes, identifiers, and facts that have a source."""
    ontology, mine = workspace.ontology, ours[thing]
    is_sourced = any(t.predicate == DCTERMS.source for t in about)
    for t in about:
        is_class = t.predicate == RDF.type and t.object in ontology.classes
        is_fact = is_sourced and t.predicate in ontology.structure and t.object in ours
        if t.predicate in {*ontology.naming, SCHEMA.sameAs, DCTERMS.source} or is_class:
            yield Triple(mine, t.predicate, t.object)
        elif is_fact:
            yield Triple(mine, t.predicate, ours[t.object])
    if mine != thing and thing.value.startswith("http"):
        yield Triple(mine, SCHEMA.sameAs, thing)
