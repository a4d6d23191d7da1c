"""Pinning fills in the offsets that are needed and no more; what is not certain it asks."""

import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal

from legation.desk.edit.pin import Answers, pinned
from legation.errors import InputError, UsageError
from legation.rdf import trig
from legation.rdf.tokens import joined, tokenize
from legation.rdf.vocabulary import LEG
from legation.text.spans import occurrences

HERE = Path("graph/articles/x.trig")
HEADER = (
    "@prefix article: <https://w3id.org/legation/id/article/> .\n"
    "@prefix claim: <https://w3id.org/legation/id/claim/> .\n"
    "@prefix leg: <https://w3id.org/legation/ns#> .\n\n"
)
WORDS = (
    "The minister", "met", "회담", "встреча", "会谈", "🕊️ 𝔇", "e\u0301", "“peace”", "it’s",
    "a – b", '"x"', "\\", "\r\n", "\n\n", "of May 9.", "\u00a0", "مفاوضات",
)  # fmt: skip


@st.composite
def texts(draw: st.DrawFn) -> str:
    return " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=3, max_size=30)))


@st.composite
def literals(draw: st.DrawFn, words: str) -> str:
    """A string literal in one of the forms that Turtle has, which reads as the words."""
    form = draw(st.sampled_from(['"', "'", '"""', "'''"]))
    escaped = words.replace("\\", "\\\\").replace(form[0], "\\" + form[0])
    if len(form) == 1 or draw(st.booleans()):
        escaped = escaped.replace("\r", "\\r").replace("\n", "\\n")
    if draw(st.booleans()):
        escaped = "".join(c if ord(c) < 0x3000 else f"\\U{ord(c):08X}" for c in escaped)
    return form + escaped + form


@st.composite
def articles(draw: st.DrawFn) -> tuple[str, str]:
    """A text and an article file that quotes it, oddly spaced, some offsets right, some wrong."""
    text = draw(texts())
    gap = st.sampled_from([" ", "\n    ", "\t", "  # why 회\n    ", "\n\n"])
    parts = [HEADER, "article:x a leg:Article", draw(gap), "; leg:status leg:draft .\n"]
    for number in range(draw(st.integers(0, 5))):
        start = draw(st.integers(0, len(text) - 1))
        words = text[start : draw(st.integers(start + 1, len(text)))]
        rows = ["a leg:Claim", f"leg:quote{draw(gap)}{draw(literals(words))}"]
        if draw(st.booleans()):
            rows.append(f"leg:charStart {draw(st.sampled_from([start, 0, 999]))}")
        if draw(st.booleans()):
            rows.append(f"leg:charEnd {draw(st.integers(0, 99))}")
        rows = draw(st.permutations(rows))
        semicolon = draw(gap) + ";" + draw(gap)
        parts.append(f"{draw(gap)}claim:x-{number}{draw(gap)}{semicolon.join(rows)}{draw(gap)}.\n")
    document = "".join(parts)
    return text, document.replace("\n", "\r\n") if draw(st.booleans()) else document


def _values(data: bytes, predicate: object) -> dict[str, str]:
    quads = (located.quad for located in trig.parse(data, HERE).quads)
    return {
        q.subject.value: q.object.value
        for q in quads
        if q.predicate == predicate and isinstance(q.object, Literal)
    }


@given(articles())
def test_whatever_is_pinned_stands_where_it_says(case: tuple[str, str]) -> None:
    text, document = case
    result = pinned(document.encode(), HERE, text.encode())
    starts, ends = _values(result.data, LEG.charStart), _values(result.data, LEG.charEnd)
    quotes = _values(result.data, LEG.quote)
    open_claims = {fault.message.partition(": ")[0] for fault in result.faults}
    for claim, quote in quotes.items():
        if claim.replace("https://w3id.org/legation/id/claim/", "claim:") not in open_claims:
            places = occurrences(text, quote)
            start = int(starts.get(claim, places[0]))
            assert text[start : start + len(quote)] == quote
            assert int(ends.get(claim, start + len(quote))) == start + len(quote)
            assert claim in starts or len(places) == 1
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert set(_values(result.data, LEG.textSha256).values()) == {digest}


@given(articles())
def test_pinning_twice_is_pinning_once(case: tuple[str, str]) -> None:
    text, document = case
    once = pinned(document.encode(), HERE, text.encode())
    twice = pinned(once.data, HERE, text.encode())
    assert twice.data == once.data
    assert twice.changes == ()
    assert [f.message for f in twice.faults] == [f.message for f in once.faults]


_OFFSET = re.compile(r"[ \t\r\n]*;[ \t\r\n]*leg:(?:charStart|charEnd|textSha256)\s+\S+")


@given(articles())
def test_pinning_touches_nothing_but_offsets_and_hash(case: tuple[str, str]) -> None:
    text, document = case
    result = pinned(document.encode(), HERE, text.encode()).data.decode()
    rest = iter(tokenize(result))
    written = [t for t in tokenize(document) if not t.text.isdigit()]
    assert all(any(token == other for other in rest) for token in written)
    if "charStart" not in document and "charEnd" not in document:
        assert _OFFSET.sub("", result) == document


def _article(*claims: str) -> bytes:
    return (HEADER + "article:x a leg:Article .\n" + "\n".join(claims) + "\n").encode()


TEXT = "Mr. Kim met Mr. Putin.\r\nMr. Kim said: “We’re friends – always”.\n회담 🕊 meeting\n"


def test_a_quote_is_filled_in_on_lines_of_its_own() -> None:
    data = _article(
        'claim:x-1 a leg:Claim ;\n    leg:quote "Mr. Kim" ;  # talks', "    leg:reason leg:x ."
    )
    result = pinned(data, HERE, TEXT.encode(), Answers(anywhere=(24,)))
    assert '    leg:quote "Mr. Kim" ;\n    leg:charStart 24 ;  # talks\n' in result.data.decode()


def test_a_quote_that_stands_once_needs_no_offset() -> None:
    data = _article('claim:x-1 leg:quote "회담" .', 'claim:x-2 leg:quote "meeting" .')
    result = pinned(data, HERE, TEXT.encode())
    assert (result.faults, result.quotes) == ((), 2)
    assert "leg:char" not in result.data.decode()


def test_offsets_that_somebody_wrote_are_kept_right() -> None:
    data = _article('claim:x-1 leg:quote "회담" ; leg:charStart 1 ; leg:charEnd 2 .')
    result = pinned(data, HERE, TEXT.encode())
    assert (
        b'leg:quote "\xed\x9a\x8c\xeb\x8b\xb4" ; leg:charStart 64 ; leg:charEnd 66 .' in result.data
    )


def test_offsets_count_code_points_beyond_the_basic_plane() -> None:
    text = f"{TEXT}meeting\n"
    data = _article('claim:x-1 leg:quote "meeting" .')
    result = pinned(data, HERE, text.encode(), Answers(anywhere=(69,)))
    assert b'leg:quote "meeting" ; leg:charStart 69 .' in result.data


def test_a_quote_that_stands_twice_asks_which() -> None:
    data = _article('claim:x-1 leg:quote "Mr. Kim" .')
    result = pinned(data, HERE, TEXT.encode())
    assert "charStart" not in result.data.decode()
    (fault,) = result.faults
    assert fault.line == 6
    assert "stands 2 times" in fault.message
    assert fault.details == (
        "0-7: [Mr. Kim] met Mr. Putin.\\r\\nMr. Kim said:…",
        "24-31: Mr. Kim met Mr. Putin.\\r\\n[Mr. Kim] said: “We’re friends – always…",
    )


@pytest.mark.parametrize(
    "answers",
    [Answers(anywhere=(24,)), Answers(by_claim={"https://w3id.org/legation/id/claim/x-1": 24})],
)
def test_an_answer_places_it(answers: Answers) -> None:
    data = _article('claim:x-1 leg:quote "Mr. Kim" .')
    result = pinned(data, HERE, TEXT.encode(), answers)
    assert b'"Mr. Kim" ; leg:charStart 24 .' in result.data
    assert result.faults == ()
    assert pinned(result.data, HERE, TEXT.encode(), answers).data == result.data


def test_a_written_start_is_an_answer() -> None:
    data = _article('claim:x-1 leg:quote "Mr. Kim" ; leg:charStart 24 .')
    assert pinned(data, HERE, TEXT.encode()).faults == ()
    assert b'"Mr. Kim" ; leg:charStart 24 .' in pinned(data, HERE, TEXT.encode()).data


def test_an_answer_that_decides_nothing_or_too_much_is_refused() -> None:
    twice = _article('claim:x-1 leg:quote "Mr. Kim" .', 'claim:x-2 leg:quote "Mr. Kim" .')
    with pytest.raises(UsageError, match="fits claim:x-1, claim:x-2"):
        pinned(twice, HERE, TEXT.encode(), Answers(anywhere=(24,)))
    with pytest.raises(UsageError, match="fits no quote"):
        pinned(twice, HERE, TEXT.encode(), Answers(anywhere=(5,)))


@pytest.mark.parametrize(
    "words",
    [
        "We're friends - always",
        '\\"We’re friends — always\\"',
        "  We’re  friends\\u00a0–\\nalways ",
        "Putin. Mr. Kim said",
    ],
)
def test_marks_and_spaces_are_taken_from_the_text_only_when_asked(words: str) -> None:
    data = _article(f'claim:x-1 leg:quote "{words}" .')
    left = pinned(data, HERE, TEXT.encode())
    assert "--fix" in left.faults[0].message
    assert words.encode() in left.data
    fixed = pinned(data, HERE, TEXT.encode(), Answers(fix=True))
    assert fixed.faults == ()
    (quote,) = _values(fixed.data, LEG.quote).values()
    assert len(occurrences(TEXT, quote)) == 1


def test_what_is_recorded_as_written_takes_the_marks_of_its_quote() -> None:
    data = _article(
        'claim:x-1 leg:quote "We\'re friends - always" .\n'
        'claim:x-1 { claim:s leg:text "We\'re friends", "other words" ; leg:act "We\'re" . }'
    )
    assert b"We're friends\"," in pinned(data, HERE, TEXT.encode()).data
    fixed = pinned(data, HERE, TEXT.encode(), Answers(fix=True))
    assert 'leg:text "We’re friends", "other words" ; leg:act "We\'re"' in fixed.data.decode()
    assert "claim:x-1: leg:text as in the quote" in fixed.changes


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The cafe\u0301 talks went well.", "café talks"),
        ("The café talks went well.", "cafe\u0301 talks"),
        ("The o\ufb03ce – of Kim.", "office - of Kim"),
        ("The office of Kim.", "o\ufb03ce of Kim"),
    ],
)
def test_letters_in_other_characters_are_told_as_that_and_taken_when_asked(
    text: str, words: str
) -> None:
    data = _article(f'claim:x-1 leg:quote "{words}" .')
    (fault,) = pinned(data, HERE, text.encode()).faults
    assert "only in the characters that letters are made of" in fault.message
    fixed = pinned(data, HERE, text.encode(), Answers(fix=True))
    assert fixed.faults == () and "took the text's own characters" in fixed.changes[0]
    (quote,) = _values(fixed.data, LEG.quote).values()
    assert quote in text


@pytest.mark.parametrize("words", ["We are friends – always", "Mr. Kim met Mr. Putins."])
def test_other_words_are_never_taken(words: str) -> None:
    data = _article(f'claim:x-1 leg:quote "{words}" .')
    result = pinned(data, HERE, TEXT.encode(), Answers(fix=True))
    assert "charStart" not in result.data.decode()
    assert "nearest passage" in result.faults[0].message
    assert re.match(r"\d+-\d+: ", result.faults[0].details[0])


def test_a_quote_like_nothing_in_the_text_says_so() -> None:
    data = _article('claim:x-1 leg:quote "qqqq wwww zzzz" .', 'claim:x-2 leg:quote "" .')
    first, second = pinned(data, HERE, TEXT.encode()).faults
    assert "nothing there is like them" in first.message
    assert "is empty" in second.message


def test_a_value_given_twice_is_a_fault_not_a_guess() -> None:
    data = _article('claim:x-1 leg:quote "meeting" ; leg:charStart 1, 2 .')
    (fault,) = pinned(data, HERE, TEXT.encode()).faults
    assert "more than one leg:charStart" in fault.message
    data = _article('claim:x-1 leg:quote "meeting", "Putin" .')
    (fault,) = pinned(data, HERE, TEXT.encode()).faults
    assert "more than one leg:quote" in fault.message


def test_quotes_inside_a_claim_graph_are_left_alone() -> None:
    data = _article('claim:x-1 { claim:x-1 leg:quote "meeting" }')
    assert pinned(data, HERE, TEXT.encode()).quotes == 0


def test_another_prefix_for_the_same_terms_is_kept() -> None:
    which = Answers(anywhere=(24,))
    data = _article('claim:x-1 leg:quote "Mr. Kim" .').replace(b"leg:", b"l:")
    assert b"l:charStart 24" in pinned(data, HERE, TEXT.encode(), which).data
    full = _article('claim:x-1 <https://w3id.org/legation/ns#quote> "Mr. Kim" .')
    found = pinned(full, HERE, TEXT.encode(), which).data
    assert b"<https://w3id.org/legation/ns#charStart> 24" in found


def test_a_text_that_is_not_utf8_is_refused() -> None:
    with pytest.raises(InputError, match="not UTF-8"):
        pinned(_article(), HERE, b"\xff")


def test_the_reference_articles_are_pinned_already(checkout: Path) -> None:
    for path in sorted((checkout / "graph/articles").glob("*.trig")):
        source = checkout / "graph/sources" / f"{path.stem}.txt"
        result = pinned(path.read_bytes(), path, source.read_bytes())
        assert (result.data, result.faults) == (path.read_bytes(), ())


def test_stripped_of_offsets_an_article_is_pinned_again(checkout: Path) -> None:
    for path in sorted((checkout / "graph/articles").glob("*.trig")):
        source = (checkout / "graph/sources" / f"{path.stem}.txt").read_bytes()
        whole = path.read_text("utf-8")
        starts = _values(whole.encode(), LEG.charStart)
        which = Answers(by_claim={claim: int(start) for claim, start in starts.items()})
        bare = re.sub(r"\n    leg:charStart \d+ ;(?=\n    )", "", whole)
        result = pinned(bare.encode(), path, source, which)
        assert result.data.decode() == whole
        assert joined(tokenize(whole)) == whole


def test_the_hash_of_another_text_stays_where_quotes_are_lost_in_it() -> None:
    first = pinned(_article('claim:x-1 leg:quote "meeting" .'), HERE, TEXT.encode())
    assert not first.faults
    other = pinned(first.data, HERE, TEXT.replace("meeting", "banquet").encode())
    assert other.data == first.data
    assert any("is not the one whose leg:textSha256" in fault.message for fault in other.faults)
    longer = pinned(first.data, HERE, (TEXT + " More.").encode())
    assert not longer.faults and longer.data != first.data
