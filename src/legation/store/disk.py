"""A graph on disk: a folder that holds its quads, its names and what its literals were.

Invariant: a folder is written once, by `fill`, and only read after that; whoever reads it holds its
lock, so that nobody tidies it away.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from contextlib import ExitStack, suppress
from functools import cached_property
from pathlib import Path

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat
from pyoxigraph import Store as _Oxigraph

from legation.errors import LegationError, UsageError
from legation.files.document import contents, flushed
from legation.files.lock import locked
from legation.files.shelf import copied, put_aside
from legation.graph.dataset import Dataset
from legation.graph.record import Record
from legation.graph.registry import Names
from legation.rdf.ontology import Ontology
from legation.rdf.vocabulary import RDF
from legation.store import index, indexing
from legation.store.literals import Rewritten, rewritten
from legation.store.memory import LocalStore
from legation.store.muster import Muster

PLACE = ".legation"
"""The folder of a workspace in which its graphs are kept."""

MUSTER = "muster.sqlite"
"""The file of a kept graph that tells of what each authored file speaks."""

_NAMES, _LITERALS, _QUADS = "names.sqlite", "literals.nq", "quads"


class KeptStore(LocalStore):
    """A dataset on disk, opened where it is first asked.

    Attributes:
        folder: Where it is kept.
    """

    def __init__(self, folder: Path, prefixes: dict[str, str], *, leaves_out: bool) -> None:
        super().__init__((), prefixes, leaves_out=leaves_out)
        self.folder = folder

    @cached_property
    def _held(self) -> ExitStack:
        """The lock of a reader; whoever tidies up leaves the folder alone while it is held."""
        stack = ExitStack()
        with suppress(OSError):
            stack.enter_context(locked(self.folder, shared=True))
        return stack

    def close(self) -> None:
        """Let go of the folder."""
        self.__dict__.pop("_opened", None)
        self._held.close()

    @cached_property
    def _opened(self) -> _Oxigraph:
        _ = self._held
        try:
            return _Oxigraph.read_only(str(self.folder / _QUADS))
        except OSError as error:
            raise self._failure(error) from error

    @property
    def _engine(self) -> _Oxigraph:
        return self._opened

    def built(self, things: Iterable[NamedNode]) -> Iterator[Quad]:
        """All that is built of some things: of them, of triples about them, and in their graphs."""
        for thing in things:
            yield from self.quads(thing, None, None, DefaultGraph())
            yield from self.quads(None, None, None, thing)
            for about in self.quads(None, RDF.subject, thing, DefaultGraph()):
                if isinstance(about.subject, NamedNode):
                    yield from self.quads(about.subject, None, None, DefaultGraph())

    @cached_property
    def rewritten(self) -> Rewritten:
        """See `LocalStore.rewritten`."""
        lines = pyoxigraph.parse((self.folder / _LITERALS).read_bytes(), format=RdfFormat.N_QUADS)
        found: defaultdict[Quad, set[Quad]] = defaultdict(set)
        for kept, written in zip(lines, lines, strict=True):
            found[kept].add(written)
        return found

    def names(self, ontology: Ontology) -> Names:
        """See `LocalStore.names`."""
        return index.Indexed((), ontology, self, self.folder / _NAMES)

    def _failure(self, error: Exception) -> LegationError:
        if not isinstance(error, OSError) and "orruption" not in str(error):
            return super()._failure(error)
        put_aside(self.folder)  # whoever comes next finds none, and makes one
        return UsageError(
            f"the graph kept in {PLACE}/ is damaged and was put aside ({error}); ask once more, "
            "and it is made anew"
        )


def fill(folder: Path, dataset: Dataset, record: Record) -> None:
    """Write a graph and the record it was built from into a folder."""
    engine = _Oxigraph(str(folder / _QUADS))
    engine.bulk_extend(dataset.held)
    engine.flush()
    del engine  # it lets go of its files
    written = KeptStore(folder, {}, leaves_out=False)
    indexing.write(folder / _NAMES, written, record.ontology)
    written.close()
    _write_literals(folder, rewritten(dataset.held))
    authored = (file for file in record.files if file.kind in ("registry", "article"))
    Muster(folder / MUSTER).enrol(
        {
            file.path.relative_to(record.root).as_posix(): (
                contents(file.path),
                (located.quad for located in file.quads),
            )
            for file in authored
        }
    )


def _write_literals(folder: Path, changed: Rewritten) -> None:
    pairs = ((kept, one) for kept, all_ in changed.items() for one in all_)
    text = "".join(sorted(f"{kept} .\n{one} .\n" for kept, one in pairs))
    flushed(folder / _LITERALS, text.encode())


def refill(
    folder: Path, old: KeptStore, fresh: Set[Quad], ontology: Ontology, things: Set[NamedNode]
) -> None:
    """Write a graph into a folder as it was kept, but for some things, of which all is fresh."""
    for path in (old.folder / _QUADS, old.folder / _NAMES):
        copied(path, folder / path.name)
    stale = set(old.built(things))
    engine = _Oxigraph(str(folder / _QUADS))
    for quad in stale - fresh:
        engine.remove(quad)
    engine.extend(fresh - stale)
    engine.flush()
    del engine  # it lets go of its files
    same = {kept: written for kept, written in old.rewritten.items() if kept not in stale}
    _write_literals(folder, {**same, **rewritten(fresh)})
    written = KeptStore(folder, {}, leaves_out=False)
    indexing.renew(folder / _NAMES, written, ontology, things)
    written.close()
