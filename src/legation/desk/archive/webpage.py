"""A web page as its article's text, what it says about itself, and what was left out.

Invariant: every visible line of a page is in the text or among what was dropped.
"""

import re
import socket

from legation.desk.archive.described import Taken, says_cut, self_description
from legation.desk.archive.markup import Markup
from legation.errors import InputError, MissingExtra
from legation.text.letters import words

_LEAST_WORDS = 20
_PAYWALL = re.compile(
    r"subscribe (?:now )?to (?:read|continue|unlock|keep reading)|remaining \d[\d,]* words|"
    r"(?:sign|log) in to (?:continue|read)|(?:for|to) subscribers only|subscriber[- ]only|"
    r"(?:to continue|keep) reading,? (?:this article|subscribe|sign|log)|continue reading with|"
    r"this (?:article|content|story) is (?:for|reserved for|available to) "
    r"(?:paying )?(?:subscribers|members)",
    re.IGNORECASE,
)


def cut_mark(text: str) -> str:
    r"""The line by which a text says that it was cut; empty without one.

    >>> cut_mark("It rained.\nSubscribe to read the remaining 379 words of this article.")
    'Subscribe to read the remaining 379 words of this article.'
    """
    # A longer line is a paragraph of the article itself, which may speak of subscribers.
    lines = (line for line in text.splitlines() if len(line) < 300)
    return next((line.strip() for line in lines if _PAYWALL.search(line)), "")


def is_html(data: bytes) -> bool:
    """Whether bytes begin as a web page does."""
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html", b"<head")) or (
        head.startswith((b"<?xml", b"<!--")) and b"<html" in head
    )


def decoded(data: bytes, charset: str, name: str) -> str:
    """The text of a page by the character set that its header or markup names, else InputError."""
    # By the standard a page names it in its first 1,024 bytes; many do so a little later.
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


def read_page(html: str, name: str) -> Taken:
    """Take the article out of a page; InputError where it has no body of text."""
    markup = Markup(html)
    cut = says_cut(markup) or cut_mark("\n".join(markup.lines))
    text = _article_text(html, markup, bool(cut))
    if text is None:
        raise InputError(
            f"{name} has no body of text (fewer than {_LEAST_WORDS} words, or letters where "
            "there are no spaces); if the page builds itself by script, save the article's text "
            "and add that"
        )
    # Items of lists and cells of tables stand in the text with a mark of their own.
    kept = {part.strip(" -") for line in text.splitlines() for part in (line, *line.split("|"))}
    left_out = (line for line in markup.lines if line.strip(" -") not in kept)
    # A short line ("Share", "Asia") may stand inside a sentence by chance: it was dropped.
    dropped = (line for line in left_out if len(line) < 12 or line not in text)
    stated, notes = self_description(markup)
    return Taken(text.encode("utf-8"), name, stated, cut, tuple(dropped), notes)


def _article_text(html: str, markup: Markup, is_cut: bool) -> str | None:
    """The main text with the page's one headline on top; None when there is none."""
    had, socket.has_ipv6 = socket.has_ipv6, False  # else urllib3 opens one as it is loaded, to see
    try:
        import trafilatura
    except ImportError:
        raise MissingExtra("HTML pages", "web") from None
    finally:
        socket.has_ipv6 = had

    found = trafilatura.extract(
        html, include_comments=False, include_tables=True, include_formatting=False
    )
    text = _tidy(found or "")
    if len(words(text)) < _LEAST_WORDS and is_cut:  # the few lines before a paywall
        text = _tidy("\n".join(markup.paragraphs))
    if len(words(text)) < _LEAST_WORDS:
        return None
    headline = markup.headline
    if headline and headline not in text:
        text = f"{headline}\n{text}"
    return text + "\n"


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)
