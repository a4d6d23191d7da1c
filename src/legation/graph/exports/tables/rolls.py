"""Every table with its rows: things, what claims state of them, and the claims with their quotes.

Invariant: a table is one entry of `rolls`; facts stand once, however many claims state them.
"""

from collections.abc import Iterable, Iterator
from functools import partial

from pyoxigraph import Literal, NamedNode, Triple

from legation.graph import contradictions
from legation.graph.exports.edition import Edition
from legation.graph.exports.tables import SEPARATOR, Cell, Roll, headings
from legation.graph.reification import node_of
from legation.rdf.gathering import gathered
from legation.rdf.vocabulary import DCTERMS, LEG, PROV, SKOS, compact, local_name

Rows = Iterator[tuple[Cell, ...]]

_LINKS = (LEG.modality, LEG.basis, LEG.accordingTo, LEG.origin, LEG.leansOn, LEG.conflictsWith)


def rolls(edition: Edition) -> tuple[Roll, ...]:
    """Every table of a graph, in the order in which they refer to each other."""
    return tuple(
        Roll(name, meaning, headings(*columns), tuple(sorted(rows(edition), key=_ordered)))
        for name, meaning, columns, rows in (*_PLAIN, *_LINKED)
    )


def _ordered(row: tuple[Cell, ...]) -> list[tuple[bool, str]]:
    return [
        (cell is not None, f"{cell:012d}" if isinstance(cell, int) else str(cell)) for cell in row
    ]


def _cell(edition: Edition, thing: NamedNode, kind: NamedNode) -> Cell:
    """The values of a property as a cell: short IRIs, terms by their local names."""
    found = [_shown(edition, value) for value in edition.values(thing, kind)]
    return SEPARATOR.join(found) or None


def _shown(edition: Edition, value: object) -> str:
    if isinstance(value, Literal):
        return value.value
    short = compact(value, edition.prefixes) if isinstance(value, NamedNode) else str(value)
    return short.removeprefix("leg:")


def _short(edition: Edition, node: object) -> str:
    return compact(node, edition.prefixes) if isinstance(node, NamedNode) else str(node)


def _described(
    edition: Edition, kind: NamedNode, properties: Iterable[NamedNode], *, sort: bool = True
) -> Rows:
    """A row for each thing of a class: its short IRI, label, lowest class and some values."""
    listed = tuple(properties)
    for thing in edition.instances(kind):
        cells = (_cell(edition, thing, p) for p in listed)
        of_kind = (edition.kind(thing),) if sort else ()
        yield (_short(edition, thing), edition.label(thing), *of_kind, *cells)


def _things(edition: Edition) -> Rows:
    for thing in edition.about:
        short = _short(edition, thing)
        kind = short.partition(":")[0]
        if kind in edition.ontology.kinds and kind not in ("claim", "omission"):
            sort = edition.kind(thing) or None
            yield short, thing.value, kind, sort, edition.label(thing)


def _names(edition: Edition) -> Rows:
    for thing, rows in edition.about.items():
        for kind in sorted(set(rows) & edition.ontology.naming, key=str):
            for name in rows[kind]:
                if isinstance(name, Literal):
                    yield _short(edition, thing), name.value, name.language, local_name(kind)


def _claims(edition: Edition) -> Rows:
    for claim in edition.instances(LEG.Claim):
        quotes = [q for q in edition.values(claim, LEG.quote) if isinstance(q, Literal)]
        start, end = (edition.text(claim, kind) for kind in (LEG.charStart, LEG.charEnd))
        yield (
            _short(edition, claim),
            _cell(edition, claim, PROV.wasQuotedFrom),
            quotes[0].value if quotes else None,
            quotes[0].language if quotes else None,
            int(start) if start else None,
            int(end) if end else None,
            *(_cell(edition, claim, kind) for kind in _LINKS),
            _cell(edition, claim, SKOS.editorialNote),
        )


def _stated(edition: Edition, *, contents: bool) -> dict[Triple, list[NamedNode]]:
    """What is stated by claims, or said in contents, and by or in which of them."""
    held = set(edition.instances(LEG.Content))
    return gathered(
        (triple, graph)
        for graph, triples in edition.dataset.claim_graphs.items()
        if (graph in held) == contents
        for triple in triples
    )


def _spelled(edition: Edition, triple: Triple) -> tuple[Cell, ...]:
    value = triple.object
    is_literal = isinstance(value, Literal)
    return (
        _short(edition, triple.subject),
        _short(edition, triple.predicate),
        value.value if isinstance(value, Literal) else _short(edition, value),
        _short(edition, value.datatype) if isinstance(value, Literal) else None,
        value.language if isinstance(value, Literal) else None,
        int(not is_literal),
    )


def _facts(edition: Edition) -> Rows:
    for triple, claims in _stated(edition, contents=False).items():
        parts = (triple.subject, triple.predicate, triple.object)
        told = int(parts in edition.hearsay)
        yield (local_name(node_of(triple)), *_spelled(edition, triple), told, len(claims))


def _proofs(edition: Edition) -> Rows:
    for triple, claims in _stated(edition, contents=False).items():
        for claim in claims:
            yield local_name(node_of(triple)), _short(edition, claim)


def _contents(edition: Edition) -> Rows:
    for triple, contents in _stated(edition, contents=True).items():
        for content in contents:
            yield (_short(edition, content), *_spelled(edition, triple))


def _carriers(edition: Edition) -> Rows:
    for content in edition.instances(LEG.Content):
        for claim in edition.values(content, PROV.wasDerivedFrom):
            yield _short(edition, content), _short(edition, claim)


def _participations(edition: Edition) -> Rows:
    """Who was what in which event or statement, in the roles that claims give."""
    known = {
        t.object: t.subject for t in edition.dataset.default if t.predicate == LEG.participation
    }
    roles = edition.ontology.subproperties(LEG.participant)
    for triple in _stated(edition, contents=False):
        if triple.predicate in roles:
            role = local_name(triple.predicate)
            yield _short(edition, triple.subject), role, _short(edition, triple.object), None, None
    for node in edition.instances(LEG.Participation):
        kinds = (LEG.role, LEG.agent, LEG.onBehalfOf)
        named, agent, of = (_cell(edition, node, kind) for kind in kinds)
        yield _short(edition, known.get(node)), named, agent, _short(edition, node), of


def _conflicts(edition: Edition) -> Rows:
    for found in contradictions.read(edition.dataset.default):
        for side, other in found.sides:
            yield (
                local_name(node_of(side.triple)),
                local_name(node_of(other.triple)),
                _short(edition, side.thing),
                _short(edition, side.kind),
                _shown(edition, side.value),
                _shown(edition, other.value),
            )


_DAYS = (
    "date text the EDTF date",
    "earliest date the first day it admits",
    "latest date the last day it admits",
)
_TRIPLE = (
    "subject iri what is spoken of",
    "property iri the property",
    "value text the value: a short IRI or a text",
    "datatype iri the datatype of a text",
    "language text the language of a text",
    "is_thing boolean whether the value is a thing",
)
_NAMED = ("iri iri the short IRI", "label text what it is called")

_PLAIN = (
    ("things", "A person, state, body, event or other thing that has an IRI.",
     ("iri iri the short IRI", "full_iri iri the whole IRI", "kind text the word in its IRI",
      "class text its lowest class", "label text what it is called"), _things),
    ("names", "A name by which a thing is found.",
     ("thing iri the thing", "name text the name", "language text its language or script",
      "property text the kind of name"), _names),
    ("articles", "An article whose text is archived; the text is its publisher's and not here.",
     (*_NAMED, "title text its title", "publisher many who published it", "published text when",
      "language text its language", "sha256 text the SHA-256 of the archived text"),
     partial(_described, kind=LEG.Article, sort=False, properties=(
         DCTERMS.title, DCTERMS.publisher, LEG.published, DCTERMS.language, LEG.textSha256))),
    ("events", "Something that happened.",
     (*_NAMED, "class text its lowest class", *_DAYS, "no_later_than date the day it was told of",
      "place many where", "act many the act", "ordinal text which of its series"),
     partial(_described, kind=LEG.Event, properties=(
         LEG.date, LEG.earliest, LEG.latest, LEG.noLaterThan, LEG.place, LEG.act, LEG.ordinal))),
    ("tenures", "Somebody's time in an office.",
     (*_NAMED, "holder many who", "office many which office", "begin text EDTF", "end text EDTF",
      "attested text EDTF, a day on which it was held", *_DAYS[1:]),
     partial(_described, kind=LEG.Tenure, sort=False, properties=(
         LEG.holder, LEG.office, LEG.begin, LEG.end, LEG.attested, LEG.earliest, LEG.latest))),
    ("statements", "What somebody said; nobody's fact.",
     (*_NAMED, "class text its lowest class", "speaker many who", "text text the words", *_DAYS,
      "negated text whether it is denied", "topic many what it is about",
      "content many its content"),
     partial(_described, kind=LEG.Statement, properties=(
         LEG.speaker, LEG.text, LEG.date, LEG.earliest, LEG.latest, LEG.negated, LEG.topic,
         LEG.content))),
    ("plans", "What somebody intends, or intended.",
     (*_NAMED, "planned_by many who", "status many how it stands", "text text the words",
      "topic many what it is about", "content many its content"),
     partial(_described, kind=LEG.Plan, sort=False, properties=(
         LEG.plannedBy, LEG.planStatus, LEG.text, LEG.topic, LEG.content))),
)  # fmt: skip

_LINKED = (
    ("claims", "A quote, its place in an article (code points, end exclusive) and its manner.",
     ("iri iri the short IRI", "article iri the article", "quote text the exact words",
      "language text their language", "char_start integer where they begin",
      "char_end integer where they end", "modality text in which manner the article says it",
      "basis text how the words give it", "according_to many whose word it relays",
      "origin many who stands at the end of the chain", "leans_on many claims that settle a word",
      "conflicts_with many claims that say otherwise", "note text the annotator's note"), _claims),
    ("facts", "A triple that claims state, once.",
     ("id text the name of its rdf:Statement", *_TRIPLE,
      "reported_only boolean whether every claim relays a report",
      "claims integer how many claims state it"), _facts),
    ("proofs", "A claim that states a fact.",
     ("fact text the fact", "claim iri the claim"), _proofs),
    ("participations", "Who was what in an event or statement.",
     ("event iri the event or statement", "role text the role", "agent many who",
      "participation iri the node that says more", "on_behalf_of many for whom"), _participations),
    ("contents", "A triple that somebody says, asks for or plans; nobody's fact.",
     ("content iri the content", *_TRIPLE), _contents),
    ("carriers", "A claim that proves that a content is said.",
     ("content iri the content", "claim iri the claim"), _carriers),
    ("conflicts", "A fact and another that cannot be true as well.",
     ("fact text the fact", "other text the other", "subject iri of what", "property iri of which",
      "value text what the fact says", "other_value text what the other says"), _conflicts),
)  # fmt: skip
