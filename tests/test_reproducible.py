"""Whatever is written is the same bytes on every machine, whatever its clock, zone or locale."""

import os
import subprocess
import sys
from pathlib import Path
from typing import get_args

import legation
from legation.checks import judging as checks
from legation.checks.finding import Format
from legation.checks.forms import written
from legation.desk import review
from legation.graph import exports, workspace
from legation.graph.dataset import build
from legation.views.network import to_csv, to_gexf, to_graphml, to_html, to_json

AGENCY = "graph/articles/merovian-news-agency-2031-05-06.trig"
MACHINES = (
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Seoul", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "LC_ALL": "C.UTF-8"},
)


def write_everything(root: Path, out: Path) -> None:
    """Write whatever Legation writes of a work tree whose last change is a fault."""
    home = workspace.find(root)
    edition = exports.edition_of(build(workspace.read(home), home.rules), home)
    exports.write_all(edition, out / "dist", workspace=home)
    case = checks.open_case(home, since_revision="HEAD")
    report = checks.judge(case)
    change = review.since(home, case.record, "HEAD")
    kg = legation.open(root)
    network = kg.network("everything")
    answer = kg.ask("attribution")
    documents = {
        **{f"check.{form}": written(report, form) for form in get_args(Format) if form != "html"},
        "review.html": review.page(case, report, change),
        "network.csv": to_csv(network),
        "network.gexf": to_gexf(network),
        "network.graphml": to_graphml(network),
        "network.html": to_html(network),
        "network.json": to_json(network),
        "timeline.html": kg.timeline().to_html(),
        "answer.csv": answer.to_csv(evidence=True),
        "answer.json": answer.to_json(evidence=True),
        "explanation.txt": kg.explain("Ilse Varn").to_text(),
    }
    for name, text in documents.items():
        (out / name).write_text(text, "utf-8")


def test_everything_written_is_the_same_bytes_under_another_hash_seed(
    world: Path, tmp_path: Path
) -> None:
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@t"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "The world as it is"]):
        subprocess.run([*git, *words], cwd=world, check=True)
    article = world / AGENCY
    article.write_text(article.read_text("utf-8").replace("a leg:Summit", "a leg:Sumit"), "utf-8")
    found: list[dict[str, bytes]] = []
    for number, machine in enumerate(MACHINES):
        out = tmp_path / str(number)
        out.mkdir()
        words = [sys.executable, __file__, str(world), str(out)]
        subprocess.run(words, env={**os.environ, **machine}, check=True)
        files = (path for path in out.rglob("*") if path.is_file())
        found.append({path.relative_to(out).as_posix(): path.read_bytes() for path in files})
    one, other = found
    assert len(one) > 18
    assert b"leg:Sumit" in one["check.text"] and b"leg:Sumit" in one["review.html"]
    assert set(one) == set(other)
    assert [name for name in one if one[name] != other[name]] == []


if __name__ == "__main__":
    write_everything(Path(sys.argv[1]), Path(sys.argv[2]))
