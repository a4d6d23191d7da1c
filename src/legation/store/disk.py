"""A graph on disk: a folder that holds its quads, its names and what its literals were.

Invariant: a folder is written once, by `fill`, and only read after that; whoever reads it holds its
lock, so that nobody tidies it away.
"""

from collections import defaultdict
from contextlib import ExitStack, suppress
from functools import cached_property
from pathlib import Path

import pyoxigraph
from pyoxigraph import Quad, RdfFormat
from pyoxigraph import Store as _Oxigraph

from legation.errors import LegationError, UsageError
from legation.files.document import flushed
from legation.files.lock import locked
from legation.files.shelf import put_aside
from legation.graph.dataset import Dataset
from legation.graph.registry import Names
from legation.rdf.ontology import Ontology
from legation.store import index
from legation.store.literals import Rewritten, rewritten
from legation.store.memory import LocalStore

PLACE = ".legation"
"""The folder of a workspace in which its graphs are kept."""

_NAMES, _LITERALS, _QUADS = "names.sqlite", "literals.nq", "quads"


class KeptStore(LocalStore):
    """A dataset on disk, opened where it is first asked."""

    def __init__(self, folder: Path, prefixes: dict[str, str], *, leaves_out: bool) -> None:
        super().__init__((), prefixes, leaves_out=leaves_out)
        self._folder = folder

    @cached_property
    def _held(self) -> ExitStack:
        """The lock of a reader; whoever tidies up leaves the folder alone while it is held."""
        stack = ExitStack()
        with suppress(OSError):
            stack.enter_context(locked(self._folder, shared=True))
        return stack

    def close(self) -> None:
        """Let go of the folder."""
        self.__dict__.pop("_opened", None)
        self._held.close()

    @cached_property
    def _opened(self) -> _Oxigraph:
        _ = self._held
        try:
            return _Oxigraph.read_only(str(self._folder / _QUADS))
        except OSError as error:
            raise self._failure(error) from error

    @property
    def _engine(self) -> _Oxigraph:
        return self._opened

    @cached_property
    def rewritten(self) -> Rewritten:
        """See `LocalStore.rewritten`."""
        lines = pyoxigraph.parse((self._folder / _LITERALS).read_bytes(), format=RdfFormat.N_QUADS)
        found: defaultdict[Quad, set[Quad]] = defaultdict(set)
        for kept, written in zip(lines, lines, strict=True):
            found[kept].add(written)
        return found

    def names(self, ontology: Ontology) -> Names:
        """See `LocalStore.names`."""
        return index.Indexed((), ontology, self, self._folder / _NAMES)

    def _failure(self, error: Exception) -> LegationError:
        if not isinstance(error, OSError) and "orruption" not in str(error):
            return super()._failure(error)
        put_aside(self._folder)  # whoever comes next finds none, and makes one
        return UsageError(
            f"the graph kept in {PLACE}/ is damaged and was put aside ({error}); ask once more, "
            "and it is made anew"
        )


def fill(folder: Path, dataset: Dataset, ontology: Ontology) -> None:
    """Write a graph into a folder."""
    engine = _Oxigraph(str(folder / _QUADS))
    engine.bulk_extend(dataset.held)
    engine.flush()
    del engine  # it lets go of its files
    written = KeptStore(folder, {}, leaves_out=False)
    index.write(folder / _NAMES, written, ontology)
    written.close()
    pairs = ((kept, one) for kept, all_ in rewritten(dataset.held).items() for one in all_)
    text = "".join(sorted(f"{kept} .\n{one} .\n" for kept, one in pairs))
    flushed(folder / _LITERALS, text.encode())
