"""Things are found by what is told of them, and an empty answer says why it is empty."""

import pytest

from legation.errors import AmbiguousName, UnknownName
from legation.knowledge import KnowledgeGraph
from legation.rdf.vocabulary import ID

MEETING = f"{ID}event/putin-kim-yong-nam-meeting-2015-05"
BANQUET = f"{ID}event/dprk-embassy-banquet-77th-anniversary"
YONHAP = f"{ID}article/yonhap-2015-05-12"


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("yonhap-2015-05-12", YONHAP),
        ("N. Korea, Russia discuss ways to deepen ties", YONHAP),
        ("article by Yonhap", YONHAP),
        ("Yonhap article of May 2015", YONHAP),
        ("nk-news-66th-anniversary", f"{ID}article/nk-news-66th-anniversary"),
        ("article by NK News", f"{ID}article/nk-news-66th-anniversary"),
        ("reception in Moscow 2025", BANQUET),
        ("banquet of October 2025", BANQUET),
        ("meeting at the Kremlin on 8 May 2015", MEETING),
        ("meeting 2015-05-08", MEETING),
        ("NK News", f"{ID}body/nk-news"),
    ],
)
def test_a_description_finds_what_it_describes(kg: KnowledgeGraph, text: str, thing: str) -> None:
    assert kg.thing(text).iri == thing
    assert kg.find(text)[0].iri.value == thing


def test_a_description_of_several_is_refused_with_what_fits(kg: KnowledgeGraph) -> None:
    with pytest.raises(AmbiguousName, match=r"(?s)handshake .*place.*\n  meeting .*date 2015-05-0"):
        kg.thing("Kremlin May 2015")


def test_an_article_among_the_candidates_is_called_by_its_title(kg: KnowledgeGraph) -> None:
    (found,) = [c for c in kg.find("NK News") if "/article/" in c.iri.value]
    assert found.label == "North Korea celebrated the anniversary of its relations with Russia"
    assert found.why == "published by NK News"


def test_a_question_takes_an_event_by_date_and_place(kg: KnowledgeGraph) -> None:
    described = kg.ask("who_attended", event="meeting at the Kremlin on 8 May 2015")
    assert described.rows == kg.ask("who_attended", event=MEETING).rows != ()


@pytest.mark.parametrize("text", ["Vladimer Poutin", "Choe Sun Hui", "Sovjet Union", "Yonhop"])
def test_a_wrong_name_gives_at_most_five_near_ones_one_a_line(
    kg: KnowledgeGraph, text: str
) -> None:
    with pytest.raises(UnknownName) as caught:
        kg.thing(text)
    first, *others = str(caught.value).split("\n")
    assert "did you mean " in first and all(line.startswith("  or ") for line in others)
    assert 1 <= len(caught.value.candidates) == 1 + len(others) <= 5
    assert all("spelt alike" in line for line in (first, *others))


def test_the_best_of_the_near_ones_stands_first(kg: KnowledgeGraph) -> None:
    for wrong, right in (("United Rusia", "United Russia"), ("Sovjet Union", "USSR")):
        with pytest.raises(UnknownName) as caught:
            kg.thing(wrong)
        assert kg.thing(caught.value.candidates[0]) == kg.thing(right)


def test_a_word_like_no_name_has_no_near_ones(kg: KnowledgeGraph) -> None:
    with pytest.raises(UnknownName) as caught:
        kg.thing("qqzzxxyy")
    assert caught.value.candidates == () and "did you mean" not in str(caught.value)


def test_what_there_is_can_be_listed(kg: KnowledgeGraph) -> None:
    kinds = {str(row["kind"]): row["count"] for row in kg.things()}
    assert kinds["person"] == len(kg.things("Person")) == len(kg.things("persons"))
    assert [row.thing.label for row in kg.things("state media")] == [
        "Korean Central News Agency",
        "Rodong Sinmun",
    ]
    assert kg.things("articles").rows == kg.articles.rows
    assert {row.slug for row in kg.articles} >= {"yonhap-2015-05-12", "invariable-friendship"}
    assert all(row.claims > 20 for row in kg.articles)
    with pytest.raises(UnknownName, match="no kind 'receptoin'; did you mean reception"):
        kg.things("receptoin")


def test_an_empty_answer_names_the_parameter_that_emptied_it(kg: KnowledgeGraph) -> None:
    found = kg.ask("who_attended", event="reception of 9 October 2014", person="Ahn Chan-il")
    everyone = kg.ask("who_attended", event="reception of 9 October 2014")
    assert f"person=Ahn Chan-il empties it: without it there are {len(everyone)} " in found.hint
    assert "event=Ahn" not in found.hint and "who_attended event=" not in found.hint
    assert found.hint in repr(found)
    assert kg.ask("receptions", since="2300").hint.startswith("since=2300 empties it")


def test_an_empty_answer_names_what_would_have_given_rows(kg: KnowledgeGraph) -> None:
    hint = kg.ask("receptions", host="Ahn Chan-il").hint
    assert "with host one of Embassy of the DPRK in Russia" in hint


def test_where_only_all_parameters_together_empty_it_that_is_said(kg: KnowledgeGraph) -> None:
    asked = {"host": "Ahn Chan-il", "since": "2300"}
    assert "No one parameter empties it; without all" in kg.ask("receptions", **asked).hint
    assert kg.ask("receptions").hint == ""


def test_an_answer_that_no_graph_of_this_kind_gives_says_so(kg: KnowledgeGraph) -> None:
    empty = [kg.ask(name, evidence=False) for name in kg.questions]
    assert all(bool(answer.hint) != bool(answer.rows) for answer in empty)
