"""What drafting sees in an article: its sentences, which are open, and what stands in them."""

from collections.abc import Iterable
from dataclasses import dataclass

from legation.desk.draft.attributions import attributions
from legation.desk.draft.context import settled
from legation.desk.draft.days import Anchor, anchor, dates
from legation.desk.draft.demonyms import marked
from legation.desk.draft.furniture import furniture
from legation.desk.draft.mention import Attribution, DateFound, Mention
from legation.desk.draft.names import Finder
from legation.desk.draft.strangers import strangers
from legation.desk.draft.triggers import Trigger, triggers
from legation.errors import InputError
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
        reason: Why an omission is proposed for it; empty where it seems to be content.
        mentions: What it names.
        dates: The dates in it.
        attributions: Whose words it gives.
        triggers: What kind of thing it seems to tell of, likeliest first.
    """

    number: int
    span: Span
    text: str
    is_open: bool
    reason: str
    mentions: tuple[Mention, ...]
    dates: tuple[DateFound, ...]
    attributions: tuple[Attribution, ...]
    triggers: tuple[Trigger, ...]


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


def read(
    article: Article,
    covered: Iterable[Claim | Omission],
    finder: Finder,
    *,
    more: Iterable[Mention] = (),
) -> Reading:
    """Read an article.

    Args:
        article: The article, with its text.
        covered: Its claims and omissions.
        finder: The registry's names.
        more: Names that another reader found (an optional model for names).

    Returns:
        The reading; the whole text is read, so that names in covered sentences help with those
        in open ones.

    Raises:
        InputError: The archived text is not here.
    """
    text = article.text
    if text is None:
        message = "is not here; a draft needs the archived text"
        raise InputError(message, article.source)
    spans = sentences(text)
    reasons = furniture(text, spans)
    known = marked(text, settled(text, finder.find(text), finder), finder)
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
            reason=reasons.get(span, ""),
            mentions=tuple(m for m in mentions if m.span.overlaps(span)),
            dates=tuple(d for d in found_dates if d.span.overlaps(span)),
            attributions=tuple(a for a in said if a.span.overlaps(span)),
            triggers=tuple(triggers(text, span)),
        )
        for number, span in enumerate(spans, start=1)
    )
    return Reading(article, text, day, tuple(made))
