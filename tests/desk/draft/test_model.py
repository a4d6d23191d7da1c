"""A model behind an endpoint proposes; what does not hold is turned down, what holds is marked."""

import json
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from legation.desk.archive import Particulars, add
from legation.desk.draft.drafting import draft
from legation.desk.draft.model import Model
from legation.desk.draft.proposal import Suggester
from legation.errors import EndpointError
from legation.graph import workspace

HERE = Path(__file__).parent
ANSWERS = json.loads((HERE / "model-answers.json").read_text("utf-8"))
ARTICLE = "graph/articles/again.trig"


class StandIn(BaseHTTPRequestHandler):
    """An endpoint that answers as OpenAI's does, with what its server has next."""

    def log_message(self, *_: object) -> None:
        pass

    def handle(self) -> None:
        with suppress(ConnectionError):  # who asked may have heard enough
            super().handle()

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        server: Any = self.server
        server.asked.append((self.path, self.headers.get("Authorization"), body))
        status = 400 if server.is_plain and "response_format" in body else server.status
        server.gate.wait()
        said = server.says.pop(0) if status == 200 and len(server.says) > 1 else server.says[0]
        content = (
            said if isinstance(said, str) else f"Here it is:\n```json\n{json.dumps(said)}\n```"
        )
        message = {"role": "assistant", "content": content}
        data = json.dumps({"choices": [{"message": message}]}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data) + server.promised))
        self.end_headers()
        self.wfile.write(data)


@pytest.fixture
def endpoint() -> Iterator[Any]:
    server: Any = HTTPServer(("127.0.0.1", 0), StandIn)
    server.asked, server.says, server.status = [], [ANSWERS["right"]], 200
    server.is_plain, server.promised, server.gate = False, 0, threading.Event()
    server.gate.set()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.gate.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def archived(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one undrafted article."""
    own = Path(shutil.copytree(founded, tmp_path_factory.mktemp("archived") / "own"))
    said = Particulars(published="2026-03-04", language="en", slug="again")
    add(workspace.find(own), str(HERE / "model-article.txt"), said=said, repost=True)
    return own


@pytest.fixture
def asked(archived: Path, tmp_path: Path, endpoint: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """That workspace, and an environment that names the endpoint."""
    monkeypatch.setenv("LEGATION_SUGGEST_URL", f"http://127.0.0.1:{endpoint.server_port}/v1/")
    monkeypatch.setenv("LEGATION_SUGGEST_KEY", "s3cret")
    monkeypatch.setenv("LEGATION_SUGGEST_MODEL", "Stand-in 1")
    return Path(shutil.copytree(archived, tmp_path / "asked"))


def offered(file: str) -> str:
    return "\n".join(re.findall(r"(?m)^#(?!#)(.*)$", file))


def remarks(file: str) -> list[str]:
    return re.findall(r"(?m)^##     turned down, of the model Stand-in 1, prompt \w+: (.*)$", file)


def test_it_is_a_suggester(own: Path) -> None:
    model: Suggester = Model("http://127.0.0.1:9/v1", "", "m", workspace.find(own))
    assert re.fullmatch(r"the model m, prompt [0-9a-f]{12}", model.name)


def test_without_the_flag_nobody_is_asked(command, asked: Path, endpoint: Any) -> None:
    assert command(asked, "draft", "again").code == 0
    assert endpoint.asked == []


def test_without_an_address_the_flag_is_refused(
    command, asked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for url in ("", "file:///etc/passwd"):
        monkeypatch.setenv("LEGATION_SUGGEST_URL", url)
        ran = command(asked, "draft", "again", "--model")
        assert (ran.code, "LEGATION_SUGGEST_URL" in ran.err) == (2, True)


def test_what_holds_is_pinned_marked_and_left_for_a_person(
    command, asked: Path, endpoint: Any
) -> None:
    ran = command(asked, "draft", "again", "--model")
    assert (ran.code, "with 6 proposals;" in ran.out) == (0, True), ran.out + ran.err
    ((path, key, body),) = endpoint.asked  # the whole article at once, and nothing to mend
    assert (path, key, body["model"]) == ("/v1/chat/completions", "Bearer s3cret", "Stand-in 1")
    assert body["response_format"]["json_schema"]["schema"]["required"][1] == "claims"
    file = (asked / ARTICLE).read_text("utf-8")
    assert "s3cret" not in file
    assert not re.search(r"^(?!#).*wasGeneratedBy", file, re.MULTILINE)
    said = offered(file)
    assert 'leg:quote "“The ferry will run again in summer,” Marrow said' in said  # who says it
    assert 'leg:attested "2026-03-04"^^edtf:EDTF' in said  # a title is used on the day it is read
    assert re.search(
        r"met Captain Odo Rell\" ;\n    leg:basis leg:resolved ;\n    leg:leansOn", said
    )
    assert '##     new: person:odo-rell a leg:Person ; rdfs:label "Odo Rell"@en .' in file
    assert "leg:reason leg:boilerplate" in said


def test_what_is_accepted_passes_the_check_and_is_marked(command, asked: Path) -> None:
    assert command(asked, "draft", "again", "--model").code == 0
    labels = (asked / "graph/registry/events.ttl").read_text("utf-8")
    assert "talks in Port Selden" not in labels
    entry = '<https://own.example/person/odo-rell> a leg:Person ; rdfs:label "Odo Rell"@en .\n'
    with (asked / "graph/registry/persons.ttl").open("a", encoding="utf-8") as file:
        file.write(entry)
    ran = command(asked, "draft", "again", "--accept", "2-6")
    assert ran.code == 0, ran.err
    labels = (asked / "graph/registry/events.ttl").read_text("utf-8")
    assert labels.endswith('event:talks rdfs:label "talks in Port Selden in March 2026"@en .\n')
    checked = json.loads(command(asked, "check", "--format", "json").out)
    assert [f["message"] for f in checked["findings"] if f["severity"] == "error"] == []
    question = (
        "SELECT DISTINCT ?label WHERE { ?claim <http://www.w3.org/ns/prov#wasGeneratedBy> ?by . "
        "?by a <http://www.w3.org/ns/prov#Activity> ; rdfs:label ?label }"
    )
    shown = command(asked, "query", "--drafts", "--format", "csv", question)
    assert re.search(r"suggestions by the model Stand-in 1, prompt [0-9a-f]{12}", shown.out)


REASONS = (
    "the quote is not in the text",
    "there is no class leg:Party",
    "person:nobody is not declared",
    "is dated 2026-03-05, after the article",
    "what it says is no Turtle",
    "has a graph or a blank node",
    "as somebody's word",
    "is not inside the quote",
    "it says nothing",
    "not a claim: 'held talks'",
    "not a claim: None",
)


def test_what_does_not_hold_is_told_once_and_then_turned_down_with_the_reason(
    command, asked: Path, endpoint: Any
) -> None:
    endpoint.says = [ANSWERS["wrong"], ANSWERS["mended"]]
    ran = command(asked, "draft", "again", "--model")
    assert (ran.code, "with 1 proposals, 10 turned down" in ran.out) == (0, True), ran.out
    first, second = (body["messages"] for _, _, body in endpoint.asked)
    assert first[0] == second[0]
    told = second[1]["content"].replace('\\"', '"')
    assert [reason for reason in REASONS if reason not in told] == []
    file = (asked / ARTICLE).read_text("utf-8")
    assert [why for why in REASONS[1:] if not any(why in line for line in remarks(file))] == []
    assert offered(file).count("leg:quote") == 1
    assert 'leg:quote "held talks in Port Selden"' in offered(file)


def test_nothing_hostile_is_offered_but_what_the_words_prove(
    command, asked: Path, endpoint: Any
) -> None:
    endpoint.says = [ANSWERS["hostile"]]
    ran = command(asked, "draft", "again", "--model")
    assert ran.code == 0, ran.err
    file = (asked / ARTICLE).read_text("utf-8")
    said = offered(file)
    quotes = re.findall(r"(?m)^claim:again-\d+ leg:quote (.*) ;$", said)
    assert quotes == ['"hold talks"', '"held talks in Port Selden"']
    assert "event:proven a leg:Talks" in said
    assert not re.search("javascript|ArmedConflict|leg:status leg:complete|leg:State", said)
    assert all(line.startswith(("#", "@prefix")) or line in _before(asked) for line in _new(file))
    assert command(asked, "draft", "again", "--accept", "2a").code == 0
    checked = json.loads(command(asked, "check", "--format", "json").out)
    assert [f["message"] for f in checked["findings"] if f["severity"] == "error"] == []


def _before(asked: Path) -> list[str]:
    archived = (asked / "graph/articles/example-talks.trig").read_text("utf-8")
    return archived.split("\n")


def _new(file: str) -> list[str]:
    return [line for line in file[file.index("## ---") :].split("\n") if line]


def test_an_endpoint_without_schemas_is_asked_without(command, asked: Path, endpoint: Any) -> None:
    endpoint.is_plain = True
    assert "with 6 proposals" in command(asked, "draft", "again", "--model").out
    assert ["response_format" in body for _, _, body in endpoint.asked] == [True, False]


def test_of_an_answer_that_was_cut_what_is_whole_is_heard(
    command, asked: Path, endpoint: Any
) -> None:
    whole = json.dumps(ANSWERS["right"])
    endpoint.says = [whole[: whole.index('{"id": "3"') + 60], "{}"]
    ran = command(asked, "draft", "again", "--model")
    assert "with 2 proposals" in ran.out


@pytest.mark.parametrize(
    ("status", "promised", "says", "message"),
    [
        (500, 0, "", "answers 500"),
        (401, 0, "", "answers 401"),
        (200, 10, "", "broke off"),
        (200, 0, "x" * 5_000_000, "more than 4,194,304 bytes"),
    ],
)
def test_an_endpoint_that_fails_leaves_the_file_as_it_was(
    command, asked: Path, endpoint: Any, status: int, promised: int, says: str, message: str
) -> None:
    endpoint.status, endpoint.promised, endpoint.says = status, promised, [says]
    before = (asked / ARTICLE).read_bytes()
    ran = command(asked, "draft", "again", "--model")
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert (asked / ARTICLE).read_bytes() == before


def test_a_slow_endpoint_is_not_waited_for(asked: Path, endpoint: Any) -> None:
    endpoint.gate.clear()
    home = workspace.find(asked)
    model = Model(f"http://127.0.0.1:{endpoint.server_port}/v1", "", "m", home, seconds=0.2)
    with pytest.raises(EndpointError, match=r"did not answer within 0\.2 seconds"):
        draft(home, "again", suggesters=[model])


@pytest.mark.parametrize(
    "raw", ["no JSON", '{"claims": 3}', "[" * 100_000, '{"a":' * 100_000, '{"claims": [1, null]}']
)
def test_an_answer_of_any_shape_is_only_a_remark(
    command, asked: Path, endpoint: Any, raw: str
) -> None:
    endpoint.says = [raw]
    ran = command(asked, "draft", "again", "--model")
    assert ran.code == 0, ran.err
    assert "turned down" in (asked / ARTICLE).read_text("utf-8")


def test_a_long_article_is_asked_about_in_windows_that_know_of_each_other(
    asked: Path, endpoint: Any
) -> None:
    names, claims = ANSWERS["right"]["names"], ANSWERS["right"]["claims"]
    first = {"names": names, "claims": claims[:1]}
    met = {**claims[3], "id": "1", "basis": "resolved", "leansOn": ["proposal:1.1"]}
    endpoint.says = [{"claims": []}, first, {"claims": []}, {"claims": [met]}, {"claims": []}]
    home = workspace.find(asked)
    model = Model(f"http://127.0.0.1:{endpoint.server_port}/v1", "", "m", home, window=1)
    done = draft(home, "again", suggesters=[model], write=False)
    assert (len(endpoint.asked), done.proposals) == (6, 2), done.refused
    asked_fourth = endpoint.asked[3][2]["messages"][1]["content"]
    assert 'proposal:1.1: "Foreign Minister Ilse Marrow of Arvenia and' in asked_fourth
    assert "leg:leansOn claim:again-01" in done.text


def test_any_assistant_can_be_asked_by_hand(command, asked: Path, endpoint: Any) -> None:
    ran = command(asked, "draft", "again", "--ask", "../prompt.md")
    assert "legation draft again --again --answer FILE" in ran.out
    prompt = (asked.parent / "prompt.md").read_text("utf-8")
    for part in (
        "Ilse Marrow = person:ilse-marrow",
        '3. "“The ferry will run again in summer,” Marrow said after the talks."',
        "leg:Talks < leg:Meeting",
        "leg:visitKind (leg:Visit → leg:VisitKind)",
        "One of leg:officialVisit",
        "Published: 2026-03-04",
        "office:foreign-minister-of-arvenia",
    ):
        assert part in prompt
    (asked.parent / "reply.txt").write_text("Sure!\n\n" + json.dumps(ANSWERS["right"]) + "\nBye")
    ran = command(asked, "draft", "again", "--answer", "../reply.txt")
    assert "with 6 proposals" in ran.out
    assert "the answer reply, prompt " in (asked / ARTICLE).read_text("utf-8")
    (asked.parent / "reply.txt").write_text(json.dumps(ANSWERS["wrong"]))
    told = ("--answer", "../reply.txt", "--ask", "../again.md")
    ran = command(asked, "draft", "again", "--again", *told)
    assert "11 turned down" in ran.out
    assert "person:nobody is not declared" in (asked.parent / "again.md").read_text("utf-8")
    assert endpoint.asked == []
