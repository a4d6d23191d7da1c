"""The filters of ``#+ period:`` and ``#+ source:``: when something was, and on whose word.

``#+ period: event``: a row stays when what the variable names may have been in the time asked for;
an open end goes on, and ``undated=no`` leaves out what bears no date. ``or none`` keeps rows
without it; ``or leg:madeAt`` takes the bounds of what that leads to as well. ``#+ source: claim
also``: a row stays when each claim that these variables name is of the publisher asked for, and was
published by the day asked for.

Invariant: a filter is added only for a parameter that is given, and speaks of it as of a variable;
what it compares are the bounds that the build derives: ``leg:earliest`` and ``leg:latest``, and
where neither says it, ``leg:noLaterThan``, the day by which a text told of it as past.
"""

import re
from collections.abc import Iterator

from legation.rdf.vocabulary import LEG, PROV, expand

GIVEN = {
    "since": ("date", "it may have been on this day or later"),
    "until": ("date", "it may have been on this day or earlier"),
    "undated": ("flag", "no leaves out what bears no date"),
    "origin": ("Agent", "only on the word of this publisher"),
    "as_of": ("date", "only from what was published by this day"),
}
"""What each parameter takes, and what it means."""

_PERIOD = re.compile(r"(\w+)( or none)?(?: or (\w+:\w+))?")
_SIDES = (("since", LEG.latest, LEG.earliest, ">="), ("until", LEG.earliest, LEG.latest, "<="))
_DATED = f"({LEG.earliest}|{LEG.latest})"
_PUBLISHED = f"({LEG.accordingTo}|{PROV.wasQuotedFrom})/{LEG.latest}"


def of_period(text: str) -> dict[str, str] | None:
    """The filters that heed ``since`` and ``until``; None where the header is not understood."""
    match = _PERIOD.fullmatch(text)
    onward = expand(match[3]) if match is not None and match[3] else None
    if match is None or (match[3] and onward is None):
        return None
    way = "" if onward is None else f"{onward}?/"
    dated = f" FILTER(?undated || EXISTS {{ ?{match[1]} {way}{_DATED} ?undated_day }})"
    return {**dict(_bounded(match[1], way, is_needed=not match[2])), "undated": dated}


def _bounded(thing: str, way: str, *, is_needed: bool) -> Iterator[tuple[str, str]]:
    """Something may have been then when a bound of it says so, or when it is open on that side."""
    for name, bound, other, sign in _SIDES:
        then = f"EXISTS {{ ?{thing} {way}{bound} ?{name}_day FILTER(?{name}_day {sign} ?{name}) }}"
        begun = f"EXISTS {{ ?{thing} {way}{other} ?{name}_other }}"
        is_open = f"NOT EXISTS {{ ?{thing} {way}{bound} ?{name}_end }}"
        by = f"?{thing} {way}{LEG.noLaterThan} ?{name}_told FILTER(?{name}_told {sign} ?{name})"
        told = f"NOT EXISTS {{ ?{thing} {way}{_DATED} ?{name}_known }} && EXISTS {{ {by} }}"
        unless = f"BOUND(?{thing}) && " if is_needed else f"!BOUND(?{thing}) || "
        yield name, f" FILTER({unless}({then} || ({begun} && {is_open}) || ({told})))"


def undatable(text: str) -> str:
    """The filter for what bears no date and no text, older than ``since``, tells of as past."""
    match = _PERIOD.fullmatch(text)
    onward = expand(match[3]) if match is not None and match[3] else None
    way = f"?{match[1] if match else ''} {f'{onward}?/' if onward else ''}"
    gone = f"{way}{LEG.noLaterThan} ?told_by FILTER(?told_by < ?since)"
    return f" FILTER(NOT EXISTS {{ {way}{_DATED} ?any_day }} && NOT EXISTS {{ {gone} }})"


def of_source(text: str) -> dict[str, str] | None:
    """The filters that heed ``origin`` and ``as_of``; None where the header is not understood."""
    claims = text.split()
    if not claims or not all(map(str.isidentifier, claims)):
        return None
    patterns = {
        "origin": f"{LEG.origin} ?origin",
        "as_of": f"{_PUBLISHED} ?known_by FILTER(?known_by <= ?as_of)",
    }
    return {
        name: "".join(
            f" FILTER(!BOUND(?{claim}) || EXISTS {{ ?{claim} {pattern} }})" for claim in claims
        )
        for name, pattern in patterns.items()
    }
