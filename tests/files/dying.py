"""Run commands that die: each in a child that is killed just before its n-th change of the disk.

Reads jobs as JSON lines ``[folder, n, words]`` and answers each with ``[code, steps]``: the exit
code of the child, negative when killed, and how many changes it had begun. A file that is not
flushed yet is cut in half first, as after a loss of power.
"""

import contextlib
import gc
import json
import os
import signal
import sys
from pathlib import Path

import legation.checks.judging
import legation.desk.archive
import legation.desk.draft.drafting
import legation.desk.edit.identity
import legation.desk.founding
import legation.graph.exports
import legation.graph.workspace
import legation.views.network  # what is imported here need not be in each child
from legation.cli import main

CHANGING = {f"os.{name}" for name in "rename remove mkdir rmdir chmod truncate symlink".split()}
OPENED_TO_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Dying:
    """Counts the changes below a folder, and ends the process before one of them."""

    def __init__(self, folder: Path, number: int) -> None:
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

    def hear(self, event: str, words: tuple[object, ...]) -> None:
        is_change = event in CHANGING
        if event == "open" and isinstance(words[2], int):
            is_change = bool(words[2] & OPENED_TO_WRITE)
        if is_change and isinstance(words[0], str | os.PathLike):
            path = Path(os.path.abspath(words[0]))
            if path.is_relative_to(self.folder):
                self.step()


def child(folder: Path, number: int, words: list[str], report: int) -> None:
    """Run a command and tell how many steps it took, if it lives to tell."""
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


def run(folder: Path, number: int, words: list[str]) -> tuple[int, int]:
    """A command in a child of its own: its exit code and steps."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        child(folder, number, words, writing)
    os.close(writing)
    told = os.read(reading, 100)
    os.close(reading)
    _, status = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(status), int(told or number)


if __name__ == "__main__":
    legation.graph.workspace.read(legation.graph.workspace.bundled())  # nor read again in each
    gc.freeze()
    gc.disable()
    for line in sys.stdin:
        place, number, words = json.loads(line)
        sys.stdout.write(f"{json.dumps(run(Path(place).resolve(), number, words))}\n")
        sys.stdout.flush()
