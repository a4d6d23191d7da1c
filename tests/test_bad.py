"""A table of bad input: each is told in exactly these words, and leaves everything as it was.

The inputs stand in `bad/*.toml`, for anybody to add to; `python tests/test_bad.py` writes what is
said of each to `bad/told.csv`, whose diff is to be read.
"""

import csv
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from legation.checks import judging
from legation.graph import workspace

HERE = Path(__file__).parent
TOLD = HERE / "bad" / "told.csv"
HEAD = (
    "".join(
        f"@prefix {prefix}: <https://w3id.org/legation/id/{prefix}/> .\n"
        for prefix in "agent anon article body claim event office person place report state".split()
    )
    + """@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
@prefix leg: <https://w3id.org/legation/ns#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
)
AT_ONCE = 20
PROGRAM = [sys.executable, "-c", "from legation.cli import main; main()"]


@dataclass(frozen=True)
class Bad:
    """A bad input: its name, what is done to which file, and the command that meets it."""

    name: str
    how: str = ""
    file: str = ""
    what: object = ""
    words: tuple[str, ...] = ("check",)

    @property
    def is_fault(self) -> bool:
        """Whether it is a fault in data, found beside others."""
        return self.how in ("put", "change")

    def done(self, root: Path, number: int = 0) -> int:
        """Do it to a workspace; the line at which what was put there begins.

        Of several in one file each has a number, so that none speaks of the other's things.
        """
        path = root / self.file
        path.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text("utf-8") if path.exists() and self.how in ("put", "change") else ""
        if self.how == "bytes":
            path.write_bytes(bytes.fromhex(str(self.what)))
        elif self.how == "write":
            path.write_text(str(self.what).replace("\\n", "\n"), "utf-8")
        elif self.how == "change":
            old, new = (str(words).replace("\\n", "\n") for words in self.what)
            assert text.count(old) == 1, f"{self.name}: {old!r} stands {text.count(old)} times"
            path.write_text(text.replace(old, new + "\n" * (old.count("\n") - new.count("\n"))))
        elif self.how == "put":
            text = text or HEAD
            lines = _numbered(str(self.what).replace("\\n", "\n"), number)
            path.write_text(f"{text}\n{lines}\n", "utf-8")
        return text.count("\n") + 2


def _numbered(text: str, number: int) -> str:
    return text.replace("-90", f"-90{number}").replace(":bad", f":bad{number}") if number else text


def _of(path: Path) -> list[Bad]:
    """The bad inputs of a file."""
    found: list[Bad] = []
    for how, files in tomllib.loads(path.read_text("utf-8")).items():
        for file, some in files.items():
            if how == "run":
                found.append(Bad(file, words=tuple(shlex.split(some.replace("\\n", "\n")))))
            else:
                found += [Bad(name, how, file, what) for name, what in some.items()]
    return found


BAD = [bad for path in sorted((HERE / "bad").glob("*.toml")) for bad in _of(path)]
FAULTS = [bad for bad in BAD if bad.is_fault]
REFUSED = [bad for bad in BAD if not bad.is_fault]
LIBRARIES = re.compile(r"(is not (?:TOML|SPARQL):| near line \d+, column \d+:) .*", re.S)
MEANING = re.compile("@prefix|@base|BASE")  # what changes the meaning of the lines behind it

Row = tuple[str, ...]
Run = Callable[..., tuple[int, str]]
"""Runs a command in a folder: its exit code, and all that it says."""


def _copied(world: Path, place: Path) -> Path:
    return Path(shutil.copytree(world, place)).resolve()


def _tree(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def findings(root: Path, some: Sequence[Bad]) -> dict[str, set[Row]]:
    """What a check finds with some faults at once, by the fault: severity, rule, file, line, words.

    The line is counted from the lines that were put there; what stands elsewhere is under ``""``.
    """
    begins = [(bad, bad.done(root, number)) for number, bad in enumerate(some)]
    told: dict[str, set[Row]] = {"": set()}
    for f in judging.judge(judging.open_case(workspace.find(root))).findings:
        here = [(b, at) for b, at in begins if b.how == "put" and b.file == f.file and at <= f.line]
        name, line = (here[-1][0].name, f"+{f.line - here[-1][1]}") if here else ("", str(f.line))
        message = re.sub(r"(-90|:bad)\d+", r"\1", f.message)
        told.setdefault(name, set()).add((f.severity, f.rule, f.file, line, message))
    return told


def refusal(root: Path, bad: Bad, run: Run) -> Row:
    """The exit code of a command that meets a bad input, and its words; it leaves all as it was."""
    if bad.how:
        bad.done(root)
    before = _tree(root)
    code, said = run(root, *bad.words)
    assert _tree(root) == before, bad.name
    said = said.replace(f"{root}/", "").replace(str(root), "…")
    if said.startswith("Usage:"):  # the words are those of the library that reads the line
        said = " ".join(re.findall(r"^│ (.*?) *│$", said, re.M)).partition(": ")[0]
    said = re.sub(r"\d+ rules held", "all rules held", said)
    return (str(code), LIBRARIES.sub(r"\1", said).strip())


def _told() -> dict[str, set[Row]]:
    found: dict[str, set[Row]] = {}
    with TOLD.open(encoding="utf-8", newline="") as file:
        for name, *row in csv.reader(file):
            found.setdefault(name, set()).add(tuple(row))
    return found


@pytest.fixture(scope="module")
def tiny(checkout: Path) -> Path:
    return checkout / "tests/world"


def test_there_are_many_and_each_is_in_the_table() -> None:
    names = [bad.name for bad in BAD]
    assert len(names) >= 350
    assert len(names) == len(set(names))
    assert set(_told()) == set(names)


def test_the_threat_model_names_tests_that_are_here_and_no_more_than_was_tried(
    checkout: Path,
) -> None:
    model = (checkout / "SECURITY.md").read_text("utf-8")
    for place in re.findall(r"`((?:tests|src)/[^`*]+)`", model):
        assert (checkout / place).exists(), place
    rows = re.findall(r"\(`(\w+\.toml)`\) \| (\d+) \|", model)
    tried = {path.name: len(_of(path)) for path in (HERE / "bad").glob("*.toml")}
    assert {name for name, _ in rows} == set(tried)
    assert all(int(count) <= tried[name] for name, count in rows)


@pytest.mark.parametrize("start", range(0, len(FAULTS), AT_ONCE))
def test_each_fault_in_data_is_found_on_its_line_in_these_words(
    tiny: Path, tmp_path: Path, start: int, thorough: bool
) -> None:
    """Some at once, for a check takes its time; where one stands in another's way, each alone."""
    some, told = FAULTS[start : start + AT_ONCE], _told()
    apart = [bad for bad in some if bad.how == "change" or MEANING.search(str(bad.what))]
    beside = [bad for bad in some if bad not in apart]
    found = findings(_copied(tiny, tmp_path / "together"), beside)
    checked = [bad for bad in some if thorough or bad in beside or bad in apart[::3]]
    for number, bad in enumerate(checked):
        if bad in apart or not told[bad.name] <= found.get(bad.name, set()) | found[""]:
            alone = findings(_copied(tiny, tmp_path / str(number)), [bad])
            assert set().union(*alone.values()) == told[bad.name], bad.name


def test_each_refusal_is_in_these_words_and_leaves_all_as_it_was(
    tiny: Path, tmp_path: Path, command: Callable[..., Any], thorough: bool
) -> None:
    def run(root: Path, *words: str) -> tuple[int, str]:
        ran = command(root, *words)
        return ran.code, ran.out + ran.err

    told = _told()
    for number, bad in enumerate(REFUSED if thorough else REFUSED[::4]):
        place = _copied(tiny, tmp_path / str(number))
        assert {refusal(place, bad, run)} == told[bad.name], bad.name
        shutil.rmtree(place)


def _write() -> None:
    """Write the table anew; its diff is to be read."""

    def run(root: Path, *words: str) -> tuple[int, str]:
        ran = subprocess.run([*PROGRAM, "--no-store", *words], cwd=root, capture_output=True)
        return ran.returncode, (ran.stdout + ran.stderr).decode()

    rows = []
    for bad in BAD:
        with tempfile.TemporaryDirectory() as folder:
            place = _copied(HERE / "world", Path(folder) / "world")
            told = {refusal(place, bad, run)} if not bad.is_fault else set()
            if bad.is_fault:
                told = set().union(*findings(place, [bad]).values())
        assert told, f"nothing is said of {bad.name}"
        rows += sorted((bad.name, *row) for row in told)
    with TOLD.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    _write()
