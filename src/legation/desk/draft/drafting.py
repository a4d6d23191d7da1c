"""From a workspace and a slug to a drafted article file.

Invariant: a file is read once, and written only as the one that was read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from legation.desk.draft.acceptance import rejected
from legation.desk.draft.blocks import undrafted, with_blocks, without_blocks
from legation.desk.draft.entities import Entities
from legation.desk.draft.names import Finder
from legation.desk.draft.pen import lodged, opened
from legation.desk.draft.proposal import Assignment, Objection, Offered, Suggester
from legation.desk.draft.reading import Reading, article_of, read
from legation.graph import workspace as workspaces
from legation.graph.record import Record
from legation.graph.workspace import Workspace

if TYPE_CHECKING:
    from legation.desk.draft.trial import Trial


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as drafting saw it, and its file's path and text with the draft in it.

    ``drafted`` are the numbers of the sentences that got a block now, with so many proposals beside
    those that were turned down.
    """

    reading: Reading
    path: Path
    text: str
    drafted: tuple[int, ...]
    proposals: int
    refused: tuple[Objection, ...] = ()


def analysis(
    workspace: Workspace,
    slug: str,
    *,
    entities: Entities | None = None,
    record: Record | None = None,
) -> Reading:
    """Read an article as drafting does, and write nothing.

    Raises UnknownName where there is no such article, and InputError where its text is not here.
    """
    record = record or workspaces.read(workspace)
    article = article_of(record, slug)
    covered = [passage for passage in record.passages if passage.article == article.iri]
    more = entities.find(article.text) if entities is not None and article.text is not None else ()
    return read(article, covered, Finder.of(record, workspace), more=more)


def assignment(workspace: Workspace, slug: str, *, entities: Entities | None = None) -> Assignment:
    """What there is to annotate in an article: all its open sentences."""
    record = workspaces.read(workspace)
    reading = analysis(workspace, slug, entities=entities, record=record)
    return Assignment(workspace, record, reading, reading.open, opened(workspace, slug).text)


def draft(
    workspace: Workspace,
    slug: str,
    *,
    suggesters: Sequence[Suggester] = (),
    entities: Entities | None = None,
    again: bool = False,
    write: bool = True,
) -> Draft:
    """Write what is found in the open sentences of an article, and what suggesters propose.

    With ``again``, earlier blocks in which nobody has written are made anew. Raises UnknownName
    where there is no such article, InputError where its text is not here, and LegationError where
    a suggester cannot work or the file cannot be written; it is as it was.
    """
    record = workspaces.read(workspace)
    reading = analysis(workspace, slug, entities=entities, record=record)
    file = opened(workspace, slug)
    old = without_blocks(file.text) if again else file.text
    wanted = undrafted(old, reading)
    given = Assignment(workspace, record, reading, wanted, file.text)
    found = offered(given, suggesters if wanted else (), rejected(old))
    text, drafted = with_blocks(old, reading, found, workspace.prefixes)
    if write:
        lodged(workspace, file, text)
    return Draft(reading, file.path, text, drafted, len(found.offers), found.refused)


def offered(
    given: Assignment, suggesters: Iterable[Suggester], gone: frozenset[str] = frozenset()
) -> Offered:
    """What suggesters propose and the trial lets pass, but for what is gone by its digest."""
    found = Offered()
    for suggester in suggesters:
        from legation.desk.draft.trial import Trial  # pyshacl is slow to load

        found = found.beside(_tried(Trial(given, gone), suggester))
    return found


def _tried(trial: "Trial", suggester: Suggester) -> Offered:
    """What one of them proposes, after one chance to put it right."""
    first = trial.of(suggester.name, suggester.suggest(trial.given))
    if not first.refused:
        return first
    mended = suggester.mend(trial.given, first.refused)
    again = {p.label for p in mended.proposals}
    second = trial.of(suggester.name, mended, first)
    stays = tuple(refused for refused in first.refused if refused.label not in again)
    return replace(second, refused=stays + second.refused)
