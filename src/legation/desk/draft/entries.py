"""Registry entries for the names that a text has and the registry has not, ready to copy.

Invariant: the kind of a thing is left to the person, unless the text's own words tell it; and an
entry is a remark, so that nothing is declared by taking a ``#`` away.
"""

from collections.abc import Mapping

from legation.desk.archive.intake import slugged
from legation.desk.draft.names import Mention
from legation.desk.draft.reading import Reading
from legation.desk.draft.strangers import untitled
from legation.rdf.trig import quoted
from legation.rdf.vocabulary import compact

_CLASSES = {"person": "Person", "body": "Body", "place": "Place", "state": "State"}
HEAD = "## --- 0. Names that the registry does not know"
_HELP = (
    "copy what you need, without the ##, to a file in graph/registry/, and for KIND choose",
    "person: leg:Person, body: leg:Body (or leg:Ministry, leg:MediaOutlet …), place: leg:Place,",
    "state: leg:State. Then 'legation draft {slug} --again'.",
)


def entries(reading: Reading, prefixes: Mapping[str, str]) -> str:
    """The block that declares unknown names, in lines that begin with ``##``; empty without any."""
    found = {
        slug: (mention, sentence)
        for sentence in reversed(reading.open)  # so that the first passage of each name stays
        for mention in reversed(sentence.mentions)
        if _is_unknown(mention) and (slug := slugged(untitled(mention.text)))
    }
    names = [slug for slug in found if not any(_is_surname(slug, other) for other in found)]
    if not names:
        return ""
    used = ("leg", "rdfs", *_CLASSES)
    lines = [
        HEAD,
        *(f"##     {line.format(slug=reading.article.slug)}" for line in _HELP),
        *(f"## @prefix {prefix}: <{prefixes[prefix]}> ." for prefix in used),
    ]
    told = (a.source for s in reading.open for a in s.attributions if a.kind == "report")
    reporting = {slugged(source.text) for source in told if source is not None}
    language = reading.article.language or "en"
    for slug in sorted(names, key=lambda slug: found[slug][0].span):
        mention, sentence = found[slug]
        kind = "body" if slug in reporting else mention.kind
        near = ", ".join(compact(g.iri, dict(prefixes)) for g in mention.candidates[:3])
        same = f"; near {near}: the same? Then add this spelling there, as skos:altLabel"
        chosen = kind if kind in _CLASSES else "KIND"
        label = quoted(" ".join(untitled(mention.text).split()))
        lines += [
            f"##     sentence {sentence.number}{same if near else ''}",
            f"## {chosen}:{slug} a leg:{_CLASSES.get(kind, 'KIND')} ;",
            f"##     rdfs:label {label}@{language} .",
        ]
    return "\n".join(lines) + "\n"


def _is_surname(slug: str, other: str) -> bool:
    """Whether a name is the end of a longer one; in "Queen of Velmora", the country is not."""
    before = other.removesuffix(f"-{slug}")
    return before != other and not before.endswith(("-of", "-the", "-for", "-to"))


def _is_unknown(mention: Mention) -> bool:
    is_named = mention.kind == "name" or mention.kind in _CLASSES
    return is_named and mention.iri is None and "not in the registry" in mention.note
