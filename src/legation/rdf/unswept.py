"""Making very many terms without looking for garbage among them.

Invariant: only the search for cycles is put off, which terms hold none of; whether it was on before
is restored.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_MANY = 100_000  # values, among which a search at once would be felt


@contextmanager
def unswept() -> Iterator[None]:
    """Make very many values that all stay: the search among them took up to half of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            # To count what is frozen takes the longer, the more there is: not after small answers.
            if gc.get_count()[0] > _MANY and not gc.get_freeze_count():
                gc.freeze()  # straight to the oldest generation, else the search comes at once
                gc.unfreeze()
            gc.enable()
