"""The questions as an API, described for programs.

Invariant: the description is made of the questions themselves; it cannot name one that is not
answered. Source: OpenAPI 3.1.0.
"""

import shlex
from importlib.metadata import version
from typing import Any

from legation.answer.cells import EVIDENCE_KEYS
from legation.answer.question import Param, Question
from legation.serve.dispatch import JSON, PROBLEM
from legation.serve.served import ServedGraph

_PLAIN = {"date": {"type": "string"}, "integer": {"type": "integer"}}
_NUMBERS = ("start", "end")
_PASSAGE = {
    "type": "object",
    "description": "The exact words of an article that prove a row; offsets in code points",
    "required": EVIDENCE_KEYS,
    "properties": {
        key: {"type": "integer" if key in _NUMBERS else ["string", "null"]} for key in EVIDENCE_KEYS
    },
}
_STATED = {"description": "A thing (iri and label), a text, a number, several; null: not stated"}
_LIMIT = {
    "name": "limit",
    "in": "query",
    "description": "Only so many rows; count says how many there are",
    "schema": {"type": "integer", "minimum": 0},
}


def questions(held: ServedGraph) -> list[dict[str, Any]]:
    """Each question as a value: what it asks, what it takes and what it shows."""
    return [
        {
            "name": question.name,
            "summary": question.summary,
            "parameters": [
                {"name": p.name, "kinds": p.kinds, "meaning": p.meaning} for p in question.params
            ],
            "columns": question.columns,
            "example": example(question),
            "url": f"./questions/{question.name}",
        }
        for question in held.kg.questions.values()
    ]


def example(question: Question) -> dict[str, str]:
    """The parameters of a question's example, by name."""
    parts = (part.partition("=") for part in shlex.split(question.example))
    return {name: value for name, _, value in parts}


def description(held: ServedGraph) -> dict[str, Any]:
    """The whole API: each question, the search and the explanation of a thing."""
    asked = {f"/api/questions/{q.name}": _asked(q) for q in held.kg.questions.values()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": held.title,
            "version": version("legation"),
            "description": "Each answer carries the exact words that prove it.",
        },
        "servers": [{"url": "."}],
        "paths": {
            "/find": _got("find", "The things that a name may mean, best first", _text("q")),
            "/api/explain": _got(
                "explain", "All that is said of a thing, by claim", _text("thing")
            ),
            "/api/questions": _got("questions", "Every question, with its parameters"),
            **asked,
        },
        "components": {"schemas": {"Passage": _PASSAGE, "Stated": _STATED}},
    }


def _asked(question: Question) -> dict[str, Any]:
    shown = example(question)
    parameters = [_parameter(param, shown.get(param.name)) for param in question.params]
    passages = {"type": "array", "items": {"$ref": "#/components/schemas/Passage"}}
    stated = {"$ref": "#/components/schemas/Stated"}
    row = {
        "type": "object",
        "required": [*question.columns, "evidence"],
        "properties": {**dict.fromkeys(question.columns, stated), "evidence": passages},
    }
    answer = {
        "question": {"const": question.name},
        "rows": {"type": "array", "items": row},
        "count": {"type": "integer"},
        "is_cut": {"type": "boolean"},
        "labels": {"type": "object", "additionalProperties": {"type": "string"}},
    }
    name = f"ask_{question.name}"
    return _got(name, question.summary, *parameters, _LIMIT, answer=answer)


def _parameter(param: Param, shown: str | None) -> dict[str, Any]:
    return {
        "name": param.name,
        "in": "query",
        "description": f"{param.meaning} ({' or '.join(param.kinds)})",
        "schema": _PLAIN.get(param.kinds[0], {"type": "string"}),
        **({} if shown is None else {"example": shown}),
    }


def _text(name: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": True, "schema": {"type": "string"}}


def _got(
    name: str, summary: str, *parameters: dict[str, Any], answer: dict[str, Any] | None = None
) -> dict[str, Any]:
    """What a GET takes and gives; the keys of its answer are always there."""
    schema = {"type": "object", "required": list(answer or {}), "properties": answer or {}}
    answers = {
        "200": {"description": "The answer", "content": {JSON: {"schema": schema}}},
        "400": {"description": "What is wrong, in words", "content": {PROBLEM: {}}},
        "503": {"description": "Too much, or too many at once: later, or less"},
    }
    said = {"operationId": name, "summary": summary, "parameters": parameters, "responses": answers}
    return {"get": said}
