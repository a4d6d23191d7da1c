"""Benchmarks run, so that what they measure can be measured again."""

import subprocess
import sys
from pathlib import Path

import pytest


def test_the_benchmark_of_views_runs_on_a_small_corpus(checkout: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "benchmarks/views.py", "20", "1"],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    views = {path.stem for path in (checkout / "queries" / "views").glob("*.rq")}
    assert {line.split()[0] for line in ran.stdout.splitlines()[2:] if line} == views


def test_the_benchmark_of_the_endpoint_runs_on_the_tiny_world(checkout: Path) -> None:
    pytest.importorskip("uvicorn", reason="the endpoint needs legation[serve]")
    ran = subprocess.run(
        [sys.executable, "benchmarks/endpoint.py", "6", "2", "tests/world"],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    measured = [tuple(line.split()[:3]) for line in ran.stdout.splitlines()[1:]]
    servers, queries = ("legation", "oxigraph"), ("lookup", "join")
    beside = ("alone", "endless")
    assert measured == [(s, q, b) for s in servers for b in beside for q in queries]


def test_the_benchmark_of_pages_writes_the_same_site_by_one_process_and_by_two(
    checkout: Path,
) -> None:
    ran = subprocess.run(
        [sys.executable, "benchmarks/pages.py", "2", "2"],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.endswith("the same bytes each time\n")
