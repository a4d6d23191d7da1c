"""What a page says about itself in its own markup.

Invariant: nothing is guessed. Title, date, publisher, language and address are those that the
markup states; where two places state different dates, there is none, and a note.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from legation.desk.archive.markup import Markup
from legation.text.dates import is_edtf

_META = {
    "title": ("og:title", "twitter:title", "dc.title", "dcterms.title"),
    "published": (
        "article:published_time",
        "datepublished",
        "dc.date.issued",
        "dcterms.issued",
        "dc.date",
        "pubdate",
        "date",
    ),
    "publisher": ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher"),
    "language": ("dc.language", "dcterms.language"),
    "url": ("og:url",),
}


@dataclass(frozen=True, slots=True)
class Stated:
    """Something a page says about itself, and where it says so."""

    value: str
    where: str


def _nodes(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, dict):
        yield value
        yield from _nodes(value.get("@graph"))
    elif isinstance(value, list):
        for item in value:
            yield from _nodes(item)


@dataclass
class _Described:
    """The values found for each thing a page says of itself, in order of trust."""

    found: dict[str, list[Stated]] = field(default_factory=dict)

    def offer(self, what: str, value: object, where: str) -> None:
        if isinstance(value, str) and value.strip():
            text = " ".join(value.split())
            self.found.setdefault(what, []).append(Stated(text, where))


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


def says_cut(markup: Markup) -> str:
    """The statement that the article is not free to read.

    Returns:
        The words of the JSON-LD; empty when it says nothing of the kind.
    """
    for node in _articles(markup):
        if str(node.get("isAccessibleForFree")).lower() == "false":
            return "isAccessibleForFree: false"
    return ""


def self_description(markup: Markup) -> tuple[dict[str, Stated], tuple[str, ...]]:
    """What a page states of itself."""
    described = _Described()
    for node in _articles(markup):
        described.offer("title", node.get("headline"), "JSON-LD headline")
        described.offer("published", node.get("datePublished"), "JSON-LD datePublished")
        described.offer("language", node.get("inLanguage"), "JSON-LD inLanguage")
        publisher = node.get("publisher")
        name = publisher.get("name") if isinstance(publisher, dict) else publisher
        described.offer("publisher", name, "JSON-LD publisher")
    for what, keys in _META.items():
        for key in keys:
            for name, value in markup.metas:
                if name == key:
                    described.offer(what, value, f"meta {key}")
    described.offer("language", markup.language, "html lang")
    for address in markup.canonical:
        described.found.setdefault("url", []).insert(0, Stated(address, "link canonical"))
    described.offer("title", markup.headline, "h1")
    return _settled(described.found)


def _settled(found: dict[str, list[Stated]]) -> tuple[dict[str, Stated], tuple[str, ...]]:
    stated: dict[str, Stated] = {}
    notes: list[str] = []
    for what in ("title", "published", "publisher", "language", "url"):
        values = list(_usable(what, found.get(what, [])))
        if not values:
            notes.append(f"the page states no {_WORDS[what]}")
        elif what == "published" and len({v.value for v in values}) > 1:
            several = ", ".join(f"{v.value} ({v.where})" for v in values)
            notes.append(f"the page states several dates of publication, none is taken: {several}")
        else:
            stated[what] = values[0]
    return stated, tuple(notes)


_WORDS = {
    "title": "title",
    "published": "date of publication",
    "publisher": "publisher",
    "language": "language",
    "url": "address of its own",
}


def _usable(what: str, values: Iterable[Stated]) -> Iterator[Stated]:
    for stated in values:
        if what == "published":
            day = re.match(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?=$|[T ])", stated.value)
            if day and is_edtf(day.group(0)):
                yield Stated(day.group(0), stated.where)
        elif what == "language":
            if re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]+)*", stated.value):
                yield Stated(re.split(r"[-_]", stated.value)[0].lower(), stated.where)
        elif what != "url" or is_address(stated.value):
            yield stated


def is_address(text: str) -> bool:
    """Whether a text is a web address that a graph can hold.

    >>> is_address("https://example.org/a"), is_address("http://[x/"), is_address("javascript:x")
    (True, False, False)
    """
    try:
        return re.match(r"https?://[^/]", NamedNode(text).value) is not None
    except ValueError:
        return False
