"""Only what a person knows: what follows from an article file is taken out of it.

Invariant: a property goes only when the build would derive the very value that stands there, so
the dataset stays the same to the last quad. Whatever differs stays, for a check to speak of.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from legation.graph.article import Article
from legation.graph.claim import Claim, Omission
from legation.graph.manner import derived
from legation.graph.record import Record
from legation.rdf.outline import Outline, Statement, outline
from legation.rdf.patch import Patch
from legation.rdf.tokens import COMMENT, SPACE, tokenize
from legation.rdf.vocabulary import LEG, PROV, RDF
from legation.text.spans import occurrences

_OFFSETS = {LEG.charStart.value, LEG.charEnd.value}


def briefer(data: bytes, path: Path, record: Record) -> bytes:
    """The bytes of an article's file without what follows; any other file as it is."""
    article = next((a for a in record.articles if a.path == path), None)
    if article is None or article.text is None:
        return data
    return _brief(data.decode("utf-8"), article, record).encode("utf-8")


def _brief(text: str, article: Article, record: Record) -> str:
    drawn = outline(tokenize(text))
    patch = Patch(drawn)
    for passage in record.passages:
        if passage.path == article.path and passage.quote:
            follows = dict(_follows(passage, article, record))
            patch.remove(_tokens(drawn, _gone(drawn, passage, follows)))
    return patch.text()


def _gone(
    drawn: Outline, passage: Claim | Omission, follows: dict[str, NamedNode | str]
) -> list[Statement]:
    """The statements to take out; a block of triples is never taken out whole."""
    about = drawn.about(passage.iri.value)
    said = {s.block for s in about if not _is_derived(drawn, s, follows)}
    stays = {s.predicate for s in about if s.block not in said}
    stays |= {s.predicate for s in about if not _is_derived(drawn, s, follows)}
    if stays & _OFFSETS & follows.keys():  # the one is read in the light of the other
        stays |= _OFFSETS
    return [s for s in about if s.predicate in follows and s.predicate not in stays]


def _follows(
    passage: Claim | Omission, article: Article, record: Record
) -> Iterator[tuple[str, NamedNode | str]]:
    """What the build derives of a passage, by predicate; numbers as text."""
    if isinstance(passage, Claim):
        yield RDF.type.value, LEG.Claim
    elif passage.reason:  # without one, nothing else tells an omission from a claim
        yield RDF.type.value, LEG.Omission
    yield PROV.wasQuotedFrom.value, article.iri
    places = occurrences(article.text or "", passage.quote)
    if len(places) == 1:
        yield LEG.charStart.value, str(places[0])
        yield LEG.charEnd.value, str(places[0] + len(passage.quote))
    elif passage.end == passage.start + len(passage.quote):
        yield LEG.charEnd.value, str(passage.end)
    if isinstance(passage, Claim):
        yield (
            LEG.modality.value,
            NamedNode(LEG.base + derived(passage, record.kinds, record.ontology)),
        )


def _is_derived(drawn: Outline, statement: Statement, follows: dict[str, NamedNode | str]) -> bool:
    if len(statement.values) != 1 or statement.predicate not in follows:
        return False
    term = drawn.term(statement.values[0])
    said = term.value if isinstance(term, Literal) else term
    return said == follows[statement.predicate]


def _tokens(drawn: Outline, gone: Iterable[Statement]) -> set[int]:
    """Predicates, their objects and the semicolons that part them from what stays."""
    taken: set[int] = set()
    for statement in gone:
        last = statement.values[-1].last
        after = _sign(drawn, last, 1, taken)
        if drawn.tokens[after].text == ";":
            taken.update(range(statement.verb, after + 1))
        else:
            taken.update(range(statement.verb, last + 1))
            taken.add(_sign(drawn, statement.verb, -1, taken))
    return taken


def _sign(drawn: Outline, index: int, step: int, taken: set[int]) -> int:
    """The nearest token that stays and is neither space nor comment."""
    index += step
    while index in taken or drawn.tokens[index].kind in (SPACE, COMMENT):
        index += step
    return index
