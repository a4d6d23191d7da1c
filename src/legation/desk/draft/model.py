"""The suggester that asks a language model over an OpenAI-compatible endpoint.

Invariant: off unless asked for. What the model answers is data to be judged: a quote that is not
in the sentence, a term that the ontology lacks, a thing that nobody declared, is turned down and
said so; what passes is marked with the model's name and stays a comment.
"""

import http.client
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from legation.desk.draft.judge import Judge
from legation.desk.draft.proposal import Suggested
from legation.desk.draft.reading import Reading, Sentence
from legation.errors import EndpointError, UsageError
from legation.graph.workspace import Workspace
from legation.rdf.ontology import Ontology
from legation.rdf.vocabulary import compact

_MOST_BYTES = 4 * 1024 * 1024
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
    """A model behind an OpenAI-compatible endpoint.

    Args:
        url: The base address, such as ``https://host/v1``.
        key: The key; empty for an endpoint that wants none.
        model: The model's name.
        prefixes: The workspace's prefixes.
        ontology: The terms it may use.
        seconds: How long one answer may take.
    """

    url: str
    key: str
    model: str
    prefixes: Mapping[str, str]
    ontology: Ontology
    seconds: float = 60.0

    @classmethod
    def from_environment(cls, workspace: Workspace) -> "Model":
        """The model that the environment names.

        Args:
            workspace: For its prefixes and terms.

        Returns:
            The suggester.

        Raises:
            UsageError: ``LEGATION_SUGGEST_URL`` or ``LEGATION_SUGGEST_MODEL`` is not set.
        """
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
        """Ask the model about each sentence that is not page furniture.

        Args:
            reading: The article.
            sentences: The open sentences.

        Returns:
            What passed, with a remark on what did not, by the sentence's number.

        Raises:
            EndpointError: The endpoint fails.
        """
        judge = Judge(self.name, self.prefixes, self.ontology)
        return {
            sentence.number: judge.judged(reading, sentence, self._ask(sentence))
            for sentence in sentences
            if not sentence.reason
        }

    def _ask(self, sentence: Sentence) -> str:
        known = sorted(
            {
                f"{compact(g.iri, dict(self.prefixes))} = {g.label}"
                for m in sentence.mentions
                for g in m.candidates
            }
        )
        classes = sorted(compact(c) for c in self.ontology.classes)
        properties = sorted(compact(p) for p in self.ontology.properties)
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
        kind = (
            http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        )
        connection = kind(parts.hostname, parts.port, timeout=self.seconds)
        headers = {"Content-Type": "application/json", "Connection": "close"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        try:
            path = f"{parts.path.rstrip('/')}/chat/completions"
            connection.request("POST", path, body, headers)
            response = connection.getresponse()
            data = response.read(_MOST_BYTES + 1)
        except (OSError, http.client.HTTPException) as error:
            raise EndpointError(f"{self.url} cannot be asked ({_reason(error)})") from error
        finally:
            connection.close()
        if response.status != 200 or len(data) > _MOST_BYTES:
            raise EndpointError(f"{self.url} answers {response.status} with {len(data):,} bytes")
        try:
            return str(json.loads(data)["choices"][0]["message"]["content"])
        except (ValueError, LookupError, TypeError) as error:
            raise EndpointError(f"{self.url} does not answer as a chat endpoint does") from error


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__
