"""An article: a report whose text is archived, and what its header says of it."""

from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from legation.text.spans import Span, occurrences, sentences


@dataclass(frozen=True, slots=True)
class Article:
    """The header of an article file, with its archived text where that is here.

    Attributes:
        iri: The ``article:`` node.
        slug: The name its files share.
        path: The TriG file that holds header and claims.
        line: The line where the header's first triple stands, from 1.
        source: Where its archived text belongs, whether or not it is there.
        text: The decoded text, None when it is not here (it is never carried by the wheel).
        text_sha256: What the header says the text's SHA-256 is; empty when it says nothing.
        status: ``draft`` or ``complete``; empty when the header does not say.
        completeness: ``complete`` or ``partial`` (a text that was cut); empty when not said.
        published: The EDTF date of publication; empty when the text shows none.
        publisher: Who published it; None when the text does not show it.
        derived_from: The reports it relays as a whole.
    """

    iri: NamedNode
    slug: str
    path: Path
    line: int
    source: Path
    text: str | None = None
    identifier: str = ""
    title: str = ""
    language: str = ""
    text_sha256: str = ""
    status: str = ""
    completeness: str = ""
    published: str = ""
    publisher: NamedNode | None = None
    derived_from: tuple[NamedNode, ...] = ()

    @property
    def sentences(self) -> list[Span]:
        """Where the sentences of its text stand, by the rules of its language; none without it."""
        return sentences(self.text or "", language=self.language)

    def repeats(self, words: str) -> bool:
        """Whether its text has some words more than once."""
        return len(occurrences(self.text or "", words)) > 1

    @property
    def is_draft(self) -> bool:
        """Whether its claims still wait for a person to accept them."""
        return self.status == "draft"
