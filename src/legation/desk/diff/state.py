"""A state of a graph: what its claims say, whose words they are, and what things are called.

Invariant: a folder, a git revision and a built file of one graph give one and the same state,
but for the archived texts, which only folders and revisions have.
"""

import io
import tarfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple

from legation.checks.scope import git
from legation.desk.diff import nearby
from legation.errors import LIBRARY_FAULTS, InputError, UsageError
from legation.files.document import contents
from legation.files.folder import put_back, scratch
from legation.graph import contradictions, labelling
from legation.graph import dataset as build
from legation.graph import workspace as workspaces
from legation.graph.authored import read_passages
from legation.graph.bundle import home
from legation.graph.claim import Claim
from legation.graph.contradictions import Contradiction
from legation.graph.manner import completed
from legation.graph.record import SourceFile
from legation.graph.reification import claim_graphs_of, default_graph_of
from legation.graph.workspace import Workspace
from legation.rdf import trig
from legation.rdf.gathering import gathered
from legation.rdf.ontology import Ontology
from legation.rdf.trig import LocatedQuad
from legation.rdf.unswept import unswept
from legation.rdf.vocabulary import LEG, PREFIXES, RDFS

BUILT = (".nq", ".trig", ".ttl")
"""The suffixes of built files that hold a whole graph."""

_WHOLE = "legation.nq"  # what a build writes of the whole graph
_PARTS = ("graph", "ontology", "queries", "legation.toml")


@dataclass(frozen=True)
class State:
    """What a graph says; its name is what somebody asked for, ``texts`` are those that are here.

    ``origins`` are the publishers at the end of each claim's chain, ``names`` every name that
    somebody gave a thing, and ``labels`` what each is called, by the build where nobody named it.
    """

    name: str
    claims: Mapping[NamedNode, Claim]
    origins: Mapping[NamedNode, frozenset[NamedNode]]
    labels: Mapping[NamedNode, str]
    names: frozenset[Triple]
    ontology: Ontology
    contradictions: tuple[Contradiction, ...]
    texts: Mapping[NamedNode, str] = field(default_factory=dict)
    prefixes: Mapping[str, str] = field(default_factory=lambda: PREFIXES, compare=False)

    @cached_property
    def facts(self) -> Mapping[Triple, tuple[Claim, ...]]:
        """Each triple that claims say, with the claims."""
        claims = self.claims.values()
        found = gathered((t, claim) for claim in claims for t in dict.fromkeys(claim.triples))
        return {triple: tuple(claims) for triple, claims in found.items()}

    def saying(self, triple: Triple) -> frozenset[NamedNode]:
        """Who says a triple, independently of each other."""
        return frozenset(o for claim in self.facts.get(triple, ()) for o in self.origins[claim.iri])


@unswept()
def state(place: str, *, around: Path | None = None, drafts: bool = False) -> State:
    """Read the state of a folder, a built file, or a revision of the workspace around.

    Raises UsageError where there is no such folder, file or revision, and InputError, with the
    line, where something cannot be read or parsed.
    """
    path = Path(place)
    put_back(path)  # what a build that was killed had moved aside
    if path.is_dir() and not (path / "graph").is_dir() and (path / _WHOLE).is_file():
        path = path / _WHOLE
    if path.is_dir():
        return _of_workspace(place, workspaces.find(path), drafts=drafts)
    if path.is_file():
        if path.suffix not in BUILT:
            raise UsageError(f"{place} is none of the built files this reads: {', '.join(BUILT)}")
        return _said(place, _built(path), workspaces.bundled().ontology)
    root = workspaces.find(around).root
    with scratch(_checked_out(root, place)) as folder:
        then = Workspace(folder, home())
        if not then.graph.is_dir():
            raise UsageError(f"revision {place} holds no graph/ at {root}")
        return _of_workspace(place, then, drafts=drafts)


@unswept()
def states(
    before: str, after: str, *, around: Path | None = None, drafts: bool = False
) -> tuple[State, State]:
    """The states of two places, of files that are the same in both no more than tells.

    Raises as `state` does.
    """
    with suppress(SyntaxError, InputError):  # told of the very file, when all is read
        old, new = (_files(place, around) for place in (before, after))
        both = None if old is None or new is None else nearby.narrowed(old, new)
        if both is not None:
            with scratch(both[0]) as one, scratch(both[1]) as other:
                pairs = ((before, one), (after, other))
                then, now = (
                    _of_workspace(n, Workspace(p, home()), drafts=drafts) for n, p in pairs
                )
                return then, now
    first, last = (state(place, around=around, drafts=drafts) for place in (before, after))
    return first, last


def _files(place: str, around: Path | None) -> nearby.Files | None:
    """The files of a folder or revision; None of a built file or of Legation's own graph."""
    path = Path(place)
    put_back(path)
    if path.exists():
        is_graph = path.is_dir() and (path / "graph").is_dir()
        space = workspaces.find(path) if is_graph else None
        return None if space is None or space.is_bundled else nearby.of_folder(space)
    space = workspaces.find(around)
    held = {} if space.is_bundled else _checked_out(space.root, place)
    return held if any(name.startswith("graph/") for name in held) else None


def _of_workspace(name: str, workspace: Workspace, *, drafts: bool) -> State:
    record = workspaces.read(workspace)
    dataset = build.build(record, workspace.rules, drafts=drafts)
    texts = {a.iri: a.text for a in record.articles if a.text is not None}
    found = _said(name, dataset.quads, workspace.ontology)
    return replace(found, texts=texts, prefixes=workspace.prefixes)


def _said(name: str, quads: Iterable[Quad], ontology: Ontology) -> State:
    """The state that some quads describe."""
    path = Path(name)
    located = tuple(LocatedQuad(quad, path, 0) for quad in quads)
    read = read_passages(SourceFile(path, "article", located), None)
    claims = completed(read.claims, read.contents, {}, ontology)
    default = [q.quad.triple for q in located if isinstance(q.quad.graph_name, DefaultGraph)]
    origins: defaultdict[object, set[NamedNode]] = defaultdict(set)
    for triple in default:
        if triple.predicate == LEG.origin and isinstance(triple.object, NamedNode):
            origins[triple.subject].add(triple.object)
    called = frozenset(
        t for t in default if t.predicate in ontology.naming and isinstance(t.subject, NamedNode)
    )
    labels = {
        t.subject: t.object.value
        for t in sorted(called, key=str, reverse=True)  # of several labels, the first one stays
        if t.predicate == RDFS.label
        and isinstance(t.subject, NamedNode)
        and isinstance(t.object, Literal)
    }
    return State(
        name,
        {claim.iri: claim for claim in sorted(claims, key=lambda claim: claim.iri.value)},
        {claim.iri: frozenset(origins[claim.iri]) for claim in claims},
        labels,
        called - labelling.made([q.quad for q in located], ontology),
        ontology,
        contradictions.read(default),
    )


def _built(path: Path) -> Iterable[Quad]:
    """The quads of a built file; of Turtle, with the claim graphs rebuilt."""
    if path.suffix == ".nq":
        data = contents(path)
        trig.refuse_depth(data, path)
        try:
            return list(pyoxigraph.parse(data, format=RdfFormat.N_QUADS))
        except SyntaxError as error:
            raise InputError(f"is not N-Quads here: {error.msg}", path, error.lineno) from error
        except LIBRARY_FAULTS as error:
            raise InputError(f"cannot be read ({error})", path) from error
    quads = [located.quad for located in trig.read(path).quads]
    if any(not isinstance(quad.graph_name, DefaultGraph) for quad in quads):
        return quads
    triples = [quad.triple for quad in quads]
    return default_graph_of(triples) | claim_graphs_of(triples)


def _checked_out(root: Path, revision: str) -> dict[str, bytes]:
    """What a revision held of a workspace, by path."""
    commit = git(
        root, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"
    )
    if commit is None:
        raise UsageError(
            f"{revision!r} is no folder, no built file and no git revision here: name one; in a "
            "shallow clone, fetch it first (fetch-depth: 0)"
        )
    name = commit.decode().strip()
    # `git archive` refuses a part that the revision has not, so ask first which ones it has.
    there = (git(root, "ls-tree", "--name-only", "-z", name, "--", *_PARTS) or b"").decode()
    parts = [part for part in there.split("\0") if part]
    archive = git(root, "archive", "--format=tar", name, "--", *parts) if parts else None
    if archive is None:
        raise UsageError(f"revision {revision} holds no graph/ at {root}")
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        files = {member.name: tar.extractfile(member) for member in tar if member.isfile()}
        return {name: data.read() for name, data in files.items() if data is not None}
