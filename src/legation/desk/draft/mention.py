"""What is found in a text: mentions, dates, attributions, triggers."""

from dataclasses import dataclass

from pyoxigraph import NamedNode

from legation.text.spans import Span


@dataclass(frozen=True, slots=True)
class Guess:
    """A thing that a passage may mean, and how well its name fits, 0 to 100."""

    iri: NamedNode
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Mention:
    """A passage that names something.

    Attributes:
        span: Where it stands.
        text: The words.
        kind: ``person``, ``state``, ``body``, ``office``, ``place``, ``instrument`` …; ``name``
            or ``title`` for a stranger.
        iri: The thing, when the passage leaves no doubt; else None.
        candidates: What it may mean, likeliest first; the thing itself when there is no doubt.
        note: Why it is taken for this, or why it is left open; a warning for namesakes.
        is_adjective: Whether it is an adjective of a state before a noun: no actor by itself.
    """

    span: Span
    text: str
    kind: str
    iri: NamedNode | None
    candidates: tuple[Guess, ...]
    note: str = ""
    is_adjective: bool = False


@dataclass(frozen=True, slots=True)
class DateFound:
    """A passage that names a day, month, year or span of time.

    Attributes:
        span: Where it stands.
        text: The words.
        edtf: The date; None where the text leaves it open.
        reasoning: How it was worked out, or what is missing.
    """

    span: Span
    text: str
    edtf: str | None
    reasoning: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """A passage that says whose words follow or stand before.

    Attributes:
        span: Where it stands.
        text: The words.
        kind: ``speech`` (somebody said) or ``report`` (a text says).
        source: Who or what, as a mention of the same sentence; None when it is not named.
    """

    span: Span
    text: str
    kind: str
    source: Mention | None
