"""What all tests share: how thoroughly to sample, and the same sample on every machine."""

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("sampled", derandomize=True, database=None, deadline=None)
settings.register_profile("thorough", settings.get_profile("sampled"), max_examples=5000)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--thorough", action="store_true", help="run every sampled case instead of a few of each"
    )


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("thorough" if config.getoption("--thorough") else "sampled")


@pytest.fixture(scope="session")
def thorough(request: pytest.FixtureRequest) -> bool:
    """Whether to run all cases of a slow test (`make nightly`) instead of a sample."""
    return bool(request.config.getoption("--thorough"))


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The root of the repository."""
    return Path(__file__).resolve().parents[1]
