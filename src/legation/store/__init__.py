"""Where questions are put: a store in memory, on disk, or a SPARQL endpoint; one contract.

Invariant: the same query text gives the same rows from each. Nothing here interprets a
question, and a cut answer is an error, never a shorter answer.
"""

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
from legation.store.endpoint import RemoteStore
from legation.store.index import Indexed
from legation.store.kept import local
from legation.store.memory import LocalStore

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
