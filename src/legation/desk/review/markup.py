"""HTML that cannot be broken into: plain text is escaped where it is put, always.

Invariant: only this module makes `Markup`, and only out of tag names and attribute names that
stand in the code; whatever else comes in is text. No attribute that takes an address is ever
given anything but a fragment of this page.
"""

from collections.abc import Iterable
from html import escape

from legation.text.safe import visible


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


EMPTY = Markup()

Content = str | Iterable["Content"] | None
"""What an element holds: text, markup, several of them, or nothing."""

_VOID = frozenset({"meta", "br", "hr", "wbr"})


def tag(name: str, /, *content: Content, **attributes: str | bool | None) -> Markup:
    """An element.

    Args:
        name: Its tag name.
        content: What is in it; plain text is escaped.
        attributes: Its attributes; ``class_`` stands for ``class`` and ``data_x`` for
            ``data-x``; None and False leave one out, True writes it without a value.

    Returns:
        The element.

    >>> tag("a", "<b>", href="#x", class_=None)
    '<a href="#x">&lt;b&gt;</a>'
    """
    start = f"<{name}{''.join(_attribute(*item) for item in attributes.items())}>"
    return Markup(start if name in _VOID else f"{start}{join(*content)}</{name}>")


def _attribute(name: str, value: str | bool | None) -> str:
    if value is None or value is False or value == "":
        return ""
    written = name.rstrip("_").replace("_", "-")
    if value is True:
        return f" {written}"
    if written == "href" and not value.startswith("#"):
        raise ValueError(f"a page links to nothing outside itself: {value!r}")
    return f' {written}="{escape(visible(value), quote=True)}"'


def join(*content: Content) -> Markup:
    """Several contents, one after another.

    Args:
        content: Text, markup, or several of them.

    Returns:
        The markup; plain text in it is escaped.

    >>> join("a & b", [tag("br"), None], "c")
    'a &amp; b<br>c'
    """
    return Markup("".join(map(_one, content)))


def _one(content: Content) -> str:
    if content is None:
        return ""
    if isinstance(content, Markup):
        return content
    if isinstance(content, str):
        return escape(visible(content), quote=False)
    return "".join(map(_one, content))


def listed(items: Iterable[Content], between: Content = ", ") -> Markup:
    """Contents with something between them.

    Args:
        items: The contents.
        between: What stands between two.

    Returns:
        The markup.
    """
    return join(
        *(part for n, item in enumerate(items) for part in ((between, item) if n else (item,)))
    )


def classes(*names: str | None) -> str:
    """The value of a class attribute.

    Args:
        names: Class names; empty ones do not count.

    Returns:
        The names, with spaces between them.
    """
    return " ".join(name for name in names if name)


def inline(kind: str, text: str) -> Markup:
    """A style sheet or script of this package, to stand inside the page.

    Args:
        kind: ``style`` or ``script``.
        text: Its text, which holds no end tag.

    Returns:
        The element.

    Raises:
        ValueError: The text holds an end tag.
    """
    if "</" in text:
        raise ValueError(f"a {kind} with '</' in it could end early")
    return Markup(f"<{kind}>{text}</{kind}>")
