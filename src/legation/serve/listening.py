"""Where requests arrive: a socket, and HTTP that keeps its hours.

Invariant: nobody is let in from beyond this machine unless a host was named. A connection that does
not say in time what it wants, or does not take in time what it asked for, is closed.
"""

import asyncio
import logging
import socket
from collections.abc import Callable
from ipaddress import ip_address

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from legation.errors import UsageError

HEADER_SECONDS = 5.0
_TAKING_SECONDS = 10.0
_LEAST_TAKEN = 64 * 1024  # bytes that a reader takes within these seconds, however slow its line
_LONGEST_HEAD = 64 * 1024


class Punctual(H11Protocol):
    """HTTP/1.1 with a deadline for the head of a request, and for taking the answer."""

    _due: asyncio.TimerHandle | None = None
    _taking: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first request."""
        super().connection_made(transport)
        self._due = self.loop.call_later(HEADER_SECONDS, transport.abort)

    def data_received(self, data: bytes) -> None:
        """Wait for the rest of a head, and for no head once one is whole."""
        super().data_received(data)
        if not getattr(self.cycle, "response_complete", True):
            _forget(self._due)
            self._due = None
        elif self._due is None:  # a body that nobody reads any more counts as a head
            self._due = self.loop.call_later(HEADER_SECONDS, self.transport.abort)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing."""
        _forget(self._due)
        _forget(self._taking)
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Watch whether the answer is taken."""
        super().pause_writing()
        self._watch()

    def resume_writing(self) -> None:
        """Watch no more."""
        _forget(self._taking)
        super().resume_writing()

    def _should_upgrade(self) -> bool:
        return False

    def _watch(self) -> None:
        left = self.transport.get_write_buffer_size()

        def look() -> None:
            if left - self.transport.get_write_buffer_size() < _LEAST_TAKEN:
                self.transport.abort()
            else:
                self._watch()

        self._taking = self.loop.call_later(_TAKING_SECONDS, look)


def _forget(timer: asyncio.TimerHandle | None) -> None:
    if timer is not None:
        timer.cancel()


def bound(host: str, port: int) -> socket.socket:
    """A socket for requests; UsageError where that cannot be."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, *_, address = found[0]
        listener = socket.create_server(address[:2], family=family, backlog=1024)
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or error
        raise UsageError(f"cannot listen on {host}, port {port}: {why}") from error
    # asyncio sets it for a socket that says it is TCP, which this one leaves open: without it, each
    # answer waits 40 ms, as its head and its body are sent apart.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def is_loopback(listener: socket.socket) -> bool:
    """Whether only this machine can reach it."""
    return ip_address(listener.getsockname()[0]).is_loopback


def listen(application: ASGIApp, listener: socket.socket, ready: Callable[[], None]) -> None:
    """Answer until somebody ends it by Ctrl-C or a signal, with a line on stderr a request."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%Y-%m-%dT%H:%M:%S%z"))
    for name, level in (("legation.serve", logging.INFO), ("uvicorn", logging.WARNING)):
        log = logging.getLogger(name)
        log.handlers, log.propagate = [handler], False
        log.setLevel(level)
    config = uvicorn.Config(
        application,
        http=Punctual,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=1,
        h11_max_incomplete_event_size=_LONGEST_HEAD,
    )
    ready()
    try:
        uvicorn.Server(config).run(sockets=[listener])
    except KeyboardInterrupt:
        return
