"""What a suggester proposes for a sentence, and what a suggester is.

Invariant: a proposal's quote is a passage of the sentence by its offsets, never a retelling; and
a proposal is only that. It is written as a comment, and a person makes it a claim.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pyoxigraph import NamedNode, Triple

from legation.desk.draft.reading import Reading, Sentence
from legation.text.spans import Span


@dataclass(frozen=True, slots=True)
class Proposal:
    """A claim or an omission that somebody may accept.

    Attributes:
        span: The passage.
        triples: What it seems to say; empty for an omission.
        modality: The local name of the ``leg:modality`` value; empty for an omission.
        reason: The local name of the ``leg:reason`` value; empty for a claim.
        note: The reasoning that an accepted claim keeps as its editorial note.
        according_to: The report that the article relays.
        beside: Triples that the claim needs beside it (a report's publisher, a label).
        activity: What suggested it, when that was not the rules of this package.
    """

    span: Span
    triples: tuple[Triple, ...] = ()
    modality: str = ""
    reason: str = ""
    note: str = ""
    according_to: NamedNode | None = None
    beside: tuple[Triple, ...] = ()
    activity: NamedNode | None = None


@dataclass(frozen=True, slots=True)
class Suggested:
    """What a suggester has to say on a sentence: proposals, and remarks for the person."""

    proposals: tuple[Proposal, ...] = ()
    remarks: tuple[str, ...] = ()


class Suggester(Protocol):
    """Whoever proposes claims: the rules of this package, or a model."""

    @property
    def name(self) -> str:
        """What it is called, for the reader of a draft."""

    def suggest(self, reading: Reading, sentences: Sequence[Sentence]) -> dict[int, Suggested]:
        """Propose claims for some sentences.

        Args:
            reading: The article they stand in.
            sentences: The open sentences.

        Returns:
            What it proposes, by the sentence's number.

        Raises:
            LegationError: The suggester cannot work at all.
        """
