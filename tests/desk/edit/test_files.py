"""Files are rewritten all together or not at all."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from legation.desk.edit import files
from legation.desk.edit.files import Change, recover, rewrite
from legation.errors import InputError, LegationError


def _tree(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def two(tmp_path: Path) -> list[Change]:
    changes = []
    for name in ("a.ttl", "b.ttl"):
        (tmp_path / name).write_bytes(b"old " + name.encode())
        changes.append(Change(tmp_path / name, b"old " + name.encode(), b"new " + name.encode()))
    return [*changes, Change(tmp_path / "c.ttl", None, b"new c.ttl")]


def test_every_file_is_rewritten_and_nothing_is_left_behind(
    tmp_path: Path, two: list[Change]
) -> None:
    (tmp_path / "a.ttl").chmod(0o640)
    assert len(rewrite(two, tmp_path)) == 3
    assert _tree(tmp_path) == {n: b"new " + n.encode() for n in ("a.ttl", "b.ttl", "c.ttl")}
    assert (tmp_path / "a.ttl").stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.ttl").write_bytes(b"old")
    (tmp_path / "link.ttl").symlink_to(tmp_path / "real.ttl")
    rewrite([Change(tmp_path / "link.ttl", b"old", b"new")], tmp_path)
    assert (tmp_path / "link.ttl").is_symlink()
    assert (tmp_path / "real.ttl").read_bytes() == b"new"


def test_what_does_not_change_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_bytes(b"same")
    before = path.stat()
    assert rewrite([Change(path, b"same", b"same")], tmp_path) == ()
    assert path.stat() == before


def test_a_file_changed_by_somebody_else_stops_everything(
    tmp_path: Path, two: list[Change]
) -> None:
    (tmp_path / "b.ttl").write_bytes(b"theirs")
    before = _tree(tmp_path)
    with pytest.raises(InputError, match="changed by somebody else"):
        rewrite(two, tmp_path)
    assert _tree(tmp_path) == before


def test_a_failure_between_two_files_puts_the_first_back(
    tmp_path: Path, two: list[Change], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _tree(tmp_path)
    replace = os.replace

    def fails(source: Path, target: Path) -> None:
        if Path(target).name == "b.ttl" and Path(source).suffix == ".new":
            raise OSError(28, "No space left on device", str(target))
        replace(source, target)

    monkeypatch.setattr(files.os, "replace", fails)
    with pytest.raises(LegationError, match="No space left on device"):
        rewrite(two, tmp_path)
    assert _tree(tmp_path) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_read_only_folder_is_left_as_it_was(tmp_path: Path, two: list[Change]) -> None:
    before = _tree(tmp_path)
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(LegationError, match="cannot be written"):
            rewrite(two, tmp_path)
    finally:
        tmp_path.chmod(0o755)
    assert _tree(tmp_path) == before


_KILLED = """
import os, sys
from pathlib import Path
from legation.desk.edit import files
replace, left = os.replace, [int(sys.argv[2])]
def dies(source, target):
    left[0] -= 1
    if left[0] < 0:
        os.kill(os.getpid(), 9)
    replace(source, target)
files.os.replace = dies
folder = Path(sys.argv[1])
files.rewrite(
    [files.Change(folder / n, (folder / n).read_bytes(), b"new") for n in ("a.ttl", "b.ttl")]
    + [files.Change(folder / "c.ttl", None, b"new")], folder)
"""


@pytest.mark.parametrize("steps", range(4))
def test_killed_half_way_the_next_edit_puts_everything_back(tmp_path: Path, steps: int) -> None:
    for name in ("a.ttl", "b.ttl"):
        (tmp_path / name).write_bytes(b"old")
    before = _tree(tmp_path)
    done = subprocess.run([sys.executable, "-c", _KILLED, tmp_path, str(steps)], check=False)
    assert done.returncode == -9
    recover(tmp_path)
    assert _tree(tmp_path) == before


def test_another_edit_at_work_is_waited_for(tmp_path: Path, two: list[Change]) -> None:
    stage = tmp_path / ".editing"
    stage.mkdir()
    (stage / "manifest.json").write_text(json.dumps({"process": os.getppid(), "files": []}))
    before = _tree(tmp_path)
    with pytest.raises(LegationError, match="another edit is at work"):
        rewrite(two, tmp_path)
    assert _tree(tmp_path) == before
