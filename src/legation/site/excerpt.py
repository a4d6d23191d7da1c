"""What the graph holds of one thing, for programs: Turtle, JSON-LD and N-Triples.

Invariant: the three say the same triples, those of the default graph about the thing and about
each claim that describes it or is quoted from it; of what is only told of, those about the contents
that tell of it. Nothing is fetched to read them.
"""

from collections.abc import Mapping, Sequence

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from legation.rdf.vocabulary import PROV
from legation.site.addresses import ALTERNATES
from legation.site.holdings import Holdings

_FORMS = {suffix: RdfFormat.from_media_type(media) for suffix, media in ALTERNATES.items()}


def excerpts(held: Holdings, thing: NamedNode) -> dict[str, bytes]:
    """What the graph holds of a thing, by the suffixes of `addresses.ALTERNATES`."""
    contents = held.told_of.get(thing, ()) if held.is_only_told(thing) else ()
    telling = {content for content, _ in contents}
    quoted = (NamedNode(passage.claim) for passage in held.quoting.get(thing, ()))
    stating = held.claims.intersection(held.edition.links(thing, PROV.wasDerivedFrom))
    claims = {*quoted, *held.edition.describing.get(thing, ()), *stating}
    nodes = [thing, *sorted(telling, key=str), *sorted(claims, key=str)]
    triples = [
        Triple(node, kind, value)
        for node in nodes
        for kind, values in held.edition.about.get(node, {}).items()
        for value in values
    ]
    return {
        suffix: serialized(triples, form, held.edition.prefixes)
        for suffix, form in _FORMS.items()
        if form is not None
    }


def serialized(triples: Sequence[Triple], form: RdfFormat, prefixes: Mapping[str, str]) -> bytes:
    """Triples in their order, with the prefixes they use."""
    plain = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    if form == RdfFormat.N_TRIPLES:
        return plain
    used = {name: base for name, base in prefixes.items() if f"<{base}".encode() in plain}
    lines = (serialize(triples, format=form, prefixes=used) or b"").splitlines(keepends=True)
    if form == RdfFormat.TURTLE:  # which declares them in another order each time
        return b"".join([*sorted(lines[: len(used)]), *lines[len(used) :]])
    return b"".join(lines)
