"""Does a quote name what its triples speak about?

Invariant: a thing of the registry that a claim speaks of is named, by label, alias or name as
written, in the claim's quote or in the quote of a claim it leans on; a year likewise. Where
neither is so, the annotator explains it in place with a ``skos:editorialNote`` on the claim,
and that note is what silences the warning.
"""

import re
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from legation.checks.case import Case
from legation.checks.finding import Finding, Rule
from legation.graph.claim import Claim
from legation.rdf.vocabulary import EDTF, LEG
from legation.text.spans import alike

NOT_NAMED = Rule(
    "not-named-in-quote",
    "warning",
    "A quote, or a passage it leans on, names what its triples speak about.",
)
YEAR_UNSEEN = Rule(
    "year-not-in-quote", "warning", "The year of a date stands in the quote or in what it leans on."
)
RULES = (NOT_NAMED, YEAR_UNSEEN)

_SHORT = 4


def check(case: Case) -> Iterator[Finding]:
    """Look for things and years that neither the quote nor its support names."""
    for claim in case.claims:
        if claim.note or claim.basis == "supplied" or not claim.quote:
            continue
        words = alike(" | ".join(quotes(case, claim)))
        strangers = [thing for thing in _spoken_of(case, claim) if not _named(case, thing, words)]
        if strangers:
            listed = ", ".join(case.names.label(thing) for thing in strangers)
            message = (
                f"the quote does not name {listed}: link the claim that does with leg:leansOn, "
                "or explain in a skos:editorialNote"
            )
            place = case.places.of_claim(claim, LEG.quote)
            yield case.finding(NOT_NAMED, place, message, about=claim)
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


def _spoken_of(case: Case, claim: Claim) -> list[NamedNode]:
    """The named things in a claim's triples, sorted."""
    nodes = {
        node
        for triple in _said(case, claim)
        for node in (triple.subject, triple.object)
        if isinstance(node, NamedNode) and not node.value.startswith(_unnamed(case))
    }
    # A text calls an office by the holder's title, in whatever words.
    kinds = case.ontology.marked(LEG.registered) - case.ontology.subclasses(LEG.Office)
    return sorted((n for n in nodes if kinds & case.types.get(n, frozenset())), key=str)


def _said(case: Case, claim: Claim) -> Iterator[Triple]:
    """A claim's triples, and those of each content that it is the first to carry."""
    yield from claim.triples
    for content in case.record.first_told.get(claim.iri, ()):
        yield from content.triples


def _unnamed(case: Case) -> str:
    return case.workspace.prefixes["anon"]


def _named(case: Case, thing: NamedNode, words: str) -> bool:
    return any(_stands_in(alike(name), words) for name in case.spellings.get(thing, ()))


def _stands_in(name: str, words: str) -> bool:
    """Whether a name begins a word there; short names ("US") must be the very word."""
    if len(name) <= _SHORT:
        return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words) is not None
    return re.search(rf"(?<!\w){re.escape(name)}", words, re.IGNORECASE) is not None


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
