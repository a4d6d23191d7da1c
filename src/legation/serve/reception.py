"""HTTP as it comes in and goes out: which request is which errand.

Invariant: nothing that outsiders send is worked at here; it is passed on. Every answer forbids what
it does not need, may be read from any other site, and is one line in the log.
Source: Cool URIs for the Semantic Web 4.3 (303); RFC 9110, 12 (negotiation).
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from legation.serve.bureau import Bureau
from legation.serve.dispatch import PLAIN, Dispatch, best, in_json
from legation.serve.errands import SUFFIXES, packed
from legation.serve.protocol import Refused, asked, fields, needed, one, wanted
from legation.text.safe import on_a_line

_PATIENCE = 1.0  # seconds after which it is worth a look whether anybody still listens
_LOGGED = 200  # characters of a path or query in the log
_log = logging.getLogger("legation.serve")


def application(bureau: Bureau, about: Mapping[str, object]) -> ASGIApp:
    """The whole application; `about` is what ``/health`` says of the graph."""

    def at(path: str, errand: Callable[[Request], bytes]) -> Route:
        async def answered(request: Request) -> Response:
            return await _watched(request, bureau.answer(errand(request)))

        return Route(path, answered)

    async def sparql(request: Request) -> Response:
        return await _watched(request, bureau.answer(await asked(request)))

    async def health(_: Request) -> Response:
        return _response(in_json({"status": "busy" if bureau.is_busy else "ok", **about}))

    routes = [
        at("/", lambda _: packed("sheet", path="index.html")),
        Route("/sparql", sparql, methods=["GET", "POST"]),
        *(at(f"/id/{{path:path}}{suffix}", _document) for suffix in SUFFIXES.values()),
        *(at(f"/ns{suffix}", _document) for suffix in SUFFIXES.values() if suffix != ".html"),
        Route("/id/{path:path}", _elsewhere),
        Route("/ns", _elsewhere),
        at("/find", lambda r: packed("find", q=one(fields(r), "q") or "", accept=wanted(r))),
        at("/api/questions", lambda _: packed("questions")),
        at("/api/questions/{name}", _question),
        at("/api/explain", lambda r: packed("explain", thing=needed(r, "thing"))),
        at("/openapi.json", lambda _: packed("openapi")),
        Route("/health", health),
        at("/{path:path}", lambda r: packed("sheet", path=r.path_params["path"])),
    ]
    refused: dict[Any, Any] = dict.fromkeys((HTTPException, Refused, ClientDisconnect), _refusal)
    return _Doorkeeper(Starlette(routes=routes, exception_handlers=refused))


def _response(dispatch: Dispatch) -> Response:
    headers = {"Content-Type": dispatch.kind, **dict(dispatch.headers)}
    return Response(dispatch.body, dispatch.status, headers)


async def _refusal(_: Request, error: Exception) -> Response:
    if isinstance(error, Refused):
        return _response(error.dispatch)
    if isinstance(error, HTTPException):
        kept = {"Content-Type": PLAIN, **dict(error.headers or {})}
        return Response(f"{error.detail}\n", error.status_code, kept)
    return Response(status_code=400)  # nobody is there to read it


async def _watched(request: Request, answer: "Awaitable[Dispatch]") -> Response:
    """An answer, ended before its time where nobody waits for it any more."""
    task = asyncio.ensure_future(answer)
    try:
        done, _ = await asyncio.wait({task}, timeout=_PATIENCE)
        if not done:
            gone = asyncio.ensure_future(_gone(request))
            await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
            gone.cancel()
        if not task.done():
            raise ClientDisconnect
        return _response(task.result())
    finally:
        task.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        continue


def _question(request: Request) -> bytes:
    return packed("ask", question=request.path_params["name"], asked=fields(request))


def _document(request: Request) -> bytes:
    return packed("document", path=request.scope["path"].removeprefix("/").removeprefix("id/"))


async def _elsewhere(request: Request) -> Response:
    """Lead from a thing to the document about it that is wanted."""
    kind = best(wanted(request), SUFFIXES)
    if kind is None:
        raise Refused(406, f"what is known of this is there as {', '.join(SUFFIXES)}")
    if ".." in request.scope["path"].split("/"):  # a client would lead itself elsewhere by it
        raise Refused(404, "nothing has such a name")
    # Relatively, since this may stand below a path of a proxy; a colon is no scheme after "./".
    there = f"./{quote(request.scope['path'].rpartition('/')[2])}{SUFFIXES[kind]}"
    return Response(status_code=303, headers={"Location": there})


class _Doorkeeper:
    """What is done with every request: headers, the answer to OPTIONS, a line in the log."""

    def __init__(self, inner: ASGIApp) -> None:
        self._inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        began, seen = time.perf_counter(), {"status": 0, "bytes": 0}

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen["status"] = message["status"]
                # What is left of a body that was refused would be read as the next request.
                ends = (
                    [(b"connection", b"close")]
                    if scope["method"] == "POST" and seen["status"] > 399
                    else []
                )
                message = {**message, "headers": [*message["headers"], *_more(message), *ends]}
            else:
                seen["bytes"] += len(message.get("body", b""))
            await send(message)

        try:
            inner = Response(status_code=204, headers=_ALLOWED)
            await (inner if scope["method"] == "OPTIONS" else self._inner)(scope, receive, sent)
        finally:
            _log.info(_line(scope, seen, time.perf_counter() - began))


_ALLOWED = {
    "Allow": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Content-Type",
    "Access-Control-Max-Age": "86400",
}
_POLICY = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")
_ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"vary", b"Accept"),
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"Location, Retry-After"),
    (b"cross-origin-resource-policy", b"cross-origin"),
)


def _more(message: Message) -> list[tuple[bytes, bytes]]:
    is_ruled = any(name.lower() == _POLICY[0] for name, _ in message["headers"])
    return [*_ALWAYS, *([] if is_ruled else [_POLICY])]


def _line(scope: Scope, seen: Mapping[str, int], seconds: float) -> str:
    """One request in one line: no header, and of a query no more than its beginning."""
    who, query = (scope.get("client") or ("-",))[0], scope.get("asked")
    told = [who, scope["method"], _short(scope["path"]), str(seen["status"]), f"{seen['bytes']} B"]
    return " ".join([*told, f"{seconds * 1000:.1f} ms", *([_short(query)] if query else [])])


def _short(text: str) -> str:
    line = " ".join(on_a_line(text[:_LOGGED]).split())
    return line if len(text) <= _LOGGED else f"{line}…"
