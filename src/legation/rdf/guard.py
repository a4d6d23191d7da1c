"""What a query may hold before an engine sees it.

The engine reaches out wherever a query says SERVICE and has no switch against it; and it
recurses, so that a query nested deeply or chained long ends the process instead of raising. An
endpoint may read an update out of whatever it is sent.

Invariant: no text passes that the engine could read as SERVICE, however it is spelt; and none
that nests or chains further than the engine was seen to bear. Terms may be as many as anybody
likes. Nothing has a form that an endpoint could read as anything but one query.
"""

import re
from functools import lru_cache
from typing import Literal, get_args

from legation.errors import UsageError

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]
"""The forms of a query; whatever is none of them could change a graph."""

UPDATE = "this is an update, and a query changes nothing: write SELECT, ASK or CONSTRUCT"

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
_GAP = r"(?:\s|\#[^\n\r]*)"
_IRI = r"<[^<>\x00-\x20]*>"
_WORD = "\"(?:[^\"\\\n\r]|\\.)*\"|'(?:[^'\\\n\r]|\\.)*'"
# What may stand before a query: declarations, and Virtuoso's settings for reading.
_PROLOGUE = re.compile(
    rf"""(?: {_GAP} | BASE {_GAP}* {_IRI} | VERSION {_GAP}* (?:{_WORD})
          | PREFIX {_GAP}* (?:[{_LETTER}][{_NAME}.-]*)? {_GAP}* : {_GAP}* {_IRI}
          | DEFINE {_GAP}+ (?:input|sql):[\w-]+ {_GAP}* (?:{_WORD}|{_IRI}|\w+) )*""",
    re.VERBOSE | re.IGNORECASE,
)
_CHANGING = frozenset("insert delete load clear drop create add move copy with".split())
_CODE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_DEEPER = {"(": 1, "[": 1, "{": 1, "<<": 1, ")": -1, "]": -1, "}": -1, ">>": -1}


@lru_cache(128)
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


def form_of(sparql: str) -> Form:
    r"""The form of a query; UsageError for an update, or what is no query at all.

    >>> form_of("# describe\nPREFIX ask: <urn:insert#> SELECT * { ?s ask:p 'DROP ALL' }")
    'SELECT'
    >>> form_of("PREFIX a: <urn:a> DROP ALL")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    legation.errors.UsageError: this is an update, ...
    """
    # An engine may resolve \u0022 before it looks for the ends of strings, or after.
    forms = {_form(text) for text in {sparql, _CODE.sub(_coded, sparql)}}
    if len(forms) > 1:
        raise UsageError("what this query asks depends on when its \\u escapes are read")
    return forms.pop()


def is_update(sparql: str) -> bool:
    """Whether a text begins, after its declarations, as one that changes a graph."""
    return _first_word(sparql).lower() in _CHANGING


def _first_word(sparql: str) -> str:
    found = _PROLOGUE.match(sparql)
    word = re.compile(r"\w*").match(sparql, found.end() if found is not None else 0)
    return "" if word is None else word[0]


def _form(sparql: str) -> Form:
    first = _first_word(sparql)
    if is_update(sparql) or _goes_on_as_update(sparql):
        raise UsageError(UPDATE)
    for form in get_args(Form):
        if first.upper() == form:
            known: Form = form
            return known
    shown = f"begins with {first[:40]!r}" if first else "begins with none of them"
    raise UsageError(f"a query is a SELECT, ASK, CONSTRUCT or DESCRIBE, and this {shown}")


def _goes_on_as_update(sparql: str) -> bool:
    """Whether a request stands outside all brackets that could be a second one, which changes."""
    depth = 0
    for token in _TOKEN.finditer(sparql):
        depth += _DEEPER.get(token[0], 0)
        is_second = token[0] == ";" or (token.lastgroup == "word" and token[0].lower() in _CHANGING)
        if depth <= 0 and is_second:
            return True
    return False


def _coded(escape: re.Match[str]) -> str:
    code = int(escape[1] or escape[2], 16)
    return chr(code) if code < 0x110000 else ""
