"""Laying out loses nothing, whatever the spelling, and doing it twice changes nothing."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.errors import InputError
from legation.rdf import trig
from legation.rdf.layout import laid_out, layout
from legation.rdf.pieces import pieces
from legation.rdf.tokens import COMMENT, SPACE, joined, tokenize

HERE = Path("article.trig")
WORDS = (
    "meeting",
    "회담",
    "встреча",
    "مفاوضات",
    "會談",
    "🕊️",
    "𝔇",
    "e\u0301",
    "“so”",
    "it’s",
    "a – b",
)
BASE = "https://w3id.org/legation/id/event/"

line_ends = st.sampled_from(["\n", "\r\n", "\n\n", "\r\n\r\n", "\n\n\n\n", "\r"])
comments = st.lists(
    st.sampled_from([*WORDS, '"', "'''", "<", "leg:quote", ".", ";", "\\"]), max_size=4
)


@st.composite
def comment(draw: st.DrawFn) -> str:
    return "#" + " ".join(draw(comments)) + draw(line_ends)


gaps = st.one_of(
    st.sampled_from([" ", "  ", "\t", " \t "]),
    line_ends,
    st.tuples(st.sampled_from([" ", "\n", "\r\n  "]), comment()).map("".join),
    st.tuples(st.just("\n"), comment(), comment()).map("".join),
)

names = st.sampled_from(
    [
        "event:a",
        "event:a.b",
        "event:a-1",
        "leg:topic",
        "event:x\\,y",
        "event:%20z",
        "event:",
        "회:담",
        "<http://e/x#y>",
        "_:b1",
        "_:b.2",
    ]
)
verbs = st.sampled_from(["a", "leg:topic", "leg:text", "<http://e/p>", "회:p"])


@st.composite
def strings(draw: st.DrawFn) -> str:
    body = " ".join(draw(st.lists(st.sampled_from(WORDS), max_size=4)))
    inner = draw(st.sampled_from(["", "\\n", '\\"', "\\u00e9", "\\U0001F54A", "#no", "\\\\"]))
    quote = draw(st.sampled_from(['"', "'", '"""', "'''"]))
    if len(quote) == 3:
        inner += draw(st.sampled_from(["", "\n x", "\r\n# y", quote[0] + "z", quote[:2] + "z"]))
    tail = draw(
        st.sampled_from(["", "@en", "@ko-KR", "^^leg:x", "^^<http://e/d>", " @en", " ^^ leg:x"])
    )
    return f"{quote}{body}{inner}{quote}{tail}"


plain = st.one_of(names, strings(), st.sampled_from(["1", "-2.50", "1e3", "true", "[]", "()"]))


@st.composite
def nested(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    gap = draw(gaps)
    if draw(st.booleans()):
        items = draw(st.lists(inner, max_size=3))
        return "(" + "".join(gap + item for item in items) + gap + ")"
    pairs = draw(st.lists(st.tuples(verbs, inner), max_size=3))
    return "[" + f"{gap};".join(f"{gap}{v}{gap}{o}" for v, o in pairs) + gap + "]"


objects = st.recursive(plain, nested, max_leaves=4)


@st.composite
def triples(draw: st.DrawFn) -> str:
    subject = draw(names)
    rows = []
    for _ in range(draw(st.integers(1, 3))):
        listed = draw(st.lists(objects, min_size=1, max_size=3))
        comma = draw(st.sampled_from([",", " ,", " , "])) + draw(gaps)
        rows.append(draw(verbs) + draw(gaps) + draw(gaps).join([comma.join(listed), ""]))
    semicolon = draw(gaps) + ";" + draw(st.sampled_from(["", ";", " "])) + draw(gaps)
    return subject + draw(gaps) + semicolon.join(rows)


@st.composite
def blocks(draw: st.DrawFn) -> str:
    gap = draw(gaps)
    if draw(st.integers(0, 2)):
        return draw(triples()) + gap + "."
    inside = [draw(triples()) for _ in range(draw(st.integers(0, 2)))]
    name = draw(st.sampled_from(["event:g", "GRAPH event:g", "<http://e/g>", ""]))
    last = draw(st.sampled_from(["", " ."])) if inside else ""
    return name + gap + "{" + gap + f"{gap}.{gap}".join(inside) + gap + last + gap + "}"


@st.composite
def documents(draw: st.DrawFn) -> str:
    head = (
        f"@prefix event: <{BASE}> ."
        + draw(gaps)
        + "PREFIX leg: <https://w3id.org/legation/ns#>"
        + draw(gaps)
        + "@prefix 회: <http://e/회/> ."
    )
    body = [draw(blocks()) for _ in range(draw(st.integers(0, 3)))]
    opening = draw(st.one_of(st.just(""), comment()))
    return opening + draw(gaps).join([head, *body]) + draw(st.one_of(st.just(""), gaps))


def _significant(text: str) -> list[str]:
    """The tokens that say something, a literal with its datatype or language as one."""
    return [piece.text for piece in pieces(tokenize(text)) if piece.text]


def _comments(text: str) -> list[str]:
    return [token.text.rstrip(" \t") for token in tokenize(text) if token.kind == COMMENT]


@given(st.one_of(st.text(), documents()))
def test_the_tokens_of_a_text_are_that_text(text: str) -> None:
    assert joined(tokenize(text)) == text


@given(documents())
def test_layout_keeps_every_token_and_comment_in_order(text: str) -> None:
    after = laid_out(text.encode(), HERE).decode()
    assert _significant(after) == _significant(text)
    assert _comments(after) == _comments(text)


@given(documents())
def test_laying_out_twice_is_laying_out_once(text: str) -> None:
    once = laid_out(text.encode(), HERE)
    assert laid_out(once, HERE) == once


@given(documents())
def test_a_laid_out_file_has_plain_line_ends_and_no_loose_space(text: str) -> None:
    after = laid_out(text.encode(), HERE).decode()
    spaces = [token.text for token in tokenize(after) if token.kind == SPACE]
    assert not any("\r" in space or "\t" in space or " \n" in space for space in spaces)
    assert not any("\n\n\n" in space for space in spaces)
    assert after == "" or after.endswith("\n")


@given(documents())
def test_the_text_before_layout_says_the_same_as_after(text: str) -> None:
    before = trig.parse(text.encode(), HERE).quads
    after = trig.parse(layout(text).encode(), HERE).quads
    assert len(before) == len(after)
    plain = [str(q.quad) for q in before if "_:" not in str(q.quad)]
    assert plain == [str(q.quad) for q in after if "_:" not in str(q.quad)]


P = "@prefix e: <http://e/> .\n"

LAYOUTS = {
    "one property a line": (
        "e:a a e:C;e:p 1;e:q 'x'.",
        "e:a a e:C ;\n    e:p 1 ;\n    e:q 'x' .\n",
    ),
    "short names share a line": ("e:a e:p e:x\n ,\n e:y.", "e:a e:p e:x, e:y .\n"),
    "strings stand one a line": (
        'e:a e:p "x" , "y"@en .',
        'e:a e:p "x",\n        "y"@en .\n',
    ),
    "many names stand one a line": (
        f"e:a e:p {', '.join(f'e:{letter * 12}' for letter in 'abcdefgh')} .",
        "e:a e:p " + ",\n        ".join(f"e:{letter * 12}" for letter in "abcdefgh") + " .\n",
    ),
    "a claim stands close to its graph": (
        "e:c a e:Claim;\n\n e:q 1.\n\n\ne:c{e:a e:p e:b}\ne:d a e:Claim.",
        "e:c a e:Claim ;\n    e:q 1 .\ne:c {\n    e:a e:p e:b\n}\n\ne:d a e:Claim .\n",
    ),
    "a comment after a value follows the mark": (
        "e:a e:p e:b # why\n ; # and\n e:q e:c # end\n.",
        "e:a e:p e:b ;  # why\n    # and\n    e:q e:c .  # end\n",
    ),
    "a comment between blocks keeps its place": (
        "e:a e:p e:b .\n# of a\n\n\n# of b\ne:b e:p e:c .\n#end",
        "e:a e:p e:b .\n# of a\n\n# of b\ne:b e:p e:c .\n#end\n",
    ),
    "items of a list stand one a line": (
        "e:a e:p ( e:x e:y ), ( true ), ( ) .",
        "e:a e:p (\n        e:x\n        e:y\n    ),\n        ( true ),\n        () .\n",
    ),
    "a node of one property is short": (
        "e:a e:p [ e:q e:b ] ; e:r [e:q 1;e:s 2] .",
        "e:a e:p [ e:q e:b ] ;\n    e:r [\n        e:q 1 ;\n        e:s 2\n    ] .\n",
    ),
    "text inside a long string is sacred": (
        'e:a e:p """x\r\n\t# y\r\n""" .',
        'e:a e:p """x\r\n\t# y\r\n""" .\n',
    ),
    "a carriage return ends a comment": ("# one\re:a e:p e:b .", "# one\ne:a e:p e:b .\n"),
}


@pytest.mark.parametrize("case", LAYOUTS)
def test_the_canonical_layout(case: str) -> None:
    given_text, wanted = LAYOUTS[case]
    after = layout(P + given_text)
    assert after.removeprefix(P).removeprefix("\n") == wanted
    assert layout(after) == after


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (P.encode() + b"e:a e:p \xff .", 2, "not UTF-8"),
        (b"\xef\xbb\xbf" + P.encode(), 1, "byte-order mark"),
        (P.encode() + b"e:a e:p \x00 .", 2, "NUL"),
        (P.encode() + b"\n\ne:a e:p .", 4, "not TriG"),
        (P.encode() + b'e:a e:p "x .', 2, "not TriG"),
        (P.encode() + b"e:a f:p e:b .", 2, "not TriG"),
        (P.encode() + b"e:g { e:a e:p e:b .", 2, "not TriG"),
        (P.encode() + b"e:a e:p " + b"[ e:p " * 80 + b"]" * 80 + b" .", 2, "deep"),
    ],
)
def test_what_is_not_trig_is_refused_with_its_line(data: bytes, line: int, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        laid_out(data, HERE)
    assert caught.value.line == line


def test_the_files_of_this_repository_keep_their_data(checkout: Path) -> None:
    paths = [*checkout.glob("graph/*/*.t*"), *checkout.glob("ontology/**/*.ttl")]
    for path in (path for path in paths if path.suffix in (".trig", ".ttl")):
        once = laid_out(path.read_bytes(), path)
        assert laid_out(once, path) == once
