"""The same letters in other characters are the same words, found where they stand."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.text.letters import are_same, composed
from legation.text.spans import nearest, spelt_otherwise

WORDS = {
    "accents": "The café talks",
    "Hangul": "최선희 외무상",
    "Cyrillic": "Йошкар-Ола",
    "Vietnamese": "Nguyễn Phú Trọng",
}


@pytest.mark.parametrize("words", WORDS.values(), ids=list(WORDS))
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_words_are_found_in_either_form(words: str, form: str) -> None:
    other = {"NFC": "NFD", "NFD": "NFC"}[form]
    text = unicodedata.normalize(form, f"Before. {words}, after.")  # type: ignore[arg-type]
    quote = unicodedata.normalize(other, words)  # type: ignore[arg-type]
    (span,) = spelt_otherwise(text, quote)
    assert span.of(text) == unicodedata.normalize(form, words)  # type: ignore[arg-type]
    near = nearest(text, quote)
    assert near is not None and are_same(near.text, quote)


def test_a_ligature_is_its_letters_but_never_half_of_them() -> None:
    text = "The o\ufb03ce of the \ufb01rst minister"
    (span,) = spelt_otherwise(text, "office of the first")
    assert span.of(text) == "o\ufb03ce of the \ufb01rst"
    assert spelt_otherwise(text, "ice of") == []


@pytest.mark.parametrize(
    ("one", "other"), [("e", "е"), ("x²", "x2"), ("café", "cafe"), ("½", "1⁄2")]
)
def test_other_letters_and_signs_stay_others(one: str, other: str) -> None:
    assert not are_same(one, other)


@given(st.text(alphabet="ae\u0301\u0308ﬁ 각\u1100\u1161\u11a8.", max_size=20))
def test_each_letter_knows_where_it_stood(text: str) -> None:
    folded = composed(text)
    origins = folded.origins or tuple(range(len(text) + 1))
    assert len(origins) == len(folded.text) + 1
    assert list(origins) == sorted(origins) and origins[-1] == len(text)
    assert are_same(text, folded.text)
