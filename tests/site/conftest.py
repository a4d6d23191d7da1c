"""The site of the tiny world, made once, behind a host of its own."""

import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from legation.graph import dataset, workspace
from legation.site import Holdings, engine, issue

SCRIPTS = """@prefix person: <https://w3id.org/legation/id/person/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
person:hana-reiss skos:altLabel "Хана Рейс"@ru .
"""


@pytest.fixture(scope="session")
def held(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Holdings:
    """What the tiny world holds, where one of its people has a name in another script, too."""
    folder = tmp_path_factory.mktemp("site") / "world"
    shutil.copytree(checkout / "tests" / "world", folder)
    (folder / "graph" / "registry" / "scripts.ttl").write_text(SCRIPTS, "utf-8")
    home = workspace.find(folder)
    return Holdings.of(dataset.build(workspace.read(home), home.rules), home)


@pytest.fixture(scope="session")
def folder(held: Holdings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its site, with the console where `make site` has fetched the engine."""
    folder = tmp_path_factory.mktemp("host") / "some" / "where"
    issue(held, engine(), folder)
    return folder


@pytest.fixture(scope="session")
def made(folder: Path) -> dict[str, bytes]:
    """The files of the site by their paths."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="session")
def host(folder: Path) -> Iterator[str]:
    """The address of the site on a host, below a path that is not the host's root."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Quiet, directory=str(folder.parent.parent))
    ) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/some/where/"
        server.shutdown()


Read = Callable[[str], str]


@pytest.fixture(scope="session")
def read(made: dict[str, bytes]) -> Read:
    """A file of the site as text."""
    return lambda name: made[name].decode()
