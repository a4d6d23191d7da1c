"""The questions give the same rows here, over our endpoint, over another, and as JSON."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import jsonschema
import pytest
from pyoxigraph import Quad

import legation
from legation.knowledge import KnowledgeGraph
from legation.serve.openapi import description
from legation.serve.served import ServedGraph

Get = Callable[..., Any]

HERE = Path(__file__).resolve().parents[1] / "world"
QUESTIONS = sorted(path.stem for path in (HERE.parents[1] / "queries" / "answers").glob("*.rq"))
ABOUT: dict[str, dict[str, str]] = {
    "who_attended": {"person": "Ilse Varn"},
    "timeline": {"actor": "Merovia", "since": "2031-05"},
    "according_to": {"origin": "Strait Observer"},
}
"""Parameters of some questions; the others are put to all there is."""


@pytest.fixture(scope="module")
def ours(server: Any) -> KnowledgeGraph:
    return legation.open(f"{server.address}/sparql", around=HERE)


@pytest.fixture(scope="module")
def another(holding: ServedGraph, serve: Callable[[Iterable[Quad]], str]) -> KnowledgeGraph:
    return legation.open(serve(holding.site.edition.dataset.quads), around=HERE)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_has_the_same_rows_wherever_it_is_put(
    name: str, holding: ServedGraph, ours: KnowledgeGraph, another: KnowledgeGraph, get: Get
) -> None:
    asked: dict[str, Any] = ABOUT.get(name, {})
    here = holding.kg.ask(name, **asked)
    assert ours.ask(name, evidence=False, **asked).to_json() == here.to_json()
    assert another.ask(name, evidence=False, **asked).to_json() == here.to_json()
    got = get(f"/api/questions/{name}?{urlencode(asked)}")
    assert got.status == 200
    assert json.loads(got.body)["rows"] == here.to_dict(evidence=True)["rows"]


def test_evidence_over_our_endpoint_is_that_of_here(
    holding: ServedGraph, ours: KnowledgeGraph
) -> None:
    here = holding.kg.ask("who_attended", person="Ilse Varn")
    there = ours.ask("who_attended", person="Ilse Varn")
    assert there.to_json(evidence=True) == here.to_json(evidence=True)
    assert len(there.evidence) > 0


@pytest.fixture(scope="module")
def api(get: Get) -> Any:
    return json.loads(get("/openapi.json").body)


def test_the_description_names_all_that_answers(api: Any, holding: ServedGraph) -> None:
    assert api == json.loads(json.dumps(description(holding)))
    assert api["openapi"] == "3.1.0"
    asked = {path.rpartition("/")[2] for path in api["paths"] if path.startswith("/api/questions/")}
    assert asked == set(QUESTIONS)
    for name in asked:
        takes = {p["name"] for p in api["paths"][f"/api/questions/{name}"]["get"]["parameters"]}
        assert takes == {p.name for p in holding.kg.questions[name].params} | {"limit"}
    names = [way["get"]["operationId"] for way in api["paths"].values()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("name", ["who_attended", "conflicts", "reckoned", "numbered"])
def test_an_answer_is_as_described(name: str, api: Any, get: Get) -> None:
    answer = json.loads(get(f"/api/questions/{name}").body)
    described = api["paths"][f"/api/questions/{name}"]["get"]["responses"]["200"]
    schema = {**described["content"]["application/json"]["schema"], "components": api["components"]}
    jsonschema.validate(answer, schema, cls=jsonschema.Draft202012Validator)
    assert answer["rows"] and answer["rows"][0]["evidence"][0]["quote"]
    del answer["rows"][0]["evidence"][0]["quote"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(answer, schema, cls=jsonschema.Draft202012Validator)


def test_a_cut_answer_says_so(get: Get) -> None:
    whole = json.loads(get("/api/questions/who_attended").body)
    cut = json.loads(get("/api/questions/who_attended?limit=2").body)
    assert (whole["is_cut"], whole["count"]) == (False, len(whole["rows"]))
    assert (cut["is_cut"], cut["count"]) == (True, whole["count"])
    assert cut["rows"] == whole["rows"][:2]


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("who_attendet", 404, "did you mean who_attended"),
        ("who_attended?whom=x", 400, "its parameters: event, person"),
        ("who_attended?name=x", 400, "no parameter 'name'"),
        ("who_attended?person=Nobody%20Atall", 400, "Nobody Atall"),
        ("who_attended?person=a&person=b", 400, "given twice"),
        ("who_attended?limit=-1", 400, "whole number"),
        ("who_attended?since=yesterday", 400, "since"),
    ],
)
def test_what_cannot_be_asked_is_a_problem(get: Get, path: str, status: int, words: str) -> None:
    got = get(f"/api/questions/{path}")
    assert (got.status, got.kind) == (status, "application/problem+json")
    told = json.loads(got.body)
    assert told["status"] == status and words in told["detail"]


def test_a_name_of_several_lists_them(get: Get) -> None:
    told = json.loads(get("/api/explain?thing=Varnn").body)
    assert "Ilse Varn" in told["candidates"]


def test_a_thing_is_explained_with_its_quotes(get: Get) -> None:
    told = json.loads(get("/api/explain?thing=Ilse+Varn").body)
    assert told["thing"]["label"] == "Ilse Varn"
    assert all(claim["passage"]["quote"] for claim in told["claims"])
