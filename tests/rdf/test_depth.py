"""No nesting ends the process, whatever hides it; what only looks like nesting is no fault."""

from pathlib import Path

import pytest

from legation.desk.diff.state import _built
from legation.errors import InputError
from legation.rdf import trig
from legation.rdf.depth import DEEPEST, too_deep

HERE = Path("deep.trig")
HEAD = "@prefix e: <http://e/> .\n"
MANY = 4_000
DEEP = {
    "lists": "e:s e:p " + "(" * MANY,
    "blank nodes": "e:s e:p " + "[ e:p " * MANY,
    "triple terms": "e:s e:p " + "<<( e:s e:p " * MANY + "1" + " )>>" * MANY + " .",
    "reified triples": "<< " * MANY + "e:s e:p 1" + " >> e:p 1" * MANY + " .",
    "annotations": "e:s e:p 1 " + "{| e:p 1 " * MANY + "|}" * MANY + " .",
    "each in the other": "e:s e:p " + "([ e:p " * MANY,
}
HIDING = {
    "nothing": ("", ""),
    "apostrophes": ("e:s e:p '\"' . ", " # '\"'"),
    "long apostrophes": ("e:s e:p '''\"''' . ", ' # """'),
    "quotes": ('e:s e:p "\'" . ', ' # "\'"'),
    "long quotes": ('e:s e:p """\'""" . ', " # '''"),
    "escaped apostrophes in names": ("e:s e:p\\' 1 . ", " # e:p\\'"),
    "escaped hashes in names": ("e:s e:p\\# 1 . ", ""),
    "apostrophes in IRIs": ("e:s <http://e/'> 1 . ", " # '"),
    "hashes in IRIs": ("e:s <http://e/#> 1 . ", ""),
    "comments": ("# ' \"\n", " # ' \""),
    "escaped quotes": ("e:s e:p '\\'' . ", " # '"),
}


@pytest.mark.parametrize("deep", DEEP.values(), ids=list(DEEP))
@pytest.mark.parametrize("hiding", HIDING.values(), ids=list(HIDING))
def test_what_nests_too_deeply_is_refused_wherever_it_hides(
    deep: str, hiding: tuple[str, str]
) -> None:
    text = f"{HEAD}{hiding[0]}{deep}{hiding[1]}"
    with pytest.raises(InputError, match="nests brackets more than 64 deep") as refused:
        trig.parse(text.encode(), HERE)
    assert refused.value.line == text[: text.index(deep)].count("\n") + 1


@pytest.mark.parametrize("mark", ["'", '"', "'''", '"""'])
def test_brackets_in_texts_and_comments_do_not_nest(mark: str) -> None:
    brackets = "[(<<{|" * MANY
    text = f"{HEAD}# {brackets}\ne:s e:p {mark}{brackets}{mark} ."
    assert len(trig.parse(text.encode(), HERE).quads) == 1


def test_many_brackets_side_by_side_do_not_nest() -> None:
    assert too_deep(b"[] () <<>> {||} " * MANY) is None
    assert too_deep(b"(" * DEEPEST) is None
    assert too_deep(b"(" * (DEEPEST + 1)) == DEEPEST


def test_a_built_file_that_nests_is_refused(tmp_path: Path) -> None:
    term = "<<( <e:s> <e:p> " * MANY + "<e:o>" + " )>>" * MANY
    path = tmp_path / "built.nq"
    path.write_text(f"<e:s> <e:p> {term} .\n")
    with pytest.raises(InputError, match="nests brackets"):
        _built(path)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("e:s e:p <<( e:s e:p 1 )>> .", "triple term"),
        ("<< e:s e:p 1 >> e:p 1 .", "triple term"),
        ("e:s e:p 1 {| e:p 1 |} .", "triple term"),
        ('e:s e:p "x"@he--rtl .', "text with a direction"),
    ],
)
def test_the_terms_of_rdf_1_2_are_named_with_their_line(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as refused:
        trig.parse(f"{HEAD}\n{text}\n".encode(), HERE)
    assert refused.value.line == 3


def test_a_text_too_long_to_read_is_one_sentence() -> None:
    with pytest.raises(InputError, match="too long to be read") as refused:
        trig.parse(f"{HEAD}e:s e:p '{'x' * 17_000_000}' .".encode(), HERE)
    assert refused.value.line == 2
