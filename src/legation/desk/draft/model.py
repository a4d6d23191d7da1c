"""The suggester that asks a language model over an OpenAI-compatible endpoint.

Invariant: off unless asked for. What the model answers is only read here, into proposals in the
workspace's own terms; whether they hold is for `legation.desk.draft.trial` to say. A new thing
gets an IRI of its sentence's own, so that a model can never speak of an event of another article.
"""

import json
import os
import re
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from pyoxigraph import Literal, NamedNode, Triple

from legation.desk.draft.proposal import Proposal, Suggested
from legation.desk.draft.reading import Reading, Sentence
from legation.errors import EndpointError, UsageError
from legation.graph.workspace import Workspace
from legation.rdf.ontology import Ontology
from legation.rdf.vocabulary import EDTF, RDF, XSD, compact, expand
from legation.store.wire import reply_to

_MOST_BYTES = 4 * 1024 * 1024
_MOST_TRIPLES = 12
_LONGEST_NOTE = 500
_NEW_KINDS = ("event", "statement", "plan", "tenure", "participation")
_TASK = """You annotate one sentence of a news article for a knowledge graph of diplomacy.
Answer with JSON only:
{"claims":[{"quote":"...","modality":"...","triples":[["s","p","o"]],"note":"..."}]}
Rules: a quote is copied letter by letter from the sentence. Record only what the quote alone
says. A triple is [subject, predicate, object]; use the classes and properties listed, the
predicate "a" for a type, the known things listed, and for new things the prefixes event:
statement: plan: tenure: with a short slug. A literal object is {"value":"..."}; a date is
{"edtf":"2014-10-09"}. What somebody says is a statement with leg:speaker and leg:text copied
from the quote, never a fact. What is planned is a leg:Plan with leg:planStatus. Modalities:
asserted, opinion (leg:Opinion), predicted (leg:Prediction), planned (leg:Plan), denied
(leg:Denial)."""


@dataclass(frozen=True)
class Model:
    """A model at a base address such as ``https://host/v1``; ``seconds`` are for one answer."""

    url: str
    key: str
    model: str
    prefixes: Mapping[str, str]
    ontology: Ontology
    seconds: float = 60.0

    @classmethod
    def from_environment(cls, workspace: Workspace) -> "Model":
        """The model that the environment names; UsageError where it names none."""
        url = os.environ.get("LEGATION_SUGGEST_URL", "")
        model = os.environ.get("LEGATION_SUGGEST_MODEL", "")
        if not url or not model:
            raise UsageError("--model needs LEGATION_SUGGEST_URL and LEGATION_SUGGEST_MODEL")
        key = os.environ.get("LEGATION_SUGGEST_KEY", "")
        return cls(url, key, model, workspace.prefixes, workspace.ontology)

    @property
    def name(self) -> str:
        """What it is called, for the reader of a draft."""
        return f"the model {self.model}"

    def suggest(self, reading: Reading, sentences: Sequence[Sentence]) -> dict[int, Suggested]:
        """Ask the model about each sentence; EndpointError where the endpoint fails."""
        return {
            sentence.number: self._read(self._ask(sentence), reading, sentence)
            for sentence in sentences
        }

    def _ask(self, sentence: Sentence) -> str:
        prefixes, terms = dict(self.prefixes), self.ontology
        named = ((m.iri, m.text) for m in sentence.mentions if m.iri is not None)
        known = sorted({f"{compact(iri, prefixes)} = {words}" for iri, words in named})
        said = terms.object_properties | terms.datatype_properties
        apart = terms.derived | terms.metadata  # what the build and the claim itself say
        classes = sorted(compact(c, prefixes) for c in terms.classes - apart)
        properties = sorted(compact(p, prefixes) for p in said - apart)
        question = (
            f"Sentence: {json.dumps(sentence.text, ensure_ascii=False)}\n"
            f"Known things: {'; '.join(known) or 'none'}\n"
            f"Classes: {' '.join(classes)}\nProperties: {' '.join(properties)}"
        )
        body = {
            "model": self.model,
            "temperature": 0,
            "messages": [
                {"role": "system", "content": _TASK},
                {"role": "user", "content": question},
            ],
        }
        return self._post(json.dumps(body).encode("utf-8"))

    def _post(self, body: bytes) -> str:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError(f"LEGATION_SUGGEST_URL is {self.url!r}; give an http(s) address")
        headers = {"Content-Type": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        place = f"{self.url.rstrip('/')}/chat/completions"
        request = urllib.request.Request(place, body, headers)
        data = reply_to(request, seconds=self.seconds, most=_MOST_BYTES).body
        try:
            return str(json.loads(data)["choices"][0]["message"]["content"])
        except (ValueError, LookupError, TypeError) as error:
            raise EndpointError(f"{self.url} does not answer as a chat endpoint does") from error

    def _read(self, answer: str, reading: Reading, sentence: Sentence) -> Suggested:
        scope = f"{reading.article.slug}-{sentence.number:02d}"
        proposals: list[Proposal] = []
        remarks: list[str] = []
        for raw in _claims(answer):
            try:
                proposals.append(self._proposal(raw, scope))
            except _Unreadable as error:
                remarks.append(f"turned down, of {self.name}: {error}")
        return Suggested(tuple(proposals), tuple(remarks))

    def _proposal(self, raw: object, scope: str) -> Proposal:
        if not isinstance(raw, dict):
            raise _Unreadable(f"not a claim: {raw!r:.80}")
        rows = raw.get("triples")
        if not isinstance(rows, list) or not 1 <= len(rows) <= _MOST_TRIPLES:
            raise _Unreadable(f"a claim has 1 to {_MOST_TRIPLES} triples")
        return Proposal(
            str(raw.get("quote", "")),
            tuple(self._triple(row, scope) for row in rows),
            str(raw.get("modality", "")),
            " ".join(str(raw.get("note") or "").split())[:_LONGEST_NOTE],
        )

    def _triple(self, row: object, scope: str) -> Triple:
        if not isinstance(row, list) or len(row) != 3:
            raise _Unreadable(f"not a triple: {row!r:.80}")
        subject, predicate, value = row
        return Triple(
            self._node(subject, scope),
            RDF.type if predicate == "a" else self._node(predicate, scope),
            _literal(value) if isinstance(value, dict) else self._node(value, scope),
        )

    def _node(self, raw: object, scope: str) -> NamedNode:
        """A thing or term by its name; a new thing under an IRI of the sentence's own."""
        kind, _, slug = str(raw).partition(":")
        if kind in _NEW_KINDS and re.fullmatch(r"[a-z0-9][a-z0-9-]{0,60}", slug):
            own = slug.removeprefix(f"{scope}-")
            return NamedNode(f"{self.prefixes[kind]}{scope}-{own}")
        is_short = re.fullmatch(r"\w+:[\w-]+", str(raw)) is not None
        node = expand(str(raw), dict(self.prefixes)) if is_short else None
        if node is None:
            raise _Unreadable(f"{raw!r:.60} names no thing and no term")
        return node


class _Unreadable(Exception):
    """A part of an answer that cannot be read as a claim, with the reason."""


def _claims(answer: str) -> Sequence[object]:
    """The claims in an answer; models like to wrap JSON in a fence of backquotes."""
    body = re.sub(r"^\s*```(?:json)?|```\s*$", "", answer.strip())
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return ["an answer that is not JSON"]
    claims = found.get("claims") if isinstance(found, dict) else None
    return claims if isinstance(claims, list) else ["an answer without claims"]


def _literal(raw: Mapping[str, object]) -> Literal:
    if "edtf" in raw:
        return Literal(str(raw["edtf"]), datatype=EDTF)
    value = raw.get("value", "")
    if isinstance(value, bool):
        return Literal("true" if value else "false", datatype=XSD.boolean)
    return Literal(str(value))
