"""The files of a large site in as many processes as there are cores.

Invariant: what is written is the same in one process and in several. Each is a fork, which has the
graph as it stands; where one dies, or the system does not fork, its share is written here.
"""

import hashlib
import multiprocessing
import os
from collections.abc import Callable, Mapping, Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import cast

from legation.files.folder import lay

Job = Callable[[], Mapping[str, bytes]]
"""What makes some files: their bytes by path."""

Sums = dict[str, tuple[str, int]]
"""The SHA-256 and size of each file, by path."""

_FEW = 1_500  # jobs, for which another process is not worth its start


def processes(jobs: int) -> int:
    """How many processes are worth their start."""
    can_fork = "fork" in multiprocessing.get_all_start_methods()
    return (os.cpu_count() or 1) if jobs >= _FEW and can_fork else 1


def printed(jobs: Sequence[Job], folder: Path, cores: int) -> Sums:
    """Write the files of all jobs below a folder in which theirs are made; what was written."""
    made = _written(jobs[-1:], folder)  # what is worked out when first needed, each fork then has
    shares = [jobs[n:-1:cores] for n in range(cores)]
    others = [(_at_work(share, folder), share) for share in shares[1:]]
    made |= _written(shares[0], folder)
    for (work, wire), share in others:
        try:
            made |= cast(Sums, wire.recv())
        except EOFError:  # it was killed, or failed as its share will fail here
            made |= _written(share, folder)
        work.join()
    return made


def _written(jobs: Sequence[Job], folder: Path) -> Sums:
    made: Sums = {}
    for job in jobs:
        for name, data in job().items():
            lay(folder, name, data)
            made[name] = hashlib.sha256(data).hexdigest(), len(data)
    return made


def _at_work(share: Sequence[Job], folder: Path) -> tuple[BaseProcess, Connection]:
    """A process, and where it tells at last what it has written of its share."""
    here, there = multiprocessing.Pipe(duplex=False)
    work = multiprocessing.get_context("fork").Process(
        target=lambda: there.send(_written(share, folder)), daemon=True
    )
    work.start()
    there.close()
    return work, here
