"""A state of a graph: what its claims say, whose words they are, and what things are called.

Invariant: a folder, a git revision and a built file of one graph give one and the same state,
but for the archived texts, which only folders and revisions have.
"""

import io
import subprocess
import tarfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple

from legation.errors import InputError, UsageError
from legation.files.folder import put_back, scratch
from legation.graph import contradictions
from legation.graph import dataset as build
from legation.graph import workspace as workspaces
from legation.graph.contradictions import Contradiction
from legation.graph.reification import claim_graphs_of, default_graph_of
from legation.graph.workspace import Workspace
from legation.rdf import trig
from legation.rdf.ontology import Ontology
from legation.rdf.vocabulary import LEG, PREFIXES, PROV, RDF, RDFS, local_name

BUILT = (".nq", ".trig", ".ttl")
"""The suffixes of built files that hold a whole graph."""

_WHOLE = "legation.nq"  # what a build writes of the whole graph
_PARTS = ("graph", "ontology", "queries", "legation.toml")


@dataclass(frozen=True, slots=True)
class Said:
    """A claim as far as a difference is concerned.

    Attributes:
        iri: The claim.
        article: The article quoted; None when it is not said.
        quote: The words.
        start: Their first code point; -1 when it is not said.
        end: The code point after the last; -1 when it is not said.
        modality: The local name of its modality.
        according_to: The report the article relays here.
        origins: The publishers at the end of its chain; none when unknown.
        conflicts_with: Claims that say otherwise, acknowledged.
        triples: What the words say.
    """

    iri: NamedNode
    article: NamedNode | None
    quote: str
    start: int
    end: int
    modality: str
    according_to: NamedNode | None
    origins: frozenset[NamedNode]
    conflicts_with: frozenset[NamedNode]
    triples: frozenset[Triple]


@dataclass(frozen=True)
class State:
    """What a graph says.

    Attributes:
        name: How it was asked for.
        claims: Its claims by IRI.
        labels: What things are called.
        names: Every name of every thing.
        texts: The archived texts by article; empty where they are not here.
        ontology: The terms.
        prefixes: What shortens the IRIs of its things.
        contradictions: What its build found to contradict each other.
    """

    name: str
    claims: Mapping[NamedNode, Said]
    labels: Mapping[NamedNode, str]
    names: frozenset[Triple]
    ontology: Ontology
    texts: Mapping[NamedNode, str] = field(default_factory=dict)
    prefixes: Mapping[str, str] = field(default_factory=lambda: PREFIXES, compare=False)
    contradictions: tuple[Contradiction, ...] = ()

    @cached_property
    def facts(self) -> Mapping[Triple, tuple[Said, ...]]:
        """Each triple that claims say, with the claims."""
        found: defaultdict[Triple, list[Said]] = defaultdict(list)
        for claim in self.claims.values():
            for triple in claim.triples:
                found[triple].append(claim)
        return {triple: tuple(claims) for triple, claims in found.items()}

    def origins(self, triple: Triple) -> frozenset[NamedNode]:
        """Who says a triple, independently of each other."""
        claims = self.facts.get(triple, ())
        return frozenset(origin for claim in claims for origin in claim.origins)


def state(place: str, *, around: Path | None = None, drafts: bool = False) -> State:
    """Read a state.

    Raises:
        UsageError: There is no such folder, file or revision.
        InputError: Something cannot be read or parsed; with the line.
    """
    path = Path(place)
    put_back(path)
    if path.is_dir() and not (path / "graph").is_dir() and (path / _WHOLE).is_file():
        path = path / _WHOLE
    if path.is_dir():
        return _of_workspace(place, workspaces.find(path), drafts=drafts)
    if path.is_file():
        if path.suffix not in BUILT:
            raise UsageError(f"{place} is none of the built files this reads: {', '.join(BUILT)}")
        return of_quads(place, _built(path), workspaces.bundled().ontology)
    root = workspaces.find(around).root
    with scratch(_checked_out(root, place)) as folder:
        then = Workspace(folder, workspaces.home())
        if not then.graph.is_dir():
            raise UsageError(f"revision {place} holds no graph/ at {root}")
        return _of_workspace(place, then, drafts=drafts)


def _of_workspace(name: str, workspace: Workspace, *, drafts: bool) -> State:
    record = workspaces.read(workspace)
    dataset = build.build(record, workspace.rules, drafts=drafts)
    texts = {a.iri: a.text for a in record.articles if a.text is not None}
    found = of_quads(name, dataset.quads, workspace.ontology, texts)
    return replace(found, prefixes=workspace.prefixes)


def of_quads(
    name: str,
    quads: Iterable[Quad],
    ontology: Ontology,
    texts: Mapping[NamedNode, str] | None = None,
) -> State:
    """The state that some quads describe."""
    metadata: defaultdict[NamedNode, list[Triple]] = defaultdict(list)
    graphs: defaultdict[NamedNode, set[Triple]] = defaultdict(set)
    for quad in quads:
        if isinstance(quad.graph_name, NamedNode):
            graphs[quad.graph_name].add(quad.triple)
        elif isinstance(quad.subject, NamedNode):
            metadata[quad.subject].append(quad.triple)
    default = [triple for triples in metadata.values() for triple in triples]
    typed = {t.subject for t in default if t.predicate == RDF.type and t.object == LEG.Claim}
    claims = {
        iri: _said(iri, metadata.get(iri, []), graphs.get(iri, set()))
        for iri in sorted((n for n in typed | set(graphs) if isinstance(n, NamedNode)), key=str)
    }
    names = frozenset(t for t in default if t.predicate in ontology.naming)
    labels = {
        t.subject: t.object.value
        for t in sorted(names, key=str, reverse=True)
        if t.predicate == RDFS.label
        and isinstance(t.subject, NamedNode)
        and isinstance(t.object, Literal)
    }
    said = contradictions.read(default)
    return State(name, claims, labels, names, ontology, dict(texts or {}), contradictions=said)


def _said(iri: NamedNode, metadata: list[Triple], content: set[Triple]) -> Said:
    values: defaultdict[NamedNode, list[object]] = defaultdict(list)
    for triple in metadata:
        values[triple.predicate].append(triple.object)

    def text(predicate: NamedNode) -> str:
        return next((v.value for v in values[predicate] if isinstance(v, Literal)), "")

    def nodes(predicate: NamedNode) -> list[NamedNode]:
        return [v for v in values[predicate] if isinstance(v, NamedNode)]

    def number(predicate: NamedNode) -> int:
        found = text(predicate)
        return int(found) if found.isascii() and found.isdigit() else -1

    def node(predicate: NamedNode) -> NamedNode | None:
        return next(iter(nodes(predicate)), None)

    modality = node(LEG.modality)
    return Said(
        iri=iri,
        article=node(PROV.wasQuotedFrom),
        quote=text(LEG.quote),
        start=number(LEG.charStart),
        end=number(LEG.charEnd),
        modality="" if modality is None else local_name(modality),
        according_to=node(LEG.accordingTo),
        origins=frozenset(nodes(LEG.origin)),
        conflicts_with=frozenset(nodes(LEG.conflictsWith)),
        triples=frozenset(content),
    )


def _built(path: Path) -> Iterable[Quad]:
    """The quads of a built file; of Turtle, with the claim graphs rebuilt."""
    if path.suffix == ".nq":
        try:
            return list(pyoxigraph.parse(path=path, format=RdfFormat.N_QUADS))
        except SyntaxError as error:
            raise InputError(f"is not N-Quads here: {error.msg}", path, error.lineno) from error
        except (OSError, ValueError) as error:
            raise InputError(f"cannot be read ({error})", path) from error
    quads = [located.quad for located in trig.read(path).quads]
    if any(not isinstance(quad.graph_name, DefaultGraph) for quad in quads):
        return quads
    triples = [quad.triple for quad in quads]
    return default_graph_of(triples) | claim_graphs_of(triples)


def _checked_out(root: Path, revision: str) -> dict[str, bytes]:
    """What a revision held of a workspace, by path."""
    commit = _git(
        root, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"
    )
    if commit is None:
        raise UsageError(
            f"{revision!r} is no folder, no built file and no git revision here: name one; in a "
            "shallow clone, fetch it first (fetch-depth: 0)"
        )
    name = commit.decode().strip()
    there = (_git(root, "ls-tree", "--name-only", "-z", name, "--", *_PARTS) or b"").decode()
    parts = [part for part in there.split("\0") if part]
    archive = _git(root, "archive", "--format=tar", name, "--", *parts) if parts else None
    if archive is None:
        raise UsageError(f"revision {revision} holds no graph/ at {root}")
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        files = {member.name: tar.extractfile(member) for member in tar if member.isfile()}
        return {name: data.read() for name, data in files.items() if data is not None}


def _git(root: Path, *words: str) -> bytes | None:
    try:
        done = subprocess.run(["git", *words], cwd=root, capture_output=True, check=False)
    except FileNotFoundError as error:
        raise UsageError("comparing revisions needs git, which is not installed here") from error
    return done.stdout if done.returncode == 0 else None
