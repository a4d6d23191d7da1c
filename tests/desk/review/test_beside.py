"""A text is cut into rows and segments without losing a character."""

from hypothesis import given
from hypothesis import strategies as st

from legation.desk.review.beside import home, rows
from legation.text.spans import Span

_TEXTS = st.text(alphabet="Ab. \n“”é", max_size=60)
_SPANS = st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), max_size=6)


@given(_TEXTS, _SPANS)
def test_the_pieces_put_together_are_the_text(text: str, ends: list[tuple[int, int]]) -> None:
    spans = [Span(min(pair), max(pair)) for pair in ends]
    segments = [segment for row in rows(text, spans) for segment in row.segments]
    assert "".join(segment.of(text) for segment in segments) == text
    for segment in segments:
        for span in spans:
            covered = span.start <= segment.start and segment.end <= span.end
            assert segment.overlaps(span) == (covered and span.start < span.end)


def test_passages_that_overlap_share_the_piece_between_them() -> None:
    (row,) = rows("Putin met Kim", [Span(0, 9), Span(6, 13)])
    assert [segment.of("Putin met Kim") for segment in row.segments] == ["Putin ", "met", " Kim"]


def test_a_passage_is_shown_beside_the_sentence_in_which_it_begins() -> None:
    table = rows("He came. He left.\nHe wrote.", [])
    assert [row.opens for row in table] == [True, False, True]
    assert [home(Span(n, n + 12), table) for n in (3, 9, 18, 99)] == [0, 1, 2, 2]
