"""The pages of a large graph in as many processes as there are cores.

Invariant: what is made is the same in one process and in several. Each is a fork, which has the
graph as it stands; where one dies, or the system does not fork, its share is made here.
"""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import cast

from pyoxigraph import NamedNode

Page = tuple[str, str]
"""A file's path and text."""

_Maker = Callable[[Sequence[NamedNode]], Iterator[Page]]

_FEW = 1_500  # things, for which another process is not worth its start


def printed(things: Sequence[NamedNode], pages_of: _Maker) -> Iterator[Page]:
    """The files of some things, in no order."""
    cores = os.cpu_count() or 1
    if len(things) < _FEW or cores == 1 or "fork" not in multiprocessing.get_all_start_methods():
        yield from pages_of(things)
        return
    yield from pages_of(things[:1])  # what is worked out when first needed, each fork then has
    shares = {_at_work(pages_of, things[n::cores]): things[n::cores] for n in range(cores)}
    while shares:
        for ready in cast("list[Connection]", wait(list(shares))):
            try:
                page: Page | None = ready.recv()
            except EOFError:  # it was killed, or failed as its share will fail here
                yield from pages_of(shares.pop(ready))
                continue
            if page is None:
                del shares[ready]
            else:
                yield page


def _at_work(pages_of: _Maker, share: Sequence[NamedNode]) -> Connection:
    """Where a process tells the files of its share, one by one, and at last None."""
    here, there = multiprocessing.Pipe(duplex=False)

    def tell() -> None:
        for page in pages_of(share):
            there.send(page)
        there.send(None)

    multiprocessing.get_context("fork").Process(target=tell, daemon=True).start()
    there.close()
    return here
