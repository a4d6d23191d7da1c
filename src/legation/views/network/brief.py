"""Names short enough for a picture: the unnamed by what they are, with a letter for the article.

Invariant: two nodes of a picture are never called alike, and nothing is lost: a node keeps its
whole label beside the short one, and the legend tells each letter.
"""

import re
from collections import Counter
from dataclasses import dataclass

from legation.views.network.formats import nodes
from legation.views.network.projection import Network

_UNNAMED = re.compile(
    r"(?:(?P<some>several|some|many) )?(?:unnamed )?(?P<who>.+?)(?: \((?P<where>[^()]+)\))?"
)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Brief:
    """What a node is called on a picture, and the letter of the article that alone knows it."""

    name: str
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Briefs:
    """The short name of every node, and the article behind each letter."""

    names: dict[str, Brief]
    articles: dict[str, str]


def briefs(graph: Network) -> Briefs:
    """Shorten the labels of those whom no article names; the rest keep theirs."""
    found = {node: _parts(node, data["label"]) for node, data in nodes(graph)}
    wheres = sorted({where for _, where in found.values() if where})[: len(_LETTERS)]
    letters = dict(zip(wheres, _LETTERS, strict=False))
    plain = {node: Brief(name, letters.get(where, "")) for node, (name, where) in found.items()}
    taken = Counter(plain.values())
    names = {
        node: brief if taken[brief] == 1 else Brief(graph.nodes[node]["label"], brief.letter)
        for node, brief in plain.items()
    }
    return Briefs(names, {letter: where for where, letter in letters.items()})


def _parts(node: str, label: str) -> tuple[str, str]:
    """The short name and the words in brackets that tell an article; a named thing's own label.

    >>> _parts("https://e.org/id/anon/x-1", "several unnamed Russian officials (NK News)")
    ('several Russian officials', 'NK News')
    >>> _parts("https://e.org/id/person/kim", "Kim (the younger)")
    ('Kim (the younger)', '')
    """
    parts = _UNNAMED.fullmatch(label) if "/anon/" in node else None
    if parts is None:
        return label, ""
    return " ".join(filter(None, (parts["some"], parts["who"]))), parts["where"] or ""
