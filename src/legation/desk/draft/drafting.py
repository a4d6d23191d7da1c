"""From a workspace and a slug to a drafted article file."""

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from legation.desk.draft.entities import Entities
from legation.desk.draft.mention import Attribution, DateFound, Mention
from legation.desk.draft.names import Finder
from legation.desk.draft.proposal import Suggested, Suggester
from legation.desk.draft.reading import Reading, read
from legation.desk.draft.rules import Rules
from legation.desk.draft.skeleton import skeleton, without_blocks
from legation.errors import LegationError, UnknownName
from legation.graph import workspace as workspaces
from legation.graph.record import Record, triples_of
from legation.graph.registry import Names
from legation.graph.workspace import Workspace
from legation.rdf.vocabulary import RDFS


@dataclass(frozen=True, slots=True)
class Draft:
    """An article that was drafted.

    Attributes:
        reading: The article as drafting saw it.
        path: The article file.
        text: The file's text with the draft in it.
        drafted: The numbers of the sentences that got proposals now.
        proposals: How many claims and omissions are proposed for them.
    """

    reading: Reading
    path: Path
    text: str
    drafted: tuple[int, ...]
    proposals: int


def analysis(workspace: Workspace, slug: str, *, entities: Entities | None = None) -> Reading:
    """Read an article as drafting does, and write nothing.

    Args:
        workspace: Where it is.
        slug: Its name.
        entities: An optional model for names.

    Returns:
        The reading.

    Raises:
        UnknownName: There is no such article.
        InputError: Its text is not here.
    """
    record = workspaces.read(workspace)
    return _reading(record, workspace, slug, entities)


def draft(
    workspace: Workspace,
    slug: str,
    *,
    suggesters: Sequence[Suggester] = (),
    entities: Entities | None = None,
    again: bool = False,
    write: bool = True,
) -> Draft:
    """Propose claims for the open sentences of an article.

    Args:
        workspace: Where it is.
        slug: Its name.
        suggesters: Who proposes beside the rules of this package.
        entities: An optional model for names.
        again: Whether earlier proposals of which nothing was accepted are made anew.
        write: Whether the article file is written.

    Returns:
        The draft.

    Raises:
        UnknownName: There is no such article.
        InputError: Its text is not here.
        LegationError: A suggester cannot work, or the file cannot be written; it is as it was.
    """
    record = workspaces.read(workspace)
    reading = _reading(record, workspace, slug, entities)
    path = reading.article.path
    file = path.read_bytes().decode("utf-8")
    old = without_blocks(file) if again else file
    rules = Rules(workspace.prefixes, _labelled(record))
    suggested = _suggested(reading, [rules, *suggesters])
    made = skeleton(old, reading, suggested, workspace.prefixes)
    if write and made.text != file:
        _replace(path, made.text)
    count = sum(len(suggested[number].proposals) for number in made.drafted)
    return Draft(reading, path, made.text, made.drafted, count)


def _reading(record: Record, workspace: Workspace, slug: str, entities: Entities | None) -> Reading:
    article = next((a for a in record.articles if a.slug == slug), None)
    if article is None:
        slugs = sorted(a.slug for a in record.articles)
        listed = ", ".join(slugs) or "none"
        raise UnknownName(f"no article here is called {slug!r}; there are: {listed}", slugs)
    names = Names(tuple(triples_of(record.quads("registry"))), workspace.ontology)
    finder = Finder(names, tuple(workspace.prefixes.items()))
    claims = [claim for claim in record.claims if claim.article == article.iri]
    omissions = [left_out for left_out in record.omissions if left_out.article == article.iri]
    more = entities.find(article.text) if entities is not None and article.text is not None else ()
    return read(article, [*claims, *omissions], finder, more=more)


def _labelled(record: Record) -> frozenset[NamedNode]:
    """Everything the registry has a name for."""
    triples = triples_of(record.quads("registry"))
    labels = (t.subject for t in triples if t.predicate == RDFS.label)
    return frozenset(subject for subject in labels if isinstance(subject, NamedNode))


def _suggested(reading: Reading, suggesters: Sequence[Suggester]) -> dict[int, Suggested]:
    """What all suggesters say, each sentence's proposals in the order of the suggesters."""
    together = {sentence.number: Suggested() for sentence in reading.open}
    for suggester in suggesters:
        for number, more in suggester.suggest(reading, reading.open).items():
            known = together[number]
            together[number] = Suggested(
                (*known.proposals, *more.proposals), (*known.remarks, *more.remarks)
            )
    return together


def _replace(path: Path, text: str) -> None:
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(text.encode("utf-8"))
                file.flush()
                os.fsync(file.fileno())
            os.chmod(name, path.stat().st_mode & 0o777)
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise LegationError(
            f"{path} cannot be written ({error.strerror}); it is as it was"
        ) from error


def as_json(reading: Reading) -> dict[str, object]:
    """What was found in the open sentences, as plain values.

    Args:
        reading: The article.

    Returns:
        ``mentions``, ``dates`` and ``attributions`` with their offsets in code points, and the
        sentences; page furniture has no mentions.
    """
    content = [s for s in reading.open if not s.reason]
    return {
        "article": reading.article.slug,
        "anchor": None if reading.anchor is None else reading.anchor.day.isoformat(),
        "mentions": [_mention(m) for s in content for m in s.mentions],
        "dates": [_date(d) for s in content for d in s.dates],
        "attributions": [_attribution(a) for s in content for a in s.attributions],
        "sentences": [
            {
                "number": s.number,
                "start": s.span.start,
                "end": s.span.end,
                "text": s.text,
                "omission": s.reason or None,
                "triggers": [
                    {"text": t.text, "class": t.kind, "modality": t.modality} for t in s.triggers
                ],
            }
            for s in reading.open
        ],
    }


def _mention(found: Mention) -> dict[str, object]:
    return {
        "start": found.span.start,
        "end": found.span.end,
        "text": found.text,
        "kind": found.kind,
        "iri": None if found.iri is None else found.iri.value,
        "candidates": [
            {"iri": g.iri.value, "label": g.label, "score": g.score} for g in found.candidates
        ],
        "note": found.note,
    }


def _date(found: DateFound) -> dict[str, object]:
    return {
        "start": found.span.start,
        "end": found.span.end,
        "text": found.text,
        "edtf": found.edtf,
        "reasoning": found.reasoning,
    }


def _attribution(found: Attribution) -> dict[str, object]:
    source = found.source
    return {
        "start": found.span.start,
        "end": found.span.end,
        "text": found.text,
        "kind": found.kind,
        "source": None if source is None else source.text,
        "iri": None if source is None or source.iri is None else source.iri.value,
    }
