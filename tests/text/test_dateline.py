"""Datelines of many agencies, told from what only looks like one (`datelines.txt`)."""

from pathlib import Path

import pytest

from legation.text.dateline import dateline
from legation.text.spans import sentences

_ROWS = (Path(__file__).parent / "datelines.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("row", _ROWS)
def test_a_dateline_is_read_with_its_place_agency_and_day(row: str) -> None:
    words, body, place, agency, day = (part.strip() for part in row.split("|"))
    text = f"A headline\n\n{'' if words == '-' else words + ' '}{body}"
    found = dateline(text)
    if words == "-":
        assert found is None
        return
    assert found is not None
    assert text[found.start : found.end] == words
    date = "-".join(str(n) for n in (found.year, found.month, found.day) if n is not None)
    assert (found.place, found.agency, date) == (place, agency, day)


@pytest.mark.parametrize("row", [row for row in _ROWS if not row.startswith("-")])
def test_a_dateline_belongs_to_the_sentence_behind_it(row: str) -> None:
    words, body = (part.strip() for part in row.split("|")[:2])
    text = f"{words} {body}."
    assert [span.of(text) for span in sentences(text)] == [text]
