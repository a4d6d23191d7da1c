"""What a query may hold before an engine sees it.

The engine reaches out wherever a query says SERVICE and has no switch against it; and it
recurses, so that a query nested deeply or chained long ends the process instead of raising.

Invariant: no text passes that the engine could read as SERVICE, however it is spelt; and none
that nests or chains further than the engine was seen to bear. Terms may be as many as anybody
likes.
"""

import re

from legation.errors import UsageError

DEEPEST = 32  # both far below what was seen to end the process, and above what people write
MOST_WORDS = 2_000

_LETTER = r"A-Za-z\u0080-\U0010ffff"
_NAME = r"\w\u0080-\U0010ffff"
# The engine's own terminals, read no narrower than it reads them: whatever is neither an IRI, a
# string nor a comment to it must come out here as a word or a name.
_TOKEN = re.compile(
    rf"""
      (?P<iri> <[^<>"{{}}|^`\\\x00-\x20]*> )
    | (?P<text> ""\"(?:[^\\]|\\.)*?""\" | '''(?:[^\\]|\\.)*?'''
              | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' )
    | (?P<beside> \s+ | \#[^\n\r]* | , | \^\^ | @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
    | (?P<prefix> (?:[{_LETTER}][{_NAME}.-]*)? ) : (?:[{_NAME}.:-]|%[0-9A-Fa-f]{{2}}|\\\S)*
    | (?P<variable> [?$][{_NAME}]+ )
    | (?P<word> [{_NAME}]+ )
    | (?P<mark> << | >> | . )
    """,
    re.VERBOSE | re.DOTALL,
)
_DEEPER = {"(": 1, "[": 1, "{": 1, "<<": 1, ")": -1, "]": -1, "}": -1, ">>": -1}


def refuse_unsafe(sparql: str) -> None:
    """Refuse a query that would reach the network, or that could end the process.

    >>> refuse_unsafe('SELECT * { ?s ?p "SERVICE" }')
    >>> refuse_unsafe("ASK { SERVICE <urn:x> { ?s ?p ?o } }")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    legation.errors.UsageError: SERVICE is not answered here: ...
    """
    depth = words = 0
    for token in _TOKEN.finditer(sparql):
        if _may_be_service(token):
            raise UsageError(
                "SERVICE is not answered here: a local question never reaches the network"
            )
        depth += _DEEPER.get(token[0], 0)
        words += token.lastgroup in ("word", "mark", "variable") and not token[0].isdigit()
        if depth > DEEPEST:
            raise UsageError(f"the query nests more than {DEEPEST} deep: take it apart")
    if words > MOST_WORDS:
        raise UsageError(
            f"the query has {words:,} words and signs, of which at most {MOST_WORDS:,} are "
            "answered (IRIs and values do not count): take it apart, or list values in VALUES"
        )


def _may_be_service(token: re.Match[str]) -> bool:
    """Whether the engine could read the keyword here, be it run into its neighbours.

    It may follow a number, be followed by a name's colon, or stand between a less-than sign and
    a later greater-than sign that together look like an IRI.
    """
    said = token[0] if token.lastgroup != "prefix" else token["prefix"]
    if token.lastgroup in ("word", "prefix"):
        return "service" in said.lower()
    return token.lastgroup == "iri" and re.search(r"\).*service", said.lower()) is not None
