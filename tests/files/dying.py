"""Run commands that die: each in a child that is killed just before its n-th change of the world.

Reads jobs as JSON lines ``[folder, n, words]`` and answers each with ``[code, steps, status]``: the
exit code of the child, negative when killed, how many changes of the disk or requests it had begun,
and what a desk answered to the deed that stands behind its name (0, where nothing). A file that is
not flushed yet is cut in half first, as after a loss of power, and so is what is being sent. Where
n is a fraction the child is killed so many seconds after it has begun, wherever it is; where it is
"offline", as soon as it opens a socket; where it is "full", no file takes a byte more.
"""

import contextlib
import gc
import http.client
import json
import os
import resource
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Timer
from typing import Any
from urllib.parse import urlsplit

import legation.checks.judging
import legation.desk.archive
import legation.desk.draft.drafting
import legation.desk.edit.identity
import legation.desk.founding
import legation.graph.exports
import legation.graph.workspace
import legation.store.push
import legation.views.network  # what is imported here need not be in each child
from legation.cli import main

from .offline import forbid_sockets

CHANGING = {f"os.{name}" for name in "rename remove mkdir rmdir chmod truncate symlink".split()}
OPENED_TO_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Dying:
    """Counts the changes below a folder, and ends the process before one of them."""

    def __init__(self, folder: Path, number: object) -> None:
        self.folder = folder
        self.number = number
        self.steps = 0
        self.fsync = os.fsync
        os.fsync = self.flush

    def step(self) -> None:
        if self.steps == self.number:
            os.kill(os.getpid(), signal.SIGKILL)
        self.steps += 1

    def flush(self, handle: int) -> None:
        if self.steps == self.number:
            with contextlib.suppress(OSError):
                os.ftruncate(handle, os.fstat(handle).st_size // 2)
        self.step()
        self.fsync(handle)

    def hear(self, event: str, words: tuple[Any, ...]) -> None:
        if event == "http.client.send":
            if self.steps == self.number:
                words[0].sock.sendall(words[1][: len(words[1]) // 2])
            self.step()
        is_change = event in CHANGING
        if event == "open" and isinstance(words[2], int):
            is_change = bool(words[2] & OPENED_TO_WRITE)
        if is_change and isinstance(words[0], str | os.PathLike):
            path = Path(os.path.abspath(words[0]))
            if path.is_relative_to(self.folder):
                self.step()


def child(folder: Path, number: object, words: list[str], report: int) -> None:
    """Run a command and tell how many steps it took, if it lives to tell."""
    if number == "offline":
        forbid_sockets()
    elif number == "full":
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    os.chdir(folder)
    sys.argv = ["legation", *words]
    dying = Dying(folder.parent, number)
    sys.addaudithook(dying.hear)
    code = 0
    try:
        main()
    except SystemExit as end:
        code = int(end.code or 0)
    os.write(report, str(dying.steps).encode())
    os._exit(code)


def done_at_desk(address: str, path: str, given: dict[str, object]) -> int:
    """Do a deed to an article as it is now; how that was answered, 0 where it was not."""
    place = urlsplit(address)
    own = {"Origin": f"http://{place.netloc}", "Content-Type": "application/json"}
    desk = http.client.HTTPConnection(place.netloc)
    with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(desk):
        if path != "add":
            desk.request("GET", f"{place.path}{path.rpartition('/')[0]}/sheet")
            given = {"sha": json.load(desk.getresponse())["sha"], **given}
        desk.request("POST", f"{place.path}{path}", json.dumps(given), own)
        return desk.getresponse().status
    return 0


def run(folder: Path, number: object, words: list[Any]) -> tuple[int, int, int]:
    """A command in a child of its own: its exit code and steps, and the answer of a desk."""
    (reading, report), (hearing, saying) = os.pipe(), os.pipe()
    deed, words = ([], words) if isinstance(words[-1], str) else (words[1:], words[:1])
    process = os.fork()
    if process == 0:
        nowhere = os.open(os.devnull, os.O_RDWR)
        os.dup2(nowhere, 0)
        os.dup2(saying if deed else nowhere, 1)
        os.dup2(nowhere if deed or number == "full" else 2, 2)  # which may be a file
        child(folder, number, words, report)
    os.close(report)
    os.close(saying)
    with open(hearing, encoding="utf-8") as heard:
        address = heard.readline() if deed else ""
        with killed_after(process, number):
            status = done_at_desk(address.split()[2], *deed) if address else 0
            if deed:
                os.kill(process, signal.SIGINT)
            told = os.read(reading, 100)
    os.close(reading)
    _, ended = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(ended), int(told or 0), status


@contextlib.contextmanager
def killed_after(process: int, seconds: object) -> Iterator[None]:
    """Kill a process after so many seconds, where it is a number of these, unless it has ended."""
    if not isinstance(seconds, float):
        yield
        return
    timer = Timer(seconds, os.kill, (process, signal.SIGKILL))
    timer.start()
    yield
    timer.cancel()
    timer.join()


if __name__ == "__main__":
    legation.graph.workspace.read(legation.graph.workspace.bundled())  # nor read again in each
    legation.store.push.PART = 200  # for many a moment to be killed at
    with contextlib.suppress(ModuleNotFoundError):
        import legation.serve.chancery
        import legation.serve.listening
    gc.freeze()
    gc.disable()
    for line in sys.stdin:
        place, number, words = json.loads(line)
        sys.stdout.write(f"{json.dumps(run(Path(place).resolve(), number, words))}\n")
        sys.stdout.flush()
