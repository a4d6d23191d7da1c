"""The canonical layout of Turtle and TriG.

Invariant: only white space changes, and the place of a comment that stood between an object and
the mark after it. No term is rewritten, moved or dropped, and laying out twice gives the same text.

One property a line, four spaces a level, a space before ``;`` and ``.``, none before a comma.
Names share a line with each other while it is short enough; strings, nested nodes and the items of
a list stand one a line. A blank line parts what takes several lines, but never a claim from its
graph; where single lines are parted is the author's choice.
"""

import re
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from legation.errors import LegationError
from legation.rdf import trig
from legation.rdf.pieces import pieces
from legation.rdf.setting import Item, items, with_remarks
from legation.rdf.tokens import tokenize
from legation.rdf.trig import LocatedQuad


def laid_out(data: bytes, path: Path) -> bytes:
    """A file of the graph in canonical layout; LegationError, never other data than before."""
    before = trig.parse(data, path)
    result = layout(data.decode("utf-8")).encode("utf-8")
    after = trig.parse(result, path)
    if before.prefixes != after.prefixes or _data(before.quads) != _data(after.quads):
        raise LegationError(f"{path}: its layout would change its data, so it was left as it was")
    return result


def layout(text: str) -> str:
    r"""Lay out a document that parses.

    >>> print(layout("PREFIX e:<http://e/> e:a a e:C;e:p e:x ,e:y # two\n."), end="")
    PREFIX e: <http://e/>
    <BLANKLINE>
    e:a a e:C ;
        e:p e:x, e:y .  # two
    """
    found = items(pieces(tokenize(text)))
    lines = with_remarks(found[0], 0) if found else []
    for last, item in pairwise(found):
        if _is_parted(last, item):
            lines.append("")
        lines += with_remarks(item, 0)
    return "".join(f"{line}\n" for line in lines)


def _is_parted(last: Item, item: Item) -> bool:
    if item.kind == "graph" and item.name == last.first.text and not item.first.remarks:
        return False
    if item.gaps[0]:
        return True
    changes = (last.kind == "directive") != (item.kind == "directive")
    parts = item.kind != "end" and (last.is_long or item.is_long or changes)
    return parts and not any(item.gaps)


def _data(quads: Iterable[LocatedQuad]) -> str:
    """Quads in the order written, blank nodes numbered as they come."""
    numbers: dict[str, int] = {}
    told = "\n".join(str(located.quad) for located in quads)
    return re.sub(r"_:\w+", lambda node: f"_:{numbers.setdefault(node[0], len(numbers))}", told)
