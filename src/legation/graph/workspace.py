"""A workspace: a folder that holds a ``graph/``, and where everything in it is.

Invariant: Legation's own ontology, shapes and queries always apply; a workspace of one's own
adds to them and never replaces a term or file. Reading a workspace changes nothing in it, but that
a write which was killed half way is finished first; no file is read through a link that leads out.
"""

import os
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NoReturn

from legation.errors import LIBRARY_FAULTS, InputError
from legation.files.document import contents, settled
from legation.files.journal import reading
from legation.graph.article import Article
from legation.graph.authored import Authored, read_article, read_passages, record_of
from legation.graph.bundle import files, home, with_own
from legation.graph.record import FileKind, Record, SourceFile, triples_of
from legation.rdf import trig
from legation.rdf.ontology import Ontology
from legation.rdf.roster import fitted
from legation.rdf.unswept import unswept
from legation.rdf.vocabulary import ID, PREFIXES
from legation.text.foreign import foreign

SETTINGS = "legation.toml"


@dataclass(frozen=True)
class Workspace:
    """Where the parts of a graph are.

    Attributes:
        root: The folder that holds ``graph/``.
        home: The folder that holds Legation's own ontology and queries.
    """

    root: Path
    home: Path

    @property
    def is_bundled(self) -> bool:
        """Whether this is the reference graph that comes with the package."""
        return self.root == self.home

    @property
    def graph(self) -> Path:
        """The folder of authored files."""
        return self.root / "graph"

    @property
    def sources(self) -> Path:
        """The folder of archived article texts; absent where the package carries none."""
        return self.graph / "sources"

    @property
    def articles(self) -> Path:
        """The folder of article files."""
        return self.graph / "articles"

    @property
    def registry(self) -> Path:
        """The folder of names."""
        return self.graph / "registry"

    @property
    def has_texts(self) -> bool:
        """Whether the archive of texts is here at all."""
        return self.sources.is_dir()

    @cached_property
    def settings(self) -> dict[str, str]:
        """What ``legation.toml`` says: ``title``, ``base`` and ``today``, all optional.

        Raises:
            InputError: The file is not TOML.
        """
        path = self.root / SETTINGS
        if not path.exists():
            return {}
        try:
            table = tomllib.loads(contents(path, within=self.root).decode("utf-8"))
        except LIBRARY_FAULTS as error:  # deep brackets recurse
            raise InputError(f"is not TOML: {error}", path) from error
        return {key: value for key, value in table.items() if isinstance(value, str)}

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """Every prefix usable here: one per kind of thing, on this base, and those of own terms."""
        base = self.settings.get("base", ID)
        own = (prefix for path in self._own_ontology_files for prefix in trig.read(path).prefixes)
        return {**dict(own), **PREFIXES, **{kind: f"{base}{kind}/" for kind in self.ontology.kinds}}

    def _both(self, folder: str, pattern: str) -> list[Path]:
        return with_own(self.home, self.root, folder, pattern)

    @property
    def ontology_files(self) -> list[Path]:
        """Legation's ontology, then the workspace's own terms."""
        return [self.home / "ontology" / "legation.ttl", *self._own_ontology_files]

    @property
    def _own_ontology_files(self) -> list[Path]:
        return [] if self.is_bundled else [*files(self.root, "ontology", "*.ttl").values()]

    @property
    def shape_files(self) -> list[Path]:
        """The SHACL files of Legation and the workspace."""
        return self._both("ontology/shapes", "*.ttl")

    @property
    def question_files(self) -> list[Path]:
        """The canned questions, a workspace's own among them."""
        return self._both("queries/answers", "*.rq")

    @property
    def rule_files(self) -> list[Path]:
        """The derivation rules."""
        return self._both("queries/rules", "*.rq")

    @property
    def check_files(self) -> list[Path]:
        """The queries that must return no row."""
        return self._both("queries/checks", "*.rq")

    @property
    def view_files(self) -> list[Path]:
        """The queries behind networks."""
        return self._both("queries/views", "*.rq")

    @property
    def rules(self) -> list[tuple[Path, str]]:
        """The derivation rules, each with its file, in the order of their names.

        Raises:
            InputError: One of them cannot be read or is not UTF-8; with the line.
        """
        return [(path, self.query(path)) for path in self.rule_files]

    def query(self, path: Path) -> str:
        """The text of a query file, its lists of terms drawn up from the terms that apply here.

        Raises:
            InputError: It cannot be read, is not UTF-8, or asks for a list that cannot be made.
        """
        return fitted(read_text(path) or "", self.ontology, path)

    @cached_property
    def ontology(self) -> Ontology:
        """The terms that apply here.

        Raises:
            InputError: An ontology file cannot be read.
        """
        parts = (trig.read(path) for path in self.ontology_files)
        return Ontology.of(t for file in parts for t in triples_of(file.quads))


def bundled() -> Workspace:
    """The reference graph that comes with the package."""
    return Workspace(home(), home())


def find(path: Path | str | None = None) -> Workspace:
    """The workspace at a folder, or around the folder we are in: what is judged and written.

    Raises:
        InputError: The given folder holds no graph, or no folder upward from here does.
    """
    if path is None:
        return _upward(Path.cwd()) or _nowhere(Path.cwd())
    root = _resolved(Path(path))
    if not _is_workspace(root):
        raise InputError("holds no graph/ folder; 'legation new DIR' makes a workspace", root)
    return _opened(root)


def answering(path: Path | str | None = None) -> Workspace:
    """The workspace that `find` finds; where nobody named one and none is here, the bundled one.

    Raises:
        InputError: The given folder holds no graph.
    """
    return find(path) if path is not None else _upward(Path.cwd()) or bundled()


def _opened(root: Path) -> Workspace:
    """A workspace in which no write is half done."""
    with reading(root):
        return Workspace(root, home())


def around(path: Path) -> Workspace:
    """The nearest workspace upward from a file or folder.

    Raises:
        InputError: There is no such path, or no workspace around it.
    """
    found = _upward(_resolved(path))
    if found is None:
        raise InputError("is not inside a graph; 'legation new DIR' makes one", path)
    return found


def _upward(here: Path) -> Workspace | None:
    for folder in (here, *here.parents):
        if _is_workspace(folder):
            return _opened(folder)
    return None


def _nowhere(here: Path) -> NoReturn:
    # A repository with faults in data/graph once passed its check, for another graph was checked.
    below = " and ".join(sorted(f.name for f in here.iterdir() if _is_workspace(f)))
    raise InputError(
        f"there is no graph/ folder here or above{f', but one in {below}' if below else ''}: "
        "cd into a workspace, name one with --workspace DIR, or make one with 'legation new DIR'"
    )


def _resolved(path: Path) -> Path:
    try:
        return path.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else error
        raise InputError(f"cannot be opened ({reason})", path) from error


def _is_workspace(folder: Path) -> bool:
    graph = folder / "graph"
    return (graph / "articles").is_dir() or (graph / "registry").is_dir()


def read(workspace: Workspace, *, slugs: Collection[str] | None = None) -> Record:
    """Read every authored file of a workspace, while nobody writes in it.

    Of the articles only those of some slugs, where these are given.

    Raises InputError where a file cannot be read or parsed, with file and line, or is a link that
    leads out of the workspace.
    """
    with reading(workspace.root):
        return _record(workspace, slugs)


@unswept()
def _record(workspace: Workspace, slugs: Collection[str] | None) -> Record:
    entries = files(workspace.root, "graph/registry", "*.ttl")
    written = [
        *(_source_file(path, "ontology") for path in workspace.ontology_files),
        *(_source_file(path, "shapes") for path in workspace.shape_files),
        *(_source_file(path, "registry") for _, path in sorted(entries.items())),
    ]
    articles: list[Article] = []
    authored: list[Authored] = []
    for path in _article_files(workspace, slugs):
        file = _source_file(path, "article")
        written.append(file)
        source = workspace.sources / f"{path.stem}.txt"
        settled(source, workspace.root)
        article = read_article(file, source, read_text(source))
        if article is not None:
            articles.append(article)
        authored.append(read_passages(file, article))
    return record_of(workspace.root, written, articles, authored)


def _article_files(workspace: Workspace, slugs: Collection[str] | None) -> list[Path]:
    if slugs is None:
        found = files(workspace.root, "graph/articles", "*.trig")
        return [path for _, path in sorted(found.items())]
    some = (workspace.articles / f"{slug}.trig" for slug in sorted(slugs))
    here = [path for path in some if path.exists()]
    for path in here:
        settled(path, workspace.root)
    return here


def _source_file(path: Path, kind: FileKind) -> SourceFile:
    parsed = trig.read(path)
    return SourceFile(path, kind, parsed.quads, parsed.directives)


def read_text(path: Path) -> str | None:
    """The text of a file, such as an article's archived text, line ends untouched.

    None when the file is not here; InputError, with the line, when it is no UTF-8 text.
    """
    if not path.exists():
        return None
    data = contents(path)
    if told := foreign(data):
        raise InputError(told[0], path, told[1])
    return data.decode("utf-8")
