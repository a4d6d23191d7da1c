"""How deeply a text in Turtle, TriG or N-Quads nests, told before a parser reads it.

Invariant: no bracket that the parser would open is missed. The parser recurses, and ends the whole
process where that goes too deep; so strings in all four forms, IRIs, comments and escapes are told
apart as it tells them, and what hides in none of them counts.
"""

import re

DEEPEST = 64  # more than any author writes, far less than was seen to end the process

_OPENING = {b"(": 1, b"[": 1, b"{|": 1, b"<<": 1, b")": -1, b"]": -1, b"|}": -1, b">>": -1}
# A backslash outside a string escapes a sign in a name, such as an apostrophe that opens nothing.
_TOKEN = re.compile(
    rb'"""(?:[^"\\]|\\.|"(?!""))*"""'
    rb"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    rb'|"(?:[^"\\\r\n]|\\.)*"'
    rb"|'(?:[^'\\\r\n]|\\.)*'"
    rb"|<<|<[^<>\s]*>|>>|\#[^\r\n]*|\\.|[\[\]()]|\{\||\|\}",
    re.S,
)


def too_deep(data: bytes) -> int | None:
    """The offset of the first bracket that stands deeper than `DEEPEST`; None where none does.

    >>> too_deep(b"[" * 70), too_deep(b"'" + b"[" * 70 + b"'")
    (64, None)
    """
    if sum(map(data.count, (b"[", b"(", b"<<", b"{|"))) <= DEEPEST:
        return None
    depth = 0
    for token in _TOKEN.finditer(data):
        depth = max(depth + _OPENING.get(token[0], 0), 0)
        if depth > DEEPEST:
            return token.start()
    return None
