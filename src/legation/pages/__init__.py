"""Pages: what people read in a browser, every bit of HTML and of SVG within it, by one engine.

Invariant: whatever a template prints is text. The engine escapes it, shows what would act as an
escape, and refuses a name that nobody gave. A page fetches nothing, its policy forbids it, and it
runs the scripts of this room alone. Nothing here knows claims or stores: what a page shows is built
where its data lives.
"""

import base64
import hashlib
import json
import re
from collections.abc import Hashable, Mapping, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from legation.text.safe import visible

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_ADDRESS = re.compile(r"#|/(?![/\\])|\.{1,2}/|https?://[^/]", re.IGNORECASE)


def render(template: str, /, **values: object) -> str:
    """The text that a template of this room makes of some values.

    >>> print(render("frame.html", title="<b>", height=9, sandbox="", page=""), end="")
    <iframe title="&lt;b&gt;" style="width:100%;height:9px;border:0" sandbox="" srcdoc=""></iframe>
    """
    return visible(_engine().get_template(template).render(values))


@cache
def _engine() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined  # slow to load, seldom needed

    engine = Environment(
        loader=PackageLoader("legation.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,  # its templates do not change under a running program
    )
    engine.globals |= {"asset": _asset, "policy": policy, "kept": kept}
    engine.filters |= {"address": web_address, "marked": marked, "tupled": tuple}
    engine.policies["json.dumps_function"] = _json
    return engine


def asset(name: str) -> bytes:
    """A style sheet or script of this room, for a page that carries it as a file beside it."""
    return _asset(name).encode()


@cache
def _asset(name: str) -> "Markup":
    """A style sheet or script of this room, to stand inside a page as it is."""
    from markupsafe import Markup

    engine = _engine()
    assert engine.loader is not None
    return Markup(engine.loader.get_source(engine, name)[0])


def policy(styles: Sequence[str], scripts: Sequence[str], *, forms: bool = False) -> "Markup":
    """The Content Security Policy of a page that holds these style sheets, scripts and forms."""
    from markupsafe import Markup

    sources = {"style-src": styles, "script-src": scripts}
    allowed = (
        f" {kind} {' '.join(map(_hash, names))};" for kind, names in sources.items() if names
    )
    sent = "'self'" if forms else "'none'"
    return Markup(f"default-src 'none';{''.join(allowed)} base-uri 'none'; form-action {sent}")


def _hash(asset: str) -> str:
    digest = hashlib.sha256(_asset(asset).encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def web_address(text: str) -> str:
    """An address that only leads: on the page, its site or host, or the web; of others, nothing."""
    return text if _ADDRESS.match(text) else ""


@lru_cache(maxsize=30_000)
def kept(template: str, macro: str, /, *values: Hashable) -> "Markup":
    """What a macro makes of some values: a page of a site mostly shows what others show, too."""
    made: Markup = getattr(_engine().get_template(template).module, macro)(*values)
    return made


def marked(text: str, names: Sequence[str]) -> list[tuple[str, bool]]:
    """A text in pieces, each with whether it is one of some names.

    >>> marked("Kim met Kimura", ("Kim",))
    [('Kim', True), (' met Kimura', False)]
    """
    if not names:
        return [(text, False)]
    pieces = _any_of(tuple(names)).split(text)
    return [(piece, number % 2 == 1) for number, piece in enumerate(pieces) if piece]


@lru_cache(maxsize=8)
def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, names))})(?!\w)")


def _json(value: object, **_: object) -> str:
    """JSON for a script, its texts visible: a script would undo the escapes of JSON."""
    return json.dumps(_shown(value), ensure_ascii=False, separators=(",", ":"))


def _shown(value: object) -> object:
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, Mapping):
        return {key: _shown(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_shown(item) for item in value]
    return value
