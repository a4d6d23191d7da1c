"""What the tiny world tells is found by questions, and the rows are those a reader expects.

The CSV files in ``tests/answer/world/`` were reviewed by hand against the articles of the world.
When it changes, ``python tests/answer/test_world.py`` writes them anew; review the diff.
"""

from pathlib import Path

import pytest
from pyoxigraph import NamedNode

import legation
from legation.answer import written
from legation.answer.sheet import csv_text
from legation.graph import workspace
from legation.graph.dataset import build
from legation.rdf.vocabulary import LEG, RDF
from legation.store import LocalStore

PLACE = workspace.find(Path(__file__).resolve().parents[1] / "world")
WORLD = legation.open(PLACE.root)
STORE = LocalStore(build(workspace.read(PLACE), PLACE.rules).quads)
EXPECTED = Path(__file__).resolve().parent / "world"
REVIEWED = (
    "before_after citations conditions contents dealings disagreements forces foundings "
    "honours kin letters mechanisms members_of messages missions numbered office_holders plans "
    "realized recognitions relations representatives sanctions signatories statements transfers "
    "visits votes whereabouts who_attended"
).split()
OF_ANYTHING = set(
    "about article_says attribution before_after corroborated hearsay "
    "only_according_to reckoned search sources_of things timeline whereabouts".split()
)
"""Questions about whatever is there: to be found by these alone is not to be asked for."""


def rows(name: str) -> str:
    """The answer to a question on the world, as it is read, in CSV."""
    answer = WORLD.ask(name, evidence=False)
    return csv_text(answer.headings, [list(map(written, line)) for line in answer.lines])


@pytest.mark.parametrize("name", REVIEWED)
def test_the_world_answers_as_reviewed(name: str) -> None:
    assert rows(name) == (EXPECTED / f"{name}.csv").read_text("utf-8")


def test_every_reviewed_answer_is_of_a_question() -> None:
    assert [path.stem for path in sorted(EXPECTED.glob("*.csv"))] == REVIEWED


def test_every_deed_and_word_of_the_world_is_found_by_a_question_of_its_kind() -> None:
    found = {
        term.value
        for name in WORLD.questions.keys() - OF_ANYTHING
        for row in STORE.select(WORLD.questions[name].body)
        for term in row
        if isinstance(term, NamedNode)
    }
    assert _told() - found == set()


def _told() -> set[str]:
    """Each event, statement, plan and instrument that a claim of a complete article types."""
    record = workspace.read(PLACE)
    kinds = {
        kind
        for top in (LEG.Event, LEG.Statement, LEG.Plan, LEG.Instrument)
        for kind in PLACE.ontology.subclasses(top)
    }
    return {
        triple.subject.value
        for claim in record.claims
        if not claim.iri.value.rpartition("/")[2].startswith("narrows-post")
        for triple in claim.triples
        if triple.predicate == RDF.type and triple.object in kinds
    }


if __name__ == "__main__":
    EXPECTED.mkdir(exist_ok=True)
    for question in REVIEWED:
        (EXPECTED / f"{question}.csv").write_text(rows(question), "utf-8")
