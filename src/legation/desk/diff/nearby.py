"""Which files of two states of one graph can tell a difference, so that nobody reads the others.

Invariant: what is left out is the same in both states, and says nothing of whatever a changed file
speaks of; so each state says of that what the whole one does. A file whose names cannot be told
from its letters is never left out, and none where a rule of a workspace's own may look anywhere.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat

from legation.files.document import contents
from legation.graph.bundle import ARTICLES, REGISTRY, SOURCES, article_of, files
from legation.graph.workspace import SETTINGS, Workspace
from legation.rdf.vocabulary import LEG, PROV, RDF, RDFS

Files = Mapping[str, bytes]
"""The files of a workspace by their paths."""

_GRAPH = {ARTICLES: "*.trig", REGISTRY: "*.ttl", SOURCES: "*.txt"}
_LAW = ("ontology", "queries")
_RELAYING = (LEG.accordingTo, PROV.wasDerivedFrom)
_NAME = re.compile(rb"(?<=[:/#])[^\s:/#<>;,.\"'(){}\[\]]+")
# A name may be cut in two by a prefix, or hidden by a base or an escape; nobody does so by hand.
_ODD = re.compile(
    rb"@base|^\s*base\s|\\u|(?:@|^\s*)prefix\s+[^<]*<[^>]*[^>/#]>|\w\\|%[0-9A-F]{2}", re.I | re.M
)


def of_folder(space: Workspace) -> Files:
    """The files of a workspace that its graph is read from."""
    root = space.root
    found = [p for folder, form in _GRAPH.items() for p in files(root, folder, form).values()]
    for folder in _LAW:
        found += (path for path in (root / folder).rglob("*") if path.is_file())
    found += [space.root / SETTINGS] if (root / SETTINGS).exists() else []
    return {p.relative_to(root).as_posix(): contents(p, within=root) for p in found}


def narrowed(before: Files, after: Files) -> tuple[Files, Files] | None:
    """As much of both as can tell a difference; None where all must be read.

    Raises SyntaxError where a changed file or the registry cannot be parsed.
    """
    before, after = ({p: d for p, d in one.items() if _counts(p)} for one in (before, after))
    changed = {p for p in before.keys() | after.keys() if before.get(p) != after.get(p)}
    if any(not path.startswith("graph/") for path in changed) or _is_unbounded(after):
        return None
    articles = {path: data for path, data in after.items() if path.startswith(ARTICLES)}
    odd = {path for path, data in articles.items() if _ODD.search(data)}
    near = odd | {article_of(path) for path in changed if not path.startswith(REGISTRY)}
    words = {path: frozenset(_NAME.findall(data)) for path, data in articles.items()}
    known = _known(before) | _known(after)
    wanted, asked = _spoken_of(before, after, changed, known), set[bytes]()
    wanted |= _relayed(after, odd, known)
    while fresh := wanted - asked:
        asked |= fresh
        more = {path for path, said in words.items() if not fresh.isdisjoint(said)} - near
        near |= more
        wanted = _relayed(after, more, known)
    return tuple(
        {p: d for p, d in one.items() if p.startswith(REGISTRY) or article_of(p) in near}
        | {p: d for p, d in one.items() if not p.startswith("graph/")}
        for one in (before, after)
    )  # type: ignore[return-value]


def _counts(path: str) -> bool:
    folder, slash, name = path.rpartition("/")
    form = _GRAPH.get(folder + slash)
    return (
        path == SETTINGS
        or path.startswith(tuple(f"{part}/" for part in _LAW))
        or (form is not None and name.endswith(form[1:]))
    )


def _is_unbounded(held: Files) -> bool:
    """Whether own rules or own chains of reports lead to files that speak of nothing changed."""
    terms = (q for path in held if path.startswith("ontology/") for q in _quads(held, path))
    return any(path.startswith("queries/rules/") for path in held) or any(
        q.predicate == RDFS.subPropertyOf and q.object in _RELAYING for q in terms
    )


def _known(held: Files) -> set[object]:
    """The terms, and those in the registry, who stand in very many files."""
    paths = (path for path in held if path.startswith((REGISTRY, "ontology/")))
    entries = (quad for path in paths for quad in _quads(held, path))
    return {quad.subject for quad in entries if quad.predicate == RDF.type}


def _spoken_of(
    before: Files, after: Files, changed: Iterable[str], known: set[object]
) -> set[bytes]:
    """The names by which other files would speak of what changed files say something of."""
    said: set[Quad] = set()
    for path in changed:
        is_entry = path.startswith(REGISTRY)
        of = path if is_entry else article_of(path)
        old, new = set(_quads(before, of)), set(_quads(after, of))
        said |= old ^ new if is_entry else old | new
    subjects = {node for quad in said for node in (quad.subject, quad.graph_name)}
    objects = {q.object for q in said} - known
    return _names(subjects | {node for node in objects if LEG.base not in str(node)})


def _relayed(held: Files, paths: Iterable[str], known: set[object]) -> set[bytes]:
    """The names of what files relay, and of what that was derived from."""
    said = (quad for path in paths for quad in _quads(held, path))
    return _names({quad.object for quad in said if quad.predicate in _RELAYING} - known)


def _quads(held: Files, path: str) -> Iterator[Quad]:
    if path in held:
        yield from pyoxigraph.parse(held[path], format=RdfFormat.TRIG)


def _names(nodes: Iterable[object]) -> set[bytes]:
    """The ends of IRIs, as `_NAME` finds them in a text."""
    found = (_NAME.findall(n.value.encode()) for n in nodes if isinstance(n, NamedNode))
    return {names[-1] for names in found if names}
