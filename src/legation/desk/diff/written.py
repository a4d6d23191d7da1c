"""A difference in writing: for a terminal, for a machine, for a comment on a pull request.

Invariant: what an article says can never become markup, a mention or a command of the page that
shows it.
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence

from pyoxigraph import Triple

from legation.desk.diff.compare import Difference
from legation.desk.diff.state import Said
from legation.desk.diff.telling import ListItem, Telling, lost_entry
from legation.desk.diff.texts import Lost
from legation.text.safe import in_markdown, on_a_line

_LIVELY = re.compile(r"([@#](?=\w))|((?:https?|ftp)(?=:)|\bwww(?=\.))", re.IGNORECASE)
_MARKS = {"+": "➕ ", "-": "➖ ", "": ""}


def as_text(found: Difference) -> str:
    """A difference for a terminal."""
    telling = Telling(found)
    names = f"{found.before.name} → {found.after.name}"
    return f"{names}: {telling.summary()}\n" + plain(telling.sections())


def plain(sections: Sequence[tuple[str, list[ListItem]]]) -> str:
    """Sections for a terminal."""
    lines: list[str] = []
    for title, entries in sections:
        lines += ["", title]
        for entry in entries:
            lines.append(f"  {entry.head}")
            lines += [f"    {mark or ' '} {words}" for mark, words in entry.lines]
            lines += [f"      “{on_a_line(words)}” ({place})" for words, place in entry.quotes]
    return "".join(f"{line}\n" for line in lines)


def as_markdown(found: Difference) -> str:
    """A difference for a comment on a pull request."""
    telling = Telling(found)
    return f"### What the graph says now\n\n{_safe(telling.summary())}\n" + markdown(
        telling.sections()
    )


def markdown(sections: Sequence[tuple[str, list[ListItem]]]) -> str:
    """Sections for a comment on a pull request."""
    lines: list[str] = []
    for title, entries in sections:
        lines += ["", f"#### {title} ({len(entries)})", ""]
        for entry in entries:
            lines.append(f"- **{_safe(entry.head)}**")
            for mark, words in entry.lines:
                lines.append(f"  - {_MARKS[mark]}{_safe(words)}")
            for words, place in entry.quotes:
                lines += ["", f"  > “{_safe(words)}” — {_safe(place)}", ""]
    return "".join(f"{line}\n" for line in lines)


def _safe(text: str) -> str:
    """Plain text in Markdown: what could mark, mention, refer or link is made to do nothing."""
    return _LIVELY.sub("\\g<0>\u200b", in_markdown(on_a_line(text)))


def as_json(found: Difference) -> str:
    """A difference for a machine."""
    fact = Telling(found).fact
    data = {
        "from": found.before.name,
        "to": found.after.name,
        "added": [_claim(claim) for claim in found.added],
        "changed": [
            {
                "before": _claim(change.before),
                "after": _claim(change.after),
                "gained": _triples(change.gained),
                "dropped": _triples(change.dropped),
            }
            for change in found.changed
        ],
        "withdrawn": [_claim(claim) for claim in found.withdrawn],
        "conflicts": [
            {
                "claims": [_claim(claim) for claim in conflict.claims],
                "triples": _triples(conflict.triples),
                "acknowledged": conflict.is_acknowledged,
            }
            for conflict in found.conflicts
        ],
        "corroborated": [
            {
                "triple": str(gain.triple),
                "said": fact(gain.triple),
                "origins": [node.value for node in gain.origins],
                "before": [node.value for node in gain.before],
                "claims": [_claim(claim) for claim in gain.claims],
            }
            for gain in found.corroborated
        ],
        "lost": lost_rows(found.lost),
        "names": {"added": _triples(found.named), "withdrawn": _triples(found.unnamed)},
        "renumbered": {old.value: new.value for old, new in found.renumbered.items()},
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def lost_rows(lost: Iterable[Lost]) -> list[dict[str, object]]:
    """Lost quotes as plain values."""
    return [
        {
            "claim": quote.claim.value,
            "article": quote.article.value,
            "quote": quote.quote,
            "start": quote.start,
            "end": quote.end,
            "nearest": quote.nearest or None,
        }
        for quote in lost
    ]


def _triples(triples: Iterable[Triple]) -> list[str]:
    return sorted(map(str, triples))


def _claim(claim: Said) -> dict[str, object]:
    return {
        "claim": claim.iri.value,
        "article": None if claim.article is None else claim.article.value,
        "quote": claim.quote,
        "start": claim.start,
        "end": claim.end,
        "modality": claim.modality or None,
        "origin": sorted(node.value for node in claim.origins),
        "according_to": None if claim.according_to is None else claim.according_to.value,
        "triples": _triples(claim.triples),
    }


def lost_report(lost: Sequence[Lost], form: str) -> str:
    """What a later version of a text costs its claims."""
    if form == "json":
        return json.dumps({"lost": lost_rows(lost)}, ensure_ascii=False, indent=2) + "\n"
    if not lost:
        return "every quote still stands in the later text\n"
    write: Callable[[Sequence[tuple[str, list[ListItem]]]], str] = (
        markdown if form == "md" else plain
    )
    count = f"{len(lost)} quote{'' if len(lost) == 1 else 's'} lost\n"
    return count + write([("Quotes lost", [lost_entry(quote) for quote in lost])])
