"""The commands that answer: ask, query, explain."""

import json
import re
import sys
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

from legation.cli.fitting import typed
from legation.cli.options import (
    MAY_KEEP,
    AnswerForm,
    Drafts,
    Endpoint,
    Limit,
    Out,
    Place,
    Shape,
    answering,
    argument,
    option,
)
from legation.cli.show import deliver, plain_table, progress, put_text, show_table
from legation.errors import InputError, UsageError
from legation.text.safe import visible

if TYPE_CHECKING:
    from legation.answer.question import Question
    from legation.answer.values import Answer
    from legation.knowledge import KnowledgeGraph


_LONGEST_NAME = 1_000
_NO_PARAMETERS = ("self", "name", "evidence")


Seconds = Annotated[
    float | None,
    option("--timeout SECONDS", "End it after so long (30, if not said); 0 never does."),
]

_MANY = 40
"""Rows that nobody reads at a terminal; beyond them, an answer says how to ask for fewer."""


def ask(
    name: Annotated[str | None, argument("", "A question; none lists them all.")] = None,
    parameters: Annotated[
        list[str] | None, argument("[PARAM=VALUE]...", "What to ask about: names, IRIs, dates.")
    ] = None,
    evidence: Annotated[
        bool, option("--evidence -e", "Show the words that prove each row.")
    ] = False,
    find: Annotated[
        str | None, option("--find WORDS", "List the questions about this, and what each takes.")
    ] = None,
    limit: Limit = None,
    format: Shape = None,
    out: Out = None,
    endpoint: Endpoint = None,
    drafts: Drafts = False,
    timeout: Seconds = None,
    workspace: Place = None,
) -> None:
    """Put a question: legation ask who_attended event="reception of 9 October 2014"."""
    if name is None or find is not None:
        put_text(_listed(find, workspace), out)
        return
    given = _split(parameters or [])
    seconds = _seconds(timeout, endpoint)
    graph = opened(endpoint, drafts, workspace, seconds=seconds)
    answer = graph.ask(name, evidence=evidence, **given)
    hand_out(answer, format, out, limit=limit, evidence=evidence)
    if len(answer) > _MANY and limit is None:
        _tell_narrower(graph, name, given, len(answer))
    _explain_signs(answer if format in (None, "table") else replace(answer, legend=""))
    if not answer.rows and graph.leaves_out_drafts:
        drafted = opened(None, True, workspace, seconds=seconds)
        if drafted.ask(name, evidence=False, **given).rows:
            print("articles in draft answer this: --drafts lets them", file=sys.stderr)


def query(
    sparql: Annotated[str, argument("TEXT|FILE|-", "SPARQL, or where it is.")],
    limit: Limit = None,
    format: Shape = None,
    out: Out = None,
    endpoint: Endpoint = None,
    drafts: Drafts = False,
    timeout: Seconds = None,
    workspace: Place = None,
) -> None:
    """Put any SPARQL query; known prefixes need no declaration."""
    text = _query_text(sparql)
    graph = opened(endpoint, drafts, workspace, seconds=_seconds(timeout, endpoint))
    answer = graph.query(text)
    hand_out(answer, format, out, limit=limit)
    if not answer.rows:
        _tell_unknown_terms(text, workspace)


def explain(
    thing: Annotated[str, argument("", "A name, IRI or prefixed name.")],
    format: Annotated[
        Literal["text", "json"] | None, option("--format -f", "How to write it.  [default: text]")
    ] = None,
    out: Out = None,
    endpoint: Endpoint = None,
    drafts: Drafts = False,
    workspace: Place = None,
) -> None:
    """Print everything the graph says about a thing, claim by claim, beside its quotes."""
    explanation = opened(endpoint, drafts, workspace).explain(thing)
    if (format or told_by(out, {"txt": "text", "json": "json"}, "text")) == "json":
        deliver(json.dumps(asdict(explanation), ensure_ascii=False, indent=2) + "\n", out)
    else:
        put_text(explanation.to_text(), out)


def _seconds(timeout: float | None, endpoint: str | None) -> float:
    """How long a question may take; an endpoint is not waited for without end of itself."""
    from legation.rdf.worker import PATIENCE

    if timeout is not None:
        return timeout
    return PATIENCE.get() if endpoint is None else 0


def opened(
    endpoint: str | None, drafts: bool, place: Path | None = None, *, seconds: float = 0
) -> "KnowledgeGraph":
    """The graph that a command asks: an endpoint's, or that of a workspace."""
    from legation import knowledge

    if endpoint is not None and "://" not in endpoint:
        raise UsageError(f"--endpoint takes an http(s) address, not {endpoint!r}")
    source = endpoint or answering(place).root
    with progress("reading the graph"):
        return knowledge.open(
            source, drafts=drafts, around=place, keep=MAY_KEEP.get(), seconds=seconds
        )


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


def hand_out(
    answer: "Answer",
    form: AnswerForm | None,
    out: Path | None,
    *,
    limit: int | None = None,
    evidence: bool = False,
) -> None:
    """Write an answer, or its first rows, to stdout or a file, in the form that was asked for."""
    suffixes: dict[str, AnswerForm] = {"txt": "table", "csv": "csv", "json": "json", "md": "md"}
    form = form or told_by(out, suffixes, "table")
    if limit is not None and limit < len(answer):
        print(f"the first {limit} of {len(answer)} rows", file=sys.stderr)
        answer = answer[:limit]
    if form == "csv":
        deliver(answer.to_csv(evidence=evidence), out)
    elif form == "json":
        deliver(answer.to_json(evidence=evidence), out)
    elif form == "md":
        deliver(answer.to_markdown(evidence=evidence), out)
    elif out is not None:
        deliver(plain_table(answer, evidence=evidence), out)
    else:
        show_table(answer, evidence=evidence)


_Told = TypeVar("_Told", bound=str)


def told_by(out: Path | None, forms: Mapping[str, _Told], usual: _Told) -> _Told:
    """The form that the suffix of a file names, by suffix; the usual one without a file."""
    if out is None:
        return usual
    suffix = out.suffix.removeprefix(".").casefold()
    if not suffix or suffix not in forms:
        known = ", ".join(f".{name}" for name in forms)
        raise UsageError(f"{out}: its suffix names no format; give --format, or one of {known}")
    return forms[suffix]


def _tell_narrower(
    graph: "KnowledgeGraph", name: str, given: Mapping[str, str], count: int
) -> None:
    """Say how to ask for less than a long answer."""
    sys.stdout.flush()  # a reader that has gone away wants no advice either
    question = graph.questions[name]
    params = ", ".join(f"{param.name}=" for param in question.params if param.name not in given)
    is_shown = question.example and not given
    example = f" (as in: {typed()} ask {name} {question.example})" if is_shown else ""
    less = f"narrow it by {params}{example}, or " if params else ""
    print(f"{count} rows: {less}take the first with --limit N", file=sys.stderr)


def _explain_signs(answer: "Answer") -> None:
    """Say beneath an answer what a period left out, and what its words and signs mean."""
    sys.stdout.flush()  # a reader that has gone away wants no explanation either
    for line in (answer.hint, answer.legend):
        if answer.rows and line:
            print(visible(line), file=sys.stderr)


def _listed(words: str | None, place: Path | None) -> str:
    """All questions, each in a line or two; or those about some words, with what they take."""
    from legation.answer import Questions
    from legation.answer.catalogue import GROUPS

    home = answering(place)
    questions = Questions.of(home.question_files, home.ontology)
    if words is not None:
        return _taking([questions[words]] if words in questions else questions.about(words), words)
    named = {about: names.split() for about, names in GROUPS.items()}
    own = questions.keys() - {name for names in named.values() for name in names}
    lines: list[str] = []
    for about, names in {**named, "of this graph alone": sorted(own)}.items():
        lines += [about.upper()] * bool(names)
        for question in map(questions.named, names):
            wanted = ", ".join(p.name for p in question.params if p.name != "undated")
            lines += [f"  {question.name}({wanted})", f"      {question.summary}"]
    lines += ["", "Give any parameters or none. What each takes, and what fits some words, says"]
    return "\n".join([*lines, f"  {typed()} ask --find banquet", ""])


def _taking(found: "list[Question]", words: str) -> str:
    """Some questions with what each parameter takes; UsageError when there are none."""
    if not found:
        hint = f"{typed()} ask search words=… looks in quotes"
        raise UsageError(f"no question is about {words!r}; {hint}")
    lines = []
    for question in found:
        lines += [question.name, f"    {question.summary}"]
        for param in question.params:
            lines.append(f"      {param.name}: {param.meaning} ({' or '.join(param.kinds)})")
        if question.example:
            lines.append(f"    {typed()} ask {question.name} {question.example}")
    return "\n".join([*lines, ""])
