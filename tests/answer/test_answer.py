"""Asked, the graph answers with the words that prove it, and never with anything else."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode

import legation
from legation.answer import Answer, Cell, Entity, Row
from legation.errors import AmbiguousName, InputError, LegationError, UnknownName, UsageError
from legation.knowledge import KnowledgeGraph
from legation.rdf.vocabulary import ID, LEG, XSD, expand

RECEPTION = "reception of 9 October 2014 for the anniversary of DPRK-Russia relations"
CHECKOUT = Path(__file__).resolve().parents[2]
REFERENCE = legation.open(CHECKOUT)
HOSTILE = [
    'zz" || "1"="1',
    "x> } ?s ?p ?o . { <y",
    "} UNION { ?event ?p ?o",
    "\\",
    "a\nb",
    "' OR 1=1 --",
    "?xyzzy",
    "*",
    "http://x/> ?p ?o } #",
    "leg:x> <y",
    "\x00",
]


@pytest.fixture(scope="module")
def kg() -> KnowledgeGraph:
    return REFERENCE


@pytest.fixture(scope="module")
def world() -> KnowledgeGraph:
    return legation.open(CHECKOUT / "tests" / "world")


def _shown(answer: Answer, *columns: str) -> set[tuple[str, ...]]:
    """The rows as a reader sees them, some columns only."""
    indexes = [answer.columns.index(name) for name in columns]
    return {tuple(str(row.cells[i]) for i in indexes) for row in answer.rows}


# --- who attended


def test_whoever_hosted_came_or_spoke_at_a_gathering_attended_it(world: KnowledgeGraph) -> None:
    answer = world.ask("who_attended", event="banquet in honour of Ilse Varn")
    assert _shown(answer, "who", "role") == {
        ("Tomas Keld", "host"),
        ("Tomas Keld", "speaker"),
        ("Ilse Varn", "guest of honour"),
        ("Ada Lund", "attendee"),
        ("Piet Amsel", "attendee"),
        ("unnamed Orvan deputy minister", "attendee"),
    }
    assert _shown(answer, "list") == {("complete",)}


def test_unnamed_people_and_groups_attended_too(kg: KnowledgeGraph) -> None:
    answer = kg.ask("who_attended", event="reception of 9 October 2014")
    assert {"Alexander Torshin", "Grigory Logvinov", "Kim Hyong Jun"} < {
        who for (who,) in _shown(answer, "who")
    }
    assert {iri for row in answer.rows if (iri := _iri(row.cells[2])).startswith(f"{ID}anon/")}
    assert _shown(answer, "list") == {("partial",)}


def test_a_person_who_came_to_a_country_for_an_event_did_not_attend_it(
    kg: KnowledgeGraph,
) -> None:
    events = {event for (event,) in _shown(kg.ask("who_attended", person="Kim Yong Nam"), "event")}
    assert not any("end of World War II" in event for event in events)


def test_a_party_to_a_meeting_did_not_attend_it(kg: KnowledgeGraph) -> None:
    rows = kg.ask("who_attended", person="state:dprk").rows
    assert {str(row["role"]) for row in rows} == {"attendee"}
    assert all("Democratic People's Republic of Korea" in str(row["for"]) for row in rows)
    assert not any("/state/" in _iri(row["who"]) for row in rows)


def test_a_gathering_whose_people_nobody_names_reads_not_stated(checkout: Path) -> None:
    answer = legation.open(checkout / "tests" / "world").ask("who_attended", event="parade in Halm")
    (row,) = answer.rows
    assert row.cells[1:5] == (None, None, None, None)
    assert row.evidence
    assert "not stated" in answer.to_markdown()
    assert answer.to_csv(iris=False).splitlines()[1] == "parade in Halm,,,,,unknown"


# --- dates, conflicts, corroboration


def test_a_conflict_shows_both_dates_and_hides_neither(kg: KnowledgeGraph) -> None:
    answer = kg.ask("conflicts")
    assert ("2015-05-08", "2015-05-09") in _shown(answer, "value", "other")
    assert all(len({e.claim for e in row.evidence}) >= 2 for row in answer.rows)
    assert _shown(kg.ask("meetings", person="Kim Yong Nam"), "date") == {
        ("2015-05-08 ≠ 2015-05-09",),
    }


def test_where_dates_differ_a_place_goes_with_the_date_of_its_origin(kg: KnowledgeGraph) -> None:
    for name, where in (("meetings", "place"), ("timeline", "location")):
        rows = _shown(kg.ask(name), "date", where)
        assert {row for row in rows if "≠" in row[0]} == {
            ("2015-05-08 ≠ 2015-05-09", "Grand Kremlin Palace / Kremlin"),
        }


def test_a_coarser_date_is_no_conflict(kg: KnowledgeGraph) -> None:
    dates = _shown(kg.ask("relations", state="USSR"), "date")
    assert dates == {("1948-10-12 / XXXX-10-12",)}
    assert "1948" not in kg.ask("conflicts").to_csv()


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("2014", "2014", True),
        ("2014-10-09", "2014-10-09", True),
        ("2014-10-10", None, False),
        (None, "2014-10-08", False),
        ("2014-10", "2014-10", True),
    ],
)
def test_since_and_until_take_any_edtf_date(
    kg: KnowledgeGraph, since: str | None, until: str | None, found: bool
) -> None:
    events = _shown(kg.ask("receptions", since=since, until=until), "event")
    assert ((RECEPTION,) in events) is found


def test_a_date_object_will_do(kg: KnowledgeGraph) -> None:
    assert len(kg.ask("receptions", since=date(2014, 10, 9), until=date(2014, 10, 9))) == 1


def test_reposts_do_not_corroborate_and_unknown_origins_do_not_count(
    kg: KnowledgeGraph,
) -> None:
    answer = kg.ask("corroborated")
    assert len(answer) > 0
    for row in answer.rows:
        origins = {e.origin for e in row.evidence} - {None}
        assert len(origins) == row.cells[3]
    assert len(kg.ask("corroborated", min_origins=1)) > len(answer)
    assert len(kg.ask("corroborated", min_origins=9)) == 0


def test_only_according_to_leaves_out_what_any_other_origin_says(kg: KnowledgeGraph) -> None:
    answer = kg.ask("only_according_to", origin_kind="state media")
    state_media = {f"{ID}body/kcna", f"{ID}body/rodong-sinmun"}
    assert {e.origin for e in answer.evidence} <= state_media
    every = kg.ask("only_according_to")  # a state's own text, too
    assert {e.origin for e in every.evidence} == state_media | {f"{ID}state/dprk"}
    assert {row.terms for row in answer.rows} < {row.terms for row in every.rows}
    asked = kg.query("SELECT ?o WHERE { ?o a leg:StateMedia }")
    assert state_media <= {_iri(row.cells[0]) for row in asked.rows}


def test_what_did_not_happen_is_no_event(kg: KnowledgeGraph) -> None:
    told = {text for (text,) in _shown(kg.ask("did_not_happen"), "text")}
    assert "Kim Jong-un’s absence from Moscow’s war victory event" in told
    assert "his planned trip to Moscow" in told
    assert not any("planned" in event for (event,) in _shown(kg.ask("timeline"), "event"))


def test_office_holders_on_a_day_are_those_attested_then(kg: KnowledgeGraph) -> None:
    def then(on: str) -> list[str]:
        rows = kg.ask("office_holders", office="President of Russia", on=on).rows
        return [str(row["then"]) for row in rows if row["attested"] is not None]

    assert then("2015-05-10") == ["attested after it"] * 2  # by a text, and at an event of 2019
    assert then("2015-05-11") == ["attested on it", "attested after it"]
    assert then("2015-05-13") == ["attested before it", "attested after it"]
    with pytest.raises(UsageError, match="on takes one day"):
        then("2014")


def test_a_title_that_an_undated_text_uses_is_attested_on_no_day(kg: KnowledgeGraph) -> None:
    """It tells of the reception of 9 October 2014 as past: the title is used then or later."""
    (row,) = kg.ask("offices_of", person="Kim Hyong Jun").rows
    assert row["attested"] == "[2014-10-09..]"
    for day, then in (
        ("08", "attested after it"),
        ("10", "attested on a day not known, from 2014-10-09 on"),
    ):
        office = "DPRK Ambassador to Russia"
        holders = kg.ask("office_holders", office=office, on=f"2014-10-{day}").rows
        (row,) = (row for row in holders if row["holder"] == kg.thing("Kim Hyong Jun"))
        assert row["then"] == then


# --- evidence


@pytest.mark.parametrize("name", REFERENCE.questions)
def test_every_row_has_evidence_and_every_quote_is_the_text(kg: KnowledgeGraph, name: str) -> None:
    texts = {
        path.stem: path.read_text("utf-8")
        for folder in ("graph/sources", "tests/world/graph/sources")
        for path in CHECKOUT.glob(f"{folder}/*.txt")
    }
    answer = kg.ask(name)
    if not answer.rows:  # of such things only the tiny world tells
        answer = legation.open(CHECKOUT / "tests" / "world").ask(name)
    assert len(answer) > 0
    for row in answer.rows:
        assert row.evidence or name in ("names_of", "whereabouts"), row
    for passage in answer.evidence:
        text = texts[passage.article.rpartition("/")[2]]
        assert text[passage.start : passage.end] == passage.quote


def test_the_passage_that_proves_the_main_fact_comes_first_and_each_comes_once(
    kg: KnowledgeGraph,
) -> None:
    for row in kg.ask("who_attended").rows:
        assert len({e.claim for e in row.evidence}) == len(row.evidence)
        who, role = row["who"], row["role"]
        assert isinstance(who, Entity) and isinstance(role, Entity)
        if role.label != "speaker":
            event = row.cells[0]
            assert isinstance(event, Entity)
            assert row.evidence[0] in kg.evidence(event.iri, role.iri, who.iri)


def test_a_row_knows_its_columns(kg: KnowledgeGraph) -> None:
    row = kg.ask("conflicts").rows[1]
    assert row["value"] == "2015-05-08"
    with pytest.raises(KeyError, match="'values' is none of thing, property, value, by, other"):
        row["values"]


def test_a_triple_has_the_passages_of_the_claims_that_state_it(kg: KnowledgeGraph) -> None:
    passages = kg.evidence("reception of 9 October 2014", "leg:attendee", "Logvinov")
    assert any("Grigori Logvinov" in passage.quote for passage in passages)
    assert kg.evidence("reception of 9 October 2014", "leg:host", "Logvinov") == ()
    with pytest.raises(UsageError, match="a property is an IRI or a prefixed name"):
        kg.evidence("reception of 9 October 2014", "attended by", "Logvinov")


# --- parameters


@pytest.mark.parametrize(
    "spelling",
    ["Torshyn", "torshin", "Alexandr Torshyn", "Александр Торшин", "person:alexander-torshin"],
)
def test_any_spelling_of_a_name_will_do(kg: KnowledgeGraph, spelling: str) -> None:
    answer = kg.ask("who_attended", person=spelling)
    assert _shown(answer, "event", "who") == {(RECEPTION, "Alexander Torshin")}
    assert answer.parameters == {
        "person": Entity(f"{ID}person/alexander-torshin", "Alexander Torshin")
    }


def test_a_node_an_entity_or_nothing_will_do(kg: KnowledgeGraph) -> None:
    node = expand("person:kim-hyong-jun")
    assert node is not None
    entity = Entity(node.value, "Kim Hyong Jun")
    assert kg.ask("co_attendance", person=node).rows == kg.ask("co_attendance", person=entity).rows
    assert kg.ask("unnamed").rows == REFERENCE.ask("unnamed").rows
    assert kg.ask("visits", visitor=None).rows == kg.ask("visits").rows


def test_a_name_is_looked_for_among_things_of_the_right_kind(kg: KnowledgeGraph) -> None:
    moscow = kg.ask("timeline", place="Moscow").parameters["place"]
    russia = kg.ask("relations", state="Moscow").parameters["state"]
    assert (_iri(moscow), _iri(russia)) == (f"{ID}place/moscow", f"{ID}state/russia")


@pytest.mark.parametrize(
    ("question", "parameters", "error", "hint"),
    [
        ("who_atended", {}, UsageError, "did you mean who_attended"),
        ("zzz", {}, UsageError, "'legation ask' lists them"),
        ("who_attended", {"evnt": "x"}, UsageError, "its parameters: event, person, since, until"),
        ("who_attended", {"person": "Kim"}, AmbiguousName, "Kim Jong Il (person:kim-jong-il)"),
        ("who_attended", {"person": "Choe Sun Hui"}, UnknownName, "did you mean Choe Son Hui"),
        ("who_attended", {"person": "person:choe-son-hi"}, UnknownName, "person:choe-son-hui"),
        ("who_attended", {"person": "place:moscow"}, UsageError, "is no Agent: Moscow (place)"),
        ("who_attended", {"since": "last year"}, UsageError, "since: 'last year' is not an EDTF"),
        ("who_attended", {"since": "../2014"}, UsageError, "sets no limit on this side"),
        ("corroborated", {"min_origins": "two"}, UsageError, "takes a whole number, not 'two'"),
        ("plans", {"status": "canceled"}, UnknownName, "did you mean cancelled"),
        ("only_according_to", {"origin_kind": "state medium"}, UnknownName, "state media"),
    ],
)
def test_a_mistake_is_answered_in_one_helpful_sentence(
    kg: KnowledgeGraph,
    question: str,
    parameters: dict[str, Any],
    error: type[LegationError],
    hint: str,
) -> None:
    with pytest.raises(error) as caught:
        kg.ask(question, **parameters)
    assert hint in str(caught.value)
    _, *listed = str(caught.value).split("\n")
    assert all(line.startswith("  ") for line in listed)  # candidates, one a line
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_value_is_an_unknown_name_and_nothing_else(
    kg: KnowledgeGraph, value: str
) -> None:
    for name, question in kg.questions.items():
        for param in question.params:
            if param.kinds == ("words",):
                continue  # any words may be looked for: the test below
            given: dict[str, Any] = {param.name: value}
            with pytest.raises(UsageError):
                kg.ask(name, **given)


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_words_are_words(kg: KnowledgeGraph, value: str) -> None:
    assert all(len(kg.ask("offices_of", words=value)) == 0 for _ in (0,) if len(value) > 1)
    assert len(kg.ask("search", words=value, evidence=False)) >= 0


SAMPLES: list[tuple[str, str, str, str]] = [
    ("who_attended", "event", "event:putin-kim-yong-nam-meeting-2015-05", "event"),
    ("who_attended", "person", "person:vladimir-putin", "who"),
    ("receptions", "host", "body:russian-embassy-in-pyongyang", "given_by"),
    ("visits", "visitor", "person:kim-jong-il", "who"),
    ("letters", "sender", "person:joseph-stalin", "from"),
    ("signatories", "instrument", "instrument:dprk-russia-moscow-declaration", "instrument"),
    ("office_holders", "office", "office:president-of-russia", "office"),
    ("offices_of", "person", "person:kim-jong-un", "person"),
    ("statements", "speaker", "body:bbc", "said_by"),
    ("plans", "status", "leg:cancelled", "standing"),
    ("recognitions", "by", "state:dprk", "recogniser"),
    ("anniversaries", "of", "event:dprk-moscow-relations-establishment", "of"),
    ("sources_of", "thing", "person:kim-yong-nam", "thing"),
    ("attribution", "thing", "person:kim-yong-nam", "thing"),
    ("article_says", "origin", "body:kcna", "source"),
    ("names_of", "actor", "state:dprk", "actor"),
    ("members_of", "body", "body:united-russia", "body"),
]


@pytest.mark.parametrize(("name", "param", "value", "column"), SAMPLES)
def test_a_parameter_gives_exactly_the_rows_a_filter_would(
    kg: KnowledgeGraph, name: str, param: str, value: str, column: str
) -> None:
    wanted = expand(value)
    whole = kg.ask(name, evidence=False)
    at = whole.columns.index(column)
    expected = [row.cells for row in whole.rows if row.terms[at] == wanted]
    given: dict[str, Any] = {param: value}
    asked = kg.ask(name, evidence=False, **given)
    assert expected
    assert [row.cells for row in asked.rows] == expected


# --- what an answer is


def _iri(cell: Cell) -> str:
    assert isinstance(cell, Entity)
    return cell.iri


def test_json_is_one_object_of_the_promised_shape(kg: KnowledgeGraph) -> None:
    answer = kg.ask("who_attended", event="reception of 9 October 2014")
    told = json.loads(answer.to_json(evidence=True))
    assert list(told) == ["question", "parameters", "columns", "rows"]
    assert told["columns"] == ["event", "date", "who", "role", "for", "list"]
    row = told["rows"][0]
    assert list(row) == [*told["columns"], "evidence"]
    assert row["event"] == {"iri": _iri(answer.rows[0].cells[0]), "label": RECEPTION}
    assert row["date"] == "2014-10-09"
    assert list(row["evidence"][0]) == [
        *("claim", "quote", "article", "start", "end", "modality", "origin", "according_to"),
        "basis",
    ]
    assert "evidence" not in json.loads(answer.to_json())["rows"][0]


def test_what_is_not_stated_is_null_in_json(kg: KnowledgeGraph) -> None:
    told = json.loads(kg.ask("receptions", host="Russian Embassy in Pyongyang").to_json())
    assert told["rows"][0]["place"] is None


def test_numbers_and_truth_values_keep_their_type(kg: KnowledgeGraph) -> None:
    sparql = "SELECT (1 AS ?a) (true AS ?b) (2.5 AS ?c) ('x' AS ?d) WHERE {}"
    assert kg.query(sparql).rows[0].cells == (1, True, 2.5, "x")


@pytest.mark.parametrize(
    "write", [Answer.to_csv, Answer.to_json, Answer.to_markdown], ids=["csv", "json", "md"]
)
def test_every_quote_is_written_whole(kg: KnowledgeGraph, write: Callable[..., str]) -> None:
    answer = kg.ask("who_attended")
    written = write(answer, evidence=True)
    for passage in answer.evidence:
        quote = passage.quote
        if write is Answer.to_json:
            quote = json.dumps(quote, ensure_ascii=False)[1:-1]
        if write is Answer.to_csv:
            quote = quote.replace('"', '""')
        assert quote in written


def test_a_cell_cannot_break_out_of_a_markdown_table() -> None:
    cells = ("a|b", "<script>", "two\nlines", "`code`")
    answer = Answer(None, {}, ("a", "b", "c", "d"), (Row(cells, cells),))
    *_, line = answer.to_markdown().splitlines()
    assert line == "| a\\|b | \\<script\\> | two<br>lines | \\`code\\` |"


def test_an_empty_answer_keeps_its_columns(kg: KnowledgeGraph) -> None:
    answer = kg.ask("receptions", host="Ahn Chan-il")
    assert answer.to_csv(iris=False) == "event,date,place,given_by,commemorates\n"
    header = "event,date,place,given_by,commemorates,event_iri,place_iri,given_by_iri"
    assert answer.to_csv() == f"{header},commemorates_iri\n"
    assert json.loads(answer.to_json())["rows"] == []


# --- free queries, explanations, opening


def test_each_form_of_query_is_an_answer(kg: KnowledgeGraph) -> None:
    assert kg.query("ASK { person:kim-jong-un a leg:Person }").rows[0].cells == (True,)
    table = kg.query("SELECT ?x WHERE { ?x a leg:StateMedia } ORDER BY ?x")
    assert _shown(table, "x") == {("Korean Central News Agency",), ("Rodong Sinmun",)}
    graph = kg.query("CONSTRUCT { ?x a leg:StateMedia } WHERE { ?x a leg:StateMedia }")
    assert (graph.columns, len(graph)) == (("subject", "predicate", "object"), 2)
    assert len(kg.query("DESCRIBE body:kcna")) > 0


def test_an_explanation_holds_every_claim_about_a_thing(kg: KnowledgeGraph) -> None:
    explanation = kg.explain("Torshyn")
    claims = {told.passage.claim for told in explanation.claims}
    assert {e.claim for e in kg.ask("about", thing="Torshyn").evidence} <= claims
    text = explanation.to_text()
    assert all(told.passage.quote in text for told in explanation.claims)
    assert "Registry\n" in text and "also called: Александр Торшин" in text


def test_an_explanation_says_what_a_claim_leans_on_and_conflicts_with(kg: KnowledgeGraph) -> None:
    text = kg.explain("meeting of Vladimir Putin and Kim Yong Nam").to_text()
    assert "conflicts with: date: 2015-05-08 ≠ 2015-05-09 in yonhap-2015-05-12-10: “" in text
    assert "leans on: yonhap-2015-05-12-02: “" in text and "note: " in text


def test_a_claim_and_an_article_can_be_explained(kg: KnowledgeGraph) -> None:
    (claim,) = kg.explain("claim:yonhap-2015-05-12-02").claims
    assert claim.passage.claim == f"{ID}claim/yonhap-2015-05-12-02"
    article = kg.explain("article:yonhap-2015-05-12")
    assert len(article.claims) > 30


def test_find_offers_candidates_best_first(kg: KnowledgeGraph) -> None:
    best = kg.find("Choe Son-hui")[0]
    assert (best.label, best.score) == ("Choe Son Hui", 100.0)


def test_the_graph_is_an_rdflib_dataset_of_claim_graphs(kg: KnowledgeGraph) -> None:
    import rdflib

    claim = rdflib.URIRef(f"{ID}claim/yonhap-2015-05-12-02")
    assert len(kg.graph.graph(claim)) > 0
    quote = next(kg.graph.objects(claim, rdflib.URIRef(LEG.quote.value)))
    assert str(quote).startswith("Russian President Vladimir Putin")


def test_the_questions_explain_themselves(kg: KnowledgeGraph) -> None:
    shown = repr(kg.questions)
    assert all(name in shown for name in kg.questions)


def test_opening_what_is_no_graph_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no graph/ folder"):
        legation.open(tmp_path)
    with pytest.raises(UsageError, match="an endpoint has none"):
        legation.open("http://127.0.0.1:9/", drafts=True)


def test_drafts_answer_only_when_asked_for(tmp_path: Path, world: KnowledgeGraph) -> None:
    import shutil

    shutil.copytree(CHECKOUT / "tests" / "world", tmp_path / "w")
    path = tmp_path / "w" / "graph" / "articles" / "halm-gazette-2031-05-07.trig"
    text = path.read_text("utf-8")
    path.write_text(text.replace("leg:status leg:complete", "leg:status leg:draft"), "utf-8")
    assert len(legation.open(tmp_path / "w").ask("visits")) < len(world.ask("visits"))
    drafts = legation.open(tmp_path / "w", drafts=True)
    assert drafts.ask("visits").to_csv() == world.ask("visits").to_csv()


def test_a_literal_of_the_graph_can_be_a_value_of_evidence(kg: KnowledgeGraph) -> None:
    edtf = expand("edtf:EDTF")
    assert edtf is not None
    day = Literal("2014-10-09", datatype=edtf)
    assert kg.evidence("reception of 9 October 2014", "leg:date", day)
    assert kg.evidence("reception of 9 October 2014", NamedNode(LEG.date.value), day)
    wrong = Literal("2014-10-09", datatype=XSD.date)
    assert not kg.evidence("reception of 9 October 2014", "leg:date", wrong)
