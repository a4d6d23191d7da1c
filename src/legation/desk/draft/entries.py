"""Registry entries for the names that a text has and the registry has not, ready to copy.

Invariant: the kind of a thing is left to the person, unless the text's own words tell it; and an
entry is a remark, so that nothing is declared by taking a ``#`` away.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from legation.desk.archive.intake import slugged
from legation.desk.draft.names import Mention
from legation.desk.draft.reading import Reading, Sentence
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


@dataclass(frozen=True, slots=True)
class _Name:
    """An unknown name, where it stands first, and whether the text relays its report."""

    mention: Mention
    sentence: Sentence
    slug: str
    is_source: bool


def entries(reading: Reading, prefixes: Mapping[str, str]) -> str:
    """The block that declares unknown names, in lines that begin with ``##``; empty without any."""
    names = list(_names(reading))
    if not names:
        return ""
    used = ("leg", "rdfs", *_CLASSES)
    lines = [
        HEAD,
        *(f"##     {line.format(slug=reading.article.slug)}" for line in _HELP),
        *(f"## @prefix {prefix}: <{prefixes[prefix]}> ." for prefix in used),
    ]
    language = reading.article.language or "en"
    for name in names:
        lines += _entry(name, language, prefixes)
    return "\n".join(lines) + "\n"


def _names(reading: Reading) -> Iterator[_Name]:
    """Each unknown name once, without surnames of longer ones."""
    told = (a.source for s in reading.open for a in s.attributions if a.kind == "report")
    sources = {slugged(source.text) for source in told if source is not None}
    found = {
        slug: _Name(mention, sentence, slug, slug in sources)
        for sentence in reversed(reading.open)
        for mention in reversed(sentence.mentions)
        if _is_unknown(mention) and (slug := slugged(untitled(mention.text)))
    }
    for name in sorted(found.values(), key=lambda n: n.mention.span):
        if not any(_is_surname(name.slug, other) for other in found):
            yield name


def _is_surname(slug: str, other: str) -> bool:
    """Whether a name is the end of a longer one; in "Queen of Velmora", the country is not."""
    before = other.removesuffix(f"-{slug}")
    return before != other and not before.endswith(("-of", "-the", "-for", "-to"))


def _is_unknown(mention: Mention) -> bool:
    is_named = mention.kind == "name" or mention.kind in _CLASSES
    return is_named and mention.iri is None and "not in the registry" in mention.note


def _entry(name: _Name, language: str, prefixes: Mapping[str, str]) -> Iterator[str]:
    mention = name.mention
    kind = "body" if name.is_source else mention.kind
    chosen = kind if kind in _CLASSES else "KIND"
    near = ", ".join(compact(g.iri, dict(prefixes)) for g in mention.candidates[:3])
    same = f"; near {near}: the same? Then add this spelling there, as skos:altLabel"
    label = quoted(" ".join(untitled(mention.text).split()))
    yield f"##     sentence {name.sentence.number}{same if near else ''}"
    yield f"## {chosen}:{name.slug} a leg:{_CLASSES.get(kind, 'KIND')} ;"
    yield f"##     rdfs:label {label}@{language} ."
