"""What an installation carries, and that it is the same one for everybody."""

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from legation.graph import workspace

LICENCES = ("LICENSE", "LICENSE-DATA")
CARRIED = ("ontology", "queries", "graph/registry", "graph/articles")
PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[\w.+!-]+)", re.MULTILINE)

# The names are put together here so that this file does not name what it looks for.
REGISTRY_HOST = re.compile(
    r"\b(?:"
    + "|".join(["pypi" r"\.org", "pythonhosted" r"\.org", "npmjs" r"\.(?:org|com)"])
    + r")\b"
)
MACHINE_PATH = re.compile(
    r"(?<![\w./~<-])/(?:" + "|".join(["root", "home", "Users", "work"]) + r")/\w"
)


def _copy(checkout: Path, folder: Path, *, file_mode: int, folder_mode: int) -> Path:
    """Copy what a build reads, as somebody with other default permissions would have it."""
    for name in ("src", "ontology", "queries", "graph"):
        ignored = shutil.ignore_patterns("__pycache__", ".*")
        shutil.copytree(checkout / name, folder / name, ignore=ignored)
    for name in (
        "pyproject.toml",
        "README.md",
        "CHANGELOG.md",
        "LICENSE",
        "LICENSE-DATA",
        "legation.toml",
        "requirements/legation.cdx.json",
    ):
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(checkout / name, folder / name)
    for path in folder.rglob("*"):
        path.chmod(folder_mode if path.is_dir() else file_mode)
        os.utime(path, (1_000_000_000, 1_000_000_000))
    return folder


def _build(folder: Path, kind: str, *, umask: int = 0o022) -> Path:
    """Build a wheel or sdist with the backend that is installed, without any network."""
    out = folder / "out"
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(out)]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, umask=umask)
    (built,) = out.glob("*.whl" if kind == "wheel" else "*.tar.gz")
    return built


@pytest.fixture(scope="module")
def grounds(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _copy(checkout, tmp_path_factory.mktemp("one"), file_mode=0o644, folder_mode=0o755)


@pytest.fixture(scope="module")
def wheel(grounds: Path) -> Path:
    return _build(grounds, "wheel")


@pytest.fixture(scope="module")
def carried(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_carries_ontology_queries_and_reference_graph(
    carried: set[str], grounds: Path
) -> None:
    data = [path for name in CARRIED for path in (grounds / name).rglob("*") if path.is_file()]
    assert {path.suffix for path in data} >= {".ttl", ".trig"}
    assert {f"legation/data/{path.relative_to(grounds).as_posix()}" for path in data} <= carried


def test_the_wheel_does_not_carry_the_article_texts(carried: set[str]) -> None:
    assert not [name for name in carried if name.startswith("legation/data/graph/sources")]
    archived = {path.name for path in workspace.home().glob("graph/sources/*.txt")}
    assert archived and not archived & {Path(name).name for name in carried}


def test_the_wheel_carries_the_code_its_types_and_both_licences(
    carried: set[str], grounds: Path
) -> None:
    files = (path for path in grounds.rglob("src/**/*") if path.is_file())
    code = {path.relative_to(grounds / "src").as_posix() for path in files}
    assert {Path(name).suffix for name in code} >= {".py", ".typed", ".html", ".svg", ".css", ".js"}
    assert code <= carried
    assert {Path(name).name for name in carried} >= set(LICENCES)


def test_what_a_build_publishes_of_the_graph_comes_with_the_wheel(carried: set[str]) -> None:
    assert carried >= {f"legation/data/{name}" for name in ("legation.toml", *LICENCES)}


def test_the_graph_is_published_under_the_version_of_the_package(checkout: Path) -> None:
    project = tomllib.loads((checkout / "pyproject.toml").read_text("utf-8"))["project"]
    said = tomllib.loads((checkout / "legation.toml").read_text("utf-8"))
    assert said["version"] == project["version"]


def test_the_wheel_is_the_same_bytes_under_another_umask_and_another_clock(
    checkout: Path, wheel: Path, tmp_path: Path
) -> None:
    other = _copy(checkout, tmp_path, file_mode=0o600, folder_mode=0o700)
    assert _build(other, "wheel", umask=0o077).read_bytes() == wheel.read_bytes()


def test_the_wheel_built_from_the_sdist_is_the_same_bytes(
    grounds: Path, wheel: Path, tmp_path: Path
) -> None:
    with tarfile.open(_build(grounds, "sdist")) as archive:
        archive.extractall(tmp_path, filter="data")
    (unpacked,) = tmp_path.iterdir()
    assert not (unpacked / "graph" / "sources").exists()
    assert _build(unpacked, "wheel").read_bytes() == wheel.read_bytes()


def _locks(checkout: Path) -> dict[str, str]:
    return {path.stem: path.read_text() for path in sorted(checkout.glob("requirements/*.lock"))}


def _pins(lock: str) -> dict[str, str]:
    return {canonicalize_name(pin["name"]): pin["version"] for pin in PIN.finditer(lock)}


def test_the_lock_files_name_no_address(checkout: Path) -> None:
    for lock in _locks(checkout).values():
        assert "://" not in lock
        assert not re.search(r"^-", lock, re.MULTILINE)


def test_the_lock_files_have_a_hash_for_each_pin(checkout: Path) -> None:
    for lock in _locks(checkout).values():
        entries = re.split(r"\n(?=[\w])", lock)
        assert len(entries) == len(_pins(lock))
        assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_lock_files_agree_on_every_version(checkout: Path) -> None:
    pins = {name: _pins(lock) for name, lock in _locks(checkout).items()}
    together = pins["all"] | pins["core"] | pins["build"]
    for locked in pins.values():
        assert locked == {name: together[name] for name in locked}


def test_each_declared_dependency_is_locked_at_a_version_it_allows(checkout: Path) -> None:
    declared = tomllib.loads((checkout / "pyproject.toml").read_text())
    pins = {name: _pins(lock) for name, lock in _locks(checkout).items()}
    extras = declared["project"]["optional-dependencies"].values()
    wanted = {
        "build": declared["build-system"]["requires"],
        "core": declared["project"]["dependencies"],
        "all": declared["project"]["dependencies"] + [line for lines in extras for line in lines],
    }
    for lock, lines in wanted.items():
        for requirement in map(Requirement, lines):
            assert requirement.specifier.contains(pins[lock][canonicalize_name(requirement.name)])


def test_the_wheel_brings_a_bill_of_each_pin_and_of_what_is_required(
    checkout: Path, wheel: Path
) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (
            n for n in archive.namelist() if n.endswith(".dist-info/sboms/legation.cdx.json")
        )
        parts = json.loads(archive.read(name))["components"]
    pins = {name: _pins(lock) for name, lock in _locks(checkout).items()}
    assert {part["name"]: part["version"] for part in parts} == pins["all"]
    required = {part["name"]: part["version"] for part in parts if part["scope"] == "required"}
    assert required == pins["core"]


def _authored_texts(checkout: Path) -> list[tuple[str, str]]:
    """Every file that belongs to the repository, save the article texts, which others wrote."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=checkout, check=True, capture_output=True, text=True,
    )  # fmt: skip
    names = [name for name in listing.stdout.split("\0") if name and "/sources/" not in name]
    return [
        (name, (checkout / name).read_bytes().decode(errors="replace"))
        for name in names
        if (checkout / name).is_file()
    ]


@pytest.mark.parametrize("pattern", [REGISTRY_HOST, MACHINE_PATH], ids=["registry", "machine"])
def test_no_file_names_a_package_registry_or_a_path_of_one_machine(
    checkout: Path, pattern: re.Pattern[str]
) -> None:
    found = [(name, pattern.findall(text)) for name, text in _authored_texts(checkout)]
    assert [(name, words) for name, words in found if words] == []


def test_continuous_integration_can_be_run_as_it_is(checkout: Path) -> None:
    assert os.access(checkout / ".ci/run", os.X_OK)
