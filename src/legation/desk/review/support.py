"""Which words of a quote bear which part of a claim, and what the claim asserts without any.

Invariant: what is marked as borne stands in the quote, letter by letter, by a name the registry
knows. A person judges whether it is meant there.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise

from pyoxigraph import Literal, NamedNode, Triple

from legation.checks.case import Case
from legation.checks.mentions import places, quotes
from legation.graph.claim import Claim, carried
from legation.rdf.vocabulary import EDTF, LEG, XSD
from legation.text.dateline import MONTHS
from legation.text.numbers import numbers_in
from legation.text.spans import Span, occurrences

_FROM_ELSEWHERE = ("computed", "supplied")
_DATE = re.compile(r"(\d{4}|XXXX)(?:-(\d\d))?(?:-(\d\d))?")


@dataclass(frozen=True, slots=True)
class Fragment:
    """Some words; their kind is ``""``, ``borne``, ``ins`` or ``del``, the hint what they bear."""

    words: str
    kind: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Support:
    """Where a quote names what a claim speaks of, and what to say of the rest."""

    marks: tuple[tuple[Span, str], ...] = ()
    lacking: Mapping[object, str] = field(default_factory=dict)


def support(case: Case, claim: Claim) -> Support:
    """Hold each thing and value of a claim against its quote and the quotes it leans on."""
    marks: defaultdict[Span, set[str]] = defaultdict(set)
    lacking: dict[object, str] = {}
    for node, triple in _spoken((*claim.triples, *claim.said)):
        here = _found(case, node, triple, claim.quote)
        if here is None:
            continue
        for span in here.spans:
            marks[span].add(case.names.label(node) if isinstance(node, NamedNode) else node.value)
        if not here.is_whole:
            lacking[node] = _instead(case, claim, node, triple)
    return Support(tuple((s, ", ".join(sorted(marks[s]))) for s in sorted(marks)), lacking)


def _instead(case: Case, claim: Claim, node: NamedNode | Literal, triple: Triple) -> str:
    """Where else a thing or value comes from that a quote has not."""
    record, article = case.record, case.article_of(claim)
    is_title = triple.predicate == LEG.attested and isinstance(node, Literal)
    if is_title and article is not None and node.value == article.published:
        return "the day of the article"  # on which a passing title is used
    told = carried(claim.triples, record.contents_by_iri)
    carriers = [record.carriers.get(content.iri, ()) for content in told]
    elsewhere = {
        "in what it leans on": quotes(case, claim)[1:],
        "in another quote of it": [other.quote for found in carriers for other in found],
    }
    for where, words in elsewhere.items():
        there = _found(case, node, triple, " | ".join(words))
        if there is not None and there.is_whole:
            return where
    return claim.basis if claim.basis in _FROM_ELSEWHERE else "not in these words"


def _spoken(triples: Iterable[Triple]) -> Iterator[tuple[NamedNode | Literal, Triple]]:
    seen: set[object] = set()
    for triple in triples:
        for node in (triple.subject, triple.object):
            if node not in seen and isinstance(node, NamedNode | Literal):
                seen.add(node)
                yield node, triple


@dataclass(frozen=True, slots=True)
class _Found:
    """Where some words have a thing or value, and whether they have all of it."""

    spans: Sequence[Span]
    is_whole: bool


def _found(case: Case, node: NamedNode | Literal, triple: Triple, words: str) -> _Found | None:
    """What some words have of a thing or value; None of what no words are asked to have."""
    if isinstance(node, NamedNode):
        kinds = case.types.get(node, frozenset())
        if node.value.startswith(case.workspace.prefixes["anon"]) or kinds.isdisjoint(
            case.ontology.marked(LEG.registered)
        ):
            return None
        spans = places(case, node, words)
        # A text calls an office by its holder's title, in whatever words.
        return _Found(spans, bool(spans)) if spans or LEG.Office not in kinds else None
    if node.datatype == EDTF:
        parts = list(_days(node.value, words))
        return _Found([span for part in parts for span in part], all(parts))
    if triple.predicate in case.ontology.verbatim:
        spans = [Span(at, at + len(node.value)) for at in occurrences(words, node.value)]
        # Who is named in somebody's words is marked, not the words: they are most of the quote.
        return _Found([] if triple.predicate == LEG.text else spans, bool(spans))
    if node.datatype == XSD.integer and node.value.isdigit():
        return _Found((), int(node.value) in numbers_in(words))
    return None


def _days(value: str, words: str) -> Iterator[list[Span]]:
    """Where the years, months and days that an EDTF date names stand, one list for each.

    >>> list(map(len, _days("2014-10-09", "on October 9")))
    [0, 1, 1]
    """
    for year, month, day in _DATE.findall(value):
        if year != "XXXX":
            yield _standing(year, words)
        if month and 1 <= int(month) <= 12:
            names = "|".join(name for name, number in MONTHS.items() if number == int(month))
            yield _standing(rf"(?i:{names})\b\.?", words)
        if day:
            yield _standing(rf"0?{int(day)}(?:st|nd|rd|th)?", words)


def _standing(pattern: str, words: str) -> list[Span]:
    return [Span(*found.span()) for found in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", words)]


def pieces(quote: str, supports: Collection[Support]) -> tuple[Fragment, ...]:
    """A quote cut where its words begin or cease to bear something of a claim.

    >>> pieces("Kim left.", [Support(((Span(0, 3), "Kim Jong Un"),))])[0]
    Fragment(words='Kim', kind='borne', hint='Kim Jong Un')
    """
    marks = [mark for support in supports for mark in support.marks]
    ends = {end for span, _ in marks for end in (span.start, span.end)}
    cuts = sorted({0, len(quote), *ends})
    return tuple(
        Fragment(quote[start:end], "borne" if hint else "", hint)
        for start, end in pairwise(cuts)
        for hint in [", ".join(dict.fromkeys(h for s, h in marks if s.overlaps(Span(start, end))))]
    )


def wrong(quote: str, text: str) -> tuple[Fragment, ...]:
    """A quote against the words it should have been: those it has and lacks, word by word.

    What the text has before and after is no part of it, but for what was misspelt there.

    >>> [(p.kind, p.words) for p in wrong("He met Kim", "Then He saw Kim.")]
    [('', 'He '), ('del', 'met'), ('ins', 'saw'), ('', ' Kim')]
    """
    ours, theirs = (re.findall(r"\w+|\W", words) for words in (quote, text))
    found: list[Fragment] = []
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for kind, at, end, other, ending in matcher.get_opcodes():
        if kind == "equal":
            found.append(Fragment("".join(ours[at:end])))
            continue
        changed = (("del", ours[at:end]), ("ins", theirs[other:ending]))
        found += [Fragment("".join(words), name) for name, words in changed if words]
    while found and found[0].kind == "ins":
        found.pop(0)
    if len(found) > 1 and found[-1].kind == "ins" and found[-2].kind == "":
        found.pop()
    return tuple(found)
