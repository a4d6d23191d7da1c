"""Connections that last no longer than a deadline, to addresses that were judged.

Invariant: a host's name is looked up once, every address it has is judged, and the connection goes
to one of these; whatever drips, in the handshake as well, is cut when the time is up.
"""

import socket
import ssl
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from typing import Any

from legation.errors import EndpointError


@dataclass(frozen=True)
class Way:
    """Whom a request may reach, and what may be done by somebody whose request did not.

    Attributes:
        is_fixed: Whether no other host is asked than the one named, and its own words about a
            failure are worth telling. Elsewhere each address that it redirects to is visited.
        visit: Refuses an address on the web by an error.
        judge: Refuses an address of a host, such as "10.1.2.3", by an error; without it a proxy
            that the environment names is asked.
        hint: What to do instead.
        done: The statuses that tell of a whole answer.
    """

    is_fixed: bool = True
    visit: Callable[[str], object] = lambda url: None
    judge: Callable[[str, str], object] | None = None
    hint: str = "ask for less at a time"
    done: tuple[int, ...] = (200,)


@dataclass
class Deadline:
    """The moment at which every connection is cut."""

    ends: float
    passed: threading.Event = field(default_factory=threading.Event)
    open: list[socket.socket] = field(default_factory=list)

    @property
    def left(self) -> float:
        """Seconds to it, never none."""
        return max(self.ends - time.monotonic(), 0.001)

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Cut whatever is open when the time is up."""
        timer = threading.Timer(self.left, self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _cut(self) -> None:
        self.passed.set()
        for connection in self.open:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # the other side was faster


class _Watched(HTTPConnection):
    """A connection to an address that was judged, of which the deadline knows."""

    def __init__(self, *args: Any, deadline: Deadline, way: Way, **options: Any) -> None:
        super().__init__(*args, **options)
        self._deadline = deadline
        if way.judge is not None:
            self._create_connection = partial(_connected, way.judge)

    def connect(self) -> None:
        HTTPConnection.connect(self)
        self._deadline.open.append(self.sock)


def _connected(
    judge: Callable[[str, str], object], place: tuple[str, int], timeout: float, *_: object
) -> socket.socket:
    """A connection to the first address of a host that takes one, after all were judged.

    The name is looked up once: one that changes its address between two look-ups gains nothing.
    """
    host, port = place
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise EndpointError(f"{host} cannot be found ({error}); is the address right?") from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        judge(host, address)
    for address in addresses[:-1]:
        try:
            return socket.create_connection((address, port), timeout)
        except OSError:
            continue  # a host with several addresses is reached by another
    return socket.create_connection((addresses[-1], port), timeout)


class _Secured(_Watched, HTTPSConnection):
    """The same in TLS; the deadline knows of it before hands are shaken."""

    def connect(self) -> None:
        super().connect()
        self.sock = ssl.create_default_context().wrap_socket(
            self.sock,
            server_hostname=getattr(self, "_tunnel_host", None) or self.host,
            do_handshake_on_connect=False,
        )
        self._deadline.open.append(self.sock)
        self.sock.do_handshake()


class Opening(urllib.request.HTTPSHandler, urllib.request.HTTPHandler):
    """What opens connections under a deadline, as urllib asks for one."""

    def __init__(self, deadline: Deadline, way: Way) -> None:
        super().__init__()
        self._deadline, self._way = deadline, way

    def _kept(self, kind: type[_Watched]) -> "partial[_Watched]":
        return partial(kind, deadline=self._deadline, way=self._way)

    def http_open(self, req: urllib.request.Request) -> HTTPResponse:  # noqa: D102
        return self.do_open(self._kept(_Watched), req)

    def https_open(self, req: urllib.request.Request) -> HTTPResponse:  # noqa: D102
        return self.do_open(self._kept(_Secured), req)
