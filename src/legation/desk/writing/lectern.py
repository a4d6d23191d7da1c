"""An article on the desk: its sentences, what is claimed of each, and what is proposed.

Invariant: it is a function of the files as they were read at one moment, and knows the hash of the
article's file at that moment, by which whoever writes says what they had seen.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from string import ascii_lowercase

from pyoxigraph import DefaultGraph, NamedNode, Triple

from legation.checks.case import Case
from legation.checks.finding import Finding, Report
from legation.checks.judging import judge, open_case
from legation.desk.draft.acceptance import newcomers, proposed, waiting
from legation.desk.draft.names import Finder
from legation.desk.draft.reading import Reading, article_of, read
from legation.desk.edit.graphfile import GraphFile
from legation.desk.progress import SentenceState, states, tally
from legation.desk.review.beside import Leaf, Quotation, Spread, alone, left_out_for
from legation.desk.review.dossier import dossiers, placed
from legation.desk.review.front import cards_of
from legation.desk.writing.gloss import glossed
from legation.errors import InputError, UnknownName
from legation.files.document import contents
from legation.graph.article import Article
from legation.graph.authored import Authored, complete
from legation.graph.claim import Claim, Omission
from legation.graph.record import Record
from legation.graph.workspace import Workspace
from legation.graph.workspace import read as read_workspace
from legation.rdf.vocabulary import LEG
from legation.text.spans import Span


@dataclass(frozen=True, slots=True)
class Ghost:
    """A proposal, by its sentence and letter: a claim as it is shown, or words to leave out."""

    label: str
    quoted: Quotation
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Stanza:
    """A sentence with all that stands beside it."""

    number: int
    span: Span
    state: str
    spread: Spread
    omissions: tuple[tuple[Omission, str], ...]
    ghosts: tuple[Ghost, ...]


@dataclass(frozen=True)
class Lectern:
    """An article as it is shown."""

    case: Case
    report: Report
    article: Article
    data: bytes

    @property
    def sha(self) -> str:
        """The hash of the article's file as it was read."""
        return sha256(self.data).hexdigest()

    @property
    def workspace(self) -> Workspace:
        """Where it lies."""
        return self.case.workspace

    @cached_property
    def leaf(self) -> Leaf:
        """The article as on the review page."""
        placed_ = placed(self.case, self.report).items()
        where = {key: list(map(self.told_of, found)) for key, found in placed_}
        for finding in where.pop(None, ()):  # of an entry: beside the first claim that needs it
            where.setdefault(self._needing(finding), []).append(finding)
        (dossier,) = dossiers(self.case, [self.article], where)
        return Leaf(dossier, cards_of(self.case, where, [dossier]))

    def told_of(self, finding: Finding) -> Finding:
        """A finding in the words of the desk."""
        return glossed(finding, self.workspace, self.case.names.label)

    def _needing(self, finding: Finding) -> NamedNode:
        things = finding.things[:1]
        claims = (c for c in self.case.record.claims if c.path == self.article.path)
        using = (
            claim.iri
            for claim in claims
            if any(getattr(n, "value", "") in things for t in claim.triples for n in t)
        )
        return next(using, self.article.iri)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What the check refuses of it, and of the entries that it needs."""
        others = {a.path for a in self.case.record.articles} - {self.article.path}
        found = self.report.at_least("error")
        return tuple(f for f in found if self.case.base / f.file not in others)

    @property
    def rivals(self) -> Iterator[Claim]:
        """The claims of other articles that a finding or a claim of it says to say otherwise."""
        own = (iri for claim in self.leaf.dossier.claims for iri in claim.conflicts_with)
        named = {iri.value for iri in own} | {t for f in self.report.findings for t in f.things}
        claims = (c for c in self.case.record.claims if c.path != self.article.path)
        return (claim for claim in claims if claim.iri.value in named)

    @cached_property
    def reading(self) -> Reading:
        """What drafting finds in it."""
        dossier = self.leaf.dossier
        finder = Finder.of(self.case.record, self.workspace)
        return read(self.article, [*dossier.claims, *dossier.omissions], finder)

    @cached_property
    def _file(self) -> GraphFile:
        return GraphFile(self.article.path, self.data, self.data.decode("utf-8"))

    @cached_property
    def _proposed(self) -> dict[str, Authored]:
        """What the comments of its file would be, if they were accepted."""
        found: dict[str, Authored] = {}
        for label, one in waiting(self._file.text).items():
            with suppress(InputError):  # somebody edits it in the file
                found[label] = proposed(self._file, one, self.article)
        return found

    @cached_property
    def ghostly(self) -> Record:
        """The record as it would be with every proposal accepted."""
        record, more = self.case.record, self._proposed.values()
        claims = (*record.claims, *(claim for one in more for claim in one.claims))
        contents = (*record.contents, *(content for one in more for content in one.contents))
        return complete(replace(record, claims=claims, contents=contents))

    @cached_property
    def ghosts(self) -> tuple[Ghost, ...]:
        """The proposals that stand in its file as comments."""
        known, cards = self.ghostly.claims_by_iri, self.leaf.cards
        found: list[Ghost] = []
        for label, made in self._proposed.items():
            for claim in made.claims:
                card = cards.card(known[claim.iri], anchored=False)
                found.append(Ghost(label, alone(card, self.article)))
            for omission in made.omissions:
                found.append(Ghost(label, Quotation(omission.quote), left_out_for(omission)))
        return tuple(found)

    def newcomers(self, name: str) -> tuple[Triple, ...]:
        """What the registry must say of things that a proposal names first, if it is one."""
        with suppress(InputError):
            made = [self._proposed.get(name, Authored())]
            return newcomers(self._file, made, self.workspace)
        return ()

    def forsaken(self, text: str) -> frozenset[NamedNode]:
        """What nobody would speak of any more if its file had another text, but for its names."""
        file, naming = GraphFile(self.article.path, None, text), self.workspace.ontology.naming
        gone = self._file.mentions.keys() - file.mentions.keys()
        others = self.case.record.quads("registry", "article") if gone else ()
        spoken = {
            node
            for quad in (q.quad for q in others if q.path != self.article.path)
            for node in quad
            if node != quad.subject or quad.predicate not in naming
        }
        nodes = (NamedNode(iri) for iri in gone if not file.commented(iri))
        return frozenset(nodes) - spoken

    def claim(self, name: str) -> Claim:
        """A claim of it by IRI, or a proposal by its label; UnknownName where it is gone."""
        made = self._proposed.get(name)
        claims = made.claims if made is not None else self.leaf.dossier.claims
        meant = (c.iri for c in claims if made is not None or c.iri.value == name)
        if (iri := next(meant, None)) is None:
            raise UnknownName("this claim is not here any more")
        return self.ghostly.claims_by_iri[iri]

    @cached_property
    def lines(self) -> tuple[Stanza, ...]:
        """Its sentences; none where its text is not here."""
        rows = states(self.article, self.case.record)
        pairs = zip(rows, self.leaf.spreads, strict=False)
        return tuple(self._line(row, spread) for row, spread in pairs)

    def _line(self, row: SentenceState, spread: Spread) -> Stanza:
        dossier = self.leaf.dossier
        left_out = (o for o in dossier.omissions if row.span.start <= o.start < row.span.end)
        number = str(row.number)
        ghosts = tuple(g for g in self.ghosts if g.label.rstrip(ascii_lowercase) == number)
        omissions = tuple((o, left_out_for(o)) for o in left_out)
        return Stanza(row.number, row.span, row.state, spread, omissions, ghosts)

    @property
    def counts(self) -> dict[str, int]:
        """How many of its sentences are claimed, omitted and open."""
        return tally(self.lines)

    @cached_property
    def told(self) -> tuple[NamedNode, ...]:
        """What its file tells of, its claims and itself apart."""
        quads = [q.quad for q in self.case.record.quads("article") if q.path == self.article.path]
        graphs = (q.graph_name for q in quads if q.graph_name in self.case.record.contents_by_iri)
        said = (q.subject for q in quads if not isinstance(q.graph_name, DefaultGraph))
        reports = (q.subject for q in quads if q.object == LEG.Report)
        nodes = dict.fromkeys((*said, *reports, *graphs))
        return tuple(node for node in nodes if isinstance(node, NamedNode))

    def types(self, thing: NamedNode) -> frozenset[NamedNode]:
        """The classes of a thing, also of one that is only said."""
        if thing in self.case.record.contents_by_iri:
            return frozenset({LEG.Content})
        return self.case.record.kinds.get(thing, frozenset())


def laid(workspace: Workspace, slug: str) -> Lectern:
    """Lay an article on the desk, judged as it stands.

    Raises UnknownName where there is no such article, InputError where a file cannot be read.
    """
    record = read_workspace(workspace)
    article = article_of(record, slug)
    data = contents(article.path, within=workspace.root)
    case = open_case(workspace, record=record, paths=[article.path])
    return Lectern(case, judge(case), article, data)
