"""A difference in writing: for a terminal, for a machine, for a comment on a pull request.

Invariant: what an article says can never become markup, a mention or a command of the page that
shows it.
"""

import re
from collections.abc import Iterable, Sequence

from pyoxigraph import Triple

from legation.checks.forms.lines import plural
from legation.checks.forms.script import dumped
from legation.desk.diff.compare import Difference
from legation.desk.diff.state import State
from legation.desk.diff.telling import ListItem, Telling, lost_entry
from legation.desk.diff.texts import Lost
from legation.graph.claim import Claim, Omission
from legation.text.safe import in_markdown, on_a_line

# A quote with "@everyone" would call a team, "#12" lead to an issue, a bare address become a link.
_LIVELY = re.compile(r"([@#](?=\w))|((?:https?|ftp)(?=:)|\bwww(?=\.))", re.IGNORECASE)
_LONGEST = 60_000  # a comment on GitHub may have 65,536 characters
_MARKS = {"+": "➕ ", "-": "➖ ", "": ""}


def as_text(found: Difference) -> str:
    """A difference for a terminal."""
    telling = Telling(found)
    names = f"{found.before.name} → {found.after.name}"
    return f"{names}: {telling.summary()}\n" + _plain(telling.sections())


def _plain(sections: Sequence[tuple[str, list[ListItem]]]) -> str:
    lines: list[str] = []
    for title, entries in sections:
        lines += ["", title]
        for entry in entries:
            lines.append(f"  {entry.head}")
            lines += [f"    {mark or ' '} {words}" for mark, words in entry.lines]
            lines += [f"      “{on_a_line(words)}” ({place})" for words, place in entry.quotes]
    return "".join(f"{line}\n" for line in lines)


def as_markdown(found: Difference) -> str:
    """A difference for a comment on a pull request, never longer than one may be."""
    telling = Telling(found)
    head = f"### What the graph says now\n\n{_safe(telling.summary())}\n"
    return head + _markdown(telling.sections())


def _markdown(sections: Sequence[tuple[str, list[ListItem]]]) -> str:
    told, left, room = "", 0, _LONGEST
    for title, entries in sections:
        shown = ""
        for entry in map(_item, entries):
            if left or len(entry) > room:
                left += 1  # in order: nothing small is told in place of what came before
                continue
            shown += entry
            room -= len(entry)
        told += f"\n#### {title} ({len(entries)})\n\n{shown}"
    more = f"\n{left} more do not fit here: run `legation diff` to read them.\n" if left else ""
    return told + more


def _item(entry: ListItem) -> str:
    lines = [f"- **{_safe(entry.head)}**"]
    lines += [f"  - {_MARKS[mark]}{_safe(words)}" for mark, words in entry.lines]
    for words, place in entry.quotes:
        lines += ["", f"  > “{_safe(words)}” — {_safe(place)}", ""]
    return "".join(f"{line}\n" for line in lines)


def _safe(text: str) -> str:
    """Plain text in Markdown: what could mark, mention, refer or link is made to do nothing."""
    return _LIVELY.sub("\\g<0>\u200b", in_markdown(on_a_line(text)))


def as_json(found: Difference) -> str:
    """A difference for a machine."""
    old, new = found.before, found.after
    fact = Telling(found).fact
    data = {
        "from": old.name,
        "to": new.name,
        "added": [_claim(claim, new) for claim in found.added],
        "changed": [
            {
                "before": _claim(change.before, old),
                "after": _claim(change.after, new),
                "gained": _triples(change.added),
                "dropped": _triples(change.removed),
            }
            for change in found.changed
        ],
        "withdrawn": [_claim(claim, old) for claim in found.withdrawn],
        "conflicts": [
            {
                "claims": [_claim(claim, new) for claim in conflict.claims],
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
                "claims": [_claim(claim, new) for claim in gain.claims],
            }
            for gain in found.corroborated
        ],
        "lost": _lost(found.lost),
        "names": {"added": _triples(found.named), "withdrawn": _triples(found.unnamed)},
        "renumbered": {one.value: other.value for one, other in found.renumbered.items()},
    }
    return dumped(data)


def _triples(triples: Iterable[Triple]) -> list[str]:
    return sorted(set(map(str, triples)))


def _passage(passage: Claim | Omission) -> dict[str, object]:
    return {
        "claim": passage.iri.value,
        "article": None if passage.article is None else passage.article.value,
        "quote": passage.quote,
        "start": passage.start,
        "end": passage.end,
    }


def _claim(claim: Claim, state: State) -> dict[str, object]:
    return {
        **_passage(claim),
        "modality": claim.modality or None,
        "origin": sorted(node.value for node in state.origins[claim.iri]),
        "according_to": None if claim.according_to is None else claim.according_to.value,
        "triples": _triples(claim.triples),
    }


def _lost(lost: Iterable[Lost]) -> list[dict[str, object]]:
    return [{**_passage(one.passage), "nearest": one.nearest or None} for one in lost]


def lost_report(lost: Sequence[Lost], form: str) -> str:
    """What a later version of a text costs its claims, as ``text``, ``json`` or ``md``."""
    if form == "json":
        return dumped({"lost": _lost(lost)})
    if not lost:
        return "every quote still stands in the later text\n"
    sections = [("Quotes lost", list(map(lost_entry, lost)))]
    return f"{plural(len(lost), 'quote')} lost\n" + (
        _markdown(sections) if form == "md" else _plain(sections)
    )
