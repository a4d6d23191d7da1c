"""Writing in an article's file: claims and omissions come, change and go, and nothing else does.

Invariant: whatever no function here is asked to write comes out byte for byte as it went in, and
no comment is lost. What is written is what a person would have written: quote, what only a person
can decide, and the graph; all else follows.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode

from legation.desk.draft.manuscript import Manuscript
from legation.desk.draft.proposal import Proposal
from legation.desk.draft.reading import no_article
from legation.desk.edit.graphfile import GraphFile
from legation.errors import UsageError
from legation.files.journal import Change, rewrite
from legation.graph.claim import SAYING
from legation.graph.workspace import Workspace
from legation.rdf import trig
from legation.rdf.outline import Outline, outline
from legation.rdf.tokens import tokenize
from legation.rdf.vocabulary import LEG, SKOS, compact

_OF_A_PROPOSAL = {
    getattr(LEG, name)
    for name in (
        "quote charStart charEnd modality basis accordingTo attribution leansOn conflictsWith "
        "reason"
    ).split()
} | {SKOS.editorialNote}
"""What a proposal says of its claim; a mark of who suggested a claim outlasts its correction."""


@dataclass(frozen=True, slots=True)
class Entered:
    """The text of a file with new passages in it, and their IRIs in the order given."""

    text: str
    passages: tuple[NamedNode, ...]


def opened(workspace: Workspace, slug: str) -> GraphFile:
    """An article's file as it is now; UnknownName where there is none, InputError if no UTF-8."""
    path = workspace.articles / f"{slug}.trig"
    if not path.is_file():
        raise no_article(slug, (other.stem for other in workspace.articles.glob("*.trig")))
    return GraphFile.read(path, workspace.root)


def lodged(workspace: Workspace, file: GraphFile, text: str, *more: Change) -> None:
    """Write another text into a file that still is as it was opened, and more with it or nothing.

    InputError where somebody changed it meanwhile, where it cannot be written, or where the text
    is not TriG; the file is as it was.
    """
    after = text.encode("utf-8")
    trig.parse(after, file.path)
    rewrite([Change(file.path, file.data, after), *more], workspace.root)


def entered(
    text: str, slug: str, proposals: Iterable[Proposal], prefixes: Mapping[str, str]
) -> Entered:
    """The text of a file with claims and omissions at its end.

    A content or report that is there stays as it is. ``prefixes`` are the workspace's; those that
    are needed and missing are declared.
    """
    sheet = Manuscript.of(text, prefixes)
    given = list(proposals)
    names = numbered(text, slug, given, prefixes)
    keys = {p.key: name for p, name in zip(given, names, strict=True)}
    parts = [
        part
        for name, proposal in zip(names, given, strict=True)
        for part in sheet.claim(name, leaning(proposal, keys), slug)
    ]
    return Entered(sheet.with_more(parts), names)


def struck(text: str, *passages: NamedNode) -> str:
    """The text of a file without claims or omissions: graphs go, and contents of theirs alone.

    UsageError where the file has no such passage.
    """
    sheet = _holding(text, passages, {})
    for stretch in sheet.stretches({*passages, *_own_contents(sheet.drawn, passages)}):
        sheet.rewrite.take_out(stretch)
    return sheet.rewrite.patch.text()


def replaced(text: str, passage: NamedNode, proposal: Proposal, prefixes: Mapping[str, str]) -> str:
    """The text of a file with a claim written anew in its place, contents given with it as well.

    What a proposal cannot say of a claim stays. UsageError where the file has no such claim.
    """
    sheet = _holding(text, [passage], prefixes)
    given = {name for name, _ in proposal.contents}
    gone = {passage, *_own_contents(sheet.drawn, [passage]), *given}
    first, *others = sheet.stretches(gone)
    for stretch in others:
        sheet.rewrite.take_out(stretch)
    about = [t for s in sheet.drawn.about(passage.value) for t in sheet.drawn.triples(s)]
    notes = [t for t in about if t.predicate == SKOS.editorialNote]
    same = [
        t for t in notes[:1] if isinstance(t.object, Literal) and t.object.value == proposal.note
    ]
    if same:  # in whatever language
        proposal = replace(proposal, note="")
    kept = [*(t for t in about if t.predicate not in _OF_A_PROPOSAL), *same, *notes[1:]]
    sheet.without(gone)
    slug = passage.value.removeprefix(prefixes["claim"]).rpartition("-")[0]
    parts = [*sheet.rewrite.remarks(first), *sheet.claim(passage, proposal, slug, kept)]
    sheet.rewrite.patch.replace(first, sheet.laid_out(parts).rstrip())
    return sheet.rewrite.patch.text()


def _holding(text: str, passages: Iterable[NamedNode], prefixes: Mapping[str, str]) -> Manuscript:
    sheet = Manuscript.of(text, prefixes)
    for passage in passages:
        if passage.value not in sheet.known:
            raise UsageError(f"there is no {compact(passage, sheet.rewrite.prefixes)} in this file")
    return sheet


def leaning(proposal: Proposal, keys: Mapping[NamedNode | None, NamedNode]) -> Proposal:
    """A proposal that leans on claims, by the IRIs that those proposed beside it have got."""
    leans_on, conflicts_with = (
        tuple(keys.get(claim, claim) for claim in claims)
        for claims in (proposal.leans_on, proposal.conflicts_with)
    )
    return replace(proposal, leans_on=leans_on, conflicts_with=conflicts_with)


def numbered(
    text: str, slug: str, proposals: Iterable[Proposal], prefixes: Mapping[str, str]
) -> tuple[NamedNode, ...]:
    """The IRIs that new claims and omissions get in a file: the next ones, after drafts as well."""
    last: dict[str, int] = {}
    names = []
    for proposal in proposals:
        kind = "omission" if proposal.reason else "claim"
        if kind not in last:
            # A file may have a prefix of its own for claims; comments are read as they stand.
            pattern = rf"(?:\b{kind}:|{re.escape(prefixes[kind])}){re.escape(slug)}-(\d+)"
            subjects = (str(s.subject) for s in outline(tokenize(text)).statements)
            found = re.findall(pattern, " ".join((text, *subjects)))
            last[kind] = max((int(number) for number in found), default=0)
        last[kind] += 1
        names.append(NamedNode(f"{prefixes[kind]}{slug}-{last[kind]:02d}"))
    return tuple(names)


def _own_contents(drawn: Outline, claims: Sequence[NamedNode]) -> set[NamedNode]:
    """The contents that only some claims carry, directly or within another."""
    named: dict[str | None, set[NamedNode]] = {}
    for statement in drawn.statements:
        if statement.predicate in {predicate.value for predicate in SAYING}:
            values = {drawn.term(value) for value in statement.values}
            nodes = {value for value in values if isinstance(value, NamedNode)}
            named.setdefault(statement.graph, set()).update(nodes)

    def reached(graphs: Iterable[str | None]) -> set[NamedNode]:
        todo, found = list(graphs), set[NamedNode]()
        for graph in todo:  # it grows by what each content carries
            new = named.get(graph, set()) - found
            found |= new
            todo += [content.value for content in new]
        return found

    mine = reached(claim.value for claim in claims)
    outside = named.keys() - {node.value for node in (*claims, *mine)}
    return mine - reached(outside)
