"""What commands cost as whole processes, at growing sizes, each beside a peer of the same run.

    python benchmarks/bench.py [--quick]

For each size a corpus is made (corpus.py) and put under git, and each case is run as a person runs
it. CPU seconds and the most memory are those of the process and its children; the median of three
runs counts, of a case that takes longer than ten seconds its only run. The ratio is to the peer
named beside it. Results, with machine and date: bench.md, bench.json and, where matplotlib is
installed, bench.svg. With ``--quick`` the sizes stop at 100 articles and nothing is written.
"""

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
LEGATION = [sys.executable, "-c", "from legation.cli import main; main()"]
SLOW = 10.0  # seconds from which on one run is enough
PARSE = "import sys, pyoxigraph\nfor quad in pyoxigraph.parse(path=sys.argv[1]): pass"
DUMP = (
    "import sys; from pathlib import Path; from legation.graph import dataset, workspace;"
    "from legation.rdf.trig import write_nquads;"
    "w = workspace.find(sys.argv[1]); d = dataset.build(workspace.read(w), w.rules);"
    "Path(sys.argv[2]).write_text(write_nquads(d.quads), 'utf-8')"
)
ASK = ["ask", "who_attended", "event=event 4 (met)", "--evidence", "--timeout", "0"]
NONE = ["ask", "who_attended", "event=event 4 (met)", "as=nobody of that name", "--timeout", "0"]


def forget(root: Path) -> None:
    """Take away what was kept."""
    shutil.rmtree(root / ".legation", ignore_errors=True)


def edit(root: Path) -> None:
    """Let one article say of somebody who attended that they took part, or the other way round."""
    articles = sorted((root / "graph/articles").iterdir())
    path = next(p for p in articles if "leg:attendee" in p.read_text("utf-8"))
    text = path.read_text("utf-8")
    is_edited = text.count("leg:participant") > text.count("leg:host")
    words = ("leg:participant", "leg:attendee")
    path.write_text(text.replace(*(words if is_edited else words[::-1]), 1), "utf-8")


def leave(_: Path) -> None:
    """Change nothing."""


@dataclass(frozen=True)
class Case:
    """A command, what comes before each run of it, and what it is held against."""

    name: str
    words: list[str]
    peer: str = ""
    before: Callable[[Path], None] = leave
    program: tuple[str, ...] = tuple(LEGATION)
    status: tuple[int, ...] = (0,)


CASES = (
    Case("start", ["--help"]),
    Case("parse", ["all.nq"], program=(sys.executable, "-c", PARSE)),
    Case("ask, all read", ["--no-store", *ASK], "parse"),
    Case("ask, read and kept", ASK, "parse", forget),
    Case("ask, kept", ASK, "start"),
    Case("ask, an article changed", ASK, "ask, kept", edit),
    Case("ask search, kept", ["ask", "search", "words=invited"], "start"),
    Case("explain, kept", ["explain", "event 4 (met)"], "start"),
    Case("network, kept", ["network", "co_attendance", "-o", "network.graphml"], "start"),
    Case("timeline, kept", ["timeline"], "start"),
    Case("check", ["check"], "parse", forget),
    Case("check, an article changed", ["check"], "check", edit),
    Case("diff HEAD, an article changed", ["diff", "HEAD"], "start", status=(0, 1)),
    Case("format --check", ["format", "--check"], "parse", status=(0, 1)),
    Case("coverage", ["coverage"], "parse"),
    Case("build", ["build", "--no-check"], "parse"),
)


@dataclass(frozen=True)
class Figure:
    """What one case cost at one size."""

    case: str
    articles: int
    cpu: float
    megabytes: int
    peer: str = ""
    ratio: float | None = None


def run(case: Case, root: Path) -> tuple[float, int]:
    """CPU seconds and megabytes of one run."""
    case.before(root)
    with subprocess.Popen(
        [*case.program, *case.words], cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        assert process.stderr is not None
        told = process.stderr.read().decode()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in case.status:
        raise SystemExit(f"{case.name} ended with {process.returncode}: {told}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss // 1024


def measured(case: Case, root: Path, articles: int, known: dict[str, float]) -> Figure:
    """The median of some runs, beside that of the peer."""
    runs = [run(case, root)]
    while len(runs) < 3 and runs[0][0] < SLOW:
        runs.append(run(case, root))
    cpu = statistics.median(seconds for seconds, _ in runs)
    known[case.name] = cpu
    ratio = round(cpu / known[case.peer], 1) if case.peer else None
    return Figure(case.name, articles, round(cpu, 2), max(m for _, m in runs), case.peer, ratio)


def corpus(root: Path, articles: int) -> None:
    """A workspace of invented articles under git, and its graph as N-Quads."""
    subprocess.run([sys.executable, HERE / "corpus.py", root, str(articles)], check=True)
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "Begin"]):
        subprocess.run(
            ["git", "-c", "user.name=b", "-c", "user.email=b@b", *words], cwd=root, check=True
        )
    subprocess.run([sys.executable, "-c", DUMP, root, root / "all.nq"], check=True)


def growth(figures: list[Figure], case: str) -> str:
    """The exponent by which the cost of a case grows from its second largest size on."""
    from math import log

    two = [f for f in figures if f.case == case][-2:]
    if len(two) < 2 or not two[0].cpu:
        return ""
    return f"{log(two[1].cpu / two[0].cpu) / log(two[1].articles / two[0].articles):.2f}"


def table(figures: list[Figure], sizes: list[int]) -> str:
    """The figures as Markdown: a row a case, a column a size."""
    heads = [f"{size:,} articles" for size in sizes]
    lines = [f"| case | {' | '.join(heads)} | growth | ratio to peer | MB |"]
    lines.append("|---" * (len(sizes) + 4) + "|")
    for case in CASES:
        own = [f for f in figures if f.case == case.name]
        last = own[-1]
        against = f"{last.ratio} × {last.peer}" if last.peer else ""
        cells = [f"{f.cpu:.2f}" for f in own]
        row = [case.name, *cells, growth(figures, case.name), against, str(last.megabytes)]
        lines.append(f"| {' | '.join(row)} |")
    return "\n".join(lines)


def plot(figures: list[Figure], path: Path) -> None:
    """The growth of each case, on logarithmic axes."""
    try:
        import matplotlib
    except ModuleNotFoundError:
        return
    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "legation"
    from matplotlib import pyplot

    picture, axes = pyplot.subplots(figsize=(9, 6))
    for number, case in enumerate(CASES):
        own = [f for f in figures if f.case == case.name]
        dashes = ("-", "--", ":")[number % 3]
        axes.loglog([f.articles for f in own], [f.cpu for f in own], dashes, label=case.name)
    axes.set_xlabel("articles")
    axes.set_ylabel("CPU seconds")
    axes.legend(fontsize="small", loc="upper left", bbox_to_anchor=(1, 1))
    picture.savefig(path, bbox_inches="tight", metadata={"Date": None})


def main() -> None:
    """Measure every case at every size."""
    is_quick = "--quick" in sys.argv
    sizes = [10, 100] if is_quick else [10, 100, 1_000]
    figures: list[Figure] = []
    for articles in sizes:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "corpus"
            corpus(root, articles)
            known: dict[str, float] = {}
            for case in CASES:
                figures.append(measured(case, root, articles, known))
                print(f"{articles:>6,} {case.name:32} {figures[-1].cpu:8.2f} s", flush=True)
    if is_quick:
        print(table(figures, sizes))
        return
    machine = f"{date.today()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    head = (HERE / "bench.md").read_text("utf-8").split("<!-- figures -->")[0]
    text = f"{head}<!-- figures -->\n\n{machine}\n\n{table(figures, sizes)}\n"
    (HERE / "bench.md").write_text(text, "utf-8")
    kept = {"machine": machine, "figures": [asdict(figure) for figure in figures]}
    (HERE / "bench.json").write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
    plot(figures, HERE / "bench.svg")


if __name__ == "__main__":
    main()
