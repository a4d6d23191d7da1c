"""Two versions of one archived text: which quotes still stand?

Invariant: a quote is lost when its words stand nowhere in the later text, code point by code
point; one that only moved is not.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from legation.errors import InputError, UsageError
from legation.graph.claim import Claim, Omission
from legation.graph.record import Record
from legation.graph.workspace import read_text
from legation.text.spans import nearest


@dataclass(frozen=True, slots=True)
class Lost:
    """A quote whose words the later text no longer has, and those there most like them, if any."""

    passage: Claim | Omission
    nearest: str


def lost_quotes(passages: Iterable[Claim | Omission], later: str) -> tuple[Lost, ...]:
    """The quotes that a later version of a text no longer has, by where they stood."""
    found = []
    for passage in sorted(passages, key=lambda p: (p.start, p.end, p.iri.value)):
        if passage.quote not in later:  # a quote that is missing is a fault, but not this one
            near = nearest(later, passage.quote)
            found.append(Lost(passage, "" if near is None else near.text))
    return tuple(found)


def compared(record: Record, old: Path, new: Path, slug: str = "") -> tuple[Lost, ...]:
    """What a later version of an archived text costs the claims of its article.

    Raises UsageError where no article here has that text, and InputError, with the line, where a
    text is not here or not UTF-8.
    """
    earlier, later = _text(old), _text(new)
    digest = hashlib.sha256(earlier.encode("utf-8")).hexdigest()
    wanted = [slug] if slug else [a.slug for a in record.articles if a.text_sha256 == digest]
    wanted = wanted or [old.stem, new.stem]
    article = next((a for name in wanted for a in record.articles if a.slug == name), None)
    if article is None:
        raise UsageError(f"no article here quotes {old}: name it with --article SLUG")
    here = [p for p in record.passages if p.article == article.iri and p.quote in earlier]
    return lost_quotes(here, later)


def _text(path: Path) -> str:
    text = read_text(path)
    if text is None:
        raise InputError("is not here", path)
    return text
