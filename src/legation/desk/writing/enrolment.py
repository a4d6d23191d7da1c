"""What a person writes beside claims: names into the registry, and lines of an article's header.

Invariant: an entry is added, or a line changed, in the file where its like stands; every other byte
stays.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from legation.desk.draft.manuscript import Manuscript
from legation.errors import UsageError
from legation.files.document import contents
from legation.files.journal import Change
from legation.graph.record import Record
from legation.graph.workspace import Workspace
from legation.rdf.vocabulary import compact


def enrolled(workspace: Workspace, record: Record, names: Sequence[Triple]) -> Iterator[Change]:
    """The registry with more entries, each in the file that has the most of its kind.

    Raises UsageError where a thing has an entry already.
    """
    placed: defaultdict[Path, list[Triple]] = defaultdict(list)
    for triple in names:
        if record.where(triple.subject) is not None:
            short = compact(str(triple.subject)[1:-1], workspace.prefixes)
            raise UsageError(f"{short} is there already: choose it, or give another short name")
        placed[_home(workspace, record, triple)].append(triple)
    for path, triples in placed.items():
        data = contents(path, within=workspace.root) if path.exists() else None
        sheet = Manuscript.of((data or b"").decode("utf-8"), workspace.prefixes)
        entries = [f"{entry}\n" for entry in sheet.subjects(triples)]
        yield Change(path, data, sheet.with_more(entries).encode("utf-8"))


def _home(workspace: Workspace, record: Record, triple: Triple) -> Path:
    prefix = compact(str(triple.subject)[1:-1], workspace.prefixes).partition(":")[0]
    base, files = (
        f"<{workspace.prefixes[prefix]}",
        [f.path for f in record.files if f.kind == "registry"],
    )
    alike = (q.path for q in record.quads("registry") if str(q.quad.subject).startswith(base))
    # The files of a new registry are there, and nothing in them yet.
    named = (path for path in files if path.stem[:3] == prefix[:3])
    most = next((path for path, _ in Counter(alike).most_common(1)), None)
    return most or next(named, workspace.registry / "names.ttl")


def headed(
    text: str,
    article: NamedNode,
    said: Mapping[NamedNode, Literal | NamedNode],
    prefixes: Mapping[str, str],
) -> str:
    """The text of a file whose header says these values of these properties."""
    sheet = Manuscript.of(text, prefixes)
    header, patch = sheet.drawn.about(article.value), sheet.rewrite.patch
    if not header:
        raise UsageError("the file has no header: 'legation add' writes one")
    for prop, value in said.items():
        verb, told = sheet.term(prop), sheet.term(value)
        present = next((s for s in header if s.predicate == prop.value), None)
        if present is not None:
            patch.replace(present.values[0], told)
        else:
            patch.add_property(header[-1].values[-1].last, f"{verb} {told}", header[-1].verb)
    return patch.text()
