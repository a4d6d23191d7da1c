"""What goes between the process that listens and those that work: an errand, and a dispatch back.

Invariant: both are plain bytes. Whatever came of an outsider's query is never unpickled.
"""

import json
import struct
from collections.abc import Mapping
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
