"""What drafting sees in an article: its sentences, which are open, and what stands in them.

Invariant: everything here is a finding about the text, with its place and its reason; nothing is
a statement about the world.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from legation.desk.draft.attributions import Attribution, attributions
from legation.desk.draft.context import settled
from legation.desk.draft.days import Anchor, DateFound, anchor, dates
from legation.desk.draft.names import Finder, Mention
from legation.desk.draft.strangers import strangers
from legation.errors import InputError, UnknownName
from legation.graph.article import Article
from legation.graph.claim import Claim, Omission
from legation.text.spans import Span, sentences


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article.

    Attributes:
        number: Its place in the article, from 1.
        span: Where it stands.
        text: Its words.
        is_open: Whether no claim and no omission overlaps it.
        mentions: What it names.
        dates: The dates in it.
        attributions: Whose words it gives.
    """

    number: int
    span: Span
    text: str
    is_open: bool
    mentions: tuple[Mention, ...]
    dates: tuple[DateFound, ...]
    attributions: tuple[Attribution, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as drafting sees it."""

    article: Article
    text: str
    anchor: Anchor | None
    sentences: tuple[Sentence, ...]

    @property
    def open(self) -> tuple[Sentence, ...]:
        """The sentences that nothing covers yet."""
        return tuple(sentence for sentence in self.sentences if sentence.is_open)


def no_article(slug: str, others: Iterable[str]) -> UnknownName:
    """The error of asking for an article that is not here, with those that are."""
    slugs = sorted(others)
    listed = ", ".join(slugs) or "none"
    return UnknownName(f"no article here is called {slug!r}; there are: {listed}", slugs)


def read(
    article: Article,
    covered: Iterable[Claim | Omission],
    finder: Finder,
    *,
    more: Iterable[Mention] = (),
) -> Reading:
    """Read an article; ``more`` are names that another reader found.

    The whole text is read, so that names in covered sentences help with those in open ones.

    Raises:
        InputError: The archived text is not here.
    """
    text = article.text
    if text is None:
        message = "is not here; a draft needs the archived text"
        raise InputError(message, article.source)
    known = settled(text, finder.find(text), finder)
    new = strangers(text, known, finder)
    new += [m for m in more if not any(m.span.overlaps(o.span) for o in (*known, *new))]
    mentions = sorted((*known, *new), key=lambda m: (m.span.start, -m.span.end))
    day = anchor(text, article.published)
    found_dates, said = dates(text, day), attributions(text, mentions)
    taken = [passage.span for passage in covered]
    made = (
        Sentence(
            number=number,
            span=span,
            text=span.of(text),
            is_open=not any(span.overlaps(other) for other in taken),
            mentions=tuple(m for m in mentions if m.span.overlaps(span)),
            dates=tuple(d for d in found_dates if d.span.overlaps(span)),
            attributions=tuple(a for a in said if a.span.overlaps(span)),
        )
        for number, span in enumerate(sentences(text), start=1)
    )
    return Reading(article, text, day, tuple(made))


def as_json(reading: Reading) -> dict[str, object]:
    """What was found in the open sentences, as plain values; offsets in code points."""
    return {
        "article": reading.article.slug,
        "anchor": None if reading.anchor is None else reading.anchor.day.isoformat(),
        "mentions": [_mention(m) for s in reading.open for m in s.mentions],
        "dates": [_date(d) for s in reading.open for d in s.dates],
        "attributions": [_attribution(a) for s in reading.open for a in s.attributions],
        "sentences": [{"number": s.number, **_passage(s.span, s.text)} for s in reading.open],
    }


def _passage(span: Span, text: str) -> dict[str, object]:
    return {"start": span.start, "end": span.end, "text": text}


def _mention(found: Mention) -> dict[str, object]:
    return {
        **_passage(found.span, found.text),
        "kind": found.kind,
        "iri": None if found.iri is None else found.iri.value,
        "candidates": [
            {"iri": g.iri.value, "label": g.label, "score": g.score} for g in found.candidates
        ],
        "note": found.note,
    }


def _date(found: DateFound) -> dict[str, object]:
    return {
        **_passage(found.span, found.text),
        "edtf": found.edtf,
        "reasoning": found.reasoning,
    }


def _attribution(found: Attribution) -> dict[str, object]:
    source = found.source
    return {
        **_passage(found.span, found.text),
        "kind": found.kind,
        "source": None if source is None else source.text,
        "iri": None if source is None or source.iri is None else source.iri.value,
    }
