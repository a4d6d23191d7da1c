"""What each canned question costs beyond its query: `ask` against the same SPARQL, on one store.

    python benchmarks/questions.py [--memory] [ARTICLES ...]

A corpus (corpus.py) of each size is opened where it was kept, or with --memory held in memory.
Each question is put without parameters and, where its header gives an example, with the parameters
named there, the first thing of the corpus that fits and gives rows standing for each. Beside `ask`,
without evidence and with it (rows as Python values, with labels and conflicts), stands the query
that it puts, put straight to the same pyoxigraph store in the same process, every row made a tuple
of terms. CPU seconds, medians. Results: questions.md; asserted nowhere.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from math import log
from pathlib import Path

import legation
from legation.answer import ask
from legation.answer.question import Question
from legation.errors import UsageError
from legation.knowledge import KnowledgeGraph
from legation.store import LocalStore, with_prefixes

HERE = Path(__file__).parent
THINGS = (
    "state:state-0 person:guest-5 event:event-4 instrument:treaty-8 office:0 place:capital-0 "
    "article:item-4 body:outlet-1"
).split()
VALUES = {
    "kind": ("person", "visit", "pledge"),
    "how": ("computed", "supplied"),
    "status": ("intended",),
    "min_origins": ("2",),
    "min_articles": ("2",),
    "words": ("treaty 8",),
    "since": ("2000",),
    "until": ("2020",),
    "origin_kind": ("state media", "medium"),
}
Case = tuple[str, dict[str, str]]


def seconds(work: Callable[[], object]) -> float:
    """The median CPU time of some work, done till half a second went by, at least three times."""
    taken: list[float] = []
    while len(taken) < 3 or (sum(taken) < 0.2 and len(taken) < 15):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return statistics.median(taken)


def cases(graph: KnowledgeGraph) -> Iterator[Case]:
    """Every question without parameters, and with those of its example."""
    for name, question in graph.questions.items():
        yield name, {}
        names = [word.partition("=")[0] for word in question.example.split() if "=" in word]
        if names and (given := fitting(graph, question, names)):
            yield name, given


def fitting(graph: KnowledgeGraph, question: Question, names: list[str]) -> dict[str, str]:
    """What of the corpus the parameters may be, one after the other, so that rows are left."""
    given: dict[str, str] = {}
    for name in names:
        for value in VALUES.get(name, THINGS):
            try:
                if len(ask(graph._source, question, {**given, name: value}, evidence=False)):
                    given[name] = value
                    break
            except UsageError:
                continue
    return given


def measured(graph: KnowledgeGraph, case: Case) -> tuple[int, list[float]]:
    """The rows of an answer, and the seconds of its query, of asking and of asking for evidence."""
    name, given = case
    source, question = graph._source, graph.questions[name]
    answer = ask(source, question, given, evidence=False)
    store = source.store
    assert isinstance(store, LocalStore)
    engine, text = store._engine, with_prefixes(answer.sparql)
    work: list[Callable[[], object]] = [
        lambda: [tuple(solution) for solution in engine.query(text)],
        lambda: ask(source, question, given, evidence=False),
        lambda: ask(source, question, given, evidence=True),
    ]
    return len(answer), list(map(seconds, work))


def line(name: str, by_size: dict[int, tuple[int, list[float]]]) -> list[str]:
    """One line of the table: at the largest size, and how query and asking grow up to it."""
    largest = max(by_size)
    rows, (raw, plain, proven) = by_size[largest]
    smallest = min(by_size)
    growth = log(largest / smallest) or 1
    grown = (log(by_size[largest][1][i] / by_size[smallest][1][i]) / growth for i in range(3))
    times = (f"{second * 1000:.2f}" for second in (raw, plain, proven))
    return [name, f"{rows:,}", *times, f"{plain / raw:.2f}", f"{proven / raw:.2f}"] + [
        f"{exponent:.2f}" for exponent in grown
    ]


def report(found: dict[str, dict[int, tuple[int, list[float]]]], sizes: list[int]) -> None:
    """The table of those with rows at the largest size, and for each size the means of ratios."""
    full = {name: by_size for name, by_size in found.items() if by_size[max(sizes)][0]}
    heads = "question|rows|query ms|ask ms|with evidence ms|ask / query|with evidence / query"
    print(f"|{heads}|exponent of the query|of ask|with evidence|\n|{'---|' * 10}")
    for name, by_size in full.items():
        print("|", " | ".join(line(name, by_size)), "|")
    for size in sizes:
        pairs = [by_size[size][1] for by_size in full.values() if size in by_size]
        ratios = [[times[i] / times[0] for times in pairs] for i in (1, 2)]
        means = " / ".join(f"{statistics.geometric_mean(some):.2f}" for some in ratios)
        most = " / ".join(f"{max(some):.1f}" for some in ratios)
        print(f"\n{size:,} articles, {len(pairs)} cases: mean {means}, most {most}")


def main() -> None:
    """Measure every question at every size."""
    sizes = [int(word) for word in sys.argv[1:] if word.isdigit()] or [100, 300, 1_000]
    found: dict[str, dict[int, tuple[int, list[float]]]] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([sys.executable, HERE / "corpus.py", folder, str(size)], check=True)
            graph = legation.open(folder, keep="--memory" not in sys.argv)
            for case in cases(graph):
                name = " ".join([case[0], *(f"{k}={v}" for k, v in case[1].items())])
                found.setdefault(case[0] + " …" * bool(case[1]), {})[size] = measured(graph, case)
                print(name, *found[case[0] + " …" * bool(case[1])][size], file=sys.stderr)
    report(found, sizes)


main()
