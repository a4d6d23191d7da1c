"""The site of the tiny world, made once, behind a host of its own; and a browser that clicks."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, BinaryIO

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


class Tab:
    """A tab of a real browser, by the DevTools protocol: it loads pages, clicks and types."""

    def __init__(self, reads: BinaryIO, writes: BinaryIO) -> None:
        self._from, self._to = reads, writes
        self._last = 0
        self._session: str | None = None
        self.faults: list[str] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params: object) -> dict[str, Any]:
        self._last += 1
        told: dict[str, object] = {"id": self._last, "method": method, "params": params}
        if self._session:
            told["sessionId"] = self._session
        self._to.write(json.dumps(told).encode() + b"\0")
        self._to.flush()
        while True:
            heard = self._hear()
            if heard.get("id") == self._last:
                assert "error" not in heard, heard
                result: dict[str, Any] = heard["result"]
                return result

    def _hear(self) -> dict[str, Any]:
        data = bytearray()
        while (byte := self._from.read(1)) != b"\0":
            assert byte, "the browser went away"
            data += byte
        heard: dict[str, Any] = json.loads(data)
        params = heard.get("params", {})
        if heard.get("method") == "Log.entryAdded" and params["entry"]["level"] == "error":
            self.faults.append(params["entry"]["text"])
        if heard.get("method") == "Runtime.exceptionThrown":
            self.faults.append(str(params["exceptionDetails"]))
        self.loaded = self.loaded or heard.get("method") == "Page.loadEventFired"
        return heard

    loaded = False

    def go(self, address: str) -> None:
        self.loaded = False
        self.call("Page.navigate", url=address)
        while not self.loaded:
            self._hear()

    def run(self, script: str) -> Any:
        told = self.call(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    def wait(self, condition: str) -> Any:
        """What an expression gives once it gives something."""
        return self.run(
            "new Promise((done, fail) => { const began = Date.now(); const look = () => {"
            f" const is = ({condition}); if (is) done(is);"
            " else if (Date.now() - began > 60000) fail(new Error('waited in vain'));"
            " else requestAnimationFrame(look); }; look(); })"
        )

    def click(self, selector: str) -> None:
        at = self.wait(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)});"
            " if (!e) return null; e.scrollIntoView({block: 'center'});"
            " const b = e.getBoundingClientRect();"
            " return b.width ? [b.x + b.width / 2, b.y + b.height / 2] : null; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.call(
                "Input.dispatchMouseEvent",
                **{"type": kind, "x": at[0], "y": at[1], "button": "left", "clickCount": 1},
            )

    def type(self, text: str) -> None:
        self.call("Input.insertText", text=text)

    def press(self, name: str) -> None:
        code = {"Enter": 13, "ArrowDown": 40, "Escape": 27}[name]
        more = {"text": "\r"} if name == "Enter" else {}
        for kind in ("keyDown", "keyUp"):
            told = {"type": kind, "key": name, "code": name, "windowsVirtualKeyCode": code}
            self.call("Input.dispatchKeyEvent", **told, **(more if kind == "keyDown" else {}))


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    """One browser for all tests of the site."""
    if shutil.which("chromium") is None:
        pytest.skip("no chromium here")
    ends = [*os.pipe(), *os.pipe()]
    to_read, to_write, from_read, from_write = (fcntl.fcntl(e, fcntl.F_DUPFD, 20) for e in ends)
    for end in ends:
        os.close(end)
    words = "headless no-sandbox disable-gpu no-first-run disable-background-networking "
    words += "disable-component-update disable-sync remote-debugging-pipe"
    flags = [f"--{word}" for word in words.split()]
    flags.append(f"--user-data-dir={tmp_path_factory.mktemp('profile')}")
    # The browser reads from 3 and writes to 4.
    starting = f"import os, sys; os.dup2({to_read}, 3); os.dup2({from_write}, 4)"
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"{starting}; os.execvp(sys.argv[1], sys.argv[1:])",
            "chromium",
            *flags,
        ],
        pass_fds=(to_read, from_write),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(to_read)
    os.close(from_write)
    with os.fdopen(from_read, "rb") as reads, os.fdopen(to_write, "wb") as writes:
        try:
            yield Tab(reads, writes)
        finally:
            process.terminate()
            process.wait(30)


@pytest.fixture
def tab(browser: Tab) -> Iterator[Tab]:
    """The browser's tab, for one test; what its console told as a fault fails it."""
    browser.faults.clear()
    yield browser
    assert browser.faults == []


Read = Callable[[str], str]


@pytest.fixture(scope="session")
def read(made: dict[str, bytes]) -> Read:
    """A file of the site as text."""
    return lambda name: made[name].decode()
