"""What a graph holds: its kinds, the things of a kind, its articles.

Invariant: a list is an answer like any other: a table that shows itself and goes into any file.
"""

from collections import defaultdict
from collections.abc import Sequence
from difflib import get_close_matches

from pyoxigraph import Literal, NamedNode

from legation.answer.row import Row
from legation.answer.source import Source
from legation.answer.values import Answer
from legation.errors import UnknownName
from legation.rdf.ontology import Ontology
from legation.rdf.vocabulary import LEG, compact, local_name
from legation.store import Term

_OF_A_KIND = """PREFIX leg: <https://w3id.org/legation/ns#>
SELECT ?thing (COUNT(DISTINCT ?claim) AS ?claims)
WHERE {{
  ?thing a {kind} .
  OPTIONAL {{ ?claim leg:mentions ?thing }}
}}
GROUP BY ?thing"""

_ARTICLES = """PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX leg: <https://w3id.org/legation/ns#>
PREFIX prov: <http://www.w3.org/ns/prov#>
SELECT ?article ?publisher ?published ?language (COUNT(DISTINCT ?claim) AS ?claims)
WHERE {
  ?article a leg:Article .
  OPTIONAL { ?article dcterms:publisher ?publisher }
  OPTIONAL { ?article leg:published ?published }
  OPTIONAL { ?article dcterms:language ?language }
  OPTIONAL { ?claim prov:wasQuotedFrom ?article ; leg:quote ?quote }
}
GROUP BY ?article ?publisher ?published ?language
ORDER BY ?published ?article ?publisher"""

_COUNTED = "SELECT ?kind (COUNT(DISTINCT ?thing) AS ?n) WHERE { ?thing a ?kind } GROUP BY ?kind"

_CLASSES = "SELECT ?thing ?class WHERE {{ ?thing a {kind} ; a ?class }}"


def kind_named(ontology: Ontology, text: str) -> NamedNode:
    """The class that a word means, in the singular or the plural: ``Person``, ``state media``.

    UnknownName, with at most five near ones, when there is none.
    """
    wanted = _plain(text)
    called: dict[str, NamedNode] = {}
    for term in sorted(ontology.classes, key=str):
        for word in (local_name(term), ontology.label(term)):
            called.setdefault(_plain(word), term)
            called.setdefault(_plain(_plural(word)), term)
    if wanted in called:
        return called[wanted]
    near = dict.fromkeys(ontology.label(called[w]) for w in get_close_matches(wanted, called, n=5))
    hint = f"; did you mean {' or '.join(near)}?" if near else "; 'legation list' names those here"
    raise UnknownName(f"the ontology has no kind {text!r}{hint}", list(near))


def _plain(text: str) -> str:
    return "".join(text.split()).replace("-", "").replace("_", "").casefold()


def _plural(word: str) -> str:
    """A kind in the plural.

    >>> [_plural(word) for word in ("person", "body", "state media", "speech act")]
    ['persons', 'bodies', 'state media', 'speech acts']
    """
    if word.endswith("media"):
        return word
    if word.endswith("y") and word[-2:-1] not in ("a", "e", "o", "u"):
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "ch", "sh", "x")) else f"{word}s"


def kinds(source: Source) -> Answer:
    """The kinds of things there are, the most numerous first, each with a word to list it by."""
    found = source.store.select(_COUNTED)
    counted = [
        (kind, int(number.value))
        for kind, number in found
        if kind in source.ontology.classes and isinstance(number, Literal)
    ]
    counted.sort(key=lambda pair: (-pair[1], str(pair[0])))
    rows = [
        (kind, Literal(number), Literal(_plural(source.ontology.label(kind)).replace(" ", "-")))
        for kind, number in counted
        if isinstance(kind, NamedNode)
    ]
    return _answer(source, ("kind", "count", "list"), rows, "What is there, and how much of it?")


def things(source: Source, kind: str) -> Answer:
    """The things of a kind by name, each with its lowest kind and how many claims name it."""
    node = kind_named(source.ontology, kind)
    if node == LEG.Article:
        return articles(source)
    found = list(source.store.select(_OF_A_KIND.format(kind=node)))
    labels = source.labels(thing for thing, _ in found)
    listed = [(thing, claims) for thing, claims in found if isinstance(thing, NamedNode)]
    listed.sort(key=lambda pair: (labels[pair[0]].casefold(), pair[0].value))
    lowest = _lowest(source, node)
    rows = [
        (thing, Literal(lowest[thing]), claims, Literal(compact(thing, source.prefixes)))
        for thing, claims in listed
    ]
    words = f"Which {_plural(source.ontology.label(node))} are there?"
    return _answer(source, ("thing", "kind", "claims", "name"), rows, words)


def _lowest(source: Source, kind: NamedNode) -> dict[NamedNode, str]:
    """The lowest classes of each thing of a kind, in words."""
    classes: defaultdict[NamedNode, set[NamedNode]] = defaultdict(set)
    for thing, found in source.store.select(_CLASSES.format(kind=kind)):
        if isinstance(thing, NamedNode) and isinstance(found, NamedNode):
            classes[thing] |= {found} & source.ontology.classes
    terms = source.ontology
    return {
        thing: ", ".join(map(terms.label, terms.most_specific(had)))
        for thing, had in classes.items()
    }


def articles(source: Source) -> Answer:
    """The articles, the oldest first, with who published them when and how many claims each has."""
    found = source.store.select(_ARTICLES)
    rows = [
        (article, publisher, published, language, claims, Literal(local_name(article)))
        for article, publisher, published, language, claims in found
        if isinstance(article, NamedNode)
    ]
    columns = ("article", "publisher", "published", "language", "claims", "slug")
    return _answer(source, columns, rows, "Which articles are there?")


def _answer(
    source: Source,
    columns: tuple[str, ...],
    rows: Sequence[tuple[Term | None, ...]],
    summary: str,
) -> Answer:
    labels = source.labels(term for row in rows for term in row)
    made = tuple(Row(source.cells(row, labels), row, (), columns) for row in rows)
    return Answer(None, {}, columns, made, summary=summary)
