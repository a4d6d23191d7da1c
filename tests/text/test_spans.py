"""Passages: where they are, and where sentences begin and end."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.text.spans import Span, alike, nearest, occurrences, sentences

_WORDS = st.text(st.sampled_from("aA bй평😀.\n\r!?“”’'"), max_size=80)


def _said(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met. They left.", ["They met.", "They left."]),
        ("On Oct. 12 N. Korea met Mr. Putin.", ["On Oct. 12 N. Korea met Mr. Putin."]),
        ("He met H.E. President Lee. It rained.", ["He met H.E. President Lee.", "It rained."]),
        ("“A good example.” He left.", ["“A good example.”", "He left."]),
        ("Headline\nFirst line. Second", ["Headline", "First line.", "Second"]),
        ("Caption\r\nText.", ["Caption", "Text."]),
        ("It rose 3.5 percent. Fine.", ["It rose 3.5 percent.", "Fine."]),
        ("1. Kim\n\n2. Lee", ["1. Kim", "2. Lee"]),
        ("김정은은 갔다. 푸틴은 왔다.", ["김정은은 갔다.", "푸틴은 왔다."]),
        ("Он уехал. Она приехала.", ["Он уехал.", "Она приехала."]),
        ("');\n---\n", []),
    ],
)
def test_sentences_headlines_and_captions_are_told_apart(text: str, expected: list[str]) -> None:
    assert _said(text) == expected


@given(_WORDS)
def test_sentences_are_ordered_apart_and_leave_no_letter_out(text: str) -> None:
    spans = sentences(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    inside = {i for span in spans for i in range(span.start, span.end)}
    assert all(i in inside for i, c in enumerate(text) if c.isalnum())


@given(_WORDS, st.integers(0, 80), st.integers(0, 80))
def test_a_passage_is_found_where_it_stands(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    if text[start:end]:
        assert start in occurrences(text, text[start:end])


@given(_WORDS)
def test_marks_made_plain_keep_every_offset(text: str) -> None:
    assert len(alike(text)) == len(text)


def test_offsets_count_code_points_not_bytes() -> None:
    text = "😀 북한 said"
    assert occurrences(text, "said") == [5]
    assert Span(5, 9).of(text) == "said"


def test_a_quote_that_differs_by_typography_is_found_with_its_offsets() -> None:
    text = "He met Moscow’s envoy – twice."
    found = nearest(text, "Moscow's envoy - twice")
    assert found is not None
    assert found.text == "Moscow’s envoy – twice"
    assert found.span == Span(7, 29)


def test_a_quote_that_stands_nowhere_has_no_nearest_passage() -> None:
    assert nearest("They met in Moscow.", "zzzzqqqq xxxx") is None
    assert nearest("short", "a quote that is much longer than the text") is None


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        (
            "In Sestry the well-known envoy spoke at length.",
            "known envoy spoke at lenght",
            "well-known envoy spoke at length",
        ),
        (
            "He read the envoy’s comments of the well-known kind.",
            "s commants of the well",
            "envoy’s comments of the well-known",
        ),
        (
            "The ministers and envoys in Sestry",
            "ters amd envoys in Sest",
            "ministers and envoys in Sestry",
        ),
    ],
)
def test_the_nearest_passage_cuts_no_word(text: str, quote: str, found: str) -> None:
    near = nearest(text, quote)
    assert near is not None
    assert near.text == found
