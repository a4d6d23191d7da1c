"""Names by an optional spaCy model, for texts whose names the registry does not know.

Invariant: what the model calls a name is a candidate like any other stranger, never a thing.
"""

from importlib import import_module
from typing import Any

from legation.desk.draft.names import Mention
from legation.errors import InputError, UsageError
from legation.text.spans import Span

_KINDS = {
    "PERSON": "person",
    "PER": "person",
    "ORG": "body",
    "GPE": "state",
    "LOC": "place",
    "FAC": "place",
}


class Entities:
    """A spaCy model for names, by the name of an installed one such as ``en_core_web_sm``.

    Raises:
        UsageError: spaCy is not installed.
        InputError: The model is not installed.
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
        return [
            Mention(
                Span(entity.start_char, entity.end_char),
                entity.text,
                _KINDS[entity.label_],
                None,
                (),
                f"a name by the spaCy model {self.name}; not in the registry",
            )
            for entity in self._read(text).ents
            if entity.label_ in _KINDS and "\n" not in entity.text
        ]
