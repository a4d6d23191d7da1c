"""A question: a SPARQL file that documents itself, and the one safe way to fill it in.

A ``.rq`` file opens with header lines (``#+ summary:``, ``param:``, ``period:``, ``source:``,
``values:``, ``columns:``, ``together:``, ``evidence:``, ``otherwise:``, ``example:``); the rest is
a query that runs as it is, on any engine. A parameter is a variable that the query leaves open.

``#+ together: who place`` names the columns that take all values in one cell, in the order in which
rows are joined that differ in one of them alone.

``#+ values: role below leg:participant`` says which terms a list in the query holds; the list is
drawn up anew from the ontology of the graph that is asked (see `legation.rdf.roster`).

``#+ period: event`` gives the parameters ``since``, ``until`` and ``undated``, ``#+ source: claim
also`` gives ``origin`` and ``as_of``, each with its filter (see `legation.answer.period`).

Invariant: a value enters a query only as a type-checked RDF term, written by the RDF library
into ``VALUES`` at the head of the first ``WHERE``, with the filters of ``period`` and
``source`` that the parameters given call for, and what the query asks of its first variable by a
parameter (`legation.answer.heeded`). No text of a caller is ever pasted in.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

from legation.answer import period
from legation.answer.heeded import drawn_to, where
from legation.answer.period import GIVEN, of_period, of_source
from legation.answer.tabled import Tabled, of_texts
from legation.errors import InputError, UsageError
from legation.files.document import contents
from legation.rdf.ontology import Ontology
from legation.rdf.roster import fitted
from legation.rdf.vocabulary import RDF, XSD, expand
from legation.text import display

Value: TypeAlias = NamedNode | Literal
"""What a parameter can be bound to."""

ANYTHING = "*"
"""In an evidence pattern: whatever stands there."""

_HEADER = re.compile(r"#\+\s*(\w+):\s*(.*?)\s*$")
_VARIABLE = re.compile(r"\?[A-Za-z_]\w*")
_LITERALS = {"date": XSD.date, "integer": XSD.integer, "words": XSD.string, "flag": XSD.boolean}


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter of a question.

    Attributes:
        name: The variable it fills, without ``?``.
        kinds: What it accepts, best first: class names of the ontology, or one of
            ``date``, ``integer``, ``flag``, ``words``, ``value`` (a named value) and ``class``.
        meaning: A few words for the reader.

    >>> import legation
    >>> legation.open().questions["plans"].params[0].name
    'status'
    """

    name: str
    kinds: tuple[str, ...]
    meaning: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A triple whose claims prove a row; each part is a node, ``?variable`` or ``*``.

    A pattern of one variable (`predicate` and `object` None) names the claim itself.
    """

    subject: NamedNode | str
    predicate: NamedNode | str | None = None
    object: NamedNode | str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Question(Tabled):
    """A canned query with its documentation; shown, it explains itself.

    Attributes:
        name: The file's stem, which is how it is asked for.
        summary: The question in English.
        params: Its parameters, all optional.
        columns: The columns shown, in order; other projected variables serve the evidence.
        evidence: What to look for in claims, row by row.
        otherwise: What to look for when a row finds nothing of that.
        example: ``name=value`` arguments that give an answer on the reference graph.
        body: The SPARQL text.
        filters: For each parameter of a period or source, the SPARQL filter that heeds it.
        together: The columns that take all values in one cell.
        period: What is dated, as the header says it; empty where no period is asked for.

    >>> import legation
    >>> legation.open().questions["members_of"].columns
    ('member', 'tie', 'body')
    """

    name: str
    summary: str
    params: tuple[Param, ...]
    columns: tuple[str, ...]
    evidence: tuple[Pattern, ...]
    otherwise: tuple[Pattern, ...]
    example: str
    body: str
    filters: Mapping[str, str]
    together: tuple[str, ...] = ()
    period: str = ""

    def _table(self) -> display.Table:
        rows = ((p.name, " or ".join(p.kinds), p.meaning) for p in self.params)
        shows = f"Columns: {', '.join(self.columns)}."
        remark = f"{shows} Example: {self.name} {self.example}".rstrip()
        title = f"{self.name}: {self.summary}"
        return of_texts(title, ("parameter", "takes", "meaning"), rows, remark)

    def param(self, name: str) -> Param:
        """The parameter of that name.

        Args:
            name: Its name, as in the header.

        Returns:
            The parameter.

        Raises:
            UsageError: The question has none of that name; the message lists those it has.

        >>> import legation
        >>> legation.open().questions["plans"].param("status").kinds
        ('value',)
        """
        for param in self.params:
            if param.name == name:
                return param
        known = ", ".join(p.name for p in self.params) or "none"
        raise UsageError(
            f"the question {self.name} has no parameter {name!r}; its parameters: {known}"
        )

    def bound(self, values: Mapping[str, Value], *, undatable: bool = False) -> str:
        r"""The query with parameters filled in.

        Args:
            values: Terms by parameter name.
            undatable: Whether to ask only for what nothing dates.

        Returns:
            SPARQL text: the body, with one ``VALUES`` per parameter first inside ``WHERE``.

        Raises:
            UsageError: No such parameter, or a term of the wrong kind.

        >>> q = parse("#+ summary: Who?\n#+ param: x Thing it\n#+ columns: x\n"
        ...           "SELECT ?x WHERE { ?x ?p ?o } ORDER BY ?x", "who")
        >>> q.bound({"x": NamedNode("urn:a")})
        'SELECT ?x WHERE { VALUES ?x { <urn:a> } ?x ?p ?o } ORDER BY ?x'
        """
        filters = {} if undatable else self.filters
        body, clauses = self.body, list[str]()
        for name, value in sorted(values.items()):
            clause = f" VALUES ?{name} {{ {_checked(self.param(name), value)} }}"
            body, pattern = drawn_to(body, name)
            first = f" {{ SELECT DISTINCT * WHERE {{{clause} {pattern} }} }}"
            clauses.append(f"{first if pattern else clause}{filters.get(name, '')}")
        clauses += [period.undatable(self.period)] * undatable
        cut = where(body)
        return body[:cut] + "".join(clauses) + body[cut:]


def _checked(param: Param, value: Value) -> str:
    """The term as SPARQL, after a check that it is of the parameter's kind."""
    wanted = _LITERALS.get(param.kinds[0])
    if (value.datatype if isinstance(value, Literal) else None) != wanted:
        raise UsageError(f"the parameter {param.name} takes {' or '.join(param.kinds)}: {value}")
    return str(value)


def read(path: Path, ontology: Ontology | None = None) -> Question:
    """The question of a ``.rq`` file, its lists of terms drawn up anew if an ontology is given."""
    try:
        text = contents(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"cannot be read as UTF-8 text: {error}", path) from error
    return parse(text if ontology is None else fitted(text, ontology, path), path.stem, path)


def parse(text: str, name: str, path: Path | None = None) -> Question:
    """The question that header lines and a query make; InputError when it is not as it must be."""
    headers: dict[str, list[tuple[int, str]]] = {key: [] for key in _KEYS}
    lines = text.splitlines()
    first = 0
    for number, line in enumerate(lines, start=1):
        match = _HEADER.match(line)
        if match is None:
            break
        if match[1] not in headers:
            known = ", ".join(_KEYS)
            raise InputError(f"unknown header {match[1]!r}; known: {known}", path, number)
        headers[match[1]].append((number, match[2]))
        first = number
    body = "\n".join(lines[first:]).strip()
    if where(body) < 0:
        raise InputError("the query has no 'WHERE {' to put parameters in", path, first + 1)
    made = sorted(_made(headers, path), key=lambda one: one[0])  # since before until
    return Question(
        name,
        _one(headers, "summary", path),
        tuple(param for _, param, _ in made),
        tuple(_one(headers, "columns", path).split()),
        tuple(_pattern(value, path, number) for number, value in headers["evidence"]),
        tuple(_pattern(value, path, number) for number, value in headers["otherwise"]),
        headers["example"][0][1] if headers["example"] else "",
        body,
        {param.name: text for _, param, text in made if text},
        tuple(_together(headers, path)),
        headers["period"][0][1] if headers["period"] else "",
    )


_KEYS = "summary param period source values columns together evidence otherwise example".split()


def _together(headers: Mapping[str, list[tuple[int, str]]], path: Path | None) -> Iterator[str]:
    columns = _one(headers, "columns", path).split()
    for number, text in headers["together"]:
        for name in text.split():
            if name not in columns:
                raise InputError(
                    f"{name} is none of the columns: {' '.join(columns)}", path, number
                )
            yield name


def _made(
    headers: Mapping[str, list[tuple[int, str]]], path: Path | None
) -> Iterator[tuple[int, Param, str]]:
    """Each parameter with the line that makes it and the filter to add for it, if any."""
    for number, text in headers["param"]:
        yield number, _param(text, path, number), ""
    for key, filters_of, form in (
        ("period", of_period, "event', 'event or none' or 'event or leg:madeAt"),
        ("source", of_source, "claim' or 'claim also"),
    ):
        for number, text in headers[key]:
            filters = filters_of(text)
            if filters is None:
                raise InputError(f"write '#+ {key}: {form}'", path, number)
            for name, filter_ in filters.items():
                kind, meaning = GIVEN[name]
                yield number, Param(name, (kind,), meaning), filter_


def _one(headers: Mapping[str, list[tuple[int, str]]], key: str, path: Path | None) -> str:
    if len(headers[key]) != 1 or not headers[key][0][1]:
        raise InputError(f"needs exactly one line '#+ {key}: …' at its head", path, 1)
    return headers[key][0][1]


def _param(text: str, path: Path | None, line: int) -> Param:
    parts = text.split(maxsplit=2)
    if len(parts) != 3 or not parts[0].isidentifier():
        raise InputError("write '#+ param: name kind meaning'", path, line)
    return Param(parts[0], tuple(parts[1].split("|")), parts[2])


def _pattern(text: str, path: Path | None, line: int) -> Pattern:
    parts = text.split()
    if len(parts) not in (1, 3):
        raise InputError(
            "evidence is '?claim' or three terms 'subject predicate object'", path, line
        )
    terms = [_term(part, path, line) for part in parts]
    if terms[0] == ANYTHING:
        raise InputError("the subject of an evidence pattern cannot be '*'", path, line)
    return Pattern(*terms)


def _term(text: str, path: Path | None, line: int) -> NamedNode | str:
    if text == ANYTHING or _VARIABLE.fullmatch(text):
        return text
    node = RDF.type if text == "a" else expand(text)
    if node is None:
        raise InputError(f"{text!r} is no variable, no '*' and no known prefixed name", path, line)
    return node
