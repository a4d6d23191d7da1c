"""Whatever a stranger sends, the endpoint and the desk answer, and neither falls over it."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ..mutation import WORDS, in_bytes, mutated, tries
from .test_desk import DRAFTED, MEETING, OWN, Desk, laid

QUERY = (
    "SELECT ?who (COUNT(*) AS ?n) { ?who a leg:Person ; rdfs:label ?name "
    "OPTIONAL { ?e leg:participant ?who } FILTER(LANG(?name) = 'en') } GROUP BY ?who LIMIT 5"
)
TYPES = (
    *("application/sparql-query", "application/x-www-form-urlencoded", "text/plain; charset=x"),
    *("application/sparql-results+json", "text/csv;q=0.5, */*;q=0.1", "text/turtle", "text/html"),
)
PLACES = (
    *("/", "/sparql?query=ASK%7B%7D", "/find?q=Lund", "/api/questions/visits?visitor=Ada+Lund"),
    *("/api/explain?thing=person:ada-lund", "/id/person/ada-lund", "/id/person/ada-lund.ttl"),
    *("/ns.ttl", "/openapi.json", "/health", "/api/questions", "/person/ada-lund.html"),
)


@tries(30)
@given(st.data())
def test_the_endpoint_answers_whatever_is_asked(
    server: Any, get: Callable[..., Any], data: st.DataObject
) -> None:
    method = data.draw(st.sampled_from(("GET", "POST", "HEAD", "PUT", "OPTIONS", "PATCH")))
    path = data.draw(st.sampled_from(PLACES).flatmap(mutated))
    query = data.draw(mutated(QUERY))
    form = urlencode({b"query": in_bytes(query), in_bytes(data.draw(st.sampled_from(WORDS))): "x"})
    body = data.draw(st.sampled_from((in_bytes(query), form.encode(), in_bytes(path))))
    headers = {
        name: data.draw(st.sampled_from(TYPES).flatmap(mutated)).encode("latin-1", "replace")
        for name in data.draw(st.sets(st.sampled_from(("Accept", "Content_Type", "Origin"))))
    }
    try:
        got = get("/" + quote(in_bytes(path[1:]), safe="/?&=%:+"), method, body, **headers)
    except ValueError:  # which our own client does not send
        assume(False)
    assert got.status in range(200, 500) or got.status == 503, got.text
    assert "Traceback" not in server.log.read_text("utf-8", "replace")


@pytest.fixture(scope="module")
def desk(founded: Path, endpoint_extra: None, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = laid(Path(shutil.copytree(founded, tmp_path_factory.mktemp("fuzzed") / "own")))
    desk.file.write_text(desk.file.read_text("utf-8") + DRAFTED, "utf-8")
    return desk


DEEDS: dict[str, dict[str, object]] = {
    "claim": MEETING,
    "omit": {"quote": "The weather was fine.", "reason": "leg:boilerplate"},
    "accept": {"claim": "2a"},
    "reject": {"claim": "2b"},
    "strike": {"claim": "https://own.example/claim/talks-01"},
    "head": {"title": "A day", "published": "2031-05-06", "language": "en", "publisher": "body:x"},
    "finish": {},
    "reopen": {},
}
ASKED = (
    *("article/talks/words?start=0&end=90", "article/talks/things?q=Marek&kinds=leg:Person"),
    *("article/talks/form?claim=2a", "article/talks/form?claim=claim:talks-01", "choices"),
    *("date?edtf=2031-05", "article/talks/sheet", "article/talks", "desk.css"),
)


@tries(8)
@given(st.data(), st.sampled_from(sorted(DEEDS)))
def test_a_deed_at_the_desk_is_done_and_undone_or_not_done(
    desk: Desk, data: st.DataObject, deed: str
) -> None:
    before = desk.files
    sha = desk.ask("article/talks/sheet").given["sha"]
    body = data.draw(mutated(json.dumps(DEEDS[deed], ensure_ascii=False)))
    body = body.replace("{", f'{{"sha": "{sha}", ', 1) if len(body) > 2 else f'{{"sha": "{sha}"}}'
    got = desk.ask(f"article/talks/{deed}", in_bytes(body), **OWN)
    assert got.status in (200, 400, 404, 409, 422), got.body
    if got.status == 200 and desk.files != before:
        assert desk.do("undo").status == 200
    assert desk.files == before


@tries(20)
@given(st.sampled_from(ASKED).flatmap(mutated))
def test_whatever_the_desk_is_asked_it_answers_and_writes_nothing(desk: Desk, path: str) -> None:
    before = desk.files
    place, _, asked = in_bytes(path).decode("utf-8", "replace").partition("?")
    got = desk.ask(f"{place}?{quote(asked, safe='/?&=:+.')}")
    assert got.status in (200, 307, 400, 404, 405, 422), got.body
    assert desk.files == before
