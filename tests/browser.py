"""A real browser that loads pages, clicks and types: it starts once, for to start takes longest."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pytest


class Navigated(Exception):
    """The page went away while a script waited in it: a link led on."""


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
                if "navigated" in heard.get("error", {}).get("message", ""):
                    raise Navigated
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
        self.arrive()

    def arrive(self) -> None:
        """Wait for a page that is on its way since `loaded` was false."""
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
        try:
            return self.run(
                "new Promise((done, fail) => { const began = Date.now(); const look = () => {"
                f" const is = ({condition}); if (is) done(is);"
                " else if (Date.now() - began > 60000) fail(new Error('waited in vain'));"
                " else requestAnimationFrame(look); }; look(); })"
            )
        except Navigated:
            return self.wait(condition)

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

    def press(self, name: str, *, ctrl: bool = False, shift: bool = False) -> None:
        codes = {"Enter": 13, "ArrowDown": 40, "ArrowRight": 39, "Escape": 27, "Tab": 9}
        code = codes.get(name) or ord(name.upper())
        more = {"text": "\r"} if name == "Enter" else {} if name in codes else {"text": name}
        held = 2 * ctrl + 8 * shift
        for kind in ("keyDown", "keyUp"):
            told = {"type": kind, "key": name, "code": name, "windowsVirtualKeyCode": code}
            down = more if kind == "keyDown" else {}
            self.call("Input.dispatchKeyEvent", **told, **down, modifiers=held)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    """One browser for all tests."""
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


@pytest.fixture
def browse(browser: Tab, tmp_path: Path) -> Callable[[str], tuple[str, list[str]]]:
    """What a browser makes of a page: the document, and the faults that its console tells."""

    def browsed(page: str) -> tuple[str, list[str]]:
        file = tmp_path / "page.html"
        file.write_text(page, "utf-8")
        browser.faults.clear()
        browser.go(file.as_uri())
        document = str(browser.run("document.documentElement.outerHTML"))
        browser.run("localStorage.clear()")  # the next page knows nothing of this one
        return document, list(browser.faults)

    return browsed
