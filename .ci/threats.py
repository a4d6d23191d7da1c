"""Fill in what the threat model counts, from the tests themselves; or check that it is not less.

    python .ci/threats.py [--check]

Each guard's row has the cases of the tests that it names, as pytest collects them by night; below
are the bad inputs, with what `tests/bad/told.csv` says of each. All of them hold: a case that does
not fails the tests.
"""

import csv
import re
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MODEL = ROOT / "SECURITY.md"
BAD = ROOT / "tests" / "bad"
KINDS = {
    "articles": "in an article's file",
    "misuse": "misuse of a command",
    "registry": "in the registry",
    "unreadable": "what cannot be read",
}


def tried(places: list[str]) -> dict[str, int]:
    """How many cases each file of tests has."""
    command = [sys.executable, "-m", "pytest", "-n0", "-qq", "--collect-only", "--thorough"]
    told = subprocess.run([*command, *places], cwd=ROOT, capture_output=True, text=True).stdout
    found = re.findall(r"^(\S+): (\d+)$", told, re.MULTILINE)
    return {file: int(count) for file, count in found}


def guards(text: str) -> str:
    """The model with the cases of each guard in the last column of its row."""
    places = sorted(set(re.findall(r"`(tests/[^`*]+(?:/|\.py))`", text)))
    # What one test of these tries at once are bad inputs, each a case.
    counts = {
        **tried(places),
        "tests/test_bad.py": sum(len(names(path)) for path in BAD.glob("*.toml")),
    }

    def counted(row: re.Match[str]) -> str:
        named = re.findall(r"`(tests/[^`]+)`", row[1])
        cases = sum(n for file, n in counts.items() if any(file.startswith(p) for p in named))
        return f"{row[1]}| {cases} |"

    return re.sub(r"^(\|.*`tests/[^|]*)\| \d+ \|$", counted, text, flags=re.MULTILINE)


def names(path: Path) -> list[str]:
    """The bad inputs of a file, by name."""
    return [
        name
        for how, files in tomllib.loads(path.read_text("utf-8")).items()
        for file, some in files.items()
        for name in ([file] if how == "run" else some)
    ]


def inputs() -> str:
    """The table of bad inputs."""
    told: dict[str, Counter[str]] = {}
    with (BAD / "told.csv").open(encoding="utf-8", newline="") as file:
        for name, first, *_ in csv.reader(file):
            told.setdefault(name, Counter())[first] += 1
    lines = [
        "| inputs | cases | errors | warnings | refused with exit code 2 |",
        "|---|---|---|---|---|",
    ]
    for path in sorted(BAD.glob("*.toml")):
        said = sum((told[name] for name in names(path)), Counter[str]())
        cells = [len(names(path)), said["error"], said["warning"] + said["note"], said["2"]]
        lines.append(f"| {KINDS[path.stem]} (`{path.name}`) | {' | '.join(map(str, cells))} |")
    return "\n".join(lines) + "\n"


def less(old: str, new: str) -> bool:
    """Whether a text says of another that more was tried than was."""
    numbers = [[int(n) for n in re.findall(r"(?<=\| )\d+(?= \|)", text)] for text in (old, new)]
    shapes = [re.sub(r"(?<=\| )\d+(?= \|)", "", text) for text in (old, new)]
    return shapes[0] != shapes[1] or any(a > b for a, b in zip(*numbers, strict=True))


def main() -> int:
    """Write the counts, or say that the model claims what is not so."""
    old = MODEL.read_text("utf-8")
    new = re.sub(r"(?ms)^\| inputs \|.*?\n(?=\n)", lambda _: inputs(), guards(old))
    if "--check" not in sys.argv[1:]:
        MODEL.write_text(new, "utf-8")
    elif less(old, new):
        sys.stdout.write("SECURITY.md says that more was tried: run python .ci/threats.py\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
