"""Is each quote the article's own words, and is each verbatim value inside its quote?

Invariant: a quote that cannot be held against its text is never passed in silence.
"""

import hashlib
from collections.abc import Iterator

from pyoxigraph import Literal

from legation.checks.case import Case
from legation.checks.finding import Finding, Rule
from legation.checks.places import Place
from legation.graph.claim import Claim, Content, Omission
from legation.rdf.vocabulary import LEG, local_name
from legation.text.letters import are_same
from legation.text.spans import nearest, occurrences

NOT_VERBATIM = Rule(
    "quote-not-verbatim", "error", "A quote is the article's text between its two offsets."
)
TEXT_CHANGED = Rule(
    "text-changed", "error", "An article's text has the SHA-256 that its header records."
)
TEXT_NOT_HERE = Rule(
    "text-not-here", "warning", "Every article's text is here to hold its quotes against."
)
SOURCE_MISSING = Rule(
    "source-missing", "error", "An article has its text in the folder of archived texts."
)
SOURCE_UNUSED = Rule(
    "source-unused", "warning", "Every archived text has an article file of the same name."
)
TWICE = Rule(
    "quote-stands-twice", "error", "A quote that stands more than once says where it is meant."
)
TOO_SHORT = Rule(
    "quote-too-short", "warning", "A quote has a name, a number or more than one word."
)
OUTSIDE_QUOTE = Rule(
    "words-outside-quote", "error", "Words recorded as written stand inside the claim's quote."
)

_SHOWN = 5


def check(case: Case) -> Iterator[Finding]:
    """Hold quotes and words as written against the archived texts."""
    yield from _texts(case)
    for passage in case.passages:
        yield from _quote(case, passage)
    for claim in case.claims:
        yield from _words(case, claim, claim, claim.quote)
    for content in case.record.contents:
        carriers = case.record.carriers.get(content.iri, ())
        if carriers and case.is_asked(content.path, content.iri):
            yield from _words(case, content, carriers[0], " | ".join(c.quote for c in carriers))


def _texts(case: Case) -> Iterator[Finding]:
    for article in case.articles:
        header = case.places.of_thing(article.iri)
        if article.text is None:
            if case.workspace.has_texts:
                message = (
                    f"the text {case.file(article.source)} is missing: put it back, "
                    "or remove the article"
                )
                yield case.finding(SOURCE_MISSING, header, message, about=article.iri)
            else:
                message = f"the text of {article.slug} is not here: its quotes are not checkable"
                yield case.finding(TEXT_NOT_HERE, header, message, about=article.iri)
        elif article.text_sha256 and article.text_sha256 != _sha256(article.text):
            message = (
                "the text is not the one that was annotated: restore it, or review every quote "
                "and record the new SHA-256"
            )
            if article.text_sha256 == _sha256(article.text.replace("\r\n", "\n")):
                message = (
                    "the text has Windows line ends, and was annotated without: check it out as "
                    "it is kept ('graph/sources/*.txt -text' in .gitattributes)"
                )
            where = case.places.of_thing(article.iri, LEG.textSha256)
            suggestion = _sha256(article.text)
            yield case.finding(
                TEXT_CHANGED, where, message, about=article.iri, suggestion=suggestion
            )
    used = {article.source for article in case.record.articles}
    for path in sorted(case.workspace.sources.glob("*.txt")):
        if path not in used and case.is_asked(path):
            message = "this text has no article file: annotate it, or remove it"
            yield case.finding(SOURCE_UNUSED, Place(path), message)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _quote(case: Case, passage: Claim | Omission) -> Iterator[Finding]:
    article = case.article_of(passage)
    if article is None or article.text is None:
        return
    if not passage.quote:
        return  # the shapes say so
    if isinstance(passage, Claim) and passage.quote.isalpha() and passage.quote.islower():
        message = f"the one word {passage.quote!r} proves nothing: quote the words that say it"
        place = case.places.of_claim(passage, LEG.quote)
        yield case.finding(TOO_SHORT, place, message, about=passage)
    found = occurrences(article.text, passage.quote)
    if passage.start < 0 and len(found) > 1:
        message = (
            f"the quote stands {len(found)} times in the text: write leg:charStart with the "
            "offset of the one meant, or let 'legation pin --at OFFSET' do it"
        )
        place = case.places.of_claim(passage, LEG.quote)
        meant = " or ".join(map(str, found[:_SHOWN]))
        yield case.finding(TWICE, place, message, about=passage, suggestion=meant)
        return
    if found and passage.span.of(article.text) == passage.quote:
        return
    if found:
        at = min(found, key=lambda start: abs(start - passage.start))
        end = at + len(passage.quote)
        place = case.places.of_claim(passage, LEG.charStart if at != passage.start else LEG.charEnd)
        message = f"the quote does not stand at {passage.start}-{passage.end}: correct its offsets"
        yield case.finding(NOT_VERBATIM, place, message, about=passage, suggestion=f"{at}-{end}")
        return
    near = nearest(article.text, passage.quote)
    hint = "" if near is None else f"{near.text!r} at {near.span.start}-{near.span.end}"
    message = "the quote is not in the article's text: copy the words character by character"
    if near is not None and are_same(near.text, passage.quote):
        message = (
            "the quote has the article's letters in other characters (é in one or two, ﬁ or fi): "
            "'legation pin --fix' takes those of the text"
        )
    place = case.places.of_claim(passage, LEG.quote)
    yield case.finding(NOT_VERBATIM, place, message, about=passage, suggestion=hint)


def _words(case: Case, said: Claim | Content, claim: Claim, quoted: str) -> Iterator[Finding]:
    """Verbatim values of a claim, or of a content that some claims carry, outside their quotes."""
    for triple in said.triples if quoted else ():
        value = triple.object
        if triple.predicate not in case.ontology.verbatim or not isinstance(value, Literal):
            continue
        if value.value in quoted:
            continue
        near = nearest(quoted, value.value)
        message = (
            f"leg:{local_name(triple.predicate)} is not inside the quote: copy the words as they "
            "stand there, or quote the passage that has them"
        )
        yield case.finding(
            OUTSIDE_QUOTE,
            case.places.of_triple(said, triple),
            message,
            about=claim,
            suggestion="" if near is None else repr(near.text),
        )
