"""A claim, the content of what was said, and an omission: what stands in an article file.

Invariant: the IRI of a claim or content is the name of the graph that holds its triples. A claim is
proven by its quote; a content is nobody's fact, and proven only as far as claims carry it. The
values here are read leniently (a missing quote is an empty one), so that a check can report what
is missing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from legation.rdf.vocabulary import LEG
from legation.text.spans import Span

SAYING = (LEG.content, LEG.condition)
"""The properties whose value names a graph of what is only said."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A claim or an omission: a passage of an article, in its exact words.

    Attributes:
        iri: Its name.
        article: The article quoted; None when it does not say.
        quote: The exact words; empty when missing.
        start: Offset of the first code point; -1 when missing.
        end: Offset after the last code point; -1 when missing.
        path: The file.
        line: The line where its first metadata (or triple) stands, from 1.
    """

    iri: NamedNode
    article: NamedNode | None
    quote: str
    start: int
    end: int
    path: Path
    line: int

    @property
    def span(self) -> Span:
        """Where the quote stands in the article's text."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Claim(Quoted):
    """One quoted passage and the triples it proves; its IRI also names its graph.

    Attributes:
        modality: Local name of the ``leg:modality`` value; empty when missing.
        according_to: The report or agent whose word the article relays here, if any.
        leans_on: Claims that resolve a pronoun or date this quote leaves open.
        conflicts_with: Claims that say otherwise, acknowledged.
        note: The annotator's reasoning; empty when there is none.
        basis: Local name of the ``leg:basis`` value; empty where the quote says it all.
        attribution: Local name of the ``leg:attribution`` value; empty where the words say it.
        triples: What the passage says, in the order written.
        said: What it says that somebody says or plans: the contents it carries, nested ones too.
    """

    modality: str
    triples: tuple[Triple, ...]
    according_to: NamedNode | None = None
    leans_on: tuple[NamedNode, ...] = ()
    conflicts_with: tuple[NamedNode, ...] = ()
    note: str = ""
    basis: str = ""
    attribution: str = ""
    said: tuple[Triple, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """What statements say or plans intend, as triples that nobody thereby asserts.

    Attributes:
        iri: The content, which also names its graph.
        triples: What is said, in the order written.
        path: The file.
        line: The line where its first triple stands, from 1.
    """

    iri: NamedNode
    triples: tuple[Triple, ...]
    path: Path
    line: int


def carried(triples: Iterable[Triple], contents: Mapping[NamedNode, Content]) -> Iterator[Content]:
    """The contents that some triples name, and those that these name in turn, once each."""
    todo, seen = list(triples), set[NamedNode]()
    for triple in todo:  # it grows by what each content says
        if triple.predicate not in SAYING or not isinstance(triple.object, NamedNode):
            continue
        content = contents.get(triple.object)
        if content is not None and content.iri not in seen:
            seen.add(content.iri)
            todo += content.triples
            yield content


@dataclass(frozen=True, slots=True)
class Omission(Quoted):
    """A passage that carries no claim, with the reason.

    Attributes:
        reason: Local name of the ``leg:reason`` value; empty when missing.
    """

    reason: str
