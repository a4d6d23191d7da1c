"""Words that leave an act open are told from words that say it was done."""

import pytest

from legation.checks.roles import (
    _ATTENDANCE,
    _COOPERATION,
    _MEETING,
    _VISIT,
    _Act,
    _named,
    _open_phrase,
)

_LEFT_OPEN = {
    "Choe planned to visit Moscow next month": (_VISIT, "planned to visit"),
    "the plans for a visit to Moscow": (_VISIT, "plans for a visit"),
    "Kim left Pyongyang to take part in the parade": (_ATTENDANCE, "to take part"),
    "Three officials were invited to take part in it": (_ATTENDANCE, "invited to take part"),
    "The ambassador declined to attend": (_ATTENDANCE, "declined to attend"),
    "The envoy did not attend": (_ATTENDANCE, "did not attend"),
    "They agreed to hold talks in May": (_MEETING, "agreed to hold talks"),
    "Both are ready to expand cooperation": (_COOPERATION, "ready to expand"),
    "He called for closer cooperation": (_COOPERATION, "called for closer cooperation"),
}


@pytest.mark.parametrize(("quote", "told"), _LEFT_OPEN.items(), ids=list(_LEFT_OPEN))
def test_what_is_planned_called_for_or_refused_is_open(quote: str, told: tuple[_Act, str]) -> None:
    assert _open_phrase(quote, told[0]) == told[1]


@pytest.mark.parametrize(
    ("quote", "act"),
    [
        ("Lavrov attended, and is expected to attend again", _ATTENDANCE),
        ("He visited Moscow to take part in the parade", _VISIT),
        ("They met on May 9 to visit the museum", _MEETING),
        ("Cooperation is growing", _COOPERATION),
        ("They took part in the May meeting", _ATTENDANCE),
    ],
)
def test_what_was_done_is_not(quote: str, act: _Act) -> None:
    assert _open_phrase(quote, act) == ""


def test_an_act_is_open_until_its_participle_says_that_it_was_done() -> None:
    opened = _named("opened")
    assert _open_phrase("They agreed to open a consulate", opened) == "agreed to open"
    assert _open_phrase("A consulate will be opened", opened) == "will be opened"
    assert _open_phrase("They plan to open one and opened another", opened) == ""
