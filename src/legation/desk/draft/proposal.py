"""What a suggester proposes for a sentence, and what a suggester is.

Invariant: a proposal is only that. It is held against its sentence and the check before anybody
sees it (`legation.desk.draft.trial`), it is written as a comment, and a person makes it a claim.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from pyoxigraph import Triple

from legation.desk.draft.reading import Reading, Sentence
from legation.text.spans import Span


@dataclass(frozen=True, slots=True)
class Proposal:
    """A claim that somebody may accept: words of the sentence, letter by letter, and what they say.

    Modality and basis are local names of ``leg:`` values, the basis empty where the quote says it
    all; an accepted claim keeps the note.
    """

    quote: str
    triples: tuple[Triple, ...]
    modality: str = "asserted"
    note: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A proposal that stood its trial: where its quote stands, and the name of who made it."""

    proposal: Proposal
    span: Span
    author: str


@dataclass(frozen=True, slots=True)
class Suggested:
    """What a suggester has to say on a sentence: proposals, and remarks for the person."""

    proposals: tuple[Proposal, ...] = ()
    remarks: tuple[str, ...] = ()


class Suggester(Protocol):
    """Whoever proposes claims: a model, a person, another program."""

    @property
    def name(self) -> str:
        """A noun phrase for the reader of a draft; an accepted claim is marked with it."""

    def suggest(self, reading: Reading, sentences: Sequence[Sentence]) -> Mapping[int, Suggested]:
        """Propose claims for some sentences, by number; LegationError where that cannot be done."""
