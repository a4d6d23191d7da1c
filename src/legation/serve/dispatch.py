"""What goes between the process that listens and those that work: an errand, and a dispatch back.

Invariant: both are plain bytes. Whatever came of an outsider's query is never unpickled, and what
nobody accepts is never chosen. Source: RFC 9110, 12.5.1.
"""

import json
import re
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

PLAIN = "text/plain; charset=utf-8"
JSON = "application/json"
PROBLEM = "application/problem+json"
RETRY_AFTER = ("Retry-After", "5")

_HEAD = struct.Struct("!HII")
HEAD_BYTES = _HEAD.size


@dataclass(frozen=True, slots=True)
class Dispatch:
    """An answer on its way: an HTTP status, a media type, the whole body, and further headers."""

    status: int
    kind: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()

    def framed(self) -> bytes:
        """Its bytes on the wire: the lengths of what follows, then the head, then the body."""
        head = json.dumps([self.kind, self.headers]).encode()
        return _HEAD.pack(self.status, len(head), len(self.body)) + head + self.body


def lengths(head: bytes) -> tuple[int, int, int]:
    """Of the first bytes of a dispatch: its status, and how long its head and its body are."""
    status, head_length, length = _HEAD.unpack(head)
    return status, head_length, length


def unframed(status: int, head: bytes, body: bytes) -> Dispatch:
    """The dispatch of such parts."""
    kind, headers = json.loads(head)
    return Dispatch(status, kind, body, tuple((name, value) for name, value in headers))


def in_json(value: object, *, kind: str = JSON, status: int = 200) -> Dispatch:
    """A value as JSON, characters of every script as they are."""
    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    return Dispatch(status, kind, text.encode("utf-8", "replace"))


def problem(status: int, detail: str, more: Mapping[str, object] | None = None) -> Dispatch:
    """What is wrong, for a program. Source: RFC 9457."""
    told = {"status": status, "detail": detail, **dict(more or {})}
    return in_json(told, kind=PROBLEM, status=status)


def sentence(status: int, detail: str) -> Dispatch:
    """What is wrong, in words; what may be asked again later says so."""
    headers = (RETRY_AFTER,) if status == 503 else ()
    return Dispatch(status, PLAIN, f"{detail}\n".encode("utf-8", "replace"), headers)


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
