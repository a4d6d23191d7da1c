"""The reference graph and the test world, built once; and the world with something said in it."""

from pathlib import Path

import pytest

from legation.graph import exports, workspace
from legation.graph.dataset import Dataset, build
from legation.graph.exports import Edition
from legation.graph.record import Record
from legation.graph.workspace import Workspace

GAZETTE = "graph/articles/halm-gazette-2031-05-07.trig"
SAID = """
@prefix content: <https://w3id.org/legation/id/content/> .

content:merovia-flew-the-drone {
    event:drone-flight-as-said a leg:Incident ;
        leg:participant state:merovia ;
        leg:place place:brack .
}
"""


@pytest.fixture
def said(world: Path) -> Path:
    """The world, in which Voss says and Grau denies that Merovia flew the drone."""
    file = world / GAZETTE
    text = file.read_text("utf-8")
    for words in ("accused Merovia of flying the drone", "No drone of ours was there"):
        old = f'leg:text "{words}" ;'
        assert text.count(old) == 1
        text = text.replace(old, f"{old}\n        leg:content content:merovia-flew-the-drone ;")
    begin = "accused Merovia of flying the drone"
    lean = " ;\n    leg:basis leg:resolved ;\n    leg:leansOn claim:halm-gazette-2031-05-07-04 .\n"
    text = text.replace(f'{begin}" .\n', f'{begin}"{lean}', 1)
    head, name, rest = text.partition("\nclaim:halm-gazette-2031-05-07-11 ")
    prefix, _, graph = SAID.strip().partition("\n\n")
    at = head.index("@prefix dcterms:")
    text = f"{head[:at]}{prefix}\n{head[at:]}\n{graph}\n{name}{rest}"
    file.write_text(text, "utf-8")
    events = world / "graph/registry/events.ttl"
    label = 'event:drone-flight-as-said rdfs:label "flight of the drone, as said"@en .\n'
    events.write_text(f"{events.read_text('utf-8')}\n{label}", "utf-8")
    return world


@pytest.fixture(scope="session", params=["reference", "world"])
def place(request: pytest.FixtureRequest, checkout: Path) -> Workspace:
    """The reference graph, and the test world."""
    return workspace.find(checkout if request.param == "reference" else checkout / "tests/world")


@pytest.fixture(scope="session")
def record(place: Workspace) -> Record:
    return workspace.read(place)


@pytest.fixture(scope="session")
def dataset(place: Workspace, record: Record) -> Dataset:
    return build(record, place.rules)


@pytest.fixture(scope="session")
def edition(place: Workspace, dataset: Dataset) -> Edition:
    return exports.edition_of(dataset, place)


@pytest.fixture(scope="session")
def built(place: Workspace, edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("built") / "dist"
    exports.write_all(edition, out, workspace=place)
    return out
