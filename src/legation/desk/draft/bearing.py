"""What stands around a name: other capitals, words that tell city from government.

Invariant: only the article's own words settle a doubt; likelihood never does.
"""

import re

from legation.desk.draft.lexicon import COMMON, COURTESY, RANK
from legation.text.dateline import dateline
from legation.text.spans import Span

# "Arrived in Beijing" is the city, "between Beijing and Seoul" two governments: zero is the name.
_CITY = re.compile(
    r"\b(?:in|at|near|outside|around|inside|left|"
    r"(?:visit|leav|arriv|return|flew|fly|trip|travel|c[ao]me)\w*(?:\s+(?:to|in|from))?|в|во|из)\s+(?:the\s+)?\0",
    re.IGNORECASE,
)
_GOVERNMENT = re.compile(
    r"\0['’]s\b|\0-[A-Z]|[A-Za-z]-\0|(?:^|[.!?][\"”’']?\s+|[“\"])\0\s+[a-z]|"
    r"\b(?:with|between|against|towards?|by|ties to|of|на|с|между)\s+(?:the\s+)?\0",
)


def meant(text: str, span: Span) -> tuple[str, str]:
    """Whether a capital's name means the ``place`` or the ``state``, and why; empty in doubt."""
    line_start = text.rfind("\n", 0, span.start) + 1
    line = dateline(text)
    if line is not None and line.start <= span.start < line.start + len(line.place):
        return "place", "the place of a dateline"
    around = f"{text[line_start : span.start]}\0{text[span.end : span.end + 9]}"
    for kind, what, pattern in (
        ("place", "the city", _CITY),
        ("state", "its government", _GOVERNMENT),
    ):
        if found := pattern.search(around):
            return kind, f"{what}, by {found[0].strip(chr(0)).strip()!r} beside it"
    return "", ""


def is_part_of_a_name(text: str, span: Span) -> bool:
    """Whether another capitalised word stands beside a word, but for a title or "Then"."""
    if re.match(r"(?: |-)[A-Z][a-z]", text[span.end :]):
        return True
    before = re.search(r"([A-Z][\w’'-]*)\.?[ ]$", text[max(0, span.start - 40) : span.start])
    word = "" if before is None else before.group(1)
    is_rank = re.fullmatch(rf"(?i:{RANK})|{COURTESY}", word) is not None
    return bool(word) and not is_rank and word.lower() not in COMMON
