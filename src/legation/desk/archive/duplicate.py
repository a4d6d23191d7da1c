"""Whether a text is here already, to the letter or nearly.

Invariant: two texts are near when most runs of five words of the shorter one stand in the
longer one too, so that a repost that was cut or framed anew is still recognized.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from legation.graph.article import Article

_RUN = 5
_NEAR = 0.6
_LEAST_RUNS = 20


@dataclass(frozen=True, slots=True)
class Twin:
    """An article that has the same text.

    Attributes:
        article: The article that is here.
        share: How much of the shorter text both have, 0 to 1; 1 for the same bytes.
        is_same: Whether the bytes are the same.
    """

    article: Article
    share: float
    is_same: bool


def sha256(data: bytes) -> str:
    """The hash that names a text.

    Args:
        data: The bytes as archived.

    Returns:
        64 lower-case hexadecimal digits.
    """
    return hashlib.sha256(data).hexdigest()


def twin(data: bytes, articles: Iterable[Article]) -> Twin | None:
    """The article whose text is the same, or nearest the same.

    Args:
        data: The bytes to be archived, UTF-8.

    Returns:
        The likest article, or None when no text is near.
    """
    known = tuple(articles)
    digest = sha256(data)
    for article in known:
        if digest in (article.text_sha256, _hash_of(article)):
            return Twin(article, 1.0, True)
    runs = _runs(data.decode("utf-8"))
    near = [
        Twin(article, share, False)
        for article in known
        if article.text is not None and (share := _share(runs, _runs(article.text))) >= _NEAR
    ]
    return max(near, key=lambda found: (found.share, found.article.slug), default=None)


def _hash_of(article: Article) -> str:
    return "" if article.text is None else sha256(article.text.encode("utf-8"))


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())
    length = min(_RUN, len(words))
    return frozenset(tuple(words[i : i + length]) for i in range(len(words) - length + 1))


def _share(left: frozenset[tuple[str, ...]], right: frozenset[tuple[str, ...]]) -> float:
    shorter = min(len(left), len(right))
    if shorter == 0:
        return 0.0
    common = len(left & right)
    if shorter < _LEAST_RUNS:  # a few words are easily common: then nearly all must be
        return common / max(len(left), len(right))
    return common / shorter
