"""Adjectives of states: "the Japanese Embassy" is not Japan.

Invariant: an adjective is still shown as a name of its state, and a person may make more of it;
by itself it makes the state no actor.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from legation.desk.draft.mention import Mention
from legation.desk.draft.names import Finder
from legation.graph.registry import key

_SUFFIX = re.compile(r"(?:ese|ian|ean|an|ish|ch|ic|i)$")
_IRREGULAR = frozenset(
    """afghan american argentine british czech danish dutch emirati filipino finnish french german
    greek irish kazakh kyrgyz lao norwegian philippine polish saudi scottish slovak slovene soviet
    spanish swiss tajik thai togolese turkmen uzbek welsh""".split()
)
_BEFORE_A_NOUN = re.compile(r"(?:-[a-z]|[ \u00a0]+[^\W\d_])")
_ACTS = re.compile(r"\s+(?:has|have|had|is|are|was|were|will|would|said|say)\b")


def marked(text: str, mentions: Iterable[Mention], finder: Finder) -> list[Mention]:
    """Mark the mentions that are an adjective of a state before a noun.

    Args:
        text: The decoded article text.
        mentions: Mentions by names of the registry.
        finder: The registry's names.

    Returns:
        All mentions in their order.
    """
    return [
        replace(m, is_adjective=True, note="an adjective before a noun: no actor by itself")
        if _is_adjective(text, m, finder)
        else m
        for m in mentions
    ]


def modifies(text: str, mention: Mention) -> bool:
    """Whether an unknown name looks like an adjective before a noun: "the Velmoran office".

    Args:
        text: The decoded article text.
        mention: A name that the registry does not know.

    Returns:
        Whether it ends as adjectives of states do, and a noun may follow.
    """
    follows = re.match(r" [a-z]{3,}", text[mention.span.end :][:8]) is not None
    return mention.iri is None and follows and _SUFFIX.search(key(mention.text)) is not None


def _is_adjective(text: str, mention: Mention, finder: Finder) -> bool:
    if mention.kind != "state" or mention.iri is None:
        return False
    if _BEFORE_A_NOUN.match(text, mention.span.end) is None:
        return False
    is_people = re.search(r"\b[Tt]he $", text[max(0, mention.span.start - 5) : mention.span.start])
    if is_people and _ACTS.match(text, mention.span.end):
        return False  # the Japanese have
    return _is_derived(key(mention.text), [key(n) for n in finder.names.names(mention.iri)])


def _is_derived(form: str, names: Iterable[str]) -> bool:
    """Whether a spelling is made of another name of the same state by an ending of adjectives."""
    if form.split()[-1:] and form.split()[-1] in _IRREGULAR:
        return True
    stem = _SUFFIX.sub("", form)
    others = [name for name in names if name != form]
    if stem == form or len(stem) < 3 or any(name.endswith(f" of {form}") for name in others):
        return False
    return any(name.startswith(stem) and not name.startswith(form) for name in others)
