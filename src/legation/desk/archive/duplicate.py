"""Whether a text is here already, to the letter or nearly.

Invariant: two texts are near when most runs of five words of the shorter one stand in the
longer one too, so that a repost that was cut or framed anew is still recognized.
"""

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from legation.graph.article import Article
from legation.text.letters import words

_RUN = 5
_NEAR = 0.6
_LEAST_RUNS = 20


@dataclass(frozen=True, slots=True)
class Twin:
    """An article with the same bytes, or with a share (0 to 1) of the shorter text in both."""

    article: Article
    share: float
    is_same: bool


def twin(data: bytes, articles: Sequence[Article]) -> Twin | None:
    """The article whose text is the same as some UTF-8, or nearest the same; None if none is."""
    text, digest = data.decode("utf-8"), hashlib.sha256(data).hexdigest()
    for article in articles:
        if text == article.text or digest == article.text_sha256:  # its text may not be here
            return Twin(article, 1.0, True)
    runs = _runs(text)
    near = [
        Twin(article, share, False)
        for article in articles
        if article.text is not None and (share := _share(runs, _runs(article.text))) >= _NEAR
    ]
    return max(near, key=lambda found: (found.share, found.article.slug), default=None)


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    found = words(unicodedata.normalize("NFKC", text).casefold())
    length = min(_RUN, len(found))
    return frozenset(tuple(found[i : i + length]) for i in range(len(found) - length + 1))


def _share(left: frozenset[tuple[str, ...]], right: frozenset[tuple[str, ...]]) -> float:
    shorter = min(len(left), len(right))
    if shorter == 0:
        return 0.0
    common = len(left & right)
    if shorter < _LEAST_RUNS:  # a few words are easily common: then nearly all must be
        return common / max(len(left), len(right))
    return common / shorter
