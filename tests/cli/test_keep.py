"""What a command writes into a file, it writes whole or not at all."""

from pathlib import Path

import pytest

from legation.cli.keep import keep
from legation.errors import InputError


def test_a_file_is_replaced_whole_and_keeps_its_mode(tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    out.write_text("old")
    out.chmod(0o640)
    keep(b"new", out)
    assert (out.read_text(), out.stat().st_mode & 0o777) == ("new", 0o640)
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_a_link_stays_a_link_to_the_file_it_names(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")
    keep(b"new", tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


def test_what_cannot_be_written_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for out in (tmp_path / "folder", tmp_path / "missing" / "page.html"):
        with pytest.raises(InputError, match="cannot be written"):
            keep(b"new", out)
    assert [path.name for path in tmp_path.rglob("*")] == ["folder"]
