"""What a request to the endpoint asks, read out of its address, its head and its body.

Invariant: what is no SPARQL request is refused with a sentence before anybody works at it; nothing
given twice is guessed at, and no body is read beyond what one may send.
Source: SPARQL 1.1 Protocol 2.1 and 2.2.
"""

import asyncio
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from legation.rdf.guard import UPDATE
from legation.serve.dispatch import Dispatch, best, sentence
from legation.serve.errands import packed
from legation.serve.solved import HTML

MOST_BODY = 1024**2
_MOST_READ = 16 * MOST_BODY
BODY_SECONDS = 10.0
_MOST_FIELDS = 1_000
_FORM, _QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
_SHORT = {"json": "application/sparql-results+json", "csv": "text/csv", "html": HTML}

Fields = list[tuple[str, str]]


class Refused(Exception):
    """A request that is answered with a sentence at once."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.dispatch: Dispatch = sentence(status, why)


async def asked(request: Request) -> bytes:
    """The errand of a request to the endpoint; the query stays with it, for the log."""
    posted, query = await _posted(request) if request.method == "POST" else ([], None)
    given = [*fields(request), *posted]
    if any(name == "update" or name.startswith("using-") for name, _ in given):
        raise Refused(400, UPDATE)
    if query is not None and one(given, "query") is not None:
        raise Refused(400, "the query is given twice, in the body and in the address")
    query = one(given, "query") if query is None else query
    if query is None:
        return _unasked(request)
    request.scope["asked"] = query
    return packed(
        "sparql",
        query=query,
        accept=_SHORT.get(one(given, "format") or "", wanted(request)),
        default=[value for name, value in given if name == "default-graph-uri"],
        named=[value for name, value in given if name == "named-graph-uri"],
    )


def _unasked(request: Request) -> bytes:
    """What the endpoint gives whoever asks nothing: a form, or what it is."""
    if request.method == "POST":
        raise Refused(400, "there is no query in this: send query=… or the query itself")
    kind = best(wanted(request), ("text/turtle", HTML))
    if kind is None:
        raise Refused(406, f"what this endpoint is, is told in text/turtle and {HTML}")
    return packed("console" if kind == HTML else "service")


def wanted(request: Request) -> str:
    """The media types that a request accepts."""
    return ", ".join(request.headers.getlist("accept"))


def fields(request: Request) -> Fields:
    """The fields in the address of a request."""
    return _form(request.scope["query_string"])


def one(given: Fields, name: str) -> str | None:
    """The one value of a field; None where it is left out."""
    found = [value for key, value in given if key == name]
    if len(found) > 1:
        raise Refused(400, f"{name} is given {len(found)} times; once is enough")
    return found[0] if found else None


def needed(request: Request, name: str) -> str:
    """The one value of a field in the address."""
    found = one(fields(request), name)
    if not found:
        raise Refused(400, f"say what is meant: ?{name}=…")
    return found


def _form(data: bytes) -> Fields:
    try:
        text = data.decode("ascii")
        return parse_qsl(text, True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise Refused(400, f"this is no form in UTF-8, percent-encoded: {error}") from error


async def _posted(request: Request) -> tuple[Fields, str | None]:
    """What a POST carries: the fields of a form, or a query as it is."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/sparql-update":
        raise Refused(400, UPDATE)
    if kind not in (_FORM, _QUERY):
        raise Refused(415, f"a query is posted as {_FORM} or {_QUERY}")
    data = await body(request)
    if kind == _FORM:
        return _form(data), None
    try:
        return [], data.decode()
    except UnicodeDecodeError as error:
        raise Refused(400, f"the query is not UTF-8 text: {error}") from error


async def body(request: Request) -> bytes:
    """The body; one that is too big is read to its end, so that whoever sends it hears why."""
    said, data, read = request.headers.get("content-length", "0"), bytearray(), 0
    is_read = said.isdigit() and int(said) <= _MOST_READ
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while is_read:
                message = await request.receive()
                if message["type"] == "http.disconnect":
                    raise ClientDisconnect
                chunk = message.get("body", b"")
                read += len(chunk)
                data += chunk if read <= MOST_BODY else b""
                is_read = message.get("more_body", False) and read <= _MOST_READ
    except TimeoutError:
        raise Refused(408, f"the request took over {BODY_SECONDS:g} seconds to arrive") from None
    if not said.isdigit() or max(int(said), read) > MOST_BODY:
        raise Refused(413, f"a request carries at most {MOST_BODY:,} bytes")
    return bytes(data)
