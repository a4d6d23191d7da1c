"""Questions follow those who stand for somebody, say what is not dated, and look for words."""

from pathlib import Path

import pytest

import legation
from legation.answer import Answer
from legation.errors import AmbiguousName, UnknownName, UsageError

CHECKOUT = Path(__file__).resolve().parents[2]
KG = legation.open(CHECKOUT)
WORLD = legation.open(CHECKOUT / "tests" / "world")
SUMMIT = "meeting of Kim Jong Un and Putin in Vladivostok in April 2019"


def _column(answer: Answer, name: str) -> list[str]:
    return [str(row[name]) for row in answer.rows]


# --- names


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Ambassador of Russia to the DPRK", "Ambassador of the DPRK to Russia"),
        ("Putin Vladimir", "Vladimir Putin"),
        ("Embassy in Russia of the DPRK", "Embassy of the DPRK in Russia"),
    ],
)
def test_a_name_whose_words_are_put_otherwise_is_only_a_near_one(name: str, meant: str) -> None:
    with pytest.raises(UnknownName, match="the same words put otherwise") as caught:
        KG.thing(name)
    assert meant in caught.value.candidates


def test_a_title_put_otherwise_is_not_the_article() -> None:
    assert KG.thing("Russia vows to expand relations").iri.endswith(
        "bbc-2022-liberation-day-letters"
    )
    with pytest.raises(UnknownName):
        KG.thing("North Korea vows to expand relations with Russia")


def test_some_words_of_a_name_in_its_order_still_mean_it() -> None:
    assert KG.thing("DPRK Ambassador").label == "Ambassador of the DPRK to Russia"


def test_an_unknown_office_is_said_to_be_looked_for_among_titles() -> None:
    with pytest.raises(UnknownName, match="offices_of words=Prime Minister of the Soviet Union"):
        KG.ask("office_holders", office="Prime Minister of the Soviet Union")
    (row,) = KG.ask("offices_of", words="prime minister").rows
    assert (str(row["person"]), row["office"]) == ("Joseph Stalin", None)


# --- those who stand for somebody


def test_whose_people_came_is_said_to_have_been_represented() -> None:
    (row,) = KG.ask("who_attended", person="United Russia").rows
    assert str(row["who"]).startswith("unnamed representatives of United Russia")
    assert str(row["for"]) == "United Russia"


def test_speakers_and_officers_are_part_of_what_happened() -> None:
    reception = "reception of 9 October 2014 for the anniversary of DPRK-Russia relations"
    assert reception in _column(KG.ask("timeline", actor="Torshin"), "event")
    both = _column(KG.ask("timeline", actor="DPRK", other="Russia", since="2019"), "event")
    assert SUMMIT in both and len(both) == len(set(both))


def test_visitors_are_found_wherever_they_went() -> None:
    rows = KG.ask("visits", country="Russia").rows
    assert {(str(row["event"]), str(row["who"])) for row in rows} >= {(SUMMIT, "Kim Jong Un")}
    assert "Vladimir Putin" not in {str(row["who"]) for row in rows}
    assert "twice" in {row["how_often"] for row in rows}


def test_what_lies_in_a_country_happened_there() -> None:
    events = _column(KG.ask("timeline", place="Russia"), "event")
    assert {SUMMIT, "deployment of DPRK troops to the Kursk region"} <= {*events}
    (said,) = KG.ask("statements", about="Kursk region").rows
    assert "Kursk" in str(said["text"])


def test_the_offices_of_a_body_are_those_of_its_parts() -> None:
    holders = KG.ask("office_holders", body="Supreme People's Assembly")
    assert "Kim Yong Nam" in _column(holders, "holder")


# --- what is not stated


def test_a_letter_that_names_nobody_is_shown_as_such() -> None:
    rows = KG.ask("letters", recipient="Putin").rows
    assert [row["to"] is None for row in rows].count(True) == 1
    assert _column(KG.ask("letters", recipient="Kim Jong Un"), "from") == ["Vladimir Putin"]


def test_a_period_says_how_many_undated_things_it_let_in_and_left_out() -> None:
    answer = KG.ask("timeline", since="2014")
    undated = sum(row["date"] is None for row in answer.rows)
    assert undated and answer.hint.startswith(f"{undated} without a date, told of only as past")
    assert "not shown, as no source says when" in answer.hint and answer.hint in repr(answer)
    dated = KG.ask("timeline", since="2014", undated="no")
    assert len(dated) == len(answer) - undated and not dated.hint
    assert all(row["date"] is not None for row in dated.rows)
    with pytest.raises(UsageError, match="undated takes yes or no, not 'maybe'"):
        KG.ask("timeline", undated="maybe")


@pytest.mark.parametrize(
    ("day", "then"),
    [
        ("2031-05-01", "attested after it"),
        ("2031-05-07", "attested on it"),
        ("2032-01-01", "attested before it"),
    ],
)
def test_a_day_is_before_on_or_after_what_is_attested(day: str, then: str) -> None:
    rows = WORLD.ask("office_holders", office="mayor of Halm", on=day).rows
    assert {row["then"] for row in rows} == {then}


def test_a_day_between_two_attestations_is_said_to_be(world: Path) -> None:
    file = world / "graph/articles/strait-observer-2031-05-05.trig"
    claim = "claim:strait-observer-2031-05-05-99"
    file.write_text(
        f'{file.read_text("utf-8")}\n{claim} leg:quote "Mayor" .\n'
        f"{claim} {{ <https://w3id.org/legation/id/tenure/enno-tash-mayor-of-halm> "
        'leg:attested "2031-01-01"^^edtf:EDTF . }\n',
        "utf-8",
    )
    rows = legation.open(world).ask("office_holders", office="mayor of Halm", on="2031-03-01").rows
    assert [row["then"] for row in rows] == ["attested before and after it"]
    assert "2031-01-01; 2031-05-07" in {str(row["attested"]) for row in rows}


# --- one row a thing, words, articles


@pytest.mark.parametrize("name", ["plans", "timeline", "letters", "articles", "things", "outlets"])
def test_each_thing_has_one_row(name: str) -> None:
    answer = KG.ask(name)
    first = _column(answer, "event" if "event" in answer.columns else answer.columns[0])
    assert first and len(first) == len(set(first))


def test_the_words_of_a_statement_stand_once() -> None:
    for row in KG.ask("statements", speaker="BBC").rows:
        assert [str(cell) for cell in row.cells].count(str(row["text"])) == 1


@pytest.mark.parametrize("words", ["MiG-29", "mig 29", "fighter jets MiG", "JETS fight"])
def test_words_are_found_in_any_order_and_case(words: str) -> None:
    (row,) = KG.ask("search", words=words).rows
    assert "MiG-29" in str(row["quote"]) and str(row["words_of"]) == "Ahn Chan-il"


@pytest.mark.parametrize("words", ["ig-29", "MiG-29 submarine", ".*", "(", "\\"])
def test_part_of_a_word_or_a_pattern_is_no_word(words: str) -> None:
    found = KG.ask("search", words=words, evidence=False)
    assert len(found) in (0, len(KG.ask("search", evidence=False)))


def test_an_article_says_what_its_claims_say() -> None:
    answer = KG.ask("article_says", article="article by BBC", about="Ukraine")
    assert {"severing of diplomatic relations with North Korea by Ukraine"} <= {
        *_column(answer, "thing")
    }
    assert set(_column(answer, "article")) == {"Russia vows to expand relations with North Korea"}


def test_facts_are_counted_by_articles_and_without_trivia() -> None:
    (row,) = KG.ask("corroborated", min_articles=3).rows
    assert (row["value"], row["articles"]) == ("XXXX-10-12", 3)
    assert not {"is a", "ordinal", "member of"} & {*_column(KG.ask("corroborated"), "property")}


def test_one_row_that_would_be_there_is_spoken_of_in_the_singular() -> None:
    hint = KG.ask("receptions", host="North Korean Embassy in Russia", since="2300").hint
    assert "without it there is 1 row" in hint or "without it there are" in hint


# --- what a historian asked


def test_an_empty_answer_names_questions_that_have_rows_for_the_same() -> None:
    hint = KG.ask("articles", publisher="KCNA").hint
    assert 'article_says origin="Korean Central News Agency"' in hint
    hint = KG.ask("meetings", person="Stalin").hint
    assert hint.startswith('Rows for the same are in: messages of="Joseph Stalin"; timeline actor=')
    assert KG.ask("messages", of="Joseph Stalin", evidence=False).rows


def test_what_tells_of_both_things_is_named_and_nothing_that_tells_of_one() -> None:
    hint = KG.ask("recognitions", by="Russia", of="DPRK").hint
    asked = hint.partition("Rows for the same are in: ")[2].partition(". ")[0].split("; ")
    assert asked[0] == (
        'timeline actor="Russian Federation" other="Democratic People\'s Republic of Korea"'
    )
    assert all(question.count("=") == 2 for question in asked)


def test_other_questions_are_named_for_the_same_period() -> None:
    hint = KG.ask("receptions", host="Kim Jong Il", since="2001-08", until="2001-08").hint
    assert 'timeline actor="Kim Jong Il" since=2001-08-01 until=2001-08-31' in hint
    hint = KG.ask("receptions", host="Kim Jong Il", since="2300").hint
    assert "timeline" not in hint


def test_nothing_is_named_for_a_period_alone() -> None:
    assert "Rows for the same" not in KG.ask("receptions", since="2300").hint


def test_a_holder_attested_near_the_day_stands_before_one_with_an_open_bound() -> None:
    asked = {"office": "DPRK Ambassador to Russia", "on": "2025-10-12"}
    rows = KG.ask("office_holders", **asked).rows
    assert [(str(row["holder"]), row["then"]) for row in rows] == [
        ("Sin Hong Chol", "attested after it"),
        ("Kim Hyong Jun", "attested on a day not known, from 2014-10-09 on"),
    ]


def test_words_within_a_longer_name_do_not_decide_against_what_they_describe() -> None:
    with pytest.raises(AmbiguousName) as caught:
        KG.ask("about", thing="Vladivostok Summit")
    assert set(caught.value.candidates) == {"agreement made at the Vladivostok summit", SUMMIT}
    assert KG.thing("agreement made at the Vladivostok").label.startswith("agreement")
    assert KG.thing("meeting of Kim Jong Un and Putin").label == SUMMIT


def test_aid_is_among_the_dealings_of_a_state() -> None:
    assert "Soviet aid to North Korea" in _column(KG.ask("dealings", of="Soviet Union"), "event")


def test_who_has_died_is_not_mistaken() -> None:
    (row,) = WORLD.ask("kin", somebody="Tomas Keld").rows
    assert [str(cell) for cell in row.cells if cell is not None] == [
        *("Tomas Keld", "parent", "Oskar Keld", "2031-05-01")
    ]
    assert (row["person_died"], row["relative_died"]) == (None, "2031-05-01")


def test_a_visit_has_its_number_in_a_series() -> None:
    (row,) = KG.ask("visits", visitor="Putin").rows
    assert row["ordinal"] == 1 and str(row["series"]).startswith("visits of Vladimir Putin")
    assert any("first" in passage.quote for passage in row.evidence)


def test_an_exchange_of_two_counts_as_a_visit_of_one_to_the_other() -> None:
    (row,) = KG.ask("visits", visitor="DPRK", country="Russia").rows
    assert str(row["event"]).startswith("exchange of delegations") and row["destination"] is None
    assert not KG.ask("visits", visitor="Ukraine", country="Russia").rows


def test_a_letter_is_shown_with_what_was_said_in_it() -> None:
    (row,) = KG.ask("letters", sender="Putin", recipient="Kim Jong Un").rows
    assert "the move would be in both countries' interests" in str(row["said"])


def test_a_state_that_publishes_is_no_media_outlet() -> None:
    kinds = {str(row["outlet"]): str(row["kind"]) for row in KG.ask("outlets").rows}
    assert kinds["Democratic People's Republic of Korea"] == "polity"
    assert kinds["Yonhap News Agency"] == "media outlet"


def test_plans_are_asked_for_by_period() -> None:
    (row,) = WORLD.ask("plans", since="2031-07-01", until="2031-07-31").rows
    assert row["date"] == "2031-07"
    assert len(WORLD.ask("plans", since="2040", undated="no").rows) == 0


def test_a_plan_whose_content_alone_is_dated_is_let_in(world: Path) -> None:
    file = world / "graph/articles/strait-observer-2031-05-05.trig"
    claim, content = "claim:strait-observer-2031-05-05-99", "<urn:x:content>"
    file.write_text(
        f'{file.read_text("utf-8")}\n{claim} leg:quote "Mayor" .\n'
        f"{claim} {{ <urn:x:plan> a leg:Plan ; leg:content {content} . }}\n"
        f'{content} {{ <urn:x:visit> a leg:Visit ; leg:date "2031-08"^^edtf:EDTF . }}\n',
        "utf-8",
    )
    rows = legation.open(world).ask("plans", since="2031-08-01").rows
    assert [row["date"] for row in rows] == ["2031-08"]


def test_what_did_not_happen_is_asked_for_by_thing_and_period() -> None:
    rows = KG.ask("did_not_happen", about="China").rows
    assert rows and "without further elaboration" not in {str(row["text"]) for row in rows}
    assert not KG.ask("did_not_happen", since="2300", undated="no").rows


def test_the_unnamed_of_one_article_are_asked_for() -> None:
    rows = KG.ask("unnamed", article="yonhap-2015-05-12").rows
    assert 0 < len(rows) < len(KG.ask("unnamed").rows)
    assert all("Yonhap" in str(row["who"]) or "Korea" in str(row["article"]) for row in rows)


def test_no_label_opens_with_two_pairs_of_marks() -> None:
    labels = KG.query('SELECT ?n WHERE { ?t rdfs:label ?n FILTER(REGEX(?n, "“[\\"“]")) }')
    assert not labels.rows
    assert KG.ask("search", words="warm greetings").rows


def test_a_thing_whose_label_holds_marks_is_named_by_its_short_iri() -> None:
    said = "statement:bbc-2022-liberation-day-letters-putin-interests"
    assert '"' in KG.thing(said).label
    assert f"about thing={said}" in KG.ask("anniversaries", of=said).hint


# --- what another historian asked, in the names of the world


def test_where_nothing_is_dated_in_a_period_what_nothing_dates_is_shown() -> None:
    answer = WORLD.ask("dealings", of="Merovia", since="2031-05-01", until="2031-05-02")
    assert {*_column(answer, "event")} == {
        "flour from Merovia for Orvany",
        "joint lighthouse service of Merovia and Orvany",
    }
    assert answer.hint == "Nothing is dated then; shown: 2 whose date no source gives in full"
    asked = {"of": "Merovia", "since": "2031-05-01", "until": "2031-05-02"}
    assert not WORLD.ask("dealings", **asked, undated="no").rows


def test_a_title_borne_at_an_event_is_attested_there() -> None:
    rows = WORLD.ask("office_holders").rows
    (senator,) = (row for row in rows if str(row["holder"]) == "Piet Amsel")
    assert (senator["office"], senator["title"]) == (None, "Senator")
    assert str(senator["at"]) == "banquet in honour of Ilse Varn"


def test_a_title_that_is_the_name_of_an_office_is_attested_of_it(world: Path) -> None:
    file = world / "graph/articles/strait-observer-2031-05-05.trig"
    claim, part = "claim:strait-observer-2031-05-05-99", "<urn:x:part>"
    file.write_text(
        f'{file.read_text("utf-8")}\n{claim} leg:quote "Mayor" .\n'
        f'{claim} {{ <urn:x:talks> a leg:Meeting ; leg:date "2030-11"^^edtf:EDTF ; '
        f"leg:participation {part} . {part} a leg:Participation ; "
        "leg:agent <https://w3id.org/legation/id/person/enno-tash> ; "
        'leg:titleAsWritten "Mayor of Halm" . }\n',
        "utf-8",
    )
    kg = legation.open(world)
    rows = kg.ask("office_holders", office="mayor of Halm", on="2030-11-15").rows
    assert [(row["attested"], row["then"]) for row in rows] == [
        ("2030-11", "attested on a day not sure, maybe this"),
        ("2031-05-07", "attested after it"),
    ]
    assert "Piet Amsel" not in _column(kg.ask("office_holders", body="Free Coast"), "holder")


def test_a_longer_time_than_a_day_is_asked_for_by_its_bounds() -> None:
    with pytest.raises(UsageError, match="of a longer time ask since=2031 until=2031"):
        WORLD.ask("office_holders", on="2031")
    rows = WORLD.ask("office_holders", office="mayor of Halm", since="2031", until="2031").rows
    assert [str(row["holder"]) for row in rows] == ["Enno Tash"]


def test_what_is_told_of_a_thing_stands_in_one_row_for_each_way() -> None:
    rows = WORLD.ask("about", thing="Otto Grau").rows
    told = [(str(row["how"]), str(row["subject"]), str(row["source"])) for row in rows]
    (held,) = (subject for how, subject, _ in told if how == "holder")
    assert held.startswith("Otto Grau as Foreign Minister of Merovia")
    assert len(told) == len({(how, source) for how, _, source in told})
    assert any("we may close our ports" in subject for how, subject, _ in told if how == "speaker")


def test_a_condition_is_told_in_words() -> None:
    (row,) = WORLD.ask("conditions", about="Narrows").rows
    assert str(row["condition"]).startswith("closing of the Narrows")


def test_seats_and_states_are_said_of_bodies_and_places() -> None:
    rows = WORLD.ask("whereabouts", thing="Embassy of Merovia in Orvany").rows
    (row,) = rows
    assert [str(row[name]) for name in ("lies_in", "in_state", "belongs_to")] == [
        *("Sestry", "Republic of Orvany", "Republic of Merovia")
    ]


def test_an_empty_answer_names_the_other_parameter_of_its_question() -> None:
    hint = WORLD.ask("recognitions", of="Merovia").hint
    assert hint.startswith('Rows for the same are in: recognitions by="Republic of Merovia"')


def test_a_name_that_is_none_has_those_that_share_a_word_with_it() -> None:
    with pytest.raises(UnknownName, match="shares a word") as caught:
        WORLD.ask("office_holders", office="the ambassador whom Merovia has in Sestry")
    assert "Ambassador of Merovia to the Free Coast" in caught.value.candidates


@pytest.mark.parametrize(
    ("words", "name"),
    [("gifts", "transfers"), ("ambassadors", "office_holders"), ("summit", "meetings")],
)
def test_questions_are_found_by_words_of_other_forms(words: str, name: str) -> None:
    assert WORLD.questions.about(words)[0].name == name
    with pytest.raises(UsageError, match=f"did you mean .*{name}"):
        WORLD.questions.named(words)


def test_a_legend_explains_what_an_answer_shows_and_nothing_else() -> None:
    legend = WORLD.ask("numbered").legend
    assert "≠ sources contradict each other" in legend and "computed" not in legend
    assert "computed: the value is worked out" in WORLD.ask("reckoned").legend
    assert WORLD.ask("members_of", evidence=False).legend == ""
