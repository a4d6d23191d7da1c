"""Names as a table that a person fills in and that is read back, whole or not at all."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

TEXT = (
    "Kellish Foreign Minister Ada Thorne met Tomaz Brandt of Arvenia in Port Selden.\n\n"
    "Thorne spoke to the =Daily Ledger and to the Daily Ledger. The Carrow Institute was shut.\n"
)
Fill = Callable[..., str]


@pytest.fixture
def added(command, own: Path) -> Path:
    (own / "a.txt").write_text(TEXT, "utf-8")
    assert command(own, "add", "a.txt", "--slug", "a", "--language", "en", "--title", "A").code == 0
    return own


@pytest.fixture
def filled(command, added: Path) -> Fill:
    """The table with some cells filled in: ``filled({"Ada Thorne": {"take": "new"}})``."""

    def fill(
        cells: dict[str, dict[str, str]], delimiter: str = ",", encoding: str = "utf-8"
    ) -> str:
        form = "tsv" if delimiter == "\t" else "csv"
        ran = command(added, "names", "a", "--pipeline", "none", "-f", form)
        assert ran.code == 0, ran.err
        shown = io.StringIO(ran.out.removeprefix("\ufeff"))
        rows = list(csv.DictReader(shown, delimiter="\t" if form == "tsv" else ","))
        for row in rows:
            row.update(cells.get(row["label"], {}))
        out = io.StringIO()
        writer = csv.DictWriter(out, rows[0], delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
        (added / f"names.{form}").write_bytes(out.getvalue().encode(encoding))
        return f"names.{form}"

    return fill


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(",", "utf-8"), ("\t", "utf-8"), (";", "utf-8-sig")]
)
def test_a_table_comes_back_as_entries(
    command, added: Path, filled: Fill, delimiter: str, encoding: str
) -> None:
    cells = {
        "Ada Thorne": {"take": "new", "aliases": "A. Thorne | Ада Торн@ru"},
        "Tomaz Brandt": {"take": "person:tomas-brandt"},
        "Daily Ledger": {"take": "new", "kind": "media outlet"},
        "Kellish Foreign Minister": {"take": "new", "of": "Arvenia"},
    }
    file = filled(cells, delimiter, encoding)
    ran = command(added, "names", "--from-table", file)
    assert ran.code == 0, ran.err
    persons = (added / "graph/registry/persons.ttl").read_text("utf-8")
    assert persons.endswith(
        "person:ada-thorne a leg:Person ;\n"
        '    rdfs:label "Ada Thorne"@en ;\n'
        '    skos:altLabel "A. Thorne"@en,\n'
        '        "Ада Торн"@ru .\n'
    )
    assert 'skos:altLabel "Tomaz Brandt"@en' in persons
    assert "body:daily-ledger a leg:MediaOutlet ;" in (
        added / "graph/registry/bodies.ttl"
    ).read_text("utf-8")
    assert command(added, "check").code == 0
    assert command(added, "format", "--check").code == 0
    again = command(added, "names", "a", "--pipeline", "none", "-f", "json")
    known = {row["label"]: row["known"] for row in json.loads(again.out) if row["known"]}
    assert known["Ada Thorne"] == "person:ada-thorne"
    assert known["Tomas Brandt"] == "person:tomas-brandt"


def test_faults_are_told_by_row_and_column_and_nothing_is_written(
    command, added: Path, filled: Fill
) -> None:
    before = {p: p.read_bytes() for p in (added / "graph").rglob("*") if p.is_file()}
    cells = {
        "Ada Thorne": {"take": "new", "slug": "Ada Thorne"},
        "Tomaz Brandt": {"take": "person:nobody"},
        "Daily Ledger": {"take": "new", "kind": "planet"},
        "Carrow Institute": {"take": "new", "language": "English", "label": ""},
        "Kellish Foreign Minister": {"take": "new"},
    }
    ran = command(added, "names", "--from-table", filled(cells))
    assert ran.code == 1
    for fault in (
        "row 2, column of: an office is of a state or body",
        "row 3, column slug: write lower-case",
        "row 4, column take: write new, or a known thing",
        "row 7, column kind: 'planet' is none of artefact, body, event, instrument, office,",
        "row 8, column label: write a name",
        "row 8, column language: 'English' is no language tag",
    ):
        assert fault in ran.err
    assert {p: p.read_bytes() for p in (added / "graph").rglob("*") if p.is_file()} == before


def test_one_thing_is_declared_once(command, added: Path, filled: Fill) -> None:
    same = {"take": "new", "kind": "body", "slug": "one"}
    ran = command(
        added, "names", "--from-table", filled({"Daily Ledger": same, "Carrow Institute": same})
    )
    assert "row 8, column slug: row 7 has it, too" in ran.err
    known = filled({"Daily Ledger": {**same, "kind": "person", "slug": "tomas-brandt"}})
    assert "person:tomas-brandt is known" in command(added, "names", "--from-table", known).err


def test_a_guessed_kind_is_not_entered_before_somebody_has_said_it(
    command, added: Path, filled: Fill
) -> None:
    guess = filled({"Daily Ledger": {"take": "new", "kind": "body?"}})
    ran = command(added, "names", "--from-table", guess)
    assert "row 7, column kind: body is a guess: take the ? away" in ran.err


def test_what_a_claim_tells_of_gets_its_name_alone(command, added: Path, filled: Fill) -> None:
    told = {"take": "new", "kind": "treaty", "slug": "ledger-treaty"}
    assert command(added, "names", "--from-table", filled({"Daily Ledger": told})).code == 0
    events = (added / "graph/registry/events.ttl").read_text("utf-8")
    assert events.endswith('instrument:ledger-treaty rdfs:label "Daily Ledger"@en .\n')


def test_an_office_may_be_of_what_another_row_brings(command, added: Path, filled: Fill) -> None:
    cells = {
        "Carrow Institute": {"take": "new"},
        "Kellish Foreign Minister": {"take": "new", "of": "carrow institute"},
    }
    assert command(added, "names", "--from-table", filled(cells)).code == 0
    offices = (added / "graph/registry/offices.ttl").read_text("utf-8")
    assert "leg:officeOf body:carrow-institute" in offices


@pytest.mark.parametrize(("of", "code"), [("state:carrow-institute", 0), ("body:nowhere", 1)])
def test_an_office_is_of_nothing_that_is_not_there(
    command, added: Path, filled: Fill, of: str, code: int
) -> None:
    cells = {
        "Carrow Institute": {"take": "new"},
        "Kellish Foreign Minister": {"take": "new", "of": of},
    }
    ran = command(added, "names", "--from-table", filled(cells))
    assert (ran.code, "column of" in ran.err) == (code, code == 1)
    offices = (added / "graph/registry/offices.ttl").read_text("utf-8")
    assert ("leg:officeOf body:carrow-institute" in offices) == (code == 0)


def test_no_cell_is_a_formula_and_the_apostrophe_goes_again(
    command, added: Path, filled: Fill
) -> None:
    cells = {"Daily Ledger": {"take": "new", "label": "'=SUM(A1)", "kind": "body", "slug": "sum"}}
    assert command(added, "names", "--from-table", filled(cells)).code == 0
    assert '"=SUM(A1)"@en' in (added / "graph/registry/bodies.ttl").read_text("utf-8")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "lacks the column take"),
        (b"label,kind\nx,y\n", "lacks the column take, slug, language, aliases"),
        (b"\xff", "not UTF-8"),
        (b'take,kind\n"x"y,z', "is no table"),
    ],
)
def test_what_is_no_such_table_is_refused(command, own: Path, data: bytes, message: str) -> None:
    (own / "bad.csv").write_bytes(data)
    ran = command(own, "names", "--from-table", "bad.csv")
    assert (ran.code, message in ran.err) == (2, True), ran.err
    assert command(own, "names").code == 2
    assert command(own, "names", "--from-table", "bad.csv", "--all").code == 2
