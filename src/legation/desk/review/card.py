"""A claim as a reviewer reads it: what it says, in which voice, on what it leans, what is wrong.

Invariant: the words of a claim and the triples it makes of them are never apart.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Triple

from legation.checks.finding import SEVERITIES, Finding
from legation.desk.review.change import Changed
from legation.desk.review.markup import EMPTY, Markup, classes, join, listed, tag
from legation.desk.review.wording import Fact, Words, facts, is_text
from legation.graph.claim import Claim
from legation.rdf.vocabulary import local_name

_SHOWN = 90
_NOTHING: frozenset[Triple] = frozenset()


@dataclass(frozen=True)
class Cards:
    """What all cards of a page need.

    Attributes:
        words: The words of the graph.
        anchors: The fragment under which each claim stands on this page.
        findings: The findings beside each passage.
        changed: The claims that say something else than before, by IRI.
        new: The claims that were not there before.
    """

    words: Words
    anchors: Mapping[NamedNode, str]
    findings: Mapping[NamedNode, tuple[Finding, ...]] = field(default_factory=dict)
    changed: Mapping[NamedNode, Changed] = field(default_factory=dict)
    new: Collection[NamedNode] = ()

    def claim(self, claim: Claim, *, anchored: bool = True, gone: bool = False) -> Markup:
        """The card of one claim, without its quote.

        Args:
            claim: The claim.
            anchored: Whether links to the claim lead here.
            gone: Whether the claim is no longer there.

        Returns:
            The card.
        """
        pair = None if gone else self.changed.get(claim.iri)
        state = "removed" if gone else "new" if claim.iri in self.new else "changed" if pair else ""
        found = () if gone else self.findings.get(claim.iri, ())
        return tag(
            "section",
            self._voice(claim, pair, state),
            self._facts(claim, pair),
            self._leaning(claim),
            self._notes(claim, pair),
            problems(found),
            id=self.anchors.get(claim.iri) if anchored else None,
            class_=classes("claim", state, worst(found)),
            data_voice=claim.modality or "missing",
        )

    def _voice(self, claim: Claim, pair: Changed | None, state: str) -> Markup:
        """Modality, attribution, and the claim's own name at the end of the line."""
        return tag(
            "p",
            tag("span", state, class_="state") if state else None,
            self._modality(claim, pair),
            self._source(claim),
            self.name(claim),
            class_="voice",
        )

    def _modality(self, claim: Claim, pair: Changed | None) -> Markup:
        word = claim.modality or "no modality"
        if pair is not None and pair.before.modality != claim.modality:
            word_before = pair.before.modality or "no modality"
            return tag("span", tag("del", word_before), " ", tag("ins", word), class_="modality")
        return tag("span", word, class_="modality")

    def _source(self, claim: Claim) -> Markup:
        if claim.according_to is None:
            return EMPTY
        name = self.words.of(claim.according_to)
        return tag("span", "according to ", self.thing(claim.according_to, name), class_="source")

    def name(self, claim: Claim) -> Markup:
        """The short name of a claim, and where it stands in its file.

        Args:
            claim: The claim.

        Returns:
            A link to its card where there is one on the page.
        """
        place = f"{self.words.case.file(claim.path)}:{claim.line}"
        return self._link(claim.iri, local_name(claim.iri), class_="name", hint=place)

    def _link(self, claim: NamedNode, text: str, *, class_: str, hint: str) -> Markup:
        anchor = self.anchors.get(claim)
        if anchor is None:
            return tag("span", text, class_=class_, title=hint)
        return tag("a", text, class_=class_, href=f"#{anchor}", title=hint)

    def thing(self, node: object, text: str | None = None) -> Markup:
        """A thing by its name; its IRI shows when it is pointed at.

        Args:
            node: The thing or value.
            text: Its name, if that is known already.

        Returns:
            The name.
        """
        if not isinstance(node, NamedNode):
            kind = "verbatim" if isinstance(node, Literal) and is_text(node) else "value"
            return tag("span", tag("bdi", text or self.words.of(node)), class_=kind)
        return tag(
            "span", tag("bdi", text or self.words.of(node)), class_="thing", title=node.value
        )

    def _facts(self, claim: Claim, pair: Changed | None) -> Markup:
        if pair is None:
            return self.facts(claim.triples)
        triples = (*claim.triples, *(t for t in pair.before.triples if t in pair.removed))
        return self.facts(triples, added=pair.added, removed=pair.removed)

    def facts(
        self,
        triples: Iterable[Triple],
        *,
        added: Collection[Triple] = _NOTHING,
        removed: Collection[Triple] = _NOTHING,
    ) -> Markup:
        """Triples in words.

        Args:
            triples: The triples.
            added: Those to mark as added.
            removed: Those to mark as taken away.

        Returns:
            A list for each thing they speak of.
        """
        told = facts(triples)
        if not told:
            return tag("p", "says nothing: no triple", class_="empty")
        return join([self._told(subject, found, added, removed) for subject, found in told.items()])

    def _told(
        self,
        subject: object,
        found: tuple[Fact, ...],
        added: Collection[Triple],
        removed: Collection[Triple],
    ) -> Markup:
        lines = [
            join(
                tag("dt", self.thing(fact.predicate)),
                tag(
                    "dd",
                    listed([_marked(self.thing(t.object), t, added, removed) for t in fact.values]),
                ),
            )
            for fact in found
        ]
        return tag("div", tag("h4", self.thing(subject)), tag("dl", lines), class_="told")

    def _leaning(self, claim: Claim) -> Markup:
        return join(
            self._links("leans on", claim.leans_on, "lean"),
            self._links("conflicts with", claim.conflicts_with, "conflict"),
        )

    def _links(self, words: str, claims: Iterable[NamedNode], class_: str) -> Markup:
        """Other claims, each with the words that this one leans on or contradicts."""
        items = [tag("li", self._other(iri)) for iri in claims]
        return tag("div", tag("span", words), tag("ul", items), class_=class_) if items else EMPTY

    def _other(self, iri: NamedNode) -> Markup:
        name = self._link(iri, local_name(iri), class_="to", hint=iri.value)
        claim = self.words.case.record.claims_by_iri.get(iri)
        if claim is None:
            return join(name, " (not here)")
        return join(tag("q", tag("bdi", _short(claim.quote))), " ", name)

    def _notes(self, claim: Claim, pair: Changed | None) -> Markup:
        before = claim.note if pair is None else pair.before.note
        if before == claim.note:
            return tag("p", tag("bdi", claim.note), class_="note") if claim.note else EMPTY
        was = tag("del", before) if before else None
        return tag("p", was, " ", tag("ins", claim.note) if claim.note else None, class_="note")


def _short(quote: str) -> str:
    """The first words of a quote, none of them cut."""
    if len(quote) <= _SHOWN:
        return quote
    return f"{quote[:_SHOWN].rpartition(' ')[0] or quote[:_SHOWN]} …"


def _marked(
    words: Markup, triple: Triple, added: Collection[Triple], removed: Collection[Triple]
) -> Markup:
    if triple in added:
        return tag("ins", words)
    return tag("del", words) if triple in removed else words


def problems(findings: Iterable[Finding]) -> Markup:
    """Findings where they belong.

    Args:
        findings: The findings.

    Returns:
        A list of them; empty when there is none.
    """
    items = [
        tag(
            "li",
            tag("b", finding.severity),
            " ",
            tag("bdi", finding.message),
            tag("span", " — did you mean ", tag("bdi", finding.suggestion), "?", class_="hint")
            if finding.suggestion
            else None,
            " ",
            tag("span", finding.rule, class_="rule", title=f"{finding.file}:{finding.line}"),
            class_=finding.severity,
        )
        for finding in sorted(findings, key=lambda f: -SEVERITIES.index(f.severity))
    ]
    return tag("ul", items, class_="findings") if items else EMPTY


def worst(findings: Iterable[Finding]) -> str:
    """The class of a card by its gravest finding.

    Args:
        findings: Its findings.

    Returns:
        ``has-error``, ``has-warning``, ``has-note``, or an empty string.
    """
    found = {finding.severity for finding in findings}
    return next((f"has-{s}" for s in ("error", "warning", "note") if s in found), "")
