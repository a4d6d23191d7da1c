"""A web page as its article's text, what it says about itself, and what was left out.

Invariant: every visible line of a page is in the text or among what was dropped.
"""

import re
from dataclasses import dataclass

from legation.desk.archive.described import Stated, says_cut, self_description
from legation.desk.archive.markup import Markup
from legation.errors import InputError, MissingExtra

_LEAST_WORDS = 20
_PAYWALL = re.compile(
    r"subscribe (?:now )?to (?:read|continue|unlock|keep reading)|remaining \d[\d,]* words|"
    r"(?:sign|log) in to (?:continue|read)|(?:for|to) subscribers only|subscriber[- ]only|"
    r"(?:to continue|keep) reading,? (?:this article|subscribe|sign|log)|continue reading with|"
    r"this (?:article|content|story) is (?:for|reserved for|available to) "
    r"(?:paying )?(?:subscribers|members)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Page:
    """An article taken out of its page.

    Attributes:
        text: The article's text, one paragraph a line.
        dropped: The lines of the page that are not in the text, in their order.
        stated: What the page says of itself, by ``title published publisher language url``.
        notes: What the reader should know: what is not stated, what contradicts itself.
        cut: The words that say the text is cut; empty when nothing does.
    """

    text: str
    dropped: tuple[str, ...]
    stated: dict[str, Stated]
    notes: tuple[str, ...]
    cut: str


def cut_mark(text: str) -> str:
    r"""The words by which a text says that it was cut.

    Args:
        text: The text of an article or page.

    Returns:
        The line with the mark; empty when there is none.

    >>> cut_mark("It rained.\nSubscribe to read the remaining 379 words of this article.")
    'Subscribe to read the remaining 379 words of this article.'
    """
    for line in text.splitlines():
        if len(line) < 300 and _PAYWALL.search(line):
            return line.strip()
    return ""


def is_html(data: bytes) -> bool:
    """Whether bytes begin as a web page does.

    Args:
        data: The first bytes of a file or answer.
    """
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html", b"<head")) or (
        head.startswith((b"<?xml", b"<!--")) and b"<html" in head
    )


def decoded(data: bytes, charset: str, name: str) -> str:
    """The text of a page's bytes, by the character set that header or markup names.

    Args:
        data: The bytes.
        charset: What the HTTP header says; empty when it says nothing.

    Raises:
        InputError: The bytes are not in that character set, or it is unknown.
    """
    named = re.search(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", data[:4096], re.I)
    if data.startswith(b"\xef\xbb\xbf"):
        encoding = "utf-8-sig"
    else:
        encoding = charset or (named.group(1).decode("ascii") if named else "utf-8")
    if encoding.lower() in ("iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii"):
        encoding = "cp1252"  # Source: WHATWG Encoding, labels of windows-1252
    try:
        return data.decode(encoding)
    except LookupError as error:
        raise InputError(f"{name} names the unknown character set {encoding!r}") from error
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name} is not {encoding} (byte 0x{data[error.start]:02x} at {error.start:,}); "
            "save the page as UTF-8 and add the file"
        ) from error


def read_page(html: str, name: str) -> Page:
    """Take the article out of a page.

    Raises:
        MissingExtra: trafilatura is not installed.
        InputError: The page has no body of text.
    """
    markup = Markup(html)
    cut = says_cut(markup) or cut_mark("\n".join(markup.lines))
    text = _article_text(html, markup, bool(cut))
    if text is None:
        raise InputError(
            f"{name} has no body of text (fewer than {_LEAST_WORDS} words); "
            "if the page builds itself by script, save the article's text and add that"
        )
    kept = {line.strip() for line in text.splitlines()}
    dropped = tuple(
        line for line in markup.lines if line not in kept and not _is_within(line, text)
    )
    stated, notes = self_description(markup)
    return Page(text, dropped, stated, notes, cut)


def _is_within(line: str, text: str) -> bool:
    return len(line) >= 12 and line in text


def _article_text(html: str, markup: Markup, is_cut: bool) -> str | None:
    """The main text with the page's one headline on top; None when there is none."""
    try:
        import trafilatura
    except ImportError:
        raise MissingExtra("HTML pages", "web") from None

    found = trafilatura.extract(
        html, include_comments=False, include_tables=True, include_formatting=False
    )
    text = _tidy(found or "")
    if len(text.split()) < _LEAST_WORDS and is_cut:
        text = _tidy("\n".join(markup.paragraphs))
    if len(text.split()) < _LEAST_WORDS:
        return None
    headline = markup.headline
    if headline and headline not in text:
        text = f"{headline}\n{text}"
    return text + "\n"


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)
