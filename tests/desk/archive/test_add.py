"""Adding an article: its bytes are kept, its header says what is known and nothing more."""

import hashlib
import json
from pathlib import Path

import pytest

from legation.desk.archive import Particulars, add
from legation.desk.draft.drafting import analysis
from legation.errors import LegationError, UsageError
from legation.graph import workspace
from legation.rdf.vocabulary import DCTERMS

PAGES = Path(__file__).parent / "pages"
TEXTS = Path(__file__).parent / "texts"
TEXT = "Talks open\r\n\r\nThe envoys of Arvenia met in Port Selden on Tuesday. Nobody spoke.\n"


def live(article: Path) -> str:
    """The lines of an article file that are no comments."""
    lines = article.read_text("utf-8").split("\n")
    return "\n".join(line for line in lines if not line.startswith("#"))


def test_a_plain_text_is_archived_byte_for_byte(command, own: Path, tmp_path: Path) -> None:
    source = tmp_path / "Talks open.txt"
    source.write_bytes(TEXT.encode())
    ran = command(own, "add", str(source))
    assert ran.code == 0, ran.err
    assert (own / "graph/sources/talks-open.txt").read_bytes() == TEXT.encode()
    header = (own / "graph/articles/talks-open.trig").read_text("utf-8")
    assert f'leg:textSha256 "{hashlib.sha256(TEXT.encode()).hexdigest()}"' in header
    assert 'dcterms:identifier "Talks open.txt"' in header
    assert "leg:status leg:draft" in header
    assert "NFC" in header


def test_what_a_source_does_not_state_stays_out_and_is_told(own: Path) -> None:
    (own / "t.txt").write_text(TEXT)
    added = add(workspace.find(own), str(own / "t.txt"))
    header = live(added.article)
    for absent in ('leg:published "', "dcterms:publisher body", 'dcterms:language "'):
        assert absent not in header
    assert any("no date of publication" in note for note in added.notes)
    assert any("no publisher" in note for note in added.notes)


def test_what_the_person_says_goes_into_the_header(own: Path) -> None:
    (own / "t.txt").write_text(TEXT)
    said = Particulars(title="Talks", published="2026-03", language="en", slug="talks")
    header = add(workspace.find(own), str(own / "t.txt"), said=said).article.read_text("utf-8")
    assert 'dcterms:title "Talks"@en' in header
    assert 'leg:published "2026-03"^^edtf:EDTF' in header


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (Particulars(published="last week"), "EDTF"),
        (Particulars(slug="Not A Slug"), "slug"),
        (Particulars(slug="example-talks"), "already"),
    ],
)
def test_a_wrong_word_of_the_person_is_refused(own: Path, said: Particulars, message: str) -> None:
    (own / "t.txt").write_text(TEXT)
    with pytest.raises(LegationError, match=message):
        add(workspace.find(own), str(own / "t.txt"), said=said)


def test_a_publisher_is_taken_only_when_the_registry_has_that_very_name(own: Path) -> None:
    (own / "t.txt").write_text(TEXT)
    (own / "graph/registry/bodies.ttl").write_text(
        "@prefix body: <https://own.example/body/> .\n"
        "@prefix leg: <https://w3id.org/legation/ns#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        'body:river-post a leg:MediaOutlet ;\n    rdfs:label "The River Post"@en .\n'
    )
    home = workspace.find(own)
    said = Particulars(publisher="the river-post", slug="a")
    assert (
        "dcterms:publisher body:river-post"
        in add(home, str(own / "t.txt"), said=said).article.read_text()
    )
    (own / "u.txt").write_text(
        "Another text. It speaks of other things altogether, at some length.\n"
    )
    added = add(home, str(own / "u.txt"), said=Particulars(publisher="River Port", slug="b"))
    assert "dcterms:publisher" not in live(added.article)
    assert any("near names: The River Post" in note for note in added.notes)
    (own / "v.txt").write_text(
        "A third text. A heron was seen on the lock of the canal on Sunday.\n"
    )
    added = add(home, str(own / "v.txt"), said=Particulars(publisher="Canal Gazette", slug="c"))
    assert "dcterms:publisher body:canal-gazette" in added.article.read_text()
    assert "body:canal-gazette is new in the registry, as a body" in added.notes
    assert "body:canal-gazette a leg:Body" in (own / "graph/registry/bodies.ttl").read_text()


@pytest.mark.usefixtures("web")
def test_a_page_is_reduced_to_its_article_and_what_was_dropped_is_kept(command, own: Path) -> None:
    ran = command(own, "add", str(PAGES / "visit.html"), "--format", "json")
    assert ran.code == 0, ran.err
    report = json.loads(ran.out)
    text = Path(report["source"]).read_text("utf-8")
    assert text.startswith("Marrow visits Talmark\nForeign Minister Ilse Marrow arrived")
    assert "Cat rescued" not in text
    dropped = Path(report["dropped"]).read_text("utf-8")
    assert "Cat rescued from tree in the old town" in dropped
    assert "Home World" in dropped
    record = workspace.read(workspace.find(own))
    assert {a.slug for a in record.articles} == {"example-talks", "marrow-visits-talmark"}
    article = next(a for a in record.articles if a.slug == "marrow-visits-talmark")
    assert (article.title, article.published, article.language) == (
        "Marrow visits Talmark",
        "2026-03-09",
        "en",
    )
    sources = [
        q.quad.object.value for q in record.about(article.iri) if q.quad.predicate == DCTERMS.source
    ]
    assert sources == ["https://riverpost.example/2026/marrow"]


@pytest.mark.usefixtures("web")
def test_lists_and_tables_of_a_page_are_text_row_by_row(own: Path) -> None:
    home = workspace.find(own)
    added = add(home, str(PAGES / "credentials.html"), said=Particulars(slug="list"))
    assert [sentence.text for sentence in analysis(home, "list").sentences[-7:]] == [
        "- Dr. Ada Lund, Orvany",
        "- Mr. Piet Amsel, Free Coast",
        "| Name | Post |",
        "| Otto Grau | minister |",
        "| Lida Voss | envoy of the Free Coast |",
        "Lida Voss",
        "Foreign Minister",
    ]
    assert added.dropped is not None
    assert added.dropped.read_text("utf-8").endswith("\n\nHome\nCopyright\n")


@pytest.mark.usefixtures("web")
def test_two_dates_on_a_page_are_no_date(own: Path) -> None:
    added = add(workspace.find(own), str(PAGES / "two-dates.html"), said=Particulars(slug="d"))
    assert "leg:published" not in live(added.article)
    assert any("several dates of publication" in note for note in added.notes)


@pytest.mark.usefixtures("web")
def test_a_text_cut_by_a_paywall_is_archived_as_partial(own: Path, checkout: Path) -> None:
    home = workspace.find(own)
    page = add(home, str(PAGES / "paywalled.html"), said=Particulars(slug="gate"))
    assert page.text.cut
    assert "leg:completeness leg:partial" in page.article.read_text()
    assert "first time in two years" in page.source.read_text()
    plain = checkout / "graph/sources/nk-news-66th-anniversary.txt"
    assert add(home, str(plain), said=Particulars(slug="nk")).text.cut


def test_a_wire_report_is_read_as_a_person_reads_it(command, own: Path) -> None:
    home = workspace.find(own)
    added = add(home, str(TEXTS / "wire.txt"), said=Particulars(slug="wire"))
    assert added.source.read_bytes() == (TEXTS / "wire.txt").read_bytes()
    article = next(a for a in workspace.read(home).articles if a.slug == "wire")
    said = (article.title, article.published, article.language)
    assert said == ("Envoys meet in Lindal", "2031-10-25", "en")
    told = "\n".join(added.notes)
    assert "front matter" in told
    assert "lines are wrapped" in told
    assert "'TomasKeld', 'Mr.Grau'" in told
    assert "its dateline names MNA" in told
    reading = analysis(home, "wire")
    assert [" ".join(sentence.text.split()) for sentence in reading.sentences] == [
        "LINDAL, October 24 (MNA) -- The envoys of the United Provinces of the Free Coast met "
        "TomasKeld and Mr.Grau on Wednesday.",
        "The talks began at 5 p.m. Wednesday and were short.",
        "They met again on November 3.",
        "The envoys agreed:",
        "1. to open an embassy of the Free Coast;",
        "2. to meet again.",
        "Signed:",
        "Lida Voss",
        "Foreign Minister of Orvany",
    ]
    line, *others = reading.sentences[0].mentions
    assert (line.kind, line.iri) == ("dateline", None)
    assert "MNA is its origin" in line.note
    assert "United Provinces of the Free Coast" in [mention.text for mention in others]
    # The day of the dateline is no date of the text, but the one that "Wednesday" counts from.
    found = [[date.edtf for date in sentence.dates] for sentence in reading.sentences[:3]]
    assert found == [["2031-10-22"], ["2031-10-22"], ["2030-11-03"]]


def test_a_language_without_rules_is_told(own: Path) -> None:
    (own / "t.txt").write_text(TEXT)
    added = add(workspace.find(own), str(own / "t.txt"), said=Particulars(language="sw"))
    assert any("no rules for sentences in 'sw'" in note for note in added.notes)
    assert any("a draft reads only dates that name a month" in note for note in added.notes)


@pytest.mark.parametrize("date", ["10/12/2031", "last week"])
def test_a_date_that_may_be_read_in_two_ways_is_not_read(own: Path, date: str) -> None:
    (own / "t.txt").write_text(f"Date: {date}\n\n{TEXT}")
    added = add(workspace.find(own), str(own / "t.txt"))
    assert "leg:published" not in live(added.article)
    assert any(f"date of publication cannot be read: '{date}'" in note for note in added.notes)


@pytest.mark.usefixtures("web")
def test_a_page_in_chinese_is_long_enough_without_a_space(own: Path) -> None:
    added = add(workspace.find(own), str(PAGES / "chinese.html"))
    assert "新华社林达尔5月9日电" in added.source.read_text("utf-8")
    assert 'dcterms:title "外长访问林达尔"@zh' in added.article.read_text("utf-8")


def test_standard_input_is_a_source_too(command, own: Path) -> None:
    ran = command(own, "add", "-", "--slug", "piped", stdin=TEXT.encode())
    assert ran.code == 0, ran.err
    assert (own / "graph/sources/piped.txt").read_bytes() == TEXT.encode()


@pytest.mark.usefixtures("web")
def test_a_fresh_article_passes_the_check(command, own: Path) -> None:
    assert command(own, "add", str(PAGES / "visit.html")).code == 0
    assert "error" not in command(own, "check").out


def test_the_same_text_is_refused_with_the_name_of_its_article(own: Path) -> None:
    with pytest.raises(UsageError, match="article example-talks, to the byte"):
        add(workspace.find(own), str(own / "graph/sources/example-talks.txt"))


def test_a_repost_is_refused_unless_asked_for(own: Path, checkout: Path, tmp_path: Path) -> None:
    home = workspace.find(own)
    text = (checkout / "graph/sources/yonhap-2015-05-12.txt").read_text("utf-8")
    first = tmp_path / "first.txt"
    first.write_text(text, "utf-8")
    add(home, str(first), said=Particulars(slug="first"))
    second = tmp_path / "second.txt"
    second.write_text("Our partners report:\n\n" + text[500:1900].replace("“", '"'), "utf-8")
    with pytest.raises(UsageError, match="article first have nearly the same text, as one repost"):
        add(home, str(second))
    added = add(home, str(second), said=Particulars(slug="second"), repost=True)
    assert any("one repost of another" in note for note in added.notes)


def test_different_articles_are_no_reposts_of_each_other(own: Path, checkout: Path) -> None:
    home = workspace.find(own)
    for source in sorted((checkout / "graph/sources").glob("*.txt")):
        add(home, str(source))
    assert len(workspace.read(home).articles) == 6


def test_a_slug_that_is_taken_gets_a_number(own: Path) -> None:
    home = workspace.find(own)
    (own / "a.txt").write_text("Same title\nThe first text speaks of the sea and of ships.\n")
    (own / "b.txt").write_text("Same title\nThe second one is about mountains, roads and snow.\n")
    assert [add(home, str(own / name)).slug for name in ("a.txt", "b.txt")] == [
        "same-title",
        "same-title-2",
    ]


def test_outside_a_workspace_nothing_is_added(command, tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_text(TEXT)
    ran = command(tmp_path, "add", "t.txt")
    assert (ran.code, ran.out) == (2, "")
    assert "legation new" in ran.err
