"""An article's claims go to a table and come back, and a table by hand becomes claims."""

import csv
import io
import random
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Quad

from legation.desk.docket.filing import Filed, docket, filed
from legation.desk.docket.parlance import Parlance
from legation.desk.docket.transcript import COLUMNS, Transcript
from legation.desk.draft.pen import struck
from legation.desk.draft.proposal import Proposal, proposal_of
from legation.desk.tabular import read_table, written_table
from legation.errors import InputError, UnknownName, UsageError
from legation.graph import workspace
from legation.graph.record import Record
from legation.graph.workspace import Workspace
from legation.rdf import trig
from legation.rdf.tokens import COMMENT, tokenize
from legation.rdf.vocabulary import LEG, expand

HERE = Path(__file__).parent
SLUG = "strait-observer-2031-05-05"

Rows = list[dict[str, str]]
File = Callable[..., Filed]


@pytest.fixture(scope="module")
def home(checkout: Path) -> Workspace:
    return workspace.find(checkout / "tests/world")


@pytest.fixture(scope="module")
def exported(home: Workspace) -> Rows:
    return [dict(zip(COLUMNS, row, strict=True)) for row in docket(home, SLUG)]


@pytest.fixture
def rows(exported: Rows) -> Rows:
    return [dict(row) for row in exported]


@pytest.fixture
def put(home: Workspace, tmp_path: Path) -> File:
    """Read rows into the world's files as they would be, and write nothing."""

    def put(rows: Rows, slug: str = SLUG) -> Filed:
        columns = list(dict.fromkeys(column for row in rows for column in row))
        lines = [[row.get(column, "") for column in columns] for row in rows]
        table = tmp_path / "table.csv"
        table.write_text(written_table(columns, lines, ","), "utf-8", newline="")
        return filed(home, table, slug, write=False)

    return put


def named(rows: Rows, number: int) -> dict[str, str]:
    return next(row for row in rows if row["claim"] == f"claim:{SLUG}-{number:02d}")


def plain(made: Proposal) -> dict[str, object]:
    """What a proposal says, in whatever order."""
    said = {name: getattr(made, name) for name in made.__slots__}
    said["contents"] = {name: {*triples} for name, triples in made.contents}
    return {n: {*value} if isinstance(value, tuple) else value for n, value in said.items()}


def quads(text: str) -> set[Quad]:
    return {q.quad for q in trig.parse(text.encode("utf-8"), Path("a.trig")).quads}


def comments(text: str) -> list[str]:
    return [token.text for token in tokenize(text) if token.kind == COMMENT]


@pytest.fixture(scope="module")
def reference(checkout: Path) -> Workspace:
    return workspace.find(checkout)


@pytest.mark.parametrize(("graph", "delimiter"), [("home", ","), ("reference", "\t")])
def test_a_table_that_nobody_changed_changes_no_file(
    graph: str, delimiter: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    home: Workspace = request.getfixturevalue(graph)
    slugs = sorted(path.stem for path in home.articles.glob("*.trig"))
    rows = [row for slug in slugs for row in docket(home, slug)]
    table = tmp_path / "table.txt"
    table.write_text(written_table(COLUMNS, rows, delimiter), "utf-8", newline="")
    done = filed(home, table, write=False)
    assert (done.faults, done.ignored, done.files) == ((), (), ())
    assert (done.counts, done.unlisted) == ((0, 0, len(rows)), 0)


@pytest.fixture(scope="module")
def parlance(reference: Workspace) -> Parlance:
    return Parlance.of(workspace.read(reference), reference)


def test_of_a_retired_term_its_successor_is_offered(parlance: Parlance) -> None:
    with pytest.raises(UnknownName, match="did you mean Tribute"):
        parlance.kinds("Congratulation")


@pytest.mark.parametrize(
    ("words", "near"), [("guest", ["guestOfHonour"]), ("speeker", ["speaker"]), ("organizer", [])]
)
def test_only_a_term_truly_near_is_offered(parlance: Parlance, words: str, near: list[str]) -> None:
    with pytest.raises(UnknownName) as caught:
        parlance.term(words, parlance.roles, "role")
    assert list(caught.value.candidates) == near


def test_the_range_of_a_role_or_of_one_above_it_decides_between_namesakes(
    parlance: Parlance,
) -> None:
    assert parlance.value(LEG.speaker, "Moscow") == expand("state:russia")
    assert parlance.value(LEG.place, "Moscow") == expand("place:moscow")


@pytest.mark.parametrize("graph", ["home", "reference"])
def test_a_row_says_all_that_its_claim_says(graph: str, request: pytest.FixtureRequest) -> None:
    home: Workspace = request.getfixturevalue(graph)
    record: Record = workspace.read(home)
    parlance = Parlance.of(record, home)
    by_article = {a.iri: Transcript(a, record, parlance) for a in record.articles}

    def nameless(kinds: object) -> None:
        raise AssertionError(kinds)

    for claim in record.claims:
        transcript = by_article[claim.article]
        made = transcript.proposal(transcript.cells(claim), nameless, {})
        told = proposal_of(claim, record)
        own = {content.iri for content in record.first_told.get(claim.iri, ())}
        contents = tuple(content for content in told.contents if content[0] in own)
        assert plain(made) == plain(replace(told, contents=contents, key=None)), claim.iri


def test_changed_cells_change_their_claims_alone(rows: Rows, put: File, home: Workspace) -> None:
    text = (home.articles / f"{SLUG}.trig").read_text("utf-8")
    named(rows, 17)["note"] = "The banquet of Sunday evening."
    named(rows, 17)["quote"] = "Keld hosted a banquet  in honour\nof Varn"
    named(rows, 15)["roles"] = named(rows, 15)["roles"].replace("Orvany", "Ada Lund")
    named(rows, 14)["roles"] += "; observer: Ada Lund"
    done = put(rows)
    assert done.faults[0].startswith("row ")
    named(rows, 15)["roles"] = named(rows, 15)["roles"].replace("Republic of Ada Lund", "Orvany")
    named(rows, 14)["roles"] = named(rows, 14)["roles"].replace("; observer: Ada Lund", "")
    named(rows, 25)["roles"] = "field: a silver bell; recipient: Keld; sender: Varn"
    done = put(rows)
    assert done.faults == ()
    assert done.counts == (0, 1, len(rows) - 1)
    ((file, after),) = done.files
    (more,) = quads(after) - quads(text)
    assert more.object.value == "The banquet of Sunday evening."
    assert quads(text) < quads(after)
    assert comments(after) == comments(text)
    gone = [line for line in text.splitlines() if line not in after.splitlines()]
    assert len(gone) == 1
    assert file.text == text


def test_openrefine_may_turn_columns_around_leave_some_out_and_add_its_own(
    rows: Rows, put: File
) -> None:
    order = [*COLUMNS]
    random.Random(0).shuffle(order)
    turned = [{column: row[column] for column in order} | {"Judgement": "x"} for row in rows]
    done = put(turned)
    assert (done.counts, done.ignored) == ((0, 0, len(rows)), ("judgement",))
    few = [{column: row[column] for column in ("claim", "quote", "date")} for row in rows]
    assert put(few).counts == (0, 0, len(rows))


@pytest.mark.parametrize(
    ("encoding", "delimiter", "end"),
    [("utf-8-sig", ";", "\r\n"), ("utf-16", "\t", "\r\n"), ("utf-8", ",", "\n")],
)
def test_a_table_is_read_as_excel_writes_it(
    encoding: str, delimiter: str, end: str, tmp_path: Path
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    writer.writerows([["Quote", "According_to"], ["“a; b”,\n\tc", "Größe"], ["", ""], ["d", ""]])
    table = tmp_path / "table.csv"
    table.write_bytes(out.getvalue().encode(encoding))
    first, second = read_table(table)
    assert (first.number, dict(first.cells)) == (2, {"quote": "“a; b”,\n\tc", "voice": "Größe"})
    assert (second.number, second.cells["quote"]) == (4, "d")


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-1", "@a", "\tx", "'=1", "''=1", "'a", "a=1", "", "2031-05-04", "'5/4", "007"],
)
def test_no_cell_acts_in_a_spreadsheet_and_each_comes_back(cell: str, tmp_path: Path) -> None:
    text = written_table(["quote", "note"], [["q", cell]], ",")
    (_, shown) = list(csv.reader(io.StringIO(text, newline="")))[1]
    assert not shown.startswith(("=", "+", "-", "@", "\t", "\r", "0", "2"))
    table = tmp_path / "table.csv"
    table.write_text(text, "utf-8", newline="")
    assert read_table(table)[0].cells["note"] == cell


def test_hostile_words_come_back_as_they_were(hostile: str, tmp_path: Path) -> None:
    words = "=" + hostile.encode("utf-8", "ignore").decode("utf-8")  # no file holds half a pair
    table = tmp_path / "table.csv"
    text = written_table(["quote", "note"], [["q", words]], ";")
    table.write_text(text, "utf-8", newline="")
    assert read_table(table)[0].cells["note"] == words


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"quote;note\n\xff", "is not UTF-8: save it as 'CSV UTF-8'"),
        (b"PK\x03\x04\x14\0", "is a workbook (.xlsx, .xls, .ods): save its sheet as 'CSV UTF-8'"),
        (b"kind;note\na;b", "lacks the column quote"),
        (b"quote;Quote\na;b", "has two columns 'quote' (quote and Quote)"),
        (b"quote;key;claim\na;b;c", "has two columns 'claim' (key and claim)"),
        (b"quote;note\na;b;c", "row 2 has more cells than there are columns"),
        (b'quote;note\n"a;b', "is no table"),
        (b"", "lacks the column quote"),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, why: str, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_bytes(data)
    with pytest.raises(InputError, match=re.escape(why)):
        read_table(table)


def test_faults_are_told_by_row_and_column_and_nothing_is_written(
    world: Path, command: Callable[..., object]
) -> None:
    before = (world / f"graph/articles/{SLUG}.trig").read_bytes()
    ran = command(world, "import", str(HERE / "wrong.csv"), "--article", SLUG)
    told = "".join(f"{line.partition('wrong.csv: ')[2] or line}\n" for line in ran.out.splitlines())
    assert told == (HERE / "wrong.txt").read_text("utf-8")
    assert (ran.code, ran.err) == (1, "")
    assert (world / f"graph/articles/{SLUG}.trig").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("04.05.2031", "2031-05-04"),
        ("5/4/2031", "2031-05-04 or 2031-04-05"),
        ("31/05/2031", "2031-05-31"),
        ("2031-05-04T00:00:00Z", "2031-05-04"),
        ("2031-05-04 00:00:00", "2031-05-04"),
        ("May-31", "2031-05-04, 2031-05 or 2031"),
        ("47976", "2031-05-04, 2031-05 or 2031"),
    ],
)
def test_a_date_that_a_spreadsheet_made_another_is_told(
    words: str, meant: str, rows: Rows, put: File
) -> None:
    named(rows, 27)["date"] = words
    number = rows.index(named(rows, 27)) + 2
    (fault,) = put(rows).faults
    assert fault.startswith(f"row {number}, column date: {words!r} is no date in EDTF: the spread")
    assert fault.endswith(f"write {meant}")


def test_a_name_may_be_spelt_in_any_way_but_must_be_of_one_thing(
    home: Workspace,
) -> None:
    parlance = Parlance.of(workspace.read(home), home)
    told = parlance.told("party: state:merovia; Orvany; act: Signed; leg:host: KELD; place: Brack")
    short = [parlance.short(node) for pair in told for node in pair]
    assert " ".join(short) == (
        "leg:party state:merovia leg:party state:orvany leg:act leg:signed "
        "leg:host person:tomas-keld leg:place place:brack"
    )
    with pytest.raises(UsageError, match=r"may mean several(.|\n)*office:president-of-orvany"):
        list(parlance.told("office: President"))


NEW = "First talks of the harbour masters"
TITLE = "holder: Tomas Keld; office: President of Orvany"


def test_a_row_names_a_new_thing_and_others_speak_of_it(
    world: Path, command: Callable[..., object]
) -> None:
    table = world / "new.csv"
    table.write_text(
        "quote,kind,thing,roles,voice\n"
        f"restored relations on Friday,Talks,{NEW},partOf: Sestry Fair\n"
        "The two states restored relations on Friday,Gathering,new: Sestry Fair,\n"
        f"The two states restored relations,tenure,,{TITLE},report:rumours by nobody\n"
    )
    ran = command(world, "import", "new.csv", "--article", SLUG, "--dry-run")
    assert ran.code == 0, ran.out
    assert f"  new: event:first-talks-of-the-harbour-masters “{NEW}”\n" in ran.out
    assert "leg:partOf event:sestry-fair" in ran.out
    assert "The text does not say whose report it is." in ran.out
    assert "leg:attested" in ran.out.partition("a leg:Tenure")[2]  # on the article's day


@pytest.mark.parametrize(
    ("kind", "thing", "why"),
    [
        ("", "Lighthouse Talks", "for a new one write 'new: Lighthouse Talks', and its kind"),
        ("instrument", "Treaty of Sestri", "did you mean Treaty of Sestry"),
        ("person", "Jo Lark", "no thing here is called 'Jo Lark'"),
    ],
)
def test_nothing_new_is_made_of_a_name_that_may_be_a_slip(
    kind: str, thing: str, why: str, put: File
) -> None:
    quote = "The two states restored relations on Friday"
    (fault,) = put([{"quote": quote, "kind": kind, "thing": thing}]).faults
    assert "column thing" in fault and why in fault


def test_a_claim_may_become_an_omission_and_an_omission_another(rows: Rows, put: File) -> None:
    named(rows, 26)["kind"] = "omission: comment"
    gap = next(row for row in rows if row["kind"] == "omission: teaser")
    gap["kind"] = "omission: navigation"
    done = put(rows)
    ((file, after),) = done.files
    assert (done.counts, done.faults) == ((0, 2, len(rows) - 2), ())
    assert f"claim:{SLUG}-26" not in after
    assert "omission:strait-observer-2031-05-05-02" in after
    gone = quads(file.text) - quads(after)
    assert {q.subject.value.rpartition("/")[2] for q in gone} == {
        f"{SLUG}-26",
        f"{SLUG}-01",
        "order-of-the-narrows-for-varn",
    }


def test_what_somebody_says_is_changed_where_it_is_first_told(home: Workspace, put: File) -> None:
    slug = "lindal-courier-2031-05-10"
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in docket(home, slug)]
    row = next(row for row in rows if "content:lifting-of-the-brack" in row["content"])
    row["more"] = row["more"].replace("leg:lifted", "leg:imposed")
    ((file, after),) = put(rows, slug).files
    (gone,), (come,) = quads(file.text) - quads(after), quads(after) - quads(file.text)
    assert gone.graph_name == come.graph_name
    assert come.graph_name.value.endswith("content/lifting-of-the-brack-ferries-sanctions")
    assert len(after.splitlines()) == len(file.text.splitlines())


def test_rows_lean_on_rows_and_several_articles_are_written_together(
    world: Path, command: Callable[..., object]
) -> None:
    other = "halm-gazette-2031-05-07"
    table = world / "table.csv"
    lines = [
        ["article", "key", "quote", "kind", "roles", "voice", "leans on", "basis", "note"],
        [SLUG, "b", "Keld hosted a banquet", "Dinner", "host: Tomas Keld", "", "", "", ""],
        [
            SLUG,
            "",
            "Varn, who was on a state visit",
            "Gathering",
            "attendee: Varn",
            "",
            "b",
            "",
            "n",
        ],
        [
            other,
            "",
            "a drone fell",
            "Incident",
            "",
            "report:x-on-a-drone by Halm Gazette",
            "",
            "",
            "",
        ],
    ]
    table.write_text(written_table(lines[0], lines[1:], ","), "utf-8")
    before = {p: p.read_bytes() for p in (world / "graph").rglob("*.*")}
    ran = command(world, "import", "table.csv")
    assert (ran.code, "row 2, column kind: 'Dinner' is no class" in ran.out) == (1, True)
    assert {p: p.read_bytes() for p in before} == before
    table.write_text(table.read_text("utf-8").replace("Dinner", "Banquet"), "utf-8")
    ran = command(world, "import", "table.csv", "--dry-run")
    assert (ran.code, ran.out.splitlines()[0]) == (
        0,
        "3 rows are new, 0 changed, 0 as they were (not written)",
    )
    assert "+    leg:leansOn claim:strait-observer-2031-05-05-33 ;" in ran.out
    assert {p: p.read_bytes() for p in before} == before
    assert command(world, "import", "table.csv").code == 0
    text = (world / f"graph/articles/{other}.trig").read_text("utf-8")
    assert "report:x-on-a-drone a leg:Report" in text
    assert f"event:{other}-incident a leg:Incident" in text


def test_a_table_must_say_of_which_article_it_is(
    world: Path, command: Callable[..., object], tmp_path: Path
) -> None:
    (world / "table.csv").write_text("quote,kind\nVarn,Meeting\n", "utf-8")
    for words in ([], ["--article", "nobody"]):
        assert command(world, "import", "table.csv", *words).code == 2
    assert command(world, "import", "none.csv").code == 2
    assert command(world, "claims", "nobody").code == 2


def test_what_was_wrong_in_the_file_stays_until_its_row_mends_it(world: Path) -> None:
    home, table = workspace.find(world), world / "table.csv"
    path = home.articles / f"{SLUG}.trig"
    before = path.read_text("utf-8")
    path.write_text(before.replace('"Varn gave Keld a silver bell"', '"Varn gave a bell"'), "utf-8")
    text = written_table(COLUMNS, docket(home, SLUG), ",")
    table.write_text(text, "utf-8", newline="")
    assert filed(home, table, SLUG).files == ()
    table.write_text(text.replace("Varn gave a bell", "Varn gave Keld a silver bell"), "utf-8")
    assert filed(home, table, SLUG).counts[:2] == (0, 1)
    assert path.read_text("utf-8") == before


def test_a_table_alone_gives_an_article_its_claims_back(world: Path) -> None:
    slug = "lindal-courier-2031-05-10"
    home = workspace.find(world)
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in docket(home, slug)]
    keys = ("claim", "leans on", "conflicts with")
    rows = [row | {column: row[column].replace("claim:", "") for column in keys} for row in rows]
    for row in rows:
        row["claim"] = row["claim"].removeprefix("omission:")
    rows.sort(key=lambda row: row["claim"])  # as they were numbered
    path = home.articles / f"{slug}.trig"
    before = path.read_text("utf-8")
    own = [p.iri for p in workspace.read(home).passages if p.path == path]
    path.write_text(struck(before, *own), "utf-8")
    lines = [[row[column] for column in COLUMNS] for row in rows]
    (world / "table.csv").write_text(written_table(COLUMNS, lines, ";"), "utf-8", newline="")
    done = filed(home, world / "table.csv", slug)
    assert (done.faults, done.counts) == ((), (len(rows), 0, 0))
    assert quads(path.read_text("utf-8")) == quads(before)
