"""From a workspace and a slug to a drafted article file."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from legation.desk.draft.blocks import Offered, undrafted, with_blocks, without_blocks
from legation.desk.draft.entities import Entities
from legation.desk.draft.names import Finder
from legation.desk.draft.proposal import Suggester
from legation.desk.draft.reading import Reading, article_of, read
from legation.files.document import contents
from legation.files.journal import Change, rewrite
from legation.graph import workspace as workspaces
from legation.graph.record import Record
from legation.graph.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as drafting saw it, and its file's path and text with the draft in it.

    ``drafted`` are the numbers of the sentences that got a block now, with so many proposals.
    """

    reading: Reading
    path: Path
    text: str
    drafted: tuple[int, ...]
    proposals: int


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
    path = reading.article.path
    before = contents(path, within=workspace.root)
    file = before.decode("utf-8")
    old = without_blocks(file) if again else file
    wanted = undrafted(old, reading)
    offered: dict[int, Offered] = {}
    if suggesters and wanted:
        from legation.desk.draft.trial import Trial  # pyshacl is slow to load

        trial = Trial(workspace, record, reading)
        for suggester in suggesters:
            tried = trial.of(suggester.name, suggester.suggest(reading, wanted))
            for number, more in tried.items():
                known = offered.get(number, Offered())
                offers, remarks = known.offers + more.offers, known.remarks + more.remarks
                offered[number] = Offered(offers, remarks)
    text, drafted = with_blocks(old, reading, offered, workspace.prefixes)
    if write:
        rewrite([Change(path, before, text.encode("utf-8"))], workspace.root)
    count = sum(len(more.offers) for more in offered.values())
    return Draft(reading, path, text, drafted, count)
