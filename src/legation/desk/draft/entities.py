"""Names by an installed spaCy pipeline, for texts whose names the registry does not know.

Invariant: what a pipeline calls a name is a candidate like any other stranger, never a thing; none
is fetched: without spaCy, or without a pipeline for the language, capitals alone speak.
"""

from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import find_spec
from typing import Any

from legation.desk.draft.names import Mention
from legation.errors import InputError, UsageError
from legation.text.arrangement import flowing
from legation.text.spans import Span

_KINDS = {"PERSON": "person", "PER": "person", "ORG": "body", "GPE": "state", "NORP": "state"}
_KINDS |= {"LOC": "place", "FAC": "place", "LAW": "instrument", "EVENT": "event", "MISC": "name"}
_UNUSED = ["lemmatizer", "parser", "attribute_ruler", "morphologizer"]
_NEEDS = "a pipeline for names needs spaCy: pip install 'legation[draft]'"


class Entities:
    """A spaCy pipeline by its name, such as ``en_core_web_sm``.

    Raises UsageError where spaCy is not installed, and InputError where the pipeline is not.
    """

    def __init__(self, model: str) -> None:
        try:
            spacy: Any = import_module("spacy")
        except ImportError:
            raise UsageError(_NEEDS) from None
        try:
            self._read: Any = spacy.load(model, exclude=_UNUSED)
        except (OSError, ValueError) as error:
            here = ", ".join(installed()) or "none"
            raise InputError(f"no spaCy pipeline {model!r} is installed; here: {here}") from error
        self.name = model

    def find(self, text: str) -> list[Mention]:
        """The names in a text, without IRIs, in text order."""
        note = f"a name by the spaCy pipeline {self.name}; not in the registry"
        return [
            Mention(Span(e.start_char, e.end_char), e.text, _KINDS[e.label_], None, (), note)
            for e in self._read(flowing(text, self._read.lang)).ents
            if e.label_ in _KINDS and "\n" not in e.text
        ]


def installed() -> list[str]:
    """The installed pipelines; none where spaCy itself is not."""
    if find_spec("spacy") is None:
        return []
    return sorted(found.name for found in entry_points(group="spacy_models"))


def pipeline(wanted: str, language: str) -> Entities | None:
    """The pipeline asked for, else the first installed for a language; ``none`` asks for none."""
    if wanted == "none":
        return None
    tongue = language.partition("-")[0].lower() or "en"
    own = [name for name in installed() if name.startswith((f"{tongue}_", "xx_"))]
    chosen = wanted or next(iter(own), "")
    return Entities(chosen) if chosen else None
