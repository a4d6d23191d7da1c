"""Lines of a page that are not the article: for these an omission is proposed, with its reason.

Invariant: a line is furniture only by a mark that stands in it or before it (a copyright sign,
"Related", "2 Comments"), or because the same words stand earlier in the text. Doubt is content.
"""

import re

from legation.graph.registry import key
from legation.text.spans import Span, alike

_BOILERPLATE = re.compile(
    r"©|\(c\) \d{4}|\ball rights reserved\b|\bnot responsible for the content\b|"
    r"\bexternal linking\b|^(?:posted on|date|by|updated|published)\s*:?$|"
    r"\bsubscri(?:be|ber|ption)\b|\bexisting member\b|\bsign up\b|\blog in\b|\bnewsletter\b|"
    r"\bcookies?\b|\bemail address\b|^(?:photo|image|file photo|video)\s*:|document\.write",
    re.IGNORECASE,
)
_ONLY_A_DATE = re.compile(
    r"^(?:\w+day,?\s+)?(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8}\.?),?\s+\d{4}"
    r"(?:,?\s+(?:at\s+)?\d{1,2}:\d{2}(?:\s*[AP]M)?(?:\s+[A-Z]{3,4})?)?$"
)
_NAVIGATION = re.compile(
    r"^(?:home|share(?: post| this)?|popular|stay connected|must read|menu|search|next|previous|"
    r"back to top|read more|tags?|topics?|advertisement|print|facebook|twitter|whatsapp)\s*:?$",
    re.IGNORECASE,
)
_TEASERS = re.compile(
    r"^(?:more like this|related(?: news| stories| articles| posts)?|more (?:stories|news|on .*)|"
    r"you may also like|recommended|most read|trending|latest news|also read|read also|"
    r"see also)\s*:?$",
    re.IGNORECASE,
)
_COMMENTS = re.compile(r"^(?:\d+ comments?|comments?|leave a reply|post a comment)\s*:?$", re.I)
_LEAST_LIST = 4


def furniture(text: str, sentences: list[Span]) -> dict[Span, str]:
    """The sentences that are page furniture.

    Args:
        text: The decoded article text.
        sentences: Its sentences in order.

    Returns:
        For each such sentence the local name of the ``leg:reason`` that fits.
    """
    listed = _closing_list(text)
    reasons: dict[Span, str] = {}
    seen: set[str] = set()
    after = ""
    for sentence in sentences:
        words = sentence.of(text)
        after = _section(words) or after
        repeated = key(alike(words))
        if after:
            reasons[sentence] = after
        elif _NAVIGATION.match(words):
            reasons[sentence] = "navigation"
        elif _BOILERPLATE.search(words) or _ONLY_A_DATE.match(words):
            reasons[sentence] = "boilerplate"
        elif repeated in seen:
            reasons[sentence] = "repetition"
        elif sentence.start >= listed:
            reasons[sentence] = "teaser"
        seen.add(repeated)
    return reasons


def _section(words: str) -> str:
    if _COMMENTS.match(words):
        return "comment"
    return "teaser" if _TEASERS.match(words) else ""


def _closing_list(text: str) -> int:
    """Where a list of headlines begins that closes a page: four lines or more without a full stop.

    Lines that are boilerplate by their own words may stand in it or behind it.
    """
    start, count = len(text), 0
    for line in reversed(list(re.finditer(r"[^\r\n]+", text))):
        words = line.group(0).strip()
        if not words or _BOILERPLATE.search(words) or _NAVIGATION.match(words) or _section(words):
            continue
        if re.search(r"[.!…。][\"”’')]*$", words):
            break
        start, count = line.start(), count + 1
    return start if count >= _LEAST_LIST else len(text)
