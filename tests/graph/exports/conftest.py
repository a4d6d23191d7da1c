"""The reference graph and the test world as they are published, built once."""

from pathlib import Path

import pytest

from legation.graph import exports, workspace
from legation.graph.dataset import Dataset, build
from legation.graph.exports import Edition
from legation.graph.record import Record
from legation.graph.workspace import Workspace


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
def built(
    place: Workspace, edition: Edition, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    out = tmp_path_factory.mktemp("built") / "dist"
    exports.write_all(edition, out, workspace=place)
    return out
