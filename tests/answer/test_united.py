"""One row a thing: two values of which one can be true stand in one cell, none of them lost."""

import csv
import io
import json
from collections import Counter
from pathlib import Path

import polars
import pytest
from pyoxigraph import Literal

import legation
from legation.answer.cells import Entity, Manifold, Several
from legation.answer.column import columns
from legation.knowledge import KnowledgeGraph
from legation.rdf.vocabulary import EDTF

CHECKOUT = Path(__file__).resolve().parents[2]
KG = legation.open(CHECKOUT)
MEETING = "meeting of Vladimir Putin and Kim Yong Nam, May 2015"


def _world(root: Path, *facts: str) -> KnowledgeGraph:
    """The world, in which one more passage of the observer says something else."""
    file = root / "graph/articles/strait-observer-2031-05-05.trig"
    claims = "".join(
        f'claim:strait-observer-2031-05-05-9{n} leg:quote "Mayor" .\n'
        f"claim:strait-observer-2031-05-05-9{n} {{ {fact} . }}\n"
        for n, fact in enumerate(facts)
    )
    file.write_text(f"{file.read_text('utf-8')}\n{claims}", "utf-8")
    return legation.open(root)


@pytest.mark.parametrize(
    ("question", "column"), [("meetings", "who"), ("who_attended", "who"), ("timeline", "event")]
)
def test_a_thing_with_a_disputed_date_has_one_row(question: str, column: str) -> None:
    rows = [row for row in KG.ask(question).rows if str(row["event"]) == MEETING]
    assert max(Counter(str(row[column]) for row in rows).values()) == 1
    assert {str(row["date"]) for row in rows} == {"2015-05-08 ≠ 2015-05-09"}


def test_what_goes_with_each_value_stands_in_the_same_place() -> None:
    row = next(row for row in KG.ask("timeline").rows if str(row["event"]) == MEETING)
    date, place = row["date"], row["location"]
    assert isinstance(date, Several) and isinstance(place, Several)
    assert date.values == ("2015-05-08", "2015-05-09") and date.are_opposed
    assert [str(value) for value in place.values] == ["Grand Kremlin Palace", "Kremlin"]
    assert not place.are_opposed


def test_the_evidence_and_the_conflict_of_the_row_are_those_of_both_values() -> None:
    row = next(row for row in KG.ask("timeline").rows if str(row["event"]) == MEETING)
    quotes = " ".join(passage.quote for passage in row.evidence)
    assert "on May 9" in quotes or "Saturday" in quotes
    assert "Grand Kremlin" in quotes
    assert row.mark == "date: 2015-05-08 ≠ 2015-05-09"


def test_a_less_precise_value_stands_beside_the_other_and_is_no_conflict() -> None:
    answer = KG.ask("relations", state="USSR")
    (date,) = {row["date"] for row in answer.rows}
    assert isinstance(date, Several) and not date.are_opposed
    assert str(date) == "1948-10-12 / XXXX-10-12"


def test_json_has_both_values_as_a_list() -> None:
    rows = json.loads(KG.ask("timeline", place="Kremlin").to_json())["rows"]
    row = next(row for row in rows if row["event"]["label"] == MEETING)
    assert row["date"] == ["2015-05-08", "2015-05-09"]
    assert [place["label"] for place in row["location"]] == ["Grand Kremlin Palace", "Kremlin"]
    assert all(place["iri"].startswith("https://") for place in row["location"])


def test_a_frame_has_the_days_that_both_values_allow() -> None:
    frame = KG.ask("timeline", place="Kremlin").to_pandas()
    row = frame[frame["event"] == MEETING].iloc[0]
    assert row["date"] == "2015-05-08 ≠ 2015-05-09"
    assert str(row["date_earliest"].date()) == "2015-05-08"
    assert str(row["date_latest"].date()) == "2015-05-09"
    assert row["location_iri"].count("https://") == 2


def test_csv_and_parquet_have_the_iri_of_each_of_several_things(tmp_path: Path) -> None:
    answer = KG.ask("timeline", place="Kremlin")
    (row,) = (r for r in csv.DictReader(io.StringIO(answer.to_csv())) if r["event"] == MEETING)
    assert row["date"] == "2015-05-08 ≠ 2015-05-09"
    assert row["location"] == "Grand Kremlin Palace / Kremlin"
    assert row["location_iri"].count("https://") == 2
    answer.to_parquet(tmp_path / "events.parquet", evidence=True)
    table = polars.read_parquet(tmp_path / "events.parquet")
    kept = table.filter(table["event"] == MEETING).row(0, named=True)
    assert {name: kept[name] for name in ("date", "location", "location_iri")} == {
        name: row[name] for name in ("date", "location", "location_iri")
    }


def test_several_numbers_are_no_number() -> None:
    both = Manifold((Literal(2), Literal(3)), are_opposed=True)
    (column,) = columns(["x"], [[Several((2, 3), True)]], [[both]])
    assert (column.kind, column.values) == ("text", ("2 ≠ 3",))


def test_what_all_of_several_dates_allow_is_what_a_frame_says() -> None:
    terms = (Literal("1948", datatype=EDTF), Literal("1948-10-12", datatype=EDTF))
    both = Manifold(terms, are_opposed=False)
    table = columns(["x"], [[Several(("1948", "1948-10-12"), False)]], [[both]])
    assert [str(column.values[0]) for column in table[1:]] == ["1948-10-12", "1948-10-12"]


def test_a_fact_is_a_row_of_its_own_where_the_property_is_shown() -> None:
    answer = KG.ask("only_according_to", origin_kind="state media")
    assert not any(isinstance(cell, Several) for row in answer.rows for cell in row.cells)


def test_values_that_contradict_each_other_are_marked_among_all_of_a_cell() -> None:
    (row,) = KG.ask("relations", state="USSR").rows
    there = "Russian Federation ≠ Union of Soviet Socialist Republics"
    assert str(row["who"]) == f"Democratic People's Republic of Korea; {there}"


def test_a_third_value_stands_in_the_same_cell(world: Path) -> None:
    kg = _world(
        world,
        *(f'event:sestry-banquet leg:date "2031-05-0{day}"^^edtf:EDTF' for day in (1, 2, 3)),
    )
    rows = kg.ask("who_attended", event="event:sestry-banquet").rows
    assert rows and len({(row["who"], row["role"]) for row in rows}) == len(rows)
    (date,) = {row["date"] for row in rows}
    assert str(date) == "2031-05-01 ≠ 2031-05-02 ≠ 2031-05-03"


def test_whom_a_source_names_stands_before_whom_it_leaves_unnamed(world: Path) -> None:
    who = [str(row["who"]) for row in legation.open(world).ask("who_attended").rows]
    assert who.index("unnamed Orvan deputy minister") > who.index("Tomas Keld")


def test_persons_stand_before_groups_and_states() -> None:
    event = "reception of the Russian Embassy in Pyongyang at which Choe Son Hui spoke"
    rows = KG.ask("who_attended", event=event).rows
    assert [str(row["who"]) for row in rows] == ["Choe Son Hui", "Embassy of Russia in the DPRK"]
    for event in {row["event"] for row in KG.ask("who_attended").rows}:
        assert isinstance(event, Entity)
        kinds = [
            row["who"] is not None and "/person/" in row["who"].iri  # type: ignore[union-attr]
            for row in KG.ask("who_attended", event=event).rows
            if row["who"] is None or "/anon/" not in row["who"].iri  # type: ignore[union-attr]
        ]
        assert kinds == sorted(kinds, reverse=True)
