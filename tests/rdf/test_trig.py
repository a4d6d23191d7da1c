"""TriG is read with exact lines and written as the same bytes each time."""

from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from legation.errors import InputError
from legation.rdf import trig
from legation.rdf.vocabulary import EDTF, XSD

_HERE = Path("example.trig")
_DOCUMENT = b"""@prefix leg: <https://w3id.org/legation/ns#> .
@prefix e: <http://e/> .

e:a a leg:Claim ;
    leg:quote "x" ;
    leg:charStart 1 ; leg:charEnd 3 ;
    leg:note \"\"\"three
lines
long\"\"\" .
e:a {
    e:s e:p e:o,
        e:o2 .
    e:t e:p 5
        .
}
"""


def test_each_quad_carries_the_line_on_which_its_object_ends() -> None:
    lines = [located.line for located in trig.parse(_DOCUMENT, _HERE).quads]
    assert lines == [4, 5, 6, 6, 9, 11, 12, 13]


def test_lines_are_the_same_with_carriage_returns() -> None:
    crlf = _DOCUMENT.replace(b"\n", b"\r\n")
    lines = [located.line for located in trig.parse(crlf, _HERE).quads]
    assert lines == [4, 5, 6, 6, 9, 11, 12, 13]


def test_lines_stay_exact_in_a_long_file_with_long_lines() -> None:
    rows = [f'<http://e/{i}> <http://e/p> "{"x" * (i * 97 % 20_000)}" .' for i in range(500)]
    parsed = trig.parse("\n".join(rows).encode(), _HERE)
    assert [located.line for located in parsed.quads] == list(range(1, 501))


def test_the_prefixes_of_a_file_are_known() -> None:
    assert dict(trig.parse(_DOCUMENT, _HERE).prefixes)["e"] == "http://e/"


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"@prefix e: <http://e/> .\n\ne:a e:b e:c", 3, "not TriG"),
        (b"@prefix e: <http://e/> .\ne:a e:b leg:c .", 2, "prefix leg: has not been declared"),
        (b"<a> <b> <c> .", 1, "scheme"),
        (b"# fine\n\xff", 2, "not UTF-8 (byte 0xff)"),
        (b"\xef\xbb\xbf# text", 1, "byte-order mark"),
        (b"#\n#\n\x00", 3, "NUL byte"),
        (b"#\n" + b"[" * 5000, 2, "more than 64 deep"),
    ],
)
def test_what_is_not_trig_is_refused_with_its_line(data: bytes, line: int, words: str) -> None:
    with pytest.raises(InputError) as caught:
        trig.parse(data, _HERE)
    assert caught.value.line == line
    assert str(caught.value).startswith(f"example.trig:{line}: ")
    assert words in str(caught.value)


def test_many_brackets_side_by_side_are_not_depth() -> None:
    data = b"<http://e/a> <http://e/b> " + b", ".join([b"( 1 )"] * 200) + b' , "[[[["  .'
    assert trig.parse(data, _HERE).quads


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.trig: cannot be read \(No such file"):
        trig.read(tmp_path / "gone.trig")


_NODES = st.integers(0, 9).map(lambda i: NamedNode(f"https://w3id.org/legation/id/event/e-{i}"))
_ODD = st.sampled_from(
    ["http://e/a(b)", "http://e/%41", "urn:x:y", "http://e/a.b/c-", "http://e/~"]
)
_LITERALS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(Literal),
    st.text(max_size=5).map(lambda t: Literal(t.replace("\ud800", ""), language="ko")),
    st.integers().map(lambda i: Literal(str(i), datatype=XSD.integer)),
    st.sampled_from(["007", "+1", "1.700"]).map(lambda t: Literal(t, datatype=XSD.integer)),
    st.booleans().map(lambda b: Literal(str(b).lower(), datatype=XSD.boolean)),
    st.just(Literal("2014-10-09", datatype=EDTF)),
)
_QUADS = st.builds(
    Quad,
    _NODES | _ODD.map(NamedNode),
    _NODES | _ODD.map(NamedNode),
    _NODES | _ODD.map(NamedNode) | _LITERALS,
    st.just(DefaultGraph()) | _NODES,
)


@given(st.lists(_QUADS, max_size=12))
def test_what_is_written_reads_back_as_the_same_quads(quads: list[Quad]) -> None:
    for text, form in (
        (trig.write(quads), pyoxigraph.RdfFormat.TRIG),
        (trig.write_nquads(quads), pyoxigraph.RdfFormat.N_QUADS),
    ):
        assert set(pyoxigraph.parse(text, format=form)) == set(quads)


@given(st.lists(_QUADS, max_size=12), st.randoms())
def test_the_order_of_quads_does_not_change_a_byte(quads: list[Quad], random: object) -> None:
    shuffled = list(quads)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert trig.write(quads) == trig.write(shuffled)
    assert trig.write_nquads(quads) == trig.write_nquads(shuffled)
