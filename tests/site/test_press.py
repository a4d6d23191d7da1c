"""A site written by several processes is the one that a single process writes."""

import os
from pathlib import Path

import pytest

from legation.files.folder import MANIFEST
from legation.site import Holdings, engine, issue
from legation.site.press import Job, printed

pytestmark = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")


def test_many_processes_write_what_one_writes(
    held: Holdings, made: dict[str, bytes], tmp_path: Path
) -> None:
    issue(held, engine(), tmp_path / "site", cores=3)
    files = (path for path in (tmp_path / "site").rglob("*") if path.is_file())
    again = {path.relative_to(tmp_path / "site").as_posix(): path.read_bytes() for path in files}
    assert again[MANIFEST] == made[MANIFEST]
    assert again == made


def test_the_share_of_a_process_that_died_is_written_all_the_same(tmp_path: Path) -> None:
    here = os.getpid()

    def job(number: int) -> Job:
        def files() -> dict[str, bytes]:
            if os.getpid() != here and number > 20:
                os._exit(9)
            return {f"{number}.html": b"page"}

        return files

    made = printed([job(number) for number in range(40)], tmp_path, 3)
    assert {path.name for path in tmp_path.iterdir()} == {f"{number}.html" for number in range(40)}
    assert made.keys() == {f"{number}.html" for number in range(40)}
