"""Lists of terms in queries, drawn up anew from the ontology that applies.

A query that needs "all roles" says so in its header and holds the list that Legation's own terms
make, so that it runs as it stands in any engine:

    #+ values: role below leg:participant except leg:target
    SELECT ?event ?role ?who
    WHERE { VALUES ?role { leg:accused leg:actor leg:attendee } ?event ?role ?who }

``from`` takes the terms named and all below them, ``below`` only those below; ``except`` leaves
out what is named and all below it; ``with`` and ``without`` keep what bears a mark such as
``leg:presence``, or does not, of all terms where none is named. A second variable takes, in a list
``VALUES (?role ?narrower) { … }``, each term strictly below one of the first; with ``by`` it takes
the values of a mark. Lines for the same variables add up.

Invariant: only what stands in the braces of such a ``VALUES`` is replaced; a workspace's own terms
join Legation's there, and everything else of a query stays as it was written.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from legation.errors import InputError
from legation.rdf.ontology import Ontology
from legation.rdf.vocabulary import NS, compact, expand, local_name

_HEADER = re.compile(r"#\+\s*values:\s*(.*?)\s*$")
_TERMS = r"[\w:]+(?: [\w:]+)*?"
# "role below leg:participant except leg:target", "act step by leg:sequence"
_FORM = re.compile(
    rf"(?P<names>\w+(?: \w+)?)(?: (?P<how>from|below|by) (?P<terms>{_TERMS}))?"
    rf"(?: except (?P<but>{_TERMS}))?(?: with (?P<having>[\w:]+))?(?: without (?P<lacking>[\w:]+))?"
)
_WIDTH = 100
_NIL = "<urn:none>"
_NOTHING = (_NIL, f"({_NIL} {_NIL})")
"""What stands in a list that would be empty, which rdflib cannot read; no term is that."""

_Row = tuple[NamedNode | Literal, ...]


@lru_cache(maxsize=256)  # every opening asks for all questions, most of them the same
def fitted(query: str, ontology: Ontology, path: Path | None = None) -> str:
    """A query with each list its header asks for drawn up; InputError where that cannot be."""
    lists: dict[str, set[_Row]] = {}
    for number, line in enumerate(query.splitlines(), start=1):
        match = _HEADER.match(line)
        if match is None:
            continue
        asked = _asked(match[1], ontology, path, number)
        if not any(_list(names).search(query) for names in asked):
            wanted = " or ".join(f"'VALUES {names} {{ … }}'" for names in asked)
            raise InputError(f"has no {wanted} to fill", path, number)
        for names, rows in asked.items():
            lists.setdefault(names, set()).update(rows)
    for names, found in lists.items():
        words = [_written(row) for row in sorted(found, key=_order)] or [_NOTHING[names[0] == "("]]
        query = _list(names).sub(partial(_filled, words), query)
    return query


def _list(names: str) -> re.Pattern[str]:
    # A list holds no braces, so the first closing one ends it.
    return re.compile(rf"(?P<head>VALUES {re.escape(names)} \{{)[^{{}}]*\}}")


def _asked(
    text: str, ontology: Ontology, path: Path | None, line: int
) -> dict[str, Iterable[_Row]]:
    """The rows that a header line asks for, by the variables of the list that takes them."""
    match = _FORM.fullmatch(text)
    if match is None or not (match["how"] or match["having"]):
        raise InputError("write '#+ values: role below leg:participant'", path, line)
    names = [f"?{name}" for name in match["names"].split()]
    pair = f"({' '.join(names)})"
    terms, but, having, lacking = (
        [_term(name, ontology, path, line) for name in (match[part] or "").split()]
        for part in ("terms", "but", "having", "lacking")
    )
    if match["how"] == "by":
        if len(names) != 2:
            raise InputError("'by' pairs a term with a value: name two variables", path, line)
        return {pair: [(t, value) for t in ontology.terms for value in ontology.marks(t, terms[0])]}
    found = _below(terms, ontology) if terms else set(ontology.terms)
    found -= set(terms) if match["how"] == "below" else set()
    for mark in having:
        found &= ontology.marked(mark)
    left_out = _below(but, ontology).union(*(ontology.marked(mark) for mark in lacking))
    found -= left_out
    alone: dict[str, Iterable[_Row]] = {names[0]: [(term,) for term in found]}
    if len(names) == 1:
        return alone
    narrower = {term: _below([term], ontology) - {term} - left_out for term in found}
    return {**alone, pair: [(term, below) for term in found for below in narrower[term]]}


def _term(name: str, ontology: Ontology, path: Path | None, line: int) -> NamedNode:
    node = expand(name)
    if node is None or node not in ontology.terms:
        raise InputError(f"the ontology has no term {name}", path, line)
    return node


def _below(terms: Sequence[NamedNode], ontology: Ontology) -> set[NamedNode]:
    return {b for t in terms for b in ontology.subproperties(t) | ontology.subclasses(t)}


def _order(row: _Row) -> tuple[tuple[str, str], ...]:
    return tuple(
        (local_name(n).lower(), n.value) if isinstance(n, NamedNode) else ("", n.value) for n in row
    )


def _written(row: _Row) -> str:
    words = [_word(node) for node in row]
    return words[0] if len(words) == 1 else f"({' '.join(words)})"


def _word(node: NamedNode | Literal) -> str:
    """A term of ours by its prefix, which every query declares; any other in full."""
    if isinstance(node, Literal):
        return node.value if node.value.isdigit() else str(node)
    return compact(node, {"leg": NS})


def _filled(words: Sequence[str], match: re.Match[str]) -> str:
    """The list, on lines no longer than others of a query."""
    start = match.string.rfind("\n", 0, match.start()) + 1
    before = match.string[start : match.start()]
    indent = " " * (len(before) - len(before.lstrip()) + 2)
    lines = [before + match["head"]]
    for word in words:
        if len(lines[-1]) + 1 + len(word) > _WIDTH - 2:
            lines.append(indent + word)
        else:
            lines[-1] += f" {word}"
    return "\n".join(lines)[len(before) :] + " }"
