"""One server over the tiny world, started once; and requests as they are sent."""

import http.client
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from legation.serve.served import ServedGraph


LEGATION = [sys.executable, "-c", "from legation.cli import main; main()"]


@dataclass(frozen=True)
class Server:
    """A running `legation serve`: where it listens, what it logs to, and its process."""

    port: int
    log: Path
    process: "subprocess.Popen[str]"

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@dataclass(frozen=True)
class Got:
    """An answer: status, headers by small letters, body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def kind(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


Get = Callable[..., Got]


@pytest.fixture(scope="session")
def holding(checkout: Path) -> "ServedGraph":
    """The same graph as it is served, in this process."""
    from legation.serve.served import served

    return served(checkout / "tests" / "world")


@pytest.fixture(scope="session")
def endpoint_extra() -> None:
    """Skip where nothing listens."""
    pytest.importorskip("starlette", reason="the endpoint needs legation[serve]")
    pytest.importorskip("uvicorn", reason="the endpoint needs legation[serve]")


@pytest.fixture(scope="session")
def server(
    endpoint_extra: None, checkout: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """`legation serve` on a port of its own: two couriers, three seconds, 128 MB."""
    log = tmp_path_factory.mktemp("served") / "log"
    words = ["serve", "-w", str(checkout / "tests" / "world"), "--port", "0"]
    limits = ["--workers", "2", "--timeout", "3", "--memory", "128"]
    with log.open("w") as stderr:
        command = [*LEGATION, *words, *limits]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=stderr, text=True)
    with process:
        assert process.stdout is not None
        said = process.stdout.readline()
        assert "http://127.0.0.1:" in said, log.read_text()
        yield Server(int(said.split("127.0.0.1:")[1].split("/")[0]), log, process)
        process.terminate()


@pytest.fixture(scope="session")
def get(server: Server) -> Get:
    """Send one request, follow nothing: ``get(path, "POST", body, Accept="text/csv")``."""

    def sent(
        path: str, method: str = "GET", body: str | bytes | None = None, **headers: str
    ) -> Got:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        data = body.encode() if isinstance(body, str) else body
        try:
            connection.request(method, path, data, named)
            answer = connection.getresponse()
            lowered = {name.lower(): value for name, value in answer.getheaders()}
            return Got(answer.status, lowered, answer.read())
        finally:
            connection.close()

    return sent
