"""What drafting sees in an article: its sentences, which are open, and what stands in them.

Invariant: everything here is a finding about the text, with its place and its reason; nothing is
a statement about the world.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from legation.desk.draft.attributions import Attribution, attributions
from legation.desk.draft.days import Anchor, DateFound, anchor, dates
from legation.desk.draft.names import Finder, Mention, in_order
from legation.desk.draft.strangers import strangers
from legation.errors import InputError, UnknownName
from legation.graph.article import Article
from legation.graph.claim import Claim, Omission
from legation.graph.record import Record
from legation.text.arrangement import flowing, front, is_end_mark
from legation.text.dateline import dateline
from legation.text.spans import Span

PLACE_OF_DATELINE = "the place of the dateline"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article, by its number from 1; open when nothing there overlaps it."""

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
    def mentions(self) -> list[Mention]:
        """What its sentences name."""
        return [mention for sentence in self.sentences for mention in sentence.mentions]

    @property
    def open(self) -> tuple[Sentence, ...]:
        """The sentences that nothing covers yet."""
        return tuple(sentence for sentence in self.sentences if sentence.is_open)


def no_article(slug: str, others: Iterable[str]) -> UnknownName:
    """The error of asking for an article that is not here, with those that are."""
    slugs = sorted(others)
    listed = ", ".join(slugs) or "none"
    return UnknownName(f"no article here is called {slug!r}; there are: {listed}", slugs)


def article_of(record: Record, slug: str) -> Article:
    """The article of a slug; UnknownName where there is none."""
    article = next((a for a in record.articles if a.slug == slug), None)
    if article is None:
        raise no_article(slug, (a.slug for a in record.articles))
    return article


def read(
    article: Article,
    covered: Iterable[Claim | Omission],
    finder: Finder,
    *,
    more: Iterable[Mention] = (),
) -> Reading:
    """Read a whole article, for names in covered sentences help with those in open ones.

    ``more`` are names that another reader found. Raises InputError where the text is not here.
    """
    text = article.text
    if text is None:
        raise InputError("is not here; a draft needs the archived text", article.source)
    language, flow = article.language, flowing(text, article.language)
    named = named_in(flow, finder, entities=more, language=language or "en")
    mentions = beside_dateline(flow, named)
    day = anchor(flow, article.published)
    found_dates = dates(flow, day, language=language)
    said = attributions(flow, mentions, language=language)
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
        for number, span in enumerate(article.sentences, start=1)
    )
    return Reading(article, text, day, tuple(made))


def beside_dateline(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Names with those of the dateline as one mention, of nobody who takes part."""
    line = dateline(text)
    if line is None:
        return list(mentions)
    span = Span(line.start, line.end)
    inside = [m for m in mentions if m.span.overlaps(span)]
    guesses = tuple(dict.fromkeys(guess for m in inside for guess in m.candidates))
    by = f"; {line.agency} is its origin" if line.agency else ""
    note = f"where and when this was written{by}; no place, day or participant of what it tells"
    whole = Mention(span, span.of(text), "dateline", None, guesses, note)
    return in_order([whole, *(m for m in mentions if m not in inside)])


def named_in(
    text: str, finder: Finder, *, entities: Iterable[Mention] = (), language: str = "en"
) -> list[Mention]:
    """Every name in a text, known ones first found; a dateline's agency is known as such."""
    known = finder.find(text)
    new = strangers(text, known, finder, entities=tuple(entities), language=language)
    begin = front(text).end  # what an archive wrote above the words names nobody
    found = (m for m in in_order((*known, *new)) if m.span.start >= begin and not _ends(text, m))
    return [_of_dateline(m, text) for m in found]


def _ends(text: str, mention: Mention) -> bool:
    """Whether it stands in a line that only says that the report ends."""
    start = text.rfind("\n", 0, mention.span.start) + 1
    return is_end_mark(text[start:].partition("\n")[0].strip())


def _of_dateline(mention: Mention, text: str) -> Mention:
    line = dateline(text)
    if line is None or not line.start <= mention.span.start < line.end:
        return mention
    if line.agency and mention.text in line.agency:
        note = "the agency of the dateline, a source and no participant"
        return replace(mention, kind="body", note=f"{note}; {mention.note}".rstrip("; "))
    if mention.iri is None:
        note = f"{PLACE_OF_DATELINE}; {mention.note}"
        return replace(mention, kind="place", note=note)
    return mention


def as_json(reading: Reading) -> dict[str, object]:
    """What was found in the open sentences, as plain values; offsets in code points."""
    return {
        "article": reading.article.slug,
        "anchor": None if reading.anchor is None else reading.anchor.day.isoformat(),
        "mentions": [_mention(m) for s in reading.open for m in s.mentions],
        "dates": [
            {**_passage(d), "edtf": d.edtf, "reasoning": d.reasoning}
            for s in reading.open
            for d in s.dates
        ],
        "attributions": [_attribution(a) for s in reading.open for a in s.attributions],
        "sentences": [{"number": s.number, **_passage(s)} for s in reading.open],
    }


def _passage(found: Sentence | Mention | DateFound | Attribution) -> dict[str, object]:
    return {"start": found.span.start, "end": found.span.end, "text": found.text}


def _mention(found: Mention) -> dict[str, object]:
    guesses = found.candidates
    return {
        **_passage(found),
        "kind": found.kind,
        "iri": None if found.iri is None else found.iri.value,
        "candidates": [{"iri": g.iri.value, "label": g.label, "score": g.score} for g in guesses],
        "note": found.note,
    }


def _attribution(found: Attribution) -> dict[str, object]:
    source = found.source
    return {
        **_passage(found),
        "kind": found.kind,
        "source": None if source is None else source.text,
        "iri": None if source is None or source.iri is None else source.iri.value,
    }
