"""What a check is asked about: everything, some files, or what changed since a revision.

Invariant: a scope never changes what a finding says, only whether it is asked about. A scope
holds the files asked for, the things they mention, and whatever leans on a declaration that
changed, so that no fault a change brings is left outside.
"""

import os
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad

from legation.errors import InputError, UsageError
from legation.graph.record import Record
from legation.graph.workspace import Workspace
from legation.rdf import trig
from legation.rdf.vocabulary import RDF


@dataclass(frozen=True)
class Scope:
    """The files and things (by IRI) that findings are asked about."""

    files: frozenset[Path]
    things: frozenset[str]

    def holds(self, path: Path, things: Iterable[str]) -> bool:
        """Whether a finding is asked about."""
        return path in self.files or not self.things.isdisjoint(things)


def of_files(record: Record, paths: Iterable[Path]) -> Scope:
    """The scope of some files: themselves and what they mention."""
    ways = {file.path: {file.path, *file.path.parents} for file in record.files}
    for article in record.articles:  # its text stands for it, too
        ways[article.path] |= {article.source, *article.source.parents}
    asked: set[Path] = set()
    for path in paths:
        found = {file for file, names in ways.items() if path in names}
        if not found:
            raise UsageError(f"{path} is no part of the graph at {record.root}; nothing to check")
        asked |= found
    quads = (q.quad for file in record.files if file.path in asked for q in file.quads)
    return Scope(frozenset(asked), frozenset(node.value for node in _mentioned(quads)))


def _mentioned(quads: Iterable[Quad]) -> Iterator[NamedNode]:
    for quad in quads:
        for node in (quad.subject, quad.object, quad.graph_name):
            if isinstance(node, NamedNode):
                yield node


def since(workspace: Workspace, record: Record, revision: str) -> Scope | None:
    """The scope of what changed since a revision.

    None when the ontology, the shapes or the queries changed: everything must be looked at again.
    """
    history = History.of(workspace.root, revision)
    changed = history.changed()
    law = (workspace.root / "ontology", workspace.root / "queries")
    if any(folder in path.parents for path in changed for folder in law):
        return None
    now = {file.path: {q.quad for q in file.quads} for file in record.files}
    texts = {article.source: article.path for article in record.articles}
    changed = {texts.get(path, path) for path in changed}  # a text stands for its article
    before = {path: history.quads(path) for path in changed if path.suffix in (".trig", ".ttl")}
    difference = {quad for path, quads in before.items() for quad in quads ^ now.get(path, set())}
    articles = {path for path in changed if workspace.articles in path.parents}
    things = {node for path in articles for node in _mentioned(now.get(path, set()))}
    things |= set(_mentioned(difference))
    things |= _leaning(record, _declared_otherwise(workspace, before, difference))
    return Scope(frozenset(articles), frozenset(node.value for node in things))


def _declared_otherwise(
    workspace: Workspace, changed: Iterable[Path], difference: set[Quad]
) -> set[NamedNode]:
    """Things whose class or registry entry changed."""
    has_entries = any(workspace.registry in path.parents for path in changed)
    return {
        quad.subject
        for quad in difference
        if isinstance(quad.subject, NamedNode)
        and (quad.predicate == RDF.type or (has_entries and quad.graph_name == DefaultGraph()))
    }


def _leaning(record: Record, changed: set[NamedNode]) -> set[NamedNode]:
    """Everything that points to, or speaks of, things declared otherwise than before."""
    found: set[NamedNode] = set()
    if not changed:
        return found
    for located in record.quads("registry", "article"):
        quad = located.quad
        if quad.object in changed or quad.subject in changed:
            found |= {n for n in (quad.subject, quad.graph_name) if isinstance(n, NamedNode)}
    return found


@dataclass(frozen=True)
class History:
    """The past of the work tree at ``top`` in which a workspace lies, back to a commit."""

    root: Path
    top: Path
    commit: str

    @classmethod
    def of(cls, root: Path, revision: str) -> "History":
        """The history since a revision, or since the branch parted from it."""
        top = _git(root, "rev-parse", "--show-toplevel")
        if top is None:
            raise UsageError(f"{root} is not in a git work tree; --since needs one")
        name = f"{revision}^{{commit}}"  # a tag is followed; a tree or a blob is no revision
        commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", name)
        if commit is None:
            raise UsageError(_no_revision(root, revision))
        # As a pull request shows it: what came into the other branch meanwhile is no change here.
        ancestor = _git(root, "merge-base", commit.strip(), "HEAD")
        return cls(root, Path(top.strip()), (ancestor or commit).strip())

    def changed(self) -> set[Path]:
        """The files under the workspace that differ from the commit, new and deleted ones too."""
        tracked = _git(
            self.root, "diff", "--name-only", "--no-renames", "-z", self.commit, "--", "."
        )
        new = _git(self.root, "ls-files", "--others", "--exclude-standard", "--full-name", "-z")
        names = [name for listing in (tracked, new) for name in (listing or "").split("\0") if name]
        return {self.top / name for name in names}

    def text(self, path: Path) -> bytes | None:
        """What a file held at the commit; None when it was not there."""
        name = path.relative_to(self.top).as_posix()
        return git(self.root, "show", f"{self.commit}:{name}")

    def quads(self, path: Path) -> frozenset[Quad]:
        """The quads a file held at the commit; none when it could not be parsed then."""
        data = self.text(path)
        if data is None:
            return frozenset()
        try:
            return frozenset(located.quad for located in trig.parse(data, path).quads)
        except InputError:
            return frozenset()


def _no_revision(root: Path, revision: str) -> str:
    if (_git(root, "rev-parse", "--is-shallow-repository") or "").strip() == "true":
        return (
            f"{revision!r} is not in this shallow clone: run 'git fetch --unshallow', "
            "or set fetch-depth: 0 where the workflow checks out"
        )
    return f"git knows no revision {revision!r} here; name a commit, branch or tag"


def _git(root: Path, *words: str) -> str | None:
    out = git(root, *words)
    return None if out is None else os.fsdecode(out)


def git(root: Path, *words: str) -> bytes | None:
    """What git prints in a folder; None where it fails."""
    try:
        done = subprocess.run(["git", *words], cwd=root, capture_output=True, check=False)
    except FileNotFoundError as error:
        raise UsageError(
            "comparing with a revision needs git, which is not installed here"
        ) from error
    return done.stdout if done.returncode == 0 else None
