"""A model behind an endpoint proposes; what does not hold is turned down, what holds is marked."""

import json
import re
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from legation.desk.draft.model import Model
from legation.desk.draft.proposal import Suggester
from legation.graph import workspace

CLAIMS = json.loads((Path(__file__).parent / "model-answers.json").read_text("utf-8"))


class StandIn(BaseHTTPRequestHandler):
    """An endpoint that answers as OpenAI's does, from a table."""

    def log_message(self, *_: object) -> None:
        pass

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        server: Any = self.server
        server.asked.append((self.path, self.headers.get("Authorization"), body))
        question = body["messages"][-1]["content"]
        claims = next((c["claims"] for c in CLAIMS if c["of"] in question), [])
        content = (
            server.raw
            if server.raw is not None
            else "```json\n" + json.dumps({"claims": claims}) + "\n```"
        )
        data = json.dumps(
            {"choices": [{"message": {"role": "assistant", "content": content}}]}
        ).encode()
        self.send_response(server.status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(data)


@pytest.fixture
def endpoint() -> Iterator[Any]:
    server: Any = HTTPServer(("127.0.0.1", 0), StandIn)
    server.asked, server.raw, server.status = [], None, 200
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def asked(own: Path, endpoint: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with one undrafted article, and an environment that names the endpoint."""
    shutil.copy(own / "graph/sources/example-talks.txt", own / "graph/sources/again.txt")
    text = (own / "graph/articles/example-talks.trig").read_text("utf-8")
    header = text[: text.index("\nclaim:")].replace("example-talks", "again")
    (own / "graph/articles/again.trig").write_text(
        re.sub(r"^#.*\n", "", header).replace("leg:status leg:complete", "leg:status leg:draft")
    )
    monkeypatch.setenv("LEGATION_SUGGEST_URL", f"http://127.0.0.1:{endpoint.server_port}/v1/")
    monkeypatch.setenv("LEGATION_SUGGEST_KEY", "s3cret")
    monkeypatch.setenv("LEGATION_SUGGEST_MODEL", "Stand-in 1")
    return own


def test_it_is_a_suggester(own: Path) -> None:
    home = workspace.find(own)
    model: Suggester = Model("http://127.0.0.1:9/v1", "", "m", home.prefixes, home.ontology)
    assert model.name == "the model m"


def test_without_the_flag_nobody_is_asked(command, asked: Path, endpoint: Any) -> None:
    assert command(asked, "draft", "again").code == 0
    assert endpoint.asked == []


def test_without_an_address_the_flag_is_refused(
    command, asked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LEGATION_SUGGEST_URL")
    ran = command(asked, "draft", "again", "--model")
    assert ran.code == 2
    assert "LEGATION_SUGGEST_URL" in ran.err


def test_what_holds_is_pinned_marked_and_left_for_a_person(
    command, asked: Path, endpoint: Any
) -> None:
    ran = command(asked, "draft", "again", "--model")
    assert ran.code == 0, ran.err
    path, key, body = endpoint.asked[0]
    assert (path, key, body["model"]) == ("/v1/chat/completions", "Bearer s3cret", "Stand-in 1")
    file = (asked / "graph/articles/again.trig").read_text("utf-8")
    assert "s3cret" not in file
    assert not re.search(r"^(?!#).*wasGeneratedBy", file, re.MULTILINE)
    assert re.search(
        r'^#claim:again-\d+ leg:quote "held talks in Port Selden" ;$', file, re.MULTILINE
    )
    assert "leg:char" not in file
    accepted = re.sub(r"^#(?!#)", "", file, flags=re.MULTILINE)
    (asked / "graph/articles/again.trig").write_text(accepted)
    checked = json.loads(command(asked, "check", "--format", "json").out)
    assert [f["message"] for f in checked["findings"] if f["severity"] == "error"] == []
    shown = command(
        asked,
        "query",
        "--drafts",
        "--format",
        "csv",
        (
            "SELECT ?label WHERE { ?claim <http://www.w3.org/ns/prov#wasGeneratedBy> ?by . "
            "?by a <http://www.w3.org/ns/prov#Activity> ; rdfs:label ?label }"
        ),
    )
    assert "suggestions by the model Stand-in 1" in shown.out, shown.err


REASONS = (
    "stands not in the sentence",
    "is no modality",
    "is no property that a claim may use",
    "there is no class leg:Party",
    "person:somebody-else is not declared",
    "is no date of the quote",
    "is not inside the quote",
    "describes what is predicted",
    "a claim has 1 to 12 triples",
    "not a triple",
    "not a claim",
    "'the harbour' names no thing and no term",
    "'<https://own.example/event/example-talks>' names no thing and no term",
)


def test_what_does_not_hold_is_turned_down_with_the_reason(
    command, asked: Path, endpoint: Any
) -> None:
    command(asked, "draft", "again", "--model")
    file = (asked / "graph/articles/again.trig").read_text("utf-8")
    remarks = re.findall(r"^##     turned down, of the model Stand-in 1: (.*)", file, re.M)
    assert [why for why in REASONS if not any(why in remark for remark in remarks)] == []


def test_an_endpoint_that_fails_leaves_the_file_as_it_was(
    command, asked: Path, endpoint: Any
) -> None:
    endpoint.status = 500
    before = (asked / "graph/articles/again.trig").read_bytes()
    ran = command(asked, "draft", "again", "--model")
    assert (ran.code, ran.out) == (2, "")
    assert "answers 500" in ran.err
    assert (asked / "graph/articles/again.trig").read_bytes() == before


@pytest.mark.parametrize(
    "raw", ["no JSON", '{"claims": 3}', "[" * 100_000, '{"claims": [1, "x", null]}']
)
def test_an_answer_of_any_shape_is_only_a_remark(
    command, asked: Path, endpoint: Any, raw: str
) -> None:
    endpoint.raw = raw
    ran = command(asked, "draft", "again", "--model")
    assert ran.code == 0, ran.err
    assert "turned down" in (asked / "graph/articles/again.trig").read_text("utf-8")
