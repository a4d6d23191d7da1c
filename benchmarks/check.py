"""What a check costs, in seconds of CPU of a fresh process, children included.

    python benchmarks/check.py

The whole reference graph must take less than 2 s, `--since` of one article less than 1 s. The
command runs as a reviewer runs it, imports and all, on a copy under git in which one claim of
one article was reworded; each case runs three times and the best counts. Results: check.md.
"""

import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
REPEATS = 3
CASES = {
    "whole graph": ["check"],
    "--since, one article changed": ["check", "--since", "HEAD"],
    "whole graph, --logic": ["check", "--logic"],
    "build": ["build"],
}


def copy_under_git(folder: Path) -> Path:
    """The reference graph as a workspace of its own, with one article changed since HEAD."""
    root = folder / "graph-under-git"
    shutil.copytree(HOME / "graph", root / "graph")
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "Begin"]):
        identity = ["-c", "user.name=b", "-c", "user.email=b@b"]
        subprocess.run(["git", *identity, *command], cwd=root, check=True)
    article = sorted((root / "graph" / "articles").glob("*.trig"))[-1]
    text = article.read_text("utf-8")
    article.write_text(text.replace('"@en .', ' Read again."@en .', 1), "utf-8")
    return root


def cpu() -> float:
    """Seconds that finished child processes have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measured(words: list[str], root: Path) -> float:
    """CPU seconds of one run of the command."""
    program = [sys.executable, "-c", "from legation.cli import main; main()"]
    before = cpu()
    subprocess.run([*program, *words], cwd=root, check=True, capture_output=True)
    return cpu() - before


def main() -> None:
    """Measure every case."""
    with tempfile.TemporaryDirectory() as folder:
        root = copy_under_git(Path(folder))
        print(f"| {'case':30} | CPU s |\n|{'-' * 32}|-------|")
        for name, words in CASES.items():
            best = min(measured(words, root) for _ in range(REPEATS))
            print(f"| {name:30} | {best:5.2f} |")


main()
