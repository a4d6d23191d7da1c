"""A draft as text: a block of comments for each open sentence, at the end of the article file.

Invariant: findings and the empty claim to fill in begin with ``##`` and proposals with one ``#``;
taking one ``#`` away from all lines of a proposal makes it a claim and leaves a valid file.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from pyoxigraph import Literal, NamedNode, Triple

from legation.desk.archive.intake import slugged
from legation.desk.draft.entries import HEAD, entries
from legation.desk.draft.names import Mention
from legation.desk.draft.proposal import Offer
from legation.desk.draft.reading import Reading, Sentence
from legation.rdf.trig import quoted, term
from legation.rdf.vocabulary import PROV, RDF, RDFS, compact
from legation.text.spans import occurrences

_NEEDED = (
    "anon article body claim content dcterms edtf event instrument leg office omission person "
    "place plan prov rdfs report skos state statement tenure"
).split()
BEGIN = re.compile(r"^## --- (\d+)\. .*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Offered:
    """What a block has beside what was found in its sentence: proposals and remarks."""

    offers: tuple[Offer, ...] = ()
    remarks: tuple[str, ...] = ()


def with_blocks(
    file: str, reading: Reading, offered: Mapping[int, Offered], prefixes: Mapping[str, str]
) -> tuple[str, tuple[int, ...]]:
    """The file with a block for each open sentence that had none, and the numbers of these.

    A block with all unknown names comes first. Nothing else of the file is touched but for
    prefixes that are added and blank lines at its end.
    """
    wanted = undrafted(file, reading)
    if not wanted:
        return file, ()
    writer = _Writer(reading, prefixes, last_number(file, reading.article.slug))
    blocks = [writer.block(s, offered.get(s.number, Offered())) for s in wanted]
    if HEAD not in file and (names := entries(reading, prefixes)):
        blocks.insert(0, names)
    text = with_prefixes(file, prefixes).rstrip()
    return "\n".join([f"{text}\n", *blocks]), tuple(sentence.number for sentence in wanted)


def undrafted(file: str, reading: Reading) -> tuple[Sentence, ...]:
    """The open sentences that have no block in a file."""
    has_block = {int(found.group(1)) for found in BEGIN.finditer(file)}
    return tuple(sentence for sentence in reading.open if sentence.number not in has_block)


def without_blocks(file: str) -> str:
    """The file without the blocks that are comments only; those with a line of Turtle stay."""
    kept: list[str] = []
    was_dropped = False
    for number, group in groupby(numbered(file), key=lambda pair: pair[0]):
        lines = [line for _, line in group]
        if number is not None and all(line.startswith("#") for line in lines):
            was_dropped = True
            continue
        is_gap = was_dropped and number is None  # the blank line behind a block goes with it
        kept += lines[1:] if is_gap else lines
        was_dropped = False
    return "\n".join([*kept, ""] if kept and kept[-1] else kept)


def numbered(file: str) -> Iterator[tuple[int | None, str]]:
    """Each line with the number of its block, which ends at its first blank line."""
    number = None
    for line in file.split("\n"):
        begin = BEGIN.match(line)
        number = int(begin[1]) if begin else number if line.strip() else None
        yield number, line


def last_number(file: str, slug: str) -> int:
    """The highest number that a claim of an article has in its file, drafts included."""
    return max((int(n) for n in re.findall(rf"claim:{re.escape(slug)}-(\d+)", file)), default=0)


class _Writer:
    """Writes the blocks of one article, with new numbers for its claims."""

    def __init__(self, reading: Reading, prefixes: Mapping[str, str], last: int) -> None:
        self.reading = reading
        self.prefixes = prefixes
        self.last = last

    def block(self, sentence: Sentence, offered: Offered) -> str:
        span = sentence.span
        head = f"## --- {sentence.number}. {_line(sentence.text)} [{span.start}-{span.end}]"
        remarks = [*self._findings(sentence), *offered.remarks]
        lines = [head, *(f"##     {_line(remark)}" for remark in remarks)]
        slug = self.reading.article.slug
        for author in dict.fromkeys(offer.author for offer in offered.offers):
            lines += [f"#{line}" for line in described(author, slug, self.prefixes)]
        for offer in offered.offers:
            claim = written(offer, self._next(), self.reading.text, self.prefixes)
            lines += [f"#{line}" for line in claim]
        if not offered.offers:
            lines += [f"## {line}" for line in self._empty(sentence)]
        return "\n".join(lines) + "\n"

    def _next(self) -> str:
        self.last += 1
        return f"{self.reading.article.slug}-{self.last:02d}"

    def _findings(self, sentence: Sentence) -> Iterator[str]:
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

    def _known(self, mention: Mention) -> str:
        note = f" ({mention.note})" if mention.note else ""
        iri = "" if mention.iri is None else self._short(mention.iri)
        return f"{mention.text} = {iri}{note}"

    def _short(self, node: NamedNode) -> str:
        return compact(node, dict(self.prefixes))

    def _empty(self, sentence: Sentence) -> Iterator[str]:
        """A claim that lacks nothing but its triples."""
        name = self._next()
        yield f"claim:{name} leg:quote {quoted(sentence.text)} ."
        yield f"claim:{name} {{"
        yield "}"


def described(author: str, slug: str, prefixes: Mapping[str, str]) -> list[str]:
    """The lines that say of the activity behind an author's offers what it was."""
    activity = _activity(author, slug)
    label = Literal(f"suggestions by {author}", language="en")
    triples = (Triple(activity, RDF.type, PROV.Activity), Triple(activity, RDFS.label, label))
    return list(_subjects(triples, "", prefixes))


def _activity(author: str, slug: str) -> NamedNode:
    return NamedNode(f"urn:legation:activity:{slug}-suggested-by-{slugged(author)}")


def written(offer: Offer, name: str, text: str, prefixes: Mapping[str, str]) -> list[str]:
    """An offer as the lines of a claim, ``name`` being the article's slug with a number.

    What follows from the claim is left out: the check found its modality to be that which follows.
    """
    proposal, span = offer.proposal, offer.span
    slug = name.rpartition("-")[0]
    declared = {prefix: prefixes[prefix] for prefix in _NEEDED}  # others are written as IRIs
    rows = []
    if len(occurrences(text, proposal.quote)) > 1:
        rows.append(f"leg:charStart {span.start}")
    rows.append(f"prov:wasGeneratedBy {term(_activity(offer.author, slug), declared)}")
    if proposal.basis:
        rows.append(f"leg:basis leg:{proposal.basis}")
    if proposal.note:
        rows.append(f"skos:editorialNote {quoted(proposal.note)}@en")
    return [
        *_statement(f"claim:{name} leg:quote {quoted(proposal.quote)}", rows),
        f"claim:{name} {{",
        *_subjects(proposal.triples, "    ", declared),
        "}",
    ]


def _subjects(triples: Sequence[Triple], indent: str, prefixes: Mapping[str, str]) -> Iterator[str]:
    for subject in dict.fromkeys(t.subject for t in triples):
        first, *rest = _rows([t for t in triples if t.subject == subject], prefixes)
        for line in _statement(f"{term(subject, prefixes)} {first}", rest):
            yield indent + line


def _rows(triples: Sequence[Triple], prefixes: Mapping[str, str]) -> list[str]:
    rows = []
    for predicate in dict.fromkeys(t.predicate for t in triples):
        name = "a" if predicate == RDF.type else term(predicate, prefixes)
        same = [t.object for t in triples if t.predicate == predicate]
        rows.append(f"{name} " + ", ".join(term(value, prefixes) for value in same))
    return rows


def _statement(head: str, rows: Iterable[str]) -> Iterator[str]:
    lines = [head, *(f"    {row}" for row in rows)]
    for line in lines[:-1]:
        yield f"{line} ;"
    yield f"{lines[-1]} ."


def _line(text: str) -> str:
    return " ".join(text.split())


def with_prefixes(file: str, prefixes: Mapping[str, str]) -> str:
    """The file with the prefixes that claims may use, declared behind those that are there."""
    declared = set(re.findall(r"^\s*@?prefix\s+(\w+):", file, re.MULTILINE | re.IGNORECASE))
    missing = "".join(f"@prefix {p}: <{prefixes[p]}> .\n" for p in _NEEDED if p not in declared)
    found = list(re.finditer(r"^\s*@?prefix\s+\w*:.*\n", file, re.MULTILINE | re.IGNORECASE))
    at = found[-1].end() if found else 0
    return file[:at] + missing + file[at:]
