"""The magics answer as Python does, complete what is typed, and point at mistakes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import legation
from legation.answer import Answer

pytest.importorskip("IPython", reason="magics need IPython: pip install 'legation[notebook]'")


@pytest.fixture(scope="module")
def kg() -> legation.KnowledgeGraph:
    return legation.open(Path(__file__).resolve().parents[1])


@pytest.fixture(scope="module")
def shell(kg: legation.KnowledgeGraph) -> Iterator[Any]:
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    settings = Config()
    settings.HistoryManager.enabled = False
    running = InteractiveShell.instance(config=settings)
    running.run_line_magic("load_ext", "legation")
    running.user_ns["kg"] = kg
    yield running
    InteractiveShell.clear_instance()


def _complete(shell: Any, line: str) -> list[str]:
    from IPython.core.completer import provisionalcompleter

    with provisionalcompleter():
        return [found.text for found in shell.Completer.completions(line, len(line))]


def test_a_cell_of_sparql_answers_with_prefixes_known(
    shell: Any, kg: legation.KnowledgeGraph
) -> None:
    query = "SELECT ?r WHERE { ?r a leg:Reception } ORDER BY ?r"
    result = shell.run_cell(f"%%sparql\n{query}").result
    assert isinstance(result, Answer)
    assert result.rows == kg.query(query).rows


def test_to_keeps_the_answer_in_a_variable_instead_of_showing_it(shell: Any) -> None:
    ran = shell.run_cell("%%sparql --to found\nASK { ?r a leg:Reception }")
    assert ran.success
    assert ran.result is None
    assert shell.user_ns["found"].rows[0].cells == (True,)


def test_a_question_answers_as_it_does_from_python(shell: Any, kg: legation.KnowledgeGraph) -> None:
    line = '%ask who_attended event="reception of 9 October 2014" --to asked'
    assert shell.run_cell(line).success
    expected = kg.ask("who_attended", event="reception of 9 October 2014")
    assert shell.user_ns["asked"] == expected


def test_ask_alone_lists_the_questions_and_help_explains_one(
    shell: Any, kg: legation.KnowledgeGraph
) -> None:
    assert shell.run_cell("%ask").result == kg.questions
    assert shell.run_cell("%ask plans --help").result == kg.questions["plans"]


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("%ask who_atended", "there is no question 'who_atended'; did you mean who_attended"),
        ('%ask offices_of person="Kim"', "may mean"),
        ('%ask offices_of person="Nobody Such"', "no agent here is called"),
        ("%ask offices_of persn=Kim", "no parameter 'persn'; its parameters: person"),
        ('%ask offices_of person="Kim', "a quotation mark is not closed"),
        ("%ask offices_of Kim", 'write each parameter once, as name="value"'),
        ("%ask plans --to 2x", "--to takes the name of a variable"),
        ("%%sparql --too x\nASK {}", "unrecognized arguments: --too x"),
        ("%%sparql --endpoint ftp://x\nASK {}", "ftp://x"),
    ],
)
def test_a_mistake_is_answered_in_one_sentence_without_a_traceback(
    shell: Any, cell: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not shell.run_cell(cell).success
    shown = capsys.readouterr().err
    assert shown.startswith("UsageError: ")
    assert sentence in shown
    _, *listed = shown.strip().splitlines()
    assert all(line.startswith("  ") for line in listed)  # candidates, one a line


@pytest.mark.parametrize(
    ("query", "line", "under"),
    [
        (
            "SELECT ?r WHERE {\n  ?r a leg:Reception\n  ?r leg:host ?h .\n}",
            "  ?r leg:host ?h .",
            "?r",
        ),
        ("SELECT ?r WHER {\n  ?r a leg:Reception\n}", "SELECT ?r WHER {", "WHER"),
        ("SELECT ?r WHERE { ?r a leg:Reception\n\n", "SELECT ?r WHERE { ?r a leg:Reception", None),
    ],
)
def test_a_caret_stands_where_the_text_stops_being_sparql(
    shell: Any, query: str, line: str, under: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not shell.run_cell(f"%%sparql\n{query}").success
    _, shown, caret = capsys.readouterr().err.rstrip().splitlines()
    assert shown == f"  {line}"
    assert caret.index("^") - 2 == (len(line) if under is None else line.index(under))


def test_an_undeclared_prefix_is_called_so(shell: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert not shell.run_cell("%%sparql\nSELECT ?x { ?x a foo:Bar }").success
    assert "uses a prefix nobody declared (" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("%ask who_at", ["who_attended"]),
        ("%ask who_attended per", ["person="]),
        ('%ask offices_of person="Choe S', ['Son Hui"']),
        ("%ask offices_of person='Choe S", ["Son Hui'"]),
        ("%ask plans status=canc", ["cancelled"]),
        ('%ask who_attended person="Kim Jong Un" sin', ["since="]),
        ("%ask who_attended since=", []),
        ("%ask no_such_question per", []),
    ],
)
def test_questions_parameters_and_names_are_completed(
    shell: Any, line: str, expected: list[str]
) -> None:
    found = _complete(shell, line)
    assert [match for match in found if match in expected] == expected
    assert expected or not any(match.endswith("=") for match in found)
