"""Values brought together under what they share.

Invariant: keys and values stay in the order in which they come; none is lost.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


def gathered(pairs: Iterable[tuple[_Key, _Value]]) -> dict[_Key, list[_Value]]:
    """The values of each key.

    >>> gathered((len(word), word) for word in ("no", "yes", "so"))
    {2: ['no', 'so'], 3: ['yes']}
    """
    found: defaultdict[_Key, list[_Value]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return dict(found)
