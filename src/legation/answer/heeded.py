"""How a query heeds a parameter: from the few things that it leads to, not by trying all there are.

``FILTER(!BOUND(?actor) || EXISTS { ?event leg:actor ?actor })`` says what a parameter asks of the
first variable of the query. When it is given, that is asked first, in a query of its own; as a
filter, an engine tries it on every event there is.

Invariant: the rows are the same. Only a filter is moved that speaks of the parameter and the first
variable alone, which is bound in every row.
"""

import re

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
    first = _FIRST.match(body, where(body))
    for found in re.finditer(rf"FILTER\(!BOUND\(\?{name}\)((?:{_EXISTS})+)\)", body):
        ways = re.findall(_EXISTS, found[1])
        if first and all({*_VARIABLE.findall(way)} == {first[1], f"?{name}"} for way in ways):
            pattern = " UNION ".join(f"{{{way}}}" for way in ways)
            return body[: found.start()] + body[found.end() :], pattern
    return body, ""


def where(body: str) -> int:
    """The offset just after the first ``WHERE {``; -1 when there is none."""
    # Blanked, not cut out: the offset is that of the text as it stands.
    blanked = _NOT_CODE.sub(lambda match: " " * len(match[0]), body)
    match = _WHERE.search(blanked)
    return -1 if match is None else match.end()
