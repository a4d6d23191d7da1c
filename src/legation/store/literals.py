"""Literals that the engine keeps in another form than people wrote them.

Invariant: a text is what its author wrote. The engine makes 1.7 of "1.700" and lower-cases the tags
of languages; both forms are known, and what leaves as a whole leaves as it was written.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Set

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from legation.rdf.vocabulary import XSD

Rewritten = Mapping[Quad, Set[Quad]]
"""Each quad that the engine keeps instead of others, with all that were written."""

_XSD = XSD.integer.value.removesuffix("integer")
_ANY = NamedNode("urn:x")


def rewritten(quads: Collection[Quad]) -> Rewritten:
    """What the engine keeps in another form."""
    forms: dict[Literal, Literal] = {}
    found: defaultdict[Quad, set[Quad]] = defaultdict(set)
    for quad in quads:
        value = quad.object
        if not isinstance(value, Literal) or not _may_change(value):
            continue
        if value not in forms:
            forms[value] = _form(value)
        if forms[value] != value:
            kept = Quad(quad.subject, quad.predicate, forms[value], quad.graph_name)
            found[kept].add(quad)
    for quad in quads if found else ():
        if quad in found:  # both forms were written
            found[quad].add(quad)
    return found


def restored(quads: Iterable[Quad], changed: Rewritten) -> Iterator[Quad]:
    """Quads that the engine gave, as they were written."""
    for quad in quads:
        yield from changed.get(quad, (quad,)) if changed else (quad,)


def _may_change(value: Literal) -> bool:
    if value.language is not None:
        return not value.language.islower()
    return value.datatype != XSD.string and value.datatype.value.startswith(_XSD)


def _form(value: Literal) -> Literal:
    """How the engine keeps a literal."""
    store = Store()
    store.add(Quad(_ANY, _ANY, value, DefaultGraph()))
    kept = next(iter(store)).object
    return kept if isinstance(kept, Literal) else value
