"""Do the sums come out: is each computed day, year and ordinal what its premises give?

Invariant: a value passes only when the words, the claims leaned on, or a date of publication
give it by a reckoning that is written here: the same, so many years before or after, or the
weekday, "today" or "yesterday" of a day known. What cannot be reckoned again is a finding.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Triple

from legation.checks.case import Case
from legation.checks.finding import Finding, Rule
from legation.checks.mentions import quotes
from legation.checks.weekdays import named
from legation.graph.claim import Claim
from legation.rdf.vocabulary import EDTF, LEG
from legation.text.dates import WEEKDAYS
from legation.text.numbers import counted_in, numbers_in

NO_PREMISES = Rule(
    "basis-without-premises",
    "error",
    "What is resolved leans on a claim, what is computed has premises, what is supplied a note.",
)
WRONG_SUM = Rule(
    "sum-wrong",
    "error",
    "A computed date or ordinal is what its premises give when reckoned again.",
)
ORDINAL_UNSEEN = Rule(
    "ordinal-not-in-quote", "error", "An ordinal stands in the quote, or is computed from premises."
)
DATE_UNSEEN = Rule(
    "date-not-in-quote",
    "error",
    "A date stands in the quote, or the claim says how it comes by it.",
)

_FARTHEST = 250
"""Years that an anniversary or "ago" may span."""
_WINDOW = timedelta(days=14)
"""How far "on Friday" or "last Friday" may lie from the day it is said on."""
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_RELATIVE = {"today": 0, "yesterday": -1, "tomorrow": 1, "overnight": -1}


def check(case: Case) -> Iterator[Finding]:
    """Reckon again whatever is marked as computed, and look for every ordinal in the words."""
    for claim in case.claims:
        yield from _basis(case, claim)
        premises = _Premises.of(case, claim)
        for triple in claim.triples:
            if triple.predicate == LEG.ordinal and _counts(case, triple):
                yield from _ordinal(case, claim, triple, premises)
            elif _is_date(triple) and claim.basis == "computed":
                yield from _date(case, claim, triple, premises)
            elif _is_date(triple) and claim.basis != "supplied":
                yield from _undeclared(case, claim, triple, premises)


def _basis(case: Case, claim: Claim) -> Iterator[Finding]:
    if claim.basis == "resolved" and not claim.leans_on:
        message = (
            "the claim is resolved by nothing: name with leg:leansOn the claim that settles it"
        )
    elif (
        claim.basis == "computed" and not claim.leans_on and not list(_reference_days(case, claim))
    ):
        message = (
            "the claim is computed from nothing: name the claims with the premises by leg:leansOn, "
            "or record the date of publication"
        )
    elif claim.basis == "supplied" and not claim.note:
        message = "the claim is supplied from nowhere: say in a skos:editorialNote whence it comes"
    else:
        return
    yield case.finding(NO_PREMISES, case.places.of_claim(claim, LEG.basis), message, about=claim)


def _is_date(triple: Triple) -> bool:
    return isinstance(triple.object, Literal) and triple.object.datatype == EDTF


@dataclass(frozen=True)
class _Premises:
    """What a claim may be reckoned from: words, dates that claims give, days of publication."""

    own: str
    words: str
    dates: tuple[str, ...]
    references: tuple[date, ...]
    is_english: bool

    @classmethod
    def of(cls, case: Case, claim: Claim) -> "_Premises":
        leaned = [case.record.claims_by_iri.get(iri) for iri in claim.leans_on]
        dates = tuple(
            triple.object.value
            for other in leaned
            if other is not None
            for triple in other.triples
            if _is_date(triple) and isinstance(triple.object, Literal)
        )
        article = case.article_of(claim)
        return cls(
            claim.quote,
            " | ".join(quotes(case, claim)),
            dates,
            tuple(_reference_days(case, claim)),
            article is None or article.language in ("", "en"),
        )

    @cached_property
    def years(self) -> frozenset[int]:
        """Years that stand somewhere: in the words, in a premise, or on the page."""
        said = re.findall(r"(?<!\d)[12]\d{3}(?!\d)", " ".join((self.words, *self.dates)))
        return frozenset({int(year) for year in said} | {day.year for day in self.references})

    @cached_property
    def numbers(self) -> frozenset[int]:
        return numbers_in(self.words)

    @cached_property
    def reckoned_years(self) -> frozenset[int]:
        """The years that stand somewhere, and those so many years away as the words count."""
        counted = counted_in(self.words, "year") if self.is_english else self.numbers
        away = {n for n in counted if 0 < n <= _FARTHEST}
        return (
            self.years
            | {y + n for y in self.years for n in away}
            | {y - n for y in self.years for n in away}
        )

    def has_month(self, month: str) -> bool:
        """Whether a month of a year is named, holds a date known, or lies months away from such."""
        year, number = int(month[:4]), int(month[5:7])
        if self.names_month(number):
            return True
        known = {(int(t[:4]), int(t[5:7])) for t in self.dates if re.match(r"\d{4}-\d\d", t)}
        known |= {(day.year, day.month) for day in self.references}
        named = {m for m in range(1, 13) if self.is_english and self.names_month(m)}
        known |= {(year, m) for year in self.years for m in named}
        away = {0, *counted_in(self.words, "month")}
        return any(abs((year - y) * 12 + number - m) in away for y, m in known)

    def names_month(self, month: int) -> bool:
        """Whether the words have a month by its name or number; unknown in other languages."""
        is_said = re.search(rf"\b{_MONTHS[month - 1]}", self.words.lower()) is not None
        return is_said or month in self.numbers or not self.is_english

    @cached_property
    def differences(self) -> frozenset[int]:
        return frozenset(abs(one - other) for one in self.years for other in self.years)


def _reference_days(case: Case, claim: Claim) -> Iterator[date]:
    """The days on which the article and the reports it relays appeared."""
    article = case.article_of(claim)
    said = [] if article is None else [article.published]
    relayed = () if claim.according_to is None else (claim.according_to,)
    for report in (*relayed, *(article.derived_from if article is not None else ())):
        said += [
            located.quad.object.value
            for located in case.record.about(report)
            if located.quad.predicate == LEG.published and isinstance(located.quad.object, Literal)
        ]
    for text in said:
        # A page may print a day that is doubted ("2025-10-25?"): it is still what sums start from.
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}[?~%]?", text):
            yield from _days(text)


def _counts(case: Case, triple: Triple) -> bool:
    """Whether an ordinal counts events; that of a participation is its place in the print."""
    if not isinstance(triple.subject, NamedNode) or not isinstance(triple.object, Literal):
        return False
    return LEG.Participation not in case.types.get(triple.subject, frozenset())


def _ordinal(case: Case, claim: Claim, triple: Triple, premises: _Premises) -> Iterator[Finding]:
    text = _text(triple)
    said = int(text) if text.isdigit() else 0
    place = case.places.of_triple(claim, triple)
    if claim.basis == "computed":
        if said not in premises.differences | premises.numbers:
            given = ", ".join(map(str, sorted(premises.differences - {0}))) or "no number"
            message = (
                f"the sum does not give {said}: the premises give {given}; correct the ordinal"
            )
            yield case.finding(WRONG_SUM, place, message, about=claim)
    elif claim.basis != "supplied" and said not in premises.numbers:
        message = (
            f"the quote has no {said}: copy the number that stands there, or mark the claim "
            "leg:basis leg:computed and name the premises"
        )
        yield case.finding(ORDINAL_UNSEEN, place, message, about=claim)


def _date(case: Case, claim: Claim, triple: Triple, premises: _Premises) -> Iterator[Finding]:
    text = _text(triple)
    wrong = [f"the year {y}" for y in _years(text) if y not in premises.reckoned_years]
    wrong += [f"the month {month}" for month in _months(text) if not premises.has_month(month)]
    weekday = named(claim.quote)  # a day that is another than named is said by its own judge
    wrong += [
        f"the day {day}"
        for day in _days(text)
        if weekday in (None, day.weekday()) and not _is_reckoned(day, premises)
    ]
    if wrong:
        message = (
            f"the sum does not give {' nor '.join(wrong)}: correct the date, or name with "
            "leg:leansOn the claim whose words give it"
        )
        yield case.finding(WRONG_SUM, case.places.of_triple(claim, triple), message, about=claim)


def _undeclared(case: Case, claim: Claim, triple: Triple, premises: _Premises) -> Iterator[Finding]:
    """A date that the quote does not give, in a claim that does not say how it comes by it."""
    text = _text(triple)
    if triple.predicate == LEG.attested and set(_days(text)) <= set(premises.references):
        return  # a title is attested on the day its text appeared
    own = premises  # a pronoun is settled by other words, and so may the day be that they give
    missing: list[str] = []
    if not claim.basis:
        own = replace(premises, words=claim.quote, dates=(), references=())
        missing += [f"the year {year}" for year in _years(text) if year not in own.numbers]
    missing += [f"the month {month}" for month in _months(text) if not own.has_month(month)]
    missing += [f"the day {day}" for day in _days(text) if not _is_given(day, own)]
    if missing:
        message = (
            f"the quote does not give {missing[0]}: mark the claim leg:basis leg:computed and name "
            "the premises with leg:leansOn, or quote the words that give it"
        )
        yield case.finding(DATE_UNSEEN, case.places.of_triple(claim, triple), message, about=claim)


def _text(triple: Triple) -> str:
    return triple.object.value if isinstance(triple.object, Literal) else ""


def _years(text: str) -> list[int]:
    return [int(year) for year in dict.fromkeys(re.findall(r"(?<!\d)\d{4}(?!\d)", text))]


def _days(text: str) -> Iterator[date]:
    for found in dict.fromkeys(re.findall(r"\d{4}-\d{2}-\d{2}", text)):
        try:
            yield date.fromisoformat(found)
        except ValueError:
            continue  # said by the judge of dates


def _months(text: str) -> list[str]:
    """Months that are given without a day."""
    return re.findall(r"(?<!\d)\d{4}-(?:0[1-9]|1[0-2])(?![-\d])", text)


def _is_reckoned(day: date, premises: _Premises) -> bool:
    """Whether a day is the very one of a premise, is named, or lies beside a day known."""
    known = {d for text in premises.dates for d in _days(text)} | set(premises.references)
    if day in known or _is_named(day, premises) or _has_same_day(day, premises):
        return True
    words = premises.words.lower()
    if any(
        word in words and day - timedelta(days=step) in known for word, step in _RELATIVE.items()
    ):
        return True
    weeks = counted_in(premises.words, "week")
    away = counted_in(premises.words, "day") | {7 * n for n in weeks}
    if any(abs((day - other).days) in away for other in known):
        return True
    near = any(abs(day - other) <= _WINDOW for other in known)
    weekday = WEEKDAYS[day.weekday()]
    return near and (weekday in words or re.search(rf"\b{weekday[:3]}\b", words) is not None)


def _is_given(day: date, premises: _Premises) -> bool:
    """Whether the words give month and day, or a premise the very day."""
    return _is_named(day, premises) or any(day in set(_days(text)) for text in premises.dates)


def _is_named(day: date, premises: _Premises) -> bool:
    """Whether the words give month and day."""
    return day.day in premises.numbers and premises.names_month(day.month)


def _has_same_day(day: date, premises: _Premises) -> bool:
    """Whether a premise without this year gives month and day: an anniversary."""
    return any(text[5:10] == f"{day.month:02d}-{day.day:02d}" for text in premises.dates)
