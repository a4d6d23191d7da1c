"""The commands that answer: ask, query, explain."""

import json
import re
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from legation.cli.folders import Place, answering
from legation.cli.show import progress, put, show_table
from legation.errors import InputError, UsageError

if TYPE_CHECKING:
    from legation.answer.values import Answer
    from legation.knowledge import KnowledgeGraph


_LONGEST_NAME = 1_000
_NO_PARAMETERS = ("self", "name", "evidence")


Endpoint = Annotated[
    str | None,
    typer.Option("--endpoint", metavar="URL", help="Ask this SPARQL endpoint instead."),
]
Seconds = Annotated[
    float | None,
    typer.Option(
        "--timeout", metavar="SECONDS", help="End it after so long (30, if not said); 0 never does."
    ),
]
Drafts = Annotated[
    bool, typer.Option("--drafts", help="Let claims of articles still in draft answer too.")
]
_Form = Literal["table", "csv", "json", "md"]
Shape = Annotated[_Form, typer.Option("--format", "-f", help="How to write the answer.")]


def ask(
    name: Annotated[str | None, typer.Argument(help="A question; none lists them all.")] = None,
    parameters: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PARAM=VALUE]...", help="What to ask about: names, IRIs, dates."),
    ] = None,
    evidence: Annotated[
        bool, typer.Option("--evidence", "-e", help="Show the words that prove each row.")
    ] = False,
    format: Shape = "table",
    endpoint: Endpoint = None,
    drafts: Drafts = False,
    timeout: Seconds = None,
    workspace: Place = None,
) -> None:
    """Put a question: legation ask who_attended event="reception of 9 October 2014"."""
    if name is None:
        _list(workspace)
        return
    from legation import knowledge
    from legation.store.worker import limited

    given = _split(parameters or [])
    graph = opened(endpoint, drafts, workspace)
    seconds = _seconds(timeout, endpoint)
    answer = limited(lambda: graph.ask(name, evidence=evidence, **given), seconds=seconds)
    _write(answer, format, evidence)
    if answer.rows:
        _tell_undated(graph, name, given, seconds)
    if not answer.rows and not drafts and endpoint is None:
        drafted = knowledge.open(workspace, drafts=True)
        there = limited(lambda: drafted.ask(name, evidence=False, **given), seconds=seconds)
        if there.rows:
            print("articles in draft answer this: --drafts lets them", file=sys.stderr)


def query(
    sparql: Annotated[str, typer.Argument(metavar="TEXT|FILE|-", help="SPARQL, or where it is.")],
    format: Shape = "table",
    endpoint: Endpoint = None,
    drafts: Drafts = False,
    timeout: Seconds = None,
    workspace: Place = None,
) -> None:
    """Put any SPARQL query; known prefixes need no declaration."""
    from legation.store.worker import limited

    text = _query_text(sparql)
    graph = opened(endpoint, drafts, workspace)
    answer = limited(lambda: graph.query(text), seconds=_seconds(timeout, endpoint))
    _write(answer, format, evidence=False)
    if not answer.rows:
        _tell_unknown_terms(text, workspace)


def explain(
    thing: Annotated[str, typer.Argument(help="A name, IRI or prefixed name.")],
    format: Annotated[
        Literal["text", "json"], typer.Option("--format", "-f", help="How to write it.")
    ] = "text",
    endpoint: Endpoint = None,
    drafts: Drafts = False,
    workspace: Place = None,
) -> None:
    """Print everything the graph says about a thing, claim by claim, beside its quotes."""
    explanation = opened(endpoint, drafts, workspace).explain(thing)
    if format == "json":
        put(json.dumps(asdict(explanation), ensure_ascii=False, indent=2) + "\n")
    else:
        put(explanation.to_text())


def _seconds(timeout: float | None, endpoint: str | None) -> float:
    """How long a question may take; an endpoint is not waited for without end of itself."""
    from legation.store.worker import SECONDS

    if timeout is not None:
        return timeout
    return SECONDS if endpoint is None else 0


def opened(endpoint: str | None, drafts: bool, place: Path | None = None) -> "KnowledgeGraph":
    """The graph that a command asks: an endpoint's, or that of a workspace."""
    from legation import knowledge

    if endpoint is not None and "://" not in endpoint:
        raise UsageError(f"--endpoint takes an http(s) address, not {endpoint!r}")
    source = endpoint or answering(place).root
    with progress("reading the graph"):
        return knowledge.open(source, drafts=drafts, around=place)


def _split(parameters: list[str]) -> dict[str, str]:
    given: dict[str, str] = {}
    for text in parameters:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise UsageError(f"write a parameter as name=value, not {text!r}")
        if name in given:
            raise UsageError(f"the parameter {name} is given twice")
        if name in _NO_PARAMETERS:
            raise UsageError(f"no question has a parameter {name!r}; 'legation ask' lists them")
        given[name] = value
    return given


def _query_text(sparql: str) -> str:
    if sparql == "-":
        return sys.stdin.read()
    if "\n" in sparql or "{" in sparql or len(sparql) > _LONGEST_NAME:
        return sparql
    path = Path(sparql)
    if not path.is_file() and path.suffix not in (".rq", ".sparql", ".txt"):
        return sparql
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"cannot be read as a query: {reason}", path) from error


def _tell_undated(
    graph: "KnowledgeGraph", name: str, given: dict[str, str], seconds: float
) -> None:
    """Say how many rows a period leaves out because no source dates them."""
    from legation.store.worker import limited

    rest = {key: value for key, value in given.items() if key not in ("since", "until")}
    if len(rest) == len(given):
        return
    whole = limited(lambda: graph.ask(name, evidence=False, **rest), seconds=seconds)
    undated = sum("date" in whole.columns and row["date"] is None for row in whole.rows)
    if undated:
        rows = "1 row" if undated == 1 else f"{undated} rows"
        print(f"{rows} without a stated date left out by since and until", file=sys.stderr)


def _tell_unknown_terms(sparql: str, place: Path | None) -> None:
    """Say which terms of a query that found nothing are none of the ontology."""
    from difflib import get_close_matches

    from legation.graph import workspace
    from legation.rdf.vocabulary import LEG, local_name

    known = {local_name(term) for term in workspace.answering(place).ontology.terms} | LEG.names
    for name in dict.fromkeys(re.findall(r"(?<![\w:-])leg:([A-Za-z]\w*)", sparql)):
        if name not in known:
            near = ", ".join(f"leg:{term}" for term in get_close_matches(name, sorted(known)))
            hint = f"; did you mean {near}?" if near else ""
            print(f"leg:{name} is no term of the ontology{hint}", file=sys.stderr)


def _write(answer: "Answer", form: _Form, evidence: bool) -> None:
    if form == "table":
        show_table(answer, evidence=evidence)
    elif form == "csv":
        put(answer.to_csv(evidence=evidence))
    elif form == "json":
        put(answer.to_json(evidence=evidence))
    else:
        put(answer.to_markdown(evidence=evidence))


def _list(place: Path | None) -> None:
    from legation.answer import Questions

    for question in Questions.of(answering(place).question_files).values():
        wanted = ", ".join(param.name for param in question.params)
        print(f"{question.name}({wanted})\n    {question.summary}")
        for param in question.params:
            print(f"      {param.name}: {param.meaning} ({' or '.join(param.kinds)})")
        if question.example:
            print(f"      legation ask {question.name} {question.example}")
