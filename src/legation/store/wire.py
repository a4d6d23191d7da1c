"""One request over HTTP and its whole answer, or an error that says why there is none.

Invariant: nothing lasts longer than its deadline, however slowly bytes drip; nobody is asked whom
the way of a request does not allow, and no answer that was cut, or cut itself, is taken for a
whole. Every request that leaves this house is sent from here.
"""

import email.utils
import http.client
import re
import time
import urllib.error
import urllib.request
import zlib
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage, HTTPResponse
from typing import Any
from urllib.parse import SplitResult, urlsplit

from legation.errors import EndpointError
from legation.store.connection import Deadline, Opening, Way

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
    deadline = Deadline(time.monotonic() + seconds)
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
        method = req.get_method()
        return urllib.request.Request(newurl, req.data, dict(req.headers), method=method)


def _is_same(old: SplitResult, new: SplitResult) -> bool:
    """Whether an address is on the same host and port, or there in TLS."""
    if old.hostname != new.hostname or new.scheme not in ("http", "https"):
        return False
    if (old.scheme, new.scheme) == ("http", "https"):
        return new.port in (None, 443, old.port)
    return (old.scheme, old.port) == (new.scheme, new.port)


def _exchange(request: urllib.request.Request, deadline: Deadline, most: int, way: Way) -> Reply:
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(None if way.judge is None else {}),
        Opening(deadline, way),
        _Redirects(way),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    try:
        with opener.open(request, timeout=deadline.left) as response:
            _refuse_part(response.url, response, way.done)
            body = _read(response, most, way.hint)
    except urllib.error.HTTPError as error:
        with error:
            raise _failure(request.full_url, error, way.is_fixed) from error
    if deadline.passed.is_set():  # a connection that was cut reads like one that has ended
        raise TimeoutError
    kind = response.headers.get_content_type() if "Content-Type" in response.headers else ""
    return Reply(kind, body, response.url, response.headers.get_content_charset() or "")


def _refuse_part(url: str, response: HTTPResponse, done: tuple[int, ...]) -> None:
    """Refuse an answer that says of itself that it is no whole; Virtuoso does so in headers."""
    state = response.headers.get("X-SQL-State", "")
    cut = response.headers.get("X-SPARQL-MaxRows")
    if cut is not None:
        raise EndpointError(f"{url} cut its answer at {cut} rows; ask for less at a time")
    if state.strip() not in ("", "00000"):
        why = response.headers.get("X-SQL-Message", "").strip() or "it does not say why"
        raise EndpointError(f"{url} gave only a part of its answer ({state.strip()}): {why}")
    if response.status not in done:
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
        return EndpointError(message, error.code)
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
