"""What a check costs, in seconds of CPU of a fresh process, children included.

    python benchmarks/check.py [ARTICLES]

The whole reference graph must take less than 2 s, `--since` of one article less than 1 s. The
command runs as a reviewer runs it, imports and all, on a copy under git in which one claim of
one article was reworded; each case runs three times and the best counts. Results: check.md.
With a number, on a corpus of so many articles, once each: cold, as remembered, and with one
article changed since HEAD.
"""

import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from corpus import Corpus, write

HOME = Path(__file__).resolve().parents[1]
REPEATS = 3
CASES = {
    "whole graph": ["check"],
    "--since, one article changed": ["check", "--since", "HEAD"],
    "whole graph, --logic": ["check", "--logic"],
    "build": ["build"],
}
SIZED = {
    "check, cold": ["check"],
    "check, as remembered": ["check"],
    "check --since, one changed": ["check", "--since", "HEAD"],
    "diff, one changed": ["diff", "HEAD"],
}


def copy_under_git(folder: Path) -> Path:
    """The reference graph as a workspace of its own, with one article changed since HEAD."""
    root = folder / "graph-under-git"
    shutil.copytree(HOME / "graph", root / "graph")
    begin(root)
    article = sorted((root / "graph" / "articles").glob("*.trig"))[-1]
    text = article.read_text("utf-8")
    article.write_text(text.replace('"@en .', ' Read again."@en .', 1), "utf-8")
    return root


def begin(root: Path) -> None:
    """Put a folder under git."""
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "Begin"]):
        identity = ["-c", "user.name=b", "-c", "user.email=b@b"]
        subprocess.run(["git", *identity, *command], cwd=root, check=True)


def cpu() -> float:
    """Seconds that finished child processes have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measured(words: list[str], root: Path, *, fails: bool = False) -> float:
    """CPU seconds of one run of the command, which may find faults."""
    program = [sys.executable, "-c", "from legation.cli import main; main()"]
    before = cpu()
    subprocess.run([*program, *words], cwd=root, check=not fails, capture_output=True)
    return cpu() - before


def at_size(articles: int) -> None:
    """Measure a corpus of some articles, in which one was changed."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "corpus"
        write(root, Corpus(articles))
        begin(root)
        article = root / "graph" / "articles" / f"item-{articles // 2}.trig"
        print(f"| {'case':30} | CPU s |\n|{'-' * 32}|-------|")
        for name, words in SIZED.items():
            if "HEAD" in words:
                text = article.read_text("utf-8")
                old = next(line for line in text.split("\n") if "leg:participant " in line)
                new = old.replace("leg:participant ", "leg:participant person:guest-0, ", 1)
                article.write_text(text.replace(old, new), "utf-8")
            print(f"| {name:30} | {measured(words, root, fails=True):5.2f} |")


def main() -> None:
    """Measure every case."""
    if len(sys.argv) > 1:
        at_size(int(sys.argv[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        root = copy_under_git(Path(folder))
        print(f"| {'case':30} | CPU s |\n|{'-' * 32}|-------|")
        for name, words in CASES.items():
            best = min(measured(words, root) for _ in range(REPEATS))
            print(f"| {name:30} | {best:5.2f} |")


main()
