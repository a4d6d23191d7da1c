"""What a suggester proposes for a sentence, and what a suggester is.

Invariant: a proposal is only that. It is held against its text and the check before anybody sees
it (`legation.desk.draft.trial`), and a person makes it a claim, in the terms that claims have.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from pyoxigraph import Literal, NamedNode, Triple

from legation.desk.draft.lexicon import NO_HOLDER
from legation.desk.draft.reading import Reading, Sentence
from legation.desk.edit.offsets import Placed, place
from legation.graph.article import Article
from legation.graph.claim import Claim, carried
from legation.graph.record import Record
from legation.graph.workspace import Workspace
from legation.rdf.ontology import Ontology
from legation.rdf.vocabulary import DCTERMS, EDTF, LEG, RDF, SKOS
from legation.text.spans import Span

Content = tuple[NamedNode, tuple[Triple, ...]]
"""What is only said: the IRI of its graph, and the triples there."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A claim that somebody may accept: words of the text, letter by letter, and what they say.

    Attributes:
        quote: The exact words.
        triples: What they say, in the workspace's own IRIs, those of new things included.
        modality: Local name of a ``leg:`` value; empty for the one that follows.
        note: The reasoning that an accepted claim keeps.
        basis: Local name of a ``leg:`` value; empty where the quote says it all.
        start: Offset of the quote in code points; None where it stands just once.
        leans_on: Claims that settle what the quote leaves open, or `key` of others beside it.
        according_to: The report or agent whose word the article relays.
        attribution: ``fromContext`` where the text named that source before; else empty.
        conflicts_with: Claims that say otherwise, acknowledged.
        contents: The graphs that its statements and plans have as content.
        reports: What must stand of a report that the file does not know yet.
        key: An IRI by which proposals beside this one lean on it, until it has a number.
        author: Who suggests it, as a noun phrase; empty where a person writes it.
        reason: Local name of a ``leg:`` value where it is no claim but an omission; else empty.
    """

    quote: str
    triples: tuple[Triple, ...]
    modality: str = ""
    note: str = ""
    basis: str = ""
    start: int | None = None
    leans_on: tuple[NamedNode, ...] = ()
    according_to: NamedNode | None = None
    attribution: str = ""
    conflicts_with: tuple[NamedNode, ...] = ()
    contents: tuple[Content, ...] = ()
    reports: tuple[Triple, ...] = ()
    key: NamedNode | None = None
    author: str = ""
    reason: str = ""

    @property
    def label(self) -> str:
        """What its author called it."""
        return "" if self.key is None else self.key.value.rpartition(":")[2]

    @property
    def said(self) -> tuple[Triple, ...]:
        """Its triples, and those of what is only said."""
        return (*self.triples, *(triple for _, triples in self.contents for triple in triples))

    @property
    def nodes(self) -> set[object]:
        """Everything that its triples speak of."""
        return {node for t in self.said for node in (t.subject, t.object)}

    @property
    def needs(self) -> set[object]:
        """All that must be declared where it stands: what it speaks of, and whose word it is."""
        return self.nodes | ({self.according_to} if self.according_to is not None else set())


def proposal_of(claim: Claim, record: Record) -> Proposal:
    """A claim as it could have been proposed, to be changed and written anew; without modality."""
    article = None if claim.article is None else record.articles_by_iri.get(claim.article)
    is_open = article is not None and article.repeats(claim.quote)
    return Proposal(
        claim.quote,
        claim.triples,
        note=claim.note,
        basis=claim.basis,
        start=claim.start if is_open and claim.start >= 0 else None,
        leans_on=claim.leans_on,
        according_to=claim.according_to,
        attribution=claim.attribution,
        conflicts_with=claim.conflicts_with,
        contents=tuple((c.iri, c.triples) for c in carried(claim.triples, record.contents_by_iri)),
        key=claim.iri,
    )


def report_of(report: NamedNode, publisher: NamedNode | None) -> tuple[Triple, ...]:
    """What a file says of a report when it relays it first: whose it is, or that it is nobody's."""
    nobody = Literal("The text does not say whose report it is.", language="en")
    said = (SKOS.editorialNote, nobody) if publisher is None else (DCTERMS.publisher, publisher)
    return Triple(report, RDF.type, LEG.Report), Triple(report, *said)


def admitted(proposal: Proposal, article: Article, ontology: Ontology) -> Proposal:
    """A proposal as it enters a file: words as its quote has them, undated tenures attested.

    A passing title is used on the day on which its article appeared.
    """

    def spelt(triple: Triple) -> Triple:
        value = triple.object
        is_written = isinstance(value, Literal) and triple.predicate in ontology.verbatim
        found = place(proposal.quote, value.value, fix=True) if is_written else None  # type: ignore[union-attr]
        words = Literal(found.words) if isinstance(found, Placed) else value
        return Triple(triple.subject, triple.predicate, words)

    dated = {t.subject for t in proposal.triples if t.predicate in ontology.dating}
    tenures = {t.subject for t in proposal.triples if t.object == LEG.Tenure} - dated
    if not article.published or NO_HOLDER.search(proposal.quote):
        tenures = set()
    day = Literal(article.published, datatype=EDTF)
    more = (Triple(t, LEG.attested, day) for t in sorted(tenures, key=str))
    contents = tuple((name, tuple(map(spelt, said))) for name, said in proposal.contents)
    return replace(proposal, triples=(*map(spelt, proposal.triples), *more), contents=contents)


@dataclass(frozen=True)
class Assignment:
    """What a suggester is given: an article as drafting reads it, and the sentences to annotate.

    The file is the text of the article's own.
    """

    workspace: Workspace
    record: Record
    reading: Reading
    wanted: tuple[Sentence, ...]
    file: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A proposal that stood its trial, and where its quote stands."""

    proposal: Proposal
    span: Span


@dataclass(frozen=True, slots=True)
class Objection:
    """What was turned down: what it is called, what it quotes and says, why, and where it is of."""

    label: str
    why: str
    quote: str = ""
    says: str = ""
    at: int = 0
    author: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """What stood its trial, what did not, and the registry entries that the first needs."""

    offers: tuple[Offer, ...] = ()
    refused: tuple[Objection, ...] = ()
    names: tuple[Triple, ...] = ()

    def beside(self, other: "Offered") -> "Offered":
        """Those of two authors."""
        return Offered(
            self.offers + other.offers, self.refused + other.refused, self.names + other.names
        )


@dataclass(frozen=True, slots=True)
class Suggested:
    """What a suggester has to say: proposals, entries for the registry, and what is unreadable."""

    proposals: tuple[Proposal, ...] = ()
    names: tuple[Triple, ...] = ()
    unread: tuple[Objection, ...] = ()

    def with_more(self, other: "Suggested") -> "Suggested":
        """This and what was said after it."""
        return Suggested(
            self.proposals + other.proposals, self.names + other.names, self.unread + other.unread
        )


class Suggester(Protocol):
    """Whoever proposes claims: a model, a person, another program."""

    @property
    def name(self) -> str:
        """A noun phrase for the reader of a draft; an accepted claim is marked with it."""

    def suggest(self, given: Assignment) -> Suggested:
        """Propose claims for some sentences; LegationError where that cannot be done."""

    def mend(self, given: Assignment, refused: Sequence[Objection]) -> Suggested:
        """Put right what was turned down, as far as it can be; it is asked once."""


def entries_for(nodes: Iterable[object], names: Sequence[Triple]) -> tuple[Triple, ...]:
    """Of registry entries those of some nodes, and of what these entries name in turn."""
    used, wanted = set[object](), set(nodes)
    while fresh := wanted - used:
        used |= fresh
        wanted = {t.object for t in names if t.subject in fresh}
    return tuple(t for t in names if t.subject in used)
