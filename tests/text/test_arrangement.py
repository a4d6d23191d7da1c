"""What stands around a text's words is passed over, and wrapped lines are read as one."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.text.arrangement import flowing, front
from legation.text.spans import sentences

_FENCED = '---\ntitle: "Talks"\ndate: 2031-05-04\ntags:\n  - sea\nsource: MNA\n---\n\nThey met.\n'
_ROWS = (
    "Title: Talks\r\nBy Ada Lund\r\nDate: 4 May 2031\r\n\r\nURL: https://a.example/1\r\n\r\n"
    "They met."
)


def _said(text: str, language: str = "en") -> list[str]:
    return [" ".join(span.of(text).split()) for span in sentences(text, language=language)]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        (_FENCED, {"title": "Talks", "published": "2031-05-04", "publisher": "MNA"}),
        (_ROWS, {"title": "Talks", "published": "4 May 2031", "url": "https://a.example/1"}),
        ("\ufeffDatum: 2031\nThey met.", {"published": "2031"}),
    ],
)
def test_front_matter_is_read_and_no_sentence(text: str, stated: dict[str, str]) -> None:
    assert dict(front(text).stated) == stated
    assert _said(text) == ["They met."]


@pytest.mark.parametrize(
    "text", ["---\nThey met.\n---\nThey left.", "Lindal: a city.\nThey met.", "Date:\nToday.", ""]
)
def test_what_only_looks_like_front_matter_is_text(text: str) -> None:
    assert front(text).end == 0


@pytest.mark.parametrize("mark", ["-0-", "(END)", "###", "END", "(YH)", "KCNA", "(끝)", "- 30 -"])
def test_the_mark_at_a_texts_end_is_no_sentence(mark: str) -> None:
    assert _said(f"KCNA said so.\n\n{mark}\n") == ["KCNA said so."]


def test_a_mark_behind_the_last_sentence_is_none_either() -> None:
    assert _said("They met. (END)") == ["They met."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Envoys meet\n\nThey spoke of the Democratic\nPeople's Republic of Orvany. The\n"
            "Foreign Ministry said nothing.",
            [
                "Envoys meet",
                "They spoke of the Democratic People's Republic of Orvany.",
                "The Foreign Ministry said nothing.",
            ],
        ),
        (
            "Merovia and Orvany agree to reopen embassies\nLINDAL, May 3 (MNA) -- Merovia and "
            "Orvany agreed to\nreopen them.",
            [
                "Merovia and Orvany agree to reopen embassies",
                "LINDAL, May 3 (MNA) -- Merovia and Orvany agreed to reopen them.",
            ],
        ),
        (  # a paragraph without a sure sign is as wide as one with it
            "They met in Lindal and spoke of\nthe sea.\n\nThey also met the senators of the\n"
            "Free Coast.",
            [
                "They met in Lindal and spoke of the sea.",
                "They also met the senators of the Free Coast.",
            ],
        ),
        (
            "Agreed:\n- to open an embassy of the\n  Free Coast;\n- to meet again.",
            ["Agreed:", "- to open an embassy of the Free Coast;", "- to meet again."],
        ),
        (
            "Ten present credentials\n\n1. Dr. Ada Lund\nAmbassador of Orvany in Lindal\n\n"
            "Signed:\nOtto Grau\nForeign Minister",
            [
                "Ten present credentials",
                "1. Dr. Ada Lund",
                "Ambassador of Orvany in Lindal",
                "Signed:",
                "Otto Grau",
                "Foreign Minister",
            ],
        ),
        (
            "Name\tPost\nada lund\tenvoy\notto grau\tenvoy",
            ["Name Post", "ada lund envoy", "otto grau envoy"],
        ),
    ],
)
def test_wrapped_lines_run_on_and_rows_of_lists_do_not(text: str, expected: list[str]) -> None:
    assert _said(text) == expected


@given(st.text(st.sampled_from("aA bB.,-\n\r1\t"), max_size=120))
def test_a_text_read_as_flowing_differs_in_its_line_breaks_only(text: str) -> None:
    flow = flowing(text, "en")
    assert len(flow) == len(text)
    assert all(a == b or (a in "\r\n" and b == " ") for a, b in zip(text, flow, strict=True))
    assert all(a.end <= b.start for a, b in pairwise(sentences(text)))
