"""A question documents itself, runs as it is, and takes values only as terms."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from legation.answer import question
from legation.answer.heeded import drawn_to
from legation.answer.question import Question
from legation.errors import InputError, LegationError, UsageError
from legation.graph import workspace
from legation.rdf.vocabulary import XSD
from legation.store import LocalStore

PROMISED = {
    "who_attended": "event person since until undated",
    "receptions": "host since until undated",
    "meetings": "person other since until undated",
    "visits": "visitor country since until undated",
    "letters": "sender recipient since until undated",
    "treaties": "party since until undated",
    "signatories": "instrument",
    "office_holders": "office body on since until undated",
    "offices_of": "person words",
    "statements": "speaker about kind at since until undated",
    "plans": "status kind actor since until undated",
    "contents": "speaker about",
    "did_not_happen": "about since until undated",
    "timeline": "actor other kind place since until undated",
    "relations": "state other since until undated",
    "recognitions": "by of since until undated",
    "anniversaries": "of",
    "sources_of": "thing",
    "attribution": "thing",
    "only_according_to": "about origin_kind",
    "hearsay": "",
    "corroborated": "min_origins min_articles",
    "conflicts": "",
    "disagreements": "",
    "names_of": "actor",
    "unnamed": "article",
    "co_attendance": "person",
    "members_of": "body",
    "sanctions": "on since until undated",
    "transfers": "giver receiver since until undated",
    "votes": "voter since until undated",
    "forces": "of since until undated",
    "numbered": "counted",
    "representatives": "representative step since until undated",
    "missions": "of since until undated",
    "kin": "somebody",
    "mechanisms": "member",
    "citations": "text",
    "conditions": "speaker about",
    "realized": "thing",
    "reckoned": "how",
    "messages": "of since until undated",
    "foundings": "of by since until undated",
    "dealings": "of since until undated",
    "honours": "to since until undated",
    "article_says": "article about origin as_of",
    "articles": "publisher since until undated",
    "before_after": "thing",
    "outlets": "of",
    "search": "words about article",
    "things": "kind min_articles",
    "about": "thing origin as_of",
    "whereabouts": "thing",
}
HEAD = "#+ summary: Who?\n#+ param: x Thing it\n#+ param: n integer how many\n"
BODY = "SELECT ?x WHERE { ?x ?p ?o } ORDER BY ?x"
CHECKOUT = Path(__file__).resolve().parents[2]
ALL = [question.read(path) for path in workspace.find(CHECKOUT).question_files]

every_question = pytest.mark.parametrize("asked", ALL, ids=lambda q: q.name)


def _parsed(head: str = HEAD, body: str = BODY) -> Question:
    return question.parse(f"{head}#+ columns: x\n{body}\n", "q", Path("q.rq"))


def test_the_questions_are_those_promised_with_those_parameters() -> None:
    assert {q.name: " ".join(p.name for p in q.params) for q in ALL} == PROMISED


@every_question
def test_a_question_is_short_and_ordered(asked: Question, checkout: Path) -> None:
    text = (checkout / "queries" / "answers" / f"{asked.name}.rq").read_text("utf-8")
    assert len(text.splitlines()) <= 40
    assert max(map(len, text.splitlines())) <= 100
    assert asked.summary.endswith(("?", ")"))
    assert re.search(r"^ORDER BY ", asked.body, re.MULTILINE)


@every_question
def test_a_question_runs_as_it_is_with_nothing_added(asked: Question) -> None:
    import pyoxigraph

    solutions = pyoxigraph.Store().query(asked.body)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    assert set(asked.columns) <= {v.value for v in solutions.variables}
    assert list(solutions) == []


@every_question
def test_every_variable_of_the_evidence_is_selected_or_a_parameter(asked: Question) -> None:
    rows = LocalStore([]).select(asked.body)
    parts = {
        part
        for pattern in (*asked.evidence, *asked.otherwise)
        for part in (pattern.subject, pattern.predicate, pattern.object)
        if isinstance(part, str) and part.startswith("?")
    }
    assert {part[1:] for part in parts} <= set(rows.variables)


@every_question
def test_a_question_orders_by_every_column_it_selects(asked: Question) -> None:
    order = asked.body[asked.body.rindex("ORDER BY") :]
    assert set(asked.columns) - set(re.findall(r"\?(\w+)", order)) <= {
        *("list", "kind", "claims", "origins")
    }


@every_question
def test_each_parameter_is_open_in_the_body(asked: Question) -> None:
    for param in asked.params:
        text = asked.filters.get(param.name, asked.body)
        assert re.search(rf"\?{param.name}\b", text), param


def test_values_go_first_into_the_outermost_where() -> None:
    filled = _parsed().bound({"x": NamedNode("urn:a"), "n": Literal("2", datatype=XSD.integer)})
    assert filled.startswith("SELECT ?x WHERE { VALUES ?n { ")
    assert " VALUES ?x { <urn:a> } ?x ?p ?o" in filled


def test_a_where_in_a_comment_string_or_iri_is_not_the_query() -> None:
    body = '# WHERE { no }\nSELECT ("WHERE {" AS ?s) ?x\nwhere{ ?x <urn:WHERE{> ?o }'
    filled = _parsed(body=body.replace("<urn:WHERE{>", "<urn:p>")).bound({"x": NamedNode("urn:a")})
    assert filled.splitlines()[-1] == "where{ VALUES ?x { <urn:a> } ?x <urn:p> ?o }"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80))
def test_no_text_can_leave_its_literal(hostile: str) -> None:
    asked = question.parse(
        "#+ summary: S?\n#+ param: n date d\n#+ columns: n\nSELECT ?n WHERE { FILTER(BOUND(?n)) }",
        "q",
    )
    filled = asked.bound({"n": Literal(hostile, datatype=XSD.date)})
    assert filled.count("VALUES") - hostile.count("VALUES") <= 1
    rows = LocalStore([]).select(filled).rows
    assert [row[0].value for row in rows if isinstance(row[0], Literal)] == [hostile]


@pytest.mark.parametrize(
    "value", [NamedNode("urn:a"), Literal("2"), Literal("2", datatype=XSD.date)]
)
def test_a_term_of_another_kind_is_refused(value: NamedNode | Literal) -> None:
    with pytest.raises(UsageError, match="the parameter n takes integer"):
        _parsed().bound({"n": value})


def test_a_literal_cannot_stand_where_a_thing_belongs() -> None:
    with pytest.raises(UsageError, match="the parameter x takes Thing"):
        _parsed().bound({"x": Literal("> } ?x ?p ?o")})


def test_an_unknown_parameter_lists_those_there_are() -> None:
    with pytest.raises(UsageError, match="no parameter 'y'; its parameters: x, n"):
        _parsed().bound({"y": NamedNode("urn:a")})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"#+ columns: x\n{BODY}", "q.rq:1: needs exactly one line '#+ summary: …'"),
        (f"#+ summary: S?\n{BODY}", "q.rq:1: needs exactly one line '#+ columns: …'"),
        (f"#+ summary: S?\n#+ colums: x\n{BODY}", "q.rq:2: unknown header 'colums'"),
        (f"#+ summary: S?\n#+ param: x\n#+ columns: x\n{BODY}", "q.rq:2: write '#+ param: "),
        (f"#+ summary: S?\n#+ columns: x\n#+ evidence: ?x ?p\n{BODY}", "q.rq:3: evidence is"),
        (f"#+ summary: S?\n#+ columns: x\n#+ evidence: * a ?x\n{BODY}", "q.rq:3: the subject"),
        (f"#+ summary: S?\n#+ columns: x\n#+ evidence: ?x lge:p ?y\n{BODY}", "q.rq:3: 'lge:p'"),
        ("#+ summary: S?\n#+ columns: x\nASK {}", "q.rq:3: the query has no 'WHERE {'"),
    ],
)
def test_a_wrong_header_is_reported_with_its_line(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        question.parse(text, "q", Path("q.rq"))
    assert str(caught.value).startswith(message)


def test_a_question_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    path = tmp_path / "q.rq"
    path.write_bytes(b"\xff")
    with pytest.raises(LegationError, match="cannot be read as UTF-8 text"):
        question.read(path)


@pytest.mark.parametrize("group", ["OPTIONAL { ?event leg:place ?place . %s }", "%s"])
def test_a_parameter_within_optional_takes_no_row_away(group: str) -> None:
    heeding = "FILTER(!BOUND(?actor) || EXISTS { ?event leg:actor ?actor })"
    body = f"SELECT ?event ?place WHERE {{ ?event a leg:Event . {group % heeding} }}"
    left, pattern = drawn_to(body, "actor")
    assert (left == body) == (pattern == "") == group.startswith("OPTIONAL")
