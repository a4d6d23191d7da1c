"""Terms of a workspace's own: as good as Legation's in every check, question and network."""

import re
import shutil
from pathlib import Path

import pytest

import legation
from legation.knowledge import KnowledgeGraph

DATA = Path(__file__).parent
INSPECTION = "inspection of the locks at Port Selden"


@pytest.fixture
def uncommented(own: Path) -> Path:
    """A fresh workspace in which the examples of ``ontology/own.ttl`` are taken up."""
    terms = own / "ontology" / "own.ttl"
    terms.write_text(re.sub(r"^# ?", "", terms.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    return own


@pytest.fixture
def locks(uncommented: Path) -> Path:
    """That workspace with an article that needs its own terms."""
    graph = uncommented / "graph"
    shutil.copy(DATA / "selden-locks.txt", graph / "sources")
    shutil.copy(DATA / "selden-locks.trig", graph / "articles")
    shutil.copy(DATA / "names.ttl", graph / "registry")
    return uncommented


@pytest.fixture
def kg(locks: Path) -> KnowledgeGraph:
    return legation.open(locks)


def test_the_example_terms_of_a_fresh_workspace_are_accepted(command, uncommented: Path) -> None:
    checked = command(uncommented, "check")
    assert (checked.code, checked.err) == (0, "")
    assert "no findings" in checked.out


def test_what_is_said_with_them_is_accepted_and_laid_out(command, locks: Path) -> None:
    checked = command(locks, "check")
    assert "no findings" in checked.out, checked.out
    assert command(locks, "format", "--check").code == 0
    assert command(locks, "build").code == 0


def test_two_values_of_an_own_single_valued_property_contradict(command, locks: Path) -> None:
    article = locks / "graph" / "articles" / "selden-locks.trig"
    text = article.read_text("utf-8")
    acknowledged = " ;\n    leg:conflictsWith claim:selden-locks-01 ."
    assert text.count(acknowledged) == 1
    article.write_text(text.replace(acknowledged, " ."), "utf-8")
    checked = command(locks, "check")
    assert checked.code == 1
    assert "has another own:lockCount" in checked.out


def test_an_act_belongs_to_the_class_that_it_names(command, locks: Path) -> None:
    article = locks / "graph" / "articles" / "selden-locks.trig"
    text = article.read_text("utf-8")
    assert text.count("a leg:InstrumentAct") == 1
    article.write_text(text.replace("a leg:InstrumentAct", "a leg:RelationsAct"), "utf-8")
    assert "[shape-diplomatic-act]" in command(locks, "check").out


def test_an_own_act_has_its_step_in_the_life_of_an_instrument(command, locks: Path) -> None:
    article = locks / "graph" / "articles" / "selden-locks.trig"
    text = article.read_text("utf-8")
    assert text.count("leg:act own:tabled") == 1
    signing = """    event:selden-convention-signing a leg:InstrumentAct ;
        leg:act leg:signed ;
        leg:instrument instrument:selden-convention ;
        leg:date "2026-03-04"^^edtf:EDTF .
    instrument:selden-convention a leg:Agreement ."""
    article.write_text(text.replace("    instrument:selden-convention a leg:Agreement .", signing))
    found = "comes before the instrument was tabled"
    assert found in command(locks, "check").out
    terms = locks / "ontology" / "own.ttl"
    terms.write_text(terms.read_text("utf-8").replace("leg:sequence 1", "leg:sequence 4"), "utf-8")
    assert found not in command(locks, "check").out


def test_an_own_role_attends_an_own_gathering(kg: KnowledgeGraph) -> None:
    rows = kg.ask("who_attended", event=INSPECTION)
    assert {(str(row["who"]), str(row["role"])) for row in rows.rows} == {
        ("Selden River Commission", "host"),
        ("Ilse Marrow", "attendee"),
        ("Tomas Brandt", "attendee"),
        ("Iva Rem", "interpreter"),
    }
    assert all(row.evidence for row in rows.rows)


def test_an_own_role_is_in_the_company_of_others(kg: KnowledgeGraph) -> None:
    rows = kg.ask("co_attendance", person="Iva Rem").rows
    assert {str(row["with"]) for row in rows} == {
        *("Selden River Commission", "Ilse Marrow", "Tomas Brandt")
    }


def test_own_events_and_acts_stand_in_time(kg: KnowledgeGraph) -> None:
    listed = kg.ask("timeline", since="2026-03-05").rows
    assert [str(row["event"]) for row in listed] == ["tabling of the Selden Convention", INSPECTION]
    assert [(e.label, e.kind) for e in kg.timeline(since="2026-03-05").entries] == [
        (INSPECTION, "inspection"),
        ("tabling of the Selden Convention", "instrument act: tabled"),
    ]
    (treaty,) = kg.ask("treaties", party="Arvenia").rows
    assert str(treaty["act"]) == "tabled"


@pytest.mark.parametrize("view", ["attendance", "co_attendance", "everything"])
def test_an_own_role_links_in_a_network(kg: KnowledgeGraph, view: str) -> None:
    graph = kg.network(view)
    rem = next(n for n, data in graph.nodes(data=True) if data["label"] == "Iva Rem")
    assert graph.degree(rem) > 0


def test_things_of_own_classes_look_like_what_their_class_is_below_of(kg: KnowledgeGraph) -> None:
    groups = {d["label"]: d["group"] for _, d in kg.network("attendance").nodes(data=True)}
    assert groups["Selden River Commission"] == "body"
    assert groups[INSPECTION] == "event"


def test_every_list_of_roles_takes_in_the_own_one(kg: KnowledgeGraph) -> None:
    term = "<https://own.example/ns#interpreter>"
    asked = {name for name, question in kg.questions.items() if term in question.body}
    assert asked == {"plans", "who_attended"}


def test_a_qualified_own_role_is_found_where_only_legations_shapes_judge(
    command, locks: Path
) -> None:
    assert "sh:" not in (locks / "ontology" / "shapes" / "own.ttl").read_text("utf-8")
    article = locks / "graph" / "articles" / "selden-locks.trig"
    text = article.read_text("utf-8").replace(
        "@prefix person:",
        "@prefix participation: <https://own.example/participation/> .\n@prefix person:",
    )
    role = "own:interpreter person:iva-rem ;\n"
    assert text.count(role) == 1
    text = text.replace(
        role, f"{role}        leg:participation participation:iva-rem-interprets ;\n"
    ).replace(
        "leg:attendee person:ilse-marrow, person:tomas-brandt .",
        """leg:attendee person:ilse-marrow, person:tomas-brandt .
    participation:iva-rem-interprets a leg:Participation ;
        leg:agent person:iva-rem ;
        leg:role own:interpreter .""",
    )
    article.write_text(text, "utf-8")
    assert "participation-without-role" not in command(locks, "check").out
    article.write_text(text.replace(role, ""), "utf-8")
    assert "participation-without-role" in command(locks, "check").out


def test_an_own_question_by_own_terms_may_find_nothing(locks: Path) -> None:
    (locks / "queries" / "answers" / "interpreters.rq").write_text(
        "#+ summary: Who interpreted at what?\n"
        "#+ param: who Agent who interpreted\n"
        "#+ columns: event who locks\n"
        "PREFIX own: <https://own.example/ns#>\n"
        "SELECT ?event ?who ?locks\n"
        "WHERE { ?event own:interpreter ?who ; own:lockCount ?locks }\n",
        "utf-8",
    )
    asked = legation.open(locks).ask("interpreters", who="Ilse Marrow")
    assert not asked.rows
    assert asked.columns == ("event", "who", "locks")
