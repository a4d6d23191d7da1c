"""What a person writes beside claims: names into the registry, and a line of an article's header.

Invariant: one line or entry is added or changed, in the file where its like stands; every other
byte stays.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from legation.desk.edit.graphfile import GraphFile, Rewrite
from legation.errors import UsageError
from legation.files.document import contents
from legation.files.journal import Change
from legation.graph.record import Record
from legation.graph.workspace import Workspace
from legation.rdf import trig
from legation.rdf.vocabulary import RDF, compact


def enrolled(workspace: Workspace, record: Record, names: Sequence[Triple]) -> Iterator[Change]:
    """The registry with more entries, each in the file that has the most of its kind.

    Raises UsageError where a thing has an entry already.
    """
    placed: dict[Path, list[Triple]] = {}
    for triple in names:
        if record.about(triple.subject) and any(
            q.quad.predicate == triple.predicate for q in record.about(triple.subject)
        ):
            short = compact(triple.subject, workspace.prefixes)
            raise UsageError(f"{short} has a name already: choose it, or give another short name")
        placed.setdefault(_home(workspace, record, triple), []).append(triple)
    for path, triples in placed.items():
        data = contents(path, within=workspace.root) if path.exists() else None
        file = GraphFile(path, data, (data or b"").decode("utf-8"))
        rewrite = Rewrite(file, dict(workspace.prefixes))
        entries = [
            " ;\n    ".join(_rows(rewrite, list(same)))
            for _, same in groupby(triples, key=lambda t: t.subject)
        ]
        end = rewrite.patch.line_end
        text = "".join(f"\n{entry} .\n" for entry in entries).replace("\n", end)
        gap = end if file.text and not file.text.endswith("\n") else ""
        rewrite.patch.add(len(file.tokens) - 1, gap + text)
        yield rewrite.change()


def _rows(rewrite: Rewrite, triples: Sequence[Triple]) -> Iterator[str]:
    subject = triples[0].subject
    assert isinstance(subject, NamedNode)
    head = f"{rewrite.spelled(subject)} "
    for triple in triples:
        verb = "a" if triple.predicate == RDF.type else rewrite.spelled(triple.predicate)
        value = triple.object
        told = rewrite.spelled(value) if isinstance(value, NamedNode) else trig.term(value)
        yield f"{head}{verb} {told}"
        head = ""


def _home(workspace: Workspace, record: Record, triple: Triple) -> Path:
    prefix = compact(triple.subject, workspace.prefixes).partition(":")[0]
    base = workspace.prefixes[prefix]
    alike = Counter(
        located.path
        for located in record.quads("registry")
        if isinstance(located.quad.subject, NamedNode)
        and located.quad.subject.value.startswith(base)
    )
    # A registry that is new has its files, and nothing in them yet.
    named = [f.path for f in record.files if f.kind == "registry" and f.path.stem[:3] == prefix[:3]]
    return next((p for p, _ in alike.most_common(1)), next(iter(named), workspace.registry / "names.ttl"))


def headed(data: bytes, article: NamedNode, path: Path, said: Mapping[NamedNode, Literal | NamedNode],
           offered: Mapping[str, str]) -> Change:
    """An article's file whose header says something else of some properties, or says it now."""
    file = GraphFile(path, data, data.decode("utf-8"))
    rewrite = Rewrite(file, dict(offered))
    header = file.outline.about(article.value)
    if not header:
        raise UsageError("the file has no header: 'legation add' writes one")
    for prop, value in said.items():
        told = rewrite.spelled(value) if isinstance(value, NamedNode) else _literal(rewrite, value)
        present = next((s for s in header if s.predicate == prop.value), None)
        if present is not None:
            rewrite.patch.replace(present.values[0], told)
            continue
        beside = header[-1]
        text = f"{rewrite.spelled(prop)} {told}"
        rewrite.patch.add_property(beside.values[-1].last, text, beside.verb)
    return rewrite.change()


def _literal(rewrite: Rewrite, value: Literal) -> str:
    if value.datatype is not None:
        rewrite.spelled(value.datatype)
    return trig.term(value, rewrite.prefixes)


def subjects(triples: Iterable[Triple]) -> tuple[NamedNode, ...]:
    """What some triples speak of."""
    return tuple(dict.fromkeys(t.subject for t in triples if isinstance(t.subject, NamedNode)))
