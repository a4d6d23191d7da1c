"""What a model is shown as an example stands the trial that its own proposals will meet."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from legation.desk.archive import Particulars, add
from legation.desk.draft.drafting import draft
from legation.desk.draft.model import Relayed
from legation.graph import workspace

TASK = files("legation.desk.draft").joinpath("task.md").read_text("utf-8")
EXAMPLES = re.split(r"(?m)^## (?:First|Second) example\n", TASK)[1:]
CLASSES = {"person": "leg:Person", "state": "leg:State", "body": "leg:MediaOutlet"}


@pytest.mark.parametrize("example", EXAMPLES, ids=["first", "second"])
def test_every_claim_of_an_example_is_offered(own: Path, example: str) -> None:
    entries = ["@prefix leg: <https://w3id.org/legation/ns#> ."]
    entries.append("@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .")
    for label, kind, slug in re.findall(r"([\w ]+) = (\w+):([\w-]+)", example.split("\n")[0]):
        iri = f"<https://own.example/{kind}/{slug}>"
        name = label.removeprefix("Names ").strip()
        entries.append(f'{iri} a {CLASSES[kind]} ; rdfs:label "{name}"@en .')
    (own / "graph/registry/example.ttl").write_text("\n".join(entries), "utf-8")
    text = "\n\n".join(re.findall(r'(?m)^\d+\. "(.*)"$', example))
    (own.parent / "example.txt").write_text(text, "utf-8")
    published = re.search(r"Published: (\S+)", example)
    assert published is not None
    said = Particulars(title="x", published=published[1], language="en", slug="example")
    home = workspace.find(own)
    add(home, str(own.parent / "example.txt"), said=said)
    done = draft(home, "example", suggesters=[Relayed(example, "example", home)], write=False)
    assert done.refused == ()
    assert done.proposals == len(re.findall(r'"id": |"reason": ', example))
