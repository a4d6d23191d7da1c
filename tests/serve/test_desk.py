"""The desk lets in one person on this machine, writes what was asked for, and nothing else."""

import asyncio
import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

TEXT = (Path(__file__).parent / "desk" / "article.txt").read_text("utf-8")
DRAFTED = (Path(__file__).parent / "desk" / "proposals.trig").read_text("utf-8")
HOME = "127.0.0.1:8000"
OWN = {"Origin": f"http://{HOME}", "Content-Type": "application/json"}
MEETING = {
    "quote": "Jo Marek met Ana Vell on Monday",
    "says": [
        {
            "thing": "event:marek-vell-meeting-2031-05",
            "kind": "leg:Meeting",
            "rows": [
                ["leg:participant", "person:jo-marek"],
                ["leg:participant", "person:ana-vell"],
                ["leg:date", "2031-05-05"],
            ],
        }
    ],
    "basis": "leg:computed",
    "note": "Monday before the dateline of Tuesday 6 May 2031 is 5 May.",
    "names": [
        {"thing": "person:jo-marek", "kind": "leg:Person", "label": "Jo Marek"},
        {"thing": "person:ana-vell", "kind": "leg:Person", "label": "Ana Vell"},
        {
            "thing": "event:marek-vell-meeting-2031-05",
            "kind": "leg:Meeting",
            "label": "meeting of Jo Marek and Ana Vell in May 2031",
        },
    ],
}


@dataclass(frozen=True)
class Answer:
    """An answer: status, headers by small letters, body."""

    status: int
    headers: dict[str, str]
    body: str

    @property
    def given(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Desk:
    """The application of a desk, asked in this process."""

    application: Any
    root: Path

    def ask(self, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """Ask below the token, or at an address from the root."""
        named = {"Host": HOME, **{k.replace("_", "-"): v for k, v in headers.items()}}
        scope = {
            "type": "http",
            "method": "GET" if body is None else "POST",
            "path": path if path.startswith("/") else f"/token/{path}",
            "query_string": path.partition("?")[2].encode(),
            "headers": [(k.lower().encode(), v.encode()) for k, v in named.items() if v],
            "server": ("127.0.0.1", 8000),
        }
        scope["path"] = scope["path"].partition("?")[0]
        sent: list[Any] = []

        async def receive() -> dict[str, object]:
            return {"type": "http.request", "body": body or b"", "more_body": False}

        async def send(message: dict[str, object]) -> None:
            sent.append(message)

        asyncio.run(self.application(scope, receive, send))
        told = {k.decode().lower(): v.decode() for k, v in sent[0]["headers"]}
        return Answer(sent[0]["status"], told, b"".join(m["body"] for m in sent[1:]).decode())

    def do(self, deed: str, **given: object) -> Answer:
        """A deed, done to the file as it is, unless another hash is given."""
        sha = self.ask("article/talks/sheet").given["sha"]
        body = json.dumps({"sha": sha, **given}).encode()
        return self.ask(f"article/talks/{deed}", body, **OWN)

    @property
    def file(self) -> Path:
        return self.root / "graph" / "articles" / "talks.trig"

    @property
    def files(self) -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in self.root.rglob("graph/**/*.*")}


def laid(root: Path) -> Desk:
    """A desk over a workspace, with one article added to it."""
    from legation.desk.writing.bench import Bench
    from legation.graph import workspace
    from legation.serve.chancery import chancery

    bench = Bench(workspace.find(root))
    said = {"slug": "talks", "language": "en", "published": "2031-05-06"}
    bench.archive({"text": TEXT, **said})
    return Desk(chancery(bench, "token"), root)


@pytest.fixture(scope="module")
def desk(founded: Path, endpoint_extra: None, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk at which nothing is written."""
    return laid(Path(shutil.copytree(founded, tmp_path_factory.mktemp("desk") / "own")))


@pytest.fixture
def fresh(own: Path, endpoint_extra: None) -> Desk:
    """A desk of a test's own."""
    return laid(own)


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("", {}, 200),
        ("", {"Host": "localhost:8000"}, 200),
        ("/", {}, 404),
        ("/toke/", {}, 404),
        ("/tokén/", {}, 404),
        ("//token/", {}, 404),
        ("", {"Host": "evil.example:8000"}, 421),
        ("", {"Host": "127.0.0.1"}, 421),
        ("", {"Host": "127.0.0.1:8000.evil.example"}, 421),
        ("", {"Host": ""}, 421),
        ("../token/", {}, 404),
        ("article/../../etc/passwd", {}, 404),
        ("article/nobody", {}, 404),
        ("desk.css", {}, 200),
        ("review.js", {}, 404),
    ],
)
def test_only_who_knows_the_address_is_answered(
    desk: Desk, path: str, headers: dict[str, str], status: int
) -> None:
    got = desk.ask(path, **headers)
    assert got.status == status
    policy = got.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert not any(name.startswith("access-control") for name in got.headers)


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"Origin": ""}, b"{}", 403),
        ({"Origin": "null"}, b"{}", 403),
        ({"Origin": "http://evil.example"}, b"{}", 403),
        ({"Origin": "https://127.0.0.1:8000"}, b"{}", 403),
        ({"Sec_Fetch_Site": "same-site"}, b"{}", 403),
        ({"Content-Type": "text/plain"}, b"{}", 415),
        ({}, b"x=1", 400),
        ({}, b"[]", 400),
        ({}, b"[" * 100_000, 400),
        ({}, b"\xff", 400),
        ({"Content_Length": "2000000"}, b" " * 2_000_000, 413),
        ({}, b'{"sha": "0"}', 409),
        ({}, b'{"sha": 5}', 422),
    ],
)
def test_only_a_page_of_the_desk_may_do_anything(
    desk: Desk, headers: dict[str, str], body: bytes, status: int
) -> None:
    before = desk.files
    assert desk.ask("article/talks/omit", body, **{**OWN, **headers}).status == status
    assert desk.files == before


def test_no_page_holds_a_script_or_style_of_its_own(desk: Desk) -> None:
    for path in ("", "article/talks"):
        page = desk.ask(path).body
        assert not re.search(r"<script(?! src)|<style| style=| on\w+=", page), path


def test_what_an_article_holds_is_shown_as_text_and_never_as_markup(
    fresh: Desk, all_hostile: str
) -> None:
    from legation.text.safe import visible

    words = re.sub("[\0\ud800-\udfff]", "", all_hostile)  # which no text may hold
    given = {"text": f"A strange day\n\n{words} ended.", "title": words, "slug": "hostile"}
    got = fresh.ask("add", json.dumps(given).encode(), **OWN)
    assert got.given == {"slug": "hostile"}
    for page in (fresh.ask("").body, fresh.ask("article/hostile/sheet").given["html"]):
        assert not re.search(r"<(script(?! src)|img|iframe|b>(?!error|warning|note))", page)
        assert visible(page) == page


def test_a_claim_is_written_as_a_person_writes_it_and_undone_to_the_byte(fresh: Desk) -> None:
    fresh.file.write_text(f"{fresh.file.read_text('utf-8')}\n# somebody's note", "utf-8")
    before = fresh.files
    got = fresh.do("claim", **MEETING)
    assert got.status == 200, got.body
    assert got.given["counts"] == {"claimed": 1, "omitted": 0, "open": 3}
    assert "meeting of Jo Marek and Ana Vell in May 2031" in got.given["html"]
    written = (Path(__file__).parent / "desk" / "written.trig").read_text("utf-8")
    assert fresh.file.read_text("utf-8").endswith(f"# somebody's note\n{written}")
    assert (
        b'person:ana-vell a leg:Person ;\n    rdfs:label "Ana Vell"@en .\n'
        in (fresh.root / "graph" / "registry" / "persons.ttl").read_bytes()
    )
    assert fresh.do("undo").status == 200
    assert fresh.files == before


def test_with_a_claim_goes_the_name_of_what_nobody_else_speaks_of(fresh: Desk) -> None:
    events = fresh.root / "graph" / "registry" / "events.ttl"
    before = events.read_bytes()
    other = {**MEETING, "quote": "“The door is open,” he said.", "names": []}
    claims = ["https://own.example/claim/talks-01", "https://own.example/claim/talks-02"]
    assert [fresh.do("claim", **given).status for given in (MEETING, other)] == [200, 200]
    written = fresh.files
    assert fresh.do("strike", claim=claims[0]).status == 200
    assert fresh.files == {**written, fresh.file: fresh.file.read_bytes()}
    assert fresh.do("strike", claim=claims[1]).status == 200
    assert events.read_bytes() == before
    assert "Ana Vell" in (events.parent / "persons.ttl").read_text("utf-8")
    assert fresh.do("undo").status == fresh.do("undo").status == 200
    assert fresh.files == written


def test_a_file_that_somebody_else_has_written_is_neither_overwritten_nor_undone(
    fresh: Desk,
) -> None:
    seen = fresh.ask("article/talks/sheet").given["sha"]
    assert fresh.do("claim", **MEETING).status == 200
    written = fresh.files
    got = fresh.do("omit", sha=seen, quote="The weather was fine.", reason="leg:boilerplate")
    assert got.status == 409 and "meanwhile" in got.body
    assert fresh.files == written
    fresh.file.write_text(f"{fresh.file.read_text('utf-8')}## mine\n", "utf-8")
    assert fresh.do("undo").status == 409
    assert fresh.file.read_text("utf-8").endswith("## mine\n")


BAD: dict[str, dict[str, object]] = {
    "words that the text has not": {"quote": "Jo Marek met nobody"},
    "no words": {"quote": "  "},
    "no such kind": {"says": [{"thing": "event:a", "kind": "leg:Claim"}]},
    "no such property": {"says": [{"thing": "event:a", "rows": [["leg:quote", "x"]]}]},
    "no date": {"says": [{"thing": "event:a", "rows": [["leg:date", "Monday"]]}]},
    "no number": {"says": [{"thing": "event:a", "rows": [["leg:ordinal", "١"]]}]},
    "a name that is no IRI": {"says": [{"thing": "event:a", "rows": [["leg:place", "Halm"]]}]},
    "markup in a name": {"says": [{"thing": "event:a> . <b", "kind": "leg:Event"}]},
    "another's base": {"says": [{"thing": "https://w3id.org/x", "kind": "leg:Event"}]},
    "rows of another shape": {"says": [{"thing": "event:a", "rows": [[1, 2, 3]]}]},
    "things of another shape": {"says": "event:a"},
    "a thing that is there": {
        "names": [{"thing": "person:ilse-marrow", "kind": "leg:Person", "label": "I. Marrow"}]
    },
    "a claim for a thing": {"says": [{"thing": "claim:talks-01", "kind": "leg:Event"}]},
    "no basis": {"basis": "leg:Meeting"},
    "a content that is none": {
        "contents": [{"graph": "event:a", "says": [{"thing": "event:b", "kind": "leg:Event"}]}]
    },
    "half a character": {"note": "\ud800"},
    "no claim to put it in the place of": {"claim": "a b:c"},
    "a claim that is gone": {"claim": "https://own.example/claim/talks-09"},
}


@pytest.mark.parametrize("given", BAD.values(), ids=list(BAD))
def test_a_form_that_makes_no_claim_is_refused_in_words(
    desk: Desk, given: dict[str, object]
) -> None:
    before = desk.files
    got = desk.do("claim", **{**MEETING, "names": [], **given})
    assert got.status == 422 and got.body, got.body
    assert desk.files == before


def test_a_proposal_stands_beside_its_sentence_until_it_is_accepted_or_rejected(
    fresh: Desk,
) -> None:
    before = fresh.file.read_text("utf-8")
    fresh.file.write_text(before + DRAFTED, "utf-8")
    html = fresh.ask("article/talks/sheet").given["html"]
    assert re.findall(r'data-claim="(\d\w)"', html) == ["2a", "2b"]
    assert "meeting of Jo Marek" in fresh.do("accept", claim="2a").given["html"]
    form = fresh.ask("article/talks/form?claim=2b").given
    assert form["says"][0]["kind"] == "leg:Tenure"
    got = fresh.do("reject", claim="2b").given
    assert "ghost" not in got["html"] and got["counts"]["claimed"] == 1
    assert fresh.do("accept", claim="2b").status == 422
    assert fresh.do("undo").given["html"].count("ghost") == 1
    written = fresh.do("claim", **{**form, "claim": "2b", "note": "mine"})
    assert written.given["counts"]["claimed"] == 1 and "ghost" not in written.given["html"]
    assert "mine" in fresh.file.read_text("utf-8")


def test_an_article_is_complete_only_when_every_sentence_is_accounted_for(fresh: Desk) -> None:
    from legation.checks.judging import judge, open_case
    from legation.graph import workspace

    assert fresh.do("finish").status == 422
    assert fresh.do("claim", **MEETING).status == 200
    for quote in (
        "Ministers meet in Halm",
        "“The door is open,” he said.",
        "The weather was fine.",
    ):
        assert fresh.do("omit", quote=quote, reason="leg:noCheckableContent").status == 200
    got = fresh.do("finish").given
    assert not got["draft"] and got["counts"]["open"] == 0
    assert judge(open_case(workspace.find(fresh.root))).at_least("error") == ()
    assert fresh.do("reopen").given["draft"]


def test_own_terms_take_their_place_among_the_choices(fresh: Desk) -> None:
    from legation.desk.writing.repertoire import Repertoire
    from legation.graph import workspace

    own = (Path(__file__).parent / "desk" / "own.ttl").read_bytes()
    (fresh.root / "ontology" / "own.ttl").write_bytes(own)
    told: Any = Repertoire(workspace.find(fresh.root)).as_json()
    kinds = {kind["id"]: kind for kind in told["kinds"]}
    retreat = kinds["own:Retreat"]
    assert (retreat["group"], retreat["prefix"]) == (kinds["leg:Meeting"]["group"], "event")
    assert {"own:cook", "leg:attendee"} <= set(retreat["says"])
    assert "own:cook" not in kinds["leg:Visit"]["says"]
    assert told["properties"]["own:cook"]["range"] == ["leg:Person"]


def test_a_thing_is_found_by_the_beginning_of_any_spelling(desk: Desk) -> None:
    def found(typed: str, kinds: str = "") -> list[str]:
        path = f"article/example-talks/things?q={typed}&kinds={kinds}"
        return [thing["id"] for thing in desk.ask(path).given]

    assert found("MARR", "leg:Person") == ["person:ilse-marrow"]
    assert found("selden", "leg:Person") == []
    assert found("port-seld") == ["place:port-selden"]
    assert found("") == []


def test_a_date_half_typed_is_told_of_without_a_fault(desk: Desk) -> None:
    assert "no date" in desk.ask("date?edtf=2026-0").given["wrong"]
    assert desk.ask("date?edtf=2026-09").given == {
        "means": "Tuesday 1 September 2026 to Wednesday 30 September 2026"
    }


def test_git_shows_what_was_added_and_no_other_line(fresh: Desk) -> None:
    def git(*words: str) -> str:
        return subprocess.run(
            ["git", *words], cwd=fresh.root, capture_output=True, text=True, check=True
        ).stdout

    git("init", "-q")
    git("add", "-A")
    fresh.do("claim", **MEETING)
    counted = [line.split("\t")[:2] for line in git("diff", "--numstat").splitlines()]
    assert [removed for _, removed in counted] == ["0"] * len(counted) != []


def test_a_claim_of_another_article_that_says_otherwise_may_be_acknowledged(fresh: Desk) -> None:
    talks = "event:arvenia-talmark-talks-2026-03"
    other = {"thing": talks, "kind": "leg:Talks", "rows": [["leg:date", "2026-03-05"]]}
    given = {"quote": "The weather was fine.", "says": [other], "basis": "leg:supplied"}
    sheet = fresh.do("claim", **given, note="The ministry's calendar says so.").given
    ((rival, words),) = sheet["rivals"]
    assert rival.startswith("claim:example-talks-") and "March 4" in words
    assert "acknowledge it with “conflicts with”" in sheet["html"]
    acknowledged = {
        **given,
        "claim": "https://own.example/claim/talks-01",
        "conflictsWith": [rival],
    }
    sheet = fresh.do("claim", **acknowledged, note="The ministry's calendar says so.").given
    assert sheet["rivals"] and "acknowledge it" not in sheet["html"]


def test_an_office_is_entered_with_whose_it_is_and_a_fault_of_an_entry_stands_beside_the_claim(
    fresh: Desk,
) -> None:
    office: dict[str, object] = {
        "thing": "office:envoy",
        "kind": "leg:Office",
        "label": "Envoy of Arvenia",
    }
    tenure = {
        "thing": "tenure:envoy",
        "kind": "leg:Tenure",
        "rows": [["leg:holder", "person:ilse-marrow"], ["leg:office", "office:envoy"]],
    }
    given = {"quote": "Jo Marek", "says": [tenure]}
    html = fresh.do("claim", **given, names=[office]).given["html"]
    claim = html[html.index("data-claim=") : html.index("</article>")]
    assert "name it with “office of”" in claim and "offices.ttl" in claim
    for quote in (*TEXT.splitlines()[:1], "“The door is open,” he said.", "The weather was fine."):
        assert fresh.do("omit", quote=quote, reason="leg:noCheckableContent").status == 200
    refused = fresh.do("finish")
    assert refused.status == 422 and "name it with “office of”" in refused.body
    for _ in range(4):
        assert fresh.do("undo").status == 200
    office["rows"] = [["leg:officeOf", "state:arvenia"]]
    html = fresh.do("claim", **given, names=[office]).given["html"]
    assert "belongs to a body or polity" not in html
    offices = (fresh.root / "graph" / "registry" / "offices.ttl").read_text("utf-8")
    source = 'dcterms:source "Ministers meet in Halm"@en'
    assert offices.endswith(f"    {source} ;\n    leg:officeOf state:arvenia .\n")


def test_words_typed_with_a_space_are_those_of_a_text_whose_lines_are_broken(fresh: Desk) -> None:
    claim = {
        "quote": "Ministers meet in Halm HALM, May 6",
        "says": [
            {
                "thing": "statement:halm",
                "kind": "leg:Statement",
                "rows": [["leg:speaker", "person:ilse-marrow"], ["leg:text", "in Halm HALM"]],
            }
        ],
    }
    assert fresh.do("claim", **claim).status == 200
    written = fresh.file.read_text("utf-8")
    assert r'leg:quote "Ministers meet in Halm\n\nHALM, May 6"' in written
    assert r'leg:text "in Halm\n\nHALM"' in written
