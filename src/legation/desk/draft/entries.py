"""The names that a draft's text has and the registry has not, told at the head of the draft.

Invariant: they are remarks only; `legation names` writes entries, and a person says which.
"""

from collections.abc import Mapping

from legation.desk.draft.reading import Reading
from legation.rdf.vocabulary import compact

HEAD = "## --- 0. Names that the registry does not know"


def entries(reading: Reading, prefixes: Mapping[str, str]) -> str:
    """The block that tells unknown names, in lines that begin with ``##``; empty without any."""
    found: dict[str, str] = {}
    for sentence in reading.open:
        for mention in sentence.mentions:
            near = ", ".join(compact(g.iri, prefixes) for g in mention.candidates[:3])
            is_new = mention.iri is None and "not in the registry" in mention.note
            if is_new and mention.kind != "title":
                same = f"; near {near}: the same?" if near else ""
                name = " ".join(mention.text.split())
                found.setdefault(name, f"##     {name} (sentence {sentence.number}{same})")
    if not found:
        return ""
    ask = f"##     'legation names {reading.article.slug}' lists them with an entry for each."
    return "\n".join((HEAD, ask, *found.values())) + "\n"
