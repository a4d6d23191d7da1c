"""Frames keep what answers say: types, order, uncertainty, and whose name is whose."""

import copy
import io
import pickle
import sys
from datetime import date, datetime
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

import legation
from legation.answer import Answer, Entity, Row
from legation.answer.column import columns
from legation.answer.frames import to_pandas, to_polars
from legation.errors import MissingExtra
from legation.rdf.vocabulary import EDTF, XSD

pandas = pytest.importorskip("pandas", reason="frames need legation[frames]")
polars = pytest.importorskip("polars", reason="frames need legation[frames]")

KG = legation.open(Path(__file__).resolve().parents[2])
DATE_TIME = NamedNode(XSD.date.value + "Time")
FLOAT = NamedNode("http://www.w3.org/2001/XMLSchema#float")


def _edtf(text: str) -> Literal:
    return Literal(text, datatype=EDTF)


def _frame(*terms: object) -> "pandas.DataFrame":
    cells = [["thing" if isinstance(term, NamedNode) else term] for term in terms]
    return to_pandas(columns(["x"], cells, [[term] for term in terms]))


def test_columns_stand_in_the_order_of_select_and_companions_after_them() -> None:
    answer = KG.query(
        "SELECT ?when ?event { ?event a leg:Meeting ; leg:date ?when } ORDER BY ?event"
    )
    frame = answer.to_pandas()
    assert list(frame.columns) == ["when", "event", "when_earliest", "when_latest", "event_iri"]
    assert list(answer.to_polars().columns) == list(frame.columns)
    assert list(answer.to_pandas(companions=False).columns) == ["when", "event"]


def test_an_uncertain_date_keeps_its_text_and_gets_the_days_it_may_mean() -> None:
    frame = _frame(_edtf("2000-07"), _edtf("2014-05/.."), _edtf("XXXX-10-12"), None)
    assert frame["x"].tolist()[:3] == ["2000-07", "2014-05/..", "XXXX-10-12"]
    assert frame["x_earliest"].dtype == frame["x_latest"].dtype == "datetime64[s]"
    assert frame["x_earliest"][0] == pandas.Timestamp(2000, 7, 1)
    assert frame["x_latest"][0] == pandas.Timestamp(2000, 7, 31)
    assert frame["x_latest"].isna().tolist() == [False, True, True, True]


def test_a_date_before_the_age_of_nanoseconds_is_kept() -> None:
    assert _frame(_edtf("0988"))["x_earliest"][0] == pandas.Timestamp("0988-01-01").as_unit("s")


@pytest.mark.parametrize(
    ("terms", "dtype"),
    [
        ([Literal(3), Literal("4", datatype=XSD.integer), None], "Int64"),
        (
            [Literal("1.5", datatype=XSD.decimal), Literal(2), Literal("2.5", datatype=FLOAT)],
            "Float64",
        ),
        ([Literal(True), None], "boolean"),
        ([Literal("2014-10-09", datatype=XSD.date), None], "datetime64[s]"),
        ([Literal("2014-10-09T08:00:00", datatype=DATE_TIME)], "datetime64[us]"),
        ([Literal("2014-10-09T08:00:00Z", datatype=DATE_TIME)], "datetime64[us, UTC]"),
        ([Literal("a"), Literal("b", language="en")], "string"),
        ([NamedNode("urn:a")], "string"),
        ([None], "string"),
        ([Literal("31 June", datatype=XSD.date)], "string"),
        ([Literal("9" * 30, datatype=XSD.integer)], "string"),
        ([Literal(1), Literal("x")], "object"),
        (
            [
                Literal("2014-10-09T08:00:00", datatype=DATE_TIME),
                Literal("2014-10-09T08:00:00Z", datatype=DATE_TIME),
            ],
            "string",
        ),
    ],
)
def test_a_column_is_typed_only_when_every_value_fits(terms: list[object], dtype: str) -> None:
    assert str(_frame(*terms)["x"].dtype) == dtype


def test_numbers_dates_and_moments_keep_their_values() -> None:
    terms = [
        Literal(7),
        Literal("1.5", datatype=XSD.decimal),
        Literal("2014-10-09", datatype=XSD.date),
        Literal("2014-10-09T10:00:00+02:00", datatype=DATE_TIME),
        Literal(False),
    ]
    table = columns(list("abcde"), [terms], [terms])
    assert [column.values[0] for column in table] == [
        7,
        1.5,
        date(2014, 10, 9),
        datetime.fromisoformat("2014-10-09T10:00:00+02:00"),
        False,
    ]
    assert to_polars(table).row(0)[2] == date(2014, 10, 9)


def test_a_thing_is_its_label_with_its_iri_at_hand() -> None:
    frame = KG.ask("offices_of", person="Choe Son Hui").to_pandas()
    assert frame["person"][0] == "Choe Son Hui"
    assert frame["person_iri"][0] == "https://w3id.org/legation/id/person/choe-son-hui"


def test_a_mixed_column_keeps_values_in_pandas_and_is_text_in_polars() -> None:
    terms = [[NamedNode("urn:a")], [Literal(66)], [_edtf("2015-05-08")]]
    table = columns(["value"], [["A"], [66], ["2015-05-08"]], terms)
    frame = to_pandas(table)
    assert frame["value"].tolist() == ["A", 66, "2015-05-08"]
    assert frame["value_iri"].notna().tolist() == [True, False, False]
    assert frame["value_latest"].notna().tolist() == [False, False, True]
    assert to_polars(table)["value"].to_list() == ["A", "66", "2015-05-08"]


def test_a_companion_never_takes_the_name_of_a_column() -> None:
    table = columns(["who", "who_iri"], [["A", "x"]], [[NamedNode("urn:a"), Literal("x")]])
    assert [column.name for column in table] == ["who", "who_iri", "who_iri_"]


@pytest.mark.parametrize("name", sorted(KG.questions))
def test_an_empty_answer_has_the_columns_and_dtypes_of_a_full_one(name: str) -> None:
    full = KG.ask(name, evidence=False)
    empty = Answer(name, {}, full.columns, (), kinds=full.kinds)
    assert empty.to_pandas().dtypes.to_dict() == full.to_pandas().dtypes.to_dict()
    assert empty.to_polars().schema == full.to_polars().schema


def test_a_question_that_finds_nothing_still_knows_its_columns() -> None:
    full, empty = KG.ask("receptions"), KG.ask("receptions", since="2030")
    assert len(empty) == 0
    assert empty.to_pandas().dtypes.to_dict() == full.to_pandas().dtypes.to_dict()
    frame = KG.query("SELECT ?a ?b { ?a leg:date ?b FILTER(false) }").to_pandas()
    assert list(frame.columns) == ["a", "b"]


def test_evidence_repeats_a_row_for_each_passage() -> None:
    answer = KG.ask("conflicts")
    frame = answer.to_pandas(evidence=True)
    assert len(frame) == len(answer.evidence) == 5
    assert frame["start"].dtype == "Int64"
    assert set(frame["quote"]) == {passage.quote for passage in answer.evidence}
    assert list(answer.to_polars(evidence=True).columns) == list(frame.columns)


def test_what_evidence_names_is_a_label_with_its_iri_at_hand() -> None:
    frame = KG.ask("who_attended", person="Alexander Torshin").to_pandas(evidence=True)
    assert (
        frame["article"][0] == "North Korea celebrated the anniversary of its relations with Russia"
    )
    assert frame["article_iri"][0].endswith("/article/nk-news-66th-anniversary")
    assert set(frame["origin"].dropna()) <= {"NK News", "Korean Central News Agency"}
    assert frame["claim_iri"].str.startswith("https://").all()
    bare = KG.ask("who_attended").to_pandas(evidence=True, companions=False)
    assert not [name for name in bare.columns if name.endswith("_iri")]


def test_csv_has_a_column_of_iris_for_each_column_of_things(tmp_path: Path) -> None:
    answer = KG.ask("receptions")
    text = answer.to_csv(evidence=True)
    frame = pandas.read_csv(io.StringIO(text))
    assert frame["event_iri"].str.startswith("https://").all()
    assert frame["place"].isna().any() and "not stated" not in text
    assert answer.to_csv(tmp_path / "receptions.csv", evidence=True) is None
    assert (tmp_path / "receptions.csv").read_text("utf-8") == text


@pytest.mark.parametrize("absent", [None, "polars"])
def test_a_parquet_file_is_read_back_as_the_frame_written(
    absent: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if absent:
        pytest.importorskip("pyarrow", reason="pandas writes Parquet with pyarrow")
        monkeypatch.setitem(sys.modules, absent, None)
    answer = KG.ask("timeline")
    answer.to_parquet(tmp_path / "t.parquet", evidence=True)
    assert polars.read_parquet(tmp_path / "t.parquet").equals(answer.to_polars(evidence=True))


def test_parquet_that_nothing_can_write_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for package in ("polars", "pandas"):
        monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtra, match=r"Parquet files need .*legation\[frames\]"):
        KG.ask("timeline").to_parquet(tmp_path / "t.parquet")


def test_a_row_is_had_by_its_place_and_its_cells_by_name() -> None:
    answer = KG.ask("who_attended", event="reception of 9 October 2014")
    row = answer[2]
    assert row.who == row["who"] == row.cells[2]
    assert answer[-1] == answer.rows[-1]
    assert [r.who for r in answer[:2]] == [r.who for r in answer.rows[:2]]
    assert dict(row) == dict(zip(answer.columns, row.cells, strict=True))
    assert "who" in dir(row) and copy.copy(row) == pickle.loads(pickle.dumps(row)) == row
    assert len(repr(row)) < 300 and "Kim Hyong Jun" in repr(row)
    with pytest.raises(AttributeError, match="a row has no 'whom'; its columns: event, date, who"):
        _ = row.whom


def test_a_yes_or_no_is_a_truth_value() -> None:
    frame = KG.query("ASK { ?x a leg:Reception }").to_pandas()
    assert str(frame["answer"].dtype) == "boolean"
    assert bool(frame["answer"][0])


@pytest.mark.parametrize("package", ["pandas", "polars"])
def test_a_missing_package_is_one_sentence_with_the_remedy(
    package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtra, match=r"pip install 'legation\[frames\]'") as caught:
        getattr(KG.ask("conflicts"), f"to_{package}")()
    assert "\n" not in str(caught.value)


def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe_only_when_asked() -> None:
    cells = ("=1+1", -5, Entity("urn:a", "@sum"), "plain", "-x")
    answer = Answer(None, {}, tuple("abcde"), (Row(cells, cells),))
    assert answer.to_csv().splitlines()[1] == "=1+1,-5,@sum,plain,-x"
    assert answer.to_csv(spreadsheet=True).splitlines()[1] == "'=1+1,-5,'@sum,plain,'-x"


def test_polars_and_pandas_agree() -> None:
    answer = KG.ask("timeline")
    days = answer.to_pandas()["date_earliest"]
    assert [None if pandas.isna(day) else day.date() for day in days] == (
        answer.to_polars()["date_earliest"].cast(polars.Date).to_list()
    )
