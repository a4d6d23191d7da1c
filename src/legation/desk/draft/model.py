"""The suggesters: a language model behind an OpenAI-compatible endpoint, and an answer in a file.

Invariant: a model is off unless asked for, and what it answers is only read; whether it holds is
for `legation.desk.draft.trial` to say. An article is asked about as a whole where it is short, else
in windows of sentences, each with what was proposed for those before.
"""

import json
import os
import re
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from legation.desk.draft.prompt import SCHEMA, Prompt, complaint, prompt, task_digest
from legation.desk.draft.proposal import Assignment, Objection, Suggested
from legation.desk.draft.reading import Sentence
from legation.desk.draft.reply import Interpreter
from legation.errors import EndpointError, UsageError
from legation.graph.workspace import Workspace
from legation.store.wire import reply_to

_MOST_BYTES = 4 * 1024 * 1024
_FORMAT = {
    "type": "json_schema",
    "json_schema": {"name": "claims", "strict": True, "schema": SCHEMA},
}


@dataclass(frozen=True)
class Model:
    """A model at a base address such as ``https://host/v1``.

    ``seconds`` are for one answer, ``window`` how many code points of sentences one request has.
    """

    url: str
    key: str
    model: str
    workspace: Workspace
    seconds: float = 300.0
    window: int = 6_000

    @classmethod
    def from_environment(cls, workspace: Workspace) -> "Model":
        """The model that the environment names; UsageError where it names none."""
        url = os.environ.get("LEGATION_SUGGEST_URL", "")
        model = os.environ.get("LEGATION_SUGGEST_MODEL", "")
        if not url or not model:
            raise UsageError("--model needs LEGATION_SUGGEST_URL and LEGATION_SUGGEST_MODEL")
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError(f"LEGATION_SUGGEST_URL is {url!r}; give an http(s) address")
        key = os.environ.get("LEGATION_SUGGEST_KEY", "")
        return cls(url, key, model, workspace)

    @property
    def name(self) -> str:
        """What it and its task are called, for the reader of a draft."""
        return f"the model {self.model}, prompt {task_digest(self.workspace)}"

    def suggest(self, given: Assignment) -> Suggested:
        """Ask the model about the sentences; EndpointError where the endpoint fails."""
        found = Suggested()
        for number, window in enumerate(_windows(given.wanted, self.window)):
            asked = prompt(replace(given, wanted=tuple(window)), found.proposals)
            scope = f"{number}." if number else ""
            found = found.with_more(Interpreter(given).read(self._ask(asked, ""), scope))
        return found

    def mend(self, given: Assignment, refused: Sequence[Objection]) -> Suggested:
        """Tell the model once what was wrong; nothing where it does not answer then."""
        try:
            return Interpreter(given).read(self._ask(prompt(given), complaint(refused)))
        except EndpointError:  # what stood its trial already is not to be lost for it
            return Suggested()

    def _ask(self, asked: Prompt, more: str) -> str:
        messages = [
            {"role": "system", "content": asked.task},
            {"role": "user", "content": asked.matter + more},
        ]
        body: dict[str, object] = {"model": self.model, "messages": messages}
        try:
            return self._post({**body, "temperature": 0, "response_format": _FORMAT})
        except EndpointError as error:
            if not re.search(r" answers (?:400|415|422|501)\b", str(error)):
                raise
            return self._post(body)  # an endpoint that knows neither schemas nor temperatures

    def _post(self, body: dict[str, object]) -> str:
        headers = {"Content-Type": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        place = f"{self.url.rstrip('/')}/chat/completions"
        data = json.dumps(body).encode("utf-8")
        request = urllib.request.Request(place, data, headers)
        answer = reply_to(request, seconds=self.seconds, most=_MOST_BYTES).body
        try:
            return str(json.loads(answer)["choices"][0]["message"]["content"])
        except (ValueError, LookupError, TypeError, RecursionError) as error:
            raise EndpointError(f"{self.url} does not answer as a chat endpoint does") from error


@dataclass(frozen=True)
class Relayed:
    """An answer that somebody got by hand to the prompt of `prompt`, from whatever assistant."""

    text: str
    origin: str
    workspace: Workspace

    @property
    def name(self) -> str:
        """What it and its task are called, for the reader of a draft."""
        return f"the answer {self.origin}, prompt {task_digest(self.workspace)}"

    def suggest(self, given: Assignment) -> Suggested:
        """What the answer proposes."""
        return Interpreter(given).read(self.text)

    def mend(self, given: Assignment, refused: Sequence[Objection]) -> Suggested:
        """Nothing; whoever asked may ask again."""
        return Suggested()


def _windows(sentences: Sequence[Sentence], most: int) -> Iterator[list[Sentence]]:
    window: list[Sentence] = []
    for sentence in sentences:
        if window and sum(len(s.text) for s in (*window, sentence)) > most:
            yield window
            window = []
        window.append(sentence)
    if window:
        yield window
