"""One file is read whole and written whole, and no pipe is waited for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from legation.errors import InputError
from legation.files.document import contents, keep


def test_a_file_is_replaced_whole_and_keeps_its_mode(tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    out.write_text("old")
    out.chmod(0o640)
    keep(b"new", out)
    assert (out.read_text(), out.stat().st_mode & 0o777) == ("new", 0o640)
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_a_new_file_has_the_mode_that_any_program_gives_it(tmp_path: Path) -> None:
    keep(b"new", tmp_path / "ours")
    (tmp_path / "theirs").touch()
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "theirs").stat().st_mode


def test_a_link_to_a_file_beside_it_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")
    keep(b"new", tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


def test_no_link_leads_a_writer_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "dear").write_text("old")
    (tmp_path / "here").mkdir()
    for name, target in (("link", "../dear"), ("dangling", "../nothing")):
        (tmp_path / "here" / name).symlink_to(target)
        with pytest.raises(InputError, match="leads out of"):
            keep(b"new", tmp_path / "here" / name)
    assert (tmp_path / "dear").read_text() == "old"
    assert not (tmp_path / "nothing").exists()


def test_what_cannot_be_written_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for out in (tmp_path / "folder", tmp_path / "missing" / "page.html"):
        with pytest.raises(InputError, match="cannot be written"):
            keep(b"new", out)
    assert [path.name for path in tmp_path.rglob("*")] == ["folder"]


def test_a_full_disk_is_said_and_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("old")
    code = "import resource, signal, sys; from pathlib import Path\n"
    code += "from legation.files.document import keep\n"
    code += "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
    code += "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
    code += "keep(b'x' * 10_000, Path(sys.argv[1]))\n"
    words = [sys.executable, "-c", code, str(tmp_path / "page.html")]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert "InputError" in done.stderr
    assert "page.html: cannot be written (File too large)" in done.stderr
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]


def test_what_a_killed_writer_left_beside_is_replaced_never_followed(tmp_path: Path) -> None:
    (tmp_path / "dear").write_text("old")
    (tmp_path / ".page.html.legation-new").symlink_to("dear")
    keep(b"new", tmp_path / "page.html")
    found = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert found == {"dear": "old", "page.html": "new"}


def test_a_device_takes_what_is_written(tmp_path: Path) -> None:
    keep(b"new", Path(os.devnull))
    code = "from pathlib import Path\nfrom legation.files.document import keep\n"
    words = [sys.executable, "-c", code + "keep(b'new', Path('/dev/stdout'))"]
    with (tmp_path / "out").open("wb") as out:
        subprocess.run(words, stdout=out, check=True)
    assert (tmp_path / "out").read_bytes() == b"new"


def test_a_pipe_takes_what_is_written_if_somebody_reads_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="is a pipe that nobody reads"):
        keep(b"new", tmp_path / "pipe")
    with subprocess.Popen(["cat", tmp_path / "pipe"], stdout=subprocess.PIPE) as reader:
        ready = os.open(tmp_path / "pipe", os.O_WRONLY)  # waits until the reader is there
        keep(b"x" * 100_000, tmp_path / "pipe")
        os.close(ready)
        assert reader.stdout is not None
        assert len(reader.stdout.read()) == 100_000


def test_only_a_file_is_read_and_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero")):
        with pytest.raises(InputError, match="is not a file but a pipe or a device"):
            contents(path)
    for path in (tmp_path, tmp_path / "missing"):
        with pytest.raises(InputError, match="cannot be read"):
            contents(path)


def test_no_link_leads_a_reader_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "here").mkdir()
    (tmp_path / "here/link").symlink_to("../secret")
    (tmp_path / "here/folder").symlink_to("..")
    for name in ("link", "folder/secret", "../secret"):
        with pytest.raises(InputError, match="leads out of"):
            contents(tmp_path / "here" / name, within=tmp_path / "here")
    (tmp_path / "here/file").write_text("known")
    (tmp_path / "here/inner").symlink_to("file")
    assert contents(tmp_path / "here/inner", within=tmp_path / "here") == b"known"
