"""Whole-graph rules: the queries of ``queries/checks/``, each of which must return no row.

Invariant: a rule is one SPARQL file named as the fault it finds, run once on the built graph.
It returns ``?focus`` (the thing at fault) and ``?problem`` (what is wrong with it and the
remedy, the rest of a sentence that begins with the thing's name); where it also returns
``?property``, ``?value``, ``?claim`` or ``?other``, the finding stands on that line, shows that
claim's quote, and concerns that thing too.

    #+ summary: Nobody takes part in an event after his death.
    #+ severity: error

A line ``#+ values:`` draws up a list of terms, as in a question (see `legation.rdf.roster`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from legation.checks.case import Case
from legation.checks.finding import SEVERITIES, Finding, Rule
from legation.checks.places import Place
from legation.errors import InputError, UsageError
from legation.graph.bundle import is_own
from legation.graph.workspace import read_text
from legation.rdf.vocabulary import LEG, RDF, local_name
from legation.rdf.worker import limited
from legation.store import LocalStore, Rows

_HEADER = re.compile(r"^#\+ (\w+): (.+)$", re.M)
_NEEDED = ("focus", "problem")


def rules(case: Case) -> list[Rule]:
    """The rules of a workspace; InputError for one without a summary or of no known severity."""
    return [rule_of(path, read_text(path) or "") for path in case.workspace.check_files]


def rule_of(path: Path, text: str) -> Rule:
    """What a query of ``queries/checks`` says of itself; InputError where it does not."""
    header = dict(_HEADER.findall(text))
    severity = header.get("severity", "error")
    if "summary" not in header:
        raise InputError("has no '#+ summary:' line that says what holds", path, 1)
    for known in SEVERITIES:
        if severity == known:
            return Rule(path.stem, known, header["summary"])
    raise InputError(f"has the severity {severity!r}; it may be {', '.join(SEVERITIES)}", path, 1)


def check(case: Case) -> Iterator[Finding]:
    """Ask every rule; InputError for one that is no SELECT or does not return focus and problem."""
    texts = {path: case.workspace.query(path) for path in case.workspace.check_files}
    seen = list(_seen(case, texts.values()))
    store, has_labels = LocalStore(seen, case.workspace.prefixes), False
    for path, text in texts.items():
        rule = rule_of(path, text)
        rows = _asked(store, path, text)
        if not set(_NEEDED) <= set(rows.variables):
            raise InputError("must select ?focus and ?problem", path, 1)
        if rows.rows and not has_labels:  # a sentence calls things by their labels, made ones too
            seen += (Quad(*triple) for triple in case.made_labels)
            store, has_labels = LocalStore(seen, case.workspace.prefixes), True
            rows = _asked(store, path, text)
        yield from _findings(case, rule, rows)


def _seen(case: Case, texts: Iterable[str]) -> Iterator[Quad]:
    """What queries can see: where all are Legation's own, no property but those that they name.

    Own terms are named in full in drawn up lists; one asks of whatever is a role of somebody.
    """
    if not case.is_ours:
        yield from case.judged.held
        return
    named, of = "\n".join(texts), case.judged.by_property
    kinds = {RDF.type, *(triple.object for triple in of.get(LEG.role, ()))}
    kinds |= {k for k in {*of, *(q.predicate for q in case.judged.said)} if local_name(k) in named}
    yield from (Quad(*triple) for kind, some in of.items() if kind in kinds for triple in some)
    yield from (quad for quad in case.judged.said if quad.predicate in kinds)


def _asked(store: LocalStore, path: Path, text: str) -> Rows:
    try:
        run = partial(store.select, text)
        return limited(run) if is_own(path) else run()
    except UsageError as error:
        raise InputError(str(error), path) from error


def _findings(case: Case, rule: Rule, rows: Rows) -> Iterator[Finding]:
    for row in rows:
        values = dict(zip(rows.variables, row, strict=True))
        focus, problem = values["focus"], values["problem"]
        if not isinstance(focus, NamedNode) or not isinstance(problem, Literal):
            continue  # a row whose sentence could not be made up has nothing to say
        other = values.get("other")
        yield case.finding(
            rule,
            _place(case, focus, values),
            f"{case.short(focus)} {problem.value}",
            about=focus,
            quoting=case.claim_of(values.get("claim")),
            also=[other] if isinstance(other, NamedNode) else [],
        )


def _place(case: Case, focus: NamedNode, values: Mapping[str, object]) -> Place | None:
    predicate, value, graph = (values.get(name) for name in ("property", "value", "claim"))
    if isinstance(graph, NamedNode):
        for located in case.record.about(focus):
            quad = located.quad
            is_said = predicate in (None, quad.predicate) and value in (None, quad.object)
            if is_said and quad.graph_name == graph:
                return Place(located.path, located.line, quad.object)
    return case.places.of_thing(
        focus, predicate if isinstance(predicate, NamedNode) else None, value
    )
