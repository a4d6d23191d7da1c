"""How much of an article is accounted for, sentence by sentence.

Invariant: a sentence is claimed, omitted or open, and a known name counts as used only when a
claim of the article speaks of the thing itself.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from pyoxigraph import NamedNode

from legation.desk.draft.names import Finder
from legation.desk.draft.reading import article_of, beside_dateline
from legation.graph import workspace as workspaces
from legation.graph.article import Article
from legation.graph.record import Record
from legation.graph.workspace import Workspace
from legation.rdf.vocabulary import DCTERMS, local_name
from legation.text.arrangement import flowing
from legation.text.spans import Span

_STATES = ("claimed", "omitted", "open")


@dataclass(frozen=True, slots=True)
class SentenceState:
    """A sentence that is ``claimed``, ``omitted`` or ``open``; one that is both is claimed.

    ``by`` are the claims and omissions that overlap it, in file order, ``reason`` is why it is
    omitted.
    """

    number: int
    span: Span
    text: str
    state: str
    by: tuple[NamedNode, ...]
    reason: str = ""


class Accounted(Protocol):
    """Whatever is claimed, omitted or open."""

    @property
    def state(self) -> str:
        """Which of these it is."""


@dataclass(frozen=True, slots=True)
class Unused:
    """A known thing that the text names and no claim speaks of."""

    iri: NamedNode
    label: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """An article's account; without its text, one of no sentence."""

    article: Article
    rows: tuple[SentenceState, ...]
    unused: tuple[Unused, ...]

    def count(self, state: str) -> int:
        """How many sentences are ``claimed``, ``omitted`` or ``open``."""
        return tally(self.rows)[state]

    @property
    def percent(self) -> float:
        """The share of sentences that are claimed or omitted, 0 to 100; 100 for no sentence."""
        done = len(self.rows) - self.count("open")
        return 100.0 if not self.rows else 100.0 * done / len(self.rows)


def coverage(workspace: Workspace, slug: str | None = None) -> tuple[Coverage, ...]:
    """Account for one article, or for each by slug; UnknownName where there is no such article."""
    record = workspaces.read(workspace)
    chosen = record.articles if slug is None else [article_of(record, slug)]
    finder = Finder.of(record, workspace)
    return tuple(_account(article, record, finder) for article in chosen)


def _account(article: Article, record: Record, finder: Finder) -> Coverage:
    text = article.text
    if text is None:
        return Coverage(article, (), ())
    claims = [claim for claim in record.claims if claim.article == article.iri]
    omissions = [left_out for left_out in record.omissions if left_out.article == article.iri]
    rows = states(article, record)
    spoken_of: set[object] = {n for c in claims for t in c.triples for n in (t.subject, t.object)}
    spoken_of |= {  # the publishers of the article and of the reports in its file
        located.quad.object
        for located in record.quads("article")
        if located.path == article.path and located.quad.predicate == DCTERMS.publisher
    }
    unused: dict[NamedNode, list[Span]] = {}
    flow = flowing(text, article.language)
    for mention in beside_dateline(flow, finder.find(flow)):
        is_left_out = any(mention.span.overlaps(omission.span) for omission in omissions)
        if mention.iri is not None and mention.iri not in spoken_of and not is_left_out:
            unused.setdefault(mention.iri, []).append(mention.span)
    listed = (Unused(i, finder.names.label(i), tuple(spans)) for i, spans in unused.items())
    return Coverage(article, rows, tuple(listed))


def tally(rows: Iterable[Accounted]) -> dict[str, int]:
    """How many sentences are claimed, omitted and open."""
    found = Counter(row.state for row in rows)
    return {state: found[state] for state in _STATES}


def states(article: Article, record: Record) -> tuple[SentenceState, ...]:
    """The sentences of an article as they are accounted for; none without its text."""
    text = article.text or ""
    claims = [claim for claim in record.claims if claim.article == article.iri]
    omissions = [left_out for left_out in record.omissions if left_out.article == article.iri]
    rows = []
    for number, span in enumerate(article.sentences, start=1):
        said = [claim.iri for claim in claims if claim.span.overlaps(span)]
        left = [omission for omission in omissions if omission.span.overlaps(span)]
        state = "claimed" if said else "omitted" if left else "open"
        reason = left[0].reason if state == "omitted" else ""
        by = (*said, *(omission.iri for omission in left))
        rows.append(SentenceState(number, span, span.of(text), state, by, reason))
    return tuple(rows)


def as_text(account: Coverage) -> str:
    """An account for reading: a summary and a line for each sentence, none shortened."""
    if account.article.text is None:
        return f"{account.article.slug}: text not here, coverage not known\n"
    lines = [_summary(account)]
    marks = {"claimed": "claimed", "omitted": "omitted", "open": "OPEN   "}
    lines += [f"  {marks[r.state]} {r.number:>3}  {_line(r)}{_by(r)}" for r in account.rows]
    lines += [f"  named, in no claim: {u.label}" for u in account.unused]
    return "\n".join(lines) + "\n"


def _line(row: SentenceState) -> str:
    return " ".join(row.text.split())


def _by(row: SentenceState) -> str:
    if row.state == "open":
        return ""
    names = ", ".join(local_name(node) for node in row.by)
    return f"  [{row.reason}: {names}]" if row.reason else f"  [{names}]"


def _summary(account: Coverage) -> str:
    counts = ", ".join(f"{account.count(state)} {state}" for state in _STATES)
    total = len(account.rows)
    return f"{account.article.slug}: {account.percent:.0f} % of {total} sentences ({counts})"


def as_markdown(account: Coverage) -> str:
    """An account for a pull request: a heading, the open sentences and the unused names."""
    lines = [f"### {_summary(account)}", ""]
    open_rows = [row for row in account.rows if row.state == "open"]
    if open_rows:  # a bar in a sentence would end its cell
        lines += ["| | open sentence |", "|---|---|"]
        lines += [f"| {r.number} | {_line(r).replace('|', '&#124;')} |" for r in open_rows]
        lines.append("")
    lines += [f"- named, in no claim: {u.label}" for u in account.unused]
    return "\n".join(lines).rstrip() + "\n"


def as_json(account: Coverage) -> dict[str, object]:
    """An account as plain values; offsets in code points."""
    return {
        "article": account.article.slug,
        "text_here": account.article.text is not None,
        "percent": round(account.percent, 1),
        **{state: account.count(state) for state in _STATES},
        "sentences": [
            {
                "number": row.number,
                "start": row.span.start,
                "end": row.span.end,
                "text": row.text,
                "state": row.state,
                "reason": row.reason or None,
                "by": [node.value for node in row.by],
            }
            for row in account.rows
        ],
        "unused": [
            {
                "iri": unused.iri.value,
                "label": unused.label,
                "at": [[span.start, span.end] for span in unused.spans],
            }
            for unused in account.unused
        ],
    }
