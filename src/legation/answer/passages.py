"""Passages as they are shown: each once, and none that stands inside another.

Invariant: a quote is never wrapped, shortened or rewritten. What is not shown stands, word for
word and on the same authority, in a longer quote that is.
"""

from collections.abc import Iterable
from dataclasses import replace

from legation.answer.cells import Evidence, receipt
from legation.pages import render
from legation.text import display
from legation.text.safe import in_latex, visible


class Passages(tuple[Evidence, ...]):
    """Passages, in order; a tuple that shows its quotes whole, in text, HTML and LaTeX.

    >>> passage = Evidence("claim:a-1", "They met.", "urn:a", 0, 9, "asserted", None, None)
    >>> Passages([passage])
    “They met.” (urn:a 0-9, asserted)
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return visible("\n".join(cited(self))) or "no passage"

    def _repr_html_(self) -> str:
        return render("quotes.html", passages=shown_passages(self))

    def _repr_latex_(self) -> str:
        return "\n\n".join(map(in_latex, cited(self)))


def cited(passages: Iterable[Evidence]) -> list[str]:
    """Passages as lines for a reader, once each: two claims may quote the same words."""
    return list(dict.fromkeys(passage.cite() for passage in outermost(passages)))


def shown_passages(passages: Iterable[Evidence]) -> tuple[display.Receipt, ...]:
    """Passages as they are shown: two claims that quote the same words are shown as one."""
    return tuple(dict.fromkeys(map(receipt, outermost(passages))))


def outermost(passages: Iterable[Evidence]) -> list[Evidence]:
    """Passages without those inside a longer one on the same word, which stands in their place.

    What its words give by way of any of them (a day that is computed, say) is told of it.

    >>> they = Evidence("claim:a-1", "They", "urn:a", 0, 4, "asserted", None, None)
    >>> met = Evidence("claim:a-2", "They met.", "urn:a", 0, 9, "asserted", None, None)
    >>> [passage.quote for passage in outermost([they, met])]
    ['They met.']
    """
    listed = list(passages)
    by_length = sorted(listed, key=lambda passage: -len(passage.quote))
    bases: dict[Evidence, dict[str, None]] = {}
    for passage in listed:
        longest = next(p for p in by_length if _holds(p, passage))
        bases.setdefault(longest, {}).update({passage.basis: None} if passage.basis else {})
    return [replace(one, basis="; ".join(said) or None) for one, said in bases.items()]


def _holds(longer: Evidence, passage: Evidence) -> bool:
    """Whether a passage stands inside another (or is it), and on the same word."""
    if _voice(longer) != _voice(passage) or passage.quote not in longer.quote:
        return False
    is_placed = passage.start >= 0 and longer.start >= 0
    return not is_placed or longer.start <= passage.start <= passage.end <= longer.end


def _voice(passage: Evidence) -> tuple[str | None, ...]:
    return (passage.article, passage.modality, passage.origin)
