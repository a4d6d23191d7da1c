"""A draft as text: a block of comments for each open sentence, at the end of the article file.

Invariant: findings and the empty claim to fill in begin with ``##`` and proposals with one ``#``;
taking one ``#`` away from all lines of a proposal makes it a claim and leaves a valid file.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from pyoxigraph import NamedNode

from legation.desk.draft.entries import HEAD, entries
from legation.desk.draft.manuscript import Manuscript, activity_of
from legation.desk.draft.names import Mention
from legation.desk.draft.pen import leaning, numbered
from legation.desk.draft.proposal import Offered, Proposal
from legation.desk.draft.reading import Reading, Sentence
from legation.rdf.trig import quoted
from legation.rdf.vocabulary import compact

_NEEDED = (
    "anon article body claim content dcterms edtf event instrument leg office omission person "
    "place plan prov rdfs report skos state statement tenure"
).split()
BEGIN = re.compile(r"^## --- (\d+)\. .*$", re.MULTILINE)


def with_blocks(
    file: str, reading: Reading, offered: Offered, prefixes: Mapping[str, str]
) -> tuple[str, tuple[int, ...]]:
    """The file with a block for each open sentence that had none, and the numbers of these.

    A block with all unknown names comes first. Nothing else of the file is touched but for
    prefixes that are added and blank lines at its end.
    """
    wanted = undrafted(file, reading)
    if not wanted:
        return file, ()
    sheet = Manuscript.of(with_prefixes(file, prefixes), prefixes)
    writer = _Writer(reading, sheet, offered, file)
    blocks = [writer.block(sentence, wanted) for sentence in wanted]
    if HEAD not in file and (names := entries(reading, prefixes)):
        blocks.insert(0, names)
    text = sheet.rewrite.patch.text().rstrip()
    return "\n".join([f"{text}\n", *blocks]), tuple(sentence.number for sentence in wanted)


def undrafted(file: str, reading: Reading) -> tuple[Sentence, ...]:
    """The open sentences that have no block in a file."""
    has_block = {int(found.group(1)) for found in BEGIN.finditer(file)}
    return tuple(sentence for sentence in reading.open if sentence.number not in has_block)


def without_blocks(file: str) -> str:
    """The file without the blocks that are comments only; those with a line of Turtle stay."""
    kept: list[str] = []
    was_dropped = False
    for number, group in groupby(in_blocks(file), key=lambda pair: pair[0]):
        lines = [line for _, line in group]
        if number is not None and all(line.startswith("#") for line in lines):
            was_dropped = True
            continue
        is_gap = was_dropped and number is None  # the blank line behind a block goes with it
        kept += lines[1:] if is_gap else lines
        was_dropped = False
    return "\n".join([*kept, ""] if kept and kept[-1] else kept)


def in_blocks(file: str) -> Iterator[tuple[int | None, str]]:
    """Each line with the number of its block, which ends at its first blank line."""
    number = None
    for line in file.split("\n"):
        begin = BEGIN.match(line)
        number = int(begin[1]) if begin else number if line.strip() else None
        yield number, line


class _Writer:
    """Writes the blocks of one article, with new numbers for its claims."""

    def __init__(self, reading: Reading, sheet: Manuscript, offered: Offered, file: str) -> None:
        self.reading = reading
        self.sheet = sheet
        self.offered = offered
        slug, prefixes = reading.article.slug, sheet.rewrite.prefixes
        empty = [Proposal("", ()) for _ in reading.sentences]
        given = [offer.proposal for offer in offered.offers]
        names = numbered(file, slug, [*given, *empty], prefixes)
        self.names = dict(zip(given, names, strict=False))
        self.free = iter(names[len(given) :])

    def block(self, sentence: Sentence, wanted: Sequence[Sentence]) -> str:
        span = sentence.span
        head = f"## --- {sentence.number}. {_line(sentence.text)} [{span.start}-{span.end}]"
        lines = [head, *(f"##     {_line(remark)}" for remark in self._remarks(sentence, wanted))]
        here = [o for o in self.offered.offers if _home(o.span.start, wanted) == sentence]
        for number, offer in enumerate(here):
            lines.append(f"##   proposal {sentence.number}{lettered(number)}")
            lines += [f"#{line}" for line in self._proposed(offer.proposal)]
        if not here:
            lines += [f"## {line}" for line in self._empty(sentence)]
        return "\n".join(lines) + "\n"

    def _proposed(self, proposal: Proposal) -> list[str]:
        """The lines of a proposal with all that it needs, so that it can be accepted alone."""
        slug = self.reading.article.slug
        keys = {p.key: name for p, name in self.names.items()}
        needed = [activity_of(proposal.author, slug), *(name for name, _ in proposal.contents)]
        self.sheet.without(needed)
        name = self.names[proposal]
        parts = self.sheet.claim(name, leaning(proposal, keys), slug)
        # A blank line would end the block.
        return [line for line in self.sheet.laid_out(parts).splitlines() if line]

    def _remarks(self, sentence: Sentence, wanted: Sequence[Sentence]) -> Iterator[str]:
        yield from self._findings(sentence)
        used = {
            node
            for offer in self.offered.offers
            if _home(offer.span.start, wanted) == sentence
            for node in offer.proposal.needs
        }
        names = [t for t in self.offered.names if t.subject in used]
        yield from (f"new: {line}" for line in self.sheet.subjects(names))
        for refused in self.offered.refused:
            if _home(refused.at, wanted) == sentence:
                yield (
                    f"turned down, of {refused.author}: {refused.why}: "
                    f"{quoted(refused.quote)} {{ {refused.says} }}"
                )

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
        return compact(node, self.sheet.rewrite.prefixes)

    def _empty(self, sentence: Sentence) -> Iterator[str]:
        """A claim that lacks nothing but its triples."""
        name = self._short(next(self.free))
        yield f"{name} leg:quote {quoted(sentence.text)} ."
        yield f"{name} {{"
        yield "}"


def _home(at: int, wanted: Sequence[Sentence]) -> Sentence:
    """The sentence to whose block something at an offset belongs: the one there, else the next."""
    return next((s for s in wanted if at < s.span.end), wanted[-1])


def lettered(number: int) -> str:
    """The letters of a proposal of a sentence, counted from 0.

    >>> lettered(0), lettered(27)
    ('a', 'bb')
    """
    return chr(97 + number % 26) * (1 + number // 26)


def _line(text: str) -> str:
    return " ".join(text.split())


def with_prefixes(file: str, prefixes: Mapping[str, str]) -> str:
    """The file with the prefixes that claims may use, declared behind those that are there."""
    declared = set(re.findall(r"^\s*@?prefix\s+(\w+):", file, re.MULTILINE | re.IGNORECASE))
    missing = "".join(f"@prefix {p}: <{prefixes[p]}> .\n" for p in _NEEDED if p not in declared)
    found = list(re.finditer(r"^\s*@?prefix\s+\w*:.*\n", file, re.MULTILINE | re.IGNORECASE))
    at = found[-1].end() if found else 0
    return file[:at] + missing + file[at:]
