"""What one question costs as a whole process: read from the files, kept, and opened.

    python benchmarks/opening.py [ARTICLES ...]

For each size a corpus is made (corpus.py) and `legation ask who_attended event=… --evidence` is run
as a person runs it: with --no-store; once so that the graph is kept; and three times, the best
counting, with the kept graph. CPU seconds, children included, and the most memory of any process.
Beside them stand two peers of the same run: `legation --help`, which is the start alone, and
pyoxigraph's parse of the same quads. Results: opening.md.
"""

import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
PROGRAM = [sys.executable, "-c", "from legation.cli import main; main()"]
PARSE = """
import sys, pyoxigraph
for quad in pyoxigraph.parse(path=sys.argv[1]): pass
"""
QUESTION = ["ask", "who_attended", "event=event 4 (met)", "--evidence", "--timeout", "0"]


def cpu(command: list[str], folder: Path) -> float:
    """CPU seconds of a process and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measured(articles: int, folder: Path) -> list[str]:
    """One line of the table."""
    root = folder / str(articles)
    subprocess.run([sys.executable, HERE / "corpus.py", root, str(articles)], check=True)
    start = min(cpu([*PROGRAM, "--help"], root) for _ in range(3))
    read = cpu([*PROGRAM, "--no-store", *QUESTION], root)
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    kept = cpu([*PROGRAM, *QUESTION], root)
    is_kept = (root / ".legation").exists()
    opened = min(cpu([*PROGRAM, *QUESTION], root) for _ in range(3))
    quads = folder / "all.nq"
    dump(root, quads)
    parse = cpu([sys.executable, "-c", PARSE, str(quads)], root)
    size = sum(p.stat().st_size for p in (root / ".legation").rglob("*") if p.is_file())
    shutil.rmtree(root)
    times = [f"{read:.2f}", f"{kept:.2f}" if is_kept else "-", f"{opened:.2f}"]
    ratios = [f"{opened / start:.1f}", f"{read / parse:.0f}"]
    return [f"{articles:,}", *times, *ratios, str(most), str(size // 1_000_000)]


def dump(root: Path, path: Path) -> None:
    """Write the graph of a workspace as N-Quads, in a process whose memory is not kept."""
    words = (
        "import sys; from pathlib import Path; from legation.graph import dataset, workspace;"
        "from legation.rdf.trig import write_nquads;"
        "w = workspace.find(sys.argv[1]); d = dataset.build(workspace.read(w), w.rules);"
        "Path(sys.argv[2]).write_text(write_nquads(d.quads), 'utf-8')"
    )
    subprocess.run([sys.executable, "-c", words, root, path], check=True)


def main() -> None:
    """Measure every size."""
    sizes = [int(word) for word in sys.argv[1:]] or [10, 100, 1_000]
    print("| articles | read | kept | opened | opened / start | read / parse | MB | MB on disk |")
    print("|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for articles in sizes:
            print("|", " | ".join(measured(articles, Path(folder))), "|", flush=True)


main()
