"""What nodes and edges carry: Python values to whoever reads one, text and numbers to a writer.

Invariant: nothing is dropped on the way into a file. Lists are joined by ``; ``, evidence becomes
its claims, dates, origins and quotes; what is missing is left out.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from legation.errors import UsageError
from legation.text.safe import visible
from legation.views.network.proof import EdgeEvidence

if TYPE_CHECKING:
    from _collections_abc import dict_items

_MISSING: tuple[object, ...] = (None, (), [], {})


class Attributes(dict[str, Any]):
    """The attributes of a node, an edge or a network; read as a whole, they fit any file.

    NetworkX's writers read by `items` and take texts and numbers only, so that is what they get.

    >>> found = Attributes(label="DPRK", states=("North Korea", "Russia"), note=None)
    >>> found["states"], dict(found.items())["states"], "note" in dict(found.items())
    (('North Korea', 'Russia'), 'North Korea; Russia', False)
    """

    def items(self) -> "dict_items[str, Any]":
        """The attributes as texts and numbers, evidence as its parts."""
        return flat_values(self).items()

    def copy(self) -> "Attributes":
        """The same attributes, to be changed."""
        return Attributes(self)

    def __reduce__(self) -> tuple[type, tuple[dict[str, Any]]]:
        return Attributes, (dict(self),)  # else `copy.deepcopy` would copy what `items` gives


def flat_values(values: Mapping[str, object]) -> dict[str, Any]:
    """Attributes as texts and numbers only."""
    flat: dict[str, Any] = {}
    for key in values:
        value = values[key]
        if isinstance(value, EdgeEvidence):
            flat |= flat_values(proof(value))
        elif value not in _MISSING:
            flat[key] = flat_value(value)
    return flat


def flat_value(value: object) -> str | int | float | bool:
    """One value as text or number."""
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return "; ".join(f"{key}={flat_value(item)}" for key, item in sorted(value.items()))
    if isinstance(value, list | tuple | set | frozenset):
        return "; ".join(str(flat_value(item)) for item in value)
    return visible(str(value))


def proof(evidence: EdgeEvidence) -> dict[str, object]:
    """What an edge rests on, as plain values, with the words of its claims."""
    span = evidence.span
    return {
        **evidence.to_dict(),
        "earliest": span.earliest if span else None,
        "latest": span.latest if span else None,
        "quotes": _cited(evidence),
    }


def _cited(evidence: EdgeEvidence) -> list[str]:
    try:
        return list(dict.fromkeys(passage.cite() for passage in evidence.quotes))
    except UsageError:
        return []  # an unpickled network has left its graph, and the quotes, behind
