"""The desk in the browser over HTTP: who is let in, and which request is which deed.

Invariant: only somebody who knows the token in the address is answered, only under the name of this
machine, and a deed is done only where a page of the desk itself asked for it. Every answer forbids
whatever the desk does not need. Source: W3C Fetch 3.2 (Origin), CSP Level 3; RFC 9110, 15.5.10.
"""

import json
import secrets
from collections.abc import Callable
from hmac import compare_digest
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from legation.desk.writing.bench import Bench
from legation.desk.writing.blotter import Overtaken
from legation.errors import LIBRARY_FAULTS, LegationError, UnknownName
from legation.pages import asset, render
from legation.serve.dispatch import Dispatch, in_json, sentence
from legation.serve.protocol import Refused, body

_NAMES = ("127.0.0.1", "localhost", "[::1]")
_FILES = {
    "desk.css": ("text/css; charset=utf-8", ("review.css", "desk.css")),
    "desk.js": ("text/javascript; charset=utf-8", ("desk.js",)),
}
_HEADERS = (
    (
        b"content-security-policy",
        b"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        b"base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    (b"cache-control", b"no-store"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)

Given = dict[str, Any]


def new_token() -> str:
    """A token that nobody guesses, for an address."""
    return secrets.token_urlsafe(24)


def chancery(bench: Bench, token: str) -> ASGIApp:
    """The application of a desk whose pages stand below ``/TOKEN/``."""
    named = "/article/{slug}"
    routes = [
        _got("/", lambda _: _page("desk.html", bench, articles=bench.shares())),
        _got("/choices", lambda _: in_json(bench.repertoire.as_json())),
        _got("/date", lambda r: in_json(bench.date(_asked(r, "edtf")))),
        _got(named, lambda r: _page("desk-article.html", bench, lectern=bench.lectern(_slug(r)))),
        _got(f"{named}/sheet", lambda r: in_json(bench.sheet(_slug(r)))),
        _got(f"{named}/words", lambda r: in_json(_words(bench, r))),
        _got(f"{named}/things", lambda r: in_json(_things(bench, r))),
        _got(f"{named}/form", lambda r: in_json(bench.form(_slug(r), _asked(r, "claim")))),
        _got("/{file}", _file),
        _put("/add", lambda _, given: {"slug": bench.archive(given)}),
        _put(f"{named}/{{deed}}", lambda r, given: _done(bench, r, given)),
    ]
    return _Doorkeeper(Starlette(routes=[Mount(f"/{token}", routes=routes)]), token)


def _slug(request: Request) -> str:
    return str(request.path_params["slug"])


def _asked(request: Request, name: str) -> str:
    return request.query_params.get(name, "")


def _page(template: str, bench: Bench, **values: object) -> Dispatch:
    title = bench.workspace.settings.get("title") or bench.workspace.root.name
    html = render(template, over=title, **values).encode("utf-8")
    return Dispatch(200, "text/html; charset=utf-8", html)


def _file(request: Request) -> Dispatch:
    if request.path_params["file"] not in _FILES:
        return sentence(404, "there is no such page on the desk")
    kind, parts = _FILES[request.path_params["file"]]
    return Dispatch(200, kind, b"\n".join(map(asset, parts)))


def _words(bench: Bench, request: Request) -> Given:
    numbers = [_asked(request, name) for name in ("start", "end")]
    if not all(n.isascii() and n.isdigit() and len(n) < 10 for n in numbers):
        raise Refused(400, "say from where to where: ?start=0&end=9")
    return bench.words(_slug(request), *map(int, numbers))


def _things(bench: Bench, request: Request) -> list[Given]:
    kinds = _asked(request, "kinds").split()
    return bench.things(_slug(request), _asked(request, "q")[:200], kinds)


def _done(bench: Bench, request: Request, given: Given) -> Given:
    if (deed := request.path_params["deed"]) == "undo":
        bench.undo(_slug(request))
    else:
        bench.do(_slug(request), deed, given)
    return bench.sheet(_slug(request))


def _got(path: str, work: Callable[[Request], Dispatch]) -> Route:
    async def answered(request: Request) -> Response:
        return await _answer(lambda: work(request))

    return Route(path, answered, methods=["GET"])


def _put(path: str, work: Callable[[Request, Given], Given]) -> Route:
    async def answered(request: Request) -> Response:
        try:
            given = _given(request, await body(request))
        except Refused as refused:
            return _response(refused.dispatch)
        return await _answer(lambda: in_json(work(request, given)))

    return Route(path, answered, methods=["POST"])


def _given(request: Request, data: bytes) -> Given:
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise Refused(415, "a deed is posted as application/json")
    try:
        given = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Refused(400, "this is no JSON") from error
    if not isinstance(given, dict):
        raise Refused(400, "a deed is a JSON object")
    return given


async def _answer(work: Callable[[], Dispatch]) -> Response:
    try:
        return _response(await run_in_threadpool(work))
    except Refused as refused:
        return _response(refused.dispatch)
    except Overtaken as error:
        return _response(sentence(409, str(error)))
    except UnknownName as error:
        return _response(sentence(404, str(error)))
    except LegationError as error:
        return _response(sentence(422, str(error)))
    except OSError as error:  # a disk that is full, a folder that went away
        return _response(sentence(507, f"nothing was written: {error.strerror or error}"))
    except LIBRARY_FAULTS as error:
        return _response(sentence(500, f"failed by a fault of its own ({type(error).__name__})"))


def _response(dispatch: Dispatch) -> Response:
    return Response(dispatch.body, dispatch.status, {"Content-Type": dispatch.kind})


class _Doorkeeper:
    """Who is let in, and what every answer says."""

    def __init__(self, inner: ASGIApp, token: str) -> None:
        self._inner, self._token = inner, token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *_HEADERS]}
            await send(message)

        refused = self._refused(Request(scope))
        inner = self._inner if refused is None else _response(refused)
        await inner(scope, receive, sent)

    def _refused(self, request: Request) -> Dispatch | None:
        """Why a request is not answered; None where it is."""
        host = request.headers.get("host", "")
        port = f":{(request.scope.get('server') or ('', 0))[1]}"
        # A page elsewhere whose name was made to lead here still calls us by that name.
        if host not in {f"{name}{port}" for name in _NAMES}:
            return sentence(421, "the desk answers under the address that it printed, no other")
        given = request.scope["path"].split("/")[1].encode("utf-8", "replace")
        if not compare_digest(given, self._token.encode()):
            return sentence(404, "open the whole address that 'legation desk' printed")
        origin, fetched = request.headers.get("origin"), request.headers.get("sec-fetch-site")
        is_own = origin == f"http://{host}" and fetched in (None, "same-origin")
        if request.method == "POST" and not is_own:
            return sentence(403, "only a page of the desk itself may do this")
        return None
