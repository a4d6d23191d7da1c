"""What is shown is read: nothing in it acts on a terminal, a page or a reader."""

import re
import sys
import unicodedata

from legation.text.safe import in_latex, in_markdown, in_plot, on_a_line, visible

DIRECTION = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _acts(c: str) -> bool:
    is_noncharacter = 0xFDD0 <= ord(c) <= 0xFDEF or ord(c) & 0xFFFE == 0xFFFE
    return unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") or c in DIRECTION or is_noncharacter


def test_of_all_characters_exactly_those_that_act_are_written_as_escapes() -> None:
    deprecated = set(map(chr, range(0x206A, 0x2070)))
    for c in map(chr, range(sys.maxunicode + 1)):
        if c in "\r\n\t":
            continue
        assert (visible(c) != c) == (_acts(c) or c in deprecated), hex(ord(c))


def test_what_is_visible_stays_as_it_is_when_shown_again(hostile: str) -> None:
    assert visible(visible(hostile)) == visible(hostile)
    visible(hostile).encode()


def test_a_line_is_one_line(hostile: str) -> None:
    assert len(on_a_line(hostile).splitlines()) == 1
    assert "\t" not in on_a_line(hostile)


def test_latex_has_no_command_of_theirs(hostile: str) -> None:
    names = "backslash asciitilde asciicircum asciigrave less greater quotedbl".split()
    ours = rf"\\text(?:{'|'.join(names)})\{{\}}"
    left = re.sub(ours + r"|\\[{}$&#_%]|-\{\}|'\{\}", "", in_latex(hostile))
    assert not set(left) & set("\\{}$&#_%~^`\x1b\x07\n")


def test_markdown_has_no_mark_of_theirs(hostile: str) -> None:
    left = re.sub(r"\\[\\`*_\[\]<>|~&]", "", in_markdown(hostile))
    assert not set(left) & set("\\`*_[]<>|~&")


def test_a_plot_reads_no_formula(hostile: str) -> None:
    assert re.search(r"(?<!\\)\$", in_plot(hostile)) is None
