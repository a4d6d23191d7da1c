"""What the words and signs of an answer mean, in a line to stand beneath it.

Invariant: a legend explains only what the answer shows, each word once; named values mean what the
ontology says of them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import Literal, NamedNode

from legation.answer.cells import Manifold, Shows, terms_in
from legation.answer.row import Row
from legation.rdf.ontology import Ontology
from legation.rdf.vocabulary import EDTF, LEG

_SIGNS = {
    r"\[.*,.*\]": "[a,b] one of these days",
    r"\[[^.,]+\.\.\]": "[a..] that day or a later one",
    r"\[\.\.[^.,]+\]": "[..a] that day or an earlier one",
    r"/\.\.": "a/.. begun then, no end stated",
    r"\?": "? in doubt",
    r"~": "~ about",
    r"X": "X a digit not stated",
}
"""The signs of dates."""

_COLUMNS = {
    "acknowledged": "acknowledged: whether the claims say of each other that they conflict",
    "attested": "attested: when somebody is called so, be it by a text or at an event",
    "relays": "relays: the report that the article passes on",
    "claims": "claims: passages with what they state",
}

_KINDS = (LEG.Attribution, LEG.Basis, LEG.Completeness, LEG.Modality, LEG.PlanStatus)
"""The classes of the values that need a word; acts and kinds of visits speak for themselves."""


def legend(ontology: Ontology, columns: Sequence[str], rows: Iterable[Row]) -> str:
    """The meanings of the words and signs that some rows show, in a sentence; or nothing."""
    shown = list(rows)
    cells: list[Shows] = [term for row in shown for term in row.terms]
    told = [
        *(meaning for name, meaning in _COLUMNS.items() if name in columns and shown),
        *_signs(cells),
        *_values(ontology, cells, {p.modality for row in shown for p in row.evidence}),
    ]
    return f"Legend: {'; '.join(told)}." if told else ""


def _signs(cells: Sequence[Shows]) -> Iterator[str]:
    several = [cell for cell in cells if isinstance(cell, Manifold)]
    if any(cell.are_opposed or cell.against for cell in several):
        yield "≠ sources contradict each other"
    if any(not (cell.are_opposed or cell.are_all) for cell in several):
        yield "/ more and less exactly"
    dates = [t.value for t in terms_in(cells) if isinstance(t, Literal) and t.datatype == EDTF]
    yield from (text for sign, text in _SIGNS.items() if any(re.search(sign, d) for d in dates))


def _values(ontology: Ontology, cells: Sequence[Shows], modalities: set[str]) -> Iterator[str]:
    known = {value for kind in _KINDS for value in ontology.members(kind)}
    used = known & {*terms_in(cells), *(NamedNode(LEG.base + name) for name in modalities)}
    for value in sorted(used, key=str):
        yield f"{ontology.label(value)}: {_uncapped(ontology.definition(value))}"


def _uncapped(definition: str) -> str:
    words = re.sub(r",[^,]*leg:.*", "", definition)  # terms are for those who write claims
    return f"{words[:1].lower()}{words[1:].rstrip('.')}"
