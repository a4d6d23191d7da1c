"""An answer read: what a model or an assistant wrote becomes proposals in the workspace's terms.

Invariant: what stands around the JSON is passed over, what stands in it is only read here; whether
it holds is for `legation.desk.draft.trial` to say. A new thing that has the IRI of a thing of
another article gets one of its own, so that no answer can speak of what its article does not tell.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Triple

from legation.desk.draft.proposal import Assignment, Objection, Proposal, Suggested
from legation.errors import InputError
from legation.rdf import trig
from legation.rdf.vocabulary import RDF, RDFS, compact, expand
from legation.text.spans import occurrences

_MOST_CLAIMS = 1_000
_MOST_TRIALS = 2_000  # of places where JSON might begin
_LONGEST = 4_000  # of one text, in code points
_KEY = "urn:legation:proposal:"
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?")


@dataclass(frozen=True)
class Interpreter:
    """Reads answers on one article."""

    given: Assignment

    def read(self, answer: str, scope: str = "") -> Suggested:
        """The proposals in an answer; what cannot be read is told with the reason.

        ``scope`` tells the ids of several answers apart.
        """
        whole = _json(answer)
        if whole is None:
            why = "it holds no JSON of the form asked"
            return Suggested(unread=(Objection("the answer", why),))
        proposals: list[Proposal] = []
        unread: list[Objection] = []
        for row in [*_rows(whole, "claims"), *_rows(whole, "omissions")][:_MOST_CLAIMS]:
            try:
                proposals.append(self._proposal(row, scope))
            except _Unreadable as error:
                raw = row if isinstance(row, dict) else {}
                label, quote = scope + (_text(raw, "id") or f"{row!r:.40}"), _text(raw, "quote")
                at = self._start(raw, quote)
                unread.append(Objection(label, str(error), quote, _text(raw, "says"), at or 0))
        names = tuple(t for row in _rows(whole, "names") for t in self._name(row))
        return Suggested(tuple(proposals), names, tuple(unread))

    def _proposal(self, row: object, scope: str) -> Proposal:
        if not isinstance(row, dict):
            raise _Unreadable(f"not a claim: {row!r:.80}")
        quote, voice = _text(row, "quote"), _text(row, "accordingTo")
        start = self._start(row, quote)
        if reason := _value(row, "reason"):
            return Proposal(quote, (), start=start, reason=reason)
        contents = [c for c in _rows(row, "contents") if isinstance(c, dict)]
        return Proposal(
            quote,
            self._triples(_text(row, "says")),
            note=" ".join(_text(row, "note").split()),
            basis=_value(row, "basis"),
            start=start,
            leans_on=tuple(self._leaning(one, scope) for one in _rows(row, "leansOn")),
            according_to=self._node(voice) if voice else None,
            attribution="fromContext" if voice and row.get("fromContext") is True else "",
            contents=tuple(
                (self._node(_text(c, "iri")), self._triples(_text(c, "says"))) for c in contents
            ),
            key=_key(scope + _text(row, "id")),
        )

    def _start(self, row: dict[str, object], quote: str) -> int | None:
        """Where the sentence that the answer names has the quote; None where it has not, once."""
        spans = {s.number: s.span for s in self.given.reading.sentences}
        number = row.get("sentence")
        span = spans.get(number) if isinstance(number, int) else None
        at = [] if span is None or not quote else occurrences(self.given.reading.text, quote)
        inside = [start for start in at if span is not None and span.start <= start < span.end]
        return inside[0] if len(inside) == 1 else None

    def _name(self, row: object) -> Iterator[Triple]:
        """An entry: the class where one is given, and the label."""
        try:
            if not isinstance(row, dict) or not _text(row, "label").strip():
                return
            thing = self._node(_text(row, "iri"))
            if kind := _text(row, "class"):
                yield Triple(thing, RDF.type, self._node(kind))
            language = self.given.reading.article.language or "en"
            label = " ".join(_text(row, "label").split())
            yield Triple(thing, RDFS.label, Literal(label, language=language))
        except (_Unreadable, ValueError):
            return  # a claim that uses it is turned down with the reason

    def _leaning(self, name: object, scope: str) -> NamedNode:
        text = str(name)
        known = expand(text, self.given.workspace.prefixes) if ":" in text else None
        earlier = _key(text.removeprefix("proposal:")) if text.startswith("proposal:") else None
        return known or earlier or _key(scope + text) or self._node(text)

    def _triples(self, says: str) -> tuple[Triple, ...]:
        heads = (f"@prefix {p}: <{iri}> ." for p, iri in self.given.workspace.prefixes.items())
        text = says if says.rstrip().endswith(".") or not says.strip() else f"{says} ."
        try:
            parsed = trig.parse(f"{' '.join(heads)}\n{text}".encode(), Path("says"))
        except InputError as error:
            raise _Unreadable(f"what it says is no Turtle ({error})") from error
        quads = [located.quad for located in parsed.quads]
        if any(q.graph_name != DefaultGraph() or _is_blank(q.triple) for q in quads):
            raise _Unreadable("what it says has a graph or a blank node: name each thing")
        return tuple(
            Triple(self._own(q.subject), self._own(q.predicate), self._own(q.object))  # type: ignore[arg-type]
            for q in quads
        )

    def _node(self, name: str) -> NamedNode:
        node = expand(name, self.given.workspace.prefixes)
        if node is None or not re.fullmatch(r"\w+:[\w-]+", name):
            raise _Unreadable(f"{name!r:.60} names no thing and no term")
        return self._own(node)  # type: ignore[return-value]

    def _own(self, node: object) -> object:
        """A term as it is; a new thing under an IRI that no other article has."""
        if not isinstance(node, NamedNode):
            return node
        if compact(node, self.given.workspace.prefixes).startswith("<"):
            raise _Unreadable(f"{node.value!r:.60} names no thing and no term")
        for kind in self.given.workspace.ontology.told:
            base = self.given.workspace.prefixes[kind]
            if node.value.startswith(base):
                slug = node.value.removeprefix(base)
                if not _SLUG.fullmatch(slug):
                    raise _Unreadable(f"{kind}:{slug:.60} is no slug of letters, digits, hyphens")
                scope = f"{self.given.reading.article.slug}-"
                is_taken = node in self._taken and not slug.startswith(scope)
                return NamedNode(f"{base}{scope}{slug}") if is_taken else node
        return node

    @cached_property
    def _taken(self) -> frozenset[object]:
        """What other articles tell of, but for what this one's own words name."""
        here = self.given.reading.article.path
        named = {m.iri for m in self.given.reading.mentions}
        quads = [q for q in self.given.record.quads("registry", "article") if q.path != here]
        return frozenset(n for q in quads for n in (q.quad.subject, q.quad.object)) - named


class _Unreadable(Exception):
    """A part of an answer that cannot be read, with the reason."""


def _key(name: str) -> NamedNode | None:
    return NamedNode(_KEY + name) if re.fullmatch(r"[\w.-]{1,40}", name) else None


def _is_blank(triple: Triple) -> bool:
    return isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode)


def _text(row: dict[str, object], name: str) -> str:
    value = row.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return value if isinstance(value, str) and len(value) <= _LONGEST else ""


def _value(row: dict[str, object], name: str) -> str:
    """The local name of a value of the ontology."""
    value = _text(row, name).removeprefix("leg:")
    if not re.fullmatch(r"[A-Za-z]*", value):
        raise _Unreadable(f"{value!r:.40} is no {name}")
    return value


def _rows(row: dict[str, object], name: str) -> list[object]:
    value = row.get(name)
    return value if isinstance(value, list) else []


def _json(answer: str) -> dict[str, object] | None:
    """The last object with claims in a text; else the single claims of one that was cut."""
    decoder = json.JSONDecoder()
    found: list[dict[str, object]] = []
    at, trials = answer.find("{"), 0
    while at >= 0 and trials < _MOST_TRIALS:
        trials += 1
        try:
            value, end = decoder.raw_decode(answer, at)
        except (ValueError, RecursionError):
            end = at + 1
        else:
            found.append(value)
        at = answer.find("{", end)
    whole = [value for value in found if isinstance(value.get("claims"), list)]
    single = [value for value in found if "says" in value and "quote" in value]
    return whole[-1] if whole else {"claims": single} if single else None
