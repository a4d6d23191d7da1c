"""Is the day of a date the weekday that the quote names?

Invariant: only what is plain is judged: a quote that names one weekday and no day of a month,
and a claim none of whose exact days falls on it. A weekday that something is reckoned from
("two days before Sunday's vote") or that is part of a name says nothing of the date.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from pyoxigraph import Literal, NamedNode, Triple

from legation.checks.case import Case
from legation.checks.finding import Finding, Rule
from legation.graph.claim import Claim
from legation.rdf.vocabulary import EDTF, LEG
from legation.text import dates
from legation.text.dateline import MONTH

MISMATCH = Rule(
    "weekday-mismatch", "error", "The day of a date is the weekday that the quote names."
)

_DAYS = tuple(map(str.capitalize, dates.WEEKDAYS))
_EXACT = re.compile(r"\d{4}-\d{2}-\d{2}\??")
_WEEKDAY = re.compile(
    r"\b(?P<full>(?i:(?:mon|tues|wednes|thurs|fri|satur|sun)day))\b"
    r"|\b(?P<short>Mon|Tues?|Weds?|Thu(?:rs?)?|Fri|Sat)\."
    r"|\b(?i:on|last|next|this|past) (?P<sun>Sun)\."  # else it may be the name of a person
)
# "on Friday, 9th of October" gives the day itself: nobody resolved it from the weekday.
_DAY_OF_MONTH = re.compile(
    rf"\b(?:{MONTH})\.? ?\d{{1,2}}(?!\d)|\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ -](?:{MONTH})(?!\w)"
    r"|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b",
    re.IGNORECASE,
)
# "by Friday", "on the eve of Sunday's vote", "before the long Sunday vote": up to two words
# stand between, yet no "on", as in "after talks in Sestry they left on Friday".
_RECKONED = re.compile(
    r"(?:\b(?:after|ahead of|before|by|eve of|prior to|since|through|till?|until)"
    r"|\b(?<!the )following)"
    r"\s+(?:(?!on\b)[\w’'-]+\s+){0,2}$",
    re.IGNORECASE,
)


def check(case: Case) -> Iterator[Finding]:
    """Hold the exact days of each claim against the weekday in its quote."""
    for claim in case.claims:
        dated = [t for t in claim.triples if t.predicate in case.ontology.dating]
        days = {triple: day for triple in dated if (day := _day(triple)) is not None}
        weekday = named(_nameless(case, claim)) if days else None
        if weekday is None or weekday in {day.weekday() for day in days.values()}:
            continue
        for triple, day in days.items():
            if triple.predicate == LEG.attested and day.isoformat() in _published(case, claim):
                continue  # the title was used in what appeared on that day
            place = case.places.of_triple(claim, triple)
            yield case.finding(MISMATCH, place, _message(day, weekday), about=claim)


def named(quote: str) -> int | None:
    """The one weekday (0 for Monday) of what a quote tells; None with several or a day of a month.

    >>> named("They met on Tuesday"), named("They met on Tuesday, June 11")
    (1, None)
    """
    if _DAY_OF_MONTH.search(quote):
        return None
    found = list(_WEEKDAY.finditer(quote))
    weekdays = {_number(match[match.lastgroup or 0]) for match in found}
    if len(weekdays) != 1 or any(_is_beside_the_point(quote, match) for match in found):
        return None
    return weekdays.pop()


def _number(word: str) -> int:
    return next(n for n, day in enumerate(_DAYS) if day[:3] == word[:3].title())


def _is_beside_the_point(quote: str, match: re.Match[str]) -> bool:
    """Whether a weekday is what something is reckoned from, or stands in a title."""
    before, after = quote[: match.start()][-80:], quote[match.end() :]
    is_title = re.search(r"\b[Tt]he $", before) and re.match(r" [A-Z]", after)
    return bool(is_title or _RECKONED.search(before))


def _nameless(case: Case, claim: Claim) -> str:
    """A claim's quote without the names of those it speaks of: a person may be called Sunday."""
    quote = claim.quote
    for triple in claim.triples:
        for node in (triple.subject, triple.object):
            if isinstance(node, NamedNode) and LEG.Agent in case.types.get(node, frozenset()):
                for name in filter(_WEEKDAY.search, case.spellings.get(node, ())):
                    quote = quote.replace(name, "…")
    return quote


def _day(triple: Triple) -> date | None:
    value = triple.object
    if not isinstance(value, Literal) or value.datatype != EDTF:
        return None
    if not _EXACT.fullmatch(value.value):
        return None
    try:
        return dates.bounds(value.value).earliest
    except dates.DateError:
        return None  # said by the judge of dates


def _published(case: Case, claim: Claim) -> set[str]:
    """The days on which the article and the report it relays appeared."""
    article = case.article_of(claim)
    about = case.record.about(claim.according_to) if claim.according_to is not None else ()
    relayed = {
        located.quad.object.value
        for located in about
        if located.quad.predicate == LEG.published and isinstance(located.quad.object, Literal)
    }
    return relayed if article is None else {article.published, *relayed}


def _message(day: date, weekday: int) -> str:
    back = (day.weekday() - weekday) % 7
    near = [
        f"{day + timedelta(days=step)} (the {_DAYS[weekday]} {when})"
        for step, when in ((-back, "before"), (7 - back, "after"))
        if 0 < day.toordinal() + step <= date.max.toordinal()
    ]
    return (
        f"{day} is a {_DAYS[day.weekday()]}, but the quote says {_DAYS[weekday]}: write "
        f"{' or '.join(near)}, or quote the words that give the day"
    )
