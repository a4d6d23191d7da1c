"""The tables hold what the graph holds, as SQL and as spreadsheets."""

import csv
import io
import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph

from legation.graph.exports import Edition
from legation.graph.exports.tables.database import database
from legation.graph.exports.tables.rolls import rolls
from legation.graph.exports.tables.spreadsheets import parquet
from legation.rdf.vocabulary import LEG, compact


@pytest.fixture
def base(built: Path) -> Iterator[sqlite3.Connection]:
    address = f"file:{built / 'legation.sqlite'}?mode=ro"
    found = sqlite3.connect(address, uri=True)
    yield found
    found.close()


def test_every_claimed_triple_is_a_fact_with_its_claims(
    base: sqlite3.Connection, edition: Edition
) -> None:
    contents = {thing for thing in edition.instances(LEG.Content)}
    said = [q for q in edition.dataset.quads if not isinstance(q.graph_name, DefaultGraph)]
    stated = [q for q in said if q.graph_name not in contents]
    assert base.execute("SELECT count(*) FROM proofs").fetchone() == (len(stated),)
    assert base.execute("SELECT count(*) FROM facts").fetchone() == (
        len({q.triple for q in stated}),
    )
    assert base.execute("SELECT count(*) FROM contents").fetchone() == (len(said) - len(stated),)
    assert base.execute("SELECT sum(claims) FROM facts").fetchone() == (len(stated),)
    found = base.execute(
        "SELECT subject, property, value FROM facts WHERE is_thing AND reported_only"
    ).fetchall()
    short = {tuple(compact(part, edition.prefixes) for part in t) for t in edition.hearsay
             if hasattr(t[2], "value") and not hasattr(t[2], "datatype")}  # fmt: skip
    assert found and set(found) <= short


def test_each_quote_stands_in_its_claim(base: sqlite3.Connection, edition: Edition) -> None:
    rows = dict(base.execute("SELECT iri, quote FROM claims").fetchall())
    claims = edition.instances(LEG.Claim)
    assert rows == {
        compact(claim, edition.prefixes): edition.text(claim, LEG.quote) for claim in claims
    }


def test_whatever_a_row_refers_to_has_a_row(base: sqlite3.Connection) -> None:
    for table, column, other in (
        ("proofs", "fact", "facts"),
        ("proofs", "claim", "claims"),
        ("claims", "article", "articles"),
        ("carriers", "claim", "claims"),
        ("conflicts", "fact", "facts"),
    ):
        key = "id" if other == "facts" else "iri"
        query = f"SELECT {column} FROM {table} EXCEPT SELECT {key} FROM {other}"
        assert base.execute(query).fetchall() == [], (table, column)


def test_every_view_answers(base: sqlite3.Connection) -> None:
    names = base.execute("SELECT name FROM sqlite_schema WHERE type = 'view'").fetchall()
    assert len(names) > 5
    counts = {name: len(base.execute(f"SELECT * FROM {name}").fetchall()) for (name,) in names}
    assert min(counts.values()) > 0, counts


def test_the_database_is_sound_and_the_same_bytes(
    base: sqlite3.Connection, built: Path, edition: Edition
) -> None:
    assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert database(rolls(edition)) == (built / "legation.sqlite").read_bytes()


def test_the_metadata_describes_each_sheet(built: Path) -> None:
    tables = json.loads((built / "tables/csv-metadata.json").read_text("utf-8"))["tables"]
    assert {table["url"] for table in tables} == {p.name for p in built.glob("tables/*.csv")}
    for table in tables:
        text = (built / "tables" / table["url"]).read_text("utf-8")
        header, *rows = csv.reader(io.StringIO(text, newline=""))
        columns = table["tableSchema"]["columns"]
        assert header == [column["titles"] for column in columns]
        for row in rows:
            for column, cell in zip(columns, row, strict=True):
                if column["datatype"] == "integer" and cell:
                    assert re.fullmatch(r"-?\d+", cell)
                if column["datatype"] == "date" and cell:
                    assert re.fullmatch(r"-?\d{4,}-\d\d-\d\d", cell)


def test_parquet_holds_the_same_rows(edition: Edition) -> None:
    polars = pytest.importorskip("polars", reason="Parquet needs legation[frames]")
    for roll in rolls(edition):
        frame = polars.read_parquet(io.BytesIO(parquet(roll)))
        assert frame.columns == [heading.name for heading in roll.headings]
        assert [tuple(row) for row in frame.rows()] == list(roll.rows), roll.name
