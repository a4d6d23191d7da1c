"""What other repositories call: the action, its script, and the pre-commit hooks."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


def _git(folder: Path, *words: str) -> None:
    who = ["-c", "user.name=Reviewer", "-c", "user.email=reviewer@example.org"]
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(checkout: Path, tmp_path: Path) -> Path:
    """A repository of somebody else, with the tiny world in a folder of it, on a branch."""
    root = tmp_path / "repository"
    shutil.copytree(checkout / "tests" / "world" / "graph", root / "strait" / "graph")
    _git(root, "init", "-q", "-b", "main")
    _git(root, "add", ".")
    _git(root, "commit", "-qm", "The world as it is")
    _git(root, "update-ref", "refs/remotes/origin/main", "HEAD")
    return root


def _run(checkout: Path, repository: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the script of the action's step as the runner does."""
    (step,) = (s for s in _read(checkout / "action.yml")["runs"]["steps"] if s.get("id") == "check")
    script = repository.parent / "step.sh"
    script.write_text(step["run"], "utf-8")
    env = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "RUNNER_TEMP": str(repository.parent),
        "GITHUB_OUTPUT": str(repository.parent / "output"),
        "GRAPH": "strait",
        "SEVERITY": "error",
        "SINCE": "origin/main",
        **inputs,
    }
    command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)]
    return subprocess.run(command, cwd=repository, env=env, capture_output=True, text=True)


def _outputs(repository: Path) -> dict[str, str]:
    file = repository.parent / "output"
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    return dict(line.split("=", 1) for line in lines)


def test_a_graph_in_order_passes_and_leaves_both_files(checkout: Path, repository: Path) -> None:
    done = _run(checkout, repository)
    assert done.returncode == 0, done.stderr
    outputs = _outputs(repository)
    assert json.loads(Path(outputs["sarif"]).read_text("utf-8"))["version"] == "2.1.0"
    assert "What changed since origin/main" in Path(outputs["page"]).read_text("utf-8")
    assert Path(outputs["comment"]).read_text("utf-8").startswith("### What the graph says now")


def test_a_fault_fails_the_job_on_its_line_and_still_leaves_both_files(
    checkout: Path, repository: Path
) -> None:
    article = sorted((repository / "strait" / "graph" / "articles").glob("*.trig"))[0]
    text = article.read_text("utf-8")
    article.write_text(text.replace('leg:quote "', 'leg:quote "x', 1), "utf-8")
    done = _run(checkout, repository)
    assert done.returncode == 1, done.stderr
    assert f"::error file=strait/graph/articles/{article.name},line=" in done.stdout
    outputs = _outputs(repository)
    (run,) = json.loads(Path(outputs["sarif"]).read_text("utf-8"))["runs"]
    location = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location["uri"] == f"strait/graph/articles/{article.name}"
    assert "quote-not-verbatim" in Path(outputs["page"]).read_text("utf-8")


def test_a_clone_without_the_base_is_told_to_fetch_it(checkout: Path, repository: Path) -> None:
    shallow = repository.parent / "shallow"
    for subject in ("One more", "And one more"):
        _git(repository, "commit", "-q", "--allow-empty", "-m", subject)
    _git(repository.parent, "clone", "-q", "--depth=1", f"file://{repository}", str(shallow))
    done = _run(checkout, shallow, SINCE="HEAD~2")
    assert done.returncode != 0
    assert "fetch-depth: 0" in done.stderr
    assert "page" not in _outputs(shallow)


def test_what_cannot_be_parsed_fails_with_the_line(checkout: Path, repository: Path) -> None:
    article = sorted((repository / "strait" / "graph" / "articles").glob("*.trig"))[0]
    article.write_text("this is no TriG\n", "utf-8")
    done = _run(checkout, repository)
    assert done.returncode == 2
    assert f"{article.name}:1" in done.stderr
    assert _outputs(repository) == {}


def test_a_graph_in_a_folder_nobody_named_fails_the_job_and_is_named(
    checkout: Path, repository: Path
) -> None:
    done = _run(checkout, repository, GRAPH=".")
    assert done.returncode == 2
    assert "no graph/ folder here or above, but one in strait" in done.stderr
    assert "path" in _read(checkout / "action.yml")["inputs"]
    assert _outputs(repository) == {}


def test_no_input_is_pasted_into_a_script(checkout: Path) -> None:
    for step in _read(checkout / "action.yml")["runs"]["steps"]:
        assert "${{" not in step.get("run", "")


def test_whoever_checks_out_for_the_action_fetches_the_whole_history(checkout: Path) -> None:
    for path in sorted((checkout / ".github" / "workflows").glob("*.yml")):
        for job in _read(path)["jobs"].values():
            for step in job["steps"]:
                if step.get("uses", "").startswith("actions/checkout@"):
                    assert step["with"]["fetch-depth"] == 0, path.name


def _hook(checkout: Path, repository: Path, name: str, *words: str) -> int:
    """Run a hook in the root of a repository, as pre-commit does."""
    (hook,) = (h for h in _read(checkout / ".pre-commit-hooks.yaml") if h["id"] == name)
    program, *command = hook["entry"].split()
    legation = Path(sys.executable).with_name(program)
    return subprocess.run([legation, *command, *words], cwd=repository, check=False).returncode


def test_the_hooks_work_on_a_graph_in_a_folder(checkout: Path, repository: Path) -> None:
    files = sorted(p.relative_to(repository) for p in repository.glob("strait/graph/*/*.t*g"))
    assert _hook(checkout, repository, "legation-format", *map(str, files)) == 0
    assert _hook(checkout, repository, "legation-check") == 2
    assert _hook(checkout, repository, "legation-check", "--workspace=strait") == 0


def test_the_entry_that_contributing_shows_names_the_hooks_that_are_there(checkout: Path) -> None:
    text = (checkout / "CONTRIBUTING.md").read_text("utf-8")
    shown = text[text.index("    repos:") :].split("\n\n")[0]
    (entry,) = yaml.safe_load(shown)["repos"]
    hooks = {hook["id"] for hook in _read(checkout / ".pre-commit-hooks.yaml")}
    assert {hook["id"] for hook in entry["hooks"]} == hooks
    assert any(hook.get("args") == ["--workspace=data"] for hook in entry["hooks"])
