"""Which of the media types on offer somebody wants.

Invariant: what nobody accepts is never chosen. Source: RFC 9110, 12.5.1.
"""

import re
from collections.abc import Iterable, Iterator

_QUALITY = re.compile(r"\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*", re.IGNORECASE)
_MOST = 64  # ranges that are read; nobody writes more, but to keep a server busy


def best(accept: str, offered: Iterable[str]) -> str | None:
    """The media type wanted most, of several the one offered first; None where none is wanted.

    >>> best("text/html;q=0.5, text/*;q=0.8, */*;q=0.1", ["text/html", "text/csv", "a/b"])
    'text/csv'
    >>> best("image/png, text/csv;q=0", ["text/csv"]) is None
    True
    """
    ranges = list(_ranges(accept)) if accept.strip() else [("*/*", 1.0)]
    ranked = [(_quality(kind, ranges), kind) for kind in offered]
    quality, kind = max(ranked, key=lambda pair: pair[0], default=(0.0, None))
    return kind if quality > 0 else None


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    for part in accept.split(",")[:_MOST]:
        kind, *parameters = part.split(";")
        found = (_QUALITY.fullmatch(parameter) for parameter in parameters)
        qualities = [float(match[1]) for match in found if match is not None]
        yield kind.strip().lower(), qualities[0] if qualities else 1.0


def _quality(kind: str, ranges: list[tuple[str, float]]) -> float:
    """How much a type is wanted: the range that says most about it decides."""
    fitting = {wanted: quality for wanted, quality in ranges}
    for wanted in (kind, f"{kind.partition('/')[0]}/*", "*/*"):
        if wanted in fitting:
            return fitting[wanted]
    return 0.0
