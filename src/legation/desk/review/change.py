"""What a change does to the claims: which are new, which say something else, which are gone.

Invariant: a claim is known by its IRI. One that only moved in its file, or whose triples were
written in another order, has not changed.
"""

from dataclasses import dataclass, fields
from itertools import chain
from pathlib import Path

from pyoxigraph import Triple

from legation.checks.scope import History
from legation.errors import InputError
from legation.graph.authored import read_article, read_passages
from legation.graph.claim import Claim
from legation.graph.manner import completed, kinds_of
from legation.graph.record import Record, SourceFile
from legation.graph.workspace import Workspace
from legation.rdf import trig

_WHERE = ("path", "line")


@dataclass(frozen=True, slots=True)
class Amended:
    """A claim before and after."""

    before: Claim
    after: Claim

    @property
    def added(self) -> frozenset[Triple]:
        """Triples that only the later one has."""
        return _all(self.after) - _all(self.before)

    @property
    def removed(self) -> frozenset[Triple]:
        """Triples that only the earlier one has."""
        return _all(self.before) - _all(self.after)


def _all(claim: Claim) -> frozenset[Triple]:
    """What a claim states, and what it says that somebody says."""
    return frozenset((*claim.triples, *claim.said))


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened since a revision: to claims, and to the triples of the registry (``named``).

    ``files`` are those that differ, ``articles`` the article files that were not there at all.
    """

    revision: str
    new: tuple[Claim, ...]
    changed: tuple[Amended, ...]
    removed: tuple[Claim, ...]
    named: tuple[Triple, ...]
    unnamed: tuple[Triple, ...]
    files: frozenset[Path]
    articles: frozenset[Path]


def since(workspace: Workspace, record: Record, revision: str) -> Changes:
    """What happened since a revision and HEAD had an ancestor in common; UsageError without one."""
    history = History.of(workspace.root, revision)
    files = frozenset(history.changed())
    before = {
        c.iri: c for path in sorted(files) for c in _claims_then(workspace, record, history, path)
    }
    after = {claim.iri: claim for claim in record.claims if claim.path in files}
    entries = (path for path in files if path.parent == workspace.registry)
    names_before = {quad.triple for path in entries for quad in history.quads(path)}
    names_after = {
        located.quad.triple for located in record.quads("registry") if located.path in files
    }
    pairs = (Amended(before[iri], claim) for iri, claim in after.items() if iri in before)
    return Changes(
        revision=revision,
        new=tuple(claim for iri, claim in after.items() if iri not in before),
        changed=tuple(pair for pair in pairs if _content(pair.before) != _content(pair.after)),
        removed=tuple(claim for iri, claim in before.items() if iri not in after),
        named=tuple(sorted(names_after - names_before, key=str)),
        unnamed=tuple(sorted(names_before - names_after, key=str)),
        files=files,
        articles=frozenset(
            article.path
            for article in record.articles
            if article.path in files and history.text(article.path) is None
        ),
    )


def _claims_then(
    workspace: Workspace, record: Record, history: History, path: Path
) -> tuple[Claim, ...]:
    """The claims a file held; none where it could not be parsed then."""
    if path.parent != workspace.articles or path.suffix != ".trig":
        return ()
    data = history.text(path)
    if data is None:
        return ()
    try:
        file = SourceFile(path, "article", trig.parse(data, path).quads)
    except InputError:
        return ()
    source = workspace.sources / f"{path.stem}.txt"
    words = history.text(source) or b""
    article = read_article(file, source, words.decode("utf-8", "replace"))
    read = read_passages(file, article)
    elsewhere = (content for content in record.contents if content.path != path)
    now = (located.quad.triple for located in record.quads("registry", "article"))
    then = (located.quad.triple for located in file.quads)
    kinds = kinds_of(chain(now, then), record.ontology)
    return completed(read.claims, chain(read.contents, elsewhere), kinds, record.ontology)


def _content(claim: Claim) -> tuple[object, ...]:
    """All that a claim says, without where it stands in its file."""
    values = (getattr(claim, field.name) for field in fields(claim) if field.name not in _WHERE)
    return tuple(frozenset(v) if isinstance(v, tuple) else v for v in values)


def taken_away(changes: Changes) -> tuple[Triple, ...]:
    """The triples of removed claims, of claims as they were, and of names a change took away."""
    earlier = (*changes.removed, *(pair.before for pair in changes.changed))
    return (*(t for claim in earlier for t in claim.triples), *changes.unnamed)
