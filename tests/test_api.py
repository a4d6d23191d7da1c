"""Every public name explains itself, and its example runs (with the doctests of ``src``)."""

import dataclasses
import inspect
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import legation
from legation import answer, errors, knowledge, notebook
from legation.answer import framed, question
from legation.graph import registry
from legation.knowledge import viewed

FRONT = [
    knowledge.open,
    knowledge.KnowledgeGraph,
    viewed.Viewed,
    answer.Answer,
    answer.Candidates,
    answer.Entity,
    answer.Evidence,
    answer.Explanation,
    framed.Framed,
    answer.Passages,
    answer.Questions,
    answer.Row,
    question.Param,
    question.Question,
    registry.Candidate,
    notebook.load_ipython_extension,
    notebook.Desk,
]
"""What a researcher holds: what ``legation`` offers, and whatever that returns."""

ERRORS = [
    value
    for value in vars(errors).values()
    if inspect.isclass(value) and issubclass(value, errors.LegationError)
]


def _members() -> Iterator[tuple[str, object, type | None]]:
    """Every public name of the front door, with the class it belongs to."""
    for thing in FRONT:
        yield thing.__name__, thing, None
        if isinstance(thing, type):
            for name, member in vars(thing).items():
                called = getattr(member, "__func__", member)
                acts = inspect.isfunction(called) or hasattr(member, "__get__")
                if acts and not name.startswith("_") and not inspect.ismemberdescriptor(member):
                    yield f"{thing.__name__}.{name}", called, thing


MEMBERS = {name: (thing, owner) for name, thing, owner in _members()}


def _doc(thing: object) -> str:
    return inspect.getdoc(thing) or ""


@pytest.mark.parametrize("name", MEMBERS)
def test_a_public_name_has_an_example_that_runs(name: str) -> None:
    thing, owner = MEMBERS[name]
    own_example = ">>>" in _doc(thing)
    short = name.rpartition(".")[2]
    in_class = owner is not None and any(
        f".{short}" in line for line in _doc(owner).splitlines() if line.lstrip().startswith(">>>")
    )
    assert own_example or in_class


@pytest.mark.parametrize("name", [n for n, (t, _) in MEMBERS.items() if inspect.isfunction(t)])
def test_a_public_function_documents_what_it_takes_gives_and_raises(name: str) -> None:
    function, _ = MEMBERS[name]
    assert inspect.isfunction(function)
    doc = _doc(function)
    signature = inspect.signature(function)
    taken = [p for p in signature.parameters if p not in ("self", "cls")]
    missing = [p for p in taken if f"{p}:" not in doc]
    assert missing == []
    assert signature.return_annotation in (None, "None") or "Returns:" in doc
    assert _never_fails(name) or "Raises:" in doc


def _never_fails(name: str) -> bool:
    """Writing out or naming what is already there cannot fail."""
    return name.startswith(("Evidence.", "Explanation.")) or name in {
        "Answer.to_csv",
        "Answer.to_dict",
        "Answer.to_json",
        "Answer.to_markdown",
        "Desk.complete",
    }


@pytest.mark.parametrize(
    "name", [n for n, (t, _) in MEMBERS.items() if dataclasses.is_dataclass(t)]
)
def test_a_public_value_documents_its_fields(name: str) -> None:
    thing, _ = MEMBERS[name]
    assert dataclasses.is_dataclass(thing)
    assert [f.name for f in dataclasses.fields(thing) if f"{f.name}:" not in _doc(thing)] == []


@pytest.mark.parametrize("error", ERRORS)
def test_every_error_says_when_it_is_raised(error: type) -> None:
    assert error.__doc__ is not None
    assert error.__name__ in (errors.__doc__ or "")


def test_the_reference_is_built_by_one_command_without_a_network(
    tmp_path: Path, thorough: bool
) -> None:
    pytest.importorskip(
        "pdoc", reason="the reference is written by pdoc: pip install 'legation[docs]'"
    )
    rooms = ["legation", "!legation.cli"] if thorough else ["legation.knowledge", "legation.answer"]
    command = [sys.executable, "-m", "pdoc", *rooms, "--docformat", "google"]
    subprocess.run([*command, "--output-directory", tmp_path], check=True, capture_output=True)
    page = (tmp_path / "legation" / "knowledge.html").read_text("utf-8")
    assert "who_attended" in page
    assert 'src="http' not in page and '<link rel="stylesheet" href="http' not in page


def test_the_front_door_offers_what_it_says() -> None:
    assert set(dir(legation)) >= {
        "Answer",
        "KnowledgeGraph",
        "LegationError",
        "open",
        "__version__",
    }
    assert all(getattr(legation, name) is not None for name in dir(legation))


def test_a_question_or_query_that_goes_on_is_ended_where_a_deadline_is_given(
    checkout: Path,
) -> None:
    kg = legation.open(checkout / "tests" / "world", seconds=0.5)
    with pytest.raises(errors.UsageError, match=r"longer than 0\.5 seconds"):
        kg.query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    with pytest.raises(errors.UsageError, match="has no parameter 'nobody'"):
        kg.ask("visits", nobody="x")
    assert kg.query("ASK { ?who a leg:Person }").rows[0].cells == (True,)
