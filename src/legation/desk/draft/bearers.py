"""Where a title ends and the name of its bearer begins: "Minister of Trade of Ambrel Tomas Feld".

Invariant: a name is parted only where the text has its first word as a name of its own, behind a
title; "the envoy of Kim Jong Un" is parted nowhere if the text names Kim Jong Un elsewhere.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from legation.desk.draft.lexicon import RANK, kind_of_noun
from legation.text.spans import Span

RANKED = re.compile(rf"(?:.*[ ])?(?i:{RANK})(?=[ ]|$)")
_PLACED = re.compile(r"\b(?:of|in|from|to|between|and|with)[ ]$")
_POST = re.compile(r"[ ]to(?:[ ]the)?[ ]$")
_SENT = re.compile(r"(?:.*[ ])?(?i:ambassador|envoy|representative|consul)\b")


def alone(line: str, runs: Iterable[Span]) -> frozenset[str]:
    """The single words that stand as the name of a place or state does."""
    short = (run for run in runs if " " not in run.of(line))
    return frozenset(
        run.of(line) for run in short if _PLACED.search(line, max(0, run.start - 9), run.start)
    )


def is_post(whole: str, between: str) -> bool:
    """Whether an envoy's title goes on: "Ambassador of Ambrel to Quorra"."""
    return bool(_POST.fullmatch(between) and _SENT.match(whole))


def bearer_at(line: str, whole: str, run: Span, single: frozenset[str]) -> int | None:
    """Where in the last run of a title its bearer begins; None where no name is glued to it."""
    first, _, name = run.of(line).partition(" ")
    is_glued = first in single and " " in name and RANKED.match(whole) is not None
    return run.end - len(name) if is_glued and line.count(run.of(line)) == 1 else None


def held_by(line: str, title: str, runs: Sequence[Span]) -> Iterator[Span]:
    """What a title is held of, the state that sends an envoy apart from where they are sent."""
    start = runs[0].start if runs else 0
    for before, after in pairwise(runs):
        if _SENT.match(title) and re.match("[ ](?:to|for)[ ]", line[before.end : after.start]):
            yield Span(start, before.end)
            start = after.start
    if runs:
        yield Span(start, runs[-1].end)


def borne(line: str, titles: Iterable[Span], names: Sequence[Span]) -> frozenset[Span]:
    """The names that stand directly behind a title, or between commas there."""
    ends = {title.end for title in titles}
    found = set()
    for name in names:
        is_direct = name.start - 1 in ends and line[name.start - 1] == " "
        is_apposed = name.start - 2 in ends and line[name.start - 2 : name.start] == ", "
        is_full = " " in name.of(line) and not kind_of_noun(name.of(line))
        if is_full and (is_direct or (is_apposed and line[name.end : name.end + 1] == ",")):
            found.add(name)
    return frozenset(found)
