"""What to call what nobody names: a statement by its speaker and words, a tenure by its holder.

Invariant: a label made here says nothing that the triples do not say, and is the same for the same
triples. It stands only where nobody wrote one; it helps to read, not to find.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pyoxigraph import Literal, NamedNode, Quad, Triple

from legation.graph.spelling import shortened
from legation.rdf.gathering import gathered
from legation.rdf.ontology import Ontology
from legation.rdf.vocabulary import DCTERMS, LEG, PROV, RDF, RDFS, local_name

UNNAMED = (
    LEG.Claim,
    LEG.Content,
    LEG.Numbering,
    LEG.Omission,
    LEG.Participation,
    LEG.Report,
    LEG.Statement,
    LEG.Tenure,
)
"""The classes whose members are called by what is said of them."""

_SAYING = (LEG.speaker, LEG.plannedBy)

_TELLING = (
    "accordingTo agent attested begin condition content end holder madeAt numbering office "
    "onBehalfOf ordinal participation plannedBy published quote recipient role sender series "
    "speaker text titleAsWritten"
)
TOLD = frozenset(
    (
        *(DCTERMS.creator, DCTERMS.publisher, DCTERMS.title, RDF.type, RDFS.label),
        *(PROV.wasDerivedFrom, PROV.wasQuotedFrom),
        *(NamedNode(LEG.base + name) for name in _TELLING.split()),
    )
)
"""The properties from which a label is made; most of a graph is of others."""

_Said = Mapping[NamedNode, tuple[NamedNode | Literal, ...]]


@dataclass(frozen=True)
class Wording:
    """The words for the things of a graph, from all that its graphs say.

    Attributes:
        said: What is said of each thing that plays a part in labels, by property, in any graph.
        contents: The triples of each graph that is not the default one.
        ontology: The terms.
    """

    said: Mapping[NamedNode, _Said]
    contents: Mapping[NamedNode, Sequence[Triple]]
    ontology: Ontology

    @classmethod
    def of(cls, quads: Iterable[Quad], ontology: Ontology) -> "Wording":
        """The wording of a graph."""
        said: defaultdict[NamedNode, defaultdict[NamedNode, set[NamedNode | Literal]]]
        said = defaultdict(lambda: defaultdict(set))
        contents: defaultdict[NamedNode, list[Triple]] = defaultdict(list)
        for quad in quads:
            graph = quad.graph_name
            if isinstance(graph, NamedNode):
                contents[graph].append(quad.triple)
            if quad.predicate in TOLD:
                subject, kind, value, _ = quad
                if isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal):
                    said[subject][kind].add(value)
        given = {
            thing: {kind: tuple(sorted(values, key=str)) for kind, values in facts.items()}
            for thing, facts in said.items()
        }
        return cls(given, contents, ontology)

    @cached_property
    def _called(self) -> dict[NamedNode, str]:
        """What has been called already."""
        return {}

    def name(self, node: NamedNode) -> str:
        """What a thing is called: its label, else what is said of it, else its local name."""
        if node not in self._called:
            # A statement tells of another, and that perhaps of the first: a description that
            # comes back to its own thing ends with the local name.
            self._called[node] = _spoken(node)
            self._called[node] = self._label(node) or self.described(node) or _spoken(node)
        return self._called[node]

    def _label(self, node: NamedNode) -> str:
        if node in self.ontology.terms:
            return self.ontology.label(node)
        labels = [
            (value.language != "en", value.value)
            for kind in (RDFS.label, DCTERMS.title)
            for value in self._values(node, kind)
            if isinstance(value, Literal)
        ]
        return min(labels)[1] if labels else ""

    def described(self, node: NamedNode) -> str:
        """What is said of a thing, as a label; empty of one that has a name, or should have.

        Its own label plays no part, so that one can tell whether that was made here.
        """
        kinds = _kinds(self._values(node, RDF.type), self.ontology)
        return next((form(self, node) for kind, form in _FORMS.items() if kind in kinds), "")

    def kind(self, node: NamedNode) -> str:
        """The lowest class of a thing, in words; empty for a stranger."""
        known = _kinds(self._values(node, RDF.type), self.ontology) & self.ontology.classes
        return ", ".join(map(self.ontology.label, self.ontology.most_specific(known)))

    def _values(self, node: NamedNode, *kinds: NamedNode) -> tuple[NamedNode | Literal, ...]:
        facts = self.said.get(node, {})
        return tuple(value for kind in kinds for value in facts.get(kind, ()))

    def _names(self, node: NamedNode, *kinds: NamedNode) -> str:
        """The values of properties, by name."""
        values = self._values(node, *kinds)
        names = {v.value if isinstance(v, Literal) else self.name(v) for v in values if v != node}
        return _listed(names)

    def _claim(self, node: NamedNode) -> str:
        words = self._words(node)
        return f"{local_name(node)}: {words}" if words else local_name(node)

    def _omission(self, node: NamedNode) -> str:
        reason = self._names(node, LEG.reason)  # its words are their publisher's
        return f"left out, {local_name(node)}" + (f": {reason}" if reason else "")

    def _words(self, node: NamedNode) -> str:
        """The first words that a passage quotes; empty without a quote."""
        quotes = [v.value for v in self._values(node, LEG.quote) if isinstance(v, Literal)]
        return _quoted(quotes[0]) if quotes else ""

    def _statement(self, node: NamedNode) -> str:
        speakers, recipients = self._names(node, LEG.speaker), self._names(node, LEG.recipient)
        who = f"{speakers} to {recipients}" if recipients else speakers
        occasion = self._names(node, LEG.madeAt)
        if occasion and self._is_letter(node):
            who = occasion  # "letter of Vladimir Putin to Kim Jong Un" says who speaks, and to whom
        elif occasion:
            who = f"{who or self.kind(node)}, {occasion}"
        what = self._told(node)
        if not speakers or not what.startswith("“"):
            who = f"{self.kind(node)} of {who}" if speakers else who or self.kind(node)
        return f"{who}: {what}" if what else who

    def _is_letter(self, node: NamedNode) -> bool:
        """Whether a statement was made in something that its speakers, and no others, sent."""
        occasions = (v for v in self._values(node, LEG.madeAt) if isinstance(v, NamedNode))
        senders = {sender for event in occasions for sender in self._values(event, LEG.sender)}
        return bool(senders) and senders == {*self._values(node, LEG.speaker)}

    def _told(self, node: NamedNode) -> str:
        """The longest of a statement's words, else what its content tells of."""
        texts = [v.value for v in self._values(node, LEG.text) if isinstance(v, Literal)]
        if texts:
            return _quoted(min(texts, key=lambda text: (-len(text), text)))
        contents = self._values(node, LEG.content)
        return _listed({self._subjects(c) for c in contents if isinstance(c, NamedNode)} - {""})

    def _subjects(self, content: NamedNode) -> str:
        """What the triples of a content are about: what no other of them leads to."""
        triples = self.contents.get(content, ())
        led_to = {t.object for t in triples if t.object != t.subject}
        subjects = {t.subject for t in triples if isinstance(t.subject, NamedNode)}
        return _listed(map(self.name, sorted(subjects - led_to or subjects, key=str)))

    def _content(self, node: NamedNode) -> str:
        speakers = _listed(
            name
            for thing in self._carriers.get(node, ())
            for name in [self._names(thing, *_SAYING)]
            if name
        )
        about = self._subjects(node) or _spoken(node)
        return f"{about}, as told by {speakers}" if speakers else f"{about}, as told"

    @cached_property
    def _carriers(self) -> dict[NamedNode | Literal, list[NamedNode]]:
        return self._inverse(LEG.content, LEG.condition)

    @cached_property
    def _wholes(self) -> dict[NamedNode | Literal, list[NamedNode]]:
        return self._inverse(LEG.participation, LEG.numbering)

    @cached_property
    def _relaying(self) -> dict[NamedNode | Literal, list[NamedNode]]:
        return self._inverse(LEG.accordingTo, PROV.wasDerivedFrom)

    def _inverse(self, *kinds: NamedNode) -> dict[NamedNode | Literal, list[NamedNode]]:
        return gathered((v, thing) for thing in self.said for v in self._values(thing, *kinds))

    def _tenure(self, node: NamedNode) -> str:
        holder = self._names(node, LEG.holder) or "unnamed holder"
        office = self._names(node, LEG.office) or self._names(node, LEG.titleAsWritten)
        spans = {"from": LEG.begin, "until": LEG.end, "attested": LEG.attested}
        dates = [f"{how} {day}" for how, kind in spans.items() if (day := self._names(node, kind))]
        when = f" ({', '.join(dates)})" if dates else ""
        return f"{holder} as {office or 'holder of an office'}{when}"

    def _participation(self, node: NamedNode) -> str:
        agent = self._names(node, LEG.agent) or "somebody"
        behalf = self._names(node, LEG.onBehalfOf)
        who = ", ".join(filter(None, [agent, self._names(node, LEG.titleAsWritten)]))
        role = self._names(node, LEG.role) or "participant"
        whole = _listed(map(self.name, self._wholes.get(node, ())))
        joined = f"{who}{f' for {behalf}' if behalf else ''} as {role}"
        return f"{joined}: {whole}" if whole else joined

    def _numbering(self, node: NamedNode) -> str:
        whole = _listed(map(self.name, self._wholes.get(node, ()))) or "an event"
        number, series = self._names(node, LEG.ordinal), self._names(node, LEG.series)
        return f"{whole} as number {number or 'not stated'} of {series or 'a series'}"

    def _report(self, node: NamedNode) -> str:
        publisher = self._names(node, DCTERMS.publisher) or self._names(node, DCTERMS.creator)
        if published := self._names(node, LEG.published):
            return f"{publisher or 'report'}, {published}"
        told = self._relaying.get(node, [])
        if publisher:
            articles = [a for one in told for a in self._values(one, PROV.wasQuotedFrom) or [one]]
            titles = {self.name(a) for a in articles if isinstance(a, NamedNode)}
            where = _listed(_quoted(title) for title in titles)
            return f"report of {publisher}{f', relayed in {where}' if where else ''}"
        # Nobody names it: only the words that relay it tell one such report from another.
        words = next(filter(None, map(self._words, sorted(told, key=str))), "")
        return f"report of an outlet not named{f', relayed as {words}' if words else ''}"


_FORMS: dict[NamedNode, Callable[[Wording, NamedNode], str]] = {
    LEG.Claim: Wording._claim,
    LEG.Omission: Wording._omission,
    LEG.Statement: Wording._statement,
    LEG.Tenure: Wording._tenure,
    LEG.Participation: Wording._participation,
    LEG.Report: Wording._report,
    LEG.Numbering: Wording._numbering,
    LEG.Content: Wording._content,
}


@lru_cache(maxsize=1024)
def _kinds(types: tuple[NamedNode | Literal, ...], ontology: Ontology) -> frozenset[NamedNode]:
    known = frozenset(t for t in types if isinstance(t, NamedNode))
    return known.union(*map(ontology.superclasses, known))


def derived(quads: Iterable[Quad], ontology: Ontology) -> Iterator[Triple]:
    """A label for each thing of a graph that is called by what is said of it and has none."""
    wording = Wording.of(quads, ontology)
    for thing, facts in sorted(wording.said.items(), key=lambda one: one[0].value):
        is_named = RDFS.label in facts or DCTERMS.title in facts
        if not is_named and (label := wording.described(thing)):
            yield Triple(thing, RDFS.label, Literal(label, language="en"))


def made(quads: Iterable[Quad], ontology: Ontology) -> frozenset[Triple]:
    """The labels in a built graph that were made here and that nobody wrote."""
    wording = Wording.of(quads, ontology)
    return frozenset(
        triple
        for thing, facts in wording.said.items()
        for label in facts.get(RDFS.label, ())
        if label == Literal(wording.described(thing), language="en")
        for triple in [Triple(thing, RDFS.label, label)]
    )


def _listed(names: Iterable[str]) -> str:
    return " and ".join(sorted(set(names)))


def _quoted(text: str) -> str:
    """The first words of a text in quotation marks, unless they bring a pair of their own."""
    words = shortened(text)
    if words[:1] in "\"'“‘«" and words[-1:] in "\"'”’»":
        return words
    if words[:1] in '"“«':
        words = re.sub(r'["”»]', "’", re.sub(r'(?<!\S)["“«]', "‘", words))
    return f"“{words}”"


def _spoken(node: NamedNode) -> str:
    return local_name(node).replace("-", " ")
