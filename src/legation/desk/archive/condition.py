"""In what condition a text is, for whoever will annotate it.

Invariant: nothing is changed; each remark says what was seen, and what to do about it.
"""

import re
from collections.abc import Iterator

from legation.text.arrangement import flowing
from legation.text.dateline import dateline
from legation.text.stops import has_rules

_MOST = 5
# "KimJong Un", "Mr.Smith", "left.The"; but "McKay", "MacLean" and names that firms give themselves.
_GLUED = re.compile(
    r"\b(?!Mac[A-Z]|(?:YouTube|WhatsApp|TikTok|LinkedIn|WeChat|PayPal)\b)"
    r"(?:[^\W\d_][a-zа-яё]{2,}[A-ZА-ЯЁ][a-zа-яё]+|(?:Mr|Mrs|Ms|Dr|Gen|Prof|[a-zа-яё]{3,})\.[A-ZА-ЯЁ][a-zа-яё]+)\b"
)


def remarks(text: str, language: str) -> Iterator[str]:
    """What a person should know of a text before annotating it, in a language given by its tag."""
    base = language.partition("-")[0].lower()
    if base not in ("", "en"):
        unseen = "" if base in ("ko", "ru") else ", and does not see who says what"
        yield f"in {language!r} a draft reads only dates that name a month or a year{unseen}"
    if language and not has_rules(language):
        yield (
            f"there are no rules for sentences in {language!r}: they end at full stops, whatever "
            "these stand for; see legation coverage"
        )
    if flowing(text, language) != text:
        yield (
            "its lines are wrapped: names and sentences are read across them; a quote keeps the "
            "break where it stands, which legation pin --fix puts in"
        )
    if glued := list(dict.fromkeys(_GLUED.findall(text))):
        shown = ", ".join(map(repr, glued[:_MOST])) + ("…" if len(glued) > _MOST else "")
        yield f"words may be glued together: {shown}; a name in them is not found"
    line = dateline(text)
    if line is not None and line.agency:
        yield (
            f"its dateline names {line.agency}, whose report it is: as its publisher, or as the "
            "report that it relays (prov:wasDerivedFrom); its place and day are of the report"
        )
