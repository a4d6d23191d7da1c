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
    """A claim that somebody may accept.

    Attributes:
        quote: Words of the sentence, letter by letter.
        triples: What they say; new things are typed by a triple of a proposal.
        modality: The local name of the ``leg:modality`` value.
        note: What an accepted claim keeps as its editorial note.
        basis: The local name of the ``leg:basis`` value; empty where the quote says it all.
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
        """Propose claims for some sentences of an article, by the sentence's number.

        Raises:
            LegationError: The suggester cannot work at all.
        """
