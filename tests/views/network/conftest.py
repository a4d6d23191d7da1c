"""The two graphs whose networks are tested: the reference graph and the tiny world."""

from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest

import legation
from legation.graph import workspace
from legation.knowledge import KnowledgeGraph

VIEWS = sorted(path.stem for path in workspace.bundled().view_files)

Net = Callable[..., "nx.Graph[str]"]


@pytest.fixture(scope="session")
def world(checkout: Path) -> KnowledgeGraph:
    return legation.open(checkout / "tests" / "world")


@pytest.fixture(params=VIEWS, scope="session")
def graph(request: pytest.FixtureRequest, kg: KnowledgeGraph) -> "nx.Graph[str]":
    """Every view of the reference graph, one after another."""
    return kg.network(request.param)
