"""What becomes of a model's answer: proposals for what holds, remarks on what does not.

Invariant: a quote that is not in the sentence, a term that the ontology lacks, a thing that the
sentence does not name, a modality that its content belies: each is turned down and said so.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from legation.desk.draft.proposal import Proposal, Suggested
from legation.desk.draft.reading import Reading, Sentence
from legation.rdf.ontology import Ontology
from legation.rdf.vocabulary import EDTF, LEG, PROV, RDF, RDFS, XSD, compact, expand
from legation.text.dates import is_edtf
from legation.text.spans import Span, occurrences

_NEW_KINDS = ("event", "statement", "plan", "tenure", "participation")
_MODALITIES = ("asserted", "opinion", "predicted", "planned", "denied")
_MOST_TRIPLES = 12


class _Refused(Exception):
    """A part of an answer that cannot be taken, with the reason."""


@dataclass(frozen=True)
class Judge:
    """Judges answers for one workspace.

    Args:
        author: Who answered, as a noun phrase ("the model x").
        prefixes: The workspace's prefixes.
        ontology: The terms that may be used.
    """

    author: str
    prefixes: Mapping[str, str]
    ontology: Ontology

    def judged(self, reading: Reading, sentence: Sentence, answer: str) -> Suggested:
        """Sort an answer.

        Args:
            reading: The article.
            sentence: The sentence that was asked about.
            answer: The model's words.

        Returns:
            What passes, and a remark on each claim that does not.
        """
        proposals: list[Proposal] = []
        remarks: list[str] = []
        for number, raw in enumerate(_claims(answer), start=1):
            try:
                proposals.append(self._proposal(reading, sentence, raw, number))
            except _Refused as error:
                remarks.append(f"turned down, of {self.author}: {error}")
        return Suggested(tuple(proposals), tuple(remarks))

    def _proposal(self, reading: Reading, sentence: Sentence, raw: object, number: int) -> Proposal:
        if not isinstance(raw, dict):
            raise _Refused(f"not a claim: {raw!r:.80}")
        quote, modality = str(raw.get("quote", "")), str(raw.get("modality", ""))
        at = occurrences(sentence.text, quote)
        if len(at) != 1:
            place = "more than once" if at else "not"
            raise _Refused(f"the quote {quote!r:.80} stands {place} in the sentence")
        if modality not in _MODALITIES:
            raise _Refused(f"{modality!r:.40} is no modality that it may give")
        scope = f"{reading.article.slug}-{sentence.number:02d}"
        triples = tuple(self._triples(raw.get("triples"), quote, scope, sentence))
        _refuse_mixture(triples, modality)
        start = sentence.span.start + at[0]
        note = f"Suggested by {self.author}. {raw.get('note') or ''}".strip()
        activity, described = self._activity(reading)
        return Proposal(
            Span(start, start + len(quote)),
            triples,
            modality,
            note=" ".join(note.split())[:500],
            beside=described,
            activity=activity,
        )

    def _activity(self, reading: Reading) -> tuple[NamedNode, tuple[Triple, ...]]:
        slug = re.sub(r"[^a-z0-9]+", "-", self.author.lower()).strip("-")
        node = NamedNode(f"urn:legation:activity:{reading.article.slug}-suggested-by-{slug}")
        label = Literal(f"suggestions by {self.author}", language="en")
        return node, (
            Triple(node, RDF.type, PROV.Activity),
            Triple(node, RDFS.label, label),
        )

    def _triples(self, raw: object, quote: str, scope: str, sentence: Sentence) -> Iterator[Triple]:
        if not isinstance(raw, list) or not 1 <= len(raw) <= _MOST_TRIPLES:
            raise _Refused(f"a claim has 1 to {_MOST_TRIPLES} triples")
        for row in raw:
            if not isinstance(row, list) or len(row) != 3:
                raise _Refused(f"not a triple: {row!r:.80}")
            predicate = self._predicate(row[1])
            subject = self._thing(row[0], scope, sentence)
            yield Triple(
                subject, predicate, self._object(row[2], predicate, quote, scope, sentence)
            )

    def _predicate(self, raw: object) -> NamedNode:
        if raw in ("a", "rdf:type"):
            return RDF.type
        node = expand(str(raw), dict(self.prefixes))
        is_known = node in self.ontology.object_properties | self.ontology.datatype_properties
        if node is None or not is_known or node in _DERIVED:
            raise _Refused(f"{raw!r:.60} is no property that it may use")
        return node

    def _thing(self, raw: object, scope: str, sentence: Sentence) -> NamedNode:
        """A known thing that the sentence may mean, or a new one scoped to the sentence."""
        kind, _, slug = str(raw).partition(":")
        node = expand(str(raw), dict(self.prefixes))
        if node is not None and any(g.iri == node for m in sentence.mentions for g in m.candidates):
            return node
        if kind in _NEW_KINDS and re.fullmatch(r"[a-z0-9][a-z0-9-]{0,60}", slug):
            own = slug.removeprefix(f"{scope}-")
            return NamedNode(f"{self.prefixes[kind]}{scope}-{own}")
        raise _Refused(f"{raw!r:.60} is neither named in the sentence nor a new event or statement")

    def _object(
        self, raw: object, predicate: NamedNode, quote: str, scope: str, sentence: Sentence
    ) -> NamedNode | Literal:
        if predicate == RDF.type:
            node = expand(str(raw), dict(self.prefixes))
            if node is None or node not in self.ontology.classes:
                raise _Refused(f"{raw!r:.60} is no class of the ontology")
            return node
        is_literal = predicate in self.ontology.datatype_properties
        if isinstance(raw, dict):
            if not is_literal:
                raise _Refused(f"{compact(predicate)} points at a thing, not at a text")
            return _literal(raw, predicate, quote)
        if is_literal:
            raise _Refused(f"{compact(predicate)} has a text or date, not {raw!r:.60}")
        value = expand(str(raw), dict(self.prefixes))
        if value is not None and value in self.ontology.values:
            return value
        return self._thing(raw, scope, sentence)


_DERIVED = (
    LEG.earliest,
    LEG.latest,
    LEG.describes,
    LEG.origin,
    LEG.quote,
    LEG.charStart,
    LEG.charEnd,
)


def _claims(answer: str) -> Sequence[object]:
    """The claims in an answer; models like to wrap JSON in a fence of backquotes."""
    body = re.sub(r"^\s*```(?:json)?|```\s*$", "", answer.strip())
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return ["an answer that is not JSON"]
    claims = found.get("claims") if isinstance(found, dict) else None
    return claims if isinstance(claims, list) else ["an answer without claims"]


def _literal(raw: Mapping[str, object], predicate: NamedNode, quote: str) -> Literal:
    if "edtf" in raw:
        text = str(raw["edtf"])
        if not is_edtf(text):
            raise _Refused(f"{text!r:.40} is no EDTF date")
        return Literal(text, datatype=EDTF)
    text = str(raw.get("value", ""))
    if predicate == LEG.negated:
        return Literal("true", datatype=XSD.boolean)
    if not text or text not in quote:
        raise _Refused(f"the text {text!r:.60} does not stand in the quote")
    return Literal(text)


def _refuse_mixture(triples: Sequence[Triple], modality: str) -> None:
    """Modality and content must agree, or an opinion would pass for a fact."""
    types = {t.object for t in triples if t.predicate == RDF.type}
    wanted = {
        "opinion": LEG.Opinion,
        "predicted": LEG.Prediction,
        "planned": LEG.Plan,
        "denied": LEG.Denial,
    }
    for name, kind in wanted.items():
        if (name == modality) != (kind in types):
            raise _Refused(f"the modality {modality!r} and {compact(kind)} do not agree")
