"""Where questions are put: a store in memory, on disk, or a SPARQL endpoint; one contract.

Invariant: the same query text gives the same rows from each. Nothing here interprets a
question, and a cut answer is an error, never a shorter answer.
"""

from typing import TYPE_CHECKING

from legation.store.contract import (
    AT_ONCE,
    Facts,
    Result,
    Rows,
    Store,
    Term,
    text_of,
    with_prefixes,
)
from legation.store.index import Indexed
from legation.store.kept import local
from legation.store.memory import LocalStore

if TYPE_CHECKING:
    from legation.store.endpoint import RemoteStore as RemoteStore

__all__ = [
    "AT_ONCE",
    "Facts",
    "Indexed",
    "LocalStore",
    "RemoteStore",
    "Result",
    "Rows",
    "Store",
    "Term",
    "local",
    "text_of",
    "with_prefixes",
]


def __getattr__(name: str) -> object:
    """Find the client of endpoints when it is asked for: what it needs is slow to load."""
    if name == "RemoteStore":
        from legation.store.endpoint import RemoteStore

        return RemoteStore
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
