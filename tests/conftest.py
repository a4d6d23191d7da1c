"""What all tests share: how thoroughly to sample, and the same sample on every machine."""

import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
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


HOSTILE: dict[str, str] = json.loads(Path(__file__).with_name("hostile.json").read_text("utf-8"))


@pytest.fixture(params=HOSTILE.values(), ids=list(HOSTILE))
def hostile(request: pytest.FixtureRequest) -> str:
    """A text that tries to act where it is shown, each of `hostile.json` in turn."""
    return str(request.param)


@pytest.fixture(scope="session")
def all_hostile() -> str:
    """All of `hostile.json` in one text."""
    return " ".join(HOSTILE.values())


@pytest.fixture(scope="session")
def thorough(request: pytest.FixtureRequest) -> bool:
    """Whether to run all cases of a slow test (`make nightly`) instead of a sample."""
    return bool(request.config.getoption("--thorough"))


@pytest.fixture
def browse(tmp_path: Path) -> Callable[[str], tuple[str, list[str]]]:
    """What a browser makes of a page: the document, and the lines of its console."""
    if shutil.which("chromium") is None:
        pytest.skip("no chromium here")

    def browsed(page: str) -> tuple[str, list[str]]:
        file = tmp_path / "page.html"
        file.write_text(page, "utf-8")
        words = "headless no-sandbox disable-gpu no-first-run disable-background-networking "
        words += "disable-component-update disable-sync enable-logging=stderr dump-dom"
        flags = [
            *(f"--{word}" for word in words.split()),
            f"--user-data-dir={tmp_path / 'profile'}",
        ]
        command = ["chromium", *flags, file.as_uri()]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
        return done.stdout, [line for line in done.stderr.splitlines() if "CONSOLE" in line]

    return browsed


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The root of the repository."""
    return Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str


Command = Callable[..., Ran]


@pytest.fixture
def command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Command:
    """Run ``legation`` in a folder: ``command(folder, "draft", "slug")``."""
    from legation.cli import main

    def run(folder: Path, *arguments: str, stdin: bytes = b"") -> Ran:
        monkeypatch.chdir(folder)
        monkeypatch.setattr(sys, "argv", ["legation", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8"))
        code = 0
        try:
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return run


@pytest.fixture
def own(command: Command, tmp_path: Path) -> Path:
    """A fresh workspace of one's own, on a base IRI of its own."""
    ran = command(tmp_path, "new", "own", "--base", "https://own.example/")
    assert ran.code == 0, ran.err
    return tmp_path / "own"
