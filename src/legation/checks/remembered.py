"""The report of a long check, kept in ``.legation/`` until anything that it depends on changes.

Invariant: a kept report counts only under the hash of every file of the workspace and the program,
of the day and of the folder that findings are told from, and in the very folder where it was made:
one that came with a copy or a clone is not believed.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from legation.checks.finding import Finding, Report, Rule
from legation.errors import LIBRARY_FAULTS, InputError
from legation.files.document import contents, keep, settled
from legation.files.shelf import shelf
from legation.graph.workspace import SETTINGS, Workspace
from legation.store.disk import PLACE
from legation.store.stamps import hashes

SLOW = 3.0
"""Seconds of checking from which on a report is kept."""

_NAME = "report.json"
_JUDGES = ("owlready2", "pyoxigraph", "pyshacl", "rapidfuzz", "rdflib")


@dataclass(frozen=True)
class Memory:
    """What was found in a workspace under one state of everything."""

    space: Workspace
    key: str

    def report(self) -> Report | None:
        """The report that was kept of this state; None where there is none."""
        try:
            place = settled(self.space.root / PLACE, self.space.root)
            found = json.loads(contents(place / _NAME, within=place))
            if found["key"] != self._here(place):
                return None
            rules = tuple(Rule(**rule) for rule in found["rules"])
            return Report(tuple(_finding(one) for one in found["findings"]), rules)
        except (OSError, InputError, *LIBRARY_FAULTS):
            return None

    def keep(self, report: Report) -> None:
        """Keep a report of this state, where that can be written."""
        with suppress(OSError, InputError):
            place = settled(self.space.root / PLACE, self.space.root)
            with shelf(place):
                said = {"key": self._here(place), **asdict(report)}
                keep(json.dumps(said).encode(), place / _NAME)

    def _here(self, place: Path) -> str:
        return f"{self.key} {place} {place.stat().st_ino}"


def memory(space: Workspace, base: Path, *, logic: bool = False) -> Memory | None:
    """The memory of the present state; None where a file of it cannot be read."""
    try:
        files = hashes(map(str, _files(space)), space.root)
    except (OSError, InputError):
        return None
    judges = [_version(judge) for judge in _JUDGES]
    state = json.dumps([str(base), logic, str(datetime.now(UTC).date()), judges, files])
    return Memory(space, hashlib.sha256(state.encode()).hexdigest())


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _files(space: Workspace) -> Iterator[Path]:
    folders = {root / name for root in (space.home, space.root) for name in ("ontology", "queries")}
    for folder in sorted({space.graph, *folders}):
        yield from sorted(path for path in folder.rglob("*") if path.is_file())
    yield from sorted(Path(__file__).parents[1].rglob("*.py"))
    if (space.root / SETTINGS).exists():
        yield space.root / SETTINGS


def _finding(said: dict[str, object]) -> Finding:
    things = said.pop("things")
    return Finding(**said, things=tuple(things))  # type: ignore[arg-type]
