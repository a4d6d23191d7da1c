"""Two versions of one archived text: which quotes still stand?

Invariant: a quote is lost when its words stand nowhere in the later text, code point by code
point; one that only moved is not.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from legation.errors import InputError, UsageError
from legation.graph.claim import Claim, Omission
from legation.graph.record import Record
from legation.graph.workspace import read_text
from legation.text.spans import nearest


@dataclass(frozen=True, slots=True)
class Lost:
    """A quote whose words the later text no longer has.

    Attributes:
        claim: The claim or omission.
        article: The article.
        quote: The words.
        start: Where they stood.
        end: The code point after the last.
        nearest: What stands there now, as far as anything is like it; empty when nothing is.
    """

    claim: NamedNode
    article: NamedNode
    quote: str
    start: int
    end: int
    nearest: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words that somebody quoted."""

    claim: NamedNode
    quote: str
    start: int
    end: int


def lost_quotes(article: NamedNode, quotes: Iterable[Quoted], later: str) -> tuple[Lost, ...]:
    """The quotes that a later version of a text no longer has."""
    found = []
    for quoted in sorted(quotes, key=lambda q: (q.start, q.end, q.claim.value)):
        if quoted.quote and quoted.quote not in later:
            near = nearest(later, quoted.quote)
            words = "" if near is None else near.text
            found.append(Lost(quoted.claim, article, quoted.quote, quoted.start, quoted.end, words))
    return tuple(found)


def compared(record: Record, old: Path, new: Path, slug: str = "") -> tuple[Lost, ...]:
    """What a later version of an archived text costs the claims of its article.

    Raises:
        UsageError: No article here has that text.
        InputError: A text cannot be read or is not UTF-8; with the line.
    """
    earlier, later = _text(old), _text(new)
    digest = hashlib.sha256(earlier.encode("utf-8")).hexdigest()
    wanted = [slug] if slug else [a.slug for a in record.articles if a.text_sha256 == digest]
    wanted = wanted or [old.stem, new.stem]
    article = next((a for name in wanted for a in record.articles if a.slug == name), None)
    if article is None:
        raise UsageError(f"no article here quotes {old}: name it with --article SLUG")
    passages: list[Claim | Omission] = [*record.claims, *record.omissions]
    quotes = [Quoted(p.iri, p.quote, p.start, p.end) for p in passages if p.article == article.iri]
    return lost_quotes(article.iri, [q for q in quotes if q.quote in earlier], later)


def _text(path: Path) -> str:
    text = read_text(path)
    if text is None:
        raise InputError("is not here", path)
    return text
