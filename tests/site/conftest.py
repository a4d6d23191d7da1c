"""The site of the tiny world, made once, behind a host of its own."""

import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from legation.graph import dataset, workspace
from legation.site import Holdings, Publication, engine, publication

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
def made(held: Holdings) -> Publication:
    """Its site, with the console where `make site` has fetched the engine."""
    return publication(held, engine())


@pytest.fixture(scope="session")
def host(made: Publication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site on a host, below a path that is not the host's root."""
    folder = tmp_path_factory.mktemp("host")
    for name, data in made.files.items():
        path = folder / "some" / "where" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/some/where/"
        server.shutdown()


Read = Callable[[str], str]


@pytest.fixture(scope="session")
def read(made: Publication) -> Read:
    """A file of the site as text."""
    return lambda name: made.files[name].decode()
