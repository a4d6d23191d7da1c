"""Proposals held against what people made of the same article.

Invariant: facts are compared by structure (`legation.desk.draft.structure`), so that another name
for an event is no fault; what is said, planned or denied is compared apart from what is asserted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from pyoxigraph import Literal, Triple

from legation.desk.draft.acceptance import proposed, waiting
from legation.desk.draft.drafting import analysis, offered
from legation.desk.draft.pen import opened, struck
from legation.desk.draft.proposal import Assignment, Offered, Proposal, Suggester, proposal_of
from legation.desk.draft.structure import Structure
from legation.desk.draft.verdict import restated
from legation.desk.edit.graphfile import GraphFile
from legation.files.document import contents
from legation.graph import workspace as workspaces
from legation.graph.authored import read_passages, record_of
from legation.graph.record import SourceFile
from legation.graph.workspace import Workspace
from legation.rdf import trig
from legation.text.spans import Span, occurrences

_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Score:
    """How many of what people recorded were hit, of how many, and how many were proposed."""

    hit: int
    recorded: int
    proposed: int

    def __str__(self) -> str:
        recall = self.hit / self.recorded if self.recorded else 0.0
        precision = self.hit / self.proposed if self.proposed else 0.0
        return (
            f"{self.hit} of {self.recorded} ({recall:.0%}); of {self.proposed} proposed "
            f"{precision:.0%} are among them"
        )


@dataclass(frozen=True, slots=True)
class Measured:
    """What proposals have in common with an annotated article, and what they have not."""

    names_exact: Score
    names_overlap: Score
    facts: Score
    said: Score
    wrong: tuple[Triple, ...]
    missed: tuple[Triple, ...]
    refused: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """As plain values; triples in N-Triples."""
        names = ("names_exact", "names_overlap", "facts", "said")
        return {
            **{name: asdict(getattr(self, name)) for name in names},
            "wrong": [str(t) for t in self.wrong],
            "missed": [str(t) for t in self.missed],
            "refused": list(self.refused),
        }

    def as_text(self, prefixes: Mapping[str, str]) -> str:
        """As lines for a person."""
        lines = [
            f"names, exactly:      {self.names_exact}",
            f"names, overlapping:  {self.names_overlap}",
            f"facts:               {self.facts}",
            f"what is only said:   {self.said}",
        ]
        for head, triples in (("not recorded by anybody", self.wrong), ("missed", self.missed)):
            lines.append(f"{head}: {len(triples)}")
            rows = [" ".join(trig.term(n, prefixes) for n in t) for t in triples[:_SHOWN]]
            lines += [f"  {row}" for row in rows]
            lines += [f"  … and {len(triples) - _SHOWN} more"] * (len(triples) > _SHOWN)
        lines.append(f"turned down: {len(self.refused)}")
        lines += [f"  {why}" for why in self.refused[:_SHOWN]]
        return "\n".join(lines) + "\n"


@dataclass(frozen=True)
class Blank:
    """What people made of an article, and the article as if nobody had annotated it."""

    made: tuple[Proposal, ...]
    given: Assignment

    @classmethod
    def of(cls, workspace: Workspace, slug: str) -> "Blank":
        """By its slug; UnknownName where there is no such article."""
        file = opened(workspace, slug)
        record = workspaces.read(workspace)
        passages = [p for p in record.passages if p.path == file.path]
        claims = [claim for claim in record.claims if claim.path == file.path]
        text = struck(file.text, *(passage.iri for passage in passages))
        bare = restated(workspace, record, slug, text)
        reading = analysis(workspace, slug, record=bare)
        given = Assignment(workspace, bare, reading, reading.sentences, text)
        return cls(tuple(proposal_of(claim, record) for claim in claims), given)

    def proposals(self, suggesters: Iterable[Suggester]) -> Offered:
        """What suggesters propose and the trial lets pass, beside what it turned down."""
        return offered(self.given, suggesters)

    def measured(self, given: Iterable[Proposal], others: Offered) -> Measured:
        """Proposals against what people recorded."""
        theirs = [*given, *(offer.proposal for offer in others.offers)]
        structure = Structure.of(self.given.workspace)
        mine = list(dict.fromkeys(t for p in self.made for t in p.said))
        other = list(dict.fromkeys(t for p in theirs for t in p.said))
        names = dict(zip(other, structure.aligned(mine, other), strict=True))
        facts = {t for p in self.made for t in p.triples}
        found = {names[t] for p in theirs for t in p.triples}
        said, told = set(mine) - facts, set(names.values()) - found
        ours = self._named(self.made, ())
        seen = self._named(theirs, others.names)
        near = {span for span in ours if any(span.overlaps(other) for other in seen)}
        return Measured(
            Score(len(ours & seen), len(ours), len(seen)),
            Score(len(near), len(ours), len(seen)),
            Score(len(facts & found), len(facts), len(found)),
            Score(len(said & told), len(said), len(told)),
            tuple(sorted((found | told) - facts - said, key=str)),
            tuple(sorted((facts | said) - found - told, key=str)),
            tuple(f"{r.label}: {r.why}: {r.quote}" for r in others.refused),
        )

    def _named(self, proposals: Iterable[Proposal], names: Iterable[Triple]) -> set[Span]:
        """Where quotes name what is claimed, by the registry's names and those that are new."""
        reading = self.given.reading
        labels = [(t.subject, t.object.value) for t in names if isinstance(t.object, Literal)]
        found: list[tuple[object, Span]] = [(m.iri, m.span) for m in reading.mentions]
        found += [
            (thing, Span(at, at + len(label)))
            for thing, label in labels
            for at in occurrences(reading.text, label)
        ]
        return {
            span
            for p in proposals
            for at in ([p.start] if p.start is not None else occurrences(reading.text, p.quote))
            for thing, span in found
            if thing in p.nodes and at <= span.start and span.end <= at + len(p.quote)
        }


def copied(workspace: Workspace, path: Path) -> list[Proposal]:
    """The claims of a drafted copy of an article's file, and its proposals that still wait."""
    data = contents(path)
    file = GraphFile(path, data, data.decode("utf-8", "replace"))
    source = SourceFile(path, "article", trig.parse(data, path).quads)
    authored = [proposed(file, one) for one in waiting(file.text).values()]
    record = record_of(workspace.root, (), (), [read_passages(source, None), *authored])
    return [proposal_of(claim, record) for claim in record.claims]
