"""Building very many values that all stay.

Invariant: what Python did before is done again afterwards, whatever happens meanwhile.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unswept() -> Iterator[None]:
    """No search for cycles among millions of terms that hold none: it took a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if not gc.get_freeze_count():
                gc.freeze()  # straight to the oldest generation, else the search comes at once
                gc.unfreeze()
            gc.enable()
