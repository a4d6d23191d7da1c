"""Whatever stands in a label or a quote stays text, in every medium."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

import legation
from legation.answer import Answer, Entity, Evidence, Passages, Row
from legation.answer.explanation import ClaimedFacts, Explanation
from legation.answer.tabled import html
from legation.text.display import MOST_ROWS, Shown, Table, latex, plain
from legation.text.safe import visible

KG = legation.open(Path(__file__).resolve().parents[2])


class _Reader(HTMLParser):
    """What a browser would make of HTML: its elements, the attributes that act, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def _read(document: str) -> _Reader:
    reader = _Reader()
    reader.feed(document)
    reader.close()
    return reader


def _answer(text: str) -> Answer:
    passage = Evidence("urn:c", text, "urn:article/a", 0, 9, "asserted", None, None)
    cells = (Entity("urn:x", text), text, 5, None)
    terms = (NamedNode("urn:x"), Literal("a"), Literal(5), None)
    return Answer(None, {"who": text}, tuple("abcd"), (Row(cells, terms, (passage,)),))


def test_html_holds_only_elements_of_ours_and_the_text_whole(hostile: str) -> None:
    reader = _read(_answer(hostile)._repr_html_())
    allowed = "div table caption thead tbody tr th td bdi details summary ul li br small p span"
    assert reader.elements <= set(allowed.split())
    assert reader.attributes <= {"style", "class", "title", "scope"}
    assert reader.text.count(visible(hostile)) >= 3


def test_an_explanation_holds_only_elements_of_ours(hostile: str) -> None:
    passage = Evidence("urn:c", hostile, "urn:a", 0, 9, "asserted", None, None)
    thing, fact = Entity("urn:x", hostile), (Entity("urn:x", hostile), hostile, None)
    claim = ClaimedFacts(passage, (fact,), (fact,), hostile, hostile, (hostile,), (hostile,))
    told = Explanation(thing, (hostile,), (fact,), (claim,))
    reader = _read(told._repr_html_())
    assert reader.elements <= set("div p b ul li bdi br small".split())
    assert reader.attributes <= {"style", "class", "title"}
    assert reader.text.count(visible(hostile)) == 12
    assert not any((c < " " and c not in "\n\t") or c == "\u202e" for c in f"{told}{told!r}")


def test_a_row_of_latex_never_opens_with_an_option() -> None:
    table = latex(Table("", ("a",), ((Shown("[2cm]"),), (Shown("*"),))))
    assert "\n{}[2cm]" in table
    assert "\n{}*" in table


def test_plain_text_moves_no_cursor_and_keeps_one_line_per_row(hostile: str) -> None:
    lines = repr(_answer(hostile)).splitlines()
    assert len(lines) == 4
    assert not any(c < " " or c == "\u202e" for line in lines for c in line)


def test_nothing_is_fetched_and_nothing_runs() -> None:
    shown = [KG.questions, KG.ask("who_attended"), KG.explain("Choe Son Hui"), KG.find("Kim")]
    for value in shown:
        document = value._repr_html_()
        reader = _read(document)
        assert not reader.elements & {"script", "link", "style", "img", "iframe", "a"}
        assert not reader.attributes & {"src", "href"}
        assert "tex2jax_ignore" in document


def test_the_words_that_prove_a_row_open_with_a_click() -> None:
    document = KG.ask("conflicts")._repr_html_()
    assert document.count("<details>") == 2
    assert "on May 9, 2015" in document


def test_a_long_table_says_how_much_it_hides() -> None:
    table = Table("", ("n",), tuple((Shown(str(n)),) for n in range(MOST_ROWS + 2)))
    assert plain(table).endswith("… and 2 more rows")
    assert html(table).count("<tr>") == MOST_ROWS + 1
    assert latex(table).endswith("… and 2 more rows")


def test_an_empty_answer_says_so_in_a_sentence() -> None:
    answer = KG.ask("receptions", since="2030")
    last = repr(answer).splitlines()[-1]
    assert last.startswith("No row: nothing in this graph answers that.")
    assert "No row" in answer._repr_html_()


def test_columns_align_where_characters_are_wide() -> None:
    table = Table("", ("a", "b"), ((Shown("조선"), Shown("x")), (Shown("abcd"), Shown("x"))))
    assert plain(table).splitlines()[2:] == ["조선  x", "abcd  x"]


def test_passages_show_their_quotes_whole() -> None:
    quote = "word " * 60
    passages = Passages([Evidence("urn:c", quote, "urn:a", 0, 300, "asserted", None, None)])
    assert quote in repr(passages)
    assert quote.strip() in _read(passages._repr_html_()).text
    assert repr(Passages()) == "no passage"


@pytest.mark.parametrize(("form", "mark"), [("html", "<details>"), ("latex", "begin{longtable}")])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_display_survives_an_export_of_its_notebook(form: str, mark: str) -> None:
    nbconvert = pytest.importorskip("nbconvert", reason="exports need legation[notebook]")
    from nbformat import v4

    answer = KG.ask("conflicts")
    shown = {
        "text/plain": repr(answer),
        "text/html": answer._repr_html_(),
        "text/latex": answer._repr_latex_(),
    }
    output = v4.new_output("execute_result", data=shown, execution_count=1)
    cell = v4.new_code_cell("answer", outputs=[output], execution_count=1)
    body, _ = nbconvert.get_exporter(form)().from_notebook_node(v4.new_notebook(cells=[cell]))
    assert mark in body
