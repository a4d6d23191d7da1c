"""What a source says about itself: a page in its own markup.

Invariant: nothing is guessed. Title, date, publisher, language and address are those that the
markup states; where two places state different dates, there is none, and a note.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from legation.desk.archive.markup import Markup
from legation.rdf.gathering import gathered
from legation.text.arrangement import front
from legation.text.dateline import day_written
from legation.text.dates import is_edtf

_META = {
    "title": "og:title twitter:title dc.title dcterms.title",
    "published": (
        "article:published_time datepublished dc.date.issued dcterms.issued dc.date pubdate date"
    ),
    "publisher": "og:site_name dc.publisher dcterms.publisher citation_publisher",
    "language": "dc.language dcterms.language",
    "url": "og:url",
}
_WORDS = {
    "title": "title",
    "published": "date of publication",
    "publisher": "publisher",
    "language": "language",
    "url": "address of its own",
}


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a person or a source says of an article; empty where they do not."""

    title: str = ""
    published: str = ""
    publisher: str = ""
    language: str = ""
    url: str = ""
    slug: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A text ready to be archived, and what its source says of it.

    ``cut`` are the words that say the text is cut, ``dropped`` the lines of a page that are not in
    it, ``notes`` what the reader should know.
    """

    data: bytes
    identifier: str
    stated: Particulars
    cut: str
    dropped: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def sha256(self) -> str:
        """The hash by which an article names its text."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def is_nfc(self) -> bool:
        """Whether it is in Unicode's composed form."""
        return unicodedata.is_normalized("NFC", self.data.decode("utf-8"))


def says_cut(markup: Markup) -> str:
    """The statement that the article is not free to read; empty without one."""
    is_cut = any(str(n.get("isAccessibleForFree")).lower() == "false" for n in _articles(markup))
    return "isAccessibleForFree: false" if is_cut else ""


def self_description(markup: Markup) -> tuple[Particulars, tuple[str, ...]]:
    """What a page states of itself, and notes on where it does and what it leaves out."""
    texts = ((w, v, where) for w, v, where in _statements(markup) if isinstance(v, str))
    usable = ((what, (_usable(what, " ".join(v.split())), where)) for what, v, where in texts)
    found = gathered((what, told) for what, told in usable if told[0])
    stated: dict[str, str] = {}
    notes, sources = [], []
    for what, words in _WORDS.items():
        values = found.get(what, ())
        if not values:
            notes.append(f"the page states no {words}")
        elif what == "published" and len({value for value, _ in values}) > 1:
            several = ", ".join(f"{value} ({where})" for value, where in values)
            notes.append(f"the page states several dates of publication, none is taken: {several}")
        else:
            stated[what], where = values[0]
            sources.append(f"{what} from {where}")
    if sources:
        notes.append(f"the page's own markup states: {', '.join(sources)}")
    return Particulars(**stated), tuple(notes)


def front_matter(text: str) -> tuple[Particulars, tuple[str, ...]]:
    """What the rows before a text's words state of it, and notes on what they do not."""
    stated: dict[str, str] = {}
    notes = []
    for what, value in front(text).stated:
        field = "url" if what == "publisher" and is_address(value) else what
        usable = _usable(field, value) or (day_written(value) if field == "published" else "")
        if usable:
            stated.setdefault(field, usable)
        else:
            notes.append(f"the front matter's {_WORDS[field]} cannot be read: {value!r}")
    if front(text).end:
        read = ", ".join(stated) or "nothing that a header takes"
        notes.append(f"the text has front matter, which is not accounted for; it states: {read}")
    return Particulars(**stated), tuple(notes)


def _statements(markup: Markup) -> Iterator[tuple[str, object, str]]:
    """What is stated, its value and where, the most trusted place of each first."""
    for address in reversed(markup.canonical):
        yield "url", address, "link canonical"
    for node in _articles(markup):
        publisher = node.get("publisher")
        yield "title", node.get("headline"), "JSON-LD headline"
        yield "published", node.get("datePublished"), "JSON-LD datePublished"
        yield "language", node.get("inLanguage"), "JSON-LD inLanguage"
        name = publisher.get("name") if isinstance(publisher, dict) else publisher
        yield "publisher", name, "JSON-LD publisher"
    for what, keys in _META.items():
        for key in keys.split():
            for name, value in markup.metas:
                if name == key:
                    yield what, value, f"meta {key}"
    yield "language", markup.language, "html lang"
    yield "title", markup.headline, "h1"


def _articles(markup: Markup) -> Iterator[dict[str, object]]:
    """The article descriptions in JSON-LD. Source: schema.org/Article."""
    for script in markup.scripts:
        try:
            data = json.loads(script)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            kinds = node.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(n, str) and n.endswith(("Article", "Posting")) for n in names):
                yield node


def _nodes(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, dict):
        yield value
        yield from _nodes(value.get("@graph"))
    elif isinstance(value, list):
        for item in value:
            yield from _nodes(item)


def _usable(what: str, value: str) -> str:
    """A value as a header takes it; empty when it cannot be one."""
    if what == "published":  # "2026-05-21T08:00:00Z" is a day, "21 May 2026" may be two
        day = re.match(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?=$|[T ])", value)
        return day[0] if day and is_edtf(day[0]) else ""
    if what == "language":
        is_tag = re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]+)*", value)
        return re.split(r"[-_]", value)[0].lower() if is_tag else ""
    return "" if what == "url" and not is_address(value) else value


def is_address(text: str) -> bool:
    """Whether a text is a web address that a graph can hold.

    >>> is_address("https://example.org/a"), is_address("http://[x/"), is_address("javascript:x")
    (True, False, False)
    """
    try:
        return re.match(r"https?://[^/]", NamedNode(text).value) is not None
    except ValueError:
        return False
