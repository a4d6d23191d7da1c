"""How a query heeds a parameter: from the few things that it leads to, not by trying all there are.

``FILTER(!BOUND(?actor) || EXISTS { ?event leg:actor ?actor })`` says what a parameter asks of the
first variable of the query. When it is given, that is asked first, in a query of its own; as a
filter, an engine tries it on every event there is.

Invariant: the rows are the same. Only a filter of the group in which the first variable is bound is
moved, and only one that speaks of that and the parameter alone: within OPTIONAL or UNION it decides
of other rows.
"""

import re
from itertools import accumulate

# What may hold the letters of WHERE without being it: IRIs, strings and comments.
_NOT_CODE = re.compile(r"""<[^<>\s]*>|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*""")
_WHERE = re.compile(r"\bWHERE\s*\{", re.IGNORECASE)
_VARIABLE = re.compile(r"\?[A-Za-z_]\w*")
_FIRST = re.compile(r"\s*(\?\w+)\s+a\s")
_EXISTS = r"\s*\|\|\s*EXISTS\s*\{([^{}]*)\}"


def drawn_to(body: str, name: str) -> tuple[str, str]:
    """A query without the filter for a parameter, and the pattern that this asks for; or nothing.

    >>> filter_ = "FILTER(!BOUND(?x) || EXISTS { ?event leg:actor ?x })"
    >>> drawn_to(f"SELECT ?event WHERE {{ ?event a leg:Event . {filter_} }}", "x")
    ('SELECT ?event WHERE { ?event a leg:Event .  }', '{ ?event leg:actor ?x }')
    """
    start = where(body)
    first = _FIRST.match(body, start)
    for found in re.finditer(rf"FILTER\(!BOUND\(\?{name}\)((?:{_EXISTS})+)\)", body):
        ways = re.findall(_EXISTS, found[1])
        if first is None or not _is_of_group(body[start : found.start()]):
            continue
        if all({*_VARIABLE.findall(way)} == {first[1], f"?{name}"} for way in ways):
            pattern = " UNION ".join(f"{{{way}}}" for way in ways)
            return body[: found.start()] + body[found.end() :], pattern
    return body, ""


def _is_of_group(between: str) -> bool:
    """Whether what follows a text is in the group in which the text begins."""
    steps = ({"{": 1, "}": -1}.get(letter, 0) for letter in _blanked(between))
    depths = list(accumulate(steps))
    return not depths or (min(depths) >= 0 and depths[-1] == 0)


def where(body: str) -> int:
    """The offset just after the first ``WHERE {``; -1 when there is none."""
    match = _WHERE.search(_blanked(body))
    return -1 if match is None else match.end()


def _blanked(text: str) -> str:
    """A text without what only looks like code; all else stays at its offset."""
    return _NOT_CODE.sub(lambda match: " " * len(match[0]), text)
