"""The built graph: every fact in a claim, every quote in its text, every byte in its place."""

from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode, Triple

from legation.checks.completeness import uncovered
from legation.graph.dataset import Dataset
from legation.graph.record import Record

METADATA = ("article", "claim", "omission", "report")


def test_each_quote_is_the_text(record: Record) -> None:
    for passage in (*record.claims, *record.omissions):
        assert passage.article is not None
        text = record.articles_by_iri[passage.article].text
        assert text is not None
        assert text[passage.start : passage.end] == passage.quote, passage.iri


def test_every_sentence_is_claimed_or_omitted(record: Record) -> None:
    for article in record.articles:
        claims = [c for c in record.claims if c.article == article.iri]
        omissions = [o for o in record.omissions if o.article == article.iri]
        assert uncovered(article, [*claims, *omissions]) == [], article.slug


def test_what_no_claim_says_is_registry_metadata_or_derived(
    record: Record, dataset: Dataset
) -> None:
    claimed = {t for triples in dataset.claim_graphs.values() for t in triples}
    registered = {q.quad.triple for q in record.quads("registry")}
    known = claimed | registered | set(dataset.derived)
    kinds = tuple(f"https://w3id.org/legation/id/{kind}/" for kind in METADATA)
    loose = [
        t
        for t in dataset.default
        if t not in known
        and not (isinstance(t.subject, NamedNode) and t.subject.value.startswith(kinds))
    ]
    assert loose == []


def test_claim_graphs_are_as_written_and_drafts_are_left_out(
    record: Record, dataset: Dataset
) -> None:
    drafts = {article.iri for article in record.articles if article.is_draft}
    for claim in record.claims:
        if claim.article in drafts:
            assert claim.iri not in dataset.claim_graphs
        else:
            assert set(dataset.claim_graphs[claim.iri]) == set(claim.triples)


def test_nothing_is_anonymous_or_twice(dataset: Dataset) -> None:
    assert len(set(dataset.quads)) == len(dataset.quads)
    for quad in dataset.quads:
        assert isinstance(quad.subject, NamedNode)
        assert not isinstance(quad.object, pyoxigraph.BlankNode)


def test_no_export_carries_a_text(built: Path, record: Record) -> None:
    files = [p.read_bytes().decode(errors="replace") for p in built.rglob("*") if p.is_file()]
    for article in record.articles:
        paragraphs = [p for p in (article.text or "").split("\n\n") if len(p) > 400]
        quotes = {c.quote for c in record.claims}
        for paragraph in paragraphs:
            if not any(paragraph in quote for quote in quotes):
                assert not any(paragraph in text for text in files), article.slug


def test_derived_triples_are_no_authored_ones(record: Record, dataset: Dataset) -> None:
    authored: set[Triple] = {q.quad.triple for q in record.quads("registry", "article")}
    assert authored.isdisjoint(dataset.derived)
    assert set(dataset.derived) <= set(dataset.default)
