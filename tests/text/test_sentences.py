"""Sentences in many languages, each cut as `sentences.txt` beside this file says."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest

from legation.text.spans import sentences
from legation.text.stops import has_rules

_UNSPACED = ("ja", "zh")


def _paragraphs() -> Iterator[tuple[str, str]]:
    language = ""
    lines = (Path(__file__).parent / "sentences.txt").read_text("utf-8").splitlines()
    for line in lines[lines.index("") :]:
        if line.startswith("== "):
            language = line[3:]
        elif line:
            yield language, line


@pytest.mark.parametrize(
    ("language", "paragraphs"),
    [(tag, [p for _, p in each]) for tag, each in groupby(_paragraphs(), lambda row: row[0])],
)
def test_sentences_end_where_readers_of_the_language_end_them(
    language: str, paragraphs: list[str]
) -> None:
    assert has_rules(language)
    for paragraph in paragraphs:
        expected = [sentence.strip() for sentence in paragraph.split("|")]
        text = ("" if language in _UNSPACED else " ").join(expected)
        assert [span.of(text) for span in sentences(text, language=language)] == expected


def test_a_language_without_rules_is_cut_at_full_stops_and_known_to_have_none() -> None:
    assert not has_rules("sw")
    text = "Waziri aliwasili jana. Alikutana na Rais."
    assert len(sentences(text, language="sw")) == 2


@pytest.mark.parametrize(
    "text",
    [
        "a. " * 60_000,
        "A" * 200_000,
        "(“" * 60_000,
        "「。" * 30_000,
        "1. " * 60_000,
        "Ab c d. " * 30_000,
    ],
)
def test_no_text_takes_long(text: str) -> None:
    for language in ("en", "ja", "hi"):
        sentences(text, language=language)
