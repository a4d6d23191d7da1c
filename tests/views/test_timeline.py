"""Timelines: uncertain dates stay spans, open ends open, and no date is chosen for the reader."""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest

import legation
from legation.answer import Evidence
from legation.answer.row import Rival
from legation.errors import UnknownName, UsageError
from legation.knowledge import KnowledgeGraph
from legation.rdf.vocabulary import ID
from legation.views.timeline import Timeline
from legation.views.timeline.chronicle import Dating, Entry
from legation.views.timeline.drawing import NARROW, WIDE, Layout, drawn


@pytest.fixture(scope="module")
def kg(checkout: Path) -> KnowledgeGraph:
    return legation.open(checkout)


def _entry(found: Timeline, slug: str) -> Entry:
    return next(e for e in found.entries if e.event == f"{ID}event/{slug}")


def test_events_stand_in_order_of_time(kg: KnowledgeGraph) -> None:
    firsts = [entry.span.earliest or entry.span.latest for entry in kg.timeline().entries]
    assert firsts == sorted(firsts)  # type: ignore[type-var]


def test_statements_and_plans_are_no_events_of_a_timeline(kg: KnowledgeGraph) -> None:
    found = kg.timeline()
    assert {entry.event.split("/")[4] for entry in (*found.entries, *found.undated)} == {"id"} or {
        entry.event.removeprefix(ID).split("/")[0] for entry in (*found.entries, *found.undated)
    } == {"event"}


def test_who_visits_a_state_or_speaks_to_it_has_to_do_with_it(kg: KnowledgeGraph) -> None:
    found = kg.timeline(actor="DPRK", other="Russia")
    assert _entry(found, "putin-visit-to-dprk-2000-07").places
    assert " and Russian Federation" in found.title


def test_dates_that_contradict_each_other_are_both_shown_and_marked(kg: KnowledgeGraph) -> None:
    entry = _entry(kg.timeline(), "putin-kim-yong-nam-meeting-2015-05")
    assert entry.is_disputed
    assert [dating.text for dating in entry.dates] == ["2015-05-08", "2015-05-09"]
    assert len({quote.claim for quote in entry.evidence}) >= 2
    assert "2015-05-08 ≠ 2015-05-09" in kg.timeline().to_text()


def test_a_month_is_the_span_of_its_days(kg: KnowledgeGraph) -> None:
    (dating,) = _entry(kg.timeline(), "kim-jong-un-putin-meeting-2019-04").dates
    assert (str(dating.earliest), str(dating.latest)) == ("2019-04-01", "2019-04-30")
    assert not dating.is_day


def test_an_open_end_stays_open(kg: KnowledgeGraph) -> None:
    entry = _entry(kg.timeline(), "dprk-russia-delegation-exchanges-2014")
    assert entry.span.latest is None
    assert 'class="open"' in kg.timeline("DPRK", since="2014").to_svg()


def test_what_nobody_dates_stands_apart(kg: KnowledgeGraph) -> None:
    found = kg.timeline()
    assert f"{ID}event/world-war-ii" in {entry.event for entry in found.undated}
    text = found.to_text()
    assert text.index("Date not stated") < text.index("World War II")


def test_a_date_without_a_year_is_not_placed_but_shown(kg: KnowledgeGraph) -> None:
    slug = f"{ID}event/dprk-recognition-of-two-states-in-eastern-ukraine"
    (entry,) = (entry for entry in kg.timeline().undated if entry.event == slug)
    assert entry.date_text == "XXXX-07"


def test_a_timeline_shows_itself_as_a_page_and_a_figure(kg: KnowledgeGraph, tmp_path: Path) -> None:
    found = kg.timeline("Kim Yong Nam")
    assert repr(found).startswith("<Timeline of Kim Yong Nam: ") and len(repr(found)) < 100
    found.page(height=300).save(tmp_path / "t.html")
    assert (tmp_path / "t.html").read_text("utf-8") == found.to_html()
    assert "height:300px" in found.page(height=300)._repr_html_()
    assert found._repr_html_().startswith('<iframe title="timeline"')


@pytest.mark.usefixtures("plots")
def test_the_figure_of_a_timeline_has_a_line_for_each_date(kg: KnowledgeGraph) -> None:
    found = kg.timeline("Kim Yong Nam")
    (axes,) = found.figure().axes
    assert len(axes.get_yticklabels()) == sum(len(entry.dates) for entry in found.entries)


def test_an_actor_and_dates_narrow_a_timeline(kg: KnowledgeGraph) -> None:
    found = kg.timeline("Vladimir Putin", since="2015", until="2019-04-10")
    assert [e.event.rpartition("/")[2] for e in found.entries] == [
        "putin-kim-yong-nam-meeting-2015-05",
        "putin-kim-yong-nam-handshake-2015-05",
        "kim-jong-un-putin-meeting-2019-04",
    ]
    told_as_past_in_may_2015 = {"kim-jong-un-greetings-to-putin-2015-05"}
    told_as_past_in_may_2015 |= {"kim-jong-un-letter-to-putin-2015-05"}
    assert {e.event.rpartition("/")[2] for e in found.undated} == told_as_past_in_may_2015
    assert kg.timeline("Vladimir Putin", since="2016", until="2019-04-10").undated == ()
    assert found.title == "Timeline of Vladimir Putin since 2015 until 2019-04-10"


def test_unknown_actors_and_wrong_dates_are_told(kg: KnowledgeGraph) -> None:
    with pytest.raises(UnknownName, match="Nobody"):
        kg.timeline("Nobody At All")
    with pytest.raises(UsageError, match="since"):
        kg.timeline(since="yesterday")


def test_an_empty_timeline_says_what_may_be_done(kg: KnowledgeGraph) -> None:
    found = kg.timeline("Choe Son Hui", since="2300")
    assert len(found) == 0
    for text in (found.to_text(), found.to_html()):
        assert "No event: widen or drop the parameters." in text
    ET.fromstring(found.to_svg())


def test_json_holds_every_entry(kg: KnowledgeGraph) -> None:
    document = json.loads(kg.timeline().to_json())
    assert len(document["entries"]) == len(kg.timeline().entries)
    assert all(entry["evidence"] for entry in document["entries"])


def test_a_drawing_holds_a_mark_for_each_date(kg: KnowledgeGraph) -> None:
    found = kg.timeline("Kim Yong Nam")
    root = ET.fromstring(found.to_svg())
    marks = [e for e in root.iter() if e.get("class") == "day"]
    assert len(marks) == 3 + 2  # two of one meeting, one of the handshake; two in the legend
    assert "sources disagree" in "".join(root.itertext())


@pytest.mark.parametrize("layout", [WIDE, NARROW])
def test_no_row_of_a_drawing_leaves_the_page(kg: KnowledgeGraph, layout: Layout) -> None:
    for line in drawn(kg.timeline().entries, (), layout).lanes:
        for words in (*line.labels, line.note):
            long = 6.2 * len(words.text)
            assert (words.x + long < layout.width) if words.anchor == "start" else words.x > long
        for mark in line.marks:
            assert layout.left <= float(mark.path[1:].partition(",")[0]) < layout.width


def test_nothing_that_sources_say_acts_on_a_page_or_drawing(all_hostile: str) -> None:
    dating = Dating("2015", date(2015, 1, 1), date(2015, 12, 31))
    passage = Evidence("urn:c", all_hostile, "urn:a", 0, 9, "asserted", None, None)
    rival = Rival(*[all_hostile] * 6, (f"{ID}claim/x",))
    entry = Entry(
        "urn:e", all_hostile, all_hostile, (all_hostile,), (dating,), (rival,), (passage,)
    )
    found = Timeline(all_hostile, (entry,), (replace(entry, dates=()),))
    for shown in (found.to_html(), found.to_svg(), unescape(found._repr_html_())):
        assert not re.search(r"<(script|img|h1>)|[\u202e\x00]", shown.replace("<h1>", "", 1))
        shown.encode()
    assert not re.search(r'\b(?:src|href)="', found.to_html())
    ET.fromstring(found.to_svg())


def test_a_browser_finds_nothing_that_the_policy_of_the_page_forbids(
    kg: KnowledgeGraph, browse: Callable[[str], tuple[str, list[str]]]
) -> None:
    assert browse(kg.timeline().to_html())[1] == []


def test_words_that_date_an_event_stand_beneath_it(kg: KnowledgeGraph) -> None:
    page = kg.timeline("Kim Yong Nam").to_html()
    assert "at the Grand Kremlin Palace on Friday" in page
    assert "on May 9, 2015" in page
