"""What proves a row is shown once: the longer of two quotes of which one holds the other."""

from dataclasses import replace
from pathlib import Path

import legation
from legation.answer import Evidence, Passages
from legation.answer.passages import outermost

SHORT = Evidence("claim:a-1", "met Kim", "urn:a", 5, 12, "asserted", None, None)
LONG = Evidence("claim:a-2", "Keld met Kim there", "urn:a", 0, 18, "asserted", None, None)


def test_a_quote_inside_another_is_not_shown_again() -> None:
    assert outermost([SHORT, LONG]) == outermost([LONG, SHORT]) == [LONG]
    assert repr(Passages([SHORT, LONG])).count("“") == 1


def test_the_same_words_elsewhere_in_the_text_are_another_proof() -> None:
    elsewhere = replace(SHORT, start=50, end=57)
    assert outermost([elsewhere, LONG]) == [elsewhere, LONG]


def test_where_no_text_tells_the_place_the_words_do() -> None:
    nowhere = [replace(passage, start=-1, end=-1) for passage in (SHORT, LONG)]
    assert [passage.quote for passage in outermost(nowhere)] == [LONG.quote]


def test_another_article_voice_or_origin_is_another_proof() -> None:
    others = [
        replace(SHORT, article="urn:b"),
        replace(SHORT, modality="reported"),
        replace(SHORT, origin="urn:kcna"),
    ]
    assert outermost([*others, LONG]) == [*others, LONG]


def test_how_the_shorter_words_give_their_fact_is_told_of_the_longer() -> None:
    (shown,) = outermost([replace(SHORT, basis="computed from the day of publication"), LONG])
    assert shown.quote == LONG.quote
    assert shown.basis == "computed from the day of publication"


def test_an_answer_keeps_every_claim_that_proves_it() -> None:
    kg = legation.open(Path(__file__).resolve().parents[2])
    answer = kg.ask("receptions", host="North Korean Embassy in Russia")
    assert len(answer.rows[0].evidence) > 1
    assert answer.to_markdown(evidence=True).count("hosted a banquet") == 1
