"""How well drafting finds names, counted against the reference graph that people made.

What is counted. An article is read as if it had no claim. A *mention* is a place in a claim's
quote where a name (label or alias, of either kind of apostrophe and dash) of a registry thing
stands as a word, when that claim's own triples speak of that very thing; of nested places of one
thing the longest. It is *found* when drafting takes an overlapping place for that thing and no
other, and *seen* when it takes it for a name at all, *exactly* when the place is the same. A name
that drafting settles is *wrong* when claims cover its sentence and none of them speaks of the
thing. In sentences that the annotators left out nobody said what a name means: counted apart.
"""

import re
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Triple

from legation.desk.draft.names import NAMED_KINDS, Finder, Mention
from legation.desk.draft.reading import read
from legation.graph import workspace
from legation.graph.claim import Claim
from legation.graph.record import Record, triples_of
from legation.graph.registry import Names
from legation.graph.workspace import Workspace
from legation.text.spans import Span, alike, sentences

ROOT = Path(__file__).resolve().parents[3]


@dataclass
class Count:
    """What drafting found and settled, over all articles."""

    mentions: int = 0
    found: int = 0
    among_candidates: int = 0
    seen: int = 0
    exactly: int = 0
    settled: int = 0
    wrong: int = 0
    left_out: int = 0

    def __str__(self) -> str:
        return (
            f"{self.mentions} mentions: {self.found} found ({self.recall:.1%}), "
            f"{self.among_candidates} at least among the candidates, {self.seen} at least seen as "
            f"a name, {self.exactly} exactly; {self.settled} names settled: {self.wrong} wrong "
            f"({self.error:.1%}), {self.left_out} in sentences left out"
        )

    @property
    def recall(self) -> float:
        return self.found / self.mentions

    @property
    def error(self) -> float:
        judged = self.settled - self.left_out
        return self.wrong / judged if judged else 0.0


@cache
def reference() -> tuple[Workspace, Record]:
    home = workspace.find(ROOT)
    return home, workspace.read(home)


def registry() -> tuple[Triple, ...]:
    return tuple(triples_of(reference()[1].quads("registry")))


def finder(triples: tuple[Triple, ...]) -> Finder:
    home = reference()[0]
    return Finder(Names(triples, home.ontology), tuple(home.prefixes.items()))


def spoken_of(triples: tuple[Triple, ...], things: Finder) -> set[NamedNode]:
    nodes = (node for t in triples for node in (t.subject, t.object))
    return {node for node in nodes if isinstance(node, NamedNode) and things.kind(node)}


def places(quote: str, names: tuple[str, ...], start: int) -> set[Span]:
    """Where the names stand in a quote, by a plain search that shares no code with drafting."""
    found = {
        Span(start + match.start(), start + match.end())
        for name in names
        for match in re.finditer(
            rf"(?<!\w){re.escape(alike(name))}(?!\w)",
            alike(quote),
            re.IGNORECASE if len(name) > 5 else 0,
        )
    }
    return {
        a for a in found if not any(b != a and b.start <= a.start and a.end <= b.end for b in found)
    }


def count(used: Finder, kinds: tuple[str, ...] = NAMED_KINDS) -> Count:
    """Read every article with some names, and count against the claims with all names."""
    whole = finder(registry())
    record = reference()[1]
    total = Count()
    for article in record.articles:
        claims = [claim for claim in record.claims if claim.article == article.iri]
        expected = {
            (span, thing)
            for claim in claims
            for thing in spoken_of((*claim.triples, *claim.said), whole)
            if whole.kind(thing) in kinds
            for span in places(claim.quote, whole.names.names(thing), claim.start)
        }
        reading = read(article, [], used)
        mentions = [m for s in reading.sentences for m in s.mentions]
        settled = [m for m in mentions if m.iri is not None and used.kind(m.iri) in kinds]
        told = [(span, _claimed(span, claims, whole)) for span in sentences(reading.text)]
        total.mentions += len(expected)
        total.found += sum(_has(settled, span, thing, sure=True) for span, thing in expected)
        total.among_candidates += sum(_has(mentions, span, thing) for span, thing in expected)
        total.seen += sum(any(m.span.overlaps(span) for m in mentions) for span, _ in expected)
        total.exactly += sum(any(m.span == span for m in mentions) for span, _ in expected)
        total.settled += len(settled)
        for m in settled:
            things = [things for span, things in told if span.overlaps(m.span)]
            total.left_out += not any(things)
            total.wrong += any(things) and not any(m.iri in named for named in things)
    return total


def _claimed(span: Span, claims: list[Claim], things: Finder) -> set[NamedNode]:
    """What the claims of a sentence speak of."""
    return {
        thing
        for c in claims
        if c.span.overlaps(span)
        for thing in spoken_of((*c.triples, *c.said), things)
    }


def _has(mentions: list[Mention], span: Span, thing: NamedNode, *, sure: bool = False) -> bool:
    return any(
        m.span.overlaps(span)
        and (m.iri == thing or (not sure and thing in {g.iri for g in m.candidates}))
        for m in mentions
    )


def show(capsys: pytest.CaptureFixture[str], line: str) -> None:
    """Print a figure where whoever runs the tests sees it."""
    with capsys.disabled():
        sys.stdout.write(f"\n  {line}\n")


def test_the_names_of_the_registry_are_found_and_few_others_settled(
    capsys: pytest.CaptureFixture[str],
) -> None:
    counted = count(finder(registry()))
    show(capsys, f"draft, whole registry: {counted}")
    assert counted.mentions > 150
    assert counted.recall >= 0.90
    assert counted.error <= 0.05


def test_persons_are_found_by_their_labels_alone_in_other_spellings_and_by_surname(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The aliases were collected from these articles: without them only the rules are left."""
    labels = tuple(
        t
        for t in registry()
        if "/person/" not in str(t.subject) or "altLabel" not in t.predicate.value
    )
    counted = count(finder(labels), ("person",))
    show(capsys, f"draft, persons without aliases: {counted}")
    assert counted.recall >= 0.70
    assert counted.among_candidates == counted.mentions  # other romanisations are near, not known
    assert counted.error <= 0.05


def test_with_an_empty_registry_nothing_is_settled_and_names_are_marked_unsure(
    capsys: pytest.CaptureFixture[str],
) -> None:
    counted = count(finder(()))
    show(capsys, f"draft, registry emptied: {counted}")
    assert (counted.settled, counted.found) == (0, 0)
    assert counted.seen / counted.mentions >= 0.95
    assert counted.exactly / counted.mentions >= 0.5


def test_a_person_taken_out_of_the_registry_is_never_taken_for_another() -> None:
    """Each person in turn is unknown: nobody else may be named in their place."""
    whole = finder(registry())
    people = sorted({t.subject for t in registry() if "/person/" in str(t.subject)}, key=str)
    assert len(people) > 10
    for person in people:
        used = finder(tuple(t for t in registry() if t.subject != person))
        for article in reference()[1].articles:
            text = article.text or ""
            known = {m.span for m in whole.find(text) if m.iri == person}
            instead = [m for m in used.find(text) if any(m.span.overlaps(s) for s in known)]
            assert [m.text for m in instead if m.iri is not None and m.kind == "person"] == []
