"""An assistant asks through the official client, and every fact comes with its quote."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("mcp", reason="assistants need legation[mcp]")

CALLS: dict[str, tuple[str, dict[str, Any]]] = {
    "asked": ("ask", {"question": "who_attended", "parameters": {"person": "Ilse Varn"}}),
    "cut": ("ask", {"question": "who_attended", "limit": 1}),
    "unknown": ("ask", {"question": "who_attendet"}),
    "found": ("find", {"name": "varn"}),
    "explained": ("explain", {"thing": "Ilse Varn"}),
    "queried": ("sparql", {"query": "SELECT ?q { ?c leg:quote ?q } ORDER BY ?q LIMIT 3"}),
    "updated": ("sparql", {"query": "DROP ALL"}),
    "federated": ("sparql", {"query": "ASK { SERVICE <http://127.0.0.1:9/> {} }"}),
    "long": ("sparql", {"query": "SELECT * { ?s ?p ?o }"}),
}


@pytest.fixture(scope="module")
def told(checkout: Path) -> dict[str, Any]:
    """The tools, and what each call gives, of one `legation mcp`."""
    from mcp import Client, StdioServerParameters

    words = ["-c", "from legation.cli import main; main()", "mcp"]
    where = ["-w", str(checkout / "tests" / "world")]
    command = StdioServerParameters(command=sys.executable, args=[*words, *where])

    async def talk() -> dict[str, Any]:
        async with Client(command) as client:
            found: dict[str, Any] = {"tools": (await client.list_tools()).tools}
            for name, (tool, given) in CALLS.items():
                found[name] = await client.call_tool(tool, given)
            return found

    return asyncio.run(talk())


def text(result: Any) -> str:
    return str(result.content[0].text)


def test_the_tools_explain_themselves(told: dict[str, Any]) -> None:
    tools = {tool.name: tool.description for tool in told["tools"]}
    assert tools.keys() == {"ask", "find", "explain", "sparql"}
    assert "who_attended(event, person, since, until, undated)" in tools["ask"]


def test_an_answer_carries_its_quotes(told: dict[str, Any]) -> None:
    answer = json.loads(text(told["asked"]))
    assert answer["rows"]
    assert all(passage["quote"] for row in answer["rows"] for passage in row["evidence"])
    explained = json.loads(text(told["explained"]))
    assert explained["claims"] and all(c["passage"]["quote"] for c in explained["claims"])


def test_a_cut_answer_says_so(told: dict[str, Any]) -> None:
    cut = json.loads(text(told["cut"]))
    assert len(cut["rows"]) == 1 and cut["is_cut"] and cut["count"] > 1


def test_a_name_is_found(told: dict[str, Any]) -> None:
    labels = [one["label"] for one in json.loads(text(told["found"]))["results"]]
    assert "Ilse Varn" in labels


def test_a_query_is_answered_under_guard(told: dict[str, Any]) -> None:
    assert len(json.loads(text(told["queried"]))["results"]["bindings"]) == 3
    for name, words in (
        ("updated", "changes nothing"),
        ("federated", "SERVICE"),
        ("unknown", "did you mean who_attended"),
        ("long", "characters"),
    ):
        assert told[name].is_error and words in text(told[name]), name
