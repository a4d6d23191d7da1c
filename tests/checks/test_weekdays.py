"""A date that is resolved from a weekday falls on that weekday."""

import pytest

from legation.checks import weekdays
from legation.checks.judging import judge, open_case
from legation.graph.workspace import Workspace

from .conftest import AGENCY, OBSERVER, Edit

NAMED = {
    "They met on Tuesday": 1,
    "TUESDAY TALKS END IN SESTRY": 1,
    "The envoys met last Tue. in Sestry": 1,
    "They met on Thurs. and parted": 3,
    "They met on Sun. in Sestry": 6,
    "Friday’s reception was long": 4,
    "On Monday, and again late Monday, they met": 0,
    "After talks in Sestry they left on Friday": 4,
    "the two states will meet every day": None,
    "They met on Monday and Tuesday": None,
    "They sat. Then came Pak Sun. He left": None,
    "They meet on Fridays": None,
    "It was sunday": 6,
    "They met on Tuesday, June 11": None,
    "last Friday, to commemorate the Oct. 12 anniversary": None,
    "on Friday, 9th of October": None,
    "on Friday (2031-05-02)": None,
    "on the eve of Sunday’s vote": None,
    "two days before the long Sunday vote": None,
    "as he told The Sunday Times": None,
    "by Friday": None,
}


@pytest.mark.parametrize(("quote", "weekday"), NAMED.items(), ids=list(NAMED))
def test_one_weekday_is_read_from_a_quote(quote: str, weekday: int | None) -> None:
    assert weekdays.named(quote) == weekday


def _found(world: Workspace) -> list[tuple[str, str]]:
    return [(f.rule, f.message) for f in weekdays.check(open_case(world))]


RESTORED = 'leg:party state:merovia, state:orvany ;\n        leg:date "2031-05-02"'


def test_the_message_names_the_nearest_days(world: Workspace, edit: Edit) -> None:
    edit(OBSERVER, RESTORED, RESTORED.replace("05-02", "05-05"))
    message = (
        "2031-05-05 is a Monday, but the quote says Friday: write 2031-05-02 (the Friday before) "
        "or 2031-05-09 (the Friday after), or quote the words that give the day"
    )
    assert [(f.rule, f.message) for f in judge(open_case(world)).findings] == [
        ("weekday-mismatch", message)
    ]


@pytest.mark.parametrize("other", ["2031-05", "2031-05-05~", "2031-05-01/2031-05-04", "2031-04-25"])
def test_what_may_be_that_weekday_is_no_fault(world: Workspace, edit: Edit, other: str) -> None:
    edit(OBSERVER, RESTORED, RESTORED.replace("2031-05-02", other))
    assert "weekday-mismatch" not in dict(_found(world))


def test_the_ends_of_the_calendar_are_no_crash(world: Workspace, edit: Edit) -> None:
    edit(OBSERVER, RESTORED, RESTORED.replace("2031-05-02", "0001-01-01"))
    assert (
        "0001-01-01 is a Monday, but the quote says Friday: write 0001-01-05 (the Friday "
        in (dict(_found(world))["weekday-mismatch"])
    )


def test_somebody_may_be_called_after_a_weekday(world: Workspace, edit: Edit) -> None:
    names = 'person:ilse-varn skos:altLabel "Friday"@en .\n'
    edit("graph/registry/persons.ttl", new="\n" + names)
    edit(AGENCY, '"2031-05-05"^^edtf:EDTF .\n}\n\nclaim:merovian-news-agency-2031-05-06-18', (
        '"2031-05-06"^^edtf:EDTF .\n}\n\nclaim:merovian-news-agency-2031-05-06-18'
    ))  # fmt: skip
    assert "weekday-mismatch" in dict(_found(world))
    edit("graph/registry/persons.ttl", names, names.replace("Friday", "Monday"))
    assert "weekday-mismatch" not in dict(_found(world))


def test_a_title_is_attested_when_the_article_appeared(world: Workspace, edit: Edit) -> None:
    call = "leg:participant person:ilse-varn, person:tomas-keld ;\n        leg:date"
    held = '\n    tenure:varn-president leg:attested "2031-05-0{}"^^edtf:EDTF .\n}}'
    end = (
        "    event:varn-keld-phone-call a leg:PhoneCall ;\n        "
        + call
        + ' "2031-05-05"^^edtf:EDTF .\n}'
    )
    plain = end.replace(' ;\n        leg:date "2031-05-05"^^edtf:EDTF', "")
    edit(AGENCY, end, plain[:-2] + held.format(6))
    assert "weekday-mismatch" not in dict(_found(world))
    edit(AGENCY, held.format(6), held.format(8))
    assert "weekday-mismatch" in dict(_found(world))
