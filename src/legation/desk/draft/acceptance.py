"""Accepting and rejecting the proposals of a draft, each by its sentence and letter.

Invariant: of what is accepted only the ``#`` goes, and what the file says already beside a claim;
a rejected proposal is remembered in a comment, by which later drafts do not offer it again. The
file that is left is TriG, or nothing is written at all.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from legation.desk.draft.blocks import in_blocks
from legation.desk.draft.enrolment import enrolled
from legation.desk.draft.manuscript import Manuscript
from legation.desk.draft.pen import lodged, opened
from legation.desk.draft.proposal import entries_for
from legation.desk.draft.structure import Structure
from legation.desk.edit.graphfile import GraphFile, quads_of
from legation.errors import InputError, UsageError
from legation.graph.article import Article
from legation.graph.authored import Authored, read_passages
from legation.graph.record import SourceFile, triples_of
from legation.graph.workspace import Workspace
from legation.rdf import trig
from legation.rdf.layout import layout
from legation.rdf.vocabulary import LEG, RDF

_LABEL = re.compile(r"^##   proposal (\d+[a-z]+)\s*$")
# One "#" before a line of Turtle or its indent; "# note" is a comment of the author's own.
_PROPOSED = re.compile(r"^#(?=\r?$|[^#\s]| {4})")
_NEW = re.compile(r"^##     new: (.*\.)\s*$", re.MULTILINE)
_REJECTED = re.compile(r"^## rejected \S+ ([0-9a-f]{12}):", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A draft after some proposals were accepted or rejected; the others still wait in comments.

    ``entries`` are the things that the registry got with them.
    """

    path: Path
    text: str
    settled: tuple[str, ...]
    waiting: tuple[str, ...]
    entries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal of a draft: its lines in the file, from 0, and their text without the ``#``."""

    label: str
    lines: tuple[int, ...]
    text: str


def waiting(file: str) -> dict[str, Waiting]:
    """The open proposals of a draft, by sentence and letter (``3b``)."""
    lines: dict[str, list[int]] = {}
    label, block = "", None
    rows = [line for _, line in in_blocks(file)]
    for at, (number, line) in enumerate(in_blocks(file)):
        found = _LABEL.match(line)
        if found:
            label, block = found[1], number
            lines[label] = [at]
        elif number != block or not _PROPOSED.match(line):
            label = ""
        elif label:
            lines[label].append(at)
    return {
        label: Waiting(label, tuple(at), "\n".join(rows[n][1:].rstrip("\r") for n in at[1:]))
        for label, at in lines.items()
        if at[1:]
    }


def proposed(file: GraphFile, one: Waiting, article: Article | None = None) -> Authored:
    """What a proposal says: its claim or omission, and its contents; placed in an article's text.

    InputError, with its lines, where somebody made it no TriG.
    """
    try:
        parsed = trig.parse(f"{_declared(file.prefixes)}{one.text}\n".encode(), file.path)
    except InputError as error:
        hint = "put a second # before a comment of your own there"
        message = f"proposal {one.label} would not be TriG once accepted; {hint} ({error})"
        raise InputError(message, file.path, one.lines[0] + 1) from error
    return read_passages(SourceFile(file.path, "article", parsed.quads), article)


def accept(
    workspace: Workspace, slug: str, wanted: Iterable[str], *, write: bool = True
) -> Accepted:
    """Make claims of some proposals: ``3b``, or ``3`` for all of sentence 3.

    Raises UnknownName where there is no such article, UsageError where nothing of that name waits,
    or one leans on another that still does, InputError where the file would be no TriG then, and
    LegationError where it cannot be written; it is as it was.
    """
    file = opened(workspace, slug)
    open_ = waiting(file.text)
    taken = _chosen(slug, wanted, open_)
    _refuse_alone(file, taken, open_)
    after = file.text
    for label in taken:
        after = _with(after, waiting(after)[label], _declared(file.prefixes))
    trig.parse(after.encode("utf-8"), file.path)
    rest = tuple(label for label in open_ if label not in taken)
    if not write:
        return Accepted(file.path, after, taken, rest)
    new = newcomers(file, (proposed(file, open_[label]) for label in taken), workspace)
    entries = enrolled(workspace, new, anew=True)
    lodged(workspace, file, after, *entries)
    here = {q.subject for c in entries for q in quads_of(c.before or b"", c.path)}
    fresh = dict.fromkeys(t.subject for t in new if entries and t.subject not in here)
    short = tuple(trig.term(thing, workspace.prefixes) for thing in fresh)
    return Accepted(file.path, after, taken, rest, short)


def newcomers(
    file: GraphFile, made: Iterable[Authored], workspace: Workspace
) -> tuple[Triple, ...]:
    """What the registry must say of things that proposals name first."""
    told = list(made)
    used = {node for one in told for triple in one.triples for node in triple}
    used |= {claim.according_to for one in told for claim in one.claims}
    registered = workspace.ontology.marked(LEG.registered)
    return tuple(
        triple
        for triple in entries_for(used, remarked(file, workspace.prefixes))
        if triple.predicate != RDF.type or triple.object in registered
    )


def remarked(file: GraphFile, prefixes: Mapping[str, str]) -> list[Triple]:
    """What the remarks of a draft say of things that its proposals name first."""
    told = "\n".join(_NEW.findall(file.text))
    text = f"{_declared({**prefixes, **file.prefixes})}{told}"
    return list(dict.fromkeys(triples_of(trig.parse(text.encode(), file.path).quads)))


def reject(
    workspace: Workspace, slug: str, unwanted: Iterable[str], *, write: bool = True
) -> Accepted:
    """Take some proposals out of a draft for good; it raises what `accept` does."""
    file = opened(workspace, slug)
    open_ = waiting(file.text)
    gone = _chosen(slug, unwanted, open_)
    structure = Structure.of(workspace)
    memory = []
    for label in gone:
        made = proposed(file, open_[label])
        words = " ".join(open_[label].text.split())
        quote = next((omission.quote for omission in made.omissions), "")
        memory.append(f"## rejected {label} {structure.digest(made.triples, quote)}: {words}")
    lines = {at for label in gone for at in open_[label].lines}
    rows = [row for at, row in enumerate(file.text.split("\n")) if at not in lines]
    text = "\n".join(rows).rstrip()
    is_listed = _REJECTED.match(text.rpartition("\n")[2])
    after = "\n".join([text, *([] if is_listed else [""]), *memory, ""])
    if write:
        lodged(workspace, file, after)
    return Accepted(file.path, after, gone, tuple(label for label in open_ if label not in gone))


def rejected(file: str) -> frozenset[str]:
    """What was rejected in a draft, as digests of its structure."""
    return frozenset(_REJECTED.findall(file))


def _chosen(slug: str, wanted: Iterable[str], open_: Mapping[str, Waiting]) -> tuple[str, ...]:
    names = list(wanted)
    if missing := [n for n in names if not any(_is_of(label, n) for label in open_)]:
        have = ", ".join(open_) or "none"
        raise UsageError(f"{slug!r} has no open proposal {', '.join(missing)}; these wait: {have}")
    return tuple(label for label in open_ if any(_is_of(label, name) for name in names))


def _is_of(label: str, name: str) -> bool:
    """Whether a proposal is meant by its name, its sentence or a range of sentences."""
    sentence = int(re.sub("[a-z]", "", label))
    first, _, last = name.partition("-")
    is_within = first.isdigit() and int(first) <= sentence <= int(last or first)
    return label == name or is_within


def _refuse_alone(file: GraphFile, taken: Iterable[str], open_: Mapping[str, Waiting]) -> None:
    """Refuse to accept what leans on a proposal that still waits, or on a thing it brings."""
    here: set[object] = {quad.subject for quad in file.quads if quad.predicate == RDF.type}
    here |= {quad.graph_name for quad in file.quads}
    made = {label: proposed(file, one) for label, one in open_.items()}
    owners: dict[object, str] = {}
    for label, said in reversed(made.items()):
        owners |= {claim.iri: label for claim in said.claims}
        owners |= {content.iri: label for content in said.contents}
        owners |= {t.subject: label for t in said.triples if t.predicate == RDF.type}
    chosen = set(taken)
    brought = (t for label in chosen for t in made[label].triples if t.predicate == RDF.type)
    here |= {triple.subject for triple in brought}
    for label in sorted(chosen):
        leaned = [iri for claim in made[label].claims for iri in claim.leans_on]
        used = [node for t in made[label].triples for node in (t.subject, t.object)]
        for node in (*leaned, *used):
            owner = owners.get(node, label)
            if owner not in chosen and node not in here:
                message = f"{label} leans on {owner}: accept both, or reject {label}"
                raise UsageError(message)


def _declared(prefixes: Mapping[str, str]) -> str:
    return "".join(f"@prefix {name}: <{base}> . " for name, base in prefixes.items())


def _with(file: str, one: Waiting, declared: str) -> str:
    """A file with a proposal as a claim, but for what it says of other things already."""
    sheet = Manuscript.of(declared + one.text, {})
    known = sheet.known & Manuscript.of(file, {}).known
    for stretch in sheet.stretches(NamedNode(name) for name in known):
        sheet.rewrite.take_out(stretch)
    text = layout(sheet.rewrite.patch.text().removeprefix(declared)).strip("\n")
    rows, first, after = file.split("\n"), one.lines[0], one.lines[-1] + 1
    end = "\r" if rows[first].endswith("\r") else ""
    beside = (rows[first - 1 : first], rows[after : after + 1])
    above, below = ([""] * any(r.strip() and r[0] != "#" for r in each) for each in beside)
    rows[first:after] = [f"{line}{end}" for line in (*above, *text.split("\n"), *below)]
    return "\n".join(rows)


def proposal_names(words: str) -> tuple[str, ...]:
    """Read names of proposals as a person lists them; UsageError where it is no such list.

    >>> proposal_names("1, 3b,7-9")
    ('1', '3b', '7-9')
    """
    names = tuple(dict.fromkeys(part.strip() for part in words.split(",")))
    for name in names:
        found = re.fullmatch(r"(\d{1,5})(?:-(\d{1,5})|[a-z]{1,3})?", name, re.ASCII)
        if found is None or int(found[1]) > int(found[2] or found[1]):
            raise UsageError(f"{words!r}: give sentences or their proposals, such as 1,3b,7-9")
    return names


def listed_numbers(numbers: Iterable[int]) -> str:
    """Write sorted numbers as a person lists them; ``none`` when there are none.

    >>> listed_numbers([1, 3, 7, 8, 9])
    '1, 3, 7-9'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(r[0]) if len(r) == 1 else f"{r[0]}-{r[-1]}" for r in runs) or "none"
