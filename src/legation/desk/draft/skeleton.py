"""A draft as text: a block of comments for each open sentence, at the end of the article file.

Invariant: remarks begin with ``##`` and proposals with one ``#``; taking one ``#`` away from a
line of a proposal makes it Turtle, and taking it away from all of them leaves a valid file.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, Triple

from legation.desk.draft.mention import Mention
from legation.desk.draft.proposal import Proposal, Suggested
from legation.desk.draft.reading import Reading, Sentence
from legation.desk.draft.unknown import unknown
from legation.rdf.trig import quoted, term
from legation.rdf.vocabulary import RDF, compact

_NEEDED = (
    "anon article body claim dcterms edtf event instrument leg office omission person place plan "
    "prov rdfs report skos state statement tenure"
).split()
BEGIN = re.compile(r"^## --- (\d+)\. .*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Skeleton:
    """An article file with drafts in it.

    Attributes:
        text: The file's new text.
        drafted: The numbers of the sentences that got a block.
    """

    text: str
    drafted: tuple[int, ...]


def skeleton(
    file: str,
    reading: Reading,
    suggested: Mapping[int, Suggested],
    prefixes: dict[str, str],
) -> Skeleton:
    """Add a block for each open sentence that has none, behind one for all unknown names.

    Args:
        file: The article file as it is.
        reading: The article.
        suggested: What is proposed, by the sentence's number.
        prefixes: The workspace's prefixes.

    Returns:
        The file with the blocks at its end; nothing else of it is touched but for the prefixes
        that are added.
    """
    has_block = {int(found.group(1)) for found in BEGIN.finditer(file)}
    numbers = _Numbers(file, reading.article.slug)
    writer = _Writer(reading, prefixes, numbers)
    blocks = [
        writer.block(sentence, suggested.get(sentence.number, Suggested()))
        for sentence in reading.open
        if sentence.number not in has_block
    ]
    drafted = tuple(s.number for s in reading.open if s.number not in has_block)
    if not blocks:
        return Skeleton(file, ())
    if 0 not in has_block and (names := unknown(reading, prefixes)):
        blocks.insert(0, names)
    text = _with_prefixes(file, prefixes)
    gap = "" if text.endswith("\n\n") else "\n" if text.endswith("\n") else "\n\n"
    return Skeleton(text + gap + "\n".join(blocks), drafted)


def without_blocks(file: str) -> str:
    """Take away the blocks of which nothing was accepted.

    Args:
        file: The article file.

    Returns:
        The file without blocks that are comments only; blocks with a line of Turtle stay.
    """
    was_dropped = False
    kept: list[str] = []
    block: list[str] = []
    for line in [*file.split("\n"), "## --- 0. end"]:
        if BEGIN.match(line):
            was_dropped = bool(block) and not any(_is_turtle(text) for text in block)
            kept += [] if was_dropped else block
            block = [line]
        elif block:
            block.append(line)
        else:
            kept.append(line)
    return "\n".join([*kept, ""] if was_dropped else kept)


def _is_turtle(line: str) -> bool:
    return bool(line) and not line.startswith("#")


class _Numbers:
    """Numbers for new claims and omissions, beyond all that the file has, drafts included."""

    def __init__(self, file: str, slug: str) -> None:
        self._next = {
            kind: max(
                (int(n) for n in re.findall(rf"{kind}:{re.escape(slug)}-(\d+)", file)), default=0
            )
            for kind in ("claim", "omission")
        }

    def take(self, kind: str) -> int:
        self._next[kind] += 1
        return self._next[kind]


class _Writer:
    """Writes the blocks of one article."""

    def __init__(self, reading: Reading, prefixes: dict[str, str], numbers: _Numbers) -> None:
        self.reading = reading
        self.prefixes = prefixes
        self.numbers = numbers

    def block(self, sentence: Sentence, suggested: Suggested) -> str:
        span = sentence.span
        head = f"## --- {sentence.number}. {_line(sentence.text)} [{span.start}-{span.end}]"
        remarks = [*self._remarks(sentence), *suggested.remarks]
        lines = [head, *(f"##     {_line(remark)}" for remark in remarks)]
        for proposal in suggested.proposals:
            lines += [f"#{line}" if line else "#" for line in self._proposal(proposal)]
        return "\n".join(lines) + "\n"

    def _remarks(self, sentence: Sentence) -> Iterator[str]:
        known = [m for m in sentence.mentions if m.iri is not None]
        if known:
            yield "names: " + "; ".join(self._known(m) for m in known)
        for mention in sentence.mentions:
            if mention.iri is None:
                listed = ", ".join(self._short(g.iri) for g in mention.candidates[:5])
                hint = f" → {listed}" if listed else ""
                yield f"unsure: {mention.text} ({mention.kind}): {mention.note}{hint}"
        for found in sentence.dates:
            yield f"date: {found.text} → {found.edtf or 'open'} ({found.reasoning})"
        for said in sentence.attributions:
            source = "source not named here" if said.source is None else f"by {said.source.text}"
            yield f"attribution: {said.text} ({said.kind}; {source})"
        if sentence.triggers:
            listed = "; ".join(f"{_line(t.text)} → leg:{t.kind}" for t in sentence.triggers)
            yield f"words: {listed}"

    def _known(self, mention: Mention) -> str:
        note = f" ({mention.note})" if mention.note else ""
        iri = "" if mention.iri is None else self._short(mention.iri)
        return f"{mention.text} = {iri}{note}"

    def _short(self, node: NamedNode) -> str:
        return compact(node, self.prefixes)

    def _proposal(self, proposal: Proposal) -> Iterator[str]:
        kind = "omission" if proposal.reason else "claim"
        slug = self.reading.article.slug
        name = f"{kind}:{slug}-{self.numbers.take(kind):02d}"
        rows = [
            f"prov:wasQuotedFrom article:{slug}",
            f"leg:quote {quoted(proposal.span.of(self.reading.text))}",
            f"leg:charStart {proposal.span.start}",
            f"leg:charEnd {proposal.span.end}",
        ]
        if proposal.reason:
            rows.append(f"leg:reason leg:{proposal.reason}")
            yield from _statement(f"{name} a leg:Omission", rows)
            return
        rows.append(f"leg:modality leg:{proposal.modality}")
        if proposal.according_to is not None:
            rows.append(f"leg:accordingTo {self._short(proposal.according_to)}")
        if proposal.activity is not None:
            rows.append(f"prov:wasGeneratedBy {term(proposal.activity, self.prefixes)}")
        if proposal.note:
            rows.append(f"skos:editorialNote {quoted(proposal.note)}@en")
        yield from self._subjects(proposal.beside, "")
        yield from _statement(f"{name} a leg:Claim", rows)
        yield f"{name} {{"
        yield from self._subjects(proposal.triples, "    ")
        yield "}"

    def _subjects(self, triples: Sequence[Triple], indent: str) -> Iterator[str]:
        for subject in dict.fromkeys(t.subject for t in triples):
            rows = self._rows([t for t in triples if t.subject == subject])
            first, *rest = rows
            for line in _statement(f"{term(subject, self.prefixes)} {first}", rest):
                yield indent + line

    def _rows(self, triples: Sequence[Triple]) -> list[str]:
        rows = []
        for predicate in dict.fromkeys(t.predicate for t in triples):
            name = "a" if predicate == RDF.type else term(predicate, self.prefixes)
            same = [t.object for t in triples if t.predicate == predicate]
            rows.append(f"{name} " + ", ".join(term(value, self.prefixes) for value in same))
        return rows


def _statement(head: str, rows: Iterable[str]) -> Iterator[str]:
    lines = [head, *(f"    {row}" for row in rows)]
    for line in lines[:-1]:
        yield f"{line} ;"
    yield f"{lines[-1]} ."


def _line(text: str) -> str:
    return " ".join(text.split())


def _with_prefixes(file: str, prefixes: dict[str, str]) -> str:
    """Declare what accepted lines may use, behind the prefixes that are there."""
    declared = set(re.findall(r"^\s*@?prefix\s+(\w+):", file, re.MULTILINE | re.IGNORECASE))
    missing = "".join(f"@prefix {p}: <{prefixes[p]}> .\n" for p in _NEEDED if p not in declared)
    found = list(re.finditer(r"^\s*@?prefix\s+\w*:.*\n", file, re.MULTILINE | re.IGNORECASE))
    at = found[-1].end() if found else 0
    return file[:at] + missing + file[at:]
