"""What is computed is computed again: right sums pass, wrong ones are found where they stand."""

from pathlib import Path

import pytest

from legation.checks import rules, sums
from legation.checks.judging import open_case
from legation.graph.workspace import Workspace
from legation.text.numbers import counted_in, numbers_in

from .conftest import OBSERVER, Edit

SLUG = "strait-observer-2031-05-05"
TEXT = (
    "\n\nThe week was long. Merovia and Orvany marked the 35th anniversary of their relations. "
    "The war ended 73 years ago. The envoys parted on Friday. A fair is held in June.\n"
)
REASON = {
    "a right anniversary": ("the 35th anniversary of their relations", "2031", "27"),
    "a wrong anniversary": ("the 35th anniversary of their relations", "2032", "27"),
    "years ago": ("The war ended 73 years ago", "1958", ""),
    "wrong years ago": ("The war ended 73 years ago", "1968", ""),
    "a weekday": ("The envoys parted on Friday", "2031-05-02", ""),
    "a weekday too far away": ("The envoys parted on Friday", "2031-02-07", ""),
    "a month of the year": ("A fair is held in June", "2031-06", ""),
    "a month of another year": ("A fair is held in June", "2033-06", ""),
}
WRONG = {
    "a wrong anniversary",
    "wrong years ago",
    "a weekday too far away",
    "a month of another year",
}


def _say(world: Workspace, quote: str, rows: str, triples: str) -> int:
    """Add the text and a claim on it; the line of the claim's last triple."""
    source = world.sources / f"{SLUG}.txt"
    text = source.read_text("utf-8").rstrip("\n")
    source.write_text(text.removesuffix(TEXT.rstrip("\n")) + TEXT, "utf-8")
    path: Path = world.root / OBSERVER
    written = path.read_text("utf-8")
    name = f"claim:{SLUG}-9{written.count('claim:')}"
    claim = f'\n{name} leg:quote "{quote}" {rows}.\n{name} {{\n    {triples} .\n}}\n'
    path.write_text(written + claim, "utf-8")
    return (written + claim).count("\n") - 1


def _found(world: Workspace) -> set[tuple[str, int]]:
    """What the judge of sums finds; its rules are "ordinal-not-in-quote" and these below."""
    return {(finding.rule, finding.line) for finding in sums.check(open_case(world))}


def test_each_sum_is_done_again(world: Workspace) -> None:
    wrong = set()
    for reason, (quote, day, premise) in REASON.items():
        lean = f"; leg:leansOn claim:{SLUG}-{premise} " if premise else ""
        triples = f'event:relations-restoration leg:date "{day}"^^edtf:EDTF'
        line = _say(world, quote, f"; leg:basis leg:computed {lean}", triples)
        wrong |= {("sum-wrong", line)} if reason in WRONG else set()
    assert _found(world) == wrong


@pytest.mark.parametrize(("ordinal", "is_right"), [(4, True), (5, False)])
def test_an_ordinal_is_worked_out_from_two_years(
    world: Workspace, ordinal: int, is_right: bool
) -> None:
    rows = f"; leg:basis leg:computed ; leg:leansOn claim:{SLUG}-30 "
    line = _say(world, "A fair is held in June", rows, f"event:sestry-summit leg:ordinal {ordinal}")
    assert _found(world) == (set() if is_right else {("sum-wrong", line)})


def test_a_computed_date_without_premises_is_a_fault(world: Workspace, edit: Edit) -> None:
    edit(OBSERVER, '    leg:published "2031-05-05"^^edtf:EDTF ;\n', "")
    triples = 'event:relations-restoration leg:date "2031-06"^^edtf:EDTF'
    line = _say(world, "A fair is held in June", "; leg:basis leg:computed ", triples)
    assert {("basis-without-premises", line - 2), ("sum-wrong", line)} <= _found(world)


@pytest.mark.parametrize(
    ("rows", "rule"),
    [("", "date-not-in-quote"), ('; leg:basis leg:supplied ; skos:editorialNote "A map."@en ', "")],
)
def test_a_date_stands_in_the_quote_or_the_claim_says_whence(
    world: Workspace, rows: str, rule: str
) -> None:
    triples = 'event:relations-restoration leg:date "2031-06"^^edtf:EDTF'
    line = _say(world, "A fair is held in June", rows, triples)
    assert _found(world) == ({(rule, line)} if rule else set())


@pytest.mark.parametrize(("day", "rule"), [("05-02", ""), ("05-03", "date-not-in-quote")])
def test_what_is_resolved_takes_its_day_from_the_words_it_leans_on(
    world: Workspace, day: str, rule: str
) -> None:
    rows = f"; leg:basis leg:resolved ; leg:leansOn claim:{SLUG}-31 "
    triples = f'event:relations-restoration leg:date "2031-{day}"^^edtf:EDTF'
    line = _say(world, "The week was long", rows, triples)
    assert _found(world) == ({(rule, line)} if rule else set())


def test_an_anniversary_is_so_many_years_after_what_it_commemorates(world: Workspace) -> None:
    triples = (
        "event:relations-restoration leg:commemorates event:relations-establishment ; "
        "leg:ordinal {} "
    )
    _say(world, "the 35th anniversary of their relations", "", triples.format(35))
    assert [f for f in rules.check(open_case(world)) if f.rule == "anniversary-off"] == []
    path = world.root / OBSERVER
    path.write_text(path.read_text("utf-8").replace("leg:ordinal 35", "leg:ordinal 34"), "utf-8")
    (finding,) = [f for f in rules.check(open_case(world)) if f.rule == "anniversary-off"]
    assert "34th anniversary of what lies 35 years before" in finding.message


def test_numbers_are_read_in_digits_and_words() -> None:
    assert numbers_in("the twenty-first of 1,500 and the seventieth, 66th") == {21, 70, 66}
    assert counted_in("12 May, and in two states their sixty-sixth anniversary", "year") == {66}
