"""One page from the web, with limits on who may answer, how much and how long.

Invariant: a host's name is resolved once, every address it has is judged, and the connection
goes to an address that was judged; so neither a redirect nor a name that changes its address
between two look-ups reaches a machine that the caller did not mean.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from legation.errors import InputError

MOST_BYTES = 10 * 1024 * 1024
_REDIRECTS = 5
_CHUNK = 64 * 1024
_KINDS = ("text/html", "application/xhtml+xml", "text/plain")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # Source: RFC 6052
_HEADERS = {
    "User-Agent": "legation (archives a page for quotation)",
    "Accept": "text/html, application/xhtml+xml, text/plain;q=0.8",
    "Accept-Encoding": "identity",
    "Connection": "close",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server answered at the last address; media type and charset are empty if not said."""

    url: str
    data: bytes
    kind: str
    charset: str


def fetch(url: str, *, seconds: float = 30.0, private: bool = False) -> Fetched:
    """Fetch one page, at most 10 MB of it, of a type that can hold an article.

    Raises InputError where the address is refused, cannot be reached, answers with an error, with
    too much, too slowly, or with something that is not a page.
    """
    deadline = _Deadline(seconds)
    place = url
    for _ in range(_REDIRECTS + 1):
        answer = _request(place, deadline, private)
        if isinstance(answer, Fetched):
            return answer
        place = answer
    raise InputError(f"{url} redirects more than {_REDIRECTS} times; give the final address")


class _Deadline:
    """The moment at which the whole transfer is cut off, however slowly bytes drip."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.passed = threading.Event()
        self._ends = time.monotonic() + seconds

    @property
    def left(self) -> float:
        return max(self._ends - time.monotonic(), 0.001)

    @contextmanager
    def over(self, connection: socket.socket) -> Iterator[None]:
        """Close a connection when the time is up."""

        def cut() -> None:
            self.passed.set()
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # the other side was faster

        timer = threading.Timer(self.left, cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise InputError(f"{url} is not a web address: {error}") from error
    if parts.scheme not in ("http", "https"):
        raise InputError(f"{url} is not an http or https address; save the page and add the file")
    if not parts.hostname or port == 0:
        raise InputError(f"{url} names no host")
    if parts.username is not None or parts.password is not None:
        raise InputError("the address holds a user name or password; leave them out")
    if any(c.isspace() or ord(c) < 32 for c in url):
        raise InputError(f"{url!r} holds a space or control character; encode it as %20")
    return parts


def _addresses(parts: SplitResult, private: bool) -> list[str]:
    """The addresses of a host, all of which passed judgement."""
    host = parts.hostname or ""
    try:
        found = socket.getaddrinfo(host, _port(parts), type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise InputError(f"{host} cannot be found ({error}); is the address right?") from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        if not private and not is_public(address):
            raise InputError(
                f"{host} is {address}, an address of a private network or of this machine; "
                "--allow-private fetches it all the same"
            )
    return addresses


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


def is_public(address: str) -> bool:
    """Whether an IPv4 or IPv6 address, its zone ignored, is one of the public Internet.

    One that wraps an address of a private or special range in IPv6 is not.

    >>> is_public("127.0.0.1"), is_public("::ffff:10.0.0.1"), is_public("93.184.215.14")
    (False, False, True)
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip.teredo is not None:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _request(url: str, deadline: _Deadline, private: bool) -> Fetched | str:
    """One request: the answer, or the address it redirects to."""
    parts = _parts(url)
    addresses = _addresses(parts, private)
    try:
        raw = _connected(addresses, _port(parts), deadline)
        with _secured(raw, parts) as connection, deadline.over(connection):
            return _exchange(url, parts, connection, deadline)
    except (OSError, http.client.HTTPException, zlib.error) as error:
        if deadline.passed.is_set() or isinstance(error, TimeoutError):
            limit = f"took longer than {deadline.seconds:g} seconds"
            raise InputError(f"{url} {limit}; save the page and add the file") from error
        reason = str(error) or type(error).__name__
        raise InputError(f"{url} cannot be fetched ({reason})") from error


def _connected(addresses: list[str], port: int, deadline: _Deadline) -> socket.socket:
    """A connection to the first address that takes one."""
    for address in addresses[:-1]:
        try:
            return socket.create_connection((address, port), timeout=deadline.left)
        except OSError:
            continue  # a host with several addresses is reached by another
    return socket.create_connection((addresses[-1], port), timeout=deadline.left)


def _secured(raw: socket.socket, parts: SplitResult) -> socket.socket:
    """The connection, in TLS where the address says so; hands are shaken with the first byte."""
    if parts.scheme == "http":
        return raw
    context = ssl.create_default_context()
    return context.wrap_socket(raw, server_hostname=parts.hostname, do_handshake_on_connect=False)


def _exchange(
    url: str, parts: SplitResult, sock: socket.socket, deadline: _Deadline
) -> Fetched | str:
    if isinstance(sock, ssl.SSLSocket):
        sock.do_handshake()
    connection = http.client.HTTPConnection(parts.hostname or "", _port(parts))
    connection.default_port = 443 if parts.scheme == "https" else 80  # left out of the Host line
    connection.sock = sock  # connected to a judged address: http.client would look the name up anew
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        target = quote(target, safe="/?&=%:;,+~!$'()*@-._#[]")
        connection.request("GET", target, headers=_HEADERS)
        response = connection.getresponse()
        location = response.headers.get("Location")
        if response.status in (301, 302, 303, 307, 308) and location:
            return urljoin(url, location)
        if response.status != 200:
            raise InputError(f"{url} answers {response.status} {response.reason}".rstrip())
        return _body(url, response, deadline)
    finally:
        connection.close()


def _body(url: str, response: http.client.HTTPResponse, deadline: _Deadline) -> Fetched:
    kind = response.headers.get_content_type() if "Content-Type" in response.headers else ""
    if kind and kind not in _KINDS:
        raise InputError(f"{url} is {kind}, not a page; an article is HTML or plain text")
    said = response.headers.get("Content-Length", "")
    length = int(said) if said.isdigit() else 0
    if length > MOST_BYTES:
        raise _too_large(url)
    data = _read(url, response)
    if deadline.passed.is_set():  # a connection that was cut reads like one that has ended
        raise TimeoutError
    if response.headers.get("Content-Encoding") is None and len(data) < length:
        raise InputError(f"{url} broke off after {len(data):,} of {length:,} bytes; try again")
    charset = response.headers.get_content_charset() or ""
    return Fetched(url, data, kind, charset)


def _read(url: str, response: http.client.HTTPResponse) -> bytes:
    """The body, unpacked as it arrives, so that a small bomb cannot become a large one."""
    encoding = response.headers.get("Content-Encoding", "identity").lower()
    if encoding not in ("identity", "gzip", "deflate"):
        raise InputError(f"{url} is packed as {encoding}, which was not asked for")
    unpack = zlib.decompressobj(wbits=47) if encoding != "identity" else None  # gzip or zlib
    data = bytearray()
    while chunk := response.read(_CHUNK):
        data += chunk if unpack is None else unpack.decompress(chunk, MOST_BYTES + 1 - len(data))
        if len(data) > MOST_BYTES:
            raise _too_large(url)
    return bytes(data)


def _too_large(url: str) -> InputError:
    size = MOST_BYTES // 1024 // 1024
    return InputError(f"{url} is larger than {size} MB; save the article's text and add that")
