"""Names by an optional spaCy model, for texts whose names the registry does not know.

Invariant: what the model calls a name is a candidate like any other stranger, never a thing.
"""

from importlib import import_module
from typing import Any

from legation.desk.draft.names import Mention
from legation.errors import InputError, UsageError
from legation.text.spans import Span

_KINDS = dict(PERSON="person", PER="person", ORG="body", GPE="state", LOC="place", FAC="place")


class Entities:
    """A spaCy model for names, by the name of an installed one such as ``en_core_web_sm``.

    Raises UsageError where spaCy is not installed, and InputError where the model is not.
    """

    def __init__(self, model: str) -> None:
        try:
            spacy: Any = import_module("spacy")
        except ImportError:
            raise UsageError("a model for names needs spaCy: pip install spacy") from None
        try:
            self._read: Any = spacy.load(model)
        except OSError as error:
            raise InputError(f"the spaCy model {model!r} is not installed") from error
        self.name = model

    def find(self, text: str) -> list[Mention]:
        """The names in a text, without IRIs, in text order."""
        note = f"a name by the spaCy model {self.name}; not in the registry"
        return [
            Mention(Span(e.start_char, e.end_char), e.text, _KINDS[e.label_], None, (), note)
            for e in self._read(text).ents
            if e.label_ in _KINDS and "\n" not in e.text
        ]
