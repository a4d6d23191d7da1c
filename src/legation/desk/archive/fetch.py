"""One page from the web, with limits on who may answer, how much and how long.

Invariant: every address that a host has is judged before it is asked; so neither a redirect nor a
name that changes its address between two look-ups reaches a machine that the caller did not mean.
"""

import ipaddress
import urllib.request
from urllib.parse import SplitResult, quote, urlsplit

from legation.errors import EndpointError, InputError
from legation.store.connection import Way
from legation.store.wire import Reply, reply_to

MOST_BYTES = 10 * 1024 * 1024
_KINDS = ("text/html", "application/xhtml+xml", "text/plain")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # Source: RFC 6052
_SAFE = "/?&=%:;,+~!$'()*@-._#[]"  # what stays as it is in an address that people type
_HEADERS = {
    "User-Agent": "legation (archives a page for quotation)",
    "Accept": "text/html, application/xhtml+xml, text/plain;q=0.8",
    "Accept-Encoding": "identity",
}


def fetch(url: str, *, seconds: float = 30.0, private: bool = False) -> Reply:
    """Fetch one page, at most 10 MB, of a type that can hold an article; InputError without one."""
    parts = _parts(url)
    path, query = quote(parts.path, _SAFE), quote(parts.query, _SAFE)
    asked = parts._replace(path=path, query=query, fragment="").geturl()
    way = Way(
        is_fixed=False,
        visit=_parts,
        judge=(lambda *_: None) if private else _refuse_private,
        hint="save the article's text and add that",
    )
    request = urllib.request.Request(asked, headers=_HEADERS)
    try:
        page = reply_to(request, seconds=seconds, most=MOST_BYTES, way=way)
    except EndpointError as error:
        raise InputError(str(error)) from error
    if page.kind and page.kind not in _KINDS:
        raise InputError(f"{url} is {page.kind}, not a page; an article is HTML or plain text")
    return page


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


def _refuse_private(host: str, address: str) -> None:
    if not is_public(address):
        raise InputError(
            f"{host} is {address}, an address of a private network or of this machine; "
            "--allow-private fetches it all the same"
        )


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
