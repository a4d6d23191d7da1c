"""Is a text or an address in the archive twice, and is every day of publication past?

Invariant: two texts are near when most runs of five words of the shorter one stand in the
longer one too, so that a repost that was cut or framed anew is still recognized.
"""

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import combinations

from pyoxigraph import NamedNode

from legation.checks.case import Case
from legation.checks.finding import Finding, Rule
from legation.graph.article import Article
from legation.rdf.gathering import gathered
from legation.rdf.vocabulary import DCTERMS, LEG, PROV, SKOS
from legation.text.dates import bounds_if_any
from legation.text.letters import words

TWICE = Rule("text-archived-twice", "error", "A text, and the address of one, is archived once.")
NEARLY = Rule(
    "text-nearly-archived",
    "warning",
    "A text that is nearly another says that it relays it, or why it is another.",
)
TO_COME = Rule("published-in-future", "warning", "No article is published later than today.")

_RUN = 5
_NEAR = 0.6
_LEAST_RUNS = 20
_MOST_BEARERS = 20  # what stands in more texts than these is a phrase, and no mark of a repost


def check(case: Case) -> Iterator[Finding]:
    """Hold the articles against each other, and their days against today."""
    texts: dict[str, Article] = {}
    for article in case.record.articles:
        first = texts.setdefault(article.text or article.slug, article)
        if first is not article:
            message = f"its text is that of {first.slug}: keep one of them"
            yield from _told(case, TWICE, article, first, message)
    yield from _addresses(case)
    explained = _explained(case)
    for one, other, share in _near(list(texts.values())):
        if not {one.iri, other.iri} & explained:
            message = (
                f"{share:.0%} of its text stands in {other.slug}, too: say with "
                "prov:wasDerivedFrom whose report it relays, or why not in a skos:editorialNote"
            )
            yield from _told(case, NEARLY, one, other, message)
    today = _today(case)
    for article in case.articles:
        days = bounds_if_any(article.published)
        if days is not None and days.earliest is not None and days.earliest > today:
            message = (
                f"it is published on {article.published}, after {today}: correct the date, or "
                "let legation.toml say which day today is"
            )
            place = case.places.of_thing(article.iri, LEG.published)
            yield case.finding(TO_COME, place, message, about=article.iri)


def _today(case: Case) -> date:
    """The day that the settings give, as those of an invented world do, or the clock."""
    said = bounds_if_any(case.workspace.settings.get("today", ""))
    told = None if said is None else said.latest
    return told or datetime.now(UTC).date()


def _told(
    case: Case, rule: Rule, article: Article, other: Article, message: str
) -> Iterator[Finding]:
    if case.is_asked(article.path, article.iri, other.iri):
        place = case.places.of_thing(article.iri)
        yield case.finding(rule, place, message, about=article.iri, also=[other.iri])


def _addresses(case: Case) -> Iterator[Finding]:
    first: dict[object, Article] = {}
    for located in case.record.quads("article"):
        subject, value = located.quad.subject, located.quad.object
        if located.quad.predicate != DCTERMS.source or not isinstance(subject, NamedNode):
            continue
        article = case.record.articles_by_iri.get(subject)
        if article is not None and (other := first.setdefault(value, article)) is not article:
            message = f"its address is that of {other.slug}: correct one of them"
            yield from _told(case, TWICE, article, other, message)


def _explained(case: Case) -> frozenset[object]:
    """The articles that say whose report they relay, or have a note."""
    saying = (PROV.wasDerivedFrom, SKOS.editorialNote)
    quads = (located.quad for located in case.record.quads("article"))
    return frozenset(quad.subject for quad in quads if quad.predicate in saying)


def _near(articles: Sequence[Article]) -> Iterator[tuple[Article, Article, float]]:
    """Articles with nearly the same text as one before, and the share that stands in both.

    Only articles that have a run of words in common are compared at all.
    """
    runs = [_runs(article.text or "") for article in articles]
    bearers = gathered((run, number) for number, some in enumerate(runs) for run in some)
    common = Counter(
        pair
        for numbers in bearers.values()
        if 1 < len(numbers) <= _MOST_BEARERS
        for pair in combinations(numbers, 2)
    )
    for first, second in sorted(pair for pair, count in common.items() if count >= _LEAST_RUNS / 2):
        share = _share(runs[first], runs[second])
        if share >= _NEAR:
            yield articles[second], articles[first], share


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
