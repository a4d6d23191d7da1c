"""Accepting proposals by the number of their sentence.

Invariant: all that goes from the file is one ``#`` from each line of an accepted proposal; the
file that is left is TriG, or nothing is written at all.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from legation.desk.draft.blocks import numbered
from legation.desk.draft.pen import lodged, opened
from legation.errors import InputError, UsageError
from legation.graph.workspace import Workspace
from legation.rdf import trig

# One "#" before a line of Turtle or its indent; "# note" is a comment of the author's own.
PROPOSED = re.compile(r"^#(?=\r?$|[^#\s]| {4})")
"""How a line of a proposal begins."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A draft without the ``#`` of what was accepted, by the numbers of the sentences.

    The proposals of those that are waiting are still comments.
    """

    path: Path
    text: str
    accepted: tuple[int, ...]
    waiting: tuple[int, ...]


def accept(
    workspace: Workspace, slug: str, numbers: Iterable[int], *, write: bool = True
) -> Accepted:
    """Make claims of the proposals for some sentences, numbered as the draft numbers them.

    Raises UnknownName where there is no such article, UsageError where a sentence has no open
    proposal, InputError where the file would be no TriG then, and LegationError where it cannot be
    written; it is as it was.
    """
    file = opened(workspace, slug)
    wanted = tuple(sorted(set(numbers)))
    lines = list(numbered(file.text))
    waiting = tuple(sorted({n for n, line in lines if n and PROPOSED.match(line)}))
    if missing := [number for number in wanted if number not in waiting]:
        has = "has" if len(missing) == 1 else "have"
        raise UsageError(
            f"sentence{'s' if len(missing) > 1 else ''} {listed_numbers(missing)} of {slug!r} "
            f"{has} no open proposal; these have: {listed_numbers(waiting)}"
        )
    text = "\n".join(PROPOSED.sub("", line) if n in wanted else line for n, line in lines)
    try:
        trig.parse(text.encode("utf-8"), file.path)
    except InputError as error:
        hint = "once accepted; put a second # before a comment of your own there"
        raise InputError(f"would not be TriG {hint} ({error})", file.path) from error
    if write:
        lodged(workspace, file, text)
    rest = tuple(number for number in waiting if number not in wanted)
    return Accepted(file.path, text, wanted, rest)


def sentence_numbers(words: str) -> tuple[int, ...]:
    """Read numbers of sentences as a person lists them; UsageError where it is no such list.

    >>> sentence_numbers("1,3,7-9")
    (1, 3, 7, 8, 9)
    """
    found: set[int] = set()
    for part in words.split(","):
        match = re.fullmatch(r"\s*(\d{1,5})(?:-(\d{1,5}))?\s*", part, re.ASCII)
        first = int(match[1]) if match else 1
        last = int(match[2] or first) if match else 0
        if last < first:
            raise UsageError(f"--accept {words!r}: give numbers of sentences, such as 1,3,7-9")
        found.update(range(first, last + 1))
    return tuple(sorted(found))


def listed_numbers(numbers: Iterable[int]) -> str:
    """Write sorted numbers as a person lists them; ``none`` when there are none.

    >>> listed_numbers([1, 3, 7, 8, 9])
    '1, 3, 7-9'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(r[0]) if len(r) == 1 else f"{r[0]}-{r[-1]}" for r in runs) or "none"
