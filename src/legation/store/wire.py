"""One request over HTTP and its whole answer, or an error that says why there is none.

Invariant: nothing lasts longer than its deadline, however slowly bytes drip; nobody is asked whom
the way of a request does not allow, and no answer that was cut, or cut itself, is taken for a
whole. Every request that leaves this house is sent from here.
"""

import email.utils
import http.client
import re
import socket
import ssl
import threading
import time
import urllib.error
import urllib.request
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import SplitResult, urlsplit

from legation.errors import EndpointError

MOST_BYTES = 512 * 1024 * 1024  # of an answer; more would fill the memory of a small machine
_MOST_TOLD = 64 * 1024  # of the endpoint's own words about what went wrong
_CHUNK = 64 * 1024
_REDIRECTS = 5
_TRIES = 3
_BUSY = (429, 503)


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered, and where; media type and character set are empty if not said."""

    kind: str
    body: bytes
    url: str
    charset: str


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
    """

    is_fixed: bool = True
    visit: Callable[[str], object] = lambda url: None
    judge: Callable[[str, str], object] | None = None
    hint: str = "ask for less at a time"


TO_ENDPOINTS = Way()


def reply_to(
    request: urllib.request.Request,
    *,
    seconds: float,
    most: int = MOST_BYTES,
    way: Way = TO_ENDPOINTS,
) -> Reply:
    """Send a request and read the answer; EndpointError where there is none, or not the whole.

    Whoever asks for patience is asked again, as long as the deadline allows.
    """
    deadline = _Deadline(time.monotonic() + seconds)
    tries = 0
    while True:
        tries += 1
        try:
            with deadline.kept():
                return _exchange(request, deadline, most, way)
        except _Later as later:
            if later.seconds >= deadline.left or tries >= _TRIES:
                raise EndpointError(str(later)) from later
            time.sleep(later.seconds)
        except (HTTPException, OSError, ValueError, zlib.error) as error:
            if deadline.passed.is_set() or isinstance(error, TimeoutError):
                limit = f"did not answer within {seconds:g} seconds"
                raise EndpointError(f"{request.full_url} {limit}; {way.hint}") from error
            why = str(getattr(error, "reason", "") or error) or type(error).__name__
            raise EndpointError(f"{request.full_url} did not answer: {why}") from error


class _Later(Exception):
    """An endpoint that is too busy now, and says when to ask again."""

    def __init__(self, message: str, seconds: float) -> None:
        super().__init__(message)
        self.seconds = seconds


@dataclass
class _Deadline:
    """The moment at which every connection is cut."""

    ends: float
    passed: threading.Event = field(default_factory=threading.Event)
    open: list[socket.socket] = field(default_factory=list)

    @property
    def left(self) -> float:
        return max(self.ends - time.monotonic(), 0.001)

    @contextmanager
    def kept(self) -> Iterator[None]:
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

    def __init__(self, *args: Any, deadline: _Deadline, way: Way, **options: Any) -> None:
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


class _Opening(urllib.request.HTTPSHandler, urllib.request.HTTPHandler):
    """What opens connections under a deadline."""

    def __init__(self, deadline: _Deadline, way: Way) -> None:
        super().__init__()
        self._deadline, self._way = deadline, way

    def _kept(self, kind: type[_Watched]) -> "partial[_Watched]":
        return partial(kind, deadline=self._deadline, way=self._way)

    def http_open(self, req: urllib.request.Request) -> HTTPResponse:
        return self.do_open(self._kept(_Watched), req)

    def https_open(self, req: urllib.request.Request) -> HTTPResponse:
        return self.do_open(self._kept(_Secured), req)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Redirects that the way allows, with what was sent, credentials included, sent again."""

    max_redirections = _REDIRECTS

    def __init__(self, way: Way) -> None:
        self._way = way

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: Any,
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request:
        self._way.visit(newurl)
        if not self._way.is_fixed:
            return urllib.request.Request(newurl, headers=dict(req.headers))
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        if not _is_same(old, new):
            where = f"{new.scheme}://{new.netloc.rpartition('@')[2]}"
            raise EndpointError(
                f"{req.full_url} redirects to {where}, another host, which nobody named: give that "
                "address if you mean it"
            )
        if code == 303:
            raise EndpointError(f"{req.full_url} redirects to a page, not to an endpoint (303)")
        return urllib.request.Request(newurl, data=req.data, headers=dict(req.headers))


def _is_same(old: SplitResult, new: SplitResult) -> bool:
    """Whether an address is on the same host and port, or there in TLS."""
    if old.hostname != new.hostname or new.scheme not in ("http", "https"):
        return False
    if (old.scheme, new.scheme) == ("http", "https"):
        return new.port in (None, 443, old.port)
    return (old.scheme, old.port) == (new.scheme, new.port)


def _exchange(request: urllib.request.Request, deadline: _Deadline, most: int, way: Way) -> Reply:
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(None if way.judge is None else {}),
        _Opening(deadline, way),
        _Redirects(way),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    try:
        with opener.open(request, timeout=deadline.left) as response:
            _refuse_part(response.url, response)
            body = _read(response, most, way.hint)
    except urllib.error.HTTPError as error:
        with error:
            raise _failure(request.full_url, error, way.is_fixed) from error
    if deadline.passed.is_set():  # a connection that was cut reads like one that has ended
        raise TimeoutError
    kind = response.headers.get_content_type() if "Content-Type" in response.headers else ""
    return Reply(kind, body, response.url, response.headers.get_content_charset() or "")


def _refuse_part(url: str, response: HTTPResponse) -> None:
    """Refuse an answer that says of itself that it is no whole; Virtuoso does so in headers."""
    state = response.headers.get("X-SQL-State", "")
    cut = response.headers.get("X-SPARQL-MaxRows")
    if cut is not None:
        raise EndpointError(f"{url} cut its answer at {cut} rows; ask for less at a time")
    if state.strip() not in ("", "00000"):
        why = response.headers.get("X-SQL-Message", "").strip() or "it does not say why"
        raise EndpointError(f"{url} gave only a part of its answer ({state.strip()}): {why}")
    if response.status != 200:
        status = f"{response.status} {response.reason}".strip()
        raise EndpointError(f"{url} gave no whole answer: its status is {status}")


def _read(response: HTTPResponse, most: int, hint: str) -> bytes:
    """The body, unpacked as it arrives, so that a small bomb cannot become a large one."""
    url = response.url
    packed = response.headers.get("Content-Encoding", "identity").strip().lower()
    if packed not in ("identity", "", "gzip", "deflate"):
        raise EndpointError(f"{url} packed its answer as {packed}, which was not asked for")
    unpack = zlib.decompressobj(wbits=47) if packed in ("gzip", "deflate") else None
    said = response.headers.get("Content-Length", "")
    data, arrived = bytearray(), 0
    too_large = EndpointError(f"{url} answered more than {most:,} bytes; {hint}")
    if said.isdigit() and int(said) > most:
        raise too_large
    while chunk := response.read(_CHUNK):
        arrived += len(chunk)
        data += chunk if unpack is None else unpack.decompress(chunk, most + 1 - len(data))
        if len(data) > most:
            raise too_large
    short = said.isdigit() and arrived < int(said)
    if short or (unpack is not None and not unpack.eof):
        whole = f" of {said}" if said else ""
        raise http.client.HTTPException(f"it broke off after {arrived:,}{whole} bytes; try again")
    return bytes(data)


def _failure(url: str, error: urllib.error.HTTPError, is_told: bool) -> Exception:
    told = error.read(_MOST_TOLD).decode("utf-8", "replace") if is_told else ""
    if "html" in error.headers.get("Content-Type", ""):
        told = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", " ", told, flags=re.S | re.I)
    lines = (" ".join(line.split()) for line in told.splitlines())
    words = "\n".join(line for line in lines if line)
    status = f"{error.code} {error.reason}".strip()
    message = f"{url} answers {status}{f': {words}' if words else ''}"
    wait = _seconds(error.headers.get("Retry-After")) if error.code in _BUSY else None
    if wait is None:
        return EndpointError(message)
    return _Later(f"{message}; it asks to wait {wait:g} seconds", wait)


def _seconds(said: str | None) -> float | None:
    """What a Retry-After says, as seconds from now. Source: RFC 9110, 10.2.3."""
    if said is None:
        return None
    if said.strip().isdigit():
        return float(said)
    try:
        moment = email.utils.parsedate_to_datetime(said)
    except ValueError:
        return None
    return max(moment.timestamp() - time.time(), 0.0)
