"""Does a quote name what its triples speak about?

Invariant: a thing of the registry that a claim speaks of is named, by label, alias or name as
written, in the claim's quote or in the quote of a claim it leans on; a year likewise. Where
neither is so, the annotator explains it in place with a ``skos:editorialNote`` on the claim.
A note explains what it speaks of and nothing else: a thing that it does not so much as hint
at stays a warning.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Triple

from legation.checks.case import Case
from legation.checks.finding import Finding, Rule
from legation.graph.claim import Claim
from legation.rdf.vocabulary import EDTF, LEG
from legation.text.spans import Span, alike

NOT_NAMED = Rule(
    "not-named-in-quote",
    "warning",
    "A quote, or a passage it leans on, names what its triples speak about.",
)
YEAR_UNSEEN = Rule(
    "year-not-in-quote", "warning", "The year of a date stands in the quote or in what it leans on."
)

_SHORT = 4
_DOTS = str.maketrans("ıİ", "ii")


def check(case: Case) -> Iterator[Finding]:
    """Look for things and years that neither the quote nor its support names."""
    for claim in case.claims:
        if claim.basis == "supplied" or not claim.quote:
            continue
        words = alike(" | ".join(quotes(case, claim)))
        strangers = [t for t in spoken_of(case, claim) if not places(case, t, words)]
        if claim.note:
            strangers = [t for t in strangers if not _explained(case, claim, t)]
        if strangers:
            listed = ", ".join(case.written_names.label(thing) for thing in strangers)
            where = "neither quote nor note names" if claim.note else "the quote does not name"
            message = (
                f"{where} {listed}: link the claim that does with leg:leansOn, "
                "or explain in a skos:editorialNote"
            )
            place = case.places.of_claim(claim, LEG.quote)
            yield case.finding(NOT_NAMED, place, message, about=claim)
        if not claim.note:
            yield from _years(case, claim, words)


def quotes(case: Case, claim: Claim) -> list[str]:
    """The quotes that support a claim."""
    found: list[str] = []
    seen = {claim.iri}
    todo = [claim]
    while todo:
        current = todo.pop(0)
        found.append(current.quote)
        for other in current.leans_on:
            if other not in seen and other in case.record.claims_by_iri:
                seen.add(other)
                todo.append(case.record.claims_by_iri[other])
    return found


def spoken_of(case: Case, claim: Claim) -> list[NamedNode]:
    """The named things in a claim's triples, sorted."""
    unnamed = case.workspace.prefixes["anon"]
    nodes = {
        node
        for triple in _said(case, claim)
        for node in (triple.subject, triple.object)
        if isinstance(node, NamedNode) and not node.value.startswith(unnamed)
    }
    # A text calls an office by the holder's title, in whatever words.
    kinds = case.ontology.marked(LEG.registered) - case.ontology.subclasses(LEG.Office)
    return sorted((n for n in nodes if kinds & case.types.get(n, frozenset())), key=str)


def _said(case: Case, claim: Claim) -> Iterator[Triple]:
    """A claim's triples, and those of each content that it is the first to carry."""
    yield from claim.triples
    for content in case.record.first_told.get(claim.iri, ()):
        yield from content.triples


def places(case: Case, thing: NamedNode, words: str) -> list[Span]:
    """Where the names of a thing stand in some words, the longest where several begin."""
    found: dict[int, int] = {}
    plain = alike(words)
    for name in case.spellings.get(thing, ()):
        for place in _mentions(alike(name), plain):
            found[place.start] = max(place.end, found.get(place.start, 0))
    kept: list[Span] = []
    for start in sorted(found):  # "Lund" in "Ada Lund" is no second mention
        if not kept or found[start] > kept[-1].end:
            kept.append(Span(start, found[start]))
    return kept


def _mentions(name: str, words: str) -> Iterator[Span]:
    """Where a name begins a word; short names ("US") must be the very word."""
    if not name:
        return
    is_short = len(name) <= _SHORT
    wanted, text = (name, words) if is_short else (_small(name), _small(words))
    at = text.find(wanted)
    if at >= 0 and len(text) + len(wanted) > len(words) + len(name):  # some letters became two
        for found in re.finditer(rf"(?<!\w){re.escape(name)}", words, re.IGNORECASE):
            yield Span(*found.span())
        return
    while at >= 0:  # to compile a pattern for each name takes far longer
        end = at + len(wanted)
        if not _is_word(words[at - 1 : at]) and not (is_short and _is_word(words[end : end + 1])):
            yield Span(at, end)
            at = text.find(wanted, end)
        else:
            at = text.find(wanted, at + 1)


def _is_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


@lru_cache(maxsize=4096)
def _small(text: str) -> str:
    """A text with its letters so alike as a pattern without regard to case holds them to be."""
    return text.translate(_DOTS).casefold()


def _explained(case: Case, claim: Claim, thing: NamedNode) -> bool:
    """Whether a note has a thing in view: by name, by a word of its name, or as the own voice.

    The words that every body of a state shares ("of Russia") tell no ministry from another.
    """
    article = case.article_of(claim)
    if places(case, thing, claim.note) or (article is not None and article.publisher == thing):
        return True
    polities = (t for t, kinds in case.types.items() if LEG.Polity in kinds)
    states = {stem for polity in polities for stem in stems(case.spellings.get(polity, ()))}
    own = stems(case.spellings.get(thing, ())) - states
    return not own.isdisjoint(stems((claim.note, claim.quote)))


def stems(texts: Iterable[str]) -> frozenset[str]:
    """The longer words of some texts, without their endings ("ministries" as in "ministry")."""
    words = (word for text in texts for word in re.findall(r"\w{5,}", alike(text)))
    return frozenset(word[:6].casefold() for word in words)


def _years(case: Case, claim: Claim, words: str) -> Iterator[Finding]:
    if claim.basis != "resolved":
        return  # the judge of sums holds these against more than words
    for triple in claim.triples:
        value = triple.object
        if not isinstance(value, Literal) or value.datatype != EDTF:
            continue
        year = re.match(r"\d{4}", value.value)
        if year is not None and year.group() not in words:
            message = (
                f"the year {year.group()} is not in the quote: link the claim that has it with "
                "leg:leansOn, or explain it in a skos:editorialNote"
            )
            yield case.finding(
                YEAR_UNSEEN, case.places.of_triple(claim, triple), message, about=claim
            )
