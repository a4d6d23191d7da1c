"""Pictures draw uncertainty as it is, and say what they leave out."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import legation
from legation.errors import MissingExtra, UsageError

matplotlib = pytest.importorskip("matplotlib", reason="pictures need legation[plots]")

KG = legation.open(Path(__file__).resolve().parents[2])


@pytest.fixture(autouse=True)
def _no_window() -> Iterator[None]:
    from matplotlib import pyplot

    pyplot.switch_backend("Agg")
    yield
    pyplot.close("all")


def test_a_day_is_a_dot_a_span_is_a_bar_and_the_undated_are_counted() -> None:
    answer = KG.ask("timeline")
    axes = answer.plot()
    frame = answer.to_pandas().drop_duplicates(["event", "date"])
    days = (frame["date_earliest"] == frame["date_latest"]).sum()
    spans = (frame["date_earliest"] < frame["date_latest"]).sum()
    assert sum(line.get_marker() == "o" for line in axes.lines) == days
    assert len(axes.patches) == spans
    undated = frame[["date_earliest", "date_latest"]].isna().all(axis=1).sum()
    assert axes.get_xlabel() == f"{undated} more without a date that can be drawn"


def test_labels_of_a_picture_do_not_overlap() -> None:
    for axes in (
        KG.ask("timeline").plot(),
        KG.ask("statements", kind="opinion").plot(by="said_by"),
    ):
        axes.figure.canvas.draw()
        for ticks in (axes.get_xticklabels(), axes.get_yticklabels()):
            boxes = [label.get_window_extent() for label in ticks if label.get_text()]
            shrunk = [box.shrunk(0.98, 0.98) for box in boxes]
            assert not any(
                one.overlaps(other)
                for place, one in enumerate(shrunk)
                for other in shrunk[place + 1 :]
            )


def test_values_of_a_column_are_counted() -> None:
    answer = KG.ask("who_attended")
    axes = answer.plot(by="role")
    assert sum(bar.get_width() for bar in axes.patches) == len(answer)


def test_a_dollar_sign_is_no_formula() -> None:
    axes = KG.query('SELECT ("$x$" AS ?price) {}').plot()
    axes.figure.canvas.draw()
    assert axes.get_yticklabels()[0].get_text() == r"\$x\$"


@pytest.mark.parametrize(
    ("question", "by", "sentence"),
    [
        ("who_attended", "nobody", "the answer has no column 'nobody'; its columns: event, date"),
        ("letters", None, "no row has a date"),
    ],
)
def test_what_cannot_be_drawn_is_said_in_one_sentence(
    question: str, by: str | None, sentence: str
) -> None:
    with pytest.raises(UsageError, match=sentence):
        KG.ask(question).plot(by=by)


def test_an_empty_answer_is_not_drawn() -> None:
    with pytest.raises(UsageError, match="nothing to draw"):
        KG.query("SELECT ?x { ?x a leg:Reception FILTER(false) }").plot()


def test_a_missing_matplotlib_is_one_sentence_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtra, match=r"legation\[plots\]"):
        KG.ask("statements", kind="opinion").plot(by="said_by")
