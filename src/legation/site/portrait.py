"""One thing as its page shows it: names, facts beside the words that prove them, contradictions.

Invariant: a page is a function of the graph and the IRI. Each fact stands once, with all claims
that state it; facts that the same claims state share their quotes. Where a list is cut, the page
says how much of it is not there.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from pyoxigraph import Literal, NamedNode, Triple

from legation.graph.contradictions import Contradiction, Side
from legation.rdf.gathering import gathered
from legation.rdf.vocabulary import DCTERMS, LEG, PROV, RDF, RDFS, SCHEMA, local_name
from legation.site.attestation import Attestation, Reference, identifier
from legation.site.holdings import Holdings

MOST = 120
"""Paragraphs of a chapter that a page holds."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A property of a thing and its values, and what sources say against these."""

    property: Reference
    values: tuple[Reference, ...]
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Facts that the same words prove; headed by another thing where they are about that."""

    clauses: tuple[Clause, ...]
    attestations: tuple[Attestation, ...] = ()
    heading: Reference | None = None
    when: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """Paragraphs of one sort, and how many more there are than shown."""

    heading: str
    paragraphs: tuple[Paragraph, ...]
    left_out: int = 0
    is_fact: bool = True


@dataclass(frozen=True, slots=True)
class Deposition:
    """A quote of an article with what it proves, and what it says that somebody says or plans."""

    anchor: str
    attestation: Attestation
    proves: tuple[Paragraph, ...]
    said: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Antithesis:
    """Two facts that cannot both be true, side by side."""

    sides: tuple[Paragraph, Paragraph]
    is_acknowledged: bool


@dataclass(frozen=True, slots=True)
class Portrait:
    """A thing as its page shows it."""

    thing: NamedNode
    label: str
    kinds: tuple[Reference, ...]
    names: tuple[Reference, ...]
    elsewhere: tuple[Reference, ...]
    when: str
    registry: tuple[Clause, ...]
    chapters: tuple[Chapter, ...]
    depositions: tuple[Deposition, ...] = ()
    antitheses: tuple[Antithesis, ...] = ()
    marked: tuple[str, ...] = field(default=())  # spellings to mark in quotes
    is_only_told: bool = False


def portrait(held: Holdings, thing: NamedNode) -> Portrait:
    """A thing as its page shows it."""
    label, names = held.label(thing), _names(held, thing)
    own = held.edition.values(thing, SCHEMA.sameAs)
    depositions = _depositions(held, thing)
    chapters = [] if depositions else [_own(held, thing), _said(held, thing)]
    found = [*chapters, *_parts(held, thing), _told(held, thing)]
    return Portrait(
        thing,
        label,
        tuple(map(held.reference, held.kinds(thing))),
        names,
        tuple(replace(held.reference(one), text=identifier(one.value)) for one in own),
        held.when(thing),
        _registry(held, thing),
        tuple(one for one in found if one.paragraphs),
        depositions,
        tuple(antithesis(held, c) for c in held.contradicted.get(thing, ())),
        tuple(sorted({label, *(name.text for name in names)}, key=lambda name: (-len(name), name))),
        held.is_only_told(thing),
    )


def _names(held: Holdings, thing: NamedNode) -> tuple[Reference, ...]:
    """The other names of a thing, in the order of their languages."""
    found = {
        Reference(name.value, lang=name.language or "")
        for name in held.spellings(thing)
        if name.value != held.label(thing)
    }
    return tuple(sorted(found, key=lambda name: (name.lang != "en", name.lang, name.text)))


def _registry(held: Holdings, thing: NamedNode) -> tuple[Clause, ...]:
    ontology = held.edition.ontology
    shown_above = {SCHEMA.sameAs, RDFS.label, DCTERMS.title, LEG.published}
    hidden = {*ontology.naming, *shown_above, LEG.status, LEG.textSha256}
    return clauses(
        held, (t for t in held.registered_of.get(thing, ()) if t.predicate not in hidden)
    )


def clauses(held: Holdings, triples: Iterable[Triple]) -> tuple[Clause, ...]:
    """Triples of one subject, in order, as properties with their values."""
    found = gathered((triple.predicate, triple) for triple in triples)
    return tuple(
        Clause(
            held.reference(kind),
            tuple(held.reference(t.object) for t in rows),
            tuple(
                held.reference(side.value).text for t in rows for side in held.against.get(t, ())
            ),
        )
        for kind, rows in sorted(found.items(), key=lambda one: _rank(*one))
    )


def _rank(kind: NamedNode, rows: list[Triple]) -> tuple[bool, bool, str]:
    """What a thing is first, then its dates, then the rest."""
    is_date = any(isinstance(t.object, Literal) for t in rows)
    return kind != RDF.type, not is_date, kind.value


def _by_subject(held: Holdings, triples: Iterable[Triple]) -> tuple[Paragraph, ...]:
    """Triples of several subjects, a paragraph for each."""
    found = gathered((t.subject, t) for t in triples if isinstance(t.subject, NamedNode))
    rows = sorted(found.items(), key=lambda one: held.order(one[0]))
    return tuple(Paragraph(clauses(held, told), (), held.reference(s)) for s, told in rows)


def _own(held: Holdings, thing: NamedNode) -> Chapter:
    """What claims say of the thing itself."""
    alike = gathered((held.stated[triple], triple) for triple in held.said_of.get(thing, ()))
    found = [
        Paragraph(clauses(held, triples), held.attested(claims))
        for claims, triples in sorted(alike.items(), key=_telling)
    ]
    return _chapter("What the sources say", found)


def _telling(said: tuple[frozenset[NamedNode], list[Triple]]) -> tuple[object, ...]:
    """What a thing is first, then when it was; else what the most claims say."""
    claims, triples = said
    return min(_rank(t.predicate, [t])[:2] for t in triples), -len(claims), min(map(str, claims))


def _chapter(heading: str, found: list[Paragraph], *, is_fact: bool = True) -> Chapter:
    return Chapter(heading, tuple(found[:MOST]), max(0, len(found) - MOST), is_fact)


def _parts(held: Holdings, thing: NamedNode) -> Iterator[Chapter]:
    """The things that name this one, by kind: as what, and the words that say so."""
    naming = gathered(
        (triple.subject, triple)
        for triple in held.naming.get(thing, ())
        if isinstance(triple.subject, NamedNode) and triple.subject != thing
    )
    kinds = gathered((held.addresses.kind(subject), subject) for subject in naming)
    places = {kind: place for place, kind in enumerate(_ORDER)}
    for kind, subjects in sorted(kinds.items(), key=lambda k: (places.get(k[0], 99), k[0])):
        ranked = sorted(subjects, key=held.order)
        shown = [_part(held, subject, naming[subject]) for subject in ranked[:MOST]]
        yield Chapter(plural(held, kind), tuple(shown), len(ranked) - len(shown))


def _part(held: Holdings, subject: NamedNode, triples: Sequence[Triple]) -> Paragraph:
    claims = {claim for triple in triples for claim in held.stated.get(triple, ())}
    roles = tuple(dict.fromkeys(held.reference(triple.predicate) for triple in triples))
    told = (Clause(Reference("as"), roles),)
    return Paragraph(told, held.attested(claims), held.reference(subject), held.when(subject))


_ORDER = "event statement plan tenure instrument participation artefact article body office".split()


def plural(held: Holdings, kind: str) -> str:
    """A kind of thing as a heading over several, in the words of the ontology."""
    term = held.edition.ontology.kinds.get(kind)
    word = held.edition.ontology.label(term) if term is not None else "other thing"
    if word.endswith("ies"):
        return word
    several = f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
    return {"anon": f"unnamed {several}", "only-told": "only told of"}.get(kind, several)


def _said(held: Holdings, thing: NamedNode) -> Chapter:
    """What a statement says, a plan intends or a content holds, as told."""
    rows = held.edition.about.get(thing, {})
    named = {thing, *rows.get(LEG.content, ()), *rows.get(LEG.condition, ())}
    contents = {node for node in named if isinstance(node, NamedNode)} & held.contents.keys()
    found = [
        replace(paragraph, attestations=_carried(held, content))
        for content in sorted(contents, key=str)
        for paragraph in _by_subject(held, held.contents[content])
    ]
    return _chapter("As told, not as fact", found, is_fact=False)


def _carried(held: Holdings, content: NamedNode) -> tuple[Attestation, ...]:
    return held.attested(held.edition.links(content, PROV.wasDerivedFrom))


def _told(held: Holdings, thing: NamedNode) -> Chapter:
    """Where others tell of the thing, or name it, in what they say or plan."""
    told = gathered(pair for pair in held.told_of.get(thing, ()) if pair[0] != thing)
    found = [
        Paragraph(_as_told(held, thing, triples), _carried(held, content), held.reference(content))
        for content, triples in sorted(told.items(), key=lambda one: held.order(one[0]))
    ]
    return _chapter("Named in what others say or plan, not as fact", found, is_fact=False)


def _as_told(held: Holdings, thing: NamedNode, triples: Sequence[Triple]) -> tuple[Clause, ...]:
    """What the triples of a content say of a thing, and as what others of them name it."""
    roles = sorted({t.predicate for t in triples if t.subject != thing}, key=str)
    named = (Clause(Reference("as"), tuple(map(held.reference, roles))),) if roles else ()
    return *clauses(held, (t for t in triples if t.subject == thing)), *named


def _depositions(held: Holdings, article: NamedNode) -> tuple[Deposition, ...]:
    """The quotes of an article in their order, each with what it proves; none of other things."""
    told = held.quoting.get(article, ())
    return tuple(
        Deposition(
            local_name(NamedNode(passage.claim)),
            held.attestation(passage),
            _by_subject(held, held.edition.dataset.claim_graphs.get(NamedNode(passage.claim), ())),
            _by_subject(held, held.carrying.get(NamedNode(passage.claim), ())),
        )
        for passage in told
    )


def antithesis(held: Holdings, contradiction: Contradiction) -> Antithesis:
    """A contradiction with the words of both sides."""
    links = {
        frozenset((claim, other))
        for pair in contradiction.claims
        for claim in pair
        for other in held.edition.values(claim, LEG.conflictsWith)
    }
    pairs = {frozenset(pair) for pair in contradiction.claims}
    one, other = contradiction.one, contradiction.other
    return Antithesis((_side(held, one), _side(held, other)), bool(links & pairs))


def _side(held: Holdings, side: Side) -> Paragraph:
    told = Clause(held.reference(side.kind), (held.reference(side.value),))
    return Paragraph((told,), held.attested(side.claims), held.reference(side.thing))
