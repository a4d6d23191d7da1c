"""A date is never more certain than its source."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.text.dates import (
    DateError,
    bounds,
    bounds_if_any,
    compatible,
    is_edtf,
    possible_days,
)
from legation.text.daysets import Bounds

SUITE = Path(__file__).parents[3] / "shared/suites/edtf"


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2014-10-09", date(2014, 10, 9), date(2014, 10, 9)),
        ("2014-10", date(2014, 10, 1), date(2014, 10, 31)),
        ("2000-02", date(2000, 2, 1), date(2000, 2, 29)),
        ("2011", date(2011, 1, 1), date(2011, 12, 31)),
        ("1948-09~", date(1948, 9, 1), date(1948, 9, 30)),
        ("1984?-06", date(1984, 6, 1), date(1984, 6, 30)),
        ("201X", date(2010, 1, 1), date(2019, 12, 31)),
        ("2015-10-XX", date(2015, 10, 1), date(2015, 10, 31)),
        ("2025-1X", date(2025, 10, 1), date(2025, 12, 31)),
        ("2001-21", date(2001, 3, 1), date(2001, 12, 31)),
        ("2026-24", date(2026, 1, 1), date(2027, 3, 31)),
        ("2026-25", date(2026, 3, 1), date(2026, 6, 30)),
        ("2026-28", date(2026, 1, 1), date(2027, 3, 31)),
        ("2026-29", date(2026, 9, 1), date(2026, 12, 31)),
        ("2026-24/2026-32", date(2026, 1, 1), date(2026, 9, 30)),
        ("9999-24", date(9999, 1, 1), date(9999, 12, 31)),
        ("2026-33", date(2026, 1, 1), date(2026, 3, 31)),
        ("{1960,1961-12}", date(1960, 1, 1), date(1961, 12, 31)),
        ("[2025-10-17,2025-10-24]", date(2025, 10, 17), date(2025, 10, 24)),
        ("[..2014-05-08]", None, date(2014, 5, 8)),
        ("[2014-05-08..]", date(2014, 5, 8), None),
        ("[1667,1668,1670..1672]", date(1667, 1, 1), date(1672, 12, 31)),
        ("2014-05/2014-10-12", date(2014, 5, 1), date(2014, 10, 12)),
        ("2014-05/..", date(2014, 5, 1), None),
        ("2014-05/", date(2014, 5, 1), None),
        ("../2012", None, date(2012, 12, 31)),
        ("XXXX-10-12", None, None),
        ("1950S2", None, None),
    ],
)
def test_bounds_are_the_days_the_words_allow(
    text: str, earliest: date | None, latest: date | None
) -> None:
    assert bounds(text) == Bounds(earliest, latest)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " 2014",
        "2014 ",
        "9 October 2014",
        "2014-5",
        "2014-13",
        "2014-02-30",
        "XXXX-02-30",
        "XXXX-1X-32",
        "2025/2026-02-29",
        "2015/2014",
        "/",
        "2014/2015/2016",
        "-1000/-2000",
        "0800/-0999",
        "2005-07-25T10:10:10Z/2006-01",
        "Y1E99999999",
        "Y-17E7",
        "{" + "1960," * 3000 + "1961}",
        "Friday",
        "2014\n",
        "\uff12\uff10\uff11\uff14",
        "\u0662\u0660\u0661\u0664-10-09",
    ],
)
def test_what_no_calendar_has_is_refused(text: str) -> None:
    assert not is_edtf(text)
    with pytest.raises(DateError):
        bounds(text)


@given(st.dates())
def test_a_day_is_bounded_by_itself(day: date) -> None:
    assert bounds(day.isoformat()) == Bounds(day, day)


@given(st.dates(), st.dates())
def test_an_interval_holds_exactly_its_two_days(one: date, other: date) -> None:
    first, last = sorted((one, other))
    assert bounds(f"{first}/{last}") == Bounds(first, last)


_DAYS = st.none() | st.dates()
_BOUNDS = st.builds(Bounds, _DAYS, _DAYS)


@given(_BOUNDS, _BOUNDS)
def test_a_joined_span_is_never_narrower_than_either(one: Bounds, other: Bounds) -> None:
    joined = one.span(other)
    assert joined == other.span(one)
    for part in (one, other):
        assert joined.earliest is None or part.earliest is not None
        assert joined.latest is None or part.latest is not None
        if joined.earliest is not None and part.earliest is not None:
            assert joined.earliest <= part.earliest
        if joined.latest is not None and part.latest is not None:
            assert joined.latest >= part.latest


def test_a_coarse_date_overlaps_the_fine_one_it_holds() -> None:
    assert bounds("2014").overlaps(bounds("2014-10-09"))
    assert bounds("XXXX-10-12").overlaps(bounds("1948-10-12"))
    assert not bounds("2015-05-08").overlaps(bounds("2015-05-09"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2014", "2014-10-09"),
        ("2014-05-01/2014-05-03", "2014-05-02"),
        ("2014-05/2014-07", "2014-06/2014-08"),
        ("2014-05/..", "2020"),
        ("../2012", "1948-10-12"),
        ("XXXX-10-12", "1948-10-12"),
        ("XXXX-10-12", "1948-10"),
        ("XXXX-10", "1948-09/1948-11"),
        ("XXXX-02-29", "1948"),
        ("201X-05", "2014-05-09"),
        ("2014-XX-12", "2014-03-12"),
        ("[2014-05-01,2014-05-03]", "2014-05-03"),
        ("[..2014-05-01]", "2013"),
        ("{1960,1961-12}", "1961-12-24"),
        ("[1670..1672]", "1671-01-01"),
        ("2014-05-08~", "2014-05-09"),
        ("2014~", "2015-03"),
        ("2014?", "2014-10"),
        ("2026-24", "2026-02-10"),
        ("2026-21", "2026-10-05"),
        ("2026-22", "2027-02-01"),
        ("9 October", "2014"),
    ],
)
def test_dates_that_some_day_satisfies_can_agree(one: str, other: str) -> None:
    assert compatible(one, other)
    assert compatible(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2015-05-08", "2015-05-09"),
        ("2014-05-01/2014-05-03", "2014-05-04"),
        ("XXXX-10-12", "1948-10-13"),
        ("XXXX-10-12", "1948-11/1949-09"),
        ("XXXX-10-12", "XXXX-10-13"),
        ("XXXX-02-29", "2015"),
        ("201X-05", "2014-06"),
        ("[2014-05-01,2014-05-03]", "2014-05-02"),
        ("2014~", "2018"),
        ("2014-05-08?", "2014-05-09"),
        ("2026-24", "2025-10"),
        ("2026-25", "2026-10-05"),
    ],
)
def test_dates_that_no_day_satisfies_cannot_agree(one: str, other: str) -> None:
    assert not compatible(one, other)
    assert not compatible(other, one)


@given(st.dates(), st.dates())
def test_two_days_agree_when_they_are_one(one: date, other: date) -> None:
    assert compatible(str(one), str(other)) == (one == other)
    assert compatible(f"XXXX-{one:%m-%d}", str(one))


@given(st.dates(), st.integers(0, 7))
def test_an_unknown_digit_allows_every_digit(day: date, place: int) -> None:
    digits = f"{day:%Y%m%d}".zfill(8)
    pattern = digits[:place] + "X" + digits[place + 1 :]
    text = f"{pattern[:4]}-{pattern[4:6]}-{pattern[6:]}"
    assert any(day in days.each() for days in possible_days(text))
    assert compatible(text, day.isoformat())


@pytest.mark.parametrize("text", ["-1984-1X", "-1984-12-3X", "1985-04-X1?", "[-1984-1X,2000]"])
def test_what_the_library_falls_over_is_no_date_and_prints_nothing(
    text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    bounds_if_any(text)
    assert possible_or_none(text) is None or is_edtf(text)
    assert capsys.readouterr() == ("", "")


def possible_or_none(text: str) -> object:
    try:
        return possible_days(text)
    except DateError:
        return None


REFUSED = {
    r"-[\dX]*X.*|-1984-1X": "the library falls over unknown digits before the year 1",
    r".*\b0000\b.*": "the year 0, which the libraries dispute, and no source here writes",
    r"\??-?2004-06(-04)?[%~]|\?2004-06~-10/.*": "two marks on one part: which one holds?",
    r"Y-?\d+E\d+(S\d)?": "written out, such a year may have a hundred million digits",
}
TAKEN = {
    r"2004-06-11%/2004-(%06|06~)": "the month may end after the day, and as a bound it does",
    r"2012-2[34]/2012-2[12]": "whose autumn? In the south it lies before winter",
    r"Y-61000/-2000": "nothing says that an interval may not begin in a long year",
    r"[\[{]-?1667,1668, 1670\.\.1672[\]}]": "the space that one puts behind a comma",
}
"""Where we do otherwise than the public lists, by the form of the date, and why."""


@pytest.mark.skipif(not SUITE.is_dir(), reason="the EDTF lists are not here")
@pytest.mark.parametrize(
    ("name", "otherwise"), [("valid", REFUSED), ("invalid", TAKEN)], ids=["valid", "invalid"]
)
def test_we_do_as_the_public_lists_or_say_why_not(
    name: str, otherwise: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    texts = (SUITE / f"{name}.txt").read_text("utf-8").splitlines()
    left = [text for text in texts if is_edtf(text) is not (name == "valid")]
    assert [text for text in left if not any(re.fullmatch(form, text) for form in otherwise)] == []
    assert all(any(re.fullmatch(form, text) for text in left) for form in otherwise)
    for text in texts:
        possible_or_none(text)
    assert capsys.readouterr() == ("", "")
