"""What a graph holds, as pages need it: who is said to be what, on the strength of which words.

Invariant: a fact is a triple as somebody wrote it, in a claim or in the registry; nothing derived
passes for one. What is only said or planned stays apart. The words of omissions are not here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain

from pyoxigraph import Literal, NamedNode, Triple

from legation.answer import Evidence, Questions, Source
from legation.answer.evidence import in_order, passages_of
from legation.graph import contradictions
from legation.graph.contradictions import Contradiction, Side
from legation.graph.dataset import Dataset
from legation.graph.exports import Edition, edition_of
from legation.graph.reification import stating
from legation.graph.workspace import Workspace
from legation.rdf.gathering import gathered
from legation.rdf.unswept import unswept
from legation.rdf.vocabulary import DCTERMS, LEG, NS, PROV, RDF, RDFS, SKOS, local_name
from legation.site import addresses
from legation.site.addresses import Addresses
from legation.site.attestation import Attestation, Reference, fragment, outside
from legation.store import LocalStore
from legation.views.network import network
from legation.views.network.exhibit import Exhibit
from legation.views.timeline.chronicle import Entry, read_entries

_ByThing = Mapping[NamedNode, list[Triple]]


@dataclass(frozen=True)
class Holdings:
    """A built graph with everything its pages ask for; worked out once, when first needed."""

    edition: Edition
    source: Source
    questions: Questions
    workspace: Workspace

    @classmethod
    @unswept()
    def of(cls, dataset: Dataset, workspace: Workspace) -> "Holdings":
        """What a workspace's built graph holds; InputError where a file of it cannot be read."""
        edition = edition_of(dataset, workspace)
        store = LocalStore(edition.dataset.quads, workspace.prefixes)
        source = Source(store, workspace.ontology, workspace.prefixes)
        asked = Questions.of(workspace.question_files, workspace.ontology)
        return cls(edition, source, asked, workspace)

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """The events of the timeline by IRI, in order of time."""
        found = read_entries(self.source, self.questions["timeline"], {})
        return {entry.event: entry for entry in found}

    @cached_property
    def networks(self) -> dict[str, Exhibit]:
        """The networks of the graph, by the names of their views."""
        files = self.workspace.view_files
        return {v: network(self.source, v, files=files) for v in sorted(f.stem for f in files)}

    @cached_property
    def addresses(self) -> Addresses:
        """Where pages are."""
        return Addresses(self.edition.release.base, frozenset(self.edition.ontology.kinds))

    @cached_property
    def claims(self) -> frozenset[NamedNode]:
        """Every claim."""
        return frozenset(self.edition.instances(LEG.Claim))

    @cached_property
    def _graphs(self) -> dict[Triple, set[NamedNode]]:
        return stating(self.edition.dataset.quads)

    @cached_property
    def stated(self) -> dict[Triple, frozenset[NamedNode]]:
        """Each triple that claims state, with these claims."""
        return {t: told for t, graphs in self._graphs.items() if (told := self.claims & graphs)}

    @cached_property
    def contents(self) -> dict[NamedNode, tuple[Triple, ...]]:
        """What is said, asked for or planned and by that no fact, by its content."""
        graphs = self.edition.dataset.claim_graphs
        return {name: triples for name, triples in graphs.items() if name not in self.claims}

    @cached_property
    def registered(self) -> frozenset[Triple]:
        """What the registry and the headers of articles say, and no claim."""
        passages = self.claims | {*self.edition.instances(LEG.Omission), self.edition.release.iri}
        derived, ontology = set(self.edition.dataset.derived), self.edition.ontology
        hidden = ontology.derived | {RDF.type}
        return frozenset(
            t
            for t in self.edition.dataset.default
            if t.predicate not in hidden and t not in derived
            if t not in self._graphs and t.subject not in passages
        )

    @cached_property
    def registered_of(self) -> _ByThing:
        """The same by their subjects."""
        return _by(self.registered, "subject")

    @cached_property
    def said_of(self) -> _ByThing:
        """The triples of claims, by their subjects."""
        return _by(self.stated, "subject")

    @cached_property
    def naming(self) -> _ByThing:
        """The triples of claims and registry, by their values."""
        return _by([*self.stated, *self.registered], "object")

    @cached_property
    def told_of(self) -> Mapping[NamedNode, list[tuple[NamedNode, Triple]]]:
        """The triples of contents by the things they name, each with its content."""
        return gathered(
            (part, (content, triple))
            for content, triples in self.contents.items()
            for triple in triples
            for part in {triple.subject, triple.object}
            if isinstance(part, NamedNode)
        )

    @cached_property
    def pages(self) -> dict[NamedNode, str]:
        """The page of everything that has one of its own, sorted."""
        inside = self.claims | {*self.edition.instances(LEG.Omission)}
        typed = {thing for thing, rows in self.edition.about.items() if RDF.type in rows}
        found = {*typed, *self.told_of} - inside
        paged = ((thing, self.addresses.page(thing)) for thing in sorted(found, key=str))
        return {thing: page for thing, page in paged if page}

    def is_only_told(self, thing: NamedNode) -> bool:
        """Whether a thing is there in what somebody says or plans alone, and by that no fact."""
        return thing in self.told_of and RDF.type not in self.edition.about.get(thing, {})

    def path(self, thing: NamedNode) -> str:
        """Where a thing is shown: on its page, a claim on its article's; empty where nowhere."""
        if thing in self.claims:
            article = self.edition.links(thing, PROV.wasQuotedFrom)
            page = self.path(article[0]) if article else ""
            return f"{page}#{local_name(thing)}" if page else ""
        if thing in self.edition.ontology.terms:
            return addresses.term(thing)
        return self.pages.get(thing, "")

    @cached_property
    def label(self) -> Callable[[NamedNode], str]:
        """What a thing is called, in words where there are any."""
        return cache(self._label)

    def _label(self, thing: NamedNode) -> str:
        if thing == RDF.type:
            return "kind"
        named = [
            (value.language != "en", value.value)
            for kind in (RDFS.label, DCTERMS.title)
            for value in self.edition.values(thing, kind)
            if isinstance(value, Literal)
        ]
        if named:
            return min(named)[1]
        if thing in self.edition.ontology.terms:
            return self.edition.ontology.label(thing)
        return local_name(thing).replace("-", " ") if self.is_only_told(thing) else thing.value

    def spellings(self, thing: NamedNode) -> list[Literal]:
        """Every name of a thing, in whatever language."""
        rows, kinds = self.edition.about.get(thing, {}), self.edition.ontology.naming
        return [n for kind in kinds for n in rows.get(kind, ()) if isinstance(n, Literal)]

    def kinds(self, thing: NamedNode) -> tuple[NamedNode, ...]:
        """The lowest classes of a thing; of one that is only told of, those told."""
        told = (t for _, t in self.told_of.get(thing, ()) if t.subject == thing)
        as_told = (t.object for t in told if t.predicate == RDF.type)
        types = self.edition.links(thing, RDF.type) or as_told
        return self.edition.ontology.most_specific(
            self.edition.ontology.classes.intersection(types)
        )

    @cached_property
    def reference(self) -> Callable[[object], Reference]:
        """A term as it is named on a page; outside addresses lead there, on https alone."""
        return cache(self._reference)

    def _reference(self, term: object) -> Reference:
        if isinstance(term, Literal):
            return Reference(term.value, outside(term.value), term.language or "")
        if not isinstance(term, NamedNode):
            return Reference(str(term))
        is_own = term.value.startswith((self.addresses.base, NS)) or term == RDF.type
        path = self.path(term) or ("" if is_own else outside(term.value))
        return Reference(self.label(term), path, "", self.edition.ontology.definition(term))

    def attested(self, claims: Iterable[NamedNode]) -> tuple[Attestation, ...]:
        """What claims quote, in the order of the texts."""
        return tuple(map(self.attestation, in_order(p for c in claims for p in self.quoted(c))))

    def quoted(self, claim: NamedNode) -> list[Evidence]:
        """The passage of a claim; nothing of a stranger."""
        return self._passages.get(claim, [])

    @cached_property
    def _passages(self) -> dict[NamedNode, list[Evidence]]:
        found = passages_of(self.source.store, self.claims)
        return {claim: told for claim, told in found.items() if isinstance(claim, NamedNode)}

    @cached_property
    def quoting(self) -> Mapping[NamedNode, tuple[Evidence, ...]]:
        """The passages of each article, in the order of its text."""
        told = chain.from_iterable(self._passages.values())
        found = gathered((NamedNode(passage.article), passage) for passage in told)
        return {article: in_order(passages) for article, passages in found.items()}

    @cached_property
    def carrying(self) -> Mapping[NamedNode, list[Triple]]:
        """What each claim says that somebody says or plans."""
        return gathered(
            (claim, triple)
            for content, triples in self.contents.items()
            for claim in self.edition.links(content, PROV.wasDerivedFrom)
            for triple in triples
        )

    @cached_property
    def attestation(self) -> Callable[[Evidence], Attestation]:
        """A passage as a page gives it."""
        return cache(self._attestation)

    def _attestation(self, passage: Evidence) -> Attestation:
        claim, article = NamedNode(passage.claim), NamedNode(passage.article)
        words = self.edition.values(claim, LEG.quote)
        about = Reference(self.label(article), self.path(claim), "", "the quote in its order")
        address = outside(self.edition.text(article, DCTERMS.identifier))
        return Attestation(
            passage.quote,
            next((w.language or "" for w in words if isinstance(w, Literal)), ""),
            self.edition.ontology.label(NamedNode(NS + passage.modality)),
            self.reference(NamedNode(passage.according_to)) if passage.according_to else None,
            self.reference(NamedNode(passage.origin)) if passage.origin else None,
            about,
            self.edition.text(article, LEG.published),
            f"{address}{fragment(passage.quote)}" if address else "",
            passage.basis or "",
            LEG.fromContext in self.edition.values(claim, LEG.attribution),
            self.edition.text(claim, SKOS.editorialNote),
        )

    @cached_property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """What the build found to contradict each other."""
        return contradictions.read(self.edition.dataset.default)

    @cached_property
    def contradicted(self) -> Mapping[NamedNode, list[Contradiction]]:
        """The contradictions about each thing."""
        return gathered(
            (thing, contradiction)
            for contradiction in self.contradictions
            for thing in {side.thing for side, _ in contradiction.sides}
        )

    @cached_property
    def against(self) -> Mapping[Triple, list[Side]]:
        """What stands against each triple that is contradicted."""
        sides = chain.from_iterable(one.sides for one in self.contradictions)
        return gathered((side.triple, other) for side, other in sides)

    def when(self, thing: NamedNode) -> str:
        """The dates of a thing in EDTF, ``≠`` between those that disagree; empty without one."""
        for kind in (LEG.date, LEG.begin, LEG.attested, LEG.published):
            if dates := self.edition.values(thing, kind):
                are_opposed = any(Triple(thing, kind, date) in self.against for date in dates)
                return (" ≠ " if are_opposed else " / ").join(sorted(d.value for d in dates))
        return ""

    @cached_property
    def order(self) -> Callable[[NamedNode], tuple[str, str, str]]:
        """Where a thing stands in a list: by its days, then by name."""
        return cache(self._order)

    def _order(self, thing: NamedNode) -> tuple[str, str, str]:
        day = self.edition.text(thing, LEG.earliest) or self.edition.text(thing, LEG.latest)
        return day or self.when(thing) or "9999", self.label(thing).casefold(), thing.value


def _by(triples: Iterable[Triple], part: str) -> _ByThing:
    named = ((getattr(triple, part), triple) for triple in triples)
    found = gathered((node, triple) for node, triple in named if isinstance(node, NamedNode))
    return {thing: sorted(rows, key=str) for thing, rows in found.items()}
