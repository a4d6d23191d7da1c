"""Accepting proposals by the number of their sentence.

Invariant: all that goes from the file is one ``#`` from each line of an accepted proposal; the
file that is left is TriG, or nothing is written at all.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from legation.desk.draft.blocks import numbered
from legation.desk.draft.reading import no_article
from legation.errors import InputError, UsageError
from legation.files.document import contents
from legation.files.journal import Change, rewrite
from legation.graph.workspace import Workspace
from legation.rdf import trig

_PROPOSED = re.compile(r"#(?=\r?$|[^#\s]| {4})")


@dataclass(frozen=True, slots=True)
class Accepted:
    """A draft of which proposals were accepted.

    Attributes:
        path: The article file.
        text: The file's text without the ``#`` of what was accepted.
        accepted: The numbers of the sentences whose proposals were accepted.
        waiting: The numbers of those whose proposals are still comments.
    """

    path: Path
    text: str
    accepted: tuple[int, ...]
    waiting: tuple[int, ...]


def accept(
    workspace: Workspace, slug: str, numbers: Iterable[int], *, write: bool = True
) -> Accepted:
    """Make claims of the proposals for some sentences, numbered as the draft numbers them.

    Raises:
        UnknownName: There is no such article.
        UsageError: A sentence has no open proposal.
        InputError: The file would be no TriG then; it is as it was.
        LegationError: The file cannot be written; it is as it was.
    """
    path = workspace.articles / f"{slug}.trig"
    if not path.is_file():
        raise no_article(slug, (other.stem for other in workspace.articles.glob("*.trig")))
    before = contents(path, within=workspace.root)
    wanted = tuple(sorted(set(numbers)))
    file = _text(before, path)
    waiting = _waiting(file)
    if missing := [number for number in wanted if number not in waiting]:
        raise UsageError(
            f"{_sentences(missing)} of {slug!r} {'has' if len(missing) == 1 else 'have'} no open "
            f"proposal; these have: {listed_numbers(waiting)}"
        )
    text = _without_signs(file, wanted)
    after = text.encode("utf-8")
    try:
        trig.parse(after, path)
    except InputError as error:
        hint = "once accepted; put a second # before a comment of your own there"
        raise InputError(f"would not be TriG {hint} ({error})", path) from error
    if write:
        rewrite([Change(path, before, after)], workspace.root)
    rest = tuple(number for number in waiting if number not in wanted)
    return Accepted(path, text, wanted, rest)


def _text(data: bytes, path: Path) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError("is not UTF-8; nothing was changed", path) from error


def sentence_numbers(words: str) -> tuple[int, ...]:
    """Read numbers of sentences as a person lists them.

    Raises:
        UsageError: It is no such list.

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


def _sentences(numbers: list[int]) -> str:
    return f"sentence{'s' if len(numbers) > 1 else ''} {listed_numbers(numbers)}"


def _waiting(file: str) -> tuple[int, ...]:
    """The sentences that have a line of a proposal left."""
    return tuple(sorted({n for n, line in numbered(file) if n and _PROPOSED.match(line)}))


def _without_signs(file: str, wanted: tuple[int, ...]) -> str:
    return "\n".join(
        _PROPOSED.sub("", line, count=1) if number in wanted and _PROPOSED.match(line) else line
        for number, line in numbered(file)
    )
