"""A claim as a reviewer reads it: what it says, in which voice, on what it leans, what is wrong.

Invariant: the words of a claim and the triples it makes of them are never apart, and no IRI is read
aloud. What nobody labels is called as the build calls it (`legation.graph.labelling`), also where
only a change that took it away still tells of it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from legation.checks.case import Case
from legation.checks.finding import SEVERITIES, Finding
from legation.desk.review.change import Amended
from legation.desk.review.dossier import Beside
from legation.desk.review.support import Support, support
from legation.graph.claim import Claim
from legation.graph.labelling import Wording
from legation.rdf.vocabulary import LANG_STRING, RDF, SKOS, XSD, local_name

_MARKS = "\"'“”‘’«»"


@dataclass(frozen=True)
class Words:
    """The words of a graph."""

    case: Case
    more: tuple[Triple, ...] = ()

    @cached_property
    def _wording(self) -> Wording:
        more = (Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in self.more)
        return Wording.of((*self.case.dataset.quads, *more), self.case.ontology)

    def of(self, node: object) -> str:
        """What a thing is called; a text in quotation marks; any other value as it is written."""
        if node == RDF.type:
            return "is a"
        if isinstance(node, NamedNode):
            return self._wording.name(node)
        if isinstance(node, Literal):
            return quoted(node.value) if is_text(node) else node.value
        return str(node)

    def kind(self, node: NamedNode) -> str:
        """The lowest class of a thing, in words; empty for a stranger."""
        return self._wording.kind(node)

    def note(self, node: NamedNode) -> str:
        """What a person noted on a thing; empty without a note."""
        values = self._wording.said.get(node, {}).get(SKOS.editorialNote, ())
        return " ".join(value.value for value in values if isinstance(value, Literal))


def is_text(literal: Literal) -> bool:
    """Whether a value is somebody's words, not a date, number or truth value."""
    return literal.datatype in (XSD.string, LANG_STRING)


def quoted(text: str) -> str:
    """Words in quotation marks, unless they bring their own.

    >>> quoted("warm greetings"), quoted("“a personal letter”")
    ('“warm greetings”', '“a personal letter”')
    """
    brings = text[:1] in _MARKS or text[-1:] in _MARKS
    return text if text and brings else f"“{text}”"


_SHOWN = 90
_UNHELD = Support()


@dataclass(frozen=True, slots=True)
class Name:
    """What a thing or value is called; the hint, a thing's IRI, shows when it is pointed at.

    Its kind is ``thing``, ``value`` or ``verbatim`` (somebody's words); its mark is ``ins`` or
    ``del`` where a change adds it or takes it away; ``lack`` says what stands for it where the
    quote does not have it.
    """

    text: str
    hint: str
    kind: str
    mark: str = ""
    lack: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """The short name of a claim, the fragment where it stands, and the first words it quotes."""

    text: str
    anchor: str
    hint: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of one thing, property by property."""

    subject: Name
    facts: tuple[tuple[Name, tuple[Name, ...]], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A claim as it is shown, without its quote.

    ``before`` is what it was if a change touched it, ``state`` then ``new``, ``changed`` or
    ``removed``, and ``anchor`` the fragment that leads to it, empty where links lead elsewhere.
    ``key`` is another one as soon as anything is that a person who ticked it has read, and
    ``kinds`` are the classes of what it describes.
    """

    claim: Claim
    before: Claim | None
    anchor: str
    state: str
    link: Link
    source: Name | None
    told: tuple[Told, ...]
    said: tuple[Told, ...]
    leans_on: tuple[Link, ...]
    conflicts_with: tuple[Link, ...]
    findings: tuple[Finding, ...]
    support: Support
    kinds: tuple[str, ...]
    key: str

    @property
    def worst(self) -> str:
        """The severity of its gravest finding; empty without any."""
        return worst(self.findings)


@dataclass(frozen=True)
class Cards:
    """What all cards of a page need; each ``anchor`` is the fragment under which a claim stands."""

    words: Words
    anchors: Mapping[NamedNode, str]
    findings: Beside
    changed: Mapping[NamedNode, Amended]
    new: Collection[NamedNode]

    def card(self, claim: Claim, *, anchored: bool = True, gone: bool = False) -> Card:
        """The card of a claim: links lead there if it is anchored; gone, it is there no longer."""
        pair = None if gone else self.changed.get(claim.iri)
        state = "removed" if gone else "new" if claim.iri in self.new else "changed" if pair else ""
        source = claim.according_to
        borne = _UNHELD if gone else support(self.words.case, claim)
        return Card(
            claim=claim,
            before=pair.before if pair else None,
            anchor=self.anchors.get(claim.iri, "") if anchored else "",
            state=state,
            link=self._link(claim.iri, f"{self.words.case.file(claim.path)}:{claim.line}"),
            source=None if source is None else self.name(source),
            told=self._facts(claim.triples, pair, pair.before.triples if pair else (), borne),
            said=self._facts(claim.said, pair, pair.before.said if pair else (), borne),
            leans_on=tuple(map(self._other, claim.leans_on)),
            conflicts_with=tuple(map(self._other, claim.conflicts_with)),
            findings=() if gone else graded(self.findings.get(claim.iri, ())),
            support=borne,
            kinds=self._kinds(claim),
            key=_key(claim),
        )

    def _kinds(self, claim: Claim) -> tuple[str, ...]:
        subjects = dict.fromkeys(t.subject for t in claim.triples)
        kinds = (self.words.kind(s) for s in subjects if isinstance(s, NamedNode))
        return tuple(dict.fromkeys(kind for kind in kinds if kind))

    def _link(self, claim: NamedNode, hint: str, quote: str = "") -> Link:
        return Link(local_name(claim), self.anchors.get(claim, ""), hint, quote)

    def _other(self, iri: NamedNode) -> Link:
        """Another claim, with the words that this one leans on or contradicts."""
        claim = self.words.case.record.claims_by_iri.get(iri)
        return self._link(iri, iri.value, "" if claim is None else _short(claim.quote))

    def name(self, node: object, mark: str = "", lack: str = "") -> Name:
        """A thing or value by its name."""
        text = self.words.of(node)
        if isinstance(node, NamedNode):
            return Name(text, node.value, "thing", mark, lack)
        kind = "verbatim" if isinstance(node, Literal) and is_text(node) else "value"
        return Name(text, "", kind, mark, lack)

    def _facts(
        self, now: Iterable[Triple], pair: Amended | None, before: Iterable[Triple], borne: Support
    ) -> tuple[Told, ...]:
        if pair is None:
            return self.told(now, borne=borne)
        gone = (triple for triple in before if triple in pair.removed)
        return self.told((*now, *gone), added=pair.added, removed=pair.removed, borne=borne)

    def told(
        self,
        triples: Iterable[Triple],
        *,
        added: Collection[Triple] = (),
        removed: Collection[Triple] = (),
        borne: Support = _UNHELD,
    ) -> tuple[Told, ...]:
        """Triples by thing, as first written, then by property, the class first."""
        table: dict[object, dict[NamedNode, list[Name]]] = {}

        def lack(node: object) -> str:
            return borne.lacking.get(node, "")

        for triple in dict.fromkeys(triples):
            mark = "ins" if triple in added else "del" if triple in removed else ""
            said = table.setdefault(triple.subject, {})
            said.setdefault(triple.predicate, []).append(
                self.name(triple.object, mark, "" if mark == "del" else lack(triple.object))
            )
        return tuple(
            Told(
                self.name(subject, lack=lack(subject)),
                tuple(
                    (self.name(predicate), tuple(values))
                    for predicate, values in sorted(said.items(), key=lambda f: f[0] != RDF.type)
                ),
            )
            for subject, said in table.items()
        )


def _key(claim: Claim) -> str:
    """Sixteen letters that are others where a claim, its words or what it says are others."""
    said = sorted(map(str, (*claim.triples, *claim.said)))
    parts = (claim.iri.value, claim.quote, claim.modality, claim.basis, claim.note, *said)
    sources = map(str, (claim.according_to, *claim.leans_on, *claim.conflicts_with))
    return sha256("\0".join((*parts, *sources)).encode("utf-8", "replace")).hexdigest()[:16]


def _short(quote: str) -> str:
    """The first words of a quote, none of them cut."""
    if len(quote) <= _SHOWN:
        return quote
    return f"{quote[:_SHOWN].rpartition(' ')[0] or quote[:_SHOWN]} …"


def graded(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings, the gravest first."""
    return tuple(sorted(findings, key=lambda f: -SEVERITIES.index(f.severity)))


def worst(findings: Iterable[Finding]) -> str:
    """The severity of the gravest finding; empty without any."""
    return next((finding.severity for finding in graded(findings)), "")
