"""The commands ask, query and explain: what they print, where, and how they end."""

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import legation

QUOTE = (
    "a reception for the anniversary held on October 9, which according to the Korea Central "
    "News Agency included the presence of several Russian officials, including Grigori Logvinov"
)
EVENT = "event=reception of 9 October 2014"
DRAWN = "─━│┃╭╰┏┗"


QUESTIONS = legation.open().questions
Run = Callable[..., Any]


@pytest.fixture
def run(on_reference: Run) -> Run:
    return on_reference


def test_ask_alone_lists_every_question_with_its_parameters(run: Run) -> None:
    ran = run("ask")
    assert ran.code == 0
    for name, question in QUESTIONS.items():
        wanted = ", ".join(p.name for p in question.params if p.name != "undated")
        assert f"  {name}({wanted})\n      {question.summary}\n" in ran.out


def test_questions_are_found_by_what_they_are_about(run: Run) -> None:
    found = run("ask", "--find", "a banquet").out
    assert found.startswith("receptions\n") and "host: who gave it (Agent)" in found
    assert "who_attended" not in found
    assert run("ask", "--find", "who_attended").out.startswith("who_attended\n")
    ran = run("ask", "--find", "dinosaurs")
    assert (ran.code, ran.out) == (2, "") and "no question is about 'dinosaurs'" in ran.err


def test_a_column_that_no_row_fills_is_named_beneath_the_table(run: Run) -> None:
    ran = run("ask", "kin")
    assert "relative_died" in ran.out.splitlines()[0]
    ran = run("ask", "meetings", "since=2019")
    assert "sides" not in ran.out and "not stated in any row: sides" in ran.err
    assert "sides" in run("ask", "meetings", "since=2019", "-f", "csv").out


@pytest.mark.sample(3)  # that each example has an answer is in tests/answer
@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_can_be_asked_as_its_example_says(run: Run, kept: Path, name: str) -> None:
    ran = run("ask", name, *shlex.split(QUESTIONS[name].example), "--evidence")
    assert ran.code == 0
    if not QUESTIONS[name].example and len(ran.out.splitlines()) <= 1:  # only the world has such
        ran = run("ask", name, "--evidence", "-w", str(kept / "world"))
    assert ran.code == 0
    said = [line for line in ran.err.splitlines() if line != "reading the graph …"]
    expected = ("not shown, as no source says when", "take the first with --limit N")
    known = ("Legend: ", "not stated in any row: ")
    assert all(line.startswith(known) or any(e in line for e in expected) for line in said)
    assert len(ran.out.splitlines()) > 1


def test_piped_output_is_plain_and_quotes_are_whole(run: Run) -> None:
    ran = run("ask", "who_attended", EVENT, "--evidence")
    assert ran.code == 0
    assert any(QUOTE in line for line in ran.out.splitlines())
    assert "\x1b" not in ran.out and not set(DRAWN) & set(ran.out)


@pytest.mark.parametrize(
    "words",
    [
        ["ask", "receptions", "--evidence"],
        ["ask", "attribution", "thing=Kim Yong Nam"],
        ["explain", "Choe Son Hui"],
        ["path", "Kim Jong Un", "Vladimir Putin"],
        ["list", "articles"],
        ["timeline"],
    ],
    ids=" ".join,
)
def test_a_pipe_is_as_wide_as_columns_says_and_loses_no_word(
    run: Run, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = run(*words).out
    longest = max(map(len, whole.split()))
    for wide in (60, 120):
        monkeypatch.setenv("COLUMNS", str(wide))
        fitted = run(*words).out
        assert max(map(len, fitted.splitlines())) <= max(wide, longest + 8)
        assert set(whole.split()) <= set(fitted.split())


def test_an_answer_goes_to_a_file_whose_suffix_tells_the_form(run: Run, tmp_path: Path) -> None:
    query = ["query", "SELECT ?x { ?x a leg:Reception }"]
    for form, name in (("table", "txt"), ("csv", "csv"), ("json", "json"), ("md", "md")):
        words = query if form == "json" else ["ask", "receptions", "-e"]
        path = tmp_path / f"answer.{name}"
        assert run(*words, "-o", str(path))[:2] == (0, "")
        assert path.read_text("utf-8") == run(*words, "-f", form).out
    for words in (["explain", "Torshyn"], ["path", "Kim Jong Un", "Vladimir Putin"], ["ask"]):
        path = tmp_path / "answer.txt"
        assert run(*words, "-o", str(path))[:2] == (0, "")
        assert path.read_text("utf-8") == run(*words).out
    ran = run("ask", "receptions", "-o", str(tmp_path / "answer.docx"))
    assert ran.code == 2 and "its suffix names no format" in ran.err


def test_a_limit_shows_the_first_rows_and_says_of_how_many(run: Run) -> None:
    whole = run("ask", "receptions", "-f", "csv").out.splitlines()
    ran = run("ask", "receptions", "-f", "csv", "--limit", "2")
    assert ran.out.splitlines() == whole[:3]
    assert f"the first 2 of {len(whole) - 1} rows" in ran.err
    assert run("ask", "receptions", "--limit", "0").code == 2


def test_a_long_answer_says_how_to_narrow_it(run: Run) -> None:
    err = run("ask", "attribution").err
    assert "narrow it by thing=" in err and 'ask attribution thing="' in err
    assert "narrow" not in run("ask", "attribution", "--limit", "5").err
    assert "narrow" not in run("ask", "receptions").err


def test_an_empty_answer_says_which_parameter_emptied_it(run: Run) -> None:
    err = run("ask", "receptions", "host=Ahn Chan-il").err
    assert "host=Ahn Chan-il empties it: without it there are " in err


def test_what_there_is_is_listed(run: Run) -> None:
    kinds = run("list").out
    assert kinds.split()[:3] == ["kind", "count", "list"]
    assert "persons" in kinds and "receptions" in kinds
    people = run("list", "persons").out
    assert people == run("list", "Person").out
    assert "Choe Son Hui" in people and "person:choe-son-hui" in people
    assert "relations-strengthen-77th-anniversary" in run("list", "articles").out
    wrong = run("list", "persns")
    assert wrong.code == 2 and "did you mean person" in wrong.err


def test_the_demo_is_one_screen_with_people_quotes_and_three_commands(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = run("demo").out.splitlines()
    assert len(lines) <= 23 and max(map(len, lines)) <= 80
    assert lines[0].startswith("Who was at the ")
    assert sum("“" in line for line in lines) >= 2
    commands = [line.strip() for line in lines if line.startswith("  legation ")]
    assert len(commands) == 3
    for typed in commands:
        assert run(*shlex.split(typed)[1:]).code == 0


def test_the_demo_names_the_command_as_it_must_be_typed(checkout: Path) -> None:
    program = Path(sys.executable).with_name("legation")
    if not program.is_file() or not program.is_relative_to(checkout):
        pytest.skip("the command is not installed beneath this folder")
    bare = {**os.environ, "PATH": "/usr/bin:/bin"}
    typed = [str(program.relative_to(checkout)), "demo"]
    ran = subprocess.run(typed, cwd=checkout, env=bare, check=True, capture_output=True, text=True)
    assert f"  {typed[0]} list\n" in ran.stdout


def test_a_reader_that_has_seen_enough_ends_an_answer_quietly(checkout: Path) -> None:
    code = "from legation.cli import main; main()"
    words = [sys.executable, "-u", "-c", code, "ask", "attribution"]
    running = subprocess.Popen(
        words, cwd=checkout, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert running.stdout is not None and running.stderr is not None
    running.stdout.readline()
    running.stdout.close()
    assert "Traceback" not in running.stderr.read()
    assert running.wait() == 0
    running.stderr.close()


@pytest.mark.parametrize("form", ["csv", "json", "md"])
def test_formats_are_those_of_the_answer(run: Run, form: str, kg: legation.KnowledgeGraph) -> None:
    answer = kg.ask("who_attended", event=EVENT.partition("=")[2])
    write = {"csv": answer.to_csv, "json": answer.to_json, "md": answer.to_markdown}[form]
    assert run("ask", "who_attended", EVENT, "-e", "-f", form).out == write(evidence=True)
    assert run("ask", "who_attended", EVENT, "--format", form).out == write()


def test_json_is_one_object(run: Run) -> None:
    told = json.loads(run("ask", "conflicts", "--format", "json", "--evidence").out)
    assert set(told) == {"question", "parameters", "columns", "rows"}


def test_a_terminal_gets_a_table_with_numbered_passages(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "200")
    ran = run("ask", "who_attended", EVENT, "--evidence")
    assert set(DRAWN) & set(ran.out)
    assert QUOTE[:80] in ran.out and "proof" in ran.out


def test_what_is_not_stated_says_so(run: Run) -> None:
    assert "not stated" in run("ask", "receptions").out


def test_no_rows_is_an_answer_and_says_so_on_stderr(run: Run) -> None:
    ran = run("ask", "receptions", "host=Ahn Chan-il")
    assert (ran.code, ran.out.split()[0]) == (0, "event")
    assert "no rows" in ran.err


def test_no_rows_names_the_terms_that_are_none_and_the_events_left_out(run: Run) -> None:
    ran = run("query", "SELECT ?x { ?x a leg:Recepton ; leg:host state:japan }")
    assert "leg:Recepton is no term of the ontology; did you mean leg:Reception" in ran.err
    assert "leg:host" not in ran.err
    assert "no source says when" in run("ask", "timeline", "since=2026").err
    assert "without a date" not in run("ask", "receptions", "host=Ukraine").err


def test_a_row_that_is_shown_without_a_date_is_not_called_left_out(run: Run) -> None:
    """The embassy's reception is told of as past in an article of October 2025."""
    ran = run("ask", "receptions", "since=2014")
    assert "reception of the Russian Embassy in Pyongyang" in ran.out
    assert "left out" not in ran.err


def test_an_answer_that_only_a_draft_has_is_hinted_at(command, tmp_path: Path) -> None:
    assert command(tmp_path, "new", "desk").code == 0
    talks = tmp_path / "desk/graph/articles/example-talks.trig"
    text = talks.read_text("utf-8")
    assert "leg:status leg:complete" in text
    talks.write_text(text.replace("leg:status leg:complete", "leg:status leg:draft"), "utf-8")
    assert "articles in draft answer this" in command(tmp_path / "desk", "ask", "meetings").err
    assert "in draft" not in command(tmp_path / "desk", "ask", "letters").err
    assert "in draft" not in command(tmp_path / "desk", "ask", "meetings", "--drafts").err


def test_a_term_of_the_ontology_is_explained_by_its_definition(run: Run) -> None:
    assert "A gathering which a host gives for guests." in run("explain", "leg:Reception").out
    assert "definition: " in run("explain", "leg:attendee").out


def test_a_place_that_lends_its_name_to_a_state_is_the_place_visited(run: Run) -> None:
    assert "Russian Federation" not in run("ask", "visits", "country=Moscow").out
    assert "Russian Federation" in run("ask", "visits", "country=Russia").out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ask", "who_atended"], "there is no question 'who_atended'; did you mean who_attended"),
        (["ask", "who_attended", "evnt=x"], "its parameters: event, person, since, until"),
        (["ask", "who_attended", "event"], "write a parameter as name=value, not 'event'"),
        (["ask", "who_attended", "person=a", "person=b"], "is given twice"),
        (["ask", "who_attended", "person=Kim"], "Kim Jong Un (person:kim-jong-un)"),
        (["ask", "who_attended", "person=Choe Sun Hui"], "did you mean Choe Son Hui"),
        (["explain", "Kim Jong Ung"], "did you mean Kim Jong Un"),
        (["query", "SELECT * WHERE { ?s ?p"], "the query"),
        (["query", "no/such/file.rq"], "cannot be read as a query: No such file or directory\n"),
        (["query", "SELECT ?x { ?x a lag:Act }"], "a prefix nobody declared (lag:)"),
        (["query", "DELETE WHERE { ?x a leg:Act }"], "this is an update"),
        (["ask", "meetings", "since=May 2015"], "is not an EDTF date: write YYYY, YYYY-MM"),
        (["ask", "visits", "--endpoint", "ftp://example.org/"], "begins with http:// or https://"),
    ],
)
def test_a_mistake_ends_with_2_and_one_clear_message(
    run: Run, arguments: list[str], message: str
) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("legation: ")
    assert message in ran.err
    assert "Traceback" not in ran.err


def test_an_endpoint_that_does_not_answer_is_reported(run: Run) -> None:
    ran = run("ask", "visits", "--endpoint", "http://127.0.0.1:9/sparql")
    assert (ran.code, ran.out) == (2, "")
    assert "http://127.0.0.1:9/sparql did not answer" in ran.err


def test_a_broken_file_is_reported_with_its_line(command: Run, tmp_path: Path) -> None:
    articles = tmp_path / "graph" / "articles"
    articles.mkdir(parents=True)
    broken = articles / "broken.trig"
    broken.write_text("@prefix leg: <https://w3id.org/legation/ns#> .\n<a> leg: .\n", "utf-8")
    ran = command(tmp_path, "ask", "visits")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"legation: {broken}:2: ")
    assert len(ran.err.splitlines()) == 1
    assert list(tmp_path.rglob("*")) == [tmp_path / "graph", articles, broken]


def test_a_query_comes_from_an_argument_a_file_or_stdin(run: Run, tmp_path: Path) -> None:
    sparql = "SELECT ?x WHERE { ?x a leg:StateMedia } ORDER BY ?x"
    path = tmp_path / "media.rq"
    path.write_text(sparql, "utf-8")
    shown = run("query", sparql).out
    assert shown.split() == ["x", *"Korean Central News Agency".split(), "Rodong", "Sinmun"]
    assert run("query", str(path)).out == shown
    assert run("query", "-", stdin=sparql.encode()).out == shown


def test_explain_prints_everything_beside_its_quotes(run: Run) -> None:
    ran = run("explain", "Torshyn")
    assert ran.code == 0
    assert "the first vice-chairman of the Federation Council of Russia" in ran.out
    told = json.loads(run("explain", "Torshyn", "--format", "json").out)
    assert told["thing"]["label"] == "Alexander Torshin"
    assert len(told["claims"]) == ran.out.count("\n“")


def test_starting_up_imports_nothing_heavy(checkout: Path) -> None:
    heavy = "rdflib pyoxigraph pyshacl owlready2 networkx SPARQLWrapper pandas rich.table"
    code = (
        "import sys, legation, legation.cli\n"
        f"print([m for m in {heavy.split()!r} if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert ran.stdout.strip() == "[]"


def test_asking_needs_no_rdflib(checkout: Path) -> None:
    code = (
        "import sys, legation\n"
        "legation.open().ask('who_attended')\n"
        "print([m for m in ('rdflib', 'pyshacl', 'owlready2', 'pandas') if m in sys.modules])"
    )
    command = [sys.executable, "-c", code]
    ran = subprocess.run(command, cwd=checkout, check=True, capture_output=True, text=True)
    assert ran.stdout.strip() == "[]"


def test_no_message_acts_on_the_terminal(run: Run) -> None:
    ran = run("explain", "\x1b]0;owned\x07\x9b2J\u202eabc")
    assert ran.code == 2
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(ran.err)
    assert "\\x1b]0;owned" in ran.err


@pytest.mark.parametrize("name", ["self", "name", "evidence"])
def test_a_word_of_python_is_no_parameter(run: Run, name: str) -> None:
    ran = run("ask", "who_attended", f"{name}=1")
    assert (ran.code, ran.out) == (2, "")
    assert f"no question has a parameter '{name}'" in ran.err
