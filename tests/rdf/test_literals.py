"""How a store writes a literal changes neither what proves it nor what is read from it."""

import json
import shutil
from pathlib import Path

import pytest
from pyoxigraph import Literal

import legation
from legation.errors import UsageError
from legation.knowledge import KnowledgeGraph
from legation.rdf.vocabulary import XSD

GAZETTE = "graph/articles/halm-gazette-2031-05-07.trig"
VALUES = {
    "decimal": Literal("1.700", datatype=XSD.decimal),
    "integer": Literal("007", datatype=XSD.integer),
    "boolean": Literal("1", datatype=XSD.boolean),
    "date": Literal("2031-05-05Z", datatype=XSD.date),
    "tag": Literal("Ten", language="EN-gb"),
    "text": Literal("1.700"),
}


@pytest.fixture(scope="module")
def kg(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    world = tmp_path_factory.mktemp("literals") / "world"
    shutil.copytree(checkout / "tests" / "world", world)
    written = " , ".join(map(str, VALUES.values()))
    with (world / GAZETTE).open("a", encoding="utf-8") as file:
        file.write(
            f"\nclaim:halm-gazette-2031-05-07-01 {{ event:literals leg:extent {written} . }}\n"
        )
    return legation.open(world)


@pytest.mark.parametrize("value", VALUES.values(), ids=list(VALUES))
def test_a_literal_is_proved_as_it_was_written(kg: KnowledgeGraph, value: Literal) -> None:
    assert len(kg.evidence("event:literals", "leg:extent", value)) == 1


def test_a_literal_nobody_wrote_is_not_proved(kg: KnowledgeGraph) -> None:
    other = Literal("1.701", datatype=XSD.decimal)
    assert kg.evidence("event:literals", "leg:extent", other) == ()


@pytest.mark.parametrize("number", ["INF", "-INF", "NaN"])
def test_what_json_has_no_number_for_is_text(kg: KnowledgeGraph, number: str) -> None:
    answer = kg.query(f"SELECT (xsd:double('{number}') AS ?x) {{}}")
    read = json.loads(answer.to_json(), parse_constant=lambda name: pytest.fail(name))
    assert read["rows"] == [{"x": number}]


def test_an_answer_without_columns_draws_nothing(kg: KnowledgeGraph) -> None:
    with pytest.raises(UsageError, match="its columns: none"):
        kg.query("SELECT * {} LIMIT 0").plot()
