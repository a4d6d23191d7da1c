"""The commands network, path and timeline: what they print, where, and how they end."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.fixture
def run(on_reference: Run) -> Run:
    return on_reference


def test_views_are_listed(run: Run) -> None:
    code, out, _ = run("network")
    assert code == 0
    assert "co_attendance\n    Who was at the same gatherings" in out


def test_a_network_is_a_line_per_edge(run: Run) -> None:
    _, out, _ = run("network", "meetings", "--since", "2015", "--until", "2015")
    assert out == (
        "Kim Yong Nam – Vladimir Putin: met (2015-05-08, 2015-05-09, 2 claims, 2 origins, "
        "date: 2015-05-08 ≠ 2015-05-09)\n"
    )


@pytest.mark.parametrize(
    ("suffix", "start"),
    [
        ("graphml", b"<?xml"),
        ("gexf", b"<?xml"),
        ("json", b"{"),
        ("csv", b"source,"),
        ("html", b"<!doctype html>"),
        ("svg", b"<?xml"),
        ("png", b"\x89PNG"),
    ],
)
def test_every_format_goes_to_a_file_or_to_stdout(
    suffix: str, start: bytes, run: Run, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if suffix in ("svg", "png"):
        request.getfixturevalue("plots")
    path = tmp_path / f"out.{suffix}"
    assert run("network", "meetings", "--out", str(path)) == (0, "", "")
    assert path.read_bytes().startswith(start)
    assert run("network", "meetings", "--format", suffix).data == path.read_bytes()


def test_a_network_is_narrowed_by_options(run: Run) -> None:
    _, out, _ = run("network", "meetings", "--person", "Kim Yong Nam", "--kind", "person")
    assert out and all("Kim Yong Nam" in line for line in out.splitlines())
    named, everyone = (run("network", "co_attendance", *more).out for more in (["--named"], []))
    assert named and set(named.splitlines()) < set(everyone.splitlines())


def test_an_empty_network_is_one_helpful_sentence(run: Run) -> None:
    code, _, err = run("network", "meetings", "--since", "2300")
    assert code == 0
    assert err == "the view meetings has no edge with these parameters; widen or drop them\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["network", "meetngs"], "there is no view 'meetngs'; did you mean meetings?"),
        (["network", "meetings", "--origin", "Pravda"], "no agent here is called 'Pravda'"),
        (["network", "meetings", "--as-of", "2015"], "as_of takes one day"),
        (["network", "meetings", "--out", "x.docx"], "its suffix names no format"),
        (["network", "meetings", "--out", "no/such/folder.csv"], "cannot be written"),
        (["path", "Kim", "Putin"], "Kim Jong Un"),
        (["path", "Nobody", "Putin"], "is called 'Nobody'"),
        (["timeline", "Nobody"], "no agent here is called 'Nobody'"),
        (["timeline", "--since", "soon"], "since: 'soon' is not an EDTF date"),
    ],
)
def test_a_researchers_slip_is_answered_in_one_sentence(
    words: list[str], message: str, run: Run
) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert message in err
    assert err.startswith("legation: ")
    first, *listed = err.splitlines()
    assert message in first or any(message in line for line in listed)
    assert all(line.startswith("  ") for line in listed)  # candidates, one a line


def test_a_path_shows_the_words_of_each_step(run: Run) -> None:
    code, out, _ = run("path", "Kim Hyong Jun", "Stalin")
    assert code == 0
    lines = out.splitlines()
    assert lines[0].startswith("1. Kim Hyong Jun [← attendee] reception of 9 October 2014")
    assert lines[1].startswith("     “DPRK Ambassador to Russia Kim Hyong Jun")
    assert lines[-2].startswith("4. ")


def test_no_path_is_one_sentence(run: Run) -> None:
    code, out, err = run("path", "Kim Jong Un", "Choe Son Hui", "--view", "co_attendance")
    assert (code, out) == (0, "")
    assert err == "no way from Kim Jong Un to Choe Son Hui in the view co_attendance\n"
    assert run("path", "Kim Jong Un", "Kim Jong Un")[2] == "Kim Jong Un is both ends of the way\n"
    _, _, err = run("path", "Kim Jong Un", "Choe Son Hui", "--view", "meetings")
    assert err.startswith("Choe Son Hui: in no edge of the view meetings")


def test_a_timeline_in_a_pipe_is_plain(run: Run) -> None:
    code, out, _ = run("timeline", "Kim Yong Nam")
    assert code == 0
    assert out.startswith("Timeline of Kim Yong Nam\n\n2015-05-08 ≠ 2015-05-09  meeting")
    assert "\x1b" not in out


@pytest.mark.parametrize(
    ("suffix", "start"),
    [("json", b"{"), ("svg", b"<svg"), ("html", b"<!doctype"), ("txt", b"Time")],
)
def test_a_timeline_goes_to_a_file(suffix: str, start: bytes, run: Run, tmp_path: Path) -> None:
    path = tmp_path / f"out.{suffix}"
    assert run("timeline", "DPRK", "--since", "2014", "--out", str(path)) == (0, "", "")
    assert path.read_bytes().startswith(start)


def test_json_of_a_timeline_is_json(run: Run) -> None:
    _, out, _ = run("timeline", "--format", "json")
    assert set(json.loads(out)) == {"title", "entries", "undated"}


def test_the_actor_of_a_timeline_stands_alone_or_by_its_name(run: Run) -> None:
    _, alone, _ = run("timeline", "Vladimir Putin")
    _, named, _ = run("timeline", "--actor", "Vladimir Putin")
    assert alone == named
    assert "Putin" in named
    code, _, err = run("timeline", "Vladimir Putin", "--actor", "DPRK")
    assert (code, err) == (2, "legation: name the actor once: as ACTOR or with --actor NAME\n")
