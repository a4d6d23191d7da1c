"""Explaining a thing: everything the graph says about it, claim by claim, beside its quotes.

Invariant: each fact stands under the claim that states it, with the words quoted there; facts
that no claim states (names, structure) are said to come from the registry.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from pyoxigraph import Literal, NamedNode

from legation.answer.cells import Cell, Entity, Evidence, written
from legation.answer.evidence import ask_about, in_order, passages_of
from legation.answer.rivals import Rivals
from legation.answer.row import Rival
from legation.answer.source import Source
from legation.graph.labelling import UNNAMED
from legation.pages import render
from legation.rdf.vocabulary import LEG, RDF, RDFS, SKOS
from legation.store import Term
from legation.text.safe import in_latex, visible

Fact = tuple[Cell, Cell, Cell]
"""Subject, property and value, labelled."""

_Terms = tuple[Term | None, ...]
_ByClaim = defaultdict[Term | None, list[_Terms]]

_MENTIONING = """PREFIX leg: <https://w3id.org/legation/ns#>
PREFIX prov: <http://www.w3.org/ns/prov#>
SELECT DISTINCT ?claim
WHERE {{
  {{
    ?claim a leg:Claim .
    GRAPH ?claim {{ {{ {thing} ?p ?o }} UNION {{ ?s ?q {thing} }} }}
  }} UNION {{
    ?claim leg:mentions {thing} .
  }} UNION {{
    ?claim a leg:Claim ; prov:wasQuotedFrom|leg:accordingTo {thing} .
  }} UNION {{
    ?own leg:speaker|leg:holder|leg:agent|leg:plannedBy {thing} .
    ?claim leg:describes ?own .
  }} UNION {{
    ?claim a leg:Claim . FILTER(?claim = {thing})
  }}
}}"""

_CONTENT = """PREFIX leg: <https://w3id.org/legation/ns#>
SELECT ?claim ?s ?p ?o
WHERE {{
  VALUES ?claim {{ {things} }}
  ?claim a leg:Claim .
  GRAPH ?claim {{ ?s ?p ?o }}
}}"""

_SAID = """PREFIX leg: <https://w3id.org/legation/ns#>
PREFIX prov: <http://www.w3.org/ns/prov#>
SELECT ?claim ?s ?p ?o
WHERE {{
  VALUES ?claim {{ {things} }}
  ?content a leg:Content ; prov:wasDerivedFrom ?claim .
  GRAPH ?content {{ ?s ?p ?o }}
}}"""

_REMARKS = """PREFIX leg: <https://w3id.org/legation/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?claim ?property ?value
WHERE {{
  VALUES ?claim {{ {things} }}
  VALUES ?property {{ skos:editorialNote leg:attribution leg:leansOn }}
  ?claim ?property ?value .
}}"""


@dataclass(frozen=True, slots=True)
class ClaimedFacts:
    """One claim: its passage, what it states, what it says somebody says or plans, and remarks."""

    passage: Evidence
    facts: tuple[Fact, ...]
    said: tuple[Fact, ...]
    attribution: str | None
    note: str | None
    leans_on: tuple[str, ...]
    conflicts_with: tuple[str, ...]

    def lines(self) -> list[str]:
        """What it states, one line per fact, then the annotator's remarks."""
        conflicts = "; ".join(self.conflicts_with)
        return [
            *map(_sentence, self.facts),
            *(f"as said: {_sentence(fact)}" for fact in self.said),
            *([f"attribution: {self.attribution}"] if self.attribution else []),
            *([f"note: {self.note}"] if self.note else []),
            *([f"leans on: {', '.join(self.leans_on)}"] if self.leans_on else []),
            *([f"conflicts with: {conflicts}"] if conflicts else []),
        ]


@dataclass(frozen=True, slots=True, repr=False)
class Explanation:
    """What the graph says about a thing; shown, each fact stands beside the words that state it.

    Attributes:
        thing: The thing.
        kinds: Its lowest classes, in words.
        registry: Facts about it that no claim states.
        claims: The claims that mention it, or a statement, tenure or plan of its, in the order of
            the texts.

    >>> import legation
    >>> explained = legation.open().explain("Choe Son Hui")
    >>> explained.thing.label, explained.kinds
    ('Choe Son Hui', ('person',))
    """

    thing: Entity
    kinds: tuple[str, ...]
    registry: tuple[Fact, ...]
    claims: tuple[ClaimedFacts, ...]

    def __str__(self) -> str:
        return visible(self.to_text())

    def __repr__(self) -> str:
        return str(self).rstrip()

    def _repr_html_(self) -> str:
        return render(
            "explanation.html",
            thing=self.thing,
            kinds=self.kinds,
            registry=[f"{written(p)}: {written(o)}" for _, p, o in self.registry],
            claims=self.claims,
        )

    def _repr_latex_(self) -> str:
        return "\n\n".join(map(in_latex, self.to_text().splitlines()))

    def to_text(self) -> str:
        """The explanation as plain text; quotes are whole, on one line each.

        Returns:
            Name and kind, registry facts, then each claim: quote, source, facts, remarks.

        >>> import legation
        >>> legation.open().explain("Choe Son Hui").to_text().splitlines()[0]
        'Choe Son Hui (person)'
        """
        kinds = f" ({', '.join(self.kinds)})" if self.kinds else ""
        lines = [f"{self.thing.label}{kinds}", self.thing.iri]
        if self.registry:
            lines += ["", "Registry"]
            lines += [f"  {written(p)}: {written(o)}" for _, p, o in self.registry]
        if not self.claims:
            lines += ["", "No claim mentions it."]
        for claim in self.claims:
            lines += ["", claim.passage.cite(), *(f"  {line}" for line in claim.lines())]
        return "\n".join(lines) + "\n"


def _sentence(fact: Fact) -> str:
    return " · ".join(written(cell) for cell in fact)


def explain(source: Source, thing: NamedNode) -> Explanation:
    """Everything the graph says about a thing."""
    claims = [claim for (claim,) in source.store.select(_MENTIONING.format(thing=thing))]
    content = _by_claim(ask_about(source.store, _CONTENT, claims))
    said = _by_claim(ask_about(source.store, _SAID, claims))
    remarks = _by_claim(ask_about(source.store, _REMARKS, claims))
    stated = set(chain(*content.values()))
    unclaimed = _unclaimed(source, thing, stated) | _defined(source, thing)
    everything = chain(stated, unclaimed, *said.values(), *remarks.values())
    labels = source.labels([thing, *claims, *chain.from_iterable(everything)])

    def facts(triples: Iterable[_Terms]) -> tuple[Fact, ...]:
        rows = (source.cells(triple, labels) for triple in sorted(triples, key=_by_text))
        return tuple((s, p, o) for s, p, o in rows)

    rivals = Rivals(source)

    def claimed(passage: Evidence) -> ClaimedFacts:
        claim = NamedNode(passage.claim)
        remark: defaultdict[Term, list[str]] = defaultdict(list)
        for kind, value in sorted(remarks[claim], key=_by_text):
            remark[kind] += map(written, source.cells([value], labels))
        return ClaimedFacts(
            passage,
            facts(content[claim]),
            facts(said[claim]),
            " ".join(remark[LEG.attribution]) or None,
            " ".join(remark[SKOS.editorialNote]) or None,
            tuple(remark[LEG.leansOn]),
            tuple(_against(source, rival) for rival in rivals.to_claim(claim)),
        )

    passages = passages_of(source.store, claims).values()
    return Explanation(
        Entity(thing.value, labels[thing]),
        source.kinds(thing),
        facts(unclaimed),
        tuple(map(claimed, in_order(chain(*passages)))),
    )


def _by_claim(rows: Iterable[_Terms]) -> _ByClaim:
    found: _ByClaim = defaultdict(list)
    for claim, *rest in rows:
        found[claim].append(tuple(rest))
    return found


def _by_text(terms: _Terms) -> str:
    return " ".join(map(str, terms))


def _unclaimed(source: Source, thing: NamedNode, stated: set[_Terms]) -> set[_Terms]:
    """The authored triples of a thing that no claim states; derived ones are left out."""
    own = source.store.select(f"SELECT ?p ?o WHERE {{ {thing} ?p ?o }}").rows
    # What the build derives: each triple again with the properties above its own.
    above = {
        (higher, value)
        for predicate, value in own
        if isinstance(predicate, NamedNode)
        for higher in source.ontology.superproperties(predicate)
    }
    # What is called by what is said of it has no name to tell.
    told = {RDFS.label} if source.types(thing) & {*UNNAMED} else set()
    hidden = source.ontology.derived | {RDF.type} | told
    return {
        (thing, predicate, value)
        for predicate, value in own
        if predicate not in hidden
        and (predicate, value) not in above
        and (thing, predicate, value) not in stated
    }


def _defined(source: Source, thing: NamedNode) -> set[_Terms]:
    """What a term of the ontology means; nothing for other things."""
    meaning = source.ontology.definition(thing)
    return {(thing, SKOS.definition, Literal(meaning, language="en"))} if meaning else set()


def _against(source: Source, rival: Rival) -> str:
    labels = source.labels(map(NamedNode, rival.claims))
    return f"{rival} in {', '.join(labels[NamedNode(claim)] for claim in rival.claims)}"
