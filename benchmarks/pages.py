"""How long a site takes: each step, and its pages in one process and in several.

    python benchmarks/pages.py [ARTICLES [CORES]]

Makes a corpus of so many articles, reads and builds it and writes its site, first in one process,
then in as many as there are cores. Seconds are of the wall and of the processor, children included;
where others are at work, trust the latter. Both sites are compared byte by byte. A thing is what
has a page of its own; lists, questions, networks and timelines are counted apart.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from corpus import Corpus, write

from legation.files.folder import MANIFEST
from legation.graph import workspace
from legation.graph.dataset import build
from legation.site import Holdings, engine, issue

ARTICLES = int(sys.argv[1]) if len(sys.argv) > 1 else 400
CORES = int(sys.argv[2]) if len(sys.argv) > 2 else os.cpu_count() or 1

Made = TypeVar("Made")


def measured(step: str, work: Callable[[], Made]) -> Made:
    """Do some work and say how long it took."""
    began, before = time.perf_counter(), os.times()
    made = work()
    after, wall = os.times(), time.perf_counter() - began
    own, forked = (sum(after[n : n + 2]) - sum(before[n : n + 2]) for n in (0, 2))
    print(f"{step:20} {wall:7.1f} {own:7.1f} {forked:7.1f} {own + forked:7.1f}", flush=True)
    return made


def main() -> None:
    """Measure every step and print a table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, Corpus(ARTICLES))
        print(f"{ARTICLES:,} articles\n{'step':20}    wall     own  forked     CPU")
        space = workspace.find(folder)
        record = measured("read", lambda: workspace.read(space))
        dataset = measured("build", lambda: build(record, space.rules))
        for cores in dict.fromkeys((CORES, 1)):
            held = measured("hold", lambda: Holdings.of(dataset, space))
            out = folder / f"site-{cores}"
            told = measured(
                f"write, {cores} process{'es' if cores > 1 else ''}",
                partial(issue, held, engine(), out, cores=cores),
            )
        print(
            f"{told.things:,} things on {told.pages:,} pages; {told.files:,} files, "
            f"{told.size:,} bytes"
        )
        sums = {path.read_bytes() for path in folder.glob(f"site-*/{MANIFEST}")}
        print("the same bytes each time" if len(sums) == 1 else "THE BYTES DIFFER")


if __name__ == "__main__":
    main()
