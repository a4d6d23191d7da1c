"""Names in a text: every spelling, the exact place, and doubt where there is doubt."""

from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from legation.desk.draft.days import anchor, dates
from legation.desk.draft.folding import folded, initialled, squeezed
from legation.desk.draft.names import Finder, Mention
from legation.desk.draft.strangers import strangers
from legation.graph.record import triples_of
from legation.graph.registry import Names
from legation.rdf import trig
from legation.rdf.ontology import Ontology
from legation.rdf.vocabulary import ID, PREFIXES, compact

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def finder() -> Finder:
    files = [*sorted((ROOT / "graph/registry").glob("*.ttl"))]
    triples = tuple(t for f in files for t in triples_of(trig.read(f).quads))
    ontology = Ontology.of(triples_of(trig.read(ROOT / "ontology/legation.ttl").quads))
    return Finder(Names(triples, ontology), tuple(PREFIXES.items()))


def names(finder: Finder, text: str) -> list[tuple[str, str | None]]:
    found = finder.find(text)
    assert all(m.text == text[m.span.start : m.span.end] for m in found)
    return [(m.text, m.iri and compact(m.iri)) for m in found]


@pytest.mark.parametrize(
    "spelling",
    [
        "Kim Jong Un", "Kim Jong-un", "Kim Jong-Un", "KIM JONG UN", "Kim Jongun", "kim jong un",
        "Kim Jong\u2011un", "Kim Jong\u2010un", "Kim Jong\nUn", "김정은", "Ким Чен Ын",
        "Ким Чен Ыном",
    ],
)  # fmt: skip
def test_a_person_is_found_however_the_name_is_broken_and_in_every_script(
    finder: Finder, spelling: str
) -> None:
    assert names(finder, f"Then {spelling} spoke.") == [(spelling, "person:kim-jong-un")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Then A. Torshin spoke.", ("A. Torshin", "person:alexander-torshin")),
        ("Президента Владимира Путина приняли.", ("Владимира Путина", "person:vladimir-putin")),
        ("встреча с Владимиром Путиным", ("Владимиром Путиным", "person:vladimir-putin")),
        ("俄罗斯", None),
        ("북한은 발표했다.", ("북한", "state:dprk")),
        ("러시아와 회담했다.", ("러시아", "state:russia")),
        ("최선희의 편지", ("최선희", "person:choe-son-hui")),
        ("в России сказали", ("России", "state:russia")),
        ("в Северной Корее", ("Северной Корее", "state:dprk")),
        ("북한과 러시아", ("북한", "state:dprk")),
        ("the U.S. said", ("U.S.", "state:united-states")),
        ("the D.P.R.K. said", ("D.P.R.K.", "state:dprk")),
        ("Republic of Korea’s", ("Republic of Korea", "state:south-korea")),
        ("NK News’s", ("NK News", "body:nk-news")),
    ],
)  # fmt: skip
def test_other_spellings_are_found_at_their_exact_place(
    finder: Finder, text: str, expected: tuple[str, str] | None
) -> None:
    found = names(finder, text)
    if expected is not None:
        assert expected in found


@pytest.mark.parametrize(
    "text",
    [
        "He told us so.", "Russians and Prussia", "a spa", "to the north of it", "북한산",
        "서울대학교", "Japanned wood", "Kim Jong.\n\nUn", "Chinatown",
        "российский", "Kim, Jong Un",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_name_is_left_alone(finder: Finder, text: str) -> None:
    assert [n for n in names(finder, text) if n[1] is not None] == []


def test_a_surname_that_several_bear_stays_open_with_a_warning(finder: Finder) -> None:
    text = "Kim Yong Nam came. Kim left."
    bare = finder.find(text)[-1]
    assert (bare.text, bare.iri) == ("Kim", None)
    assert "namesakes" in bare.note
    assert bare.candidates[0].label == "Kim Yong Nam"
    assert len(bare.candidates) == 5


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("They met in Moscow.", "place:moscow"),
        ("He arrived in Pyongyang.", "place:pyongyang"),
        ("MOSCOW, May 11 (TASS) — Talks.", "place:moscow"),
        ("ties with Moscow grew", "state:russia"),
        ("It was Moscow’s turn.", "state:russia"),
        ("Pyongyang did not answer.", "state:dprk"),
        ("the Pyongyang metro", None),
    ],
)
def test_a_capital_is_the_city_or_the_government_as_the_words_say(
    finder: Finder, text: str, meant: str | None
) -> None:
    mention = finder.find(text)[0]
    assert (mention.iri and compact(mention.iri)) == meant
    assert len(mention.candidates) == 2


def test_strangers_are_listed_with_near_names_and_never_named(finder: Finder) -> None:
    text = "Kim Jong Chul met Anna Lindqvist. The Russian envoy spoke to Kim Il Sun and others."
    known = finder.find(text)
    found = {m.text: m for m in strangers(text, known, finder)}
    assert all(m.iri is None for m in found.values())
    assert "namesake" in found["Kim Jong Chul"].note
    assert found["Anna Lindqvist"].candidates == ()
    assert "person:kim-il-sung" in [compact(g.iri) for g in found["Kim Il Sun"].candidates]
    assert compact(found["Russian"].candidates[0].iri) == "state:russia"


def test_initials_that_fit_two_people_stay_open() -> None:
    text = (
        f"@prefix p: <{ID}person/> .\n@prefix leg: <https://w3id.org/legation/ns#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        'p:a a leg:Person ; rdfs:label "John Quincy Adams"@en .\n'
        'p:b a leg:Person ; rdfs:label "James Quentin Adams"@en .\n'
    )
    triples = tuple(triples_of(trig.parse(text.encode(), Path("x.ttl")).quads))
    ontology = Ontology.of(triples_of(trig.read(ROOT / "ontology/legation.ttl").quads))
    two = Finder(Names(triples, ontology), tuple(PREFIXES.items()))
    shared: Mention = two.find("J.Q. Adams spoke.")[0]
    assert (shared.text, shared.iri, len(shared.candidates)) == ("J.Q. Adams", None, 2)
    assert two.find("John Q. Adams spoke.")[0].iri == NamedNode(f"{ID}person/a")


@pytest.mark.parametrize(
    "text", ["Kim Jong-un’s", "Café—Über", "평양은", "e\u0301a", "ﬁn ① x", "a…b  c\n d"]
)
def test_folding_leads_back_to_the_very_letters(text: str) -> None:
    form = folded(text)
    assert len(form.letters) == len(form.starts) == len(form.ends)
    assert form.letters == squeezed(text)
    for at in range(len(form.letters)):
        span = form.origin(at, at + 1)
        assert 0 <= span.start < span.end <= len(text)


def test_initials_stand_for_given_names_alone() -> None:
    assert initialled("Plato") == initialled("최선희") == []
    assert "j q adams" in initialled("John Quincy Adams")


def told(text: str, published: str = "") -> list[tuple[str, str | None]]:
    return [(d.text, d.edtf) for d in dates(text, anchor(text, published))]


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("on October 12, 1948, they", "", [("October 12, 1948", "1948-10-12")]),
        ("am 9 October 2014", "", [("9 October 2014", "2014-10-09")]),
        ("on 2014-10-09.", "", [("2014-10-09", "2014-10-09")]),
        ("in April 2019, there", "", [("April 2019", "2019-04")]),
        ("held on October 9, which", "", [("October 9", "XXXX-10-09")]),
        ("held on October 9, which", "2014-10-13", [("October 9", "2014-10-09")]),
        ("held on December 9, which", "2014-10-13", [("December 9", "2013-12-09")]),
        ("will be held on December 9", "2014-10-13", [("December 9", "2014-12-09")]),
        ("They agreed to meet in Zobe in May.", "2034-08-16", [("in May", "2035-05")]),
        ("They agreed in May to meet.", "2034-08-16", [("in May", "2034-05")]),
        ("invited her to visit on 3 May and", "2034-08-16", [("3 May", "2035-05-03")]),
        ("asked to come, they met in May.", "2034-08-16", [("in May", "2034-05")]),
        ("talks are planned for May.", "2034-08-16", [("for May", "2035-05")]),
        ("room for May Chen", "2034-08-16", []),
        ("met on Friday", "2015-05-11", [("on Friday", "2015-05-08")]),
        ("will meet on Friday", "2015-05-11", [("on Friday", "2015-05-15")]),
        ("said on Monday he will come", "2015-05-11", [("on Monday", "2015-05-11")]),
        ("met on Friday", "2015-05", [("on Friday", None)]),
        ("left yesterday and", "2015-05-11", [("yesterday", "2015-05-10")]),
        ("since May", "2014-10-12", [("since May", "2014-05/..")]),
        ("since 2014", "", [("since 2014", "2014/..")]),
        ("in 2011 upon", "", [("2011", "2011")]),
        ("73 years ago", "2021-10-12", [("73 years ago", None)]),
        ("last month", "2015-01-11", [("last month", "2014-12")]),
        ("the 1990s", "", [("1990s", "199X")]),
        ("the mid-1990s", "", [("mid-1990s", None)]),
        ("on February 30, 2015", "", [("February 30, 2015", None)]),
        ("it may 5 times", "2015-05-11", []),
        ("2015년 5월 9일에", "", [("2015년 5월 9일", "2015-05-09")]),
        ("9 мая 2015 года", "", [("9 мая 2015 года", "2015-05-09")]),
        ("Saturday, October 25, 2025", "", [("October 25, 2025", "2025-10-25")]),
        ("in the autumn of 2027.", "", [("autumn of 2027", "2027-23")]),
        ("im Frühjahr 2027.", "", [("Frühjahr 2027", "2027-21")]),
        ("зимой 2027 года", "", [("зимой 2027 года", "2027-24")]),
        ("2027년 여름에", "", [("2027년 여름", "2027-22")]),
        ("2027年春节", "", []),
        ("10,000 and 2,015 of 1948 men", "", [("1948", "1948")]),
    ],
)
def test_dates_are_worked_out_no_further_than_the_words_go(
    text: str, published: str, expected: list[tuple[str, str | None]]
) -> None:
    assert told(text, published) == expected


def test_a_date_that_was_worked_out_says_how() -> None:
    text = "SEOUL, May 11 (Yonhap) — They met on Friday."
    found = dates(text, anchor(text, "2015-05-12"))
    assert found[-1].edtf == "2015-05-08"
    assert found[-1].reasoning == (
        "the last Friday seen from Monday 2015-05-11, the dateline 'SEOUL, May 11 (Yonhap) —'"
    )
