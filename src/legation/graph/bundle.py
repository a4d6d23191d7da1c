"""Legation's own files of a kind, and a workspace's beside them.

Invariant: own only adds. A file that takes the name of one of Legation's is refused, for with it a
clone could put an empty file in the place of a shape, check or rule, and all would still be well.
"""

from pathlib import Path

from legation.errors import InputError
from legation.files.document import contents, settled

ARTICLES, REGISTRY, SOURCES = "graph/articles/", "graph/registry/", "graph/sources/"


def article_of(name: str) -> str:
    """The file of the article with a text, or itself, from the root."""
    return f"{ARTICLES}{Path(name).stem}.trig"


def home() -> Path:
    """Where Legation's own ontology, queries and reference graph are."""
    package = Path(__file__).resolve().parents[1]
    data = package / "data"
    return data if data.is_dir() else package.parent.parent


def is_own(path: Path) -> bool:
    """Whether a file of terms, shapes or queries came with a workspace, and not with Legation."""
    return not any(path.is_relative_to(home() / folder) for folder in ("ontology", "queries"))


def files(root: Path, folder: str, pattern: str) -> dict[str, Path]:
    """Files of a folder by their names; an InputError where one is a link out of the root."""
    found = {path.name: path for path in (root / folder).glob(pattern) if not path.is_dir()}
    for path in found.values():
        settled(path, root)
    return found


def _differ(one: Path, other: Path) -> bool:
    return contents(one) != contents(other)


def with_own(home: Path, root: Path, folder: str, pattern: str) -> list[Path]:
    """Files of a folder of Legation's home and of a workspace, by name; none for another."""
    bundled = files(home, folder, pattern)
    own = {} if root == home else files(root, folder, pattern)
    # A clone of Legation itself, asked by an installed one, has the very same files.
    own = {n: path for n, path in own.items() if n not in bundled or _differ(path, bundled[n])}
    taken = sorted(own.keys() & bundled.keys())
    if taken:
        also = f", and so do {', '.join(taken[1:])}" if taken[1:] else ""
        message = f"takes the name of a file of Legation's own, which stays in force{also}"
        raise InputError(f"{message}: own files only add, so give it another name", own[taken[0]])
    return [path for _, path in sorted({**bundled, **own}.items())]
