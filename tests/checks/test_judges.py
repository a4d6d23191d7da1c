"""Faults of whole files and folders, which no edit of a line makes; and what is no fault."""

import tomllib
from pathlib import Path

from legation.checks import conflicts, declarations, rules
from legation.checks.finding import Finding
from legation.checks.judging import judge, open_case, rules_of
from legation.graph.workspace import Workspace

from .conftest import AGENCY, GAZETTE, OBSERVER, Edit


def _found(world: Workspace) -> list[tuple[str, str, str]]:
    return [(f.severity, f.rule, f.file) for f in judge(open_case(world)).findings]


def test_the_test_world_has_no_finding(world: Workspace) -> None:
    assert _found(world) == []


def test_a_missing_text_is_an_error_where_texts_are_kept(world: Workspace) -> None:
    (world.sources / "halm-gazette-2031-05-07.txt").unlink()
    assert _found(world) == [("error", "source-missing", GAZETTE)]


def test_texts_that_are_not_carried_are_said_to_be_unchecked(world: Workspace) -> None:
    for path in world.sources.iterdir():
        path.unlink()
    world.sources.rmdir()
    report = judge(open_case(world))
    assert {(f.severity, f.rule) for f in report.findings} == {("warning", "text-not-here")}
    assert len(report.findings) == 6
    assert all("not checkable" in finding.message for finding in report.findings)


def test_a_text_without_an_article_is_shown(world: Workspace, edit: Edit) -> None:
    edit("graph/sources/nobody.txt", new="Words.\n")
    assert _found(world) == [("warning", "source-unused", "graph/sources/nobody.txt")]


def test_an_article_file_declares_its_article(world: Workspace) -> None:
    path = world.root / GAZETTE
    path.rename(path.with_name("gazette.trig"))
    old = world.sources / "halm-gazette-2031-05-07.txt"
    old.rename(old.with_name("gazette.txt"))
    assert _found(world) == [("error", "article-missing", "graph/articles/gazette.trig")]


def test_a_file_without_an_article_says_so(world: Workspace, edit: Edit) -> None:
    edit("graph/articles/empty.trig", new="# nothing\n")
    assert _found(world) == [("error", "article-missing", "graph/articles/empty.trig")]


def test_a_claim_is_defined_in_one_file(world: Workspace, edit: Edit) -> None:
    text = (world.root / AGENCY).read_text("utf-8")
    start = text.index("omission:merovian-news-agency-2031-05-06-01 leg:quote")
    block = text[start : text.index("\n\n", start)]
    prefixes = text[: text.index("article:merovian")]
    assert prefixes
    edit(GAZETTE, new="\n@prefix omission: <https://w3id.org/legation/id/omission/> .\n" + block)
    rules = {(rule, file) for _, rule, file in _found(world)}
    two_articles = {("quoted-from-elsewhere", GAZETTE), ("quote-not-verbatim", GAZETTE)}
    assert rules == {("claim-defined-twice", AGENCY), *two_articles}


def test_open_sentences_of_a_draft_are_warnings(world: Workspace, edit: Edit) -> None:
    edit(AGENCY, "leg:reason leg:repetition .", "leg:reason leg:repetition .\n")
    path = world.root / AGENCY
    text = path.read_text("utf-8")
    start = text.index("omission:merovian-news-agency-2031-05-06-01 leg:quote")
    path.write_text(text[:start] + text[text.index("\n\n", start) + 2 :], "utf-8")
    assert _found(world) == [("error", "sentence-uncovered", AGENCY)]
    edit(AGENCY, "leg:status leg:complete", "leg:status leg:draft")
    assert _found(world) == [("warning", "sentence-uncovered", AGENCY)]


def test_the_acts_of_an_instrument_follow_each_other(world: Workspace, edit: Edit) -> None:
    edit(
        AGENCY,
        'leg:instrument instrument:treaty-of-sestry ;\n        leg:date "2031-05-06"^^edtf:EDTF',
        'leg:instrument instrument:treaty-of-sestry ;\n        leg:date "2031-05-05"^^edtf:EDTF',
    )
    assert _found(world) == [
        ("error", "acts-out-of-order", AGENCY),
        ("error", "sum-wrong", AGENCY),
    ]


def test_a_shape_that_is_for_nothing_is_shown(world: Workspace, edit: Edit) -> None:
    edit(
        "ontology/shapes/own.ttl",
        new=(
            "@prefix leg: <https://w3id.org/legation/ns#> .\n"
            "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
            "<https://example.org/#Lost> a sh:NodeShape ; sh:class leg:Event .\n"
            "<https://example.org/#Idle> a sh:NodeShape ; sh:targetClass leg:Honour ;\n"
            '    sh:message "Never." ; sh:class leg:Gathering .\n'
        ),
    )
    own = "ontology/shapes/own.ttl"
    found = _found(world)
    assert ("warning", "shape-without-target", own) in found
    assert {rule for _, rule, _ in found} <= {"shape-without-target", "shape-without-nodes"} | {
        rule for _, rule, _ in found if rule.startswith("shape-")
    }


def test_dates_of_different_precision_do_not_contradict(world: Workspace, edit: Edit) -> None:
    before = 'event:treaty-of-sestry-ratification-merovia leg:date "2031-05-06"^^edtf:EDTF .'
    coarser = ("2031-05", "2031", "XXXX-05-06", "2031-05-06~", "2031-05-01/2031-05-09")
    edit(AGENCY, before, before[:-1] + "".join(f', "{date}"^^edtf:EDTF' for date in coarser) + " .")
    found = conflicts.check(open_case(world))
    assert [str(f) for f in found if f.rule == conflicts.UNACKNOWLEDGED.id] == []


def test_a_season_that_may_have_begun_is_not_after_the_article(world: Workspace) -> None:
    before = 'leg:date "2031-05-07"^^edtf:EDTF'
    path = world.root / GAZETTE
    text = path.read_text("utf-8")
    for season, is_later in (("2031-21", False), ("2031-24", False), ("2032-21", True)):
        path.write_text(text.replace(before, f'leg:date "{season}"^^edtf:EDTF'), "utf-8")
        found = [f.rule for f in rules.check(open_case(world))]
        assert ("after-publication" in found) is is_later, season


def test_a_note_on_an_entry_tells_namesakes_apart(world: Workspace, edit: Edit) -> None:
    persons = "graph/registry/persons.ttl"
    edit(persons, new='\nperson:ada-lund-2 a leg:Person ; rdfs:label "Ada Lund"@en .\n')
    assert _found(world) == [("warning", "similar-names", persons)]
    edit(persons, new='person:ada-lund-2 skos:editorialNote "The younger."@en .\n')
    assert _found(world) == []


def test_a_fact_of_the_registry_rests_on_a_claim_and_not_on_what_is_merely_said(
    world: Workspace, edit: Edit
) -> None:
    def unsourced() -> list[int]:
        found = declarations.check(open_case(world))
        return [f.line for f in found if f.rule == "registry-unsourced"]

    places = "graph/registry/places.ttl"
    named = 'rdfs:label "Sestry"@en ;\n    leg:ofPolity state:orvany'
    edit(places, f'{named} ;\n    dcterms:source "invented for the tests"@en .', f"{named} .")
    text = (world.root / places).read_text("utf-8")
    line = text[: text.index(named)].count("\n") + 2
    assert unsourced() == [line]
    fact = "{ place:sestry leg:ofPolity state:orvany . }\n"
    said = "<https://w3id.org/legation/id/content/sestry>"
    edit(OBSERVER, new=f"{said} {fact}")
    bearer = "statement:two-presidents-bury-a-quarrel"
    edit(OBSERVER, new=f"claim:strait-observer-2031-05-05-01 {{ {bearer} leg:content {said} . }}\n")
    assert unsourced() == [line]
    edit(OBSERVER, new=f"claim:strait-observer-2031-05-05-03 {fact}")
    assert unsourced() == []


def test_findings_are_sorted_and_told_once(world: Workspace, edit: Edit) -> None:
    edit(AGENCY, 'leg:quote "The treaty entered into force at once"', 'leg:quote "No"')
    edit(GAZETTE, "leg:status leg:complete", "leg:status leg:done")
    edit(OBSERVER, "leg:completeness leg:complete", "leg:completeness leg:whole")
    findings = judge(open_case(world)).findings
    assert list(findings) == sorted(set(findings), key=lambda f: f.order)
    assert [finding.file for finding in findings] == [GAZETTE, AGENCY, AGENCY, OBSERVER]
    assert judge(open_case(world)).findings == findings


def test_a_near_match_is_suggested(world: Workspace, edit: Edit) -> None:
    edit(AGENCY, "a leg:Summit", "a leg:Sumit")
    edit(AGENCY, '"The treaty entered into force at once"', '"The treaty entered in force at once"')
    edit(GAZETTE, "leg:status leg:complete", "leg:status leg:compleet")
    by_rule: dict[str, Finding] = {f.rule: f for f in judge(open_case(world)).findings}
    assert by_rule["unknown-class"].suggestion == "leg:Summit"
    assert by_rule["unknown-value"].suggestion == "leg:complete"
    assert by_rule["quote-not-verbatim"].suggestion == (
        "'The treaty entered into force at once' at 206-243"
    )


def test_a_retired_term_names_its_successor(world: Workspace, edit: Edit) -> None:
    edit(AGENCY, "a leg:Offer", "a leg:Invitation")
    edit(GAZETTE, "leg:sanctioned", "leg:witness")
    found = {f.rule: f for f in judge(open_case(world)).findings}
    assert found["unknown-class"].message == "leg:Invitation is retired: use leg:Offer"
    assert found["unknown-class"].suggestion == "leg:Offer"
    assert found["unknown-property"].message == "leg:witness is retired: use leg:observer"


def test_every_rule_has_a_failing_example(world: Workspace) -> None:
    """Shapes have theirs in test_shapes; the rest here, in test_logic, or among bad input."""
    here = Path(__file__).parent
    mutants = tomllib.loads((here / "mutants.toml").read_text("utf-8"))
    shown = {rule for m in mutants.values() for rule in (m["rule"], *m.get("several", ()))}
    words = "".join(path.read_text("utf-8") for path in here.glob("test_*.py"))
    words += (here.parent / "bad/told.csv").read_text("utf-8").replace(",", '"')
    known = [rule.id for rule in rules_of(open_case(world), logic=True)]
    untested = [
        rule
        for rule in known
        if not rule.startswith("shape-") and rule not in shown and f'"{rule}"' not in words
    ]
    assert untested == []
