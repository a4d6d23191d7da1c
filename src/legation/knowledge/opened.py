"""A graph that has been opened: what it can be asked for.

Invariant: an opened graph is a lasting value; it does not change under its user.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from legation.answer import (
    Answer,
    Candidates,
    Entity,
    Explanation,
    Given,
    Passages,
    Questions,
    Source,
    ask,
    emptied,
    evidence_for,
    explain,
    inventory,
    query,
    sought,
    suggested,
    thing_of,
    triple_of,
)
from legation.errors import UsageError
from legation.graph import workspace
from legation.knowledge.viewed import Viewed
from legation.rdf.worker import limited
from legation.store import LocalStore

if TYPE_CHECKING:
    import rdflib


class KnowledgeGraph(Viewed):
    """A graph that answers, with receipts. Made by `open`.

    Args:
        source: What is asked.
        questions: The canned questions.
        space: The workspace read; for an endpoint, the one whose views apply.
        seconds: After how long to end a question or query; 0 never does.

    >>> import legation
    >>> kg = legation.open()
    >>> len(kg.questions) >= 30
    True
    """

    def __init__(
        self,
        source: Source,
        questions: Questions,
        space: workspace.Workspace,
        *,
        seconds: float = 0,
    ) -> None:
        self._source = source
        self._seconds = seconds
        self.questions = questions
        self.workspace = space if source.store.url is None else None
        self._space = space

    @property
    def leaves_out_drafts(self) -> bool:
        """Whether articles in draft have claims that do not answer here.

        >>> import legation
        >>> legation.open().leaves_out_drafts
        False
        """
        store = self._source.store
        return isinstance(store, LocalStore) and store.leaves_out

    def ask(self, name: str, *, evidence: bool = True, **parameters: Given | None) -> Answer:
        """Put a canned question.

        Args:
            name: The question's name, one of `questions`.
            evidence: Whether to find the passages that prove each row.
            **parameters: Names, IRIs, prefixed names, dates or numbers; None counts as left out.

        Returns:
            The answer.

        Raises:
            UsageError: There is no such question, or a parameter does not fit; `UnknownName`
                and `AmbiguousName` list the nearest candidates.
            EndpointError: A remote endpoint failed.

        >>> import legation
        >>> answer = legation.open().ask("who_attended", event="reception of 9 October 2014")
        >>> str(answer[2].who)
        'Kim Hyong Jun'
        """
        return limited(lambda: self._ask(name, parameters, evidence), seconds=self._seconds)

    def _ask(self, name: str, parameters: Mapping[str, Given | None], evidence: bool) -> Answer:
        question = self.questions.named(name)
        answer = ask(self._source, question, parameters, evidence=evidence)
        if answer.rows:
            return answer
        why = emptied.hint(
            self._source, question, parameters, answer.parameters, questions=self.questions
        )
        return replace(answer, hint=" ".join(filter(None, (why, answer.hint))))

    def query(self, sparql: str) -> Answer:
        """Put any SPARQL 1.1 query.

        Args:
            sparql: SELECT, ASK, CONSTRUCT or DESCRIBE; known prefixes need no declaration.

        Returns:
            The answer; of an ASK one column ``answer``, of a graph its triples.

        Raises:
            UsageError: The text is not SPARQL; the message shows where.
            EndpointError: A remote endpoint failed.

        >>> import legation
        >>> legation.open().query("ASK { person:vladimir-putin a leg:Person }").rows[0].cells
        (True,)
        """
        return limited(lambda: query(self._source, sparql), seconds=self._seconds)

    def suggestions(self, name: str, parameter: str, text: str = "") -> list[str]:
        """Names that a parameter of a question accepts, for completion.

        Args:
            name: The question's name.
            parameter: The parameter's name.
            text: How the names begin.

        Returns:
            At most 60 names, sorted; none for a date or number.

        Raises:
            UsageError: There is no such question or parameter.

        >>> import legation
        >>> legation.open().suggestions("offices_of", "person", "Kim Jong U")
        ['Kim Jong Un']
        """
        return suggested(self._source, self.questions.named(name).param(parameter), text)[:60]

    def find(self, text: str) -> Candidates:
        """The things a name or description may mean, best first.

        Args:
            text: A name in any spelling or script; of an article also its slug, title or
                publisher, of an event its kind, date and place ("reception Moscow 2025").

        Returns:
            Candidates with label, fitting spelling, score (100: the same name) and why they fit.

        Raises:
            EndpointError: A remote endpoint failed.

        >>> import legation
        >>> legation.open().find("Choe Son-hui")[0].label
        'Choe Son Hui'
        """
        return Candidates(sought.find(self._source, text))

    def explain(self, thing: str | NamedNode | Entity) -> Explanation:
        """Everything the graph says about a thing, claim by claim, beside its quotes.

        Args:
            thing: A name, IRI, prefixed name, or entity from an answer.

        Returns:
            The explanation; ``print`` shows it.

        Raises:
            UnknownName: Nothing is called so.
            AmbiguousName: Several things are called so.
            EndpointError: A remote endpoint failed.

        >>> import legation
        >>> legation.open().explain("Choe Son Hui").kinds
        ('person',)
        """
        return explain(self._source, thing_of(self._source, thing))

    def evidence(
        self,
        subject: str | NamedNode | Entity,
        predicate: str | NamedNode | Entity,
        value: str | NamedNode | Entity | Literal,
    ) -> Passages:
        """The passages that prove one triple.

        Args:
            subject: A name, IRI, prefixed name or entity.
            predicate: A property, as IRI or prefixed name (``leg:attendee``).
            value: As the subject; or a literal.

        Returns:
            The passages in the order of the texts; none when no claim states the triple.

        Raises:
            UnknownName: Nothing is called so.
            UsageError: The predicate is no IRI or prefixed name.

        >>> import legation
        >>> kg = legation.open()
        >>> proof = kg.evidence("reception of 9 October 2014", "leg:attendee", "Kim Hyong Jun")
        >>> [passage.modality for passage in proof]
        ['reported']
        """
        triple = triple_of(self._source, subject, predicate, value)
        return Passages(evidence_for(self._source.store, triple))

    @cached_property
    def graph(self) -> "rdflib.Dataset":
        """The built dataset as an rdflib ``Dataset``: default graph and one graph per claim.

        Raises:
            UsageError: The graph is behind an endpoint.

        >>> import legation
        >>> type(legation.open().graph).__name__
        'Dataset'
        """
        store = self._source.store
        if not isinstance(store, LocalStore):
            raise UsageError("a graph behind an endpoint is not copied; ask it with query(…)")
        return store.to_rdflib()

    def thing(self, name: str | NamedNode | Entity) -> Entity:
        """The one thing that a name means.

        Args:
            name: A name in any spelling, IRI or prefixed name.

        Returns:
            Its IRI and label.

        Raises:
            UnknownName: Nothing is called so, or several things are; the message lists them.
            EndpointError: A remote endpoint failed.

        >>> import legation
        >>> legation.open().thing("Kim Yong-nam").label
        'Kim Yong Nam'
        """
        node = thing_of(self._source, name)
        return Entity(node.value, self._source.labels([node])[node])

    @cached_property
    def articles(self) -> Answer:
        """The articles, the oldest first: publisher, day, language, number of claims, slug.

        Raises:
            EndpointError: A remote endpoint failed.

        >>> import legation
        >>> [row.slug for row in legation.open().articles][-1]
        'relations-strengthen-77th-anniversary'
        """
        return inventory.articles(self._source)

    def things(self, kind: str = "") -> Answer:
        """The things of a kind, by name; without one, the kinds and how many things each has.

        Args:
            kind: A class in any form: ``Person``, ``persons``, ``state media``.

        Returns:
            For each thing its lowest kind, how many claims name it and its short name.

        Raises:
            UnknownName: There is no such kind; the nearest are listed.
            EndpointError: A remote endpoint failed.

        >>> import legation
        >>> str(legation.open().things("Person")[0].thing)
        'Ahn Chan-il'
        """
        return inventory.things(self._source, kind) if kind else inventory.kinds(self._source)

    def __repr__(self) -> str:
        store = self._source.store
        if store.url is not None:
            return f"Legation graph behind {store.url}: {len(self.questions)} questions"
        counted = self._source.counts()
        return f"Legation graph: {', '.join(f'{n} {kind}' for kind, n in counted)}"
