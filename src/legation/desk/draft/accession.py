"""Entries of another registry, or of the starter, as this one would have them.

Invariant: a thing that is here already is never declared twice, and a fact comes along only with
its source.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from legation.checks.declarations import SLUG
from legation.desk.draft.names import Finder
from legation.desk.founding import STARTER
from legation.errors import InputError
from legation.files.document import contents
from legation.graph.record import Record, triples_of
from legation.graph.registry import Names
from legation.graph.spelling import key, slugged
from legation.graph.workspace import Workspace
from legation.rdf import trig
from legation.rdf.gathering import gathered
from legation.rdf.vocabulary import DCTERMS, RDF, SCHEMA, compact, local_name


@dataclass(frozen=True, slots=True)
class Accession:
    """What another registry gives: the triples to add, the new things, and those here already."""

    triples: tuple[Triple, ...]
    things: tuple[NamedNode, ...]
    here: tuple[str, ...]


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
    about = gathered((triple.subject, triple) for triple in triples)
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
        if isinstance(thing, NamedNode) and quad.predicate in (RDF.type, SCHEMA.sameAs):
            known["", str(thing if quad.predicate == RDF.type else value)] = thing
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
