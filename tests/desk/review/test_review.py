"""The review page shows every claim beside its words, and nothing an author wrote can act."""

import base64
import hashlib
import json
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from legation.checks.case import Case
from legation.checks.finding import Report
from legation.checks.judging import judge, open_case
from legation.desk.review import page, since
from legation.graph import workspace
from legation.text.safe import visible

Browse = Callable[[str], tuple[str, list[str]]]
VOID = {"meta", "br", "hr", "wbr"}


class Reader(HTMLParser):
    """Reads a page as a browser would: its elements, their attributes, and its visible text."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("style", "script"):
            self.texts.append(data)

    def values(self, name: str) -> list[str]:
        return [value for _, attribute, value in self.attributes if attribute == name]

    @property
    def text(self) -> str:
        return "".join(self.texts)


@pytest.fixture(scope="module")
def reference() -> tuple[Case, str]:
    case = open_case(workspace.bundled())
    return case, page(case, judge(case))


@pytest.fixture
def graph(checkout: Path, tmp_path: Path) -> Path:
    """A work tree that holds the tiny world, committed once."""
    return _committed(checkout, tmp_path)


def _committed(checkout: Path, folder: Path) -> Path:
    shutil.copytree(checkout / "tests" / "world" / "graph", folder / "graph")
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "The world as it is"]):
        _git(folder, *words)
    return folder


def _git(folder: Path, *words: str) -> None:
    who = ["-c", "user.name=Reviewer", "-c", "user.email=reviewer@example.org"]
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


def _page(root: Path, revision: str | None = None, *, is_judged: bool = False) -> Reader:
    case = open_case(workspace.find(root), since_revision=revision)
    change = None if revision is None else since(case.workspace, case.record, revision)
    report = judge(case) if is_judged else Report.of([])
    return Reader(page(case, report, change))


def _edit(path: Path, change: Callable[[str], str]) -> None:
    before = path.read_text("utf-8")
    after = change(before)
    assert after != before
    path.write_text(after, "utf-8")


def test_every_claim_of_the_reference_graph_has_one_card_and_its_quote(
    reference: tuple[Case, str],
) -> None:
    case, source = reference
    reader = Reader(source)
    ids = reader.values("id")
    assert len(ids) == len(set(ids))
    assert sum(name.startswith("claim-") for name in ids) == len(case.record.claims)
    text = " ".join(reader.text.split())
    for claim in case.record.claims:
        assert " ".join(claim.quote.split()) in text


def test_every_link_leads_to_a_place_on_the_page(reference: tuple[Case, str]) -> None:
    reader = Reader(reference[1])
    ids = set(reader.values("id"))
    links = reader.values("href")
    assert links
    assert {link[1:] for link in links} <= ids
    assert {name for names in reader.values("data-on") for name in names.split()} <= ids


def test_the_whole_text_of_each_article_is_there(reference: tuple[Case, str]) -> None:
    case, source = reference
    rows = re.findall(r'<p class="text">(.*?)</p>', source, re.DOTALL)
    shown = "".join(
        re.sub(r'<a href="[^"]*" class="ref">\d+</a>|<small>.*?</small>', "", r) for r in rows
    )
    words = "".join("".join(Reader(f"<p>{shown}</p>").texts).split())
    for article in case.record.articles:
        assert "".join((article.text or "").split()) in words


def test_facts_are_in_words_and_iris_only_in_hints(reference: tuple[Case, str]) -> None:
    reader = Reader(reference[1])
    assert "https://w3id.org/" not in reader.text
    assert any(hint.startswith("https://w3id.org/legation/id/") for hint in reader.values("title"))
    for words in ("Kim Yong Nam as", "according to", "leans on", "conflicts with", "left out:"):
        assert words in reader.text


def test_the_page_needs_nothing_else_and_its_policy_says_so(reference: tuple[Case, str]) -> None:
    _, source = reference
    reader = Reader(source)
    assert not {"link", "img", "iframe", "object", "base", "form"} & set(reader.tags)
    assert not {"src", "srcset", "action", "style", "ping"} & {n for _, n, _ in reader.attributes}
    assert not re.search(r"@import|url\(|fetch\(|XMLHttpRequest|innerHTML", source)
    (policy,) = (v for v in reader.values("content") if "default-src" in v)
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for kind in ("style", "script"):
        (text,) = re.findall(f"<{kind}>(.*?)</{kind}>", source, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy


def test_the_reference_page_is_small_and_the_same_twice(reference: tuple[Case, str]) -> None:
    case, source = reference
    assert len(source.encode()) < 1_500_000
    assert page(open_case(workspace.bundled()), judge(case)) == source


def test_hostile_text_stays_text(graph: Path, all_hostile: str) -> None:
    shown = all_hostile.replace("\ud800", "").replace("\x00", "")  # what a file can hold
    literal = json.dumps(shown)[1:-1]
    text = sorted((graph / "graph" / "sources").glob("*.txt"))[0]
    article = graph / "graph" / "articles" / f"{text.stem}.trig"
    _edit(text, lambda words: f"{shown}\n{words}")

    def spoil(trig: str) -> str:
        spoilt = re.sub(r'leg:quote "', lambda _: f'leg:quote "{literal}', trig, count=3)
        return re.sub(r'dcterms:title "[^"]*"', lambda _: f'dcterms:title "{literal}"', spoilt)

    _edit(article, spoil)
    persons = graph / "graph" / "registry" / "persons.ttl"
    _edit(persons, lambda t: re.sub(r'rdfs:label "', lambda _: f'rdfs:label "{literal}', t))
    for revision in (None, "HEAD"):
        reader = _page(graph, revision, is_judged=True)
        assert reader.tags["script"] == 1
        assert reader.tags["img"] == 0
        assert not [name for _, name, _ in reader.attributes if name.startswith("on")]
        assert visible(shown) in reader.text
        assert "\u202e" not in reader.text + "".join(value for *_, value in reader.attributes)


@pytest.mark.parametrize(
    ("identifier", "leads"),
    [("https://example.org/a?b=1&c=2", True), ("javascript:alert(1)", False), ("a.txt", False)],
)
def test_an_article_leads_to_its_own_page_only_where_that_is_on_the_web(
    graph: Path, identifier: str, leads: bool
) -> None:
    article = sorted((graph / "graph" / "articles").glob("*.trig"))[0]
    line = f'dcterms:identifier "{identifier}"'
    _edit(article, lambda t: re.sub(r'dcterms:identifier "[^"]*"', lambda _: line, t))
    outside = [link for link in _page(graph).values("href") if not link.startswith("#")]
    assert outside == ([identifier] if leads else [])


def test_an_iri_that_would_run_is_never_an_address(graph: Path) -> None:
    article = sorted((graph / "graph" / "articles").glob("*.trig"))[0]
    run = "<javascript:alert(1)>"
    _edit(article, lambda t: re.sub(r"leg:leansOn [^;]*;", f"leg:leansOn {run} ;", t))
    _edit(
        article, lambda t: re.sub(r'(\nclaim:\S+ leg:quote ".*") ', rf"\1 ; leg:modality {run} ", t)
    )
    reader = _page(graph, is_judged=True)
    assert all(link.startswith("#") for link in reader.values("href"))
    assert "javascript:alert(1)" in "".join(reader.values("title"))


def test_findings_stand_beside_the_claim_they_are_about(graph: Path) -> None:
    article = sorted((graph / "graph" / "articles").glob("*.trig"))[0]
    _edit(
        article,
        lambda t: re.sub(r'(\nclaim:\S+ leg:quote ".*") ', r"\1 ; leg:charStart 1 ", t, count=3),
    )
    case = open_case(workspace.find(graph))
    report = judge(case)
    assert report.findings
    reader = Reader(page(case, report))
    for finding in report.findings:
        assert finding.rule in reader.text
    assert sum("has-error" in names for names in reader.values("class")) >= 2


def test_a_sentence_that_nobody_annotated_is_marked(graph: Path) -> None:
    text = sorted((graph / "graph" / "sources").glob("*.txt"))[0]
    _edit(text, lambda words: f"{words}\nNobody read this sentence.\n")
    reader = _page(graph, is_judged=True)
    assert "open" in reader.values("class")
    assert "Nobody read this sentence." in reader.text
    assert "sentence-uncovered" in reader.text


def _others(root: Path) -> int:
    """The articles of a graph but one."""
    return len(list((root / "graph" / "articles").glob("*.trig"))) - 1


def test_a_change_is_shown_first_new_changed_and_removed(graph: Path) -> None:
    article = sorted((graph / "graph" / "articles").glob("*.trig"))[0]
    blocks = re.split(r"\n\n(?=claim:)", article.read_text("utf-8"))
    dropped, changed, copied = blocks[1], blocks[2], blocks[3]
    name = re.match(r"claim:(\S+)", copied)[1]  # type: ignore[index]
    note = ' skos:editorialNote "A second look." ;'
    later = changed.replace(" leg:quote ", f"{note} leg:quote ", 1)
    new = copied.replace(f"claim:{name}", "claim:quite-new")
    article.write_text("\n\n".join([blocks[0], later, *blocks[3:], new]) + "\n", "utf-8")
    case = open_case(workspace.find(graph), since_revision="HEAD")
    change = since(case.workspace, case.record, "HEAD")
    assert [claim.iri.value.rpartition("/")[2] for claim in change.new] == ["quite-new"]
    assert len(change.changed) == len(change.removed) == 1
    source = page(case, Report.of([]), change)
    places = [source.index(f"<h3>{name} <") for name in ("New", "Changed", "Removed")]
    assert places == sorted(places)
    assert places[-1] < source.index('class="article"')
    assert f"{_others(graph)} other articles not shown" in source
    gone = re.match(r"claim:(\S+)", dropped)[1]  # type: ignore[index]
    assert gone in source


def test_a_new_article_is_named_among_the_changes_and_its_claims_are_new_ones(graph: Path) -> None:
    article = sorted((graph / "graph" / "articles").glob("*.trig"))[0]
    text = graph / "graph" / "sources" / f"{article.stem}.txt"
    kept = {path: path.read_bytes() for path in (article, text)}
    _git(graph, "rm", "-q", *map(str, kept))
    _git(graph, "commit", "-qm", "Without one article")
    for path, data in kept.items():
        path.write_bytes(data)
    reader = _page(graph, "HEAD")
    claims = article.read_text("utf-8").count("\nclaim:")
    assert reader.values("data-state").count("new") >= claims // 2
    assert not reader.values("open"), "articles are folded"
    assert "each beside its words below" in reader.text
    assert f"{_others(graph)} other articles not shown" in reader.text


NEW = 'claim:strait-observer-2031-05-05-90 leg:quote "Keld hosted a banquet in honour of Varn" .'


def test_what_no_word_of_the_reference_graph_bears_is_explained_in_a_note(
    reference: tuple[Case, str],
) -> None:
    cards = re.findall(r'<section id="claim-.*?</section>', reference[1], re.DOTALL)
    unsaid = [card for card in cards if "not in these words" in card]
    assert 0 < len(unsaid) < len(cards) / 10
    assert all('<p class="note">' in card for card in unsaid)


def _amend(graph: Path) -> str:
    """Make one claim that only a person can judge, one without its thing, and one misquoted."""
    article = graph / "graph" / "articles" / "strait-observer-2031-05-05.trig"

    def change(trig: str) -> str:
        wrong = trig.replace(
            '"Varn, who was on a state visit', '"Varn, who had been on a state visit'
        )
        more = "leg:attendee person:ada-lund, person:otto-grau ;"
        return wrong.replace("leg:attendee person:ada-lund ;", more, 1) + (
            f"\n{NEW}\nclaim:strait-observer-2031-05-05-90 {{\n"
            "    event:sestry-banquet leg:guestOfHonour person:ilse-varn .\n}\n"
        )

    _edit(article, change)
    case = open_case(workspace.find(graph), since_revision="HEAD")
    return page(case, judge(case), since(case.workspace, case.record, "HEAD"))


@pytest.fixture(scope="module")
def amended(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of that change."""
    return _amend(_committed(checkout, tmp_path_factory.mktemp("amended")))


def _cards(source: str) -> list[str]:
    changes = source[source.index('<section class="changes"') : source.index("<details")]
    return re.findall(r'<article class="passage.*?</article>', changes, re.DOTALL)


def test_what_only_a_person_can_judge_comes_before_what_a_machine_refused(amended: str) -> None:
    cards = _cards(amended)
    assert ["has-" in card[:60] for card in cards] == [False, True, True]
    assert "guest of honour" in cards[0]
    assert [re.findall("has-(error|warning)", card[:60]) for card in cards[1:]] == [
        ["warning"],
        ["error"],
    ]


def test_a_claim_is_shown_with_its_sentence_and_the_one_before(amended: str) -> None:
    reader = Reader(_cards(amended)[1])
    text = " ".join(reader.text.split())
    assert text.startswith("Keld hosted a banquet in honour of Varn, who was on a state visit")
    assert "since identified as Lev Dorn. " in text


def test_words_that_name_a_thing_are_marked_and_things_without_words_too(amended: str) -> None:
    clean, stranger, _ = _cards(amended)
    assert '<em title="Ilse Varn">Varn</em>' in clean
    assert "not in these words" not in clean
    assert '<em title="Ada Lund">Ada Lund</em>' in stranger
    after = stranger[stranger.index("Otto Grau</bdi>") :]
    assert "not in these words" in after[:120]


def test_a_wrong_quote_is_shown_against_the_text(amended: str) -> None:
    misquoted = _cards(amended)[2]
    words = re.findall(r"<(ins|del)>(.*?)</\1>", misquoted[: misquoted.index("struck out")])
    assert "".join(word for kind, word in words if kind == "ins") == "was"
    assert "".join(word for kind, word in words if kind == "del") == "had been"


def test_each_claim_has_its_line_and_the_counts_are_of_the_change(graph: Path) -> None:
    source = _amend(graph)
    article = graph / "graph" / "articles" / "strait-observer-2031-05-05.trig"
    line = article.read_text("utf-8").splitlines().index(NEW)
    assert f"strait-observer-2031-05-05.trig:{line + 1}" in Reader(_cards(source)[0]).text
    legend = source[source.index('<div class="legend"') : source.index('<section class="changes"')]
    counts = re.findall(r'data-(?:state|voice)="(\w+)">\w+ <i>(\d+)', legend)
    assert counts == [("new", "1"), ("changed", "2"), ("asserted", "3")]


def test_a_tick_is_kept_for_a_claim_as_it_is(graph: Path) -> None:
    keys = [re.findall(r'data-key="(\w+)"', card)[0] for card in _cards(_amend(graph))]
    assert len(set(keys)) == 3
    article = graph / "graph" / "articles" / "strait-observer-2031-05-05.trig"
    _edit(
        article,
        lambda t: t.replace("Honour person:ilse-varn .", "Honour person:ada-lund ."),
    )
    case = open_case(workspace.find(graph), since_revision="HEAD")
    later = page(case, judge(case), since(case.workspace, case.record, "HEAD"))
    assert [key in later for key in keys] == [False, True, True]


def test_a_browser_keeps_the_tick_and_shows_what_is_not_yet_read(
    amended: str, browse: Browse
) -> None:
    script = (Path(__file__).with_name("ticks.js")).read_text("utf-8")
    unguarded = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", amended)
    document, console = browse(unguarded.replace("</body>", f"<script>{script}</script></body>"))
    assert console == []
    told = json.loads(unescape(re.findall("<title>(.*?)</title>", document)[0]))
    assert told == ["0 of 3 read", "1 of 3 read", 2, 1, True]


def test_where_nothing_changed_the_page_says_so(graph: Path) -> None:
    assert "No claim and no name is other than it was." in _page(graph, "HEAD").text


def test_without_the_texts_the_page_shows_quotes_and_says_why(graph: Path) -> None:
    shutil.rmtree(graph / "graph" / "sources")
    reader = _page(graph)
    assert "The text is not here" in reader.text
    assert reader.tags["blockquote"] > 0


PROBE = Path(__file__).with_name("probe.js").read_text("utf-8")


def test_a_browser_runs_the_script_of_the_page_and_no_other(
    reference: tuple[Case, str], browse: Browse
) -> None:
    probe = "<script>document.title = 'run by nobody'</script>"
    document, console = browse(reference[1].replace("</main>", f"{probe}</main>"))
    assert len(console) == 1, console
    assert "Content Security Policy" in console[0]
    (title,) = re.findall(r"<title>(.*?)</title>", document)
    assert title.endswith(": review")


def test_keys_go_from_passage_to_passage_and_buttons_choose_a_modality(
    reference: tuple[Case, str], browse: Browse
) -> None:
    case, source = reference
    unguarded = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", source)
    probed = unguarded.replace("</body>", f"<script>{PROBE}</script></body>")
    document, console = browse(probed)
    assert console == []
    told = json.loads(unescape(re.findall("<title>(.*?)</title>", document)[0]))
    passages = len({(c.article, c.span, c.quote) for c in case.record.claims})
    predicted = {
        (c.article, c.span, c.quote) for c in case.record.claims if c.modality == "predicted"
    }
    assert told == [passages, "2", True, "1", len(predicted), True, passages]
